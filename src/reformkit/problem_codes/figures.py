"""The problems of figures: how they are counted (24x), and numbers that were published (55x)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

FIGURES: dict[str, Code] = {
    "RK240": error(
        "指标“{figure}”须写明怎样得出：计、合计、占比三者取一",
        "figure `{figure}` must say how it comes about: one of `count`, `sum` and `share`",
        "写上其中一个，如 count: items（计: 事项）",
        "write one of them, such as `count: items`",
    ),
    "RK241": error(
        "指标“{figure}”的占比须由两个非占比的指标得出",
        "the share of figure `{figure}` must be of two figures that are no shares",
        "写成 share: [分子, 分母]",
        "write `share: [part, whole]`",
    ),
    "RK242": error(
        "没有指标“{word}”{hint}",
        "there is no figure `{word}`{hint}",
        "改用 figures 下的编号或标题",
        "use an id or title under `figures`",
    ),
    "RK243": error(
        "“{word}”不是统计期",
        "`{word}` is no period",
        "写成 2022、2022-03 或 2022-Q1",
        "write 2022, 2022-03 or 2022-Q1",
    ),
    "RK244": error(
        "“{word}”不是公布的数字",
        "`{word}` is no published number",
        "照公布的写，如 146 或 72.6%",
        "write it as it was published, such as 146 or 72.6%",
    ),
    "RK245": error(
        "没有“{word}”这样的{what}{hint}",
        "there is no {what} `{word}`{hint}",
        "可用的：{known}",
        "use one of these: {known}",
    ),
    "RK260": error(
        "指标“{figure}”不是占比，不能列入比对",
        "figure `{figure}` is no share and cannot be compared",
        "改用 figures.yaml 中写了 share（占比）的指标",
        "name a figure of figures.yaml that has a `share`",
    ),
    "RK261": error(
        "表头“{word}”已用于指标“{first}”",
        "the heading `{word}` is that of indicator `{first}` already",
        "各指标、各分项的名称须不同",
        "give each indicator and part a title of its own",
    ),
    "RK550": error(
        "{title}{by}公布为 {want}，台账计得 {got}{acts}",
        "{title}{by} was published as {want}, and the ledger gives {got}{acts}",
        "核对所列记录；记录有误的更正，公布有误的改 figures.yaml 中的数字",
        "check the acts that are named; correct an act, or the number in figures.yaml",
    ),
    "RK561": error(
        "这本规则册没有比对文件 integrity.yaml",
        "the rulebook has no integrity.yaml",
        "在规则册文件夹中写 integrity.yaml：填报哪些指标、与哪些占比并列",
        "write an integrity.yaml into its folder: which indicators stand beside which shares",
    ),
    "RK552": error(
        "指标表的格式 {ending} 不能读",
        "a table of indicators cannot be read from {ending}",
        "另存为 {known} 之一",
        "save it as one of {known}",
    ),
    "RK553": error(
        "指标表缺少“{heading}”一列",
        "the table of indicators has no column `{heading}`",
        "表头第一行写上“{heading}”和各指标的名称",
        "name `{heading}` and the indicators in its first row",
    ),
    "RK554": error(
        "表头“{heading}”不是比对文件中的指标{hint}",
        "the heading `{heading}` is no indicator of the rulebook{hint}",
        "改用 integrity.yaml 中的名称，或者删去这一列",
        "use a title of integrity.yaml, or leave the column out",
    ),
    "RK555": error(
        "这一行没有名称",
        "the row has no name",
        "写明是哪一个地区、单位、行业或年度",
        "say which region, unit, industry or year it is",
    ),
    "RK556": error(
        "“{name}”在第 {first} 行已经有了",
        "`{name}` stands on line {first} already",
        "同一项的合并为一行；代码写错的，改正",
        "make one row of them, or mend the code",
    ),
    "RK557": error(
        "表头“{heading}”写了两次",
        "the heading `{heading}` stands twice",
        "只留一列",
        "leave one column",
    ),
    "RK558": error(
        "“{title}”须为不小于 0 的整数，现为“{word}”",
        "`{title}` must be a whole number from 0 on, not `{word}`",
        "只写数字，不知道的留空",
        "write digits only, and leave out what is not known",
    ),
    "RK559": error(
        "“{title}”须在 0 至 100 之间，现为“{word}”",
        "`{title}` must be from 0 to 100, not `{word}`",
        "写成 92.5 或 92.5%",
        "write it as 92.5 or 92.5%",
    ),
    "RK560": error(
        "“{title}”没有样本数",
        "`{title}` comes without its sample",
        "在“{heading}”一列写明问了多少人",
        "say in the column `{heading}` how many were asked",
    ),
    "RK551": error(
        "规则册没有指标",
        "the rulebook has no figures",
        "在规则册文件夹中写 figures.yaml",
        "write a figures.yaml into the rulebook's folder",
    ),
    "RK825": warning(
        "第 {line} 行是“{word}”行，没有列入比对",
        "row {line} is a row of totals (`{word}`) and is not compared",
        "不必处理；不是合计的，改正名称",
        "nothing needs doing; if it is no total, mend its name",
    ),
    "RK826": error(
        "指标表没有{lacks}",
        "the table of indicators has no {lacks}",
        "表头写一行名称，下面每个地区、单位、行业或年度写一行数",
        "write a header of names, and below it a row of numbers for each region, unit, industry or year",
    ),
    "RK827": warning(
        "“{word}”一行没有一个数，台账中也没有“{word}”，没有列入比对",
        "the row `{word}` states no number, and the ledger does not know `{word}`; it is not compared",
        "是表下说明的，移到表外；确是一行的，填上数或改正名称",
        "move a note out of the table; if it is a row, state its numbers or mend its name",
    ),
    "RK828": error(
        "“{word}”不是年度",
        "`{word}` is no year",
        "写成 2022 或 2022年；按季、按月的数合成全年再填",
        "write 2022; add the numbers of quarters or months up to a year",
    ),
    "RK829": error(
        "词表中没有“{word}”这个{what}{hint}",
        "the vocabulary has no {what} `{word}`{hint}",
        "改用词表中的名称",
        "use a name of the vocabulary",
    ),
    "RK830": warning(
        "台账中没有“{word}”{hint}",
        "the ledger does not know `{word}`{hint}",
        "指的是同一处的，改为台账中的写法；确是另一处的，不必处理",
        "if the same is meant, write it as the ledger does; otherwise nothing needs doing",
    ),
    "RK831": warning(
        "指标表没有一行与台账的{by}相同；台账中有：{known}",
        "no row of the table is a {by} of the ledger, which has: {known}",
        "核对是否按{by}填报、统计期是否一致、名称写法是否相同",
        "see whether the table is by {by}, of the same period, and whether names are written alike",
    ),
    "RK833": error(
        "{item} 的“{field}”中有{what}：{words}",
        "`{field}` of {item} holds {what}: {words}",
        "在改写文件中该事项的 replace（改写）下写明改成什么，如某单位、王某；不宜收录的写 omit（不收录）和理由",
        "say under `replace` of that item in the file of words what stands instead; or `omit` it, with the reason",
    ),
    "RK834": warning(
        "{item} {what}",
        "{item} {what}",
        "核对事项编号和字句；篇幅过长的，在改写文件中改短",
        "see whether the item and the words are right; shorten what is too long in the file of words",
    ),
    "RK835": warning(
        "“{name}”填报的“{title}”为 {stated}，而台账中“{figure}”为 {counted}，多于填报数",
        "`{name}` states {stated} for `{title}`, and the ledger counts {counted} of `{figure}`, which is more",
        "核对填报的数和统计期，以及台账中这些事项的{by}；数据无误的（如立案在上一年），不必处理",
        "check the number, its period, and the {by} of these items in the ledger; if all is right (cases filed the year "
        "before), nothing needs doing",
    ),
    "RK836": error(
        "包含的须是件数，“{figure}”或者本指标是比例",
        "what an indicator covers is a number of things; `{figure}` or the indicator is a share",
        "改写 figures.yaml 中计数的指标，或者删去 covers（包含）",
        "name a figure of figures.yaml that counts, or leave `covers` out",
    ),
    "RK832": error(
        "“{title}”写作“{word}”，看不出是 {word}% 还是 {more}%",
        "`{title}` is given as `{word}`, which may be {word}% or {more}%",
        "带上百分号写：{more}% 或 {word}%",
        "write it with its sign: {more}% or {word}%",
    ),
}
