"""The problems of files and their text: what can be opened, decoded and parsed, and the keys that stand there."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error
from reformkit.text import Text

FILES: dict[str, Code] = {
    "RK101": error(
        "找不到这个{want}：“{path}”{hint}",
        "cannot find {want} named `{path}`{hint}",
        "核对路径和名称，包括大小写",
        "check the path and the name, upper and lower case too",
    ),
    "RK102": error(
        "“{path}”是{found}，这里要的是{want}",
        "`{path}` is {found}; {want} is needed here",
        "改为{want}的路径",
        "give the path of {want}",
    ),
    "RK103": error(
        "打不开“{path}”：{reason}",
        "`{path}` cannot be opened: {reason}",
        "核对路径和读取权限",
        "check the path and the permission to read it",
    ),
    "RK104": error(
        "文件有 {size} MB，超过 {most} MB 的上限",
        "the file is {size} MB; the limit is {most} MB",
        "案件多的，改存为 .jsonl 或 .csv，这两种逐行读取，不限大小",
        "keep many cases as .jsonl or .csv, which are read line by line without a limit",
    ),
    "RK105": error(
        "文件编码是 {seen}，应为 UTF-8",
        "the file is encoded as {seen} and must be UTF-8",
        "在编辑器中另存为 UTF-8；CSV 也可用 GB18030",
        "save it as UTF-8 in your editor; a CSV may also be GB18030",
    ),
    "RK106": error(
        "这里有不合 {encoding} 编码的字节 {byte}",
        "the byte {byte} here is not {encoding}",
        "在编辑器中核对这一处，另存为 UTF-8",
        "check this place in your editor and save the file as UTF-8",
    ),
    "RK107": error(
        "这里有文本中不能出现的字符 {char}",
        "the character {char} stands here, which no text may hold",
        "删去这个字符",
        "delete the character",
    ),
    "RK108": error(
        "不能读取“{path}”这种文件",
        "a file such as `{path}` cannot be read",
        "可用的文件类型：{known}",
        "use one of these kinds of file: {known}",
    ),
    "RK109": error(
        "本文件还有 {more} 处问题没有列出",
        "this file has {more} more problems that are not listed",
        "先改正已列出的，再检查一次",
        "mend those that are listed and check again",
    ),
    "RK110": error(
        "键“{key}”在这里出现了两次，前一次在第 {first} 行",
        "the key `{key}` stands twice here; it already stands on line {first}",
        "删去其中一处，或把两处合并",
        "delete one of the two, or merge them",
    ),
    "RK111": error(
        "这里读不下去：{what}",
        "this cannot be read on: {what}",
        "按提示改正这一行或上一行",
        "mend this line or the one before as said",
    ),
    "RK112": error(
        "这里有{char}，因此读不下去（{what}）",
        "{char} stands here, so this cannot be read on ({what})",
        "改成相应的半角符号或普通空格",
        "write the ordinary ASCII character or space in its place",
    ),
    "RK113": error(
        "文件中没有内容",
        "the file says nothing",
        "写入内容，或删去这个文件",
        "write what belongs in it, or delete it",
    ),
    "RK114": error(
        "不能使用 YAML 的锚点、引用和合并：“{word}”",
        "anchors, aliases and merge keys of YAML are not allowed: `{word}`",
        "把内容原样写出；文字以“*”“&”开头的，用引号括起来",
        "write the content out; put text that begins with `*` or `&` in quotes",
    ),
    "RK115": error(
        "不能使用 YAML 的类型标记“{word}”",
        "tags of YAML are not allowed: `{word}`",
        "删去标记；文字以“!”开头的，用引号括起来",
        "delete the tag; put text that begins with `!` in quotes",
    ),
    "RK116": error(
        "一个文件只能有一份内容，这里又用“---”另起了一份",
        "a file holds one document, and `---` begins another here",
        "删去“---”，或另存为一个文件",
        "delete `---`, or move what follows to a file of its own",
    ),
    "RK117": error(
        "嵌套超过 {most} 层",
        "this is nested more than {most} deep",
        "减少嵌套",
        "nest less deeply",
    ),
    "RK118": error(
        "内容超过 {most} 项",
        "there are more than {most} entries",
        "案件多的，改存为 .jsonl 或 .csv",
        "keep many cases as .jsonl or .csv",
    ),
    "RK119": error(
        "{what}应为{want}，现为{word}{hint}",
        "{what} must be {want}, not {word}{hint}",
        "写成{want}",
        "write {want}",
    ),
    "RK120": error(
        "{what}没有“{word}”这个键{hint}",
        "{what} has no key `{word}`{hint}",
        "可用的键：{known}",
        "use one of the keys: {known}",
    ),
    "RK121": error(
        "{what}缺少{key}",
        "{what} lacks {key}",
        "补上{key}",
        "add {key}",
    ),
    "RK122": error(
        "这里只能是一个词，不能是列表或若干键",
        "only one word can stand here, not a list or a mapping",
        "写成一个词",
        "write one word",
    ),
    "RK123": error(
        "{what}没有内容",
        "{what} is empty",
        "写上内容；不需要的，整项删去",
        "write something, or leave the key out",
    ),
    "RK124": error(
        "JSON 中不能写 {word}",
        "JSON has no {word}",
        "不知道的写 null，或整项不写",
        "write null if it is unknown, or leave it out",
    ),
    "RK125": error(
        "这一行有一格超过 {most} 个字符的上限",
        "a cell on this row has more than the limit of {most} characters",
        "缩短内容",
        "shorten it",
    ),
    "RK126": error(
        "这一行的双引号没有成对",
        "the double quotes on this row do not match",
        "补上缺少的双引号；内容中的双引号写成两个",
        "add the missing quote; write a quote within a cell twice",
    ),
    "RK127": error(
        "这一行有 {found} 格，表头有 {want} 格",
        "the row has {found} cells and the header has {want}",
        "核对这一行的逗号，内容中有逗号的用双引号括起来；工作簿中，删去表头以外的内容",
        "check the commas of this row and put a cell that holds a comma in double quotes; in a workbook, delete what stands outside the header's columns",
    ),
    "RK128": error(
        "表头第 {number} 列没有名称",
        "column {number} of the header has no name",
        "写上这一列的名称，或删去这一列",
        "name the column, or delete it",
    ),
    "RK129": error(
        "词表中没有“{word}”这项事实{hint}",
        "the vocabulary has no fact `{word}`{hint}",
        "改用词表中的事实名称或标签",
        "use the id or label of a fact in the vocabulary",
        Text("用事实的名称（id），book.fields 中列有", "use the id of a fact, as `book.fields` lists them"),
    ),
}
