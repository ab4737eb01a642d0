"""What is wrong with tables of indicators, each beside a ledger that has one item of 甲街道, and with a casebook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from reformkit.book import Book
from reformkit.model.act import KeptText, Opened
from reformkit.model.integrity import Group
from reformkit.overseeing.casebook import casebook
from reformkit.overseeing.casebook_words import read_words
from reformkit.overseeing.comparison import compare
from reformkit.overseeing.counting import Counted, Subject
from reformkit.overseeing.figures import Figures
from reformkit.overseeing.stated import read_stated
from reformkit.practising.item import ItemState
from reformkit.problem import TableError
from tests.bad.reading import said
from tests.books import bundled_book

Made = tuple[Callable[[Path, pytest.MonkeyPatch], list[str]], str]


@cache
def _book() -> Book:
    return bundled_book()


def _table(text: str, by: Group = "township") -> Callable[[Path, pytest.MonkeyPatch], list[str]]:
    def made(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
        rulebook, path = _book().rulebook, folder / "指标.csv"
        path.write_text(text, encoding="utf-8")
        assert rulebook.integrity is not None
        assert rulebook.figures is not None
        item = Subject("2022-点-001", {"township": "甲街道"})
        case = Subject("2022-点-001", {"township": "甲街道", "source": "case"})
        gate = Counted("opinion", "first_gate", case, 2, date(2022, 3, 9), 1, False, True)
        visit = Counted("visit", "revisit", item, 9, date(2022, 9, 1), 1, False, True)
        figures = Figures(rulebook.figures, lambda name: (name,), (gate, visit))
        industries = {id: choice.label for id, choice in rulebook.vocabulary.fields["industry"].values.items()}
        try:
            table = read_stated(path, rulebook.integrity, by, industries if by == "industry" else {})
        except TableError as error:
            return [said(problem, folder) for problem in error.problems]
        comparison = compare(figures, rulebook.integrity, by, table, {}, None, 9)
        return [said(problem, folder) for problem in comparison.problems]

    return made


def _casebook(words: str) -> Callable[[Path, pytest.MonkeyPatch], list[str]]:
    """A casebook of one item that names a person, with a file of words."""

    def made(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
        path, rulebook = folder / "改写.yaml", _book().rulebook
        path.write_text(words, encoding="utf-8")
        assert rulebook.procedures is not None
        assert rulebook.figures is not None
        opened = Opened.model_validate({"procedure": "point", "text": KeptText(sha256="0" * 64, name="", bytes=0), "source": "case", "unit": "某所", "responsible_unit": "某所", "issues": [{"cause": "c", "label": "局长王建国"}]})  # fmt: skip
        state = ItemState("2022-点-001", rulebook.procedures.procedures["point"], opened, date(2022, 1, 4), issues=opened.issues)  # fmt: skip
        state.ended, state.ended_on, state.consent = "archived", date(2022, 9, 1), True
        figures = Figures(rulebook.figures, lambda name: (name,), ())
        of_office = (), (None, None), None, "某区", 9
        found = casebook([state], lambda id: figures, rulebook, None, read_words(path), *of_office)
        return [said(problem, folder) for problem in found.problems]

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
    "RK835": (_table("镇街,立案\n甲街道,0\n"), (
        "指标.csv:2:1 RK835\n  “甲街道”填报的“立案”为 0，而台账中“研判案件”为 1，多于填报数\n"
        "  `甲街道` states 0 for `Cases filed`, and the ledger counts 1 of `Cases studied`, which is more")),
    "RK833": (_casebook("2022-点-001: {lesson: 两人办理}\n"), (
        ":0:0 RK833\n  2022-点-001 的“症结”中有人名：王建国\n"
        "  `Causes` of 2022-点-001 holds the name of a person: 王建国")),
    "RK834": (_casebook("2022-点-001: {replace: {局长王建国: 局长}}\n2022-点-002: {lesson: 两人办理}\n"), (
        "改写.yaml:2:1 RK834\n  2022-点-002 不在本期收录的案例之中，改写文件中的这一项没有用上\n"
        "  2022-点-002 is none of the cases, and what the file says of it is not used")),
}  # fmt: skip
