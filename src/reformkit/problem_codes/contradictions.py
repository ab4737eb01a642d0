"""The problems of cases that contradict themselves, by the checks of their vocabulary (81x)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, warning

CONTRADICTIONS: dict[str, Code] = {
    "RK811": warning(
        "“{first}”（{day}）晚于“{second}”（{other}）",
        "`{first}` ({day}) is later than `{second}` ({other})",
        "核对这两个日期",
        "check the two dates",
    ),
    "RK812": warning(
        "“{fact}”（{day}）不在 {low} 年至 {high} 年之间",
        "`{fact}` ({day}) does not lie in the years {low} to {high}",
        "核对年份",
        "check the year",
    ),
    "RK813": warning(
        "{facts}所填的内容不应同时出现",
        "what is stated of {facts} cannot be so together",
        "核对这几项",
        "check what is stated of them",
    ),
    "RK814": warning(
        "“{fact}”算不出来：“{first}”（{day}）晚于研判日期（{other}）",
        "`{fact}` cannot be worked out: `{first}` ({day}) is later than the day of judging ({other})",
        "核对这个日期和研判日期",
        "check the date and the day of judging",
    ),
    "RK817": warning(
        "按 {day} 研判，早于{titles}的规则施行日（{first}）：没有规则可依，得出的是“其余”的结论",
        "judged as of {day}, before the rules of {titles} are in force ({first}): no rule was asked, and what comes out is "
        "what holds otherwise",
        "要按现行规则研判的，填写研判日期（或用 --as-of）；日期写错的，改正",
        "state the day of judging (or use --as-of) where the present rules are meant; correct the date if it is wrong",
    ),
}
