"""What can be counted in a ledger: one pass over its lines gives everything that figures are made of.

Nothing is taken from items as they stand: figures are a reading of the acts of their own, so that the two can be held
to each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from reformkit.keeping.line import Line
from reformkit.model.act import upcast
from reformkit.model.figure import DIMENSIONS
from reformkit.model.procedure import REPLY
from reformkit.reading.keys import key_of

_UNCOUNTED = re.compile('"kind":"(received|judged|extended|suspended|resumed|pressed|escalated|moved|ended)"')
Kind = Literal["opinion", "letter", "suggestion", "result", "reply", "acceptance", "visit"]


@dataclass(slots=True)
class Subject:
    """An item as figures see it: what it can be told apart by, and what became of it.

    `accepted` is the number of the act that accepted it and the day, None where that does not hold (any more).
    """

    id: str
    by: dict[str, str | None]
    merged: bool = False
    accepted: tuple[int, date] | None = None
    own_case: str | None = None
    awaited: dict[str, list[Counted]] = field(default_factory=dict, repr=False, compare=False)
    came_to_acceptance: bool = False


@dataclass(slots=True)
class Counted:
    """Something that counts: `amount` of `what`, on a day, by the act `seq`; `late`: that act is a late entry.

    `what` is the step of an opinion, the kind of a letter, the id of a suggestion, the kind of a result; of a reply
    the kind of the letter, and its day is the one on which it was due. `reason` is what an opinion rests on. `counts` is False for a result whose papers
    had all been handed in before for the same, or that has none.
    """

    kind: Kind
    what: str
    subject: Subject
    seq: int
    on: date
    amount: int
    late: bool
    passed: bool = False
    counts: bool = True
    reason: str | None = None

    @property
    def accepted_on(self) -> date | None:
        """The day on which it was accepted with its item; None where it was not, or came after."""
        accepted = self.subject.accepted
        return accepted[1] if accepted is not None and self.seq < accepted[0] else None


@dataclass(slots=True)
class _Count:
    layer_of: Callable[[str], str | None]
    as_of: date
    right: Mapping[int, Mapping[str, Any]]
    subjects: dict[str, Subject] = field(default_factory=dict)
    found: list[Counted] = field(default_factory=list)
    void: set[str] = field(default_factory=set)
    numbers: list[tuple[str, Counted]] = field(default_factory=list)
    papers: set[tuple[str, str]] = field(default_factory=set)
    spellings: dict[str, str] = field(default_factory=dict)

    def take(self, said: Mapping[str, Any]) -> None:
        """One act, as it should have stood."""
        seq, data, on = said["seq"], said["data"], date.fromisoformat(said["on"])
        correction = self.right.get(seq)
        if correction is not None:
            data = dict(data) | {name: value for name, value in correction.items() if name != "on"}
            on = date.fromisoformat(str(correction["on"])) if "on" in correction else on
        subject = self.subjects.get(said["item"])
        if said["kind"] == "opened":
            subject = self.subjects[said["item"]] = self._opened(said["item"], data)
        if subject is None:
            return
        late = said.get("late") is not None

        def count(kind: Kind, what: str, amount: int = 1, passed: bool = False, counts: bool = True) -> Counted:
            one = Counted(kind, what, subject, seq, on, amount, late, passed, counts)
            self.found.append(one)
            return one

        match said["kind"]:
            case "fact" if data["case"] == subject.own_case:
                told = {name: data["facts"][name] for name in DIMENSIONS if name in data["facts"]}
                subject.by |= {name: self._spelled(value) for name, value in told.items() if value is not None}
            case "opinion":
                count("opinion", data["step"], passed=data["opinion"] == "passed").reason = said.get("reason")
            case "issued":
                sent = [count("letter", data["letter"], len(data["to"]))]
                sent += [count("suggestion", suggestion["id"]) for suggestion in data.get("suggestions", ())]
                sent += self._awaited(subject, count, data)
                self.numbers += [(data["number"], one) for one in sent]
            case "done":
                for suggestion in data.get("suggestions", ()):
                    count("suggestion", suggestion["id"])
                if REPLY in data.get("papers", ()):
                    _answer(subject, data.get("unit"), on)
            case "voided":
                self.void.add(data["number"])
            case "result":
                papers = {(data["what"], paper["sha256"]) for paper in said.get("evidence", ())}
                count("result", data["what"], data["count"], counts=bool(papers - self.papers))
                self.papers |= papers
            case "accepted":
                subject.accepted = seq, on
                self._come_to_acceptance(subject, count, data["step"], True)
            case "failed":
                subject.accepted = None
                self._come_to_acceptance(subject, count, data["step"], False)
            case "visited":
                count("visit", data["step"], passed=data["ok"])
                if not data["ok"]:
                    subject.accepted = None
            case "merged":
                subject.merged = True

    def _awaited(self, subject: Subject, count: Callable[..., Counted], data: Mapping[str, Any]) -> list[Counted]:
        """The answers that a letter asks for, one of each recipient, each on the day on which it is due."""
        if "reply_by" not in data:
            return []
        replies = {key_of(unit): count("reply", data["letter"]) for unit in data["to"]}
        for unit, reply in replies.items():
            reply.on = date.fromisoformat(data["reply_by"])
            subject.awaited.setdefault(unit, []).append(reply)
        return list(replies.values())

    def _come_to_acceptance(self, subject: Subject, count: Callable[..., Counted], step: str, accepted: bool) -> None:
        if not subject.came_to_acceptance:
            subject.came_to_acceptance = True
            count("acceptance", step, passed=accepted)

    def _opened(self, item: str, data: Mapping[str, Any]) -> Subject:
        case = data.get("case")
        facts = {} if case is None else case
        by = {name: self._spelled(data.get(name) or facts.get(name)) for name in DIMENSIONS}
        by["layer"] = self.layer_of(data["procedure"]) or data.get("layer")
        return Subject(item, by, own_case=None if case is None else case["id"])

    def _spelled(self, name: Any) -> Any:
        """A place or unit as it was first written, whatever blanks or full-width characters it has now."""
        return self.spellings.setdefault(key_of(name), name) if isinstance(name, str) else name

    def result(self) -> list[Counted]:
        """What counts, without what was issued under a number that is void; of suggestions, the first each."""
        gone = {id(one) for number, one in self.numbers if number in self.void}
        awaited = (replies for subject in self.subjects.values() for replies in subject.awaited.values())
        pending = {id(reply) for replies in awaited for reply in replies}  # these may still come in time
        seen: set[str] = set()
        kept = []
        for one in self.found:
            if id(one) in gone or (one.kind == "suggestion" and one.what in seen):
                continue
            if id(one) in pending and one.on >= self.as_of:
                continue
            if one.kind == "suggestion":
                seen.add(one.what)
            kept.append(one)
        return kept


def _answer(subject: Subject, unit: str | None, on: date) -> None:
    """A unit has answered the letters that it had, or the item's units all at once."""
    for name in list(subject.awaited) if unit is None else [key_of(unit)]:
        for reply in subject.awaited.pop(name, ()):
            reply.passed = on <= reply.on


