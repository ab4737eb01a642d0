"""The problems of figures: how they are counted (24x), and numbers that were published (55x)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error

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
        "合并为一行",
        "make one row of them",
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
}
