"""An item of reform (促改事项) as people hold it: what can be done on it, and the verbs that do it.

Every verb takes `by` (an account of the office), `on` (the day on which it happened), `id` (the caller's: the same id
again is the same act, and gives the first result) and `late` (the reason of a late entry, 补录). Each raises
`RefusedError` with everything that stands in the way; then nothing is written.

Long because every verb stands here with what it takes; what it does stands in `practising`, a file a phase.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from reformkit.assessing.assessor import Assessor
from reformkit.assessing.weighed import Weighed
from reformkit.keeping.turn import Turn
from reformkit.ledger.letter import Letter
from reformkit.model.act import Act, Criterion, Entry, Suggestion
from reformkit.model.evidence import Evidence
from reformkit.model.office import OfficeRecord
from reformkit.model.vocabulary import Value
from reformkit.practising import accepting, gates, posting, rectifying, timing, turning
from reformkit.practising.due import DueDay, due
from reformkit.practising.gates import Afresh
from reformkit.practising.hand import Caller, Hand
from reformkit.practising.handing import Handed, as_evidence
from reformkit.practising.history import History
from reformkit.practising.item import ItemState
from reformkit.practising.menu import MenuStep, menu
from reformkit.practising.progress import state
from reformkit.practising.records import Records, Writing
from reformkit.practising.states import State
from reformkit.text import Text

Papers = Evidence | str | os.PathLike[str]
Made = Callable[[Hand], Entry | list[Entry]]


class Item:
    """One item of a ledger. It holds no state: each question is answered from the ledger as it is at that moment.

    `seen`: how many acts of it the caller has looked at; a verb is refused where another has been written since.
    """

    def __init__(self, records: Records, history: History, id: str, seen: int | None = None) -> None:
        self.id = id
        self._records = records
        self._history = history
        self._seen = seen

    # --- looking ---------------------------------------------------------------------------------------

    @property
    def book(self) -> Assessor[Weighed]:
        """The rulebook that it is assessed with, with its letters."""
        return self._history.book

    @property
    def office(self) -> OfficeRecord:
        """The office that carries it out."""
        return self._records.rules.office

    @property
    def role_labels(self) -> dict[str, Text]:
        """What roles are called in its procedure."""
        return {**self._records.rules.roles, **self.standing.procedure.roles}

    @property
    def body_labels(self) -> dict[str, Text]:
        """What the bodies of its office are called."""
        return {body.id: body.title for body in self._records.rules.office.bodies.values()}

    def to_dict(self, as_of: date | None = None) -> dict[str, Any]:
        """Plain data for JSON: where it stands, what can be done, what was asked of whom."""
        standing, now = self.standing, self.state(as_of)
        return {
            "id": self.id,
            "state": str(now),
            "state_label": {"zh": now.label.zh, "en": now.label.en},
            "procedure": standing.procedure.id,
            "opened": standing.opened.model_dump(mode="json", exclude_none=True),
            "opened_on": standing.opened_on.isoformat(),
            "menu": [step.to_dict() for step in self.menu(as_of=as_of)],
            "suggestions": [suggestion.model_dump(mode="json", exclude_none=True) for suggestion in self.suggestions],
            "changed": [
                {"decision": change.decision, "was": change.was, "now": change.now, "on": change.on.isoformat()}
                for change in standing.changed
            ],
        }

    @property
    def standing(self) -> ItemState:
        """Everything that its acts have come to, as plain data."""
        self._records.refresh()
        return self._records.item(self.id)

    def state(self, as_of: date | None = None) -> State:
        """The state that it is shown in, now or at the end of a day; `.label` says it in words."""
        self._records.refresh()
        return state(self._records.as_of(self.id, _day(as_of)))

    def menu(self, role: str | None = None, as_of: date | None = None) -> list[MenuStep]:
        """The steps that can be done now, each with who does it, until when, and what still lacks."""
        standing = self.standing
        return menu(standing, self._records.rules.workdays, _day(as_of) or self._today(), role)

    def due(self, step: str, as_of: date | None = None) -> DueDay | None:
        """When a step is due; None where nothing has started its term. Raises KeyError for an unknown step."""
        standing = self.standing
        steps = standing.procedure.steps
        return due(standing, steps[step], self._records.rules.workdays, _day(as_of) or self._today())

    @property
    def acts(self) -> list[Act]:
        """Its acts, in the order in which they were written."""
        return self._records.acts(self.id)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What was asked of its units, in the order in which it was asked."""
        return tuple(made.suggestion for made in self.standing.demands.values())

    def _today(self) -> date:
        return self._records.today()

    # --- steps and gates -------------------------------------------------------------------------------

    def do(
        self,
        step: str,
        *,
        by: str,
        on: date,
        opinion: str | None = None,
        reason: str | None = None,
        papers: Sequence[str] = (),
        evidence: Sequence[Papers] = (),
        consent: bool = False,
        unit: str | None = None,
        suggestions: Sequence[Suggestion] = (),
        id: str | None = None,
        late: str | None = None,
    ) -> Act:
        """Do a step of the procedure, or let a gate say `passed` or `rejected`.

        `papers` are those of the step that were handed over; `consent`, with the last step: the case may stand in the
        casebook; `unit`: the unit that does its part of a step that every unit does.
        """

        def make(hand: Hand) -> Entry:
            def afresh(fact: str, said: str) -> Afresh | None:
                own = hand.at.opened.case
                return None if own is None else self._history.afresh(hand.at, own["id"], {fact: said}, on)

            return gates.do(hand, step, opinion, papers, consent, unit, suggestions, afresh)

        said = {"step": step, "opinion": opinion, "papers": list(papers), "consent": consent, "unit": unit}
        return self._write("do", said, make, by, on, id, late, reason, evidence)

    def tell(
        self,
        *,
        by: str,
        on: date,
        id: str | None = None,
        late: str | None = None,
        case: str | None = None,
        **facts: Value | Sequence[Mapping[str, Any]] | None,
    ) -> Act:
        """Tell facts that became known of its case, `findings` among them; None takes a fact back.

        The case is assessed afresh; where a decision comes out otherwise, the item is listed for review (复核).
        Raises `CaseError` for facts that cannot be taken.
        """
        plain = {name: _plain(value) for name, value in facts.items()}

        def make(hand: Hand) -> Entry:
            own = hand.at.opened.case
            whose = case or (own["id"] if own else "")
            afresh = self._history.afresh(hand.at, whose, plain, on) if whose else Afresh({})
            return turning.tell(hand, case, plain, afresh)

        return self._write("tell", {"case": case, "facts": plain}, make, by, on, id, late)

    # --- letters ---------------------------------------------------------------------------------------

    def letter(
        self,
        kind: str,
        to: str | Sequence[str] | None = None,
        reply_by: date | None = None,
        *,
        copies: Sequence[str] = (),
        suggestions: Sequence[Suggestion] | None = None,
        **fields: Any,
    ) -> Letter:
        """A letter of a kind, drawn up from the item; `fields` are placeholders as a person fills them (`标题=…`).

        Raises KeyError for a kind that the rulebook does not have, `LetterError` for fields that it cannot take.
        """
        letters = self._history.book.rulebook.letters
        if letters is None or kind not in letters.kinds:
            raise KeyError(f"no letter {kind!r}; there are: {', '.join(letters.kinds if letters else ())}")
        whom = None if to is None else (to,) if isinstance(to, str) else tuple(to)
        asked = None if suggestions is None else tuple(suggestions)
        drawn = Letter(
            self._records, self._history, letters, self.id, letters.kinds[kind], whom, tuple(copies), reply_by, asked
        )
        return drawn.told(**fields) if fields else drawn

    def receive(
        self,
        number: str,
        *,
        by: str,
        on: date,
        unit: str | None = None,
        evidence: Sequence[Papers] = (),
        id: str | None = None,
        late: str | None = None,
    ) -> Act:
        """A recipient has received a letter. An office may enter it for a unit, with the unit's receipt as evidence."""
        said = {"number": str(number), "unit": unit}
        make: Made = lambda hand: posting.receive(hand, str(number), unit)  # noqa: E731
        return self._write("receive", said, make, by, on, id, late, None, evidence)

    def void(
        self, number: str, reason: str, *, by: str, on: date, id: str | None = None, late: str | None = None
    ) -> Act:
        """A letter was issued in error: it no longer counts, and its number stays used."""
        make: Made = lambda hand: posting.void(hand, str(number))  # noqa: E731
        return self._write("void", {"number": str(number)}, make, by, on, id, late, reason)

    # --- results and acceptance ------------------------------------------------------------------------

    def result(
        self,
        what: str,
        count: int = 1,
        *,
        by: str,
        on: date,
        evidence: Sequence[Papers] = (),
        suggestion: str | Suggestion | None = None,
        unit: str | None = None,
        id: str | None = None,
        late: str | None = None,
    ) -> Act:
        """A unit reports what it has done (`risk_point`, `institution` …) and how many, with evidence."""
        asked = None if suggestion is None else _id(suggestion)
        said = {"what": what, "count": str(count), "suggestion": asked, "unit": unit}
        make: Made = lambda hand: rectifying.result(hand, what, count, asked, unit)  # noqa: E731
        return self._write("result", said, make, by, on, id, late, None, evidence)

    def judge(
        self,
        suggestion: str | Suggestion,
        criterion: str | int | Criterion,
        met: bool = True,
        *,
        by: str,
        on: date,
        evidence: Sequence[Papers] = (),
        reason: str | None = None,
        id: str | None = None,
        late: str | None = None,
    ) -> Act:
        """Judge one criterion of a suggestion, named by its id, its words or its number."""
        asked, word = _id(suggestion), criterion if isinstance(criterion, int) else _id(criterion)
        said = {"suggestion": asked, "criterion": word, "met": met}
        make: Made = lambda hand: accepting.judge(hand, asked, word, met)  # noqa: E731
        return self._write("judge", said, make, by, on, id, late, reason, evidence)

    def accept(
        self, *, by: str, on: date, countersigned: str | None = None, id: str | None = None, late: str | None = None
    ) -> Act:
        """Accept the reform. `countersigned` is the account of the other of the two."""
        make: Made = lambda hand: accepting.accept(hand, countersigned)  # noqa: E731
        return self._write("accept", {"countersigned": countersigned}, make, by, on, id, late)

    def fail(self, reason: str, *, by: str, on: date, id: str | None = None, late: str | None = None) -> Act:
        """Refuse acceptance: the item goes back, and after a second failure on to the leaders."""
        return self._write("fail", {}, accepting.fail, by, on, id, late, reason)

    def visit(
        self,
        ok: bool,
        *,
        by: str,
        on: date,
        reason: str | None = None,
        papers: Sequence[str] = (),
        evidence: Sequence[Papers] = (),
        step: str | None = None,
        id: str | None = None,
        late: str | None = None,
    ) -> Act:
        """A return visit. One that is not `ok` sends the item back, and needs its reason."""
        make: Made = lambda hand: accepting.visit(hand, ok, papers, step)  # noqa: E731
        said = {"ok": ok, "papers": list(papers), "step": step}
        return self._write("visit", said, make, by, on, id, late, reason, evidence)

    # --- time ------------------------------------------------------------------------------------------

    def extend(
        self,
        step: str,
        days: int,
        reason: str,
        paper: Papers | None,
        *,
        by: str,
        on: date,
        id: str | None = None,
        late: str | None = None,
    ) -> Act:
        """Give a step more days, before it is due. The first due day is always shown beside."""
        make: Made = lambda hand: timing.extend(hand, step, days)  # noqa: E731
        return self._write("extend", {"step": step, "days": str(days)}, make, by, on, id, late, reason, paper)

    def suspend(self, reason: str, *, by: str, on: date, id: str | None = None, late: str | None = None) -> Act:
        """Stop its clock. It stays on the month's list."""
        return self._write("suspend", {}, timing.suspend, by, on, id, late, reason)

    def resume(self, *, by: str, on: date, id: str | None = None, late: str | None = None) -> Act:
        """Let its clock run again."""
        return self._write("resume", {}, timing.resume, by, on, id, late)

    def press(
        self, step: str, *, by: str, on: date, reason: str | None = None, id: str | None = None, late: str | None = None
    ) -> Act:
        """Press for a step that is open (督办)."""
        make: Made = lambda hand: timing.press(hand, step)  # noqa: E731
        return self._write("press", {"step": step}, make, by, on, id, late, reason)

    def escalate(self, reason: str, *, by: str, on: date, id: str | None = None, late: str | None = None) -> Act:
        """Pass it on to the leaders."""
        return self._write("escalate", {}, timing.escalate, by, on, id, late, reason)

    # --- turning ---------------------------------------------------------------------------------------

    def merge_into(
        self, other: str | Item, reason: str, *, by: str, on: date, id: str | None = None, late: str | None = None
    ) -> Act:
        """Let it go on as a part of another item of the same unit."""
        into = other.id if isinstance(other, Item) else str(other)
        make: Made = lambda hand: turning.merge_into(hand, into, self._records.find(into))  # noqa: E731
        return self._write("merge", {"into": into}, make, by, on, id, late, reason)

    def move_to(
        self, procedure: str, reason: str, *, by: str, on: date, id: str | None = None, late: str | None = None
    ) -> Act:
        """Let it go on under another procedure, or under the present text of its own."""

        def make(hand: Hand) -> Entry:
            chosen = turning.chosen(hand, procedure)
            if chosen is None:
                return hand.entry(None)
            entry = turning.move_to(hand, chosen)
            self._records.keep(chosen)
            return entry

        return self._write("move", {"procedure": procedure}, make, by, on, id, late, reason)

    def end(self, reason: str, *, by: str, on: date, id: str | None = None, late: str | None = None) -> Act:
        """End it before its procedure comes to an end."""
        return self._write("end", {}, turning.end, by, on, id, late, reason)

    def correct(
        self,
        seq: int,
        data: Mapping[str, Any],
        reason: str,
        *,
        by: str,
        on: date,
        id: str | None = None,
        late: str | None = None,
    ) -> Act:
        """Say what should have stood in one of its acts. Another account than its own does so; the old line stays."""
        told = self._records.acts(self.id)
        make: Made = lambda hand: turning.correct(hand, seq, data, told)  # noqa: E731
        said = {"seq": seq, "data": {name: str(value) for name, value in data.items()}}
        return self._write("correct", said, make, by, on, id, late, reason)

    # --- writing ---------------------------------------------------------------------------------------

    def _write(
        self,
        verb: str,
        asked: Mapping[str, Any],
        make: Made,
        by: str,
        on: date,
        id: str | None,
        late: str | None,
        reason: str | None = None,
        papers: object = None,
    ) -> Act:
        day = required_day(on)
        files = self._records.store.files
        handed = Handed.of(as_evidence(papers, day), self._today(), files)
        caller = Caller(id or str(uuid4()), str(by), day, reason, late, handed.exhibits)

        def write(hand: Hand, turn: Turn) -> list[Writing]:
            made = make(hand)
            handed.keep(files)
            return [Writing(entry) for entry in (made if isinstance(made, list) else [made])]

        said = asked_of(verb, self.id, caller, asked)
        return self._records.write(self.id, caller, said, write, self._seen)[0]

    def __repr__(self) -> str:
        return f"Item({self.id!r})"


def asked_of(verb: str, item: str | None, caller: Caller, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for, as plain data: by it a retry is told from another act under the same id."""
    return {
        "verb": verb,
        "item": item,
        "by": caller.by,
        "on": caller.on.isoformat(),
        "reason": caller.reason,
        "evidence": [exhibit.sha256 for exhibit in caller.evidence],
        **asked,
    }


def required_day(on: object) -> date:
    """A day that a caller gives. Raises TypeError for anything else."""
    if not isinstance(on, date) or isinstance(on, datetime):
        raise TypeError(f"on is a datetime.date, not {type(on).__name__}")
    return on


def _day(as_of: object) -> date | None:
    if as_of is not None and (not isinstance(as_of, date) or isinstance(as_of, datetime)):
        raise TypeError(f"as_of is a datetime.date or None, not {type(as_of).__name__}")
    return as_of


def _id(thing: str | Suggestion | Criterion) -> str:
    return thing if isinstance(thing, str) else thing.id


def _plain(value: Any) -> Any:
    """A fact as a line of the ledger holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [dict(one) if isinstance(one, Mapping) else one for one in value]
    return value
