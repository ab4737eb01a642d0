"""Numbers with decimal places are exact, and the same through every way in; what has more places is refused."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import reformkit as rk
from reformkit.book import Book
from reformkit.files.opening import read_cases
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field, Vocabulary
from reformkit.problem import CaseError
from reformkit.reading.taking import Taker
from reformkit.text import Text
from tests.books import bundled_book
from tests.reading.bare_workbooks import bare, header, row, styles, text

BUNDLED = bundled_book().rulebook
AMOUNT = "涉案金额（万元）"
FIELDS = {
    name: Field(name=name, type="number", label=Text.same(name), **bounds)  # type: ignore[arg-type]
    for name, bounds in {
        "whole": {"places": 0},
        "amount": {"places": 2},
        "signed": {"places": 1, "min": Decimal("-1000.5"), "max": Decimal("1000.5")},
        "fine": {"places": 6},
    }.items()
}
BOOK = Book(Rulebook(name="n", title=Text.same("n"), vocabulary=Vocabulary(fields=FIELDS), decisions={}))


def in_words(field: Field, word: str) -> Decimal | str:
    """A number, or the code of what is wrong, by nothing but the definition: digits, places, bounds."""
    value = Decimal(word)
    if value != round(value, field.places):
        return "RK179"
    low, high = Decimal(field.min or 0), field.max
    if value < low or (value > high if isinstance(high, Decimal) else value * 10 ** (field.places or 0) >= 2**63):
        return "RK133"
    return value


def taken(field: Field, value: Any) -> Decimal | str:
    found, problems = BOOK.checker.value(field.name, value)
    assert (found is None) is bool(problems)
    if found is None:
        return problems[0].code
    assert isinstance(found, Decimal) and found.as_tuple().exponent == -(field.places or 0)
    return found


def some_words(rng: random.Random) -> list[str]:
    """Numbers of a few digits, with and without zeros at their end, near the bounds and far beyond."""
    words = [f"{rng.choice(['', '-'])}{rng.randrange(10 ** rng.randint(1, 5))}" for _ in range(300)]
    words += [f"{word}.{rng.randrange(10**places):0{places}}" for word in words for places in (rng.randint(1, 7),)]
    return [word for word in [*words, "1000.5", "1000.6", "9223372036854775807", "9223372036854775808"] if word != "-0"]


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_words_decimals_and_floats_are_one_number(field: Field) -> None:
    taker = Taker({})
    for word in some_words(random.Random(field.places)):
        wanted = in_words(field, word)
        value, faults = taker.take(field, word)
        assert (faults[0][0] if faults else value) == wanted, word
        assert taken(field, Decimal(word)) == taken(field, word) == wanted
        digits = len(word.strip("-0").replace(".", ""))
        if digits <= 15:
            assert taken(field, float(word)) == wanted
            assert word.count(".") or taken(field, int(word)) == taken(field, np.int64(int(word))) == wanted
        assert taker.take_as_written(field, f"{Decimal(word):,}").value == value


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_columns_take_what_single_facts_take(field: Field) -> None:
    rng = random.Random(field.places)
    words = some_words(rng)
    floats = [float(word) for word in words] + [rng.uniform(-2000, 2000) for _ in range(300)]
    floats += [float("inf"), 1e300, 0.1 + 0.2, 90071992547409.94, 999999999999999.0, 1e15, -0.0]
    columns: list[tuple[list[Any], Any]] = [
        (floats, pl.Float64),
        ([int(float(word)) for word in words[:300]], pl.Int64),
    ]
    columns += [([Decimal(word) for word in words], pl.Decimal(38, scale)) for scale in (7, 9)]
    columns += [(words, pl.String), ([10**30, -(10**30), 12], pl.Decimal(38, 0))]
    for values, kind in columns:
        series = pl.Series(field.name, [*values, None], dtype=kind)
        checked = BOOK.checker
        said = {fault["row"]: fault["code"] for fault in BOOK.check_frame(series.to_frame()).to_dicts()}
        for number, value in enumerate(series.to_list()[:-1]):
            one = checked.value(field.name, value)
            assert said.get(number) == (one.problems[0].code if one.problems else None), (value, kind)
        assert len(values) not in said


def test_a_single_float_is_its_shortest_form() -> None:
    series = pl.Series("amount", [12.1, 0.3, 9999.99, 12.105, 123456.78], dtype=pl.Float32)
    assert BOOK.check_frame(series.to_frame())["row"].to_list() == [3, 4]
    assert taken(FIELDS["amount"], np.float32(12.1)) == Decimal("12.10")
    assert taken(FIELDS["amount"], np.float32(123456.78)) == "RK178"


@pytest.mark.parametrize(
    "value",
    [True, np.True_, float("nan"), Decimal("sNaN"), Decimal("Infinity"), [1], 10**5000],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_number_is_said_so(value: Any) -> None:
    with pytest.raises(CaseError) as error:
        BOOK.checker.facts({"amount": value})
    assert [problem.code for problem in error.value.problems] == ["RK178"]


SHOWN = {
    "0": "0.12",
    "0.00": "0.12",
    "General": "0.12",
    "#,##0.00": "0.12",
    "¥#,##0.0": "0.12",
    "0%": None,
    "0.0%": None,
}
SHOWN |= {9: None, 10: None, "0.0,": None, "#,##0,,": None, "0!.0,": None, '0.00"万元"': "0.12", '0.0"%"': "0.12"}


@pytest.mark.parametrize(("code", "held"), SHOWN.items())
def test_a_number_that_its_cell_shows_as_another_costs_the_row(
    code: str | int, held: str | None, tmp_path: Path
) -> None:
    cells = row(2, text("A2", "A-1"), '<c r="B2" s="1"><v>0.12</v></c>')
    found = read_cases(bare(tmp_path / "c.xlsx", header("编号", AMOUNT), cells, style=styles(code)), BUNDLED)
    assert [case.facts["amount"] for case in found.cases] == ([] if held is None else [Decimal(held)])
    assert [problem.code for problem in found.problems] == (["RK198"] if held is None else [])


def test_a_case_keeps_its_number_through_json() -> None:
    book = bundled_book()
    case = book.checker.case({"id": "A-1", "amount": 12.5})
    said = json.loads(json.dumps(case.to_dict()))
    assert said == {"id": "A-1", "amount": "12.50"}
    assert book.checker.case(said) == case
    receipt = json.loads(json.dumps(book.assess(case).receipt()))
    assert receipt["case"] == said
    assert book.replay(receipt) == []


@pytest.mark.parametrize(("places", "code"), [("", "RK121"), ("places: 7, ", "RK133"), ("places: 2.0, ", "RK132")])
def test_a_number_whose_places_are_not_said_well_has_that_one_problem(places: str, code: str, tmp_path: Path) -> None:
    files = {
        "rulebook": "name: x\nvocabulary: vocabulary.yaml\n",
        "vocabulary": f"fields:\n  amount: {{type: number, {places}min: 0.5, label: {{zh: 金额, en: Amount}}}}\n",
        "size": "decision: size\nhit: first\noutcomes: {big: {zh: 大, en: Big}, small: {zh: 小, en: Small}}\n"
        "rules: [{id: S-1, when: {amount: {at_least: 10.25}}, then: big}]\notherwise: small\n",
    }
    for name, content in files.items():
        (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
    assert [problem.code for problem in rk.check(tmp_path)] == [code]
