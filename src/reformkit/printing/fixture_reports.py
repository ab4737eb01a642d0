"""What fixtures cover and what they would notice, as text and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reformkit.book import Book
from reformkit.editing.fixture_text import FixtureDraft, fixture_text
from reformkit.printing.paper import Paper, brief
from reformkit.printing.records import Record
from reformkit.testing.choosing import Chosen, choose, choose_for_mutants
from reformkit.testing.coverage import Coverage, Kind, Target
from reformkit.testing.mutants import Mutant
from reformkit.testing.mutation import MutationReport
from reformkit.testing.saying import KINDS, say_item, say_mutant
from reformkit.text import LABELLED, SEMICOLON, Lang, Text

MOST_SHOWN = 10
"""Cases that are printed for each decision where no decision is named; data hold them all."""
MOST_REASONS = 4
"""Of what a case adds, so much is named above it."""

NOT_FOUND = Text("没有找到结论取决于此的案件：{items}", "no case was found that hangs on: {items}")
"""What is said of what no case covers, or none that was found in the budget."""

_OF_DECISIONS: tuple[Kind, ...] = ("rule", "outcome", "boundary")
_OF_LIBRARY: tuple[Kind, ...] = ("cause", "measure")

_COVERAGE, _LIBRARY = Text("覆盖情况", "Coverage"), Text("措施库", "The library")
_COUNT, _BETWEEN_COUNTS = Text.same("{kind} {covered}/{total}"), Text("，", ", ")
_LACKING = Text(
    "{title}：还缺 {number} 例（预期为现有结论，经人确认后才算数）",
    "{title}: {number} cases are lacking (they expect what comes out now; a person has to confirm it)",
)
_REASON = Text.same("{kind} {item}")
_MORE_CASES = Text(
    "另有 {number} 例；全部列出：--decision {decision}", "{number} more; all of them: --decision {decision}"
)
_MORE_REASONS = Text("# 等 {number} 处", "# and {more} more")

_MUTATION, _ALL = Text("改错试验", "Mutation"), Text("合计：{score}", "all: {score}")
_UNPROVEN = Text("未能证明是否等同：{mutant}", "not proven: {mutant}")
_UNNOTICED = Text(
    "{title}：{number} 处改动没有一例察觉，下列案件可以察觉（预期为现有结论，经人确认后才算数）",
    "{title}: {number} changes that no fixture notices, and cases that would (they expect what comes out now)",
)
_OTHERS = Text("其余改动全部列出：--decision {decision}", "for the others: --decision {decision}")
_SCORE = Text(
    "{differing} 处改动影响结论，察觉 {noticed} 处（{share:.1f}%）{alike}{unproven}",
    "{differing} changes make a difference, {noticed} are noticed ({share:.1f}%){alike}{unproven}",
)
_ALIKE = Text("；另有 {number} 处经证明不影响任何案件", "; {number} more are proven to change no case")
_NOT_PROVEN = Text("；{number} 处未能证明", "; {number} are unproven")
_AT_PLACE = Text.same("{path}:{line}  {mutant}")


# --- coverage ------------------------------------------------------------------------------------------


def print_coverage(book: Book, coverage: Coverage, decision: str | None, console: Paper) -> None:
    """How much is covered, and for what is not, cases that would cover it."""
    console.say(_COVERAGE, "bold cyan")
    names = [name for name in book.rulebook.decisions if decision in (None, name)]
    for name in names:
        title = book.rulebook.decisions[name].title
        console.say(LABELLED.fill(label=title, words=_counts(coverage, _OF_DECISIONS, name)))
    if decision is None and book.library is not None:
        console.say(_counts(coverage, _OF_LIBRARY, None))
    sections: list[str | None] = [*names, *([None] if decision is None else [])]
    for section in sections:
        missing = [item for item in coverage.uncovered if item.decision == section]
        if missing:
            most = None if decision is not None else MOST_SHOWN
            _print_missing(book, choose(book, missing, console.lang), section, most, console)
    console.print()


def _counts(coverage: Coverage, kinds: Sequence[Kind], decision: str | None) -> Text:
    return _BETWEEN_COUNTS.join(
        _COUNT.fill(kind=KINDS[kind], covered=covered, total=total)
        for kind in kinds
        for covered, total in [coverage.of(kind, decision)]
    )


def _print_missing(book: Book, chosen: Chosen, decision: str | None, most: int | None, console: Paper) -> None:
    title = _LIBRARY if decision is None else book.rulebook.decisions[decision].title
    console.print()
    number = len(chosen.drafts)
    if number:
        console.say(_LACKING.fill(title=title, number=number), "bold")
    for index, (draft, items) in enumerate(chosen.drafts[:most], 1):
        reasons = [_REASON.fill(kind=KINDS[item.kind], item=say_item(book, item)) for item in items]
        _print_draft(book, draft, index, reasons, console)
    if most is not None and number > most and decision is not None:
        console.say(_MORE_CASES.fill(number=number - most, decision=decision), "dim")
    if chosen.impossible:
        impossible = SEMICOLON.join(say_item(book, item) for item in chosen.impossible)
        console.say(NOT_FOUND.fill(items=impossible), "dim")


def _print_draft(book: Book, draft: FixtureDraft, index: int, reasons: Sequence[Text], console: Paper) -> None:
    """A fixture as it can be pasted into a file, what it is for above it as comments."""
    for reason in reasons[:MOST_REASONS]:
        console.print(f"# {brief(console.words(reason))}", style="dim", soft_wrap=True)
    if len(reasons) > MOST_REASONS:
        more = _MORE_REASONS.fill(number=len(reasons), more=len(reasons) - MOST_REASONS)
        console.print(console.words(more), style="dim")
    console.print(_text(book, numbered_draft(draft, index), console.lang).rstrip(), soft_wrap=True)
    console.print()


def _text(book: Book, draft: FixtureDraft, lang: Lang) -> str:
    return fixture_text(draft.to_dict(book.rulebook), book.rulebook, lang)


def numbered_draft(draft: FixtureDraft, index: int) -> FixtureDraft:
    """A draft with an id of its own."""
    return replace(draft, id=f"{draft.id}-{index:02}")


def coverage_record(book: Book, coverage: Coverage, lang: Lang) -> Record:
    """Coverage as plain data, each case as YAML."""
    chosen = choose(book, coverage.uncovered, lang)
    return {
        "items": [_item(book, item) | {"fixtures": [f.case.id for f in by]} for item, by in coverage.items.items()],
        "lacking": [
            {"covers": [_item(book, item) for item in items], "fixture": _text(book, draft, lang)}
            for draft, items in _numbered(chosen.drafts)
        ],
        "not_found": [_item(book, item) for item in chosen.impossible],
    }


def _numbered(drafts: Sequence[tuple[FixtureDraft, Any]]) -> list[tuple[FixtureDraft, Any]]:
    return [(numbered_draft(draft, index), rest) for index, (draft, rest) in enumerate(drafts, 1)]


def _item(book: Book, item: Target) -> Record:
    words = say_item(book, item)
    return {"kind": item.kind, "decision": item.decision, "name": item.name, "said": {"zh": words.zh, "en": words.en}}


# --- mutation ------------------------------------------------------------------------------------------


def print_mutation(book: Book, report: MutationReport, decision: str | None, console: Paper) -> None:
    """The score of each decision, and the mutants that nothing notices, with the cases that tell them apart."""
    console.say(_MUTATION, "bold cyan")
    for name in (name for name in book.rulebook.decisions if decision in (None, name)):
        title = book.rulebook.decisions[name].title
        console.say(LABELLED.fill(label=title, words=_score(report.of(name))))
    if decision is None:
        console.say(_ALL.fill(score=_score(report)))
    for mutant in report.unproven:
        console.say(_UNPROVEN.fill(mutant=_mutant(book, mutant)), "dim")
    for name in dict.fromkeys(one.mutant.decision for one in report.unnoticed):
        own = report.of(name).unnoticed
        most = None if decision is not None else MOST_SHOWN
        console.print()
        console.say(_UNNOTICED.fill(title=book.rulebook.decisions[name].title, number=len(own)), "bold")
        chosen = choose_for_mutants(book, own, most, console.lang)
        for index, (draft, told) in enumerate(chosen, 1):
            _print_draft(book, draft, index, [_mutant(book, one.mutant) for one in told], console)
        if sum(len(told) for _, told in chosen) < len(own):
            console.say(_OTHERS.fill(decision=name), "dim")
    console.print()


def _score(report: MutationReport) -> Text:
    alike, unproven = len(report.equivalent), len(report.unproven)
    return _SCORE.fill(
        differing=report.differing,
        noticed=len(report.noticed),
        share=100 * report.score,
        alike=_ALIKE.fill(number=alike) if alike else "",
        unproven=_NOT_PROVEN.fill(number=unproven) if unproven else "",
    )


def _mutant(book: Book, mutant: Mutant) -> Text:
    place, words = mutant.place, say_mutant(book, mutant)
    return _AT_PLACE.fill(path=brief(place.path), line=place.line, mutant=words) if place.path else words


def mutation_record(book: Book, report: MutationReport, lang: Lang) -> Record:
    """What became of every mutant, as plain data."""
    fixtures = [
        (draft, ones)
        for name in dict.fromkeys(one.mutant.decision for one in report.unnoticed)
        for draft, ones in choose_for_mutants(book, report.of(name).unnoticed, None, lang)
    ]
    return {
        "score": report.score,
        "decisions": {name: report.of(name).score for name in book.rulebook.decisions},
        "noticed": [_data(book, mutant) | {"by": fixture.case.id} for mutant, fixture in report.noticed],
        "unnoticed": [
            {"mutants": [_data(book, one.mutant) for one in ones], "fixture": _text(book, draft, lang)}
            for draft, ones in _numbered(fixtures)
        ],
        "equivalent": [_data(book, mutant) for mutant in report.equivalent],
        "unproven": [_data(book, mutant) for mutant in report.unproven],
    }


def _data(book: Book, mutant: Mutant) -> Record:
    words = say_mutant(book, mutant)
    return {
        "kind": mutant.kind,
        "decision": mutant.decision,
        "rule": mutant.rule,
        "place": str(mutant.place),
        "said": {"zh": words.zh, "en": words.en},
    }
