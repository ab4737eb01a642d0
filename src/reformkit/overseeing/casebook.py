"""The casebook (案例汇编): what archived items that consent can teach, without anything that tells who it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reformkit.model.library import Library
from reformkit.model.rulebook import Rulebook
from reformkit.overseeing import casebook_sheet
from reformkit.overseeing.casebook_case import CasebookCase, Quoted, case_of
from reformkit.overseeing.casebook_words import CaseWords
from reformkit.overseeing.figures import Figures, Period
from reformkit.overseeing.traces import KnownNames, traces
from reformkit.practising.item import ItemState
from reformkit.problem import NOWHERE, LetterError, Problem
from reformkit.text import Lang, Text

_NO_CONSENT, _NOT_ARCHIVED = Text("未同意收录", "no consent"), Text("尚未归档", "not archived")
_ENDED, _OMITTED = (
    Text("未启动、终止或并入他项", "not started, stopped or merged"),
    Text("机关决定不收录", "left out by the office"),
)
_NOT_AMONG = Text(
    "不在本期收录的案例之中，改写文件中的这一项没有用上",
    "is none of the cases, and what the file says of it is not used",
)
_NOWHERE_SAID = Text("的案例中没有“{words}”，这处改写没有用上", "does not say `{words}`, and nothing is replaced")
_TOO_LONG = Text("的案例一页放不下", "does not fit on a page")


@dataclass(frozen=True, slots=True)
class Casebook:
    """The cases of a period, in the order in which their items were archived.

    `left_out` are how many items of the period are not in it, by the reason. `problems`: what in the cases tells who
    it was (errors; nothing is written while there is one), and what of the words was not used.
    """

    cases: tuple[CasebookCase, ...]
    left_out: Mapping[Text, int]
    problems: tuple[Problem, ...]
    office: str
    period: str | None
    acts: int

    def save(self, path: str | os.PathLike[str], lang: Lang = "zh") -> Path:
        """Write it to a .docx (a page a case), .html or .txt. Raises ValueError for another ending.

        Raises `LetterError` with everything that still tells who it was; then nothing is written.
        """
        if errors := [problem for problem in self.problems if problem.severity == "error"]:
            raise LetterError(errors)
        return casebook_sheet.save(self, path, lang)


def casebook(
    states: Iterable[ItemState],
    figures_of: Callable[[str], Figures],
    rulebook: Rulebook,
    library: Library | None,
    words: Mapping[str, CaseWords],
    names: Sequence[str],
    period: Period,
    said: str | None,
    office: str,
    acts: int,
) -> Casebook:
    """A casebook of the items that were archived in a period. `figures_of` gives what was counted of an item; `names`
    are units and places in full beside those of the items."""
    chosen: list[ItemState] = []
    known, left_out = set(names), dict[Text, int]()
    for state in states:
        known.update(names_of(state))
        reason = _why_not(state, period, words.get(state.id))
        if reason is None:
            chosen.append(state)
        elif reason.zh:
            left_out[reason] = left_out.get(reason, 0) + 1
    chosen.sort(key=lambda state: (state.ended_on or date.max, state.id))
    cases, problems = [], list[Problem]()
    public = (
        ""
        if library is None
        else "\n".join(f"{ref.title.zh}{ref.note}{ref.history}" for ref in library.references.values())
    )
    in_full = KnownNames(known)
    for number, state in enumerate(chosen, 1):
        own = words.get(state.id, CaseWords())
        case, cited = case_of(number, state, figures_of(state.id), rulebook, library, own)
        problems += _told(state.id, cited, in_full, public)
        problems += _unused(state.id, own, cited)
        if casebook_sheet.overflows(case):
            problems.append(Problem("RK834", NOWHERE, {"item": state.id, "what": _TOO_LONG}))
        cases.append(case)
    ids = {state.id for state in chosen}
    for id, of_item in words.items():
        if id not in ids and of_item.omit is None:
            problems.append(Problem("RK834", of_item.place, {"item": id, "what": _NOT_AMONG}))
    return Casebook(tuple(cases), left_out, tuple(problems), office, said, acts)


def names_of(state: ItemState) -> set[str]:
    """Units, places and numbers that tell which item it is."""
    opened = state.opened
    own = (opened.unit, opened.responsible_unit, opened.region, opened.township, state.id, *state.cases, *state.units)
    sent = (
        name for letter in state.letters for name in (*letter.issued.to, *letter.issued.copies, letter.issued.number)
    )
    return {name for name in (*own, *sent) if name}


def _why_not(state: ItemState, period: Period, words: CaseWords | None) -> Text | None:
    """Why an item is not in the casebook: None if it is, an empty text where it is of another period."""
    first, after = period
    if state.ended is None:
        return _NOT_ARCHIVED if after is None or state.opened_on < after else Text("", "")
    day = state.ended_on
    if day is None or (first is not None and day < first) or (after is not None and day >= after):
        return Text("", "")
    if state.ended != "archived":
        return _ENDED
    if not state.consent:
        return _NO_CONSENT
    return _OMITTED if words is not None and words.omit is not None else None


def _told(item: str, cited: Sequence[Quoted], names: KnownNames, public: str) -> Iterable[Problem]:
    """What in the words of a case tells who it was."""
    found = {(said.field, trace): None for said in cited for trace in traces(said.words, names)}
    for field, trace in found:
        if trace.words not in public:
            values = {"item": item, "field": field, "what": trace.kind, "words": trace.words}
            yield Problem("RK833", NOWHERE, values)


def _unused(item: str, words: CaseWords, cited: Sequence[Quoted]) -> Iterable[Problem]:
    for old in words.replace:
        if not any(old in said.was for said in cited):
            yield Problem("RK834", words.place, {"item": item, "what": _NOWHERE_SAID.fill(words=old)})
