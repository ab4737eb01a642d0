"""A session: facts of many cases told one at a time; after each it says what changed.

Long because one lock holds it together: what is told, what stands, what is kept, what is handed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from threading import RLock
from types import TracebackType
from typing import Any, Generic

from reformkit.assessing.assessor import Assessor, W_co
from reformkit.assessing.questions import needs
from reformkit.deciding.chain import Way
from reformkit.deciding.live_signals import LiveSignals
from reformkit.deciding.signals import Count
from reformkit.deciding.stands import Stand
from reformkit.intake.given import check_facts
from reformkit.intake.identifying import clash, id_problem
from reformkit.model.case import Case
from reformkit.model.decision import Need
from reformkit.model.telling import Telling
from reformkit.problem import CaseError, Place, Problem
from reformkit.reading.keys import key_of
from reformkit.session.change import Change
from reformkit.session.comparing import Comparing
from reformkit.session.journal import Journal
from reformkit.text import Text

OnChange = Callable[[Change], object]


class Session(Generic[W_co]):
    """Hears facts of cases as they come and says what each changes.

    What was told last holds. At any time it equals `book.assess` of a case with its `as_of` and `letter_on`, and with
    every case told as history. `problems` is what there is to say of the journal from which it was restored.
    Made by `Book.session`; it may be used by several threads, and as a context manager. `on_change` is called when
    all is taken up and kept; it may tell more, others may read meanwhile, and
    what it raises reaches whoever told. Where several threads tell, it may be called in each at once.

    >>> import reformkit
    >>> with reformkit.load().session(by="compiled") as s:
    ...     changes = s.tell("X-1", origin="filed_case", authority_level="city", form="second")
    ...     s["X-1"].startup.status, s.next_question("X-1").fact
    ...     [(c.decision, c.outcome, c.rule) for c in s.tell("X-1", form="fourth") if c.decision == "startup"]
    ('undetermined', 'coordinator_gate')
    [('startup', 'start', 'STA-C1')]
    """

    by: Way
    as_of: date | None
    letter_on: date | None
    problems: tuple[Problem, ...]

    def __init__(
        self,
        book: Assessor[W_co],
        by: Way = "durable",
        as_of: date | None = None,
        journal: Journal | None = None,
        on_change: OnChange | None = None,
        letter_on: date | None = None,
    ) -> None:
        self.book = book
        self.by = by
        self.as_of = as_of
        self.letter_on = letter_on
        self._on_change = on_change
        self._told: dict[str, dict[str, Any]] = {}
        self._cases: dict[str, Case] = {}
        self._stands: dict[str, Stand] = {}
        self._ids: dict[str, str] = {}  # as they are compared, and as they were told
        self._signals = LiveSignals(book.rulebook)
        self._changes: list[Change] = []
        self._number = 0
        self._open = True
        self._is_whole = True  # signals and stands are those of the cases
        self._lock = RLock()
        self._journal = journal
        self.problems = ()
        self._comparing = Comparing(book, self._signals.reads)
        if journal is not None:
            self._restore(journal)

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError(
            "a session is not pickled or copied: give it a journal and restore it from that where it is wanted"
        )

    # --- telling ---------------------------------------------------------------------------------------

    def tell(
        self, case_id: str, stated: Mapping[str, Any] | None = None, /, *, on: date | None = None, **facts: Any
    ) -> tuple[Change, ...]:
        """Facts of a case (`findings=[…]` among them), by keyword or in a dict; what they change.

        None takes a fact back, as `retract` does. `on` is the day on which it became known; it is kept and
        decides nothing. Raises `CaseError` for facts that cannot be taken; the session is then as it was.
        """
        if stated is not None:
            check_facts(stated)
        facts = {**(stated or {}), **facts}
        with self._lock:
            case_id = self._check(case_id, on)
            told = {**self._told.get(case_id, {}), **facts}
            told = {name: value for name, value in told.items() if value is not None}
            case, told = self._more(case_id, facts, told) or self._take(case_id, told)
            telling = Telling("tell", case_id, {name: told.get(name) for name in facts}, on, self._number + 1)
            changes = self._put(telling, case, told)
        return self._handed(changes)

    def retract(self, case_id: str, *facts: str, on: date | None = None) -> tuple[Change, ...]:
        """Take facts of a case back: they are unknown again. Raises KeyError for a case not told of,
        `CaseError` for a name that is no fact, TypeError without any."""
        with self._lock:
            case_id = self._known(self._check(case_id, on))
            if not facts:
                raise TypeError("name the facts to retract; forget() takes back the whole case")
            if others := [fact for fact in facts if not isinstance(fact, str)]:
                kind = type(others[0]).__name__
                raise TypeError(
                    f"retract() takes names of facts, each a str, not {kind}; of a list: retract(id, *names)"
                )
            self._check_names(case_id, facts)
            left = {name: value for name, value in self._told[case_id].items() if name not in facts}
            case, told = self._take(case_id, left)
            telling = Telling("retract", case_id, dict.fromkeys(facts), on, self._number + 1)
            changes = self._put(telling, case, told)
        return self._handed(changes)

    def forget(self, case_id: str, *, on: date | None = None) -> tuple[Change, ...]:
        """Take a whole case back: it is no longer there, nor counted. Raises KeyError for a case not told of."""
        with self._lock:
            case_id = self._known(self._check(case_id, on))
            changes = self._put(Telling("forget", case_id, {}, on, self._number + 1), None, {})
        return self._handed(changes)

    def hear(self, telling: Telling) -> tuple[Change, ...]:
        """What a line of a file tells; what it changes. Raises `CaseError`, at the line, for what cannot be taken."""
        if not isinstance(telling, Telling):
            raise TypeError(f"hear() takes a Telling, not {type(telling).__name__}; tell() takes facts")
        try:
            match telling.kind:
                case "tell":
                    return self.tell(telling.case, telling.facts, on=telling.on)
                case "retract":
                    return self.retract(telling.case, *telling.facts, on=telling.on)
                case "forget":
                    return self.forget(telling.case, on=telling.on)
        except KeyError:
            raise CaseError([Problem("RK510", telling.place, {"case": telling.case})]) from None
        except CaseError as error:
            raise CaseError(replace(problem, place=telling.place) for problem in error.problems) from None

    def changes(self) -> list[Change]:
        """The changes since this was last asked, in the order of the tellings, but for those that `on_change` was
        called with and returned. They are kept until taken."""
        with self._lock:
            taken, self._changes = self._changes, []
            return taken

    # --- reading ---------------------------------------------------------------------------------------

    def __getitem__(self, case_id: str) -> W_co:
        """The assessment of a case as it stands. Raises KeyError for a case not told of."""
        with self._lock:
            case_id = self._known(case_id)
            self._mend()
            return self._assessment(case_id, self._signals.count_later(case_id, self._lock))

    def __contains__(self, case_id: object) -> bool:
        return isinstance(case_id, str) and case_id.strip() in self._cases

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._cases))

    def __len__(self) -> int:
        return len(self._cases)

    def next_question(self, case_id: str) -> Need | None:
        """The first question worth asking of a case; None when nothing hangs on an answer.

        What it costs does not grow with the number of cases. Raises KeyError for a case not told of.
        """
        with self._lock:
            case_id = self._known(case_id)
            self._mend()
            assessment = self._assessment(case_id, self._signals.in_short(case_id))
        return next(iter(needs(assessment)), None)

    # --- closing ---------------------------------------------------------------------------------------

    def close(self) -> None:
        """End the session; what it knows can still be read, nothing can be told any more."""
        with self._lock:
            self._open = False
            if self._journal is not None:
                self._journal.close()

    def __enter__(self) -> Session[W_co]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Session({self.book.rulebook.name!r}, {len(self)} cases, by={self.by!r})"

    # --- how -------------------------------------------------------------------------------------------

    def _check(self, case_id: object, on: object) -> str:
        """The id of the case that is told of. Raises `CaseError` for one that is compared as that of another case."""
        if not self._open:
            raise ValueError("this session is closed")
        if not isinstance(case_id, str) or not case_id.strip():
            raise TypeError(f"case_id must be a non-empty str, not {case_id!r}")
        if on is not None and (not isinstance(on, date) or isinstance(on, datetime)):
            raise TypeError(f"on is a datetime.date or None, not {type(on).__name__}")
        id = case_id.strip()
        if id in self._cases:
            return id
        other = self._ids.get(key_of(id), id)
        if other != id:
            fault = clash(id, other, Text("此前告知", "an earlier telling"))
            raise CaseError([id_problem(fault, self._place(id))])
        return id

    def _place(self, case_id: str) -> Place:
        return Place(f"session, case {case_id}", self._number + 1)

    def _assessment(self, case_id: str, counts: Mapping[str, Count]) -> W_co:
        case = self._cases[case_id]
        facts, decisions = self._signals.facts(case_id, case.compared), self._stands[case_id].decisions
        return self.book.made(case, facts, decisions, self.as_of, counts, True, self.letter_on)

    def _known(self, case_id: str) -> str:
        """The id of a case that was told of."""
        id = case_id.strip()
        if id not in self._cases:
            raise KeyError(f"no case {case_id!r} was told of in this session")
        return id

    def _check_names(self, case_id: str, names: tuple[str, ...]) -> None:
        known = {*self.book.rulebook.fields, "findings"}
        if wrong := [name for name in names if name not in known]:
            self._take(case_id, dict.fromkeys(wrong, ""))  # says so as for facts that are told

    def _take(self, case_id: str, told: dict[str, Any]) -> tuple[Case, dict[str, Any]]:
        """The case that what was told makes, and what was told in the form in which it is kept."""
        place = self._place(case_id)
        try:
            if "id" in told:
                raise CaseError([Problem("RK129", place, {"word": "id", "hint": ""}, fact="id", in_python=True)])
            case = self.book.checker.case({**told, "id": case_id})
        except CaseError as error:
            raise CaseError(replace(problem, place=place) for problem in error.problems) from None
        kept = {name: case.facts.get(name, value) for name, value in told.items()}
        if "findings" in told:
            kept["findings"] = case.to_dict()["findings"]
            for field in self.book.rulebook.vocabulary.gathered.values():
                if field.name in told:  # the case has it joined with what the findings say
                    kept[field.name] = frozenset(told[field.name])
        return case, kept

    def _more(self, case_id: str, facts: Mapping[str, Any], told: dict[str, Any]) -> tuple[Case, dict[str, Any]] | None:
        """The same of a case of which some facts are told and the others stay; None where the whole is to be checked."""
        known = self._cases.get(case_id)
        if known is None or "id" in facts:
            return None
        case = self.book.checker.with_more(known, facts)
        return None if case is None else (case, {**told, **{name: case.facts[name] for name in facts if name in told}})

    def _put(self, telling: Telling, case: Case | None, told: dict[str, Any]) -> tuple[Change, ...]:
        """Let a case stand as told, and say what that changes; all of it, or nothing on an error."""
        chain, case_id = self.book.chain, telling.case
        before = self._cases.get(case_id)
        self._mend()
        self._is_whole = False
        recounts = self._signals.put(case_id, None if case is None else chain.derive(case.compared, self.as_of))
        try:
            stands: dict[str, Stand] = {}
            for other in dict.fromkeys([case_id, *recounts]):
                its_case = case if other == case_id else self._cases[other]
                if its_case is not None:
                    facts = self._signals.facts(other, its_case.compared)
                    stands[other] = chain.stand(facts, self.as_of, self.by, self._stands.get(other))
            changes = self._comparing.changes(telling, self._stands, stands, recounts)
            if self._journal is not None:
                self._journal.append(telling)
        except BaseException:
            self._signals.put(case_id, None if before is None else chain.derive(before.compared, self.as_of))
            self._is_whole = True
            raise
        self._number = telling.number
        self._stands.update(stands)
        if case is None:
            del self._told[case_id], self._cases[case_id], self._stands[case_id], self._ids[key_of(case_id)]
        else:
            self._told[case_id], self._cases[case_id] = told, case
            if before is None:
                self._ids[key_of(case_id)] = case_id
        self._is_whole = True
        if self._on_change is None:
            self._changes += changes
        return changes

    def _handed(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Call the callback with each change, when others may read the session again; what it raised at, and what
        comes after, is kept for `changes()`."""
        if self._on_change is None:
            return changes
        left = list(changes)
        try:
            while left:
                self._on_change(left[0])
                del left[0]
        finally:
            if left:
                with self._lock:
                    self._changes += left
        return changes

    def _mend(self) -> None:
        """Count and decide every case afresh, where a telling was interrupted halfway or a journal was read."""
        if self._is_whole:
            return
        chain = self.book.chain
        self._signals = LiveSignals(self.book.rulebook)
        for case_id, case in self._cases.items():
            self._signals.put(case_id, chain.derive(case.compared, self.as_of))
        self._stands = {
            case_id: chain.stand(self._signals.facts(case_id, case.compared), self.as_of, self.by)
            for case_id, case in self._cases.items()
        }
        self._is_whole = True

    def _restore(self, journal: Journal) -> None:
        """Take up what a journal has kept. Raises `CaseError` for facts that this rulebook does not take."""
        problems: list[Problem] = []
        for case_id, told in journal.told.items():
            try:
                case, kept = self._take(case_id, {name: value for name, (value, _) in told.items()})
            except CaseError as error:
                first = min((line for _, line in told.values()), default=1)
                lines = {name: line for name, (_, line) in told.items()}
                problems += [
                    replace(p, place=Place(journal.path, lines.get(p.fact or "", first))) for p in error.problems
                ]
                continue
            self._cases[case_id], self._told[case_id], self._ids[key_of(case_id)] = case, kept, case_id
        if problems:
            raise CaseError(problems)
        self._is_whole = False
        self._mend()
        journal.begin()
        self._number = journal.number
        self.problems = tuple(journal.problems)
