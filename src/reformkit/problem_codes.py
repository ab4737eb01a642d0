"""Every kind of problem: its code, severity, message and fix in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reformkit.text import Text

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem. Blanks in braces are filled from the problem's values."""

    severity: Severity
    message: Text
    fix: Text


def _error(zh: str, en: str, fix_zh: str, fix_en: str) -> Code:
    return Code("error", Text(zh, en), Text(fix_zh, fix_en))


def _warning(zh: str, en: str, fix_zh: str, fix_en: str) -> Code:
    return Code("warning", Text(zh, en), Text(fix_zh, fix_en))


def _note(zh: str, en: str, fix_zh: str, fix_en: str) -> Code:
    return Code("note", Text(zh, en), Text(fix_zh, fix_en))


CODES: dict[str, Code] = {
    "RK101": _error(
        "找不到这个{want}：“{path}”",
        "{want} of this name is not there: `{path}`",
        "核对路径和名称，包括大小写",
        "check the path and the name, upper and lower case too",
    ),
    "RK102": _error(
        "“{path}”是{found}，这里要的是{want}",
        "`{path}` is {found}, and {want} is wanted here",
        "改为{want}的路径",
        "give the path of {want}",
    ),
    "RK103": _error(
        "打不开“{path}”：{reason}",
        "`{path}` cannot be opened: {reason}",
        "核对路径和读取权限",
        "check the path and the permission to read it",
    ),
    "RK104": _error(
        "文件有 {size} MB，超过 {most} MB 的上限",
        "the file has {size} MB, more than the limit of {most} MB",
        "案件多的，改存为 .jsonl 或 .csv，这两种逐行读取，不限大小",
        "keep many cases as .jsonl or .csv, which are read line by line without a limit",
    ),
    "RK105": _error(
        "文件编码是 {seen}，应为 UTF-8",
        "the file is encoded as {seen} and must be UTF-8",
        "在编辑器中另存为 UTF-8；CSV 也可用 GB18030",
        "save it as UTF-8 in your editor; a CSV may also be GB18030",
    ),
    "RK106": _error(
        "这里有不合 {encoding} 编码的字节 {byte}",
        "the byte {byte} here is not {encoding}",
        "在编辑器中核对这一处，另存为 UTF-8",
        "check this place in your editor and save the file as UTF-8",
    ),
    "RK107": _error(
        "这里有文本中不能出现的字符 {char}",
        "the character {char} stands here, which no text may hold",
        "删去这个字符",
        "delete the character",
    ),
    "RK108": _error(
        "不能读取“{path}”这种文件",
        "a file such as `{path}` cannot be read",
        "可用的文件类型：{known}",
        "use one of these kinds of file: {known}",
    ),
    "RK109": _error(
        "本文件还有 {more} 处问题没有列出",
        "this file has {more} more problems that are not listed",
        "先改正已列出的，再检查一次",
        "mend those that are listed and check again",
    ),
    "RK110": _error(
        "键“{key}”在这里出现了两次，前一次在第 {first} 行",
        "the key `{key}` stands twice here; it already stands on line {first}",
        "删去其中一处，或把两处合并",
        "delete one of the two, or merge them",
    ),
    "RK111": _error(
        "这里读不下去：{what}",
        "this cannot be read on: {what}",
        "按提示改正这一行或上一行",
        "mend this line or the one before as said",
    ),
    "RK112": _error(
        "这里有{char}，因此读不下去（{what}）",
        "{char} stands here, so this cannot be read on ({what})",
        "改成相应的半角符号或普通空格",
        "write the ordinary ASCII character or space in its place",
    ),
    "RK113": _error(
        "文件中没有内容",
        "the file says nothing",
        "写入内容，或删去这个文件",
        "write what belongs in it, or delete it",
    ),
    "RK114": _error(
        "不能使用 YAML 的锚点、引用和合并：“{word}”",
        "anchors, aliases and merge keys of YAML are not allowed: `{word}`",
        "把内容原样写出；文字以“*”“&”开头的，用引号括起来",
        "write the content out; put text that begins with `*` or `&` in quotes",
    ),
    "RK115": _error(
        "不能使用 YAML 的类型标记“{word}”",
        "tags of YAML are not allowed: `{word}`",
        "删去标记；文字以“!”开头的，用引号括起来",
        "delete the tag; put text that begins with `!` in quotes",
    ),
    "RK116": _error(
        "一个文件只能有一份内容，这里又用“---”另起了一份",
        "a file holds one document, and `---` begins another here",
        "删去“---”，或另存为一个文件",
        "delete `---`, or move what follows to a file of its own",
    ),
    "RK117": _error(
        "嵌套超过 {most} 层",
        "this is nested more than {most} deep",
        "减少嵌套",
        "nest less deeply",
    ),
    "RK118": _error(
        "内容超过 {most} 项",
        "there are more than {most} entries",
        "案件多的，改存为 .jsonl 或 .csv",
        "keep many cases as .jsonl or .csv",
    ),
    "RK119": _error(
        "{what}应为{want}，现为{word}{hint}",
        "{what} must be {want}, not {word}{hint}",
        "写成{want}",
        "write {want}",
    ),
    "RK120": _error(
        "{what}没有“{word}”这个键{hint}",
        "{what} has no key `{word}`{hint}",
        "可用的键：{known}",
        "use one of the keys: {known}",
    ),
    "RK121": _error(
        "{what}缺少{key}",
        "{what} lacks {key}",
        "补上{key}",
        "add {key}",
    ),
    "RK122": _error(
        "这里只能是一个词，不能是列表或若干键",
        "only one word can stand here, not a list or a mapping",
        "写成一个词",
        "write one word",
    ),
    "RK123": _error(
        "{what}没有内容",
        "{what} is empty",
        "写上内容；不需要的，整项删去",
        "write something, or leave the key out",
    ),
    "RK124": _error(
        "JSON 中不能写 {word}",
        "JSON has no {word}",
        "不知道的写 null，或整项不写",
        "write null if it is unknown, or leave it out",
    ),
    "RK125": _error(
        "这一行有一格超过 {most} 个字符的上限",
        "a cell on this row has more than the limit of {most} characters",
        "缩短内容",
        "shorten it",
    ),
    "RK126": _error(
        "这一行的双引号没有成对",
        "the double quotes on this row do not match",
        "补上缺少的双引号；内容中的双引号写成两个",
        "add the missing quote; write a quote within a cell twice",
    ),
    "RK127": _error(
        "这一行有 {found} 格，表头有 {want} 格",
        "the row has {found} cells and the header has {want}",
        "核对这一行的逗号，内容中有逗号的用双引号括起来；工作簿中，删去表头以外的内容",
        "check the commas of this row and put a cell that holds a comma in double quotes; in a workbook, delete what stands outside the header's columns",
    ),
    "RK128": _error(
        "表头第 {number} 列没有名称",
        "column {number} of the header has no name",
        "写上事实的名称或标签，或删去这一列",
        "write the id or label of a fact, or delete the column",
    ),
    "RK129": _error(
        "词表中没有“{word}”这项事实{hint}",
        "the vocabulary has no fact `{word}`{hint}",
        "改用词表中的事实名称或标签",
        "use the id or label of a fact in the vocabulary",
    ),
    "RK130": _error(
        "“{fact}”没有“{word}”这个取值{hint}",
        "`{fact}` has no value `{word}`{hint}",
        "可用取值：{known}",
        "use one of: {known}",
    ),
    "RK131": _error(
        "“{fact}”是“是否”型，不能写成“{word}”",
        "`{fact}` is a flag and cannot be `{word}`",
        "写 true、false、是或否",
        "write true, false, 是 or 否",
    ),
    "RK132": _error(
        "“{fact}”是数目，不能写成“{word}”{hint}",
        "`{fact}` is a count and cannot be `{word}`{hint}",
        "只用半角数字，如 3",
        "write ASCII digits only, such as 3",
    ),
    "RK133": _error(
        "“{fact}”为 {word}，不在 {low} 至 {high} 之间",
        "`{fact}` is {word}, which is not between {low} and {high}",
        "核对数目，或修改词表中的最小、最大值",
        "check the number, or change min and max in the vocabulary",
    ),
    "RK134": _error(
        "“{fact}”是日期，不能写成“{word}”",
        "`{fact}` is a date and cannot be `{word}`",
        "写成 年-月-日，如 2022-03-01，且须确有这一天",
        "write a day that exists as YYYY-MM-DD, such as 2022-03-01",
    ),
    "RK135": _error(
        "“{fact}”是文字，不能写成“{word}”",
        "`{fact}` is text and cannot be `{word}`",
        "写一段文字；不知道的，整项不写",
        "write some text; leave the fact out if it is unknown",
    ),
    "RK136": _error(
        "“{fact}”可有多个取值，应写成列表，现为“{word}”",
        "`{fact}` may have several values and must be a list, not `{word}`",
        "写成 [甲, 乙]；没有的写 []",
        "write a list such as [a, b]; write [] for none",
    ),
    "RK137": _error(
        "“{word}”既指“{one}”又指“{other}”，无法分辨",
        "`{word}` names both `{one}` and `{other}`",
        "给其中一个换一个标签",
        "give one of them another label",
    ),
    "RK138": _error(
        "“{word}”是规则语言的保留词，不能用作名称或标签",
        "`{word}` is a word of the rule language and cannot be a name or label here",
        "换一个名称或标签",
        "choose another name or label",
    ),
    "RK139": _error(
        "“{fact}”中有疑似身份证号的数字",
        "`{fact}` contains what looks like an identity number",
        "删去身份证号；案件只用编号",
        "delete it; a case is known by its id only",
    ),
    "RK140": _error(
        "“{word}”不能作编号或名称{hint}",
        "`{word}` cannot be an id{hint}",
        "只用文字、数字、“_”“-”和“.”，不含空格，不超过 100 个字符",
        "use letters, digits, `_`, `-` and `.`, no spaces, at most 100 characters",
    ),
    "RK141": _error(
        "{what}不能是“{word}”{hint}",
        "{what} cannot be `{word}`{hint}",
        "可用：{known}",
        "use one of: {known}",
    ),
    "RK142": _error(
        "失效日 {until} 不晚于施行日 {since}",
        "the end {until} is not after the start {since}",
        "“失效”是不再适用的第一天，须晚于“施行”",
        "`until` is the first day on which it no longer holds; it must be later than `since`",
    ),
    "RK143": _error(
        "“{type}”型的事实不能有“{key}”",
        "a fact of type {type} cannot have `{key}`",
        "删去“{key}”，或改正类型",
        "delete `{key}`, or change the type",
    ),
    "RK144": _error(
        "“{fact}”没有列出取值",
        "no values are given for `{fact}`",
        "在 values 下列出取值及标签",
        "list its values with their labels under `values`",
    ),
    "RK145": _error(
        "“取自”和“取值”只能写一个",
        "`of` and `values` cannot stand together",
        "删去其中一个",
        "delete one of the two",
    ),
    "RK146": _error(
        "最大值 {high} 小于最小值 {low}",
        "the maximum {high} is less than the minimum {low}",
        "核对 min 和 max",
        "check `min` and `max`",
    ),
    "RK147": _error(
        "剖析发现只能带事项 matter，不能带“{fact}”",
        "a finding holds a `matter` only, not `{fact}`",
        "删去 of_finding",
        "delete `of_finding`",
    ),
    "RK148": _error(
        "“{path}”中没有“{key}”这一项",
        "`{path}` has no `{key}`",
        "在该文件中补上同名的一项，或改正路径",
        "add a mapping of that name to the file, or change the path",
    ),
    "RK149": _error(
        "“推得”须且只须写一种方式",
        "`derived` must say one way of deriving",
        "写 same_year、group_of 或 findings 中的一个",
        "write one of same_year, group_of and findings",
    ),
    "RK150": _error(
        "“{fact}”不能这样推得：{key} 要求本项为{own}型、所依事实为{other}型",
        "`{fact}` cannot be derived so: {key} needs a fact of type {own} over another of type {other}",
        "改正类型，或改正所依的事实",
        "change the type, or name another fact",
    ),
    "RK151": _error(
        "“{word}”所属的组“{group}”不是“{fact}”的取值",
        "the group `{group}` of `{word}` is not a value of `{fact}`",
        "改正 group，或在“{fact}”中补上这个取值",
        "change `group`, or add the value to `{fact}`",
    ),
    "RK152": _error(
        "“{key}”不能用于{type}型的“{fact}”",
        "`{key}` cannot test `{fact}`, which is of type {type}",
        "数目和日期用至少、多于、至多、少于；标签用包含等",
        "use at_least, more_than, at_most, less_than for counts and dates, and includes… for tags",
    ),
    "RK153": _error(
        "“{fact}”可有多个取值，要写明怎样包含",
        "`{fact}` may have several values, so say how they are included",
        "如 {{包含: 甲}} 或 {{含任一: [甲, 乙]}}",
        "such as {{includes: a}} or {{includes_any: [a, b]}}",
    ),
    "RK154": _error(
        "{what}下没有任何内容",
        "nothing is listed under {what}",
        "列出至少一项，或删去这一项",
        "list at least one, or leave it out",
    ),
    "RK155": _error(
        "“{fact}”的这个条件，任何取值都不能满足",
        "no value of `{fact}` can pass this test",
        "核对各项界限和取值",
        "check the bounds and values against each other",
    ),
    "RK156": _error(
        "没有参数“{word}”{hint}",
        "there is no parameter `{word}`{hint}",
        "在 parameters.yaml 中定义，或改正名称",
        "define it in parameters.yaml, or change the name",
    ),
    "RK157": _error(
        "参数“{name}”{at}取值“{word}”，不能用于“{fact}”",
        "the value `{word}` of the parameter `{name}`{at} does not fit `{fact}`",
        "改正 parameters.yaml 中的取值，或换一个参数",
        "change the value in parameters.yaml, or use another parameter",
    ),
    "RK158": _error(
        "“{fact}”属于剖析发现，不属于案件，这里不能用",
        "`{fact}` belongs to a finding and not to the case, so it cannot stand here",
        "改用案件的事实",
        "use a fact of the case",
    ),
    "RK159": _error(
        "“{fact}”是决策或计数的结果，计数中只能用词表中的事实",
        "`{fact}` comes from a decision or a signal; a signal counts by facts of the vocabulary only",
        "改用词表中的事实",
        "use a fact of the vocabulary",
    ),
    "RK160": _error(
        "“{fact}”经由其他事实又推得它自己",
        "`{fact}` is derived, by way of others, from itself",
        "去掉其中一处“推得”",
        "take out one `derived`",
    ),
    "RK161": _error(
        "“{path}”中没有决策文件",
        "there is no decision file in `{path}`",
        "每个决策写一个 .yaml 文件",
        "write a .yaml file for each decision",
    ),
    "RK162": _error(
        "“{word}”这个名称已经用在 {other}",
        "the name `{word}` is already used at {other}",
        "换一个名称",
        "choose another name",
    ),
    "RK163": _error(
        "规则编号“{word}”已经用在 {first}",
        "the rule id `{word}` is already used at {first}",
        "换一个编号",
        "choose another id",
    ),
    "RK164": _error(
        "取用方式为“汇总”的决策不能有“其余”",
        "a decision that collects cannot have `otherwise`",
        "删去“其余”",
        "delete `otherwise`",
    ),
    "RK165": _error(
        "没有结论“{word}”{hint}",
        "there is no outcome `{word}`{hint}",
        "可用的结论：{known}",
        "use one of the outcomes: {known}",
    ),
    "RK166": _error(
        "“{fact}”没有取值，不能作结论项",
        "`{fact}` has no values that could be outcomes",
        "写出结论项，或改用有取值的事实",
        "list the outcomes, or name a fact that has values",
    ),
    "RK167": _error(
        "参数“{name}”的这个取值与第 {first} 行的取值在时间上重叠",
        "this value of the parameter `{name}` overlaps in time with the one on line {first}",
        "改正施行日或失效日",
        "change `since` or `until`",
    ),
    "RK168": _warning(
        "“{path}”不会被读取",
        "the file `{path}` is not read",
        "扩展名改为小写的 .yaml",
        "let its name end with .yaml in lower case",
    ),
    "RK169": _error(
        "计数要写“计”或“占比”，且只写一个",
        "a signal has either `count` or `share`, and one of them only",
        "留下其中一个",
        "keep one of the two",
    ),
    "RK170": _error(
        "“{word}”不是期间",
        "`{word}` is not a length of time",
        "写成 12 months 或 12 个月；单位可用 days 天、months 月、years 年",
        "write such as 12 months; the units are days, months and years",
    ),
    "RK171": _error(
        "“{fact}”不是可有多个取值的标签，不能用于“共有”",
        "`{fact}` is not of type tags and cannot be shared",
        "改用标签型的事实",
        "name a fact of type tags",
    ),
    "RK172": _error(
        "案件编号“{word}”已经用在{first}",
        "the case id `{word}` is already used on {first}",
        "换一个编号；两处是同一案件的，删去一处",
        "give it another id, or delete one if they are the same case",
    ),
    "RK173": _error(
        "“{path}”不在规则册文件夹的下级文件夹中",
        "`{path}` does not stand in a folder below the rulebook's own",
        "把这个规则文件移到下级文件夹，如 diagnosis/，并照此写明路径",
        "move this file of rules into a folder below, such as diagnosis/, and name it so",
    ),
    "RK174": _error(
        "规则文件“{path}”已在 {first} 取用",
        "the file of rules `{path}` is already named at {first}",
        "删去其中一处",
        "delete one of the two",
    ),
    "RK175": _warning(
        "没有决策取用“{path}”，其中的规则不起作用",
        "no decision names the file `{path}`; its rules do nothing",
        "在所属决策的 rules_from（规则取自）中写上这个文件，或把它移走",
        "name it under `rules_from` of its decision, or move it away",
    ),
    "RK176": _error(
        "这一行既告知“{key}”，又把它撤回（{by}）",
        "this line both tells `{key}` and takes it back ({by})",
        "只留其一；两样都要的，按先后分写两行",
        "keep one of the two; where both are meant, write two lines, in their order",
    ),
    "RK180": _error(
        "测试案件“{word}”没有写预期",
        "the fixture `{word}` expects nothing",
        "在“预期”下写明应得的结论、规则或措施",
        "say under `expect` which outcome, rule or measures should come out",
    ),
    "RK181": _error(
        "“{fact}”没有规则“{word}”{hint}",
        "`{fact}` has no rule `{word}`{hint}",
        "改用该决策文件中的规则编号",
        "use the id of a rule in the file of that decision",
    ),
    "RK182": _error(
        "措施库中没有措施“{word}”{hint}",
        "the library has no measure `{word}`{hint}",
        "改用措施库中的编号",
        "use the id of a measure of the library",
    ),
    "RK190": Code(
        "note",
        Text(
            "列“{column}”不是事实名，未予采用；最接近的是“{near}”",
            "the column `{column}` is no fact and is not used; the nearest is `{near}`",
        ),
        Text(
            "如指该事实，把列名改为“{near}”；否则不必处理",
            "if that fact is meant, rename the column to `{near}`; otherwise leave it",
        ),
    ),
    "RK191": _error(
        "这不是完好的 {kind} 文件：{reason}",
        "this is no {kind} file, or a damaged one: {reason}",
        "从原系统重新导出，或重新复制一份",
        "export it again from where it comes from, or copy it again",
    ),
    "RK192": _error(
        "“{fact}”这一列是{want}，不能是 {word} 型",
        "the column `{fact}` holds {want} and cannot be of the type {word}",
        "导出时改用 {types} 型，或改存为 .csv",
        "export it as {types}, or as .csv",
    ),
    "RK193": _error(
        "这个文件的列与“{other}”不同：{how}",
        "the columns of this file are not those of `{other}`: {how}",
        "分开研判，或改为同样的列",
        "assess the files one by one, or give them the same columns",
    ),
    "RK194": _error(
        "打不开这个工作簿：{reason}",
        "this workbook cannot be opened: {reason}",
        "用 Excel 或 WPS 打开，不设密码，另存为 .xlsx",
        "open it in Excel or WPS and save it as .xlsx, without a password",
    ),
    "RK195": _error(
        "工作簿中没有案件表：{seen}",
        "there is no table of cases in the workbook: {seen}",
        "表头写一行，其中有“编号”和各项事实的名称；表放在可见的工作表中",
        "write a header row with `id` and the names of facts, on a sheet that is not hidden",
    ),
    "RK196": _warning(
        "只读了工作表“{read}”；“{other}”{hidden}也有案件表，没有读",
        "only the sheet `{read}` was read; `{other}`{hidden} holds a table of cases too and was not",
        "要研判的案件放在同一张表中，或分存为几个文件；不要的，删去该表",
        "put the cases on one sheet or in several files, or delete the sheet",
    ),
    "RK197": _error(
        "这一格并入了 {range}，只有 {first} 有内容，本行的值不明",
        "this cell is merged into {range}, of which only {first} holds anything: the value of this row is not stated",
        "取消合并，每行各填各的值",
        "unmerge the cells and fill in each row",
    ),
    "RK198": _error(
        "这一格没有可用的值：{reason}",
        "this cell holds no value: {reason}",
        "在 Excel 中改为确定的值；公式须重新计算后保存",
        "put a value there in Excel; have formulas calculated before the file is saved",
    ),
    "RK199": _note(
        "表中间有 {rows} 个空行（第一处在第 {first} 行），已略过",
        "there are {rows} blank rows within the table (the first is row {first}), which are passed over",
        "不必处理；如空行处本应有案件，补上",
        "nothing needs doing, unless cases are missing there",
    ),
    "RK201": _error(
        "决策互相等待：{ring}",
        "the decisions wait for each other: {ring}",
        "去掉其中一处对另一决策结论的检验",
        "take out one of the tests of another decision's outcome",
    ),
    "RK202": _error(
        "没有症结“{word}”{hint}",
        "there is no cause `{word}`{hint}",
        "改用 causes.yaml 中的症结",
        "use a cause of causes.yaml",
    ),
    "RK203": _error(
        "没有引用文件“{word}”{hint}",
        "there is no reference `{word}`{hint}",
        "改用 references.yaml 中的文件",
        "use a reference of references.yaml",
    ),
    "RK204": _error(
        "“{ref}”没有条文“{word}”{hint}",
        "`{ref}` has no clause `{word}`{hint}",
        "改用 references.yaml 中列出的条文，或先补录条文",
        "use a clause listed in references.yaml, or add the clause there first",
    ),
    "RK205": _error(
        "措施编号“{word}”已经用在 {first}",
        "the measure id `{word}` is already used at {first}",
        "换一个编号",
        "choose another id",
    ),
    "RK206": _error(
        "症结“{cause}”已有不带条件的主要措施“{measure}”",
        "the cause `{cause}` already has an unconditional main measure, `{measure}`",
        "其中一个改为 also，或写上条件",
        "make one of them `also`, or give it a condition",
    ),
    "RK207": _error(
        "空格“{{{word}}}”不是词表中的事实{hint}",
        "the blank `{{{word}}}` is no fact of the vocabulary{hint}",
        "改用事实的英文名称，或 days",
        "use the name of a fact, or days",
    ),
    "RK208": _error(
        "花括号没有成对",
        "the braces do not match",
        "写成 {{unit}} 这样成对的花括号",
        "write braces in pairs, such as {{unit}}",
    ),
    "RK209": _error(
        "没有薄弱点方向“{word}”{hint}",
        "there is no weak point `{word}`{hint}",
        "改用 causes.yaml 中 weak_points 下的编号",
        "use an id under `weak_points` in causes.yaml",
    ),
    "RK210": _error(
        "没有文件“{word}”可供引用{hint}",
        "there is no document or reference `{word}`{hint}",
        "改用 rulebook.yaml 的 documents 或 references.yaml 中的编号",
        "use an id of `documents` in rulebook.yaml or of references.yaml",
    ),
    "RK211": _error(
        "依据要么引用一个文件（ref，可带 clause），要么写明性质（kind），不能兼有或都没有",
        "a basis either cites a reference (`ref`, with a `clause` if known) or says its `kind`, and not both or neither",
        "写 {{ref: …, clause: …}} 或 {{kind: …, at: …}}",
        "write {{ref: …, clause: …}} or {{kind: …, at: …}}",
    ),
    "RK212": _error(
        "规则“{rule}”的条件展开后超过 {most} 种情形",
        "the condition of rule `{rule}` comes to more than {most} alternatives",
        "把这条规则拆成几条，或减少“任一”“非”的层数",
        "split the rule into several, or nest fewer `any` and `not`",
    ),
    "RK301": _error(
        "有的案件没有规则管到，“{decision}”又没有写“其余”{days}",
        "some cases meet no rule of `{decision}`, which has no `otherwise`{days}",
        "为这类案件补一条规则，或者写上“其余”",
        "add a rule for such cases, or an `otherwise`",
    ),
    "RK302": _error(
        "规则“{rule}”与{partners}会在同一案件上成立，而“{decision}”{must}{days}",
        "rule `{rule}` and {partners} hold of one case, while in `{decision}` {must}{days}",
        "收紧其中一条的条件，使两者不会同时成立",
        "narrow the condition of one of them so that they cannot hold together",
    ),
    "RK303": _warning(
        "规则“{rule}”永远用不上：{why}",
        "rule `{rule}` is never taken: {why}",
        "改正条件或者调整次序；确实不用的，删去",
        "correct its condition or its place in the order, or delete it if it is not needed",
    ),
    "RK304": _note(
        "规则“{rule}”是多余的：单独删去这一条，任何案件的结果都不变",
        "rule `{rule}` is redundant: left out alone, it changes the result of no case",
        "删去这一条；为写明理由而保留的，可以不改",
        "delete it, or leave it if it is there for the reason that it states",
    ),
    "RK305": _warning(
        "没有案件会得出“{decision}”的结论“{outcome}”",
        "no case comes to the outcome `{outcome}` of `{decision}`",
        "补上得出这一结论的规则，或者删去这个结论项",
        "add a rule that gives it, or delete the outcome",
    ),
    "RK306": _warning(
        "{what}{days}",
        "{what}{days}",
        "补上这些日子的规则或者取值，或者改正施行日、失效日",
        "add a rule or a value for these days, or correct `since` and `until`",
    ),
    "RK307": _warning(
        "规则“{rule}”等不到它要的{waits}结论：在它的其他条件下，这一结论不会出现",
        "rule `{rule}` waits in vain for its outcome of {waits}: with its other facts that outcome never comes",
        "核对前一决策的规则，或者改正这一条的条件",
        "check the rules of the earlier decision, or correct the condition of this one",
    ),
    "RK308": _note(
        "“{decision}”在步数以内没有证完：{what}",
        "something of `{decision}` was not proven within the budget: {what}",
        "用 --budget 给更多步数，或者把这几条规则写得简单些",
        "give more states with --budget, or write these rules more simply",
    ),
    "RK309": _note(
        "本文件还有 {more} 处问题没有列出",
        "this file has {more} more problems that are not listed",
        "先改正已列出的，再检查一次",
        "mend those that are listed and check again",
    ),
    "RK401": _warning(
        "症结“{cause}”没有主要措施{cases}",
        "the cause `{cause}` has no main measure{cases}",
        "在答这一症结的措施下写 as: main；有条件的，补上其余情形",
        "write `as: main` in the measure that answers it, and cover the remaining cases where it has conditions",
    ),
    "RK402": _warning(
        "症结“{cause}”会同时有两个主要措施{measures}{cases}，取先写的一个",
        "the cause `{cause}` has two main measures at once, {measures}{cases}; the one written first is taken",
        "收紧其中一个的条件，使两者不重叠",
        "narrow the condition of one of them so that they do not overlap",
    ),
    "RK403": _warning(
        "措施“{measure}”（{title}）从来不是主要措施，不会被建议",
        "the measure `{measure}` ({title}) is never a main measure and is never recommended",
        "写明它主要答哪个症结，或者删去",
        "say which cause it mainly answers, or delete it",
    ),
    "RK404": _note(
        "引用文件“{ref}”（{title}）没有被引用",
        "nothing cites the reference `{ref}` ({title})",
        "在措施或者规则的依据中引用它，或者删去；有意保留的写 uncited: true",
        "cite it in the basis of a measure or a rule, or delete it; write `uncited: true` where it is kept on purpose",
    ),
    "RK405": _warning(
        "措施“{measure}”（{title}）没有写验收标准",
        "the measure `{measure}` ({title}) has no criterion of acceptance",
        "在 accept 下写明怎样算做到",
        "say under `accept` how one sees that it was done",
    ),
    "RK501": _error(
        "流水的这一行已损坏：{why}",
        "this line of the journal is corrupt: {why}",
        "从备份恢复这个文件；若确知内容，可另存此行之前的各行为新流水，再补告其后的事实",
        "restore the file from a backup; or keep the lines before this one as a new journal and tell the rest again",
    ),
    "RK502": _warning(
        "流水的最后一行没有写完（{bytes} 字节），已移存到“{aside}”；此前各行完好",
        "the last line of the journal was not written to its end ({bytes} bytes); it is set aside in `{aside}`, "
        "and all before it is whole",
        "核对中断时正在告知的那一条事实，需要时重新告知",
        "see which fact was being told when it broke off, and tell it again if need be",
    ),
    "RK503": _error(
        "流水“{path}”正被另一个会话使用",
        "the journal `{path}` is in use by another session",
        "先结束那个会话，或者换一个流水文件",
        "end that session first, or name another journal",
    ),
    "RK504": _error(
        "“{path}”不是会话流水，没有改动它",
        "`{path}` is not the journal of a session; it was left as it is",
        "换一个文件名；尚不存在的文件会新建为流水",
        "name another file; one that is not there is made",
    ),
    "RK505": _warning(
        "与流水上次使用时不同：{differs}。各案已重新研判",
        "not everything is as when this journal was last used: {differs}. Every case has been decided anew",
        "需要当时结论的，用当时的规则册、措施库和研判日期打开；否则不必处理",
        "open it with the rulebook, library and as_of of that time to have its results; otherwise nothing need be done",
    ),
    "RK510": _error(
        "没有告知过案件“{case}”，无从撤回",
        "no case `{case}` was told of, so nothing of it can be taken back",
        "核对编号；或者先告知这一案件的事实",
        "check the id, or tell facts of this case first",
    ),
}
