"""The problems of letters: their file, their templates, and what fills them (7xx)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

LETTERS: dict[str, Code] = {
    # the file of letters
    "RK700": error(
        "没有文书“{word}”{hint}",
        "there is no letter `{word}`{hint}",
        "改用 letters（文书）下列出的编号",
        "use an id that stands under `letters`",
    ),
    "RK701": error(
        "没有名义“{word}”{hint}",
        "there is no name `{word}` to issue in{hint}",
        "改用 names（名义）下列出的编号",
        "use an id that stands under `names`",
    ),
    "RK702": error(
        "规则册没有角色“{word}”{hint}",
        "the rulebook has no role `{word}`{hint}",
        "改用 rulebook.yaml 中 roles（角色）下的编号",
        "use an id under `roles` in rulebook.yaml",
    ),
    "RK703": error(
        "占位符不能取自“{word}”{hint}",
        "a placeholder cannot be filled from `{word}`{hint}",
        "可用的有：{known}",
        "use one of: {known}",
    ),
    "RK704": error(
        "措辞里的空“{{{word}}}”没有内容可填{hint}",
        "the wording's blank `{{{word}}}` cannot be filled{hint}",
        "可用的空：{known}",
        "use one of the blanks: {known}",
    ),
    "RK705": error(
        "“{word}”不能作占位符的名称",
        "`{word}` cannot name a placeholder",
        "用汉字、字母起头，中间不留空，不用模板语言的保留词",
        "begin with a letter or character, leave no blanks, and use no word of the template language",
    ),
    "RK706": error(
        "“{title}”以机关名义发文，却没有代字类别",
        "`{title}` goes out under a name and has no series",
        "补上 series（代字类别），如 建，与机关代字合为 某监建",
        "add `series`, such as 建: with the office's code it makes 某监建",
    ),
    "RK707": error(
        "“{word}”不是各项清单，不能写 parts（各项）",
        "`{word}` is no list of entries and has no parts",
        "删去 parts，或改用 issues、suggestions",
        "delete `parts`, or fill it from issues or suggestions",
    ),
    "RK708": error(
        "模板“{path}”不在规则册文件夹之内",
        "the template `{path}` does not stand within the rulebook's folder",
        "把模板放进规则册的 letters 文件夹，并写相对路径",
        "put the template into the rulebook's folder letters and name it by a relative path",
    ),
    # the package of a template
    "RK710": error(
        "“{path}”是{found}，不能作模板",
        "`{path}` is {found} and cannot be a template",
        "在 Word 或 WPS 中打开，另存为“Word 文档（*.docx）”",
        "open it in Word or WPS and save it as a Word document (*.docx)",
    ),
    "RK711": error(
        "“{path}”打不开，文件已损坏或不是 .docx：{what}",
        "`{path}` cannot be opened; it is damaged or no .docx: {what}",
        "在 Word 或 WPS 中打开并另存一份",
        "open it in Word or WPS and save it again",
    ),
    "RK712": error(
        "模板过大：{what}",
        "the template is too large: {what}",
        "删去大图片和多余内容；公文模板一般不超过 1 MB",
        "delete large pictures and what is not needed; a letter's template rarely has more than 1 MB",
    ),
    "RK713": error(
        "模板含有{what}（{part}）",
        "the template holds {what} ({part})",
        "删去后另存为 .docx",
        "delete it and save the file as .docx",
    ),
    "RK714": error(
        "模板引用文件以外的内容：{target}（{part}）",
        "the template refers to something outside it: {target} ({part})",
        "图片改为嵌入，取消超链接，断开与其他文件的链接",
        "embed pictures, remove hyperlinks, and break links to other files",
    ),
    "RK715": error(
        "{part}中有文档类型声明（DTD），不予读取",
        "{part} holds a document type declaration (DTD) and is not read",
        "在 Word 或 WPS 中打开并另存一份",
        "open the template in Word or WPS and save it again",
    ),
    "RK716": error(
        "{where}留有{what}，发文时会一并带出",
        "{where} still holds {what}, which would go out with the letter",
        "接受或拒绝全部修订，删去批注，再保存",
        "accept or reject every change, delete the comments, and save",
    ),
    "RK717": error(
        "{where}有域代码“{word}”，会读取文件以外的内容或者自行改变",
        "{where} holds the field code `{word}`, which reads from outside or changes by itself",
        "删去这个域，或按 Ctrl+Shift+F9 转为文字；页码域可以保留",
        "delete the field, or turn it into text by Ctrl+Shift+F9; page numbers may stay",
    ),
    # what a template says
    "RK720": error(
        "{where}像是占位符，但{what}",
        "{where} looks like a placeholder, but {what}",
        "写成两个半角花括号，如 {{{{ 主送 }}}}",
        "write two ordinary braces, such as {{{{ 主送 }}}}",
    ),
    "RK721": error(
        "{where}没有“{word}”这一项{hint}",
        "{where} names `{word}`, which is no field{hint}",
        "可用的：{known}",
        "use one of: {known}",
    ),
    "RK722": error(
        "{where}“{owner}”没有“{word}”{hint}",
        "{where} names `{word}`, which `{owner}` does not have{hint}",
        "可用的：{known}",
        "use one of: {known}",
    ),
    "RK723": error(
        "{where}没有“{word}”这种写法{hint}",
        "{where} uses `{word}`, which is no filter{hint}",
        "竖线后可用：{known}",
        "after the bar, use one of: {known}",
    ),
    "RK724": error(
        "{where}不能用{what}",
        "{where} uses {what}, which is not allowed",
        "模板里只能写字段名、for、if 和规定的写法",
        "a template may hold names of fields, for, if and the named filters only",
    ),
    "RK725": error(
        "{where}看不懂“{word}”：{what}",
        "{where} cannot be understood, `{word}`: {what}",
        "对照 docs/letters.zh.md 的写法改正",
        "mend it by what docs/letters.md shows",
    ),
    "RK726": error(
        "{where}“{word}”没有{what}",
        "{where} `{word}` has no {what}",
        "补上缺少的一句；成对的两句要写在同一层（同为整段、整行或同一段内）",
        "add the one that is missing; both must stand on one level (paragraphs, rows, or within one paragraph)",
    ),
    "RK727": error(
        "{where}“{word}”独占一{unit}，同{unit}的其他文字会随之删去",
        "{where} `{word}` takes a whole {unit}, and what else stands in it would be lost",
        "把其他文字移到另一{unit}",
        "move the other words to another {unit}",
    ),
    "RK728": error(
        "{where}“{word}”是{found}，这里要的是{want}",
        "{where} `{word}` is {found}; {want} is needed here",
        "清单用 {{%p for … in … %}} 逐项写，或用“| 顿号”连成一句；一项文字直接写名称",
        "write a list item by item with {{%p for … in … %}}, or join it by `| 顿号`; write the name of a single text as it is",
    ),
    "RK729": error(
        "{where}“{word}”可以没有，使用前要先写 if",
        "{where} `{word}` may be missing and must stand within an if",
        "在前后加 {{%p if {word} %}} 和 {{%p endif %}}",
        "put {{%p if {word} %}} and {{%p endif %}} around it",
    ),
    "RK730": error(
        "{where}占位符“{word}”写在填不到的地方",
        "{where} the placeholder `{word}` stands where nothing is filled in",
        "移到正文、表格、文本框、页眉页脚或脚注的文字里",
        "move it into the text of the body, a table, a text box, a header, footer or note",
    ),
    "RK731": warning(
        "模板没有用到“{field}”，发出的文书会缺这一项",
        "the template does not use `{field}`, so the letter will lack it",
        "补上 {{{{ {field} }}}}，或者确认不需要",
        "add {{{{ {field} }}}}, or make sure that it is not needed",
    ),
    # what fills a letter
    "RK740": error(
        "“{title}”缺少“{field}”",
        "`{title}` lacks `{field}`",
        "{question}",
        "{question}",
    ),
    "RK741": error(
        "“{field}”含有身份证件号码",
        "`{field}` holds an identity number",
        "删去号码，不在文书中写",
        "delete the number; no letter holds one",
    ),
    "RK742": error(
        "“{field}”中有没填的空“{word}”",
        "`{field}` holds `{word}`, a blank that nobody filled",
        "填上内容，或改写这一句",
        "fill it, or write the sentence anew",
    ),
    "RK743": error(
        "“{field}”的“{word}”不合公文写法",
        "`{word}` in `{field}` is not how an official document writes it",
        "{want}",
        "{want}",
    ),
    "RK744": error(
        "“{field}”中有不能写入文档的字符 {char}",
        "`{field}` holds the character {char}, which no document may hold",
        "删去这个字符",
        "delete the character",
    ),
    "RK745": error(
        "“{title}”没有“{field}”这一项{hint}",
        "`{title}` has no field `{field}`{hint}",
        "可用的：{known}",
        "use one of: {known}",
    ),
    "RK746": error(
        "“{field}”应为{want}，现为{found}",
        "`{field}` must be {want}, not {found}",
        "写成{want}",
        "give {want}",
    ),
    "RK747": error(
        "发文字号“{word}”不合写法",
        "`{word}` is not how a letter's number is written",
        "写成 某监建〔2022〕3号：六角括号，年份四位，序号不编虚位、不加“第”",
        "write such as 某监建〔2022〕3号: hexagonal brackets, a year of four digits, a number that is not padded",
    ),
    "RK748": error(
        "不能预览：{what}",
        "there is no preview: {what}",
        "安装 LibreOffice 后再试，或用 Word、WPS 打开保存的文书",
        "install LibreOffice and try again, or open the saved letter in Word or WPS",
    ),
}
