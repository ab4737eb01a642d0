"""A loaded rulebook with its measure library: the object that people hold.

Long because every verb that people call stands here, with what it takes, raises and gives.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from reformkit.advising.ordering import RecommendationOrder
from reformkit.assessing.assessor import Assessor, History, OnProblem, Statement
from reformkit.assessing.history import CaseCounter
from reformkit.assessing.replaying import Replay, replay
from reformkit.assessment import Assessment
from reformkit.beside import beside, refuse_existing, save
from reformkit.deciding.boxes import MOST_BOXES, TooManyBoxes
from reformkit.deciding.chain import WAYS, Way
from reformkit.deciding.shortcut import Shortcut
from reformkit.durable import engine as durable
from reformkit.extras import extra
from reformkit.files.opening import CaseFile, read_cases, read_content
from reformkit.frames.request import FrameRequest
from reformkit.intake.fixtures import Fixture, read_fixtures
from reformkit.intake.given import check_cases, check_statement
from reformkit.model.case import Case
from reformkit.model.decision import Decision
from reformkit.model.library import Library
from reformkit.model.rulebook import Rulebook
from reformkit.pages.of_cases import year_of_cases
from reformkit.pages.year import Year
from reformkit.parsing.report import Report
from reformkit.problem import CaseError, Problem, RulebookError
from reformkit.reporting.book_page import in_notebook
from reformkit.schemas.case_facts import case_schema
from reformkit.schemas.results import assessment_schema
from reformkit.session.journal import Journal
from reformkit.session.session import OnChange, Session
from reformkit.sources.contents import Content
from reformkit.sources.dump import dumped, taken_up
from reformkit.sources.fault import SourceError
from reformkit.sources.opening import unopened
from reformkit.text import Lang, languages

if TYPE_CHECKING:
    from reformkit.clusters.engines import Answers
    from reformkit.frames.answers import Frames

_LOG = logging.getLogger(__name__)
PathLike = str | os.PathLike[str]


class Book(Assessor[Assessment]):
    """A rulebook ready to decide, with the library that advises; `problems` holds its warnings."""

    def __init__(
        self,
        rulebook: Rulebook,
        library: Library | None = None,
        problems: Sequence[Problem] = (),
        order: RecommendationOrder | None = None,
    ) -> None:
        super().__init__(Assessment, rulebook, library, problems, order)
        self.read_again: Callable[[], Book] | None = None  # said by whoever read it

    def reloaded(self) -> Book:
        """The rulebook as it is now, read from where this one was read: a new book; this one stays as it is.

        Raises `RulebookError` where what is there now cannot be used, ValueError where the book was made in Python,
        from a dump or in another process and was read from nowhere.

        >>> from reformkit import load
        >>> book = load()
        >>> book.reloaded().digest == book.digest
        True
        """
        if self.read_again is None:
            raise ValueError(
                "this book was read from nowhere: it was made in Python, from a dump, or in another process"
            )
        return self.read_again()

    def with_order(self, order: RecommendationOrder | None) -> Book:
        """A book that gives recommendations in this order, everything else alike; this one stays as it is.

        The order holds by every way in: `assess`, `assess_many`, sessions, frames, papers, letters; receipts name it. None
        is the order of the library. Raises TypeError for what is no order.

        >>> from reformkit import RecommendationOrder, load
        >>> book = load().with_order(RecommendationOrder("by-id", key=lambda r: r.measure.id))
        >>> book.assess({"id": "X-1", "causes": ["institution.asset_rules"]}).receipt()["order"]
        'by-id'
        """
        if order is not None and not isinstance(order, RecommendationOrder):
            raise TypeError(f"with_order() takes a RecommendationOrder or None, not {type(order).__name__}")
        book = Book(self.rulebook, self.library, self.problems, order)
        read_again = self.read_again
        if read_again is not None:
            book.read_again = lambda: read_again().with_order(order)
        return book

    def to_json(self) -> str:
        """The rulebook and its library as one JSON text, to be kept where there are no files; `from_json` takes it up."""
        return dumped(self.rulebook, self.library)

    @classmethod
    def from_json(cls, text: str | bytes) -> Book:
        """The book that `to_json` wrote, with the same digests in all its parts.

        Raises `RulebookError` for what is no such text, is of a newer reformkit, or was changed since.

        >>> from reformkit import load
        >>> book = load()
        >>> Book.from_json(book.to_json()).digests == book.digests
        True
        """
        try:
            return cls(*taken_up(text))
        except SourceError as error:
            raise RulebookError([unopened(error, "")]) from None

    @cached_property
    def _shortcuts(self) -> dict[str, Shortcut]:
        return {name: self.chain.shortcut(name) for name in self.rulebook.decisions}

    def uncompiled(self) -> list[Problem]:
        """The rules that have too many alternatives to compile."""
        problems = []
        for name in self.rulebook.decisions:
            try:
                self.chain.table(name, None)
            except TooManyBoxes as error:
                values = {"rule": error.rule.id, "most": MOST_BOXES}
                problems.append(Problem("RK212", error.rule.place, values, decision=name, rule=error.rule.id))
        return problems

    # --- cases -----------------------------------------------------------------------------------------

    def read_cases(self, source: PathLike | Content, *, name: str | None = None) -> list[Case]:
        """The cases of a file (.yaml .json .jsonl .csv .xlsx .parquet), all of them good.

        With a `name`, whose ending says the kind, what is given is not a path but the content: a text, bytes or a
        stream. As a file they may be stated in ids or labels; what a program hands to `assess` is canonical.
        Raises `CaseError` with every problem; `read_case_file` gives the good ones beside the problems.

        >>> from reformkit import load
        >>> [case.to_dict() for case in load().read_cases("编号,处置形态\\nX-1,第四种形态\\n", name="cases.csv")]
        [{'id': 'X-1', 'form': 'fourth'}]
        """
        file = self.read_case_file(source, name=name)
        if any(p.severity == "error" for p in file.problems):
            raise CaseError(file.problems)
        return file.cases

    def read_case_file(
        self, source: PathLike | Content, *, name: str | None = None, all_warnings: bool = False
    ) -> CaseFile:
        """The good cases of a file, and what is wrong with the others; a good one that contradicts itself is said too.

        `source` and `name` as in `read_cases`. Of warnings the first 200 are given, or all of them.
        """
        if isinstance(source, os.PathLike) or (isinstance(source, str) and name is None):
            file = read_cases(source, self.rulebook, all_warnings=all_warnings)
        else:
            file = read_content(source, name, self.rulebook, all_warnings=all_warnings)
        cases = [self.checker.case(case, is_read=True) for case in file.cases]
        _LOG.info("%d cases read, %d left out, %d problems", len(cases), len(file.unread), len(file.problems))
        return CaseFile(cases, [*file.problems, *self.contradicted(cases)], file.whole, file.unread)

    # --- deciding --------------------------------------------------------------------------------------

    def decide(self, decision: str, facts: Statement, as_of: date | None = None, by: Way = "compiled") -> Decision:
        """One decision; earlier ones that it builds on are taken first, unless their outcome is stated.

        `by="meaning"` asks the slow reference instead of the compiled tables, `by="durable"` durable-rules;
        the answers are the same.
        Raises KeyError for a decision that the rulebook does not have, `CaseError` for facts that cannot
        be taken, ValueError for another `by`, ImportError where durable-rules is asked for and not there.

        >>> from reformkit import load
        >>> d = load().decide("startup", {"origin": "filed_case", "authority_level": "city", "form": "fourth"})
        >>> d.outcome, d.rule
        ('start', 'STA-C1')
        """
        if type(facts) is not dict:  # spared where it costs as much as deciding
            check_statement(facts)
        if as_of is None and by == "compiled" and isinstance(decision, str):
            shortcut = self._shortcuts.get(decision)
            if shortcut is not None and (at_once := shortcut(facts)) is not None:
                return at_once
        self._must_have(decision)
        _check_day(as_of)
        if by not in WAYS:
            raise ValueError(f"by must be one of {', '.join(WAYS)}, not {by!r}")
        return self.chain.decide(decision, self.checker.facts(facts), as_of, by)

    def assess(
        self,
        case: Statement,
        history: History | None = None,
        as_of: date | None = None,
        letter_on: date | None = None,
    ) -> Assessment:
        """Every decision for one case, with causes and recommended measures.

        `history` are the cases that signals count over, or a counter that `counter` made of them once; without it
        they are unknown, unless the case states them. `as_of` is the day of judging,
        whose rules apply (otherwise that which the case states, or the case's own date); `letter_on` the day of the
        letter, whose law the measures cite (otherwise the same). Raises `CaseError` for facts that cannot be taken,
        ValueError for a counter of another rulebook.

        >>> from reformkit import load
        >>> a = load().assess({"id": "X-1", "origin": "filed_case", "authority_level": "county",
        ...                    "stage": "under_investigation", "coordinator_gate": "passed"})
        >>> a.startup.outcome
        'start'
        """
        _check_day(as_of)
        _check_day(letter_on, "letter_on")
        check_statement(case)
        _check_history(history)
        return super().assess(case, history, as_of, letter_on)

    @overload
    def assess_many(
        self,
        cases: Iterable[Statement],
        history: History | None = None,
        as_of: date | None = None,
        letter_on: date | None = None,
        on_problem: Literal["raise"] = "raise",
    ) -> Iterator[Assessment]: ...

    @overload
    def assess_many(
        self,
        cases: Iterable[Statement],
        history: History | None = None,
        as_of: date | None = None,
        letter_on: date | None = None,
        *,
        on_problem: Literal["mark"],
    ) -> Iterator[Assessment | CaseError]: ...

    def assess_many(
        self,
        cases: Iterable[Statement],
        history: History | None = None,
        as_of: date | None = None,
        letter_on: date | None = None,
        on_problem: OnProblem = "raise",
    ) -> Iterator[Assessment | CaseError]:
        """`assess` for one case after another, with the history prepared once.

        The first case that cannot be taken raises its `CaseError`; with `on_problem="mark"` the error stands in the
        place of its assessment, and what follows is assessed. A history with such a case raises either way, unless
        it is a counter that left it out.

        >>> from reformkit import load
        >>> cases = [{"id": "X-1", "form": "fifth"}, {"id": "X-2", "form": "fourth"}]
        >>> [type(given).__name__ for given in load().assess_many(cases, on_problem="mark")]
        ['CaseError', 'Assessment']
        """
        _check_day(as_of)
        _check_day(letter_on, "letter_on")
        check_cases(cases, "cases")
        _check_history(history)
        _check_on_problem(on_problem)
        if on_problem == "mark":
            return self.each_assessed(cases, history, as_of, letter_on)
        return super().assess_many(cases, history, as_of, letter_on)

    def counter(
        self, history: Iterable[Statement], as_of: date | None = None, on_problem: OnProblem = "raise"
    ) -> CaseCounter:
        """A history prepared once, for `assess` and `assess_many`; threads may share it.

        Raises `CaseError` with every fault of every case, each named by its number and id: one without an id, or with
        the id of another, is one. With `on_problem="mark"` such cases are left out, and `problems` says why.

        >>> from reformkit import load
        >>> book = load()
        >>> history = book.counter([{"id": "X-1", "form": "fourth"}, {"form": "fourth"}], on_problem="mark")
        >>> len(history), [str(problem.place) for problem in history.problems]
        (1, ['<history>:2:1'])
        """
        _check_day(as_of)
        check_cases(history, "history")
        _check_on_problem(on_problem)
        return super().counter(history, as_of, on_problem)

    def session(
        self,
        by: Way | None = None,
        as_of: date | None = None,
        journal: PathLike | None = None,
        on_change: OnChange | None = None,
        fsync: bool = True,
        letter_on: date | None = None,
    ) -> Session[Assessment]:
        """A session that hears facts of cases one at a time and says what each changes.

        `by="durable"` decides on durable-rules, `by="compiled"` on the compiled tables; the answers are the same.
        Without `by`, durable-rules is used where it can be imported.
        `as_of` and `letter_on` hold for every case, as in `assess`. `journal` is a file that keeps every telling, and from which
        a lost session is taken up again; with `fsync=False` a crash of the machine may cost the last tellings.
        `on_change` is called with each `Change`. Raises ImportError, in words, where durable-rules is asked for
        and cannot be imported, `CaseError` for a journal that is corrupt or in use.

        >>> from reformkit import load
        >>> s = load().session(by="compiled")
        >>> told = s.tell("X-1", origin="filed_case", authority_level="city", form="fourth")
        >>> [c.outcome for c in told if c.decision == "startup"]
        ['start']
        """
        _check_day(as_of)
        _check_day(letter_on, "letter_on")
        if by is None:
            by = "durable" if durable.is_there() else "compiled"
        if by not in WAYS:
            raise ValueError(f"by must be one of {', '.join(WAYS)}, not {by!r}")
        if by == "durable":
            durable.engine()
        kept = None if journal is None else Journal(journal, self, as_of, fsync, letter_on)
        try:
            return Session(self, by, as_of, kept, on_change, letter_on)
        except BaseException:
            if kept is not None:
                kept.close()
            raise

    # --- many cases ------------------------------------------------------------------------------------

    def year(
        self,
        cases: Iterable[Statement] | CaseFile,
        year: int | str | None = None,
        history: Iterable[Statement] = (),
        as_of: date | None = None,
    ) -> Year:
        """What the cases of a year come to together: a `Year`, to `explain()`, `save("年度.docx")`, `to_dict()`.

        The cases count for each other, and with `history`. Those of another year than `year` are left out and named;
        without it they must be of one. Given the `CaseFile` of `read_case_file`, those that could not be read are
        named too. Raises ValueError where the year is not clear or has no case, `CaseError` for facts that cannot be
        taken.

        >>> from reformkit import load
        >>> year = load().year([{"id": "X-1", "origin": "filed_case", "decided_on": "2022-03-01"}])
        >>> year.year, year.table("layers")["all"][0]
        (2022, 1)
        """
        _check_day(as_of)
        unread = cases.unread if isinstance(cases, CaseFile) else ()
        own = list(cases.cases if isinstance(cases, CaseFile) else cases)
        check_cases(own, "cases")
        others = list(history)
        check_cases(others, "history")
        checked, counted = ([self.checker.case(case) for case in some] for some in (own, others))
        return year_of_cases(self, checked, year, counted, unread, as_of)

    # --- frames ----------------------------------------------------------------------------------------

    def decide_frame(
        self,
        decision: str,
        frame: Any,
        as_of: date | None = None,
        needs: bool = False,
        on_problem: OnProblem = "mark",
    ) -> Any:
        """One decision for every row of a frame: its columns, then `<decision>`, `_rule`, `_status` (and `_needs`).

        Takes Polars, pandas and Arrow frames (docs/columns.md), Dask and Spark DataFrames (docs/clusters.md), and
        gives the same kind back. Columns are named
        by facts, their values are canonical, null is unknown; other columns are passed through. `as_of` holds
        for every row, otherwise each row's own date does. A row with a bad value has the status `problem`
        (`check_frame` says what is wrong); `on_problem="raise"` raises `CaseError` instead. Raises KeyError for
        a decision that the rulebook does not have, ImportError without the extra `frames`.

        >>> import polars as pl
        >>> from reformkit import load
        >>> cases = pl.DataFrame({"origin": "filed_case", "authority_level": "city", "form": ["fourth", "second"]})
        >>> load().decide_frame("startup", cases)["startup_status"].to_list()
        ['decided', 'undetermined']
        """
        _check_day(as_of)
        return self._answering(frame).decide(decision, frame, as_of, needs, on_problem)

    def assess_frame(
        self,
        frame: Any,
        history: Any = None,
        as_of: date | None = None,
        *,
        needs: bool = True,
        counted: bool = False,
        texts: bool = False,
        lang: Lang = "zh",
        on_problem: OnProblem = "mark",
        letter_on: date | None = None,
    ) -> Any:
        """`assess` for every row of a frame: its columns, then those of every decision as `decide_frame` has them.

        After these: `causes_found`, `causes_suspected`, `weak_points`, `measures`, `measures_also`,
        `measures_suspected`, `uncovered` and `needs`, each a list of ids. `history` is a frame of any kind, or
        "self": then the value of each signal is a column too, and with `counted` the ids of the cases that were
        counted and left out. `texts` adds the suggestions in full, in the order of `measures`. The rest is as in
        `decide_frame`.

        >>> import polars as pl
        >>> from reformkit import load
        >>> cases = pl.DataFrame({"origin": "filed_case", "authority_level": "city", "form": "fourth",
        ...                       "causes": [["institution.asset_rules"]]})
        >>> load().assess_frame(cases)["measures"].to_list()
        [['IN-06']]
        """
        _check_day(as_of)
        _check_day(letter_on, "letter_on")
        asked = FrameRequest(as_of, needs, counted, texts, lang, on_problem, letter_on)
        return self._answering(frame).assess(frame, history, asked)

    def check_frame(self, frame: Any, history: Any = None) -> Any:
        """What is wrong with a frame: a row for each bad value, as the same kind of frame, warnings among them.

        With the `history` of `assess_frame` also the ids by which rows are counted: each has one, and has it alone.
        Its columns: `row` (from 0; null for a column that is not used), `column`, `value`, `code`, `severity`,
        `message` and `fix` in Chinese, `message_en` and `fix_en`.
        """
        return self._answering(frame).check(frame, history)

    def _answering(self, frame: Any) -> Answers:
        """What answers for a frame, by the engine that it belongs to."""
        frames = self._frames
        from reformkit.clusters.engines import answering  # noqa: PLC0415

        return answering(frames, frame)

    @cached_property
    def _frames(self) -> Frames:
        try:
            from reformkit.frames.answers import Frames  # noqa: PLC0415
        except ImportError as error:
            raise ImportError(f"frames need more packages: pip install 'reformkit[frames]' ({error})") from error
        return Frames(self)

    # --- schemas ---------------------------------------------------------------------------------------

    def case_schema(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON Schema (2020-12) of a case as a program sends it, with labels and questions in one language.

        What it takes, `assess` takes, and the other way round; its `$comment` names the few things that no schema
        can say.

        >>> from reformkit import load
        >>> load().case_schema("en")["properties"]["form_provisional"]["anyOf"]
        [{'type': 'boolean'}, {'type': 'null'}]
        """
        (language,) = languages(lang)
        return case_schema(self.rulebook, language)

    def assessment_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) of what `Assessment.to_dict` gives, in either language or both."""
        return assessment_schema()

    # --- fixtures --------------------------------------------------------------------------------------

    def read_fixtures(self, path: PathLike) -> tuple[list[Fixture], list[Problem]]:
        """The fixtures of a `*.cases.yaml` file, and what is wrong with the others."""
        return read_fixtures(path, self.rulebook, None if self.library is None else self.library.measures)

    def assess_fixture(self, fixture: Fixture) -> Assessment:
        """Assess the case of a fixture on its day, with its other cases."""
        return self.assess(fixture.case, fixture.history, fixture.as_of, fixture.letter_on)

    # --- workbooks -------------------------------------------------------------------------------------

    def export_workbook(self, path: PathLike, lang: Lang = "zh", *, overwrite: bool = False) -> None:
        """Write the rulebook as a workbook for people: a sheet a decision, parameters, causes, measures.

        `reformkit.import_workbook` takes it back. Raises FileExistsError for a file that is there, which may hold changes
        of people, unless `overwrite` says that it may go; `MissingExtra` without the extra `excel`, OSError where the
        file cannot be written, ValueError for another language.
        """
        languages(lang)
        refuse_existing(Path(path), overwrite)
        with extra("excel"):
            from reformkit.workbook.rules_out import write_rules  # noqa: PLC0415
        from reformkit.grid.plans import plans  # noqa: PLC0415 (few who assess want it)

        made = list(plans(self.rulebook, self.library, lang))
        with beside(Path(path)) as file:
            write_rules(file, made, self.rulebook.name, self.rulebook.version, self.digest, lang)

    def _must_have(self, decision: str) -> None:
        if not isinstance(decision, str) or decision not in self.rulebook.decisions:
            raise KeyError(f"no decision {decision!r}; there are: {', '.join(self.rulebook.decisions)}")

    # --- models of other tools -------------------------------------------------------------------------

    def export_dmn(
        self,
        decision: str,
        path: PathLike,
        as_of: date | None = None,
        lang: Lang = "zh",
        *,
        overwrite: bool = False,
    ) -> None:
        """Write one decision of one day (None: the last state of the rules) as a DMN 1.3 model; `load` reads it again.

        The two agree on cases of which every fact is known (docs/dmn.md). Raises KeyError for a decision that is not there,
        FileExistsError as `export_workbook` does, `RulebookError` where DMN cannot say it, OSError where the file cannot
        be written.
        """
        from reformkit.dmn.export import dmn_of  # noqa: PLC0415 (few who assess want it)

        self._must_have(decision)
        refuse_existing(Path(path), overwrite)
        report = Report()
        data = dmn_of(self.rulebook, decision, as_of, languages(lang)[0], report)
        if data is None:
            raise RulebookError(report.problems())
        save(Path(path), data)

    # --- receipts --------------------------------------------------------------------------------------

    def replay(self, receipt: Mapping[str, Any]) -> Replay:
        """What no longer holds of a receipt: `digest`, `facts`, `day`, the names of decisions, `measures`; empty if all holds.

        What comes back is a list that also tells a change of the rulebook (`parts`) from conclusions that have
        changed (`conclusions`) and those that stood (`stood`). What it states and the rulebook no longer knows is told
        (`retired`) and counts as unknown. Receipts of reformkit 0.1 are taken, too.
        Raises `CaseError` where its facts cannot be taken for another reason, ValueError where it is not a receipt.

        >>> from reformkit import load
        >>> book = load()
        >>> again = book.replay(book.assess({"id": "X-1", "form": "fourth"}).receipt())
        >>> again, "startup" in again.stood
        ([], True)
        """
        return replay(self, receipt)

    def __reduce__(self) -> tuple[Any, ...]:
        """A book is sent to another process as what it was made of, and compiled there."""
        return Book, (self.rulebook, self.library, self.problems, self.recommendation_order)

    def _repr_html_(self) -> str:
        """What a notebook shows: the decisions with their rules, and the measures."""
        return in_notebook(self.rulebook, self.library, self.digest, len(self.problems))

    def __repr__(self) -> str:
        return f"Book({self.rulebook.name!r}, {len(self.rulebook.decisions)} decisions)"


def _check_day(day: object, name: str = "as_of") -> None:
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        raise TypeError(f"{name} is a datetime.date or None, not {type(day).__name__}")


def _check_history(history: object) -> None:
    if history is not None and not isinstance(history, CaseCounter):
        check_cases(history, "history")


def _check_on_problem(on_problem: object) -> None:
    if on_problem not in ("mark", "raise"):
        raise ValueError(f"on_problem must be mark or raise, not {on_problem!r}")
