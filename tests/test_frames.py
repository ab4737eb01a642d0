"""Frames as people bring them: odd types, bad values, columns in the way."""

from __future__ import annotations

import random
import sys
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import reformkit as rk
from reformkit.book import Book
from reformkit.frames.checking import FrameChecker
from reformkit.frames.given import given
from reformkit.model.condition import Test
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.text import Text
from tests.books import bundled_book

CASE: dict[str, Any] = {"origin": "filed_case", "authority_level": "city", "form": "fourth"}


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def statuses(book: rk.Book, frame: Any) -> list[str]:
    return book.decide_frame("startup", frame)["startup_status"].to_list()


# --- bad values ----------------------------------------------------------------------------------------

BAD: dict[str, tuple[Any, str]] = {
    "origin": (pl.Series(["filed_case", "立案案件"]), "RK130"),
    "sanctioned_this_year": (pl.Series([None, 1]), "RK131"),
    "people_involved": (pl.Series([3, 501]), "RK133"),
    "filed_on": (pl.Series(["2022-03-01", "2022-3-1"]), "RK134"),
    "decided_on": (pl.Series([datetime(2022, 3, 1), datetime(2022, 3, 1, 9)]), "RK134"),
    "unit": (pl.Series(["某局", " "]), "RK135"),
    "issue": (pl.Series(["某事", "证号110101199001010006"]), "RK139"),
    "id": (pl.Series(["A", "110101199001010006"]), "RK139"),
    "behaviours": (pl.Series([["resist_investigation"], ["resist_investigation", None]]), "RK130"),
    "causes": (pl.Series(["institution.asset_rules", "institution.asset_rules;nothing"]), "RK130"),
    "findings": (pl.Series([[{"cause": "institution.asset_rules"}], [{"cause": "nothing"}]]), "RK130"),
}


@pytest.mark.parametrize("column", BAD)
def test_a_bad_value_marks_its_row_and_stops_no_other(book: rk.Book, column: str) -> None:
    series, code = BAD[column]
    frame = pl.DataFrame({**CASE, column: series})
    assert statuses(book, frame) == ["decided", "problem"]
    found = book.check_frame(frame)
    assert found.select("row", "column", "code").rows() == [(1, column, code)]
    with pytest.raises(rk.CaseError) as error:
        book.decide_frame("startup", frame, on_problem="raise")
    (problem,) = error.value.problems
    assert (problem.line, problem.column) == (2, frame.columns.index(column) + 1)
    row = {name: value for name, value in frame.row(1, named=True).items() if value is not None}
    with pytest.raises(rk.CaseError):
        book.decide("startup", row)


@pytest.mark.parametrize("kind", [pl.Date, pl.Datetime("ms")])
def test_a_day_that_no_calendar_has_is_a_bad_value(book: rk.Book, kind: Any) -> None:
    days = [-(2**31) + 1, -800_000, None, 0, 3_000_000, 2**31 - 1]
    scale = 1 if kind == pl.Date else 86_400_000
    frame = pl.DataFrame({"filed_on": [None if day is None else day * scale for day in days]}).cast(pl.Int64)
    frame = frame.cast(pl.Int32).cast(kind) if kind == pl.Date else frame.cast(kind)
    statuses = book.assess_frame(frame)["startup_status"].to_list()
    assert [status == "problem" for status in statuses] == [True, True, False, False, True, True]
    assert book.check_frame(frame)["value"].to_list()[0] == "1970-01-01 -2147483647 d"


@pytest.mark.parametrize(
    ("ids", "status"),
    [([b"\xff", b"A"], "undetermined"), ([["A"], ["B"]], "problem"), ([{"a": 1}, {"a": 2}], "problem")],
)
def test_an_id_may_be_bytes_and_no_list(book: rk.Book, ids: list[Any], status: str) -> None:
    assert book.assess_frame(pl.DataFrame({"id": ids}), history="self")["startup_status"].to_list() == [status] * 2


def test_an_identity_number_is_not_repeated(book: rk.Book) -> None:
    found = book.check_frame(pl.DataFrame({"issue": ["证号110101199001010006"]}))
    assert "110101199001010006" not in str(found.to_dicts())


def test_the_messages_stand_in_chinese_and_english(book: rk.Book) -> None:
    (row,) = book.check_frame(pl.DataFrame({"form": ["second", "secnd"]})).to_dicts()
    assert row["value"] == "secnd"
    assert row["message"] == "“form”没有“secnd”这个取值，最接近的是“second”"
    assert row["message_en"] == "`form` has no value `secnd`; the nearest is `second`"
    assert row["fix"].startswith("可用取值：") and row["fix_en"].startswith("use one of: ")


