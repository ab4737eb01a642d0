"""Values as Python, NumPy and pandas have them: taken alike through every way in, or refused in Python's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd
import polars as pl
import pytest

import reformkit as rk
from reformkit.frames.checking import FrameChecker
from reformkit.frames.given import given
from reformkit.model.vocabulary import Field
from tests.books import bundled_book

DAY = date(2022, 3, 1)
TAKEN: list[tuple[str, Any, Any]] = [
    *[("people_involved", kind(3), 3) for kind in (np.int8, np.uint16, np.int64, np.uint64)],
    ("common_issue", np.bool_(True), True),
    ("common_issue", np.False_, False),
    ("filed_on", datetime(2022, 3, 1), DAY),
    ("filed_on", datetime(2022, 3, 1, tzinfo=UTC), DAY),
    ("filed_on", pd.Timestamp("2022-03-01"), DAY),
    ("filed_on", pd.Timestamp("2022-03-01", tz="Asia/Shanghai"), DAY),
    *[("filed_on", np.datetime64("2022-03-01", unit), DAY) for unit in ("D", "s", "ns")],
    ("form", np.str_("fourth"), "fourth"),
    ("unit", np.str_("某局"), "某局"),
    ("behaviours", np.array(["embezzlement"]), frozenset({"embezzlement"})),
    ("behaviours", pd.Series(["embezzlement"]), frozenset({"embezzlement"})),
    ("behaviours", [], frozenset()),
]
REFUSED: list[tuple[str, Any, str]] = [
    *[("people_involved", value, "RK132") for value in (3.5, np.float64(3.5), True, np.bool_(True), "3", 3j)],
    *[("common_issue", value, "RK131") for value in (1, np.int64(1), "是", "true", 1.0)],
    *[("filed_on", datetime(2022, 3, 1, 10), "RK134") for _ in (0,)],
    *[("filed_on", value, "RK134") for value in (pd.NaT, pd.Timestamp("2022-03-01 00:00:00.000000001"), 4462)],
    *[("filed_on", value, "RK264") for value in (44621, 44621.5, "44621", 20220301, np.int64(44621))],
    *[("filed_on", value, "RK134") for value in (np.datetime64("NaT"), np.datetime64("2022-03-01T01"), "2022/3/1")],
    ("filed_on", np.datetime64("99999-01-01"), "RK134"),
    *[("form", value, "RK130") for value in (pd.NA, 3, "第二种形态", "seccond")],
    *[("unit", value, "RK135") for value in (3, b"x", object(), "  ")],
    ("behaviours", "embezzlement", "RK136"),
    ("behaviours", ["embezzlment"], "RK130"),
    ("colour", "red", "RK129"),
    ("机关层级", "county", "RK129"),
]


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def _of_dict(book: rk.Book, fact: str, value: Any) -> Any:
    return book.assess({"id": "X-1", fact: value}).case.facts.get(fact)


def _of_case(book: rk.Book, fact: str, value: Any) -> Any:
    return book.assess(rk.Case(id="X-1", facts={fact: value})).case.facts.get(fact)


def _of_session(book: rk.Book, fact: str, value: Any) -> Any:
    with book.session(by="compiled") as session:
        session.tell("X-1", {fact: value})
        return session["X-1"].case.facts.get(fact)


def _of_history(book: rk.Book, fact: str, value: Any) -> Any:
    book.assess({"id": "X-2"}, history=[{"id": "X-1", fact: value}])
    return _of_dict(book, fact, value)


WAYS: list[Callable[[rk.Book, str, Any], Any]] = [_of_dict, _of_case, _of_session, _of_history]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__[1:])
def test_what_numpy_and_pandas_have_becomes_pythons_own(book: rk.Book, way: Callable[..., Any]) -> None:
    for fact, value, want in TAKEN:
        found = way(book, fact, value)
        assert (found, type(found)) == (want, type(want)), value
        inner = found if isinstance(found, frozenset) else [found]
        assert {type(one).__module__ for one in inner} <= {"builtins", "datetime"}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__[1:])
def test_what_cannot_be_taken_is_refused_in_pythons_words(book: rk.Book, way: Callable[..., Any]) -> None:
    for fact, value, code in REFUSED:
        with pytest.raises(rk.CaseError) as raised:
            way(book, fact, value)
        (problem,) = raised.value.problems
        assert (problem.code, problem.fact, problem.case, problem.in_python) == (code, fact, "X-1", True)
        for words in (problem.fix("zh"), problem.fix("en")):
            assert not any(of_files in words for of_files in ("是或否", "是 or 否", "ASCII", "半角", "[a, b]", "标签"))


def test_a_label_leads_to_the_id_that_python_takes(book: rk.Book) -> None:
    for given_, hint in (({"form": "第二种形态"}, "`second`"), ({"机关层级": "county"}, "`authority_level`")):
        with pytest.raises(rk.CaseError) as raised:
            book.assess(given_)
        assert hint in raised.value.problems[0].message("en")
    with pytest.raises(rk.CaseError) as raised:
        book.assess({"form": "第二种形"})
    assert raised.value.problems[0].message("en").endswith("the nearest is `second`")


def _checked(book: rk.Book, frame: Any) -> Any:
    checker = FrameChecker(book.rulebook, book.checker)
    return checker.check(given(frame, checker.wanted))


def test_objects_in_a_column_are_taken_as_single_values_are(book: rk.Book) -> None:
    for fact, value, want in TAKEN:
        if fact == "behaviours":
            continue  # Polars makes lists of arrays
        checked = _checked(book, pl.DataFrame([pl.Series(fact, [value, None], dtype=pl.Object)]))
        assert checked.columns.facts()[0][fact] == want
        assert not checked.bad.any()
    for fact, value, code in REFUSED:
        if fact not in book.rulebook.fields or fact == "behaviours" or str(value) in ("NaT", "<NA>"):
            continue
        (fault,) = _checked(book, pl.DataFrame([pl.Series(fact, [value, None], dtype=pl.Object)])).faults
        assert (fault.problem.code, fault.problem.in_python) == (code, True), value


def test_one_bad_value_changes_nothing_for_the_others_of_its_column(book: rk.Book) -> None:
    good = pd.Series([3.0, np.nan, 2, np.float32(4)], dtype=object)
    alone, beside = (
        _checked(book, pd.DataFrame({"people_involved": s})) for s in (good, pd.concat([good, pd.Series(["x"])]))
    )
    assert (
        beside.columns.facts()[:4]
        == alone.columns.facts()
        == [{"people_involved": 3}, {}, {"people_involved": 2}, {"people_involved": 4}]
    )
    assert beside.bad.tolist() == [False] * 4 + [True]


IDS: list[tuple[Any, str]] = [
    (" A-1 ", "A-1"),
    (3, "3"),
    (0, "0"),
    (3.0, "3"),
    (np.int64(3), "3"),
    (np.float64(3), "3"),
    (3.5, "3.5"),
    (b"\xff", "b'\\xff'"),
    (datetime(2022, 3, 1), "2022-03-01 00:00:00"),
    (pd.NaT, ""),
    (pd.NA, ""),
    (UUID(int=7), str(UUID(int=7))),
    (DAY, "2022-03-01"),
    (None, ""),
    (float("nan"), ""),
]


def test_an_id_is_the_same_in_a_dict_and_in_a_column(book: rk.Book) -> None:
    for value, want in IDS:
        assert book.assess({"id": value}).case.id == want
        (found,) = _checked(book, pl.DataFrame([pl.Series("id", [value], dtype=pl.Object)])).columns.ids
        assert (found or "") == want


@pytest.mark.parametrize(
    "value",
    [
        *(object(), True, np.bool_(False), [object()], print, iter("")),
        *(float("inf"), -np.inf, np.float32("inf"), Decimal("-Infinity")),
        pytest.param(10**5000, id="digits"),
    ],
)
def test_what_has_no_words_of_its_own_is_no_id(book: rk.Book, value: Any) -> None:
    with pytest.raises(rk.CaseError) as raised:
        book.assess({"id": value, "colour": "red"})
    assert [(p.code, p.fact) for p in raised.value.problems] == [("RK135", "id"), ("RK129", "colour")]
    checked = _checked(book, pl.DataFrame([pl.Series("id", [value, "A-2"], dtype=pl.Object)]))
    assert checked.bad.tolist() == [True, False]
    assert [fault.problem.code for fault in checked.faults] == ["RK135"]


def test_a_number_without_end_in_a_column_of_ids_costs_its_row(book: rk.Book) -> None:
    frame = pl.DataFrame({"id": [1.0, float("inf")], "origin": ["filed_case"] * 2})
    assert book.check_frame(frame)["code"].to_list() == ["RK135"]
    assert _checked(book, frame).columns.ids.to_list() == ["1", None]


def test_a_column_of_ids_that_are_none_costs_its_rows(book: rk.Book) -> None:
    frame = pl.DataFrame({"id": [True, False], "origin": ["filed_case"] * 2})
    assert book.check_frame(frame)["code"].to_list() == ["RK135"] * 2
    assert set(book.decide_frame("startup", frame)["startup_status"]) == {"problem"}


def test_every_fault_of_a_case_is_said_at_once(book: rk.Book) -> None:
    with pytest.raises(rk.CaseError) as raised:
        book.assess({"id": object(), "form": "x", "findings": [{"cause": 1}, {"cause": "institution.absnt"}, 3]})
    assert sorted(str(p.fact) for p in raised.value.problems) == ["cause", "findings", "findings", "form", "id"]
    with pytest.raises(rk.CaseError) as raised:
        book.assess({"form\udc99": 1, "findings": [{"cause": "\x1b[31m", "matter": "\udc99"}]})
    assert sorted((p.code, str(p.fact)) for p in raised.value.problems) == [
        ("RK106", "matter"),
        ("RK107", "cause"),
        ("RK129", "form\\udc99"),
    ]
    assert json.dumps([p.to_dict() for p in raised.value.problems], ensure_ascii=False).encode()
    empty = book.assess({"findings": [{"cause": "institution.absent", "note": None}]})
    assert empty.case.findings == (rk.Finding(cause="institution.absent"),)


# --- rows of a history -------------------------------------------------------------------------------------

BAD: list[dict[str, Any]] = [
    {"id": "H-1", "form": "second"},
    {"id": "H-2", "form": "x", "colour": 1},
    {"form": "second"},
    {"id": "H-1"},
    {"id": "H-5", "unit": ""},
]
WANTED = [(2, "H-2", "RK129"), (2, "H-2", "RK130"), (3, None, "RK121"), (4, "H-1", "RK172"), (5, "H-5", "RK135")]


def _raised(call: Callable[[], object]) -> Iterator[rk.Problem]:
    with pytest.raises(rk.CaseError) as raised:
        call()
    yield from raised.value.problems


def test_each_bad_row_of_a_history_is_named_with_its_id_and_number(book: rk.Book) -> None:
    for call in (
        lambda: book.assess({"id": "X-1"}, history=BAD),
        lambda: list(book.assess_many([{"id": "X-1"}], history=BAD)),
    ):
        found = [(p.line, p.case, p.code) for p in _raised(call)]
        assert sorted(found, key=str) == sorted(WANTED, key=str)
    (first, *_) = _raised(lambda: book.assess({"id": "X-1"}, history=BAD[:2]))
    assert str(first).startswith("<history>:2:1: H-2: RK1")
    (third, *_) = _raised(lambda: list(book.assess_many([BAD[0], BAD[0], BAD[1]])))
    assert (third.path, third.line, third.case) == ("<cases>", 3, "H-2")
    assert json.loads(json.dumps(third.to_dict()))["case"] == "H-2"
    assert rk.Problem.from_dict(third.to_dict()).fix("en") == third.fix("en")


def test_each_bad_row_of_a_frame_is_named_with_its_id_and_number(book: rk.Book) -> None:
    frame = pl.DataFrame(
        [{k: v for k, v in row.items() if k != "colour"} for row in BAD], schema_overrides={"form": pl.String}
    )
    wanted = [(row - 1, id, code) for row, id, code in WANTED if code != "RK129"]
    assert book.check_frame(frame, "self").select("row", "id", "code").rows() == wanted
    found = [(p.path, p.line, p.case) for p in _raised(lambda: book.assess_frame(frame[:1], frame, on_problem="raise"))]
    assert found == [("<history>", row + 1, id) for row, id, _ in wanted]


def test_a_journal_keeps_what_was_taken_as_pythons_own(book: rk.Book, tmp_path: Path) -> None:
    journal = tmp_path / "facts.journal"
    with book.session(by="compiled", journal=journal) as session:
        session.tell("X-1", {fact: value for fact, value, _ in TAKEN})
        case = session["X-1"].case
    with book.session(by="compiled", journal=journal) as again:
        assert again["X-1"].case == case


def test_every_problem_of_a_value_has_a_fix_for_each_type_of_fact(book: rk.Book) -> None:
    fields: dict[str, Field] = {field.type: field for field in book.rulebook.vocabulary.case_fields.values()}
    for field in fields.values():
        for value in (object(), 1j, b"", [object()], {}, float("inf"), 10**400, "\x00", datetime.max):
            for problem in book.checker.value(field.name, value).problems:
                assert problem.in_python and problem.fix("zh") and problem.message("en") and str(problem)
