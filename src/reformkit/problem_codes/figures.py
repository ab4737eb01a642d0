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
    "RK550": error(
        "{title}{by}公布为 {want}，台账计得 {got}{acts}",
        "{title}{by} was published as {want}, and the ledger gives {got}{acts}",
        "核对所列记录；记录有误的更正，公布有误的改 figures.yaml 中的数字",
        "check the acts that are named; correct an act, or the number in figures.yaml",
    ),
    "RK551": error(
        "规则册没有指标",
        "the rulebook has no figures",
        "在规则册文件夹中写 figures.yaml",
        "write a figures.yaml into the rulebook's folder",
    ),
}
