"""Every row of a decided frame says what the meaning says of it alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reformkit.book import Book
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.deciding.meaning import TooManyCompletions
from reformkit.model.decision import Decision
from tests.agreement.frames import WAYS, as_frame
from tests.agreement.rulebooks import DAY, a_rulebook, some_facts


def row_of(decision: Decision, needs: bool = True) -> dict[str, Any]:
    """What a frame says of a decision."""
    name, collects = decision.decision, decision.outcome is None and decision.status == "decided"
    said: dict[str, Any] = {
        name: list(decision.outcomes) if collects else decision.outcome,
        f"{name}_rule": decision.rule if decision.status == "decided" else None,
        f"{name}_status": decision.status,
    }
    return said | ({f"{name}_needs": [need.fact for need in decision.needs]} if needs else {})


def meant(book: Book, name: str, cases: Sequence[dict[str, Any]], day: date | None) -> list[dict[str, Any]]:
    try:
        rows = [row_of(book.decide(name, facts, day, by="meaning")) for facts in cases]
        book.decide(name, {}, day)
    except (TooManyCompletions, TooManyBoxes):
        assume(False)
        raise
    if book.rulebook.decisions[name].hit == "collect":
        for row, facts in zip(rows, cases, strict=True):
            row[name] = list(book.decide(name, facts, day, by="meaning").outcomes)
    return rows


@settings(max_examples=settings().max_examples)
@given(st.data())
def test_one_decision(data: st.DataObject) -> None:
    book = Book(data.draw(a_rulebook()))
    cases, day = data.draw(st.lists(some_facts(book.rulebook), max_size=6)), data.draw(DAY)
    frame = as_frame(cases, book.rulebook.vocabulary.case_fields)
    decided, wanted = book.decide_frame("d0", frame, day, needs=True), meant(book, "d0", cases, day)
    said = [name for name in decided.columns if name not in frame.columns and "_gives_" not in name]
    assert decided.select(said).to_dicts() == wanted
    assert decided.select(frame.columns).equals(frame)
    without_needs = book.decide_frame("d0", frame, day)  # another way: completions are tried before a walk
    assert without_needs.equals(decided.drop("d0_needs"))


@settings(max_examples=settings().max_examples)
@given(st.data())
def test_a_chain_of_decisions_some_of_them_stated(data: st.DataObject) -> None:
    book = Book(data.draw(a_rulebook(decisions=3)))
    fields = book.rulebook.fields
    cases, day = data.draw(st.lists(some_facts(book.rulebook), min_size=1, max_size=5)), data.draw(DAY)
    if data.draw(st.booleans()):
        for facts in cases:
            if data.draw(st.booleans()):
                facts["d0"] = frozenset("K") if fields["d0"].type == "tags" else data.draw(st.sampled_from("KLM"))
    else:
        fields = book.rulebook.vocabulary.fields
    frame = as_frame(cases, fields)
    for name in ("d1", "d2"):
        decided = book.decide_frame(name, frame, day, needs=True)
        found = decided.select(name, f"{name}_rule", f"{name}_status", f"{name}_needs").to_dicts()
        assert found == meant(book, name, cases, day)
        assert book.decide_frame(name, frame, day).equals(decided.drop(f"{name}_needs"))


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=5)
@given(st.data())
def test_every_kind_of_frame(way: str, data: st.DataObject) -> None:
    book = Book(data.draw(a_rulebook(decisions=2)))
    cases = data.draw(st.lists(some_facts(book.rulebook), min_size=1, max_size=5))
    frame = as_frame(cases, book.rulebook.vocabulary.case_fields)
    make, read = WAYS[way]
    given_frame = make(frame)
    decided = book.decide_frame("d1", given_frame, needs=True)
    assert type(decided) is type(given_frame)
    new = read(decided).select("d1", "d1_rule", "d1_status", "d1_needs")
    assert new.to_dicts() == meant(book, "d1", cases, None)
    assert new.schema["d1_status"] == pl.String
