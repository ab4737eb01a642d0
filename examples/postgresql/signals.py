"""Signals counted by one's own database: PostgreSQL counts, reformkit decides, and a sample shows that both count alike.

pip install 'reformkit[practice]'                      # psycopg is among it
psql -f tables.sql office && python signals.py "dbname=office" ../procurement
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.rows import dict_row

import reformkit as rk

SIGNAL = "alike"


def stated(connection: psycopg.Connection[Any]) -> Iterator[dict[str, Any]]:
    """Each purchase as facts, the signal among them; what the database does not know is left out."""
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute("select * from purchases_with_signals order by id")
        for row in cursor:
            yield {name: value for name, value in row.items() if value is not None}


def decided(book: rk.Book, connection: psycopg.Connection[Any]) -> Iterator[rk.Assessment | rk.CaseError]:
    """Each purchase decided without a history: what is stated wins over what would be counted."""
    yield from book.assess_many(stated(connection), on_problem="mark")


def counted_otherwise(book: rk.Book, connection: psycopg.Connection[Any], most: int = 1000) -> list[str]:
    """The purchases of a sample, the latest ones, of which the view counts otherwise than the rulebook says.

    Run it whenever the view, the rulebook or the way in which units are written changes: reformkit compares texts in
    their normal form, the database as they are written.
    """
    cases = list(stated(connection))
    without = [{name: value for name, value in case.items() if name != SIGNAL} for case in cases]
    history = book.counter(without)
    by_id = {case["id"]: case.get(SIGNAL) for case in cases}
    sample = sorted(without, key=lambda case: str(case.get("requested_on", "")), reverse=True)[:most]
    return [a.case.id for a in book.assess_many(sample, history) if a.counts[SIGNAL].value != by_id[a.case.id]]


def main(address: str, rules: str) -> None:
    """Who approves each purchase; a signal that is counted otherwise is told first."""
    book = rk.load(rules)
    with psycopg.connect(address) as connection:
        for wrong in counted_otherwise(book, connection):
            print(f"{wrong}: `{SIGNAL}` is counted otherwise by the view", file=sys.stderr)
        for given in decided(book, connection):
            if isinstance(given, rk.CaseError):
                print(given)
            else:
                approval = given.decisions["approval"]
                print(given.case.id, approval.outcome or approval.status, approval.rule or "")


if __name__ == "__main__":
    main(*sys.argv[1:])
