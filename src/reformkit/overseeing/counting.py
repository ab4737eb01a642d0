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

_UNCOUNTED = re.compile('"kind":"(received|judged|extended|suspended|resumed|pressed|escalated|moved|ended)"')
Kind = Literal["opinion", "letter", "suggestion", "result"]


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


@dataclass(slots=True)
class Counted:
    """Something that counts: `amount` of `what`, on a day, by the act `seq`; `late`: that act is a late entry.

    `what` is the step of an opinion, the kind of a letter, the id of a suggestion, the kind of a result. `counts` is
    False for a result whose papers had all been handed in before for the same, or that has none.
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

    @property
    def accepted_on(self) -> date | None:
        """The day on which it was accepted with its item; None where it was not, or came after."""
        accepted = self.subject.accepted
        return accepted[1] if accepted is not None and self.seq < accepted[0] else None


@dataclass(slots=True)
class _Count:
    layer_of: Callable[[str], str | None]
    right: Mapping[int, Mapping[str, Any]]
    subjects: dict[str, Subject] = field(default_factory=dict)
    found: list[Counted] = field(default_factory=list)
    void: set[str] = field(default_factory=set)
    numbers: list[tuple[str, Counted]] = field(default_factory=list)
    papers: set[tuple[str, str]] = field(default_factory=set)

    def take(self, said: Mapping[str, Any]) -> None:
        """One act, as it should have stood."""
        seq, data, on = said["seq"], dict(said["data"]), date.fromisoformat(said["on"])
        correction = self.right.get(seq)
        if correction is not None:
            data |= {name: value for name, value in correction.items() if name != "on"}
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
                subject.by |= {name: value for name, value in told.items() if value is not None}
            case "opinion":
                count("opinion", data["step"], passed=data["opinion"] == "passed")
            case "issued":
                sent = [count("letter", data["letter"], len(data["to"]))]
                sent += [count("suggestion", suggestion["id"]) for suggestion in data.get("suggestions", ())]
                self.numbers += [(data["number"], one) for one in sent]
            case "done":
                for suggestion in data.get("suggestions", ()):
                    count("suggestion", suggestion["id"])
            case "voided":
                self.void.add(data["number"])
            case "result":
                papers = {(data["what"], paper["sha256"]) for paper in said.get("evidence", ())}
                count("result", data["what"], data["count"], counts=bool(papers - self.papers))
                self.papers |= papers
            case "accepted":
                subject.accepted = seq, on
            case "failed":
                subject.accepted = None
            case "visited" if not data["ok"]:
                subject.accepted = None
            case "merged":
                subject.merged = True

    def _opened(self, item: str, data: Mapping[str, Any]) -> Subject:
        case = data.get("case")
        facts = {} if case is None else case
        by = {name: data.get(name) or facts.get(name) for name in DIMENSIONS}
        by["layer"] = self.layer_of(data["procedure"]) or data.get("layer")
        return Subject(item, by, own_case=None if case is None else case["id"])

    def result(self) -> list[Counted]:
        """What counts, without what was issued under a number that is void; of suggestions, the first each."""
        gone = {id(one) for number, one in self.numbers if number in self.void}
        seen: set[str] = set()
        kept = []
        for one in self.found:
            if id(one) in gone or (one.kind == "suggestion" and one.what in seen):
                continue
            if one.kind == "suggestion":
                seen.add(one.what)
            kept.append(one)
        return kept


def may_count(text: str) -> bool:
    """Whether a line may have to do with figures, told by its text: most of a ledger need not be read for them."""
    return _UNCOUNTED.search(text) is None and ('"kind":"done"' not in text or '"suggestions":[{' in text)


def counted(lines: Callable[[], Iterable[Line]], layer_of: Callable[[str], str | None]) -> list[Counted]:
    """Everything that counts in the lines of a ledger, in order; what was corrected counts as it should have stood.

    `lines` gives them from the first, each time that it is called. `layer_of` says for a procedure of which layer its
    items are, None where the item itself says it.
    """
    right: dict[int, Mapping[str, Any]] = {}
    count = _Count(layer_of, right)
    for said in _told(lines()):
        if said["kind"] == "corrected":
            right[said["data"]["seq"]] = said["data"]["data"]
        count.take(said)
    if not right:
        return count.result()
    count = _Count(layer_of, right)
    for said in _told(lines()):
        count.take(said)
    return count.result()


def _told(lines: Iterable[Line]) -> Iterator[Mapping[str, Any]]:
    return (upcast(line.said) for line in lines)
