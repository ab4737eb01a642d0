"""What fixtures cover and what they would notice, as text and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reformkit.book import Book
from reformkit.editing.fixture_text import FixtureDraft, fixture_text
from reformkit.printing.paper import Paper, brief
from reformkit.testing.choosing import Chosen, choose, choose_for_mutants
from reformkit.testing.coverage import Coverage, Target
from reformkit.testing.mutants import Mutant
from reformkit.testing.mutation import MutationReport
from reformkit.testing.saying import KINDS, say_item, say_mutant
from reformkit.text import Lang, Text

MOST_SHOWN = 10
"""Cases that are printed for each decision where no decision is named; data hold them all."""
MOST_REASONS = 4
"""Of what a case adds, so much is named above it."""

_OF_DECISIONS, _OF_LIBRARY = ("rule", "outcome", "boundary"), ("cause", "measure")


# --- coverage ------------------------------------------------------------------------------------------


def print_coverage(book: Book, coverage: Coverage, decision: str | None, lang: Lang, console: Paper) -> None:
    """How much is covered, and for what is not, cases that would cover it."""
    zh = lang == "zh"
    console.say("覆盖情况" if zh else "Coverage", "bold cyan")
    names = [name for name in book.rulebook.decisions if decision in (None, name)]
    for of in names:
        title = book.rulebook.decisions[of].title.say(lang)
        console.say(f"{title}{'：' if zh else ': '}{_counts(coverage, _OF_DECISIONS, of, lang)}")
    if decision is None and book.library is not None:
        console.say(_counts(coverage, _OF_LIBRARY, None, lang))
    sections: list[str | None] = [*names, *([None] if decision is None else [])]
    for name in sections:
        missing = [item for item in coverage.uncovered if item.decision == name]
        if missing:
            most = None if decision is not None else MOST_SHOWN
            _print_missing(book, choose(book, missing, lang), name, most, lang, console)
    console.print()


def _counts(coverage: Coverage, kinds: Sequence[Any], decision: str | None, lang: Lang) -> str:
    counts = ((kind, *coverage.of(kind, decision)) for kind in kinds)
    return ("，" if lang == "zh" else ", ").join(f"{KINDS[kind].say(lang)} {n}/{total}" for kind, n, total in counts)


def _print_missing(
    book: Book, chosen: Chosen, decision: str | None, most: int | None, lang: Lang, console: Paper
) -> None:
    zh = lang == "zh"
    title = Text("措施库", "The library") if decision is None else book.rulebook.decisions[decision].title
    console.print()
    number = len(chosen.drafts)
    if number:
        console.say(
            f"{title.say(lang)}：还缺 {number} 例（预期为现有结论，经人确认后才算数）"
            if zh
            else f"{title.say(lang)}: {number} cases are lacking (they expect what comes out now; a person has to confirm it)",
            "bold",
        )
    for index, (draft, items) in enumerate(chosen.drafts[:most], 1):
        _print_draft(book, draft, index, _adds(book, items, lang), lang, console)
    if most is not None and number > most and decision is not None:
        more = number - most
        console.say(
            f"另有 {more} 例；全部列出：--decision {decision}"
            if zh
            else f"{more} more; all of them: --decision {decision}",
            "dim",
        )
    if chosen.impossible:
        said = ("；" if zh else "; ").join(say_item(book, item).say(lang) for item in chosen.impossible)
        console.say(f"没有找到结论取决于此的案件：{said}" if zh else f"no case was found that hangs on: {said}", "dim")


def _adds(book: Book, items: Sequence[Target], lang: Lang) -> list[str]:
    return [f"{KINDS[item.kind].say(lang)} {say_item(book, item).say(lang)}" for item in items]


def _print_draft(
    book: Book, draft: FixtureDraft, index: int, reasons: Sequence[str], lang: Lang, console: Paper
) -> None:
    """A fixture as it can be pasted into a file, what it is for above it as comments."""
    for reason in reasons[:MOST_REASONS]:
        console.print(f"# {brief(reason)}", style="dim", soft_wrap=True)
    if len(reasons) > MOST_REASONS:
        more = len(reasons) - MOST_REASONS
        console.print(f"# 等 {len(reasons)} 处" if lang == "zh" else f"# and {more} more", style="dim")
    numbered = numbered_draft(draft, index)
    console.print(_text(book, numbered, lang).rstrip(), soft_wrap=True)
    console.print()


def _text(book: Book, draft: FixtureDraft, lang: Lang) -> str:
    return fixture_text(draft.to_dict(book.rulebook), book.rulebook, lang)


def numbered_draft(draft: FixtureDraft, index: int) -> FixtureDraft:
    """A draft with an id of its own."""
    return replace(draft, id=f"{draft.id}-{index:02}")


def coverage_record(book: Book, coverage: Coverage, lang: Lang) -> dict[str, Any]:
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


def _item(book: Book, item: Target) -> dict[str, Any]:
    said = say_item(book, item)
    return {"kind": item.kind, "decision": item.decision, "name": item.name, "said": {"zh": said.zh, "en": said.en}}


# --- mutation ------------------------------------------------------------------------------------------


def print_mutation(book: Book, report: MutationReport, decision: str | None, lang: Lang, console: Paper) -> None:
    """The score of each decision, and the mutants that nothing notices, with the cases that tell them apart."""
    zh = lang == "zh"
    console.say("改错试验" if zh else "Mutation", "bold cyan")
    for name in (name for name in book.rulebook.decisions if decision in (None, name)):
        title = book.rulebook.decisions[name].title.say(lang)
        console.say(f"{title}{'：' if zh else ': '}{_score(report.of(name), lang)}")
    if decision is None:
        console.say(f"{'合计：' if zh else 'all: '}{_score(report, lang)}")
    for mutant in report.unproven:
        console.say(
            f"未能证明是否等同：{_mutant(book, mutant, lang)}" if zh else f"not proven: {_mutant(book, mutant, lang)}",
            "dim",
        )
    for name in dict.fromkeys(one.mutant.decision for one in report.unnoticed):
        own = report.of(name).unnoticed
        most = None if decision is not None else MOST_SHOWN
        title = book.rulebook.decisions[name].title.say(lang)
        console.print()
        console.say(
            f"{title}：{len(own)} 处改动没有一例察觉，下列案件可以察觉（预期为现有结论，经人确认后才算数）"
            if zh
            else f"{title}: {len(own)} changes that no fixture notices, and cases that would (they expect what comes out now)",
            "bold",
        )
        chosen = choose_for_mutants(book, own, most, lang)
        for index, (draft, told) in enumerate(chosen, 1):
            reasons = [_mutant(book, one.mutant, lang) for one in told]
            _print_draft(book, draft, index, reasons, lang, console)
        if sum(len(told) for _, told in chosen) < len(own):
            console.say(f"其余改动全部列出：--decision {name}" if zh else f"for the others: --decision {name}", "dim")
    console.print()


def _score(report: MutationReport, lang: Lang) -> str:
    noticed, differing, alike = len(report.noticed), report.differing, len(report.equivalent)
    per_cent = f"{100 * report.score:.1f}%"
    if lang == "zh":
        said = f"{differing} 处改动影响结论，察觉 {noticed} 处（{per_cent}）"
        said += f"；另有 {alike} 处经证明不影响任何案件" if alike else ""
        return said + (f"；{len(report.unproven)} 处未能证明" if report.unproven else "")
    said = f"{differing} changes make a difference, {noticed} are noticed ({per_cent})"
    said += f"; {alike} more are proven to change no case" if alike else ""
    return said + (f"; {len(report.unproven)} are unproven" if report.unproven else "")


def _mutant(book: Book, mutant: Mutant, lang: Lang) -> str:
    place = mutant.place
    where = f"{brief(place.path)}:{place.line}" if place.path else ""
    return f"{where}  {say_mutant(book, mutant, lang)}".strip()


def mutation_record(book: Book, report: MutationReport, lang: Lang) -> dict[str, Any]:
    """What became of every mutant, as plain data."""
    told = [
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
            for draft, ones in _numbered(told)
        ],
        "equivalent": [_data(book, mutant) for mutant in report.equivalent],
        "unproven": [_data(book, mutant) for mutant in report.unproven],
    }


def _data(book: Book, mutant: Mutant) -> dict[str, Any]:
    return {
        "kind": mutant.kind,
        "decision": mutant.decision,
        "rule": mutant.rule,
        "place": str(mutant.place),
        "said": {"zh": say_mutant(book, mutant, "zh"), "en": say_mutant(book, mutant, "en")},
    }
