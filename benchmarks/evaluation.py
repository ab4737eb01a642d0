"""How well measures fit: precision and recall on the narratives, beside two baselines (docs/evaluation.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rank_bm25 import BM25Okapi
from rich.console import Console
from rich.table import Table

import reformkit
from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.intake.fixtures import Fixture
from reformkit.model.library import Library
from reformkit.testing.fixtures import fixture_files

NARRATIVES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "narratives"
Suggested = Callable[[Fixture, Assessment], list[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Over all narratives together (micro average): of what is suggested, how much is wanted; of what is
    wanted, how much is suggested; and how often a measure was suggested that must not be."""

    precision: float
    recall: float
    forbidden: int
    a_case: float


def narratives(book: Book) -> list[tuple[Fixture, Assessment]]:
    """The narratives in which reform starts and measures are wanted, each with its assessment."""
    fixtures = [fixture for file in fixture_files(NARRATIVES) for fixture in book.read_fixtures(file)[0]]
    return [(fixture, book.assess_fixture(fixture)) for fixture in fixtures if fixture.include]


def scores() -> dict[str, Score]:
    """The score of every way to suggest measures."""
    book = reformkit.load()
    cases = narratives(book)
    return {name: _score(cases, way) for name, way in _ways(book)}


def _ways(book: Book) -> Iterator[tuple[str, Suggested]]:
    library = book.library
    assert library is not None
    yield "reformkit, causes found", lambda _, a: [r.measure.id for r in a.recommendations]
    yield "reformkit, findings withheld", lambda fixture, _: _from_behaviours(book, fixture)
    yield "all measures of the weak points", lambda _, a: _of_weak_points(library, a)
    yield "BM25, told causes and number", _Searcher(book, library, causes=True)
    yield "BM25, told the number", _Searcher(book, library, causes=False)


def _from_behaviours(book: Book, fixture: Fixture) -> list[str]:
    """What is offered 待核实 when only what happened is known, and no cause has been found yet."""
    return [r.measure.id for r in _told(book, fixture).suspected]


def _told(book: Book, fixture: Fixture) -> Assessment:
    """A narrative before its analysis: what happened, without the causes found."""
    facts = {name: value for name, value in fixture.case.facts.items() if name != book.causes_fact}
    return book.assess({"id": fixture.case.id, **facts}, fixture.history, fixture.as_of)


def _of_weak_points(library: Library, assessment: Assessment) -> list[str]:
    points = dict.fromkeys(c.weak_point for c in assessment.causes if c.certainty == "found")
    return [measure.id for point in points for measure in library.by_weak_point(point)]


class _Searcher:
    """BM25 of the narrative against the measures' Chinese texts, over pairs of characters.

    It is told how many measures are wanted of each case, which nobody would tell it in earnest, and with
    `causes` the names of the causes found as well.
    """

    def __init__(self, book: Book, library: Library, causes: bool) -> None:
        self._fields = book.rulebook.fields
        self._causes = book.cause_items if causes else {}
        self._ids = list(library.measures)
        texts = (
            "".join([m.title.zh, m.text.zh, *(v.text.zh for v in m.variants), *(e.why.zh for e in m.addresses)])
            for m in library.measures.values()
        )
        self._index = BM25Okapi([_pairs(text) for text in texts])

    def __call__(self, fixture: Fixture, _: Assessment) -> list[str]:
        found = list(zip(self._index.get_scores(_pairs(self.told(fixture))), self._ids, strict=True))
        return [name for _, name in sorted(found, reverse=True)[: len(fixture.include or ())]]

    def told(self, fixture: Fixture) -> str:
        """What the case tells in words: its name, summary, behaviours, and the evidence of its findings."""
        facts = fixture.case.facts
        behaviours = self._fields["behaviours"]
        words = [fixture.name, str(facts.get("issue", ""))]
        words += [behaviours.label_of(b).zh for b in sorted(facts.get("behaviours", ()))]
        for finding in fixture.case.findings or ():
            words.append(finding.evidence or "")
            if finding.cause in self._causes:
                words.append(self._causes[finding.cause].label.zh)
        return "".join(words)


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Over all narratives together: of the causes suspected from what happened, and of the first three of each
    case, the share that the analysis then found."""

    all: float
    first: float
    a_case: float


MOST_SHOWN = 3
"""As many suspected causes as the memo shows."""


def suspicion(book: Book) -> Suspicion:
    """How far the suspected causes of the narratives are those that were found."""
    shown = shown_right = every = every_right = 0
    cases = narratives(book)
    for fixture, _ in cases:
        found = {finding.cause for finding in fixture.case.findings or ()}
        named = [c.cause for c in _told(book, fixture).causes if c.certainty == "suspected"]
        every, every_right = every + len(named), every_right + len(found & set(named))
        first = named[:MOST_SHOWN]
        shown, shown_right = shown + len(first), shown_right + len(found & set(first))
    return Suspicion(every_right / every, shown_right / shown, every / len(cases))


def _score(cases: list[tuple[Fixture, Assessment]], way: Suggested) -> Score:
    right = suggested = wanted = forbidden = 0
    for fixture, assessment in cases:
        given = set(way(fixture, assessment))
        right += len(given & set(fixture.include or ()))
        suggested += len(given)
        wanted += len(fixture.include or ())
        forbidden += len(given & set(fixture.exclude))
    return Score(right / suggested, right / wanted, forbidden, suggested / len(cases))


def show(console: Console) -> None:
    """Print the scores."""
    table = Table(
        "measures suggested by", "precision", "recall", "must not", "a case",
        title="Measures on the narratives", title_justify="left",
    )  # fmt: skip
    for name, s in scores().items():
        table.add_row(name, f"{s.precision:.2f}", f"{s.recall:.2f}", str(s.forbidden), f"{s.a_case:.1f}")
    console.print(table)
    s = suspicion(reformkit.load())
    console.print(
        f"Suspected causes that were found: {s.all:.0%} of all ({s.a_case:.1f} a case), {s.first:.0%} of the first {MOST_SHOWN}"
    )
