"""The records of a ledger: its items as their acts have made them, and the one way to write another act.

Opening a ledger reads none of its acts: an item is folded when it is asked for, from its own lines. What was folded is
kept in memory, and may be thrown away at any time. It is brought up to date inside the turn in which an act is
written, so that guards look at the item as it is at that moment, whoever else writes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any, TypeVar

from reformkit.keeping.checker import NOT_NEXT
from reformkit.keeping.line import Line
from reformkit.keeping.pages import Pages
from reformkit.keeping.store import Store
from reformkit.keeping.turn import Turn
from reformkit.model.act import VERSION, Act, Corrected, Entry
from reformkit.model.procedure import Procedure
from reformkit.parsing.tree import collector_at_rest
from reformkit.practising.fold import fold, take
from reformkit.practising.hand import Caller, Hand, Rules
from reformkit.practising.item import ItemState
from reformkit.practising.lines import act_of, day_of, ended_by, may_end, may_open
from reformkit.practising.nearest import hint
from reformkit.problem import NOWHERE, LedgerError, Problem, RefusedError

_MANY = 1_000
"""Items that are read in one transaction: a writer to SQLite waits meanwhile."""
_MOST = 6_000
"""Items that are kept in memory as they stand (some 20 kB each); others are folded each time that they are asked for."""


@dataclass(frozen=True, slots=True)
class Writing:
    """An act to be written, with the number that it takes, and the files that are to be kept with it."""

    entry: Entry
    series: str | None = None
    number: int | None = None


T = TypeVar("T")
Verb = Callable[[Hand, Turn], Sequence[Writing]]


@dataclass(slots=True)
class Records:
    """Every item of a ledger as it stands, up to the act `seq` (None: nobody has looked yet)."""

    store: Store
    rules: Rules
    clock: Callable[[], datetime]
    seq: int | None = None
    takes_over: bool = False
    """Whether what is written was done before the ledger was there."""
    _states: dict[str, ItemState] = field(default_factory=dict)
    _ids: dict[str, None] | None = None
    _ended: dict[str, str] | None = None
    _texts: dict[str, Procedure] = field(default_factory=dict)

    # --- looking ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take in what was written since."""
        end = self.store.head().seq
        if self.seq is None:
            self.seq = end
        elif end > self.seq:
            self.take(self.store.lines(after=self.seq, until=end))

    @property
    def ids(self) -> Collection[str]:
        """Every item by its id, in the order in which they were opened."""
        if self._ids is None:
            with self.store.reading() as pages:
                self._ids = dict.fromkeys(pages.items())
        return self._ids.keys()

    @property
    def ended(self) -> Mapping[str, str]:
        """The items whose last act ended them, each with the day of that act as it is written."""
        if self._ended is None:
            with self.store.reading() as pages:
                self._ended = ended_by(pages.last_lines(may_end))
        return self._ended

    def find(self, id: str, pages: Pages | None = None) -> ItemState | None:
        """An item as it stands, None where there is none. `pages`: through a connection that is there already."""
        if id not in self._states:
            lines = self.store.lines(item=id, until=self.seq) if pages is None else pages.lines(id)
            state = self._folded(id, list(lines))
            if state is None:
                return None
            if len(self._states) >= _MOST:
                del self._states[next(iter(self._states))]
            self._states[id] = state
        return self._states[id]

    def item(self, id: str, pages: Pages | None = None) -> ItemState:
        """An item as it stands. Raises `RefusedError` for one that is not there."""
        state = self.find(id, pages)
        if state is None:
            raise RefusedError([Problem("RK601", NOWHERE, {"item": id, "hint": hint(id, self.ids)})])
        return state

    def items(self, ids: Iterable[str] | None = None) -> Iterator[ItemState]:
        """Items as they stand, in the order in which their ids come (None: all); of a large ledger not all are kept."""
        for some in _batches(self.ids if ids is None else ids):
            fresh = {
                id: self._folded(id, lines) for id, lines in self._read([i for i in some if i not in self._states])
            }
            for id, state in fresh.items():
                if state is not None and len(self._states) < _MOST:
                    self._states[id] = state
            yield from filter(None, [self._states.get(id) or fresh.get(id) for id in some])

    def standing(self, ids: Iterable[str], day: date) -> Iterator[ItemState]:
        """Items as they stood at the end of a day; those that were opened later are left out."""
        for known in _batches(self.items(ids)):
            past = {}
            for id, lines in self._read([state.id for state in known if state.last_on > day]):
                told = [act for line in lines if (act := act_of(line)).on <= day]
                if told and told[0].n == 1:
                    past[id] = fold(told, self.procedure)
            yield from [past.get(one.id, one) for one in known if one.last_on <= day or one.id in past]

    def stories(self) -> Iterator[list[Act]]:
        """The acts of each item, in order, item after item; they are not kept."""
        for _, lines in self._read(list(self.ids)):
            yield [act_of(line) for line in lines]

    def opened_first(self) -> date | None:
        """The first day on which an item was opened, as written or corrected; None where there is no item."""
        days: dict[int, str] = {}
        for said in (line.said for line in self.store.lines(until=self.seq, wanted=may_open)):
            if said["kind"] == "opened":
                days[said["seq"]] = said["on"]
            elif said["kind"] == "corrected" and said["data"]["seq"] in days:
                days[said["data"]["seq"]] = min(days[said["data"]["seq"]], said["data"]["data"].get("on", "9"))
        return date.fromisoformat(min(days.values())) if days else None

    def _read(self, ids: Sequence[str]) -> Iterator[tuple[str, list[Line]]]:
        """The lines of items, as far as the ledger was looked at."""
        with collector_at_rest():
            for start in range(0, len(ids), _MANY):
                with self.store.reading() as pages:
                    for id, own in groupby(pages.lines_of(ids[start : start + _MANY]), key=lambda line: line.item):
                        yield id, [line for line in own if self.seq is None or line.seq <= self.seq]

    def acts(self, item: str) -> list[Act]:
        """The acts of an item, in order."""
        return [act_of(line) for line in self.store.lines(item=item)]

    def as_of(self, item: str, day: date | None) -> ItemState:
        """An item as it stood at the end of a day. Raises `RefusedError` where it was not there yet."""
        now = self.item(item)
        stood = now if day is None else next(self.standing([item], day), None)
        if stood is None:
            raise RefusedError([Problem("RK601", NOWHERE, {"item": item, "hint": hint(item, ())})])
        return stood

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
        """Take lines in that were written since, in order: those of items that somebody asked for already."""
        for line in lines:
            if self.seq is not None and line.seq <= self.seq:
                continue
            if line.n == 1 and self._ids is not None:
                self._ids[line.item] = None
            if self._ended is not None:
                self._ended.pop(line.item, None)
                self._ended |= ended_by([line])
            state = self._states.get(line.item)
            if state is not None and line.n > state.n:
                del self._states[line.item]  # until it has been taken in whole
                act = act_of(line)
                if not isinstance(act.data, Corrected):  # else what was taken in stands otherwise: it is read anew
                    take(state, act, self.procedure)
                    self._states[line.item] = state
            self.seq = line.seq

    def _folded(self, id: str, lines: Sequence[Line]) -> ItemState | None:
        """An item from all of its lines, None without any. Raises `LedgerError` where one of them is missing."""
        for expected, line in enumerate(lines, 1):
            if line.n != expected:
                why = NOT_NEXT.fill(item=id, expected=expected, n=line.n)
                raise LedgerError([Problem("RK542", self.store.address.place, {"seq": line.seq, "why": why})])
        return fold(map(act_of, lines), self.procedure) if lines else None

    def forget(self) -> None:
        """Know nothing any more: what was looked at has not come to stand in the ledger."""
        self.seq, self._ids, self._ended = None, None, None
        self._states.clear()

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

        caller = replace(caller, taken_over=self.takes_over)

        def ask(turn: Turn) -> None:
            if self.seq is None:
                self.seq = turn.head.seq
            self.take(turn.since(self.seq))
            state = None if item is None else self.item(item, turn)
            hand = Hand(self.rules, item or "", state, day_of(turn.at), caller)
            for writing in verb(hand, turn):
                said = writing.entry.to_dict() | {"v": VERSION}
                plain = {name: value for name, value in said.items() if name not in ("id", "item")}
                turn.append(writing.entry.item, plain, series=writing.series, number=writing.number)

        looked = None if seen is None or item is None else {item: seen}
        written = self.store.write(ask, id=caller.id, asked=asked, seen=looked)
        if written.lines and self.seq is not None and written.lines[0].seq == self.seq + 1:
            self.take(written.lines)
        elif not written.again:
            self.refresh()
        return [act_of(line) for line in written.lines]


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Things in order, some at a time."""
    rest = iter(things)
    while some := list(islice(rest, _MANY)):
        yield some
