"""How well measures fit: precision and recall on the narratives, beside two baselines (docs/evaluation.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rank_bm25 import BM25Okapi
from rich.console import Console
from rich.table import Table

import reformkit
from benchmarks.suspecting import MOST_SHOWN, likely, of_list, of_narratives, told
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
    return [r.measure.id for r in told(book, fixture).suspected]


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
        table.add_row(name, f"{s.precision:.3f}", f"{s.recall:.3f}", str(s.forbidden), f"{s.a_case:.1f}")
    console.print(table)
    book = reformkit.load()
    listed = likely()
    rows = {
        "narratives, causes found": of_narratives(book, [fixture for fixture, _ in narratives(book)]),
        "list, odd cases (the order may be tuned on them)": of_list(book, [case for case in listed if case.number % 2]),
        "list, even cases (held out)": of_list(book, [case for case in listed if not case.number % 2]),
        "list, all cases": of_list(book, listed),
    }
    table = Table(
        "suspected causes that are right", "of all", f"of the first {MOST_SHOWN}", "a case",
        title="Suspected causes", title_justify="left",
    )  # fmt: skip
    for name, s in rows.items():
        table.add_row(name, f"{s.all:.2f}", f"{s.first:.2f}", f"{s.a_case:.1f}")
    console.print(table)
