"""The cases that are counted: each is checked, has an id, and has it alone."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from reformkit.assessing.prepared import Prepared
from reformkit.deciding.counter import Counter
from reformkit.deciding.prepared_signal import PreparedSignal
from reformkit.deciding.signals import Count, Index, SignalFacts
from reformkit.intake.facts import Checker
from reformkit.intake.given import kind_of
from reformkit.intake.identifying import Ids, id_problem, lacking
from reformkit.model.case import Case
from reformkit.model.condition import tests
from reformkit.model.rulebook import Signal
from reformkit.model.vocabulary import Facts, Field
from reformkit.problem import NOWHERE, CaseError, Place, Problem
from reformkit.text import Text, Worded

_LOG = logging.getLogger(__name__)
_AT = Text(" {place} ", "{place}")
_CASE_AT = Text("第 {number} 件", "case {number}")


class CaseCounts(NamedTuple):
    """The signals of a case: as facts that decisions see, and in full."""

    facts: SignalFacts
    counts: Mapping[str, Count]

    @classmethod
    def of(cls, counts: Mapping[str, Count]) -> CaseCounts:
        """Counts that are worked out already."""
        return cls(SignalFacts.of(counts), counts)


class CountedCases:
    """Cases that have been checked; `ids` are those that they have."""

    def __init__(self, book: Prepared, ids: Ids) -> None:
        self._book = book
        self._ids = ids

    def check(self, case: Case) -> None:
        """Raise `CaseError` for a case whose id is compared as one of the history and written otherwise.

        A case without an id is none of the history.
        """
        fault = self._ids.other(case.id) if case.id else None
        if fault is not None:
            raise CaseError([id_problem(fault, case.place)])


class CaseCounter(CountedCases):
    """A history prepared once: it counts a rulebook's signals over cases that have been checked.

    Made by `Book.counter`, given to `assess` and `assess_many` as their history; nothing of it changes, so that threads
    may share it. `problems` says what is wrong with cases that were left out of it.
    """

    def __init__(
        self,
        book: Prepared,
        cases: Iterable[Case],
        as_of: date | None,
        ids: Ids,
        problems: Sequence[Problem] = (),
    ) -> None:
        super().__init__(book, ids)
        self.problems = tuple(problems)
        self._cases = {case.id: case for case in cases}
        self._other_day: CaseCounter | None = None
        self._as_of = as_of
        self._derived = {case.id: book.chain.derive(case.compared, as_of) for case in self._cases.values()}
        self._counter = Counter(book.signals, self._derived)
        _LOG.debug("a history of %d cases is ready to be counted over", len(self._cases))

    def counted(self, case: Case, as_of: date | None) -> CaseCounts:
        """Every signal of a checked case, what was counted named when that is read; raises `CaseError` as `check` does."""
        self.check(case)
        facts = self._facts(case, as_of)
        return CaseCounts(
            SignalFacts.of(self._counter.readings(case.id, facts)), self._counter.count_later(case.id, facts)
        )

    def in_short(self, case: Case, as_of: date | None) -> CaseCounts:
        """The same with counts that name no case: for the report of a hundred thousand cases."""
        return CaseCounts.of(self._counter.in_short(case.id, self._facts(case, as_of)))

    def _facts(self, case: Case, as_of: date | None) -> Facts:
        """What signals are asked about: the facts of a case with those that follow from them on a day of judging."""
        known = self._cases.get(case.id)
        if known is not None and known.compared is case.compared and as_of == self._as_of:
            return self._derived[case.id]
        return self._book.chain.derive(case.compared, as_of)

    def __len__(self) -> int:
        """How many cases are counted over."""
        return len(self._cases)

    def including(self, case: Case | Mapping[str, Any]) -> CaseCounter:
        """The history with one more case, or with this one in place of that of the same id; this counter stays as it is.

        It costs what the counter did, but that the other cases are not checked again. Raises `CaseError` for a case
        that cannot be taken or has no id, or whose id differs from another one's in its spelling only.

        >>> from reformkit import load
        >>> book = load()
        >>> history = book.counter([])
        >>> len(history.including({"id": "X-1"}).including({"id": "X-2"}).including({"id": "X-1"})), len(history)
        (2, 0)
        """
        ids = self._ids.copy()
        given = CasesGiven(self._book.checker, "<history>", ids)
        number = len(self) + 1
        checked = given.checked(case, number)
        if checked.id not in self._cases:
            checked = given.take(checked, number)
        cases = {**self._cases, checked.id: checked}
        return CaseCounter(self._book, cases.values(), self._as_of, ids, self.problems)

    def on(self, as_of: date | None) -> CaseCounter:
        """The same history for another day of judging: days that are counted from others hang on it."""
        if as_of == self._as_of or not hang_on_the_day(self._book.signals):
            return self
        kept = self._other_day
        if kept is None or kept._as_of != as_of:
            kept = self._other_day = CaseCounter(self._book, self._cases.values(), as_of, self._ids, self.problems)
        return kept

    def check_made_with(self, book: Prepared) -> None:
        """Raise ValueError for a counter of another rulebook."""
        if self._book is not book and self._book.digest != book.digest:
            raise ValueError("this counter was made with another rulebook; make one with book.counter(history)")

    def __reduce__(self) -> tuple[Any, ...]:
        return CaseCounter, (self._book, tuple(self._cases.values()), self._as_of, self._ids, self.problems)


class LiveCaseCounter(CountedCases):
    """The same over cases that come and change one at a time, on whatever day they are judged.

    Only for signals that ask nothing which hangs on the day of judging (`hang_on_the_day`).
    """

    # INVARIANT: `counted` gives what a `CaseCounter` over the same cases gives.

    def __init__(self, book: Prepared) -> None:
        super().__init__(book, Ids())
        self._derived: dict[str, Facts] = {}
        self._indexes = {name: Index(signal, self._derived) for name, signal in book.signals.items()}

    def put(self, case: Case) -> None:
        """Take a case up, or what is known of it now; raises `CaseError` where its id is compared as another's."""
        before = self._derived.get(case.id)
        if before is None:
            place = case.place if case.place != NOWHERE else Place("<history>", len(self._derived) + 1)
            fault = self._ids.fault(case.id, _where(place, len(self._derived) + 1))
            if fault is not None:
                raise CaseError([id_problem(fault, place)])
        facts = self._book.chain.derive(case.compared, None)
        for index in self._indexes.values():
            if before is not None:
                index.remove(case.id, before)
            index.add(case.id, facts)
        self._derived[case.id] = facts

    def counted(self, case: Case, as_of: date | None) -> CaseCounts:
        """Every signal of a checked case; raises `CaseError` as `check` does."""
        self.check(case)
        facts = self._book.chain.derive(case.compared, as_of)
        return CaseCounts.of({name: index.count(case.id, facts) for name, index in self._indexes.items()})