def test_a_day_with_a_time_is_shown_as_people_write_it(book: rk.Book) -> None:
    frame = pl.DataFrame({"filed_on": [datetime(2022, 3, 1, 16, 0)]})
    assert book.check_frame(frame)["message"].to_list() == ["“filed_on”是日期，不能写成“2022-03-01 16:00:00”"]


def test_a_column_that_is_nearly_a_fact_is_noted_and_passed_through(book: rk.Book) -> None:
    frame = pl.DataFrame({**CASE, "机关层级": "市级", "autority_level": "city", "clerk": "x", "startup_rule": None})
    found = book.check_frame(frame)
    assert found.select("row", "column", "severity").rows() == [
        (None, "机关层级", "note"),
        (None, "autority_level", "note"),
    ]
    decided = book.decide_frame("startup", frame, on_problem="raise")
    assert decided["autority_level"].to_list() == ["city"]


# --- columns in the way --------------------------------------------------------------------------------


def test_columns_of_earlier_results_are_made_anew_and_a_stated_outcome_keeps_its_own(book: rk.Book) -> None:
    frame = pl.DataFrame({**CASE, "startup": "no", "startup_status": 7, "startup_rule": True})
    for made in (book.decide_frame("startup", frame), book.decide_frame("startup", frame.lazy()).collect()):
        assert made.columns == [*CASE, "startup_stated", "startup", "startup_rule", "startup_status"]
        assert made.drop(list(CASE)).row(0) == ("no", "start", "STA-C1", "decided")
    as_pandas = book.decide_frame("startup", frame.to_pandas())
    assert list(as_pandas.columns) == [*CASE, "startup_stated", "startup", "startup_rule", "startup_status"]
    layers = book.decide_frame("layer", frame)
    assert layers["layer"].to_list() == [book.decide("layer", {**CASE, "startup": "no"}).outcome]


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame(),
        pl.DataFrame(schema={"form": pl.String, "behaviours": pl.List(pl.String), "causes": pl.List(pl.String)}),
        pl.DataFrame({"x": [1, 2]}),
    ],
)
def test_no_rows_no_columns_and_no_facts(book: rk.Book, frame: pl.DataFrame) -> None:
    for same in (frame, frame.to_pandas(), frame.to_arrow()):
        made = book.decide_frame("startup", same, needs=True)
        assert len(made) == frame.height
        assert len(book.assess_frame(same, "self")) == frame.height
    needed = book.decide_frame("startup", frame, needs=True)["startup_needs"].to_list()
    assert needed == [[need.fact for need in book.decide("startup", {}).needs]] * frame.height


# --- types ---------------------------------------------------------------------------------------------

TYPES: list[tuple[str, Any]] = [
    ("form", pl.Series(["fourth", None], dtype=pl.Enum(["none", "fourth", "second"]))),
    ("form", pl.Series(["fourth", None], dtype=pl.Categorical)),
    ("form", pl.Series([None, None])),
    ("form", pl.Series(["fourth", None], dtype=pl.Object)),
    ("people_involved", pl.Series([3.0, float("nan")])),
    ("people_involved", pl.Series([3, None], dtype=pl.UInt64)),
    ("people_involved", pl.Series([3, None], dtype=pl.Int128)),
    ("decided_on", pl.Series(["2022-03-01", None])),
    ("decided_on", pl.Series([datetime(2022, 3, 1), None]).dt.replace_time_zone("Asia/Shanghai")),
    ("decided_on", pl.Series([date(2022, 3, 1), None])),
    ("behaviours", pl.Series([[], None], dtype=pl.List(pl.Null))),
    ("behaviours", pl.Series(["无", " "])),
    ("behaviours", pl.Series([frozenset(), None], dtype=pl.Object)),
    ("unit", pl.Series(["某局", None], dtype=pl.Categorical)),
]


@pytest.mark.parametrize("place", range(len(TYPES)))
def test_a_value_may_come_in_any_type_that_holds_it(book: rk.Book, place: int) -> None:
    column, series = TYPES[place]
    frame = pl.DataFrame({**CASE, column: series})
    assert book.check_frame(frame).height == 0
    checker = FrameChecker(book.rulebook, book.checker)
    checked = checker.check(given(frame, checker.wanted))
    stated = {
        "form": "fourth",
        "people_involved": 3,
        "decided_on": date(2022, 3, 1),
        "behaviours": frozenset(),
        "unit": "某局",
    }
    first, second = checked.columns.facts()
    assert first.get(column) == (None if series.dtype == pl.Null else stated[column])
    assert column not in second


