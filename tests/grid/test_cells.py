"""The grammar of a cell: what is said is read back as it was, whatever stands in the words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformkit.grid.cell_reading import CellReader
from reformkit.grid.cell_saying import CellWriter, Unsayable, written
from reformkit.grid.scanning import CellFault, CellWord, ValuesPart, scanned
from reformkit.model.condition import Parameter, Test
from reformkit.model.period import Period
from reformkit.model.rulebook import DecisionTable, ParameterTable, ParameterValue, Rulebook
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Mapping, Scalar, Sequence, Tree
from reformkit.problem import NOWHERE, Place
from reformkit.text import Text
from tests.books import bundled_book

ODD = ["甲", "甲；乙", "a;b", "甲，乙", "x, y", "不详", "已知", "非 甲", "含 甲", "≥ 2", ">3", "甲 或 乙", "this or that", '"', '甲"乙', "“甲”", "“甲", "（甲）", "(甲", "甲）", "$p", " 甲 ", "known", "not a", "或", "非（甲）", "＞5", "＂甲", "是", "10", "2022-01-01"]  # fmt: skip
"""Labels with every sign of the grammar in them."""

VALUES = {f"v{number}": Choice(id=f"v{number}", label=Text(word, f"{word} en")) for number, word in enumerate(ODD)}
FIELDS = {
    field.name: field
    for field in (
        Field(name="choice", type="choice", label=Text("选", "choice"), values=VALUES),
        Field(name="tags", type="tags", label=Text("签", "tags"), values=VALUES),
        Field(name="flag", type="flag", label=Text("旗", "flag")),
        Field(name="count", type="count", label=Text("数", "count"), min=-9),
        Field(name="number", type="number", places=2, label=Text("值", "number"), min=Decimal("-9")),
        Field(name="day", type="date", label=Text("日", "day")),
        Field(name="words", type="text", label=Text("文", "words")),
    )
}
PARAMETERS = {
    "p": ParameterTable(name="p", label=Text("阈值", "limit"), values=(ParameterValue(value="3"),)),
    "q": ParameterTable(name="q", label=Text("阈；值", "a; b"), values=(ParameterValue(value="5"),)),
    "day_p": ParameterTable(
        name="day_p", label=Text("起算日", "the day"), values=(ParameterValue(value="2022-01-01"),)
    ),
}
BOOK = Rulebook(
    name="x",
    title=Text.same("x"),
    vocabulary=Vocabulary(fields=FIELDS),
    parameters=PARAMETERS,
    decisions={"d": DecisionTable(id="d", title=Text.same("d"), hit="first", outcomes={})},
)
WRITER = CellWriter(BOOK)


def a_value(field: Field) -> st.SearchStrategy[Any]:
    if field.values:
        return st.sampled_from(sorted(field.values))
    if field.type == "count":
        return st.integers(-9, 99) | st.sampled_from([_of("p", 3), _of("q", 5)])
    if field.type == "number":
        numbers = st.integers(-900, 9900).map(lambda n: Decimal(n).scaleb(-2))
        return numbers | st.sampled_from([_of("p", Decimal("3.00")), _of("q", Decimal("5.00"))])
    if field.type == "date":
        return st.dates(date(1950, 1, 1), date(2099, 12, 31)) | st.just(_of("day_p", date(2022, 1, 1)))
    if field.type == "flag":
        return st.booleans()
    return st.sampled_from([word for word in ODD if word == word.strip() and word not in ("不详", "$p")]) | st.text("甲乙a1;,()\"' ≥或非含$", min_size=1, max_size=6)  # fmt: skip


def _of(name: str, value: Any) -> Parameter:
    return Parameter(name=name, values=((Period(), value),))


@st.composite
def a_test(draw: st.DrawFn, field: Field, depth: int = 2) -> Test:
    values = st.lists(a_value(field), min_size=1, max_size=3).map(tuple)
    known = draw(st.sampled_from([None, None, None, True, False]))
    parts: dict[str, Any] = {} if known is None else {"known": known}
    if field.is_ordered and draw(st.booleans()):
        for key in draw(
            st.sets(st.sampled_from(["at_least", "more_than", "at_most", "less_than"]), min_size=1, max_size=2)
        ):
            parts[key] = draw(a_value(field))
    elif field.type == "tags":
        for key in draw(st.sets(st.sampled_from(["includes_all", "includes_any", "includes_none"]), min_size=1)):
            parts[key] = draw(values)
    elif not parts or draw(st.booleans()):
        parts["one_of"] = draw(values)  # beside others neither YAML nor a cell can say it
    if depth and draw(st.booleans()):
        parts["excluded"] = draw(a_test(field, depth - 1))
    return Test(fact=field.name, **parts)


def a_tree(value: Any) -> Tree:
    """A value of a test as YAML would write it, in words."""
    if isinstance(value, Parameter):
        return Scalar(f"${value.name}", False, NOWHERE)
    return Scalar(str(value).lower() if isinstance(value, bool) else str(value), isinstance(value, str), NOWHERE)


def as_yaml(test: Test) -> Tree | None:
    """What YAML would say of a test; None where it has no words for it."""
    parts = {name: part for name, part in test if part is not None and name not in ("node", "place", "fact")}
    if "one_of" in parts:
        return None if len(parts) > 1 else Sequence(NOWHERE, [a_tree(value) for value in parts["one_of"]])
    pairs: list[tuple[Scalar, Tree]] = []
    for name, part in parts.items():
        said = as_yaml(part) if isinstance(part, Test) else Sequence(NOWHERE, [a_tree(v) for v in part]) if isinstance(part, tuple) else a_tree(part)  # fmt: skip
        if said is None:
            return None
        pairs.append((Scalar("not" if name == "excluded" else name, False, NOWHERE), said))
    return Mapping(NOWHERE, pairs)


@given(st.data())
def test_a_cell_says_what_yaml_can_say_and_is_read_as_the_same_tests(data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(list(FIELDS.values())))
    tests = tuple(data.draw(st.lists(a_test(field), min_size=1, max_size=3)))
    try:
        said = WRITER.say(field, tests)
    except Unsayable:
        trees = [as_yaml(test) for test in tests]
        reader = CellReader(BOOK, Report())
        sayable = [tree for tree in trees if tree is not None]
        assert len(sayable) < len(trees) or reader.of_trees(field, sayable) != tests or reader.report.errors
        return
    for words in (said.zh, said.en):
        assert CellReader(BOOK, Report()).read(field, words, Place("a.xlsx", 1, 1, "表")) == tests


def test_every_test_of_the_bundled_rules_can_be_said() -> None:
    from reformkit.model.condition import tests

    book = bundled_book().rulebook
    writer = CellWriter(book)
    for table in book.decisions.values():
        for rule in table.rules:
            for test in tests(rule.when):
                assert writer.say(book.fields[test.fact], (test,))


@pytest.mark.parametrize("word", ODD)
def test_a_word_with_a_sign_in_it_is_one_word(word: str) -> None:
    ((part,),) = scanned(written(word))
    assert isinstance(part, ValuesPart)
    assert [said.text for said in part.words] == [word] or word.strip() != word


@given(st.text('甲乙；;，,（）()"“”≥>非含或 \n不详or'))
def test_any_cell_is_read_or_refused(cell: str) -> None:
    report = Report()
    for field in (FIELDS["choice"], FIELDS["tags"], FIELDS["count"], FIELDS["words"]):
        before = report.errors
        tests = CellReader(BOOK, report).read(field, cell, Place("a.xlsx", 3, 2, "表"))
        assert (tests is None) is (report.errors > before)
    assert all(problem.place.sheet == "表" for problem in report.problems() if problem.code not in ("RK109", "RK820"))


@pytest.mark.parametrize(
    ("cell", "same"),
    [
        ("县级;乡镇级", "县级；乡镇级"),
        ("非 县级;乡镇级", "非（县级；乡镇级）"),
        ("“县级”；乡镇级", "县级；乡镇级"),
        ("County level; Township level", "县级；乡镇级"),
        ("county；township", "县级；乡镇级"),
        ("≠ 县级", "非 县级"),
        ("unknown", "不详"),
    ],
)
def test_other_spellings_mean_the_same(cell: str, same: str) -> None:
    book = bundled_book().rulebook
    reader, field = CellReader(book, Report()), book.fields["authority_level"]
    place = Place("a.xlsx")
    assert reader.read(field, cell, place) == reader.read(field, same, place) is not None


@pytest.mark.parametrize("cell", [">=2", "＞＝ 2", "≧2", "至少 2", "至少2", "2人以上", "不少于2", "≥ ２"])
def test_bounds_are_read_as_people_write_them(cell: str) -> None:
    field = FIELDS["count"]
    assert CellReader(BOOK, Report()).read(field, cell, Place("a.xlsx")) == (Test(fact="count", at_least=2),)


@pytest.mark.parametrize("cell", ["甲；；乙", "甲，", '"甲', "≥", "非（甲", '"甲"乙', "；", "甲 或 ", "非（甲）乙"])
def test_a_cell_that_breaks_off_is_refused(cell: str) -> None:
    with pytest.raises(CellFault):
        scanned(cell)


def test_a_slip_names_the_nearest_value_at_its_cell() -> None:
    report = Report()
    book = bundled_book().rulebook
    CellReader(book, report).read(book.fields["form"], "第三种行态", Place("规则.xlsx", 13, 6, "启动"))
    (problem,) = report.problems()
    assert str(problem.place) == "规则.xlsx 启动!F13"
    assert "第三种形态" in problem.message("zh")


def test_a_word_in_quotes_means_nothing_but_itself() -> None:
    assert scanned('"不详"；"甲""乙"') == ((ValuesPart((CellWord("不详", True), CellWord('甲"乙', True))),),)


ADVICE = [
    ("words", "已知，甲", "甲"),
    ("words", "甲，不详", "甲 或 不详"),
    ("words", "甲，乙；丙", "甲；乙；丙"),
    ("words", '甲，"乙；丙"', '甲；"乙；丙"'),
    ("words", "非 甲，非 乙", "非（甲；乙）"),
    ("count", "已知，2，3", "2；3"),
    ("tags", "含 甲，含 10", "含 甲；10"),
]
"""Cells whose parts cannot stand together, and the cell that is probably meant."""


@pytest.mark.parametrize(("fact", "cell", "meant"), ADVICE)
def test_parts_that_cannot_stand_together_are_refused_with_the_cell_that_is_meant(
    fact: str, cell: str, meant: str
) -> None:
    report = Report()
    assert CellReader(BOOK, report).read(FIELDS[fact], cell, Place("a.xlsx")) is None
    (problem,) = report.problems()
    assert (problem.code, problem.values["reason"].zh.rpartition("写成：")[2]) == ("RK860", meant)
    assert CellReader(BOOK, report).read(FIELDS[fact], meant, Place("a.xlsx"))


@pytest.mark.parametrize("cell", ["≥ 2，≥ 3", "2，≥ 3", "已知，不详", "非 2，非 ≥ 3"])
def test_parts_that_nobody_can_put_together_are_refused(cell: str) -> None:
    assert CellReader(BOOK, Report()).read(FIELDS["count"], cell, Place("a.xlsx")) is None
