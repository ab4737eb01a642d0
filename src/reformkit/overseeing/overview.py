"""The month's dispatch gathered: each item is looked at once, and what of it belongs on the sheet becomes rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reformkit.model.act import Act
from reformkit.model.letter import Letters
from reformkit.model.office import OfficeRecord
from reformkit.model.procedure import REPLY, Monthly, Step
from reformkit.model.vocabulary import Facts
from reformkit.overseeing.dispatch import Dispatch
from reformkit.overseeing.dispatch_row import SECTIONS, DispatchRow
from reformkit.overseeing.gathering import Gathered, next_dispatch
from reformkit.practising.due import DueDay, due
from reformkit.practising.item import ItemState
from reformkit.practising.lines import day_of
from reformkit.practising.menu import is_overdue
from reformkit.practising.progress import open_steps, state
from reformkit.practising.states import State
from reformkit.practising.workdays import Workdays
from reformkit.problem import Problem
from reformkit.reading.keys import key_of
from reformkit.text import Text
from reformkit.wording.values import say_day

_LATE = Text("逾期{count}个工作日", "{count} workdays late")
_EXTENDED = Text("延期至{on}，首次期限{first}", "extended to {on}; at first {first}")
_SINCE = Text("自{on}中止", "suspended since {on}")
_NUMBER = Text("{number}", "{number}")
_REPLY_BY = Text("{number}，要求{on}前回复", "{number}, answer wanted by {on}")
_CHANGED = Text("{decision}由{was}变为{now}", "{decision}: {was} has become {now}")
_OPEN = Text("未定", "open")
_LATE_ENTRY = Text("第{seq}号，{on}发生、{written}写入：{reason}", "act {seq}, of {on}, written on {written}: {reason}")
_REUSED = Text("{name}，亦见{others}", "{name}, also in {others}")
_NOBODY = Text("没有机构承担“{role}”", "no body holds `{role}`")
_MOVED = Text("按公布的安排为{on}", "{on} by the published calendar")
_FAILED = Text("已有{count}次不合格", "{count} failures so far")


def dispatch(
    found: Gathered,
    office: OfficeRecord,
    workdays: Workdays,
    monthly: Monthly | None,
    labels: Mapping[str, Text],
    as_of: date,
    anchor: str,
    duties: Sequence[Problem] = (),
    letters: Letters | None = None,
) -> Dispatch:
    """The dispatch of items as they stood at the end of a day. `labels` are what decisions and roles are called."""
    next_on = next_dispatch(workdays, monthly, as_of)
    overview = _Overview(office, workdays, labels, as_of, next_on)
    rows = [row for one in found.states for row in (*overview.of(one), *_reused(one, found.shared or {}))]
    rows += [_late_entry(one, act) for one, act in found.late]
    order = list(SECTIONS)
    rows.sort(key=lambda row: (order.index(row.section), -row.late, row.on or date.max, row.item))
    return Dispatch(as_of, next_on, anchor, tuple(rows), tuple(duties), office.name, letters)


class _Overview:
    """What of an item belongs on the sheet."""

    def __init__(
        self, office: OfficeRecord, workdays: Workdays, labels: Mapping[str, Text], as_of: date, next_on: date
    ) -> None:
        self._office = office
        self._workdays = workdays
        self._published = Workdays() if office.calendar.days else None
        self._labels = labels
        self._as_of = as_of
        self._next_on = next_on

    def of(self, item: ItemState) -> Iterator[DispatchRow]:
        """The rows of an item; one that has ended has none."""
        if item.ended is not None:
            return
        opened = open_steps(item)
        stands = state(item, opened)
        row = DispatchRow("", item.id, item.opened.unit)
        yield from self._letters(item, row)
        if stands is State.awaiting_acceptance:
            yield replace(row, section="awaiting", note=self._failures(item))
        if stands is State.suspended:
            since = item.pauses[-1][0]
            yield replace(row, section="suspended", on=since, note=_SINCE.fill(on=say_day(since)))
        for changed in item.changed:
            decision = self._labels.get(changed.decision, Text.same(changed.decision))
            was, now = (Text.same(said) if said else _OPEN for said in (changed.was, changed.now))
            yield replace(row, section="review", on=changed.on, note=_CHANGED.fill(decision=decision, was=was, now=now))
        facts = item.facts
        for step in opened:
            yield from self._step(item, step, row, facts)

    def _letters(self, item: ItemState, row: DispatchRow) -> Iterator[DispatchRow]:
        answers = [step for step in item.procedure.steps.values() if REPLY in step.papers]
        answered = any(step.id in item.days or item.unit_days.get(step.id) for step in answers)
        for letter in item.letters:
            if letter.void:
                continue
            number, reply_by = letter.issued.number, letter.issued.reply_by
            if letter.unreceived:
                note = _NUMBER.fill(number=number)
                yield replace(row, section="unreceived", holders=letter.unreceived, on=letter.on, note=note)
            if reply_by is not None and reply_by < self._as_of and answers and not answered:
                late = self._workdays.between(reply_by, self._as_of)
                note = _REPLY_BY.fill(number=number, on=say_day(reply_by))
                yield replace(row, section="unanswered", holders=letter.issued.to, on=reply_by, late=late, note=note)

    def _step(self, item: ItemState, step: Step, row: DispatchRow, facts: Facts) -> Iterator[DispatchRow]:
        when = due(item, step, self._workdays, self._as_of)
        holders, unheld = self._holders(item, step, facts)
        first, on = (None, None) if when is None else (when.first, when.on)
        row = replace(row, step=step.id, title=step.title, roles=step.roles, holders=holders, first=first, on=on)
        if when is not None:
            yield from self._dated(item, step, when, row)
        if step.opinion is not None:
            yield replace(row, section="gates")
        if unheld:
            yield replace(row, section="unowned", note=_NOBODY.fill(role=self._labels.get(unheld, Text.same(unheld))))

    def _dated(self, item: ItemState, step: Step, when: DueDay, row: DispatchRow) -> Iterator[DispatchRow]:
        if is_overdue(item, step, when, self._as_of):
            late = self._workdays.between(when.on, self._as_of)
            yield replace(row, section="overdue", late=late, note=_LATE.fill(count=late))
        elif self._as_of <= when.on <= self._next_on and not step.optional and not item.suspended:
            yield replace(row, section="due")
        if when.first != when.on:
            yield replace(row, section="extended", note=_EXTENDED.fill(on=say_day(when.on), first=say_day(when.first)))
        if when.provisional:
            yield replace(row, section="provisional", note=when.because)
        if self._published is not None:
            published = due(item, step, self._published, self._as_of)
            if published is not None and published.on != when.on:
                yield replace(row, section="moved", note=_MOVED.fill(on=say_day(published.on)))

    def _holders(self, item: ItemState, step: Step, facts: Facts) -> tuple[tuple[str, ...], str | None]:
        """Who has a step to do, and a role that nobody holds."""
        names: list[str] = []
        unheld = None
        for role in step.roles:
            bodies = self._office.holders(role, facts)
            named = [self._office.bodies[body].title.zh for body in bodies]
            if not named:
                done = item.unit_days.get(step.id, {})
                units = [unit for unit in item.units if unit not in done]
                named = [unit for unit in units if (of := self._office.unit_of(key_of(unit))) and role in of.holds]
            if not named:
                unheld = role
            names += named
        return tuple(dict.fromkeys(names)), unheld

    def _failures(self, item: ItemState) -> Text | None:
        count = sum(item.failures.values())
        return _FAILED.fill(count=count) if count else None


def _late_entry(item: ItemState, act: Act) -> DispatchRow:
    written = day_of(act.at)
    note = _LATE_ENTRY.fill(seq=act.seq, on=say_day(act.on), written=say_day(written), reason=act.late or "")
    return DispatchRow("late", item.id, item.opened.unit, on=act.on, note=note)


def _reused(one: ItemState, shared: Mapping[str, Sequence[str]]) -> Iterator[DispatchRow]:
    """Papers that are evidence in an item that goes on, and in another."""
    for sha256 in sorted(one.evidence.keys() & shared.keys()):
        others = [item for item in shared[sha256] if item != one.id]
        paper = one.evidence[sha256]
        note = _REUSED.fill(name=paper.name, others="、".join(others))
        yield DispatchRow("reused", one.id, one.opened.unit, on=paper.got, note=note)
