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
}