def hang_on_the_day(signals: Mapping[str, PreparedSignal]) -> bool:
    """Whether any of these signals asks of the cases counted what hangs on the day of judging."""
    return any(_hangs(name, prepared.fields) for prepared in signals.values() for name in _asked_by(prepared.signal))


def _asked_by(signal: Signal) -> Iterator[str]:
    yield from signal.same
    yield from (name for name in (signal.sharing, signal.distinct) if name is not None)
    yield from (test.fact for part in (signal.where, signal.share) if part is not None for test in tests(part))


def _hangs(name: str, fields: Mapping[str, Field]) -> bool:
    derived = None if name not in fields else fields[name].derived
    if derived is None:
        return False
    return derived.day is not None or (derived.source is not None and _hangs(derived.source, fields))


class CasesGiven:
    """Takes cases that are given one after another under a name such as `<history>`; of each the number is its line."""

    def __init__(self, checker: Checker, name: str, ids: Ids | None = None) -> None:
        self.ids = Ids() if ids is None else ids
        self._checker = checker
        self._name = name

    def checked(self, given: Case | Mapping[str, Any], number: int) -> Case:
        """A case that is not counted, checked; raises `CaseError` where it cannot be taken or is none."""
        if not isinstance(given, Case | Mapping):
            raise CaseError([Problem("RK855", self._place(given, number), {"kind": kind_of(given)})])
        try:
            return self._checker.case(given)
        except CaseError as error:
            raise CaseError(_placed(error.problems, self._place(given, number))) from None

    def take(self, given: Case | Mapping[str, Any], number: int) -> Case:
        """A case, checked; raises `CaseError` where it cannot be taken, lacks an id or has that of an earlier one."""
        case, place = self.checked(given, number), self._place(given, number)
        if not case.id:
            raise CaseError([lacking(place)])
        fault = self.ids.fault(case.id, _where(place, number))
        if fault is not None:
            raise CaseError([id_problem(fault, place)])
        return case

    def take_all(self, given: Iterable[Case | Mapping[str, Any]]) -> tuple[list[Case], list[Problem]]:
        """Every case that can be taken, checked, and what is wrong with the others."""
        problems: list[Problem] = []
        return list(self._good(given, problems)), problems

    def _place(self, given: Case | Mapping[str, Any], number: int) -> Place:
        return given.place if isinstance(given, Case) and given.place.path else Place(self._name, number)

    def _good(self, given: Iterable[Case | Mapping[str, Any]], problems: list[Problem]) -> Iterator[Case]:
        for number, one in enumerate(given, 1):
            try:
                yield self.take(one, number)
            except CaseError as error:
                problems += error.problems


def _placed(problems: Iterable[Problem], place: Place) -> list[Problem]:
    """Problems at a place, where they have none of their own."""
    return [replace(problem, place=place) if problem.place == NOWHERE else problem for problem in problems]


def _where(place: Place, number: int) -> Text:
    """Where a case is, as the problem of a later one says it: worded when there is one."""
    return Worded(lambda lang: _words_for(place, number).say(lang))


def _words_for(place: Place, number: int) -> Text:
    if place.path.startswith("<"):
        return _CASE_AT.fill(number=number)
    return _AT.fill(place=str(place))
