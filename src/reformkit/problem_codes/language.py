"""The problems of what the language takes and what it leaves out: named values, and tests that are no tests."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

LANGUAGE: dict[str, Code] = {
    "RK250": error(
        "“{word}”看起来是数，写法却不是",
        "`{word}` looks like a number and is not written as one",
        "写成 30、-5 或 12.50 这样；不是数的，加引号",
        "write such as 30, -5 or 12.50; put it in quotes if it is no number",
    ),
    "RK251": error(
        "“{name}”在这里是{kind}，在第 {first} 行不是；同一决策中一个名称只附带一种",
        "`{name}` is {kind} here and is not on line {first}; in a decision a name stands for one kind",
        "改成同一种，或者换一个名称",
        "make both of one kind, or choose another name",
    ),
    "RK252": error(
        "“{fact}”不能与事实“{other}”相比：条件只拿事实与写定的值、参数相比",
        "`{fact}` cannot be compared with the fact `{other}`: a test compares with a value or a parameter",
        "把比较的结果作为一个单独的事实：能推得的用“推得”（如 days_since 距研判日数），其余由本单位系统算好填报，如一个“是否”或者天数",
        "make what it comes to a fact of its own: derived where the language can (`days_since`), else a flag or a count "
        "that your own system works out and states",
    ),
    "RK253": error(
        "“{word}”要计算，条件里不作计算",
        "`{word}` would have to be computed, and a test computes nothing",
        "直接写算好的数，随时间改变的写成参数；由事实算出的，作为一个数目由本单位系统算好填报",
        "write the result, as a parameter where it changes with time; what is computed from facts is a count of its own, "
        "stated by your own system",
    ),
    "RK254": error(
        "“{word}”是函数的写法，条件里没有函数",
        "`{word}` is a function, and conditions have none",
        "只含数的，直接写结果；能推得的写一个推得的事实（same_year、days_since、group_of、findings），从其他案件数出来的写成计数，"
        "其余由本单位系统算好填报",
        "write the result where it holds numbers only; else use a derived fact (`same_year`, `days_since`, `group_of`, `findings`), a signal where other cases are counted, "
        "or a fact that your own system states",
    ),
    "RK255": error(
        "“{key}”按字样检验，而文字、取值只整体比较",
        "`{key}` tests how a word looks, and texts and values are compared only as a whole",
        "把要分清的几类列为一个“选项”，或者由本单位系统填报一个“是否”",
        "make a choice of the kinds that matter, or a flag that your own system states",
    ),
    "RK257": error(
        "“{fact}”的结论都不附带“{word}”{hint}",
        "no outcome of `{fact}` comes with `{word}`{hint}",
        "可用的名称：{known}",
        "use one of the names: {known}",
    ),
    "RK265": warning(
        "“{word}”在这个列表中已经写过",
        "`{word}` says what this list has said before",
        "删去；本想写另一项的，改正",
        "delete it, or write what was meant instead",
    ),
    "RK267": error(
        "“{word}”后面没有冒号和值{cut}",
        "`{word}` has no colon and no value{cut}",
        "逗号是值里的，把整个值加上引号；千分位逗号删去；本是另外一项的，补上冒号和值",
        "where the comma belongs to the value, put the whole of it in quotes; leave out commas between thousands; a key of "
        "its own needs a colon and a value",
    ),
    "RK268": error(
        "这一项的括号没有配对{cut}",
        "this item has half of a pair of brackets{cut}",
        "逗号在括号里的，把整项加上引号；本是两项的，补齐括号",
        "put the whole item in quotes where the comma stands within brackets; else complete the brackets of both",
    ),
    "RK256": warning(
        "“{word}”按原文整体比较：它不是通配符、正则，也不是别的事实",
        "`{word}` is compared as it stands, as a whole: it is no pattern and no other fact",
        "要分类的，列为“选项”或者填报一个“是否”；就是这几个字的，可以不改",
        "make it a choice or a flag where kinds are meant; leave it if these are the very words",
    ),
}
