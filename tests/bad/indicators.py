"""Tables of indicators that are wrong, each beside a ledger that has one item of 甲街道."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from reformkit.book import Book
from reformkit.loading import load
from reformkit.model.integrity import Group
from reformkit.overseeing.comparison import compare
from reformkit.overseeing.counting import Counted, Subject
from reformkit.overseeing.figures import Figures
from reformkit.overseeing.stated import read_stated
from reformkit.problem import TableError
from tests.bad.reading import said

Made = tuple[Callable[[Path, pytest.MonkeyPatch], list[str]], str]


@cache
def _book() -> Book:
    return load()


def _table(text: str, by: Group = "township") -> Callable[[Path, pytest.MonkeyPatch], list[str]]:
    def made(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
        rulebook, path = _book().rulebook, folder / "指标.csv"
        path.write_text(text, encoding="utf-8")
        assert rulebook.integrity is not None
        assert rulebook.figures is not None
        item = Subject("2022-点-001", {"township": "甲街道"})
        visit = Counted("visit", "revisit", item, 9, date(2022, 9, 1), 1, False, True)
        figures = Figures(rulebook.figures, lambda name: (name,), (visit,))
        industries = {id: choice.label for id, choice in rulebook.vocabulary.fields["industry"].values.items()}
        try:
            table = read_stated(path, rulebook.integrity, by, industries if by == "industry" else {})
        except TableError as error:
            return [said(problem, folder) for problem in error.problems]
        comparison = compare(figures, rulebook.integrity, by, table, {}, None, 9)
        return [said(problem, folder) for problem in comparison.problems]

    return made


INDICATORS: dict[str, Made] = {
    "RK825": (_table("镇街,立案\n甲街道,1\n合计,1\n"), (
        "指标.csv:3:1 RK825\n  第 3 行是“合计”行，没有列入比对\n  row 3 is a row of totals (`合计`) and is not compared")),
    "RK826": (_table("镇街,立案\n"), (
        "指标.csv:1:1 RK826\n  指标表没有一行数据\n  the table of indicators has no row")),
    "RK827": (_table("镇街,立案\n甲街道,1\n注：截至12月,\n"), (
        "指标.csv:3:1 RK827\n  “注:截至12月”一行没有一个数，台账中也没有“注:截至12月”，没有列入比对\n"
        "  the row `注:截至12月` states no number, and the ledger does not know `注:截至12月`; it is not compared")),
    "RK828": (_table("年度,立案\n2022-03,1\n", "year"), (
        "指标.csv:2:1 RK828\n  “2022-03”不是年度\n  `2022-03` is no year")),
    "RK829": (_table("行业,立案\n医疗卫声,1\n", "industry"), (
        "指标.csv:2:1 RK829\n  词表中没有“医疗卫声”这个行业，最接近的是“医疗卫生”\n"
        "  the vocabulary has no industry `医疗卫声`; the nearest is `医疗卫生`")),
    "RK830": (_table("镇街,立案\n甲街道办,1\n"), (
        "指标.csv:2:1 RK830\n  台账中没有“甲街道办”，最接近的是“甲街道”\n"
        "  the ledger does not know `甲街道办`; the nearest is `甲街道`")),
    "RK831": (_table("镇街,立案\n远方镇,1\n"), (
        "指标.csv:1:1 RK831\n  指标表没有一行与台账的镇街相同；台账中有：甲街道\n"
        "  no row of the table is a township of the ledger, which has: 甲街道")),
    "RK832": (_table("镇街,满意度测评,满意度测评样本数\n甲街道,0.9,10\n"), (
        "指标.csv:2:5 RK832\n  “满意度测评”写作“0.9”，看不出是 0.9% 还是 90%\n"
        "  `Satisfaction` is given as `0.9`, which may be 0.9% or 90%")),
}  # fmt: skip
