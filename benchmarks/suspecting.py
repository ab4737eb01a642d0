"""How far the causes that are suspected from what happened are those that people find (docs/evaluation.md).

Two measures: the narratives, each with the causes that its analysis found; and a list of short invented cases, each with
the causes that a practitioner who read the text alone would have looked into. The list was written before anything was run
on it; its odd cases may tune the order of what is shown, its even ones are held out.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.intake.fixtures import Fixture

LIST = Path(__file__).resolve().parents[1] / "tests" / "bundled" / "likely_causes.yaml"
MOST_SHOWN = 3
"""As many suspected causes as the memo shows."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Over several cases together: of all causes suspected, and of the first three of each case, the share that is right."""

    all: float
    first: float
    a_case: float


@dataclass(frozen=True, slots=True)
class Likely:
    """A case of the list: what is known of it, and the causes that a practitioner would look into."""

    number: int
    facts: dict[str, Any]
    causes: tuple[str, ...]


def likely() -> list[Likely]:
    """The list, read anew."""
    rows = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return [Likely(row["case"], row["facts"], tuple(row["causes"])) for row in rows]


def of_list(book: Book, cases: Iterable[Likely]) -> Suspicion:
    """How far the suspected causes of these cases are on the practitioner's list."""
    rows = ((book.assess({"id": f"L-{case.number}", **case.facts}, history=[]), set(case.causes)) for case in cases)
    return _share(rows)


def of_narratives(book: Book, fixtures: Iterable[Fixture]) -> Suspicion:
    """How far the suspected causes of the narratives are those that their analysis found."""
    return _share((told(book, f), {finding.cause for finding in f.case.findings or ()}) for f in fixtures)


def told(book: Book, fixture: Fixture) -> Assessment:
    """A narrative before its analysis: what happened, without the causes found."""
    facts = {name: value for name, value in fixture.case.facts.items() if name != book.causes_fact}
    return book.assess({"id": fixture.case.id, **facts}, fixture.history, fixture.as_of)


def _share(rows: Iterable[tuple[Assessment, Set[str]]]) -> Suspicion:
    cases = shown = shown_right = every = every_right = 0
    for assessment, right in rows:
        named = [c.cause for c in assessment.causes if c.certainty == "suspected"]
        first = named[:MOST_SHOWN]
        cases, every, every_right = cases + 1, every + len(named), every_right + len(right & set(named))
        shown, shown_right = shown + len(first), shown_right + len(right & set(first))
    return Suspicion(every_right / every, shown_right / shown, every / cases)
