"""The signals of examples/postgresql, counted by PostgreSQL as the rulebook counts them; what is counted otherwise is found."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

import reformkit as rk
from tests.guides.example import EXAMPLES, example

FOLDER = EXAMPLES / "postgresql"
BOOK = rk.load(EXAMPLES / "procurement")


@pytest.fixture
def office(postgresql: str) -> Iterator[Any]:
    """A schema of its own with the example's tables and 300 purchases, some of which lack what is counted by."""
    import psycopg

    url = postgresql.replace("postgresql+psycopg://", "postgresql://")
    drawn = random.Random(17)
    with psycopg.connect(url) as connection:
        connection.execute("create schema office")
        connection.execute("set search_path to office")
        connection.execute((FOLDER / "tables.sql").read_bytes())
        for number in range(300):
            unit, kind = drawn.choice(["甲单位", "乙单位", None]), drawn.choice(["goods", "works", None])
            day = drawn.choice([None, *[date(2024, 1, 1) + timedelta(days=drawn.randrange(120))] * 5])
            amount = drawn.choice([3, 12.5, 120, None])
            values = (f"P-{number:03}", unit, kind, amount, drawn.choice([True, False, None]), day)
            connection.execute("insert into purchases values (%s, %s, %s, %s, %s, %s)", values)
        yield connection
        connection.rollback()


def test_the_view_counts_as_the_rulebook_does(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    signals = example("postgresql", "signals", monkeypatch)
    assert signals.counted_otherwise(BOOK, office) == []
    cases = list(signals.stated(office))
    assert len(cases) == 300 and max(case.get("alike", 0) for case in cases) > 1
    bare = [{name: value for name, value in case.items() if name != "alike"} for case in cases]
    by_sql = [a.decisions for a in signals.decided(BOOK, office)]
    assert by_sql == [a.decisions for a in BOOK.assess_many(bare, bare)]
    outcomes = {decisions["approval"].rule for decisions in by_sql}
    assert "APP-SPLIT" in outcomes and None in outcomes


def test_a_view_that_counts_otherwise_is_found(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    signals = example("postgresql", "signals", monkeypatch)
    view = (FOLDER / "tables.sql").read_text("utf-8").split("create view")[1]
    office.execute("create or replace view" + view.replace("- 30", "- 31"))
    assert signals.counted_otherwise(BOOK, office)
