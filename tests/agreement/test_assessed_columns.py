"""Every row of an assessed frame says what `Book.assess` says of its case alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import reformkit as rk
from reformkit.frames.findings import FINDINGS
from tests.agreement.frames import TYPES
from tests.books import bundled_book

YEAR = Path(__file__).resolve().parents[2] / "examples" / "year" / "cases.csv"


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def frame_of(book: rk.Book, cases: Sequence[rk.Case]) -> pl.DataFrame:
    rows = [case.to_dict() for case in cases]
    fields = book.rulebook.fields
    names = [name for name in fields if any(name in row for row in rows)]
    columns: dict[str, Any] = {"id": [row["id"] for row in rows]}
    for name in names:
        kind = pl.String if fields[name].type == "date" else TYPES[fields[name].type]
        columns[name] = pl.Series(name, [row.get(name) for row in rows], dtype=kind)
    if any("findings" in row for row in rows):
        columns["findings"] = pl.Series([row.get("findings") for row in rows], dtype=FINDINGS)
    return pl.DataFrame(columns)


def row_of(a: rk.Assessment) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, d in a.decisions.items():
        collects = a.book.rulebook.decisions[name].hit == "collect"
        said[name] = list(d.outcomes) if collects else d.outcome
        said[f"{name}_rule"] = d.rule if d.status == "decided" else None
        said[f"{name}_status"] = d.status
    for name, count in a.counts.items():
        said[name] = a.case.facts.get(name, count.value)
        said[f"{name}_counted"] = (
            None if count.missing and not count.counted + count.left_out else sorted(count.counted)
        )
        said[f"{name}_left_out"] = (
            None if count.missing and not count.counted + count.left_out else sorted(count.left_out)
        )
    said["causes_found"] = [c.cause for c in a.causes if c.certainty == "found"]
    said["causes_suspected"] = [c.cause for c in a.causes if c.certainty == "suspected"]
    said["weak_points"] = list(dict.fromkeys(c.weak_point for c in a.causes))
    said["measures"] = [r.measure.id for r in a.recommendations]
    said["measures_also"] = [r.measure.id for r in a.also]
    said["measures_suspected"] = [r.measure.id for r in a.suspected]
    said["uncovered"] = list(a.uncovered)
    said["needs"] = [need.fact for need in a.needs]
    said["texts"] = [r.text for r in a.recommendations]
    return said


def compare(book: rk.Book, cases: Sequence[rk.Case], as_of: date | None, history: Sequence[rk.Case] | None) -> None:
    frame = frame_of(book, cases)
    past = None if history is None else "self" if history is cases else frame_of(book, history)
    made = book.assess_frame(frame, past, as_of, counted=True, texts=True)
    for case, row in zip(cases, made.to_dicts(), strict=True):
        wanted = row_of(book.assess(case, history, as_of))
        assert {name: row[name] for name in wanted} == wanted, case


def test_the_example_year(book: rk.Book) -> None:
    cases = book.read_cases(YEAR)
    compare(book, cases, None, cases)


@pytest.mark.parametrize(("as_of", "seed"), [(None, 1), (date(2022, 6, 1), 2)])
def test_random_cases_over_a_history(book: rk.Book, as_of: date | None, seed: int) -> None:
    rng = random.Random(seed)
    cases, history = ([a_case(book, rng, f"{c}{i}") for i in range(25)] for c in "CH")
    history += [a_case(book, rng, case.id) for case in cases[:10]]
    compare(book, cases, as_of, history)
    compare(book, cases, as_of, None)


def a_case(book: rk.Book, rng: random.Random, case_id: str) -> rk.Case:
    """A case of which about a third is unknown, in one of a few places, so that signals find something."""
    facts: dict[str, Any] = {}
    for name, field in book.rulebook.fields.items():
        share = 0.03 if field.source in ("decision", "signal") else 0.0 if name == "weak_points" else 0.65
        if name in ("behaviours", "industry"):  # the questions behind an open diagnosis take seconds
            share = 0.98
        if rng.random() > share:
            continue
        facts[name] = {
            "choice": lambda field=field: rng.choice([*field.values][:3]),
            "flag": lambda: rng.random() < 0.5,
            "count": lambda: rng.randint(1, 4),
            "number": lambda field=field: field.at(rng.randint(0, 5_000)),
            "date": lambda: date(2022, 1, 1) + timedelta(rng.randint(-60, 500)),
            "text": lambda: rng.choice(["某区", "区直", "某镇"]),
            "tags": lambda field=field: rng.sample(list(field.values), rng.randint(0, min(3, len(field.values)))),
        }[field.type]()
    findings = None
    if rng.random() < 0.6:
        causes, matters = book.fields["causes"].values, book.fields["matter"].values
        findings = tuple(
            rk.Finding(
                cause=rng.choice([*causes][:12]),
                matter=rng.choice([None, *matters]),
                evidence=rng.choice([None, "合同未审核。"]),
            )
            for _ in range(rng.randint(0, 3))
        )
    return book.checker.case(rk.Case(id=case_id, facts=facts, findings=findings))
