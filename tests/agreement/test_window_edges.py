"""Leap days, ends of months and ties at the edges of a window, in every kind of frame: signals by their plain meaning."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformkit.book import Book
from reformkit.model.condition import Test
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook, Side, Signal, Window
from reformkit.model.vocabulary import Field, Vocabulary
from reformkit.text import Text
from tests.agreement.frames import WAYS, as_frame
from tests.agreement.rulebooks import items

DAYS = [
    date(2020, 2, 29),
    date(2023, 1, 31),
    date(2023, 2, 28),
    date(2023, 3, 1),
    date(2023, 12, 31),
    *(date(2024, 1, day) for day in (28, 29, 30, 31)),
    *(date(2024, 2, day) for day in (1, 27, 28, 29)),
    *(date(2024, 3, day) for day in (1, 28, 29, 30, 31)),
    date(2024, 4, 30),
    date(2025, 2, 28),
    date(2025, 3, 1),
]
FIELDS = {
    field.name: field
    for field in (
        Field(name="choice", type="choice", label=Text.same("choice"), values=items("ab")),
        Field(name="words", type="text", label=Text.same("words")),
        Field(name="tags", type="tags", label=Text.same("tags"), values=items("pqr")),
        Field(name="decided_on", type="date", label=Text.same("decided on")),
        Field(name="filed_on", type="date", label=Text.same("filed on")),
    )
}
WINDOWS = [
    Window(length=1, unit="months"),
    Window(length=2, unit="months"),
    Window(length=12, unit="months"),
    Window(length=1, unit="years"),
    Window(length=4, unit="years"),
    Window(length=1, unit="days"),
    Window(length=29, unit="days"),
    Window(length=366, unit="days"),
]
A_CASE = st.fixed_dictionaries(
    {},
    optional={
        "choice": st.sampled_from("ab"),
        "words": st.sampled_from(["某镇", "\u00e9", "e\u0301"]),
        "tags": st.frozensets(st.sampled_from("pqr"), max_size=2),
        "decided_on": st.sampled_from(DAYS),
        "filed_on": st.sampled_from(DAYS),
    },
)
COUNTS = {
    "cases": {},
    "directions": {"distinct": "tags"},
    "towns": {"distinct": "words"},
    "alike": {"sharing": "tags"},
}


def a_book(window: Window, same: tuple[str, ...], side: Side) -> Book:
    signals = {
        name: Signal(name=name, label=Text.same(name), same=same, within=window, side=side, **asked)  # type: ignore[arg-type]
        for name, asked in COUNTS.items()
    }
    often = Rule(id="OFTEN", when=Test(fact="cases", at_least=2), then="K")
    table = DecisionTable(id="d", title=Text.same("d"), hit="first", outcomes=items("K"), rules=(often,))
    vocabulary = Vocabulary(fields=FIELDS)
    return Book(
        Rulebook(name="t", title=Text.same("t"), vocabulary=vocabulary, signals=signals, decisions={"d": table})
    )


def day_of(case: dict[str, Any]) -> date | None:
    return case.get("decided_on", case.get("filed_on"))


def meant(
    case: dict[str, Any], cases: list[dict[str, Any]], window: Window, same: tuple[str, ...], side: Side
) -> dict[str, Any]:
    """The signals of a case as the language defines them, the calendar's arithmetic by pandas."""
    day = day_of(case)
    if day is None or not all(name in case for name in same):
        return dict.fromkeys(COUNTS)
    met = [
        other
        for other in cases
        if (its_day := day_of(other)) is not None
        and (its_day <= day or side == "both")
        and _back(max(day, its_day), window) < min(day, its_day)
        and all(name in other and plainly(other[name]) == plainly(case[name]) for name in same)
    ]
    tags = case.get("tags")
    return {
        "cases": len(met),
        "directions": len({tag for other in met for tag in other.get("tags", ())}),
        "towns": len({plainly(other["words"]) for other in met if "words" in other}),
        "alike": None if tags is None else sum(bool(tags & other.get("tags", frozenset())) for other in met),
    }


def _back(day: date, window: Window) -> date:
    back: date = (pd.Timestamp(day) - pd.DateOffset(**{window.unit: window.length})).date()  # type: ignore[arg-type]
    return back


def plainly(value: Any) -> Any:
    return value.replace("e\u0301", "\u00e9") if isinstance(value, str) else value


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=12)
@given(
    st.lists(A_CASE, min_size=1, max_size=14),
    st.sampled_from(WINDOWS),
    st.sampled_from([(), ("choice",), ("choice", "words")]),
    st.sampled_from(["before", "both"]),
)
def test_signals(way: str, cases: list[dict[str, Any]], window: Window, same: tuple[str, ...], side: Side) -> None:
    frame = as_frame(cases, FIELDS).with_columns(id=pl.Series([f"C{i}" for i in range(len(cases))]))
    make, read = WAYS[way]
    given_frame = make(frame)
    made = a_book(window, same, side).assess_frame(given_frame, "self", needs=False)
    assert type(made) is type(given_frame)
    for case, row in zip(cases, read(made).to_dicts(), strict=True):
        wanted = meant(case, cases, window, same, side)
        if "tags" not in case and wanted["cases"] is not None:  # its own tags may be new ones: not known for sure
            wanted["directions"] = row["directions"]
        if "words" not in case and wanted["cases"] is not None:
            wanted["towns"] = row["towns"]
        assert {name: row[name] for name in COUNTS} == wanted, (case, window, same, side)
