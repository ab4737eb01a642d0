"""The cases of a ledger as a history, and a case assessed afresh with it as facts become known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reformkit.assessing.assessor import Assessor
from reformkit.assessing.history import CaseCounter, LiveCaseCounter
from reformkit.assessing.weighed import Weighed
from reformkit.keeping.line import Line
from reformkit.model.case import Case
from reformkit.parsing.tree import collector_at_rest
from reformkit.practising.fold import fold
from reformkit.practising.gates import Afresh
from reformkit.practising.item import ItemState
from reformkit.practising.lines import act_of
from reformkit.practising.records import Records
from reformkit.practising.suggesting import issues_of
from reformkit.reading.keys import key_of

SAME_ISSUE = "open_reform_same_issue"
"""The fact that says whether another reform of the unit answers the same issue."""

_TELLING = ("opened", "fact", "opinion", "corrected")
"""The kinds of acts that may say something of a case."""


@dataclass(frozen=True, slots=True)
class ItemCases:
    """What was told of the cases of an item. `own`: it follows the procedure of a source, so the case is its own."""

    unit: str
    own: bool
    cases: Mapping[str, Mapping[str, Any]]
    causes: frozenset[str]

    @classmethod
    def of(cls, state: ItemState) -> ItemCases:
        """The same of an item's state; of the acts that make it, only those that tell something need be there."""
        causes = frozenset(issue.cause for issue in state.issues)
        return cls(key_of(state.opened.unit or ""), state.procedure.source is not None, state.cases, causes)


@dataclass(slots=True)
class History:
    """The cases of the items of a ledger, counted over.

    Only the acts that say something of a case are read for it.
    """

    records: Records
    book: Assessor[Weighed]
    _told: dict[str, ItemCases] = field(default_factory=dict)
    _seq: int = 0
    _items: dict[str, dict[str, None]] = field(default_factory=dict)  # of each case, in the order of their opening
    _cases: dict[str, Case] = field(default_factory=dict)
    _stale: dict[str, None] = field(default_factory=dict)  # cases of which more has been told
    _uncounted: dict[str, None] = field(default_factory=dict)
    _live: LiveCaseCounter | None = None
    _still: tuple[date | None, CaseCounter] | None = None

    def told(self) -> Mapping[str, ItemCases]:
        """Each item with its cases and what was found in them."""
        end = self.records.seq or 0
        if end > self._seq:
            lines = self.records.store.lines(after=self._seq, until=end, kinds=_TELLING)
            fresh: dict[str, list[Line]] = {}
            with collector_at_rest():
                for line in lines:
                    fresh.setdefault(line.item, []).append(line)
                for item, new in fresh.items():
                    before = self._told.get(item)
                    own = new if before is None else self.records.store.lines(item=item, until=end, kinds=_TELLING)
                    self._take(item, ItemCases.of(fold(map(act_of, own), self.records.procedure)), before)
            self._seq = end
        return self._told

    def _take(self, item: str, now: ItemCases, before: ItemCases | None) -> None:
        self._told[item] = now
        for id, facts in now.cases.items():
            if before is None or before.cases.get(id) != facts:
                self._items.setdefault(id, {})[item] = None
                self._stale[id] = None

    def forget(self) -> None:
        """Know nothing any more: what was read has not come to stand in the ledger."""
        for one in (self._told, self._items, self._cases, self._stale, self._uncounted):
            one.clear()
        self._seq, self._live, self._still = 0, None, None

    def cases(self) -> list[Case]:
        """Each case that an item was opened for, once, with all that has been told of it."""
        self.told()
        with collector_at_rest():
            for id in list(self._stale):
                self._cases[id] = self.book.checker.case({"id": id, **self._facts_of(id)})
                self._uncounted[id] = None
                del self._stale[id]
                self._still = None
        return list(self._cases.values())

    def _facts_of(self, case: str) -> dict[str, Any]:
        """All that has been told of a case: its own item goes before those that joined it."""
        found: dict[str, Any] | None = None
        for item in self._items[case]:
            told = self._told[item]
            if found is None or told.own:
                found = (found or {}) | _known(told.cases[case])
        return found or {}

    def stated(self, case: Case, item: str | None = None) -> Case:
        """A case with what the ledger says of it: whether another open item of its unit answers one of its causes."""
        if SAME_ISSUE not in self.book.rulebook.vocabulary.case_fields or SAME_ISSUE in case.facts:
            return case
        unit, causes = case.facts.get("unit"), {finding.cause for finding in case.findings or ()}
        if unit is None or not causes:
            return case
        whose = key_of(unit)
        shared = any(
            self.records.item(id).ended is None
            for id, told in self.told().items()
            if told.unit == whose and id != item and case.id not in told.cases and causes & told.causes
        )
        facts: Mapping[str, Any] = {**case.facts, SAME_ISSUE: shared}
        return self.book.checker.case({**case.to_dict(), **facts})

    def assess(self, case: Case | Mapping[str, Any], as_of: date | None, item: str | None = None) -> Weighed:
        """A case assessed with the ledger's own cases as its history. Raises `CaseError` for bad facts."""
        checked = self.stated(self.book.checker.case(case), item)
        return self.book.counted(checked, self._counting(as_of), as_of)

    def afresh(self, state: ItemState, case: str, facts: Mapping[str, Any], as_of: date) -> Afresh:
        """What an item's own case comes to with more facts; what it came to before, where they are another's."""
        own = state.opened.case
        if own is None or own["id"] != case:
            return Afresh({}, state.issues, state.suspected)
        weighed = self.assess({"id": case, **_known(state.cases[case] | dict(facts))}, as_of, state.id)
        return afresh_of(weighed)

    def _counting(self, as_of: date | None) -> CaseCounter | LiveCaseCounter:
        cases = self.cases()
        self._live = self._live or self.book.live_counter()
        if self._live is not None:
            for id in list(self._uncounted):
                self._live.put(self._cases[id])
                del self._uncounted[id]
            return self._live
        if self._still is None or self._still[0] != as_of:
            self._still = as_of, self.book.counter(cases, as_of)
        return self._still[1]


def afresh_of(weighed: Weighed) -> Afresh:
    """What an item keeps of an assessment."""
    suspected = [cause.cause for cause in weighed.causes if cause.certainty == "suspected"]
    tables = weighed.book.rulebook.decisions
    decisions = {name: d.outcome for name, d in weighed.decisions.items() if tables[name].hit != "collect"}
    return Afresh(decisions, issues_of(weighed), tuple(suspected))


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}