def test_arrow_dictionaries_views_and_large_strings(book: rk.Book) -> None:
    words = pa.array(["filed_case", "filed_case", None])
    for column in (
        words.dictionary_encode(),
        words.cast(pa.large_string()),
        words.cast(pa.string_view()),
        pa.chunked_array([words[:1], words[1:]]),
        pa.array(["x", "filed_case", "filed_case", None])[1:],
    ):
        table = pa.table({"origin": column, "authority_level": ["city"] * 3, "form": ["second"] * 3})
        made = book.decide_frame("source", table)
        assert made.column("source_status").to_pylist() == ["decided", "decided", "undetermined"]
        assert made.select(table.schema.names).equals(table)


def test_pandas_keeps_its_index_and_its_mixed_columns(book: rk.Book) -> None:
    frame = pd.DataFrame({**{k: [v, v] for k, v in CASE.items()}, 7: [object(), "x"]}, index=["a", "b"])
    frame["sanctioned_this_year"] = pd.Series([True, None], index=["a", "b"], dtype="object")
    frame["people_involved"] = pd.Series([3, "many"], index=["a", "b"], dtype="object")
    made = book.decide_frame("startup", frame)
    assert list(made.index) == ["a", "b"] and 7 in made.columns
    assert list(made["startup_status"]) == ["decided", "problem"]
    assert "startup" not in frame.columns


def test_a_frame_read_as_a_stream_comes_back_as_a_table(book: rk.Book) -> None:
    class Stream:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pl.DataFrame(CASE).__arrow_c_stream__(requested_schema)

    made = book.decide_frame("startup", Stream())
    assert isinstance(made, pa.Table) and made.column("startup").to_pylist() == ["start"]


def test_what_is_no_frame_is_refused(book: rk.Book) -> None:
    for wrong in ({"form": ["second"]}, [1], pl.Series(["x"]), np.zeros(3)):
        with pytest.raises(TypeError, match="a frame is"):
            book.decide_frame("startup", wrong)
    with pytest.raises(KeyError, match="no decision"):
        book.decide_frame("start", pl.DataFrame(CASE))
    with pytest.raises(ValueError, match="on_problem"):
        book.decide_frame("startup", pl.DataFrame(CASE), on_problem="ignore")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="more than one column named form"):
        book.decide_frame("startup", pa.table([["x"], ["y"]], names=["form", "form"]))


# --- large tables --------------------------------------------------------------------------------------


def many_tags(hit: str, count: int = 150) -> Book:
    """A rulebook with a rule for each of many tags, and one for a pair of them."""
    values = {f"t{i}": Choice(id=f"t{i}", label=Text.same(f"T{i}")) for i in range(count)}
    tags = Field(name="tags", type="tags", label=Text.same("tags"), values=values)
    outcomes = {f"o{i}": Choice(id=f"o{i}", label=Text.same(f"O{i}")) for i in range(70)}
    rules = [
        Rule(id=f"R{i}", when=Test(fact="tags", includes_all=(f"t{i}", f"t{(7 * i + 1) % 150}")), then=f"o{i % 70}")
        for i in range(150)
    ]
    rules.append(Rule(id="NONE", when=Test(fact="tags", includes_none=("t3", "t77", "t149")), then="o69"))
    rules.append(Rule(id="OPEN", when=Test(fact="tags", known=False), then="o68"))
    table = DecisionTable(id="d", title=Text.same("d"), hit=hit, outcomes=outcomes, rules=tuple(rules))  # type: ignore[arg-type]
    return Book(
        Rulebook(name="m", title=Text.same("m"), vocabulary=Vocabulary(fields={"tags": tags}), decisions={"d": table})
    )


@pytest.mark.parametrize("hit", ["first", "unique", "any", "collect"])
def test_more_tags_rules_and_outcomes_than_a_word_has_bits(hit: str) -> None:
    book = many_tags(hit)
    rng = random.Random(5)
    sets = [rng.sample(list(book.fields["tags"].values), rng.randint(0, 12)) for _ in range(300)]
    made = book.decide_frame("d", pl.DataFrame({"tags": [*sets, None, sets[0] * 2]}))
    for tags, row in zip([*sets, None, sets[0]], made.to_dicts(), strict=True):
        one = book.decide("d", {"tags": tags})
        outcome = list(one.outcomes) if hit == "collect" else one.outcome
        assert (row["d"], row["d_rule"], row["d_status"]) == (outcome, one.rule, one.status)


def test_ten_thousand_tags() -> None:
    book = many_tags("collect", 10_000)
    made = book.decide_frame("d", pl.DataFrame({"tags": [["t9999", "t0", "t1"], ["t149"], []]}))
    assert made["d"].to_list() == [["o0", "o69"], [], ["o69"]]


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    for name in [name for name in sys.modules if name in ("reformkit.frames.answers", "reformkit.columns.cases")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(ImportError, match=r"pip install 'reformkit\[frames\]'"):
        rk.load(measures=None).decide_frame("startup", None)
