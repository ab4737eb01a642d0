"""A ledger of reform (促改台账) as people hold it: items are opened, found and carried on; nothing is ever taken away.

Long because what opens, finds and holds items together is one face.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from reformkit.assessing.weighed import Weighed
from reformkit.book import Book
from reformkit.intake.given import kind_of
from reformkit.keeping import exchange
from reformkit.keeping.line import Line
from reformkit.keeping.store import Store, local_clock
from reformkit.keeping.turn import Turn
from reformkit.ledger.item import Item, Papers, asked_of, required_day
from reformkit.ledger.overseen import Overseen
from reformkit.model.act import Issue, Opened
from reformkit.model.case import Case
from reformkit.model.office import OfficeRecord
from reformkit.model.procedure import Procedure, Procedures
from reformkit.practising import turning
from reformkit.practising.due import due
from reformkit.practising.gates import Afresh
from reformkit.practising.hand import Caller, Hand, Rules
from reformkit.practising.handing import Handed, as_evidence
from reformkit.practising.history import History, afresh_of
from reformkit.practising.item import ItemState
from reformkit.practising.lines import cases_of
from reformkit.practising.menu import is_overdue
from reformkit.practising.progress import open_steps
from reformkit.practising.progress import state as state_of
from reformkit.practising.records import Records, Writing
from reformkit.practising.states import State
from reformkit.practising.units import is_among, same_unit
from reformkit.practising.workdays import Workdays
from reformkit.problem import Problem, RefusedError, RulebookError
from reformkit.reading.duties import check_duties

PathLike = str | os.PathLike[str]
_OF_MATTER = ("unit", "responsible_unit", "region", "township", "industry")


class Ledger(Overseen):
    """A ledger at an address: `sqlite:///name.ledger`, the path of a file, or `postgresql+psycopg://…`.

    `book` says by which procedures items are carried out, `office` who holds which role. `clock` gives the moment of
    writing. For PostgreSQL `folder` says where evidence is kept; for SQLite it is beside the file. `create`: whether a
    ledger is made where none is; that happens with its first act, so what is refused leaves nothing.
    Raises `LedgerError` where it cannot be opened, `RulebookError` where the rulebook has no procedures, or the office
    does not hold their duties.

    >>> import tempfile, pathlib, reformkit as rk
    >>> where = pathlib.Path(tempfile.mkdtemp()) / "九原.ledger"
    >>> with rk.Ledger(where, rk.load(), rk.Office.example()) as ledger:
    ...     ledger.items(), ledger.verify()
    ([], [])
    """

    def __init__(
        self,
        url: PathLike,
        book: Book,
        office: OfficeRecord,
        *,
        clock: Callable[[], datetime] | None = None,
        read_only: bool = False,
        folder: PathLike | None = None,
        create: bool = True,
    ) -> None:
        if not isinstance(book, Book):
            raise TypeError(f"book is a Book (`rk.load()`), not {kind_of(book)}")
        if not isinstance(office, OfficeRecord):
            raise TypeError(f"office is an Office (`rk.Office.read(path)`), not {kind_of(office)}")
        self.book = book
        self.office = office
        workdays = Workdays(office.calendar)
        figures = book.rulebook.figures
        results = {} if figures is None else figures.results
        rules = Rules(_procedures(book, office), office, workdays, book.rulebook.role_labels, results)
        where = folder if folder is not None else office.evidence_folder
        self._store = Store(url, clock=clock, read_only=read_only, folder=where, most_mb=office.most_mb, create=create)
        self._records = Records(self._store, rules, clock or local_clock)
        self._history = History(self._records, book)
        try:
            self._records.refresh()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger. What was acknowledged is on disk."""
        self._store.close()

    # --- items -----------------------------------------------------------------------------------------

    def open(
        self,
        assessment: Weighed | None = None,
        *,
        by: str,
        on: date,
        procedure: str | None = None,
        cases: Iterable[str] = (),
        matter: Mapping[str, str] | None = None,
        evidence: Sequence[Papers] = (),
        id: str | None = None,
        late: str | None = None,
    ) -> Item:
        """Open an item: from an assessment, under the procedure for its source, or under the one that is named.

        `cases` are the ids of cases that it joins (并案; for a line and an area, theirs). `matter` says of an item
        without a case what it is about: `unit`, `responsible_unit`, `region`, `township`, `industry`, `title`; with
        an assessment, what is to be said otherwise. Raises `RefusedError` with all that stands in the way.
        """
        given = as_evidence(evidence, required_day(on))
        handed = Handed.of(given, self.today(), self._records.store.files) if given else Handed((), ())
        caller = Caller(id or str(uuid4()), str(by), on, None, late, handed.exhibits)
        said = dict(matter or {})
        linked = tuple(dict.fromkeys(str(case) for case in cases))

        def write(hand: Hand, turn: Turn) -> list[Writing]:
            chosen = self._chosen(hand, procedure, assessment)
            facts = {**({} if assessment is None else assessment.case.facts), **said}
            unit, responsible = facts.get("unit"), facts.get("responsible_unit") or facts.get("unit")
            turning.check_opening(hand, facts, unit, responsible)
            own = None if assessment is None else assessment.case.id
            if chosen is not None and own is not None:
                self._check_new(hand, own, chosen)
            elif chosen is not None and said.get("title") and unit:
                self._check_new_matter(hand, said["title"], str(unit), chosen)
            if hand.problems or chosen is None:
                raise RefusedError(hand.problems)
            series = f"{caller.on.year}-{chosen.mark}"
            number = turn.last_number(series) + 1
            hand.item = f"{series}-{number:03d}"
            entry = hand.entry(self._opened(chosen, assessment, said, linked, unit, responsible))
            self._records.keep(chosen)
            if given:
                handed.keep(self._records.store.files)
            return [Writing(entry, series, number)]

        case = None if assessment is None else assessment.case.id
        asked = asked_of("open", None, caller, {"case": case, "procedure": procedure, "cases": list(linked), **said})
        written = self._records.write(None, caller, asked, write)
        return Item(self._records, self._history, written[0].item)

    def items(
        self,
        state: State | str | None = None,
        case: str | None = None,
        overdue: bool | None = None,
        as_of: date | None = None,
        unit: str | None = None,
        number: str | None = None,
    ) -> list[Item]:
        """The items in the order in which they were opened: those in a state, of a case, overdue or not, of a unit,
        or with a letter of this number. Raises ValueError for an unknown state."""
        wanted = None if state is None else State.of(str(state))
        self._records.refresh()
        day = as_of or self._records.today()
        looks = any(word is not None for word in (wanted, overdue, as_of, unit))
        ids = self._narrowed(case, number)
        if not looks and ids is None:
            return [self._item(id) for id in self._records.ids]
        stood = (
            self._records.items(ids)
            if as_of is None
            else self._records.standing(self._records.ids if ids is None else ids, as_of)
        )
        return [
            self._item(standing.id)
            for standing in stood
            if (wanted is None or state_of(standing) is wanted)
            and (overdue is None or self._is_overdue(standing, day) is overdue)
            and (case is None or case in cases_of(standing.opened))
            and (unit is None or is_among(unit, _units_of(standing)))
            and (number is None or any(letter.issued.number == number for letter in standing.letters))
        ]

    def _narrowed(self, *words: str | None) -> list[str] | None:
        """The items, in order, with a line that says each of these words; None where no word is given."""
        said = [json.dumps(word, ensure_ascii=False) for word in words if word is not None]
        if not said:
            return None
        with self._store.reading() as pages:
            found = [set(pages.saying(word)) for word in said]
        return [id for id in self._records.ids if all(id in each for each in found)]

    def _item(self, id: str) -> Item:
        return Item(self._records, self._history, id)

    def today(self) -> date:
        """The day by its clock, in China."""
        return self._records.today()

    def cases(self) -> list[Case]:
        """The cases of its items with all that is known of them: a history for `Book.assess`."""
        self._records.refresh()
        return self._history.cases()

    def stated(self, case: Case | Mapping[str, Any]) -> Case:
        """A case with what the ledger says of it: whether another reform of its unit answers the same issue."""
        self._records.refresh()
        return self._history.stated(self.book.checker.case(case))

    def assessed(self, case: Case | Mapping[str, Any]) -> Weighed:
        """A case assessed with the ledger's own cases as its history. Raises `CaseError` for bad facts."""
        self._records.refresh()
        return self._history.assess(case, None)

    @property
    def _known_procedures(self) -> Procedures:
        """The procedures by which its items are carried out."""
        return self._records.rules.procedures

    def _line_of(self, id: str) -> Line | None:
        """The line of the act that a caller gave this id."""
        with self._store.reading() as pages:
            return pages.act(id)

    def _is_overdue(self, standing: ItemState, day: date) -> bool:
        workdays = self._records.rules.workdays
        return any(is_overdue(standing, s, due(standing, s, workdays, day), day) for s in open_steps(standing))

    # --- opening ---------------------------------------------------------------------------------------

    def _chosen(self, hand: Hand, procedure: str | None, assessment: Weighed | None) -> Procedure | None:
        """The procedure that is named, else the one for the source of the case."""
        if procedure is not None:
            return turning.chosen(hand, procedure)
        source = None if assessment is None else assessment.settled("source")
        for known in self._records.rules.procedures.procedures.values():
            if source is not None and known.source == source:
                return known
        return turning.chosen(hand, source or "")

    def _check_new(self, hand: Hand, case: str, procedure: Procedure) -> None:
        """A case has one open item under a procedure."""
        for other in self._records.items(self._narrowed(case)):
            if other.ended is None and other.procedure.id == procedure.id and case in other.cases:
                hand.refuse("RK671", case=case, item=other.id)

    def _check_new_matter(self, hand: Hand, title: str, unit: str, procedure: Procedure) -> None:
        """A matter of one unit, told apart by its title, has one open item under a procedure."""
        for other in self._records.items(self._narrowed(title)):
            same = other.opened.matter.get("title") == title and same_unit(other.opened.unit, unit)
            if other.ended is None and other.procedure.id == procedure.id and same:
                hand.refuse("RK849", title=title, unit=unit, item=other.id)

    def _opened(
        self,
        procedure: Procedure,
        assessment: Weighed | None,
        matter: Mapping[str, str],
        linked: Sequence[str],
        unit: Any,
        responsible: Any,
    ) -> Opened:
        case = None if assessment is None else assessment.case
        facts = {} if case is None else case.facts
        found = Afresh({}, _issues_of(matter)) if assessment is None else afresh_of(assessment)
        source = None if assessment is None else assessment.settled("source")
        layer = procedure.opened_as or (None if assessment is None else assessment.settled("layer"))
        said = {name: matter.get(name) or facts.get(name) for name in _OF_MATTER}
        return Opened.model_validate(
            {
                **said,
                "procedure": procedure.id,
                "text": turning.kept_text(procedure),
                "source": source or procedure.source or "case",
                "layer": layer,
                "case": None if case is None else case.to_dict(),
                "linked": linked,
                "matter": dict(matter),
                "unit": unit,
                "responsible_unit": responsible,
                "department": matter.get("department"),
                "issues": found.issues,
                "suspected": found.suspected,
                "decisions": found.decisions,
                "assessment": None if assessment is None else _digest(assessment),
            }
        )

    # --- the ledger as a whole -------------------------------------------------------------------------

    @contextmanager
    def together(self, takes_over: bool = False) -> Iterator[None]:
        """Everything that is done in the block is one transaction: where the block raises, nothing was done.

        `takes_over`: all of it was done before the ledger was there, and is marked as entered late (补录).
        """
        self._records.takes_over = takes_over
        try:
            with self._store.together():
                yield
        except BaseException:
            self._records.forget()
            self._history.forget()
            raise
        finally:
            self._records.takes_over = False

    @classmethod
    def restore(cls, path: PathLike, url: PathLike, book: Book, office: OfficeRecord, **options: Any) -> Self:
        """A ledger at a new address, made from an exported one; its folder of files is copied by hand.

        Raises `LedgerError` where the file does not verify, or the address holds acts already.
        """
        exchange.restore(path, url)
        return cls(url, book, office, **options)

    def __repr__(self) -> str:
        return f"Ledger({self._store.address.place.path!r}, {len(self._records.ids)} items)"


def _units_of(standing: ItemState) -> tuple[str, ...]:
    return (standing.opened.unit, standing.opened.responsible_unit, *standing.units)


def _procedures(book: Book, office: OfficeRecord) -> Procedures:
    procedures = book.rulebook.procedures
    if procedures is None:
        raise RulebookError([Problem("RK679", book.rulebook.place)])
    wrong = [p for p in check_duties(office, procedures, book.rulebook.role_labels) if p.severity == "error"]
    if wrong:
        raise RulebookError(wrong)
    return procedures


def _issues_of(matter: Mapping[str, str]) -> tuple[Issue, ...]:
    """The problem that an item without a case is about, where it is said."""
    said = matter.get("issue")
    return () if not said else (Issue(cause="", label=said),)


def _digest(assessment: Weighed) -> str:
    said = getattr(assessment, "receipt", None)
    receipt = said() if callable(said) else {"case": assessment.case.to_dict(), "rulebook": assessment.digest}
    return hashlib.sha256(json.dumps(receipt, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
