"""A letter of an item as people hold it: looked at, filled where it lacks something, and issued under a number."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from reformkit.keeping.turn import Turn
from reformkit.model.act import Issued, Suggestion
from reformkit.model.cited import Cited
from reformkit.model.evidence import Evidence
from reformkit.model.letter import Blank, LetterKind, Letters
from reformkit.model.letter_number import LetterNumber
from reformkit.practising import posting
from reformkit.practising.hand import Caller, Hand
from reformkit.practising.handing import Handed
from reformkit.practising.history import History
from reformkit.practising.item import ItemState
from reformkit.practising.records import Records, Writing
from reformkit.practising.suggesting import proposed
from reformkit.practising.units import each_once, spelled
from reformkit.problem import Problem, RefusedError
from reformkit.writing.draft import Draft, drafted
from reformkit.writing.from_item import about_item

if TYPE_CHECKING:
    from reformkit.writing.preview import Preview

_CONTACT = "contact"
_ENDING = ".docx"


@dataclass(frozen=True)
class Letter:
    """A letter that is not issued yet. What it says follows the item until it is; `told` fields are a person's.

    `to`, `reply_by` and `suggestions` are None where the ledger is to say them: the responsible unit (or the bodies
    that hold the role), the last day that its suggestions allow, and the measures that the assessment recommends.
    """

    records: Records = field(repr=False)
    history: History = field(repr=False)
    letters: Letters = field(repr=False)
    item: str
    kind: LetterKind
    to: tuple[str, ...] | None = None
    copies: tuple[str, ...] = ()
    reply_by: date | None = None
    suggestions: tuple[Suggestion, ...] | None = None
    words: dict[str, Any] = field(default_factory=dict)

    # --- looking ---------------------------------------------------------------------------------------

    @property
    def fields(self) -> dict[str, Any]:
        """What each placeholder of its template says now; None is not known."""
        return self._draft_now.fields

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """What it lacks, each with the question to ask."""
        return self._draft_now.blanks

    @property
    def basis(self) -> tuple[Cited, ...]:
        """What it rests on, each with how far it was checked."""
        return self._draft_now.basis

    @property
    def problems(self) -> list[Problem]:
        """Everything that keeps its text from going out."""
        return self._draft_now.problems

    def told(self, **fields: Any) -> Letter:
        """The letter with some fields as a person says them. Raises `LetterError` for fields that it cannot take."""
        self._draft_now.told(**fields)
        return replace(self, words={**self.words, **fields})

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it to a .docx as it stands, marked as not yet numbered and dated."""
        return self._draft_now.save(path)

    def preview(self, path: str | os.PathLike[str]) -> Preview:
        """Write it to a .pdf or .png as it stands, by LibreOffice; says which fonts stand in for others."""
        return self._draft_now.preview(path)

    @cached_property
    def _draft_now(self) -> Draft:
        self.records.refresh()
        state, today = self.records.item(self.item), self.records.today()
        to = self._recipients(state)
        suggestions = self._suggestions(state, today, to)
        reply_by = self.reply_by or self._reply_day(today, suggestions)
        return replace(self, reply_by=reply_by)._draft(state, today, to, suggestions)

    # --- issuing ---------------------------------------------------------------------------------------

    def issue(
        self,
        *,
        by: str,
        on: date,
        number: str | None = None,
        id: str | None = None,
        late: str | None = None,
        reason: str | None = None,
        file: Evidence | None = None,
    ) -> str:
        """Issue it under the next number of its series, or the one that the office states. Returns the number.

        The file is filled inside the turn that takes the number, and kept by its hash. `file` is the letter itself
        where it went out on paper before the ledger knew of it (taking over): kept as it is, under its own number.
        Raises `RefusedError` with everything that stands in the way, `LetterError` where the letter lacks something.
        """
        caller = Caller(id or str(uuid4()), str(by), on, reason, late)
        stated = None if number is None else str(number)

        def write(hand: Hand, turn: Turn) -> list[Writing]:
            step = posting.letter_step(hand, self.letters, self.kind.id)
            to = self._recipients(hand.at)
            suggestions = self._suggestions(hand.at, on, to)
            reply_by = self.reply_by or self._reply_day(on, suggestions)
            posting.check_issue(hand, step, self.kind, to, suggestions, reply_by)
            draft = replace(self, reply_by=reply_by)._draft(hand.at, on, to, suggestions)
            taken = self._number(hand, turn, draft, stated)
            if file is not None and stated is None:
                hand.refuse("RK647")
            if hand.problems or taken is None:
                raise RefusedError(hand.problems)
            said = file or Evidence(f"{taken}{_ENDING}", on, content=draft.filled(str(taken), on))
            handed = Handed.of([said], hand.today, self.records.store.files)
            entry = hand.entry(
                Issued(
                    step=None if step is None else step.id,
                    letter=self.kind.id,
                    number=str(taken),
                    series=taken.series,
                    year=taken.year,
                    serial=taken.serial,
                    to=to,
                    copies=self.copies,
                    reply_by=reply_by,
                    suggestions=suggestions,
                    file=handed.exhibits[0],
                )
            )
            handed.keep(self.records.store.files)
            return [Writing(entry, taken.series, taken.serial)]

        asked = {
            "verb": "issue",
            "item": self.item,
            "by": caller.by,
            "on": on.isoformat(),
            "letter": self.kind.id,
            "number": stated,
            "to": None if self.to is None else list(self.to),
            "reply_by": None if self.reply_by is None else self.reply_by.isoformat(),
        }
        (act, *_) = self.records.write(self.item, caller, asked, write)
        assert isinstance(act.data, Issued)
        return act.data.number

    def _number(self, hand: Hand, turn: Turn, draft: Draft, stated: str | None) -> LetterNumber | None:
        code, year = draft.code, hand.caller.on.year
        if code is None:
            hand.refuse("RK640", step=hand.at.procedure.title, letter=self.kind.title, known="")
            return None
        if stated is None and hand.rules.office.numbering == "stated":
            hand.refuse("RK647")
            return None
        if stated is None:
            series = LetterNumber(code, year, 1).series
            number = LetterNumber(code, year, turn.last_number(series) + 1)
        else:
            read = LetterNumber.parse(stated)
            if read is None or (read.code, read.year) != (code, year):
                hand.refuse("RK646", number=stated, series=code, year=year)
                return None
            number = read
        posting.check_number(hand, number, turn.around(number.series, number.serial))
        return number

    # --- what it says ----------------------------------------------------------------------------------

    def _draft(self, state: ItemState, day: date, to: tuple[str, ...], suggestions: Sequence[Suggestion]) -> Draft:
        office, book = self.records.rules.office, self.history.book
        body = self._issuing_body(state)
        about = about_item(
            state,
            office,
            book.rulebook,
            book.library,
            to=to,
            suggestions=suggestions,
            reply_by=self.reply_by,
            body=body,
            day=day,
        )
        contact = office.bodies[body].contact if body in office.bodies else None
        known = replace(about, copies=self.copies, contact=about.contact or (contact.zh if contact else None))
        return drafted(self.letters, self.kind.id, known, book.library).told(**self.words)

    def _issuing_body(self, state: ItemState) -> str | None:
        """The body that the answer goes to: the holder of the role that sends the letter."""
        office = self.records.rules.office
        for role in self.kind.sent_by:
            for body in office.holders(role, state.facts):
                return body
        return None

    def _recipients(self, state: ItemState) -> tuple[str, ...]:
        if self.to is not None:
            known = (state.opened.responsible_unit, *state.units)
            return each_once(spelled(unit, known) for unit in self.to)
        if not self.kind.sent_to or "responsible" in self.kind.sent_to:
            return (state.opened.responsible_unit,)
        office = self.records.rules.office
        bodies = [body for role in self.kind.sent_to for body in office.holders(role, state.facts)]
        return tuple(office.bodies[body].title.zh for body in dict.fromkeys(bodies))[:1]

    def _suggestions(self, state: ItemState, day: date, to: tuple[str, ...]) -> tuple[Suggestion, ...]:
        if self.suggestions is not None:
            return self.suggestions
        if not self.kind.reply:
            return ()
        own = state.opened.case
        known = {} if own is None else {k: v for k, v in state.cases[own["id"]].items() if v is not None}
        weighed = None if own is None else self.history.assess({"id": own["id"], **known}, day, state.id)
        return proposed(state, weighed, to)

    def _reply_day(self, on: date, suggestions: Sequence[Suggestion]) -> date | None:
        """The last day that the suggestions allow, counted from the day of the letter."""
        if not self.kind.reply:
            return None
        workdays = self.records.rules.workdays
        return max((workdays.after(on, s.term).on for s in suggestions if s.term is not None), default=None)