def may_count(text: str) -> bool:
    """Whether a line may have to do with figures, told by its text: most of a ledger need not be read for them."""
    if _UNCOUNTED.search(text) is not None:
        return False
    return '"kind":"done"' not in text or '"suggestions":[{' in text or f'"{REPLY}"' in text


def counted(
    lines: Callable[[], Iterable[Line]], layer_of: Callable[[str], str | None], as_of: date = date.max
) -> list[Counted]:
    """Everything that counts in the lines of a ledger, in order; what was corrected counts as it should have stood.

    `lines` gives them from the first, each time that it is called. `layer_of` says for a procedure of which layer its
    items are, None where the item itself says it. An answer that nobody has given counts as due when its day is past
    at the end of `as_of`.
    """
    right: dict[int, Mapping[str, Any]] = {}
    count = _Count(layer_of, as_of, right)
    for said in _told(lines()):
        if said["kind"] == "corrected":
            right[said["data"]["seq"]] = said["data"]["data"]
        count.take(said)
    if not right:
        return count.result()
    count = _Count(layer_of, as_of, right)
    for said in _told(lines()):
        count.take(said)
    return count.result()


def _told(lines: Iterable[Line]) -> Iterator[Mapping[str, Any]]:
    return (upcast(line.said) for line in lines)
