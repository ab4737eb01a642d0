"""The records of a ledger: its items as their acts have made them, kept in memory, and the one way to write another act.

What is kept here may be thrown away at any time. It is brought up to date inside the turn in which an act is written,
so that guards look at the item as it is at that moment, whoever else writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from reformkit.keeping.line import OWN, Line
from reformkit.keeping.store import Store
from reformkit.keeping.turn import Turn
from reformkit.model.act import VERSION, Act, Corrected, Entry, Fact, Opened
from reformkit.model.procedure import Procedure
from reformkit.parsing.tree import collector_at_rest
from reformkit.practising.fold import fold, take
from reformkit.practising.hand import Caller, Hand, Rules
from reformkit.practising.item import ItemState
from reformkit.practising.nearest import hint
from reformkit.problem import NOWHERE, LedgerError, Problem, RefusedError

BEIJING = timezone(timedelta(hours=8))
"""The day of a moment is the day in China, wherever the machine stands."""


@dataclass(frozen=True, slots=True)
class Writing:
    """An act to be written, with the number that it takes, and the files that are to be kept with it."""

    entry: Entry
    series: str | None = None
    number: int | None = None


Verb = Callable[[Hand, Turn], Sequence[Writing]]


@dataclass(slots=True)
class Records:
    """Every item of a ledger as it stands."""

    store: Store
    rules: Rules
    clock: Callable[[], datetime]
    seq: int = 0
    items: dict[str, ItemState] = field(default_factory=dict)
    of_case: dict[str, list[str]] = field(default_factory=dict)
    version: int = 0
    """How often the cases changed: whoever counts over them asks for it."""
    _texts: dict[str, Procedure] = field(default_factory=dict)

    # --- looking ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take in what was written since."""
        if self.store.head().seq > self.seq:
            with collector_at_rest():
                self.take(self.store.lines(after=self.seq))

    def item(self, id: str) -> ItemState:
        """An item as it stands. Raises `RefusedError` for one that is not there."""
        state = self.items.get(id)
        if state is None:
            values = {"item": id, "hint": hint(id, self.items)}
            raise RefusedError([Problem("RK601", NOWHERE, values)])
        return state

    def acts(self, item: str, until: date | None = None) -> list[Act]:
        """The acts of an item, in order; with a day, those that had happened by then."""
        told = [act_of(line) for line in self.store.lines(item=item)]
        return told if until is None else [act for act in told if act.on <= until]

    def as_of(self, item: str, day: date | None) -> ItemState:
        """An item as it stood at the end of a day. Raises `RefusedError` where it was not there yet."""
        now = self.item(item)
        if day is None or now.last_on <= day:
            return now
        told = self.acts(item, day)
        if not told or told[0].kind != "opened":
            raise RefusedError([Problem("RK601", NOWHERE, {"item": item, "hint": hint(item, ())})])
        return fold(told, self.procedure)

    def procedure(self, digest: str) -> Procedure:
        """A procedure by the digest of its text. Raises `LedgerError` where that is not beside the ledger."""
        if not self._texts:
            self._texts.update((p.digest, p) for p in self.rules.procedures.procedures.values())
        if digest not in self._texts:
            try:
                text = self.store.files.find(digest).read_text(encoding="utf-8")
                self._texts[digest] = Procedure.model_validate_json(text)
            except (LedgerError, OSError, ValueError) as error:
                values = {"digest": digest[:12]}
                raise LedgerError([Problem("RK680", self.store.address.place, values)]) from error
        return self._texts[digest]

    def take(self, lines: Iterable[Line]) -> None:
        """Take lines in, in order."""
        for line in lines:
            if line.seq <= self.seq:
                continue
            self._take(act_of(line))
            self.seq = line.seq

    def _take(self, act: Act) -> None:
        state = self.items.get(act.item)
        if state is None:
            state = self.items[act.item] = fold([act], self.procedure)
            assert isinstance(act.data, Opened)
            for case in dict.fromkeys(self._cases(act.data)):
                self.of_case.setdefault(case, []).append(act.item)
        elif isinstance(act.data, Corrected):
            self.items[act.item] = fold([*self._told(act)], self.procedure)
        else:
            take(state, act, self.procedure)
        self.version += isinstance(act.data, Opened | Fact | Corrected) or act.kind == "opinion"

    def _told(self, act: Act) -> Iterable[Act]:
        """The acts of an item up to one of them."""
        return (told for told in self.acts(act.item) if told.seq <= act.seq)

    @staticmethod
    def _cases(opened: Opened) -> list[str]:
        return [*([opened.case["id"]] if opened.case else []), *opened.linked]

    def today(self) -> date:
        """The day by the ledger's clock."""
        now = self.clock()
        return day_of(now if now.tzinfo is not None else now.astimezone())

    def keep(self, procedure: Procedure) -> None:
        """Keep the text of a procedure beside the ledger."""
        self.store.files.keep(procedure.text.encode(), f"{procedure.id}.json")

    # --- writing ---------------------------------------------------------------------------------------

    def write(
        self, item: str | None, caller: Caller, asked: Mapping[str, Any], verb: Verb, seen: int | None = None
    ) -> list[Act]:
        """Write what a verb makes of an item, all of it or nothing; the acts of the first time where it is a retry.

        `asked` is what was asked for, in plain data. Raises `RefusedError` with everything that stands in the way.
        """

        def ask(turn: Turn) -> None:
            self.take(turn.since(self.seq))
            state = None if item is None else self.item(item)
            hand = Hand(self.rules, item or "", state, day_of(turn.at), caller)
            for writing in verb(hand, turn):
                said = writing.entry.to_dict() | {"v": VERSION}
                plain = {name: value for name, value in said.items() if name not in ("id", "item")}
                turn.append(writing.entry.item, plain, series=writing.series, number=writing.number)

        looked = None if seen is None or item is None else {item: seen}
        written = self.store.write(ask, id=caller.id, asked=asked, seen=looked)
        if written.lines and written.lines[0].seq == self.seq + 1:
            self.take(written.lines)
        elif not written.again:
            self.refresh()
        return [act_of(line) for line in written.lines]


def act_of(line: Line) -> Act:
    """The act that a line holds."""
    said = dict(line.said)
    for name in OWN & {"asked", "series", "number"}:
        said.pop(name, None)
    return Act.read(said)


def day_of(moment: datetime) -> date:
    """The day of a moment, in China."""
    return moment.astimezone(BEIJING).date()
