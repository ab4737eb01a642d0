"""What the staged edits do, a step after another: cases, exact regions, proofs, fixtures, mutants.

Each step is asked for by itself with the number of the staging that it is for; once that is no longer what is staged, it
is cut short and nothing comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from reformkit.comparing.case_changes import CaseChanges
from reformkit.desk.asking import Ask, NotThere, Screen, Show, address, whole_number
from reformkit.desk.desk import Desk
from reformkit.desk.regions import SaidRegion, regions_found
from reformkit.desk.staging import Clash
from reformkit.desk.tried import CASE
from reformkit.problem import Problem
from reformkit.reporting.case_changes import say_came
from reformkit.staging.apart import NotFinished, Worker
from reformkit.staging.effect import Effect
from reformkit.testing.fixtures import FixtureReport
from reformkit.testing.saying import say_mutant
from reformkit.text import Text

STEPS = ("cases", "regions", "proofs", "fixtures", "mutants")
MOST_CASES, MOST_NAMED, MOST_MUTANTS = 12, 8, 6
"""Cases, fixtures and mutants that are named; of the rest the number is told."""

BUDGET = 5_000
"""States of one proof while someone types; `reformkit check` takes four times as many."""

MANY_RULES = 120
"""Rules of a decision above which mutants are not tried while someone types: `reformkit test --mutate` tries them."""


VERY_MANY_RULES = 500
"""Rules of a decision above which another process proves it and finds its regions, where there is one: here each letter that is
typed would wait for the interpreter."""


class Overtaken(Exception):
    """Something else is staged by now."""


@dataclass(frozen=True)
class MoveRow:
    """How many cases of a decision went from one result to another."""

    title: Text
    before: Text
    after: Text
    number: int


@dataclass(frozen=True)
class CaseLink:
    """A case that comes out otherwise, and where it is tried."""

    id: str
    href: str


@dataclass(frozen=True)
class EffectStep:
    """One step. `next` is the step after it, empty after the last; what other steps have is empty."""

    name: str
    number: int
    next: str
    moves: tuple[MoveRow, ...] = ()
    changed: int = 0
    of: int = 0
    cases: tuple[CaseLink, ...] = ()
    measures: int = 0
    regions: tuple[tuple[Text, tuple[SaidRegion, ...]], ...] = ()
    more: int = 0
    not_compared: tuple[Text, ...] = ()
    problems: tuple[Problem, ...] = ()
    failing: tuple[str, ...] = ()
    newly: int = 0
    unnoticed: tuple[Text, ...] = ()
    is_partial: bool = False
    is_unfinished: bool = False
    """Whether it was given up, since it took too long."""


@dataclass(frozen=True)
class EffectCard:
    """The card that the steps are put into; `problems` keep the staged texts from being read."""

    number: int
    staged: int
    problems: tuple[Problem, ...]
    first: str
    is_clash: bool = False
    said: Text | None = None
    """Why an edit was not taken."""


@dataclass
class _Work:
    """What the steps of one staging share."""

    number: int
    effect: Effect
    fixtures: FixtureReport | None = None
    made: dict[str, EffectStep] = field(default_factory=dict)


_WORK: WeakKeyDictionary[Desk, _Work] = WeakKeyDictionary()


def effect_card(desk: Desk) -> EffectCard:
    """The card of what is staged now."""
    staging = desk.staging
    try:
        reading = desk.reading
    except Clash:
        return EffectCard(staging.number, len(staging.pieces), (), "", True)
    errors = tuple(problem for problem in reading.problems if problem.severity == "error")
    shown = reading.problems if reading.book is not None else errors
    first = STEPS[0] if staging.pieces and reading.book is not None else ""
    return EffectCard(staging.number, len(staging.pieces), tuple(shown)[:20], first)


def effect_step(desk: Desk, ask: Ask) -> EffectStep | Show:
    """One step of what a staging does. Raises `NotThere` for a step that there is none of."""
    name = ask.path["step"]
    number = whole_number(ask.path["number"])
    if name not in STEPS or number is None:
        raise NotThere
    try:
        work = _work(desk, number)
        if name not in work.made:
            work.made[name] = _MAKERS[name](desk, work, _pause(desk, number))
        return work.made[name]
    except Overtaken:
        return Show("nothing.html", None, 204)
    except NotFinished:
        return EffectStep(name, number, _after(name), is_unfinished=True)


def counted(desk: Desk) -> tuple[EffectStep, EffectStep]:
    """How many cases and fixtures the staged edits touch, for whoever saves them."""
    work = _work(desk, desk.staging.number)
    for name in ("cases", "fixtures"):
        if name not in work.made:
            work.made[name] = _MAKERS[name](desk, work, lambda: None)
    return work.made["cases"], work.made["fixtures"]


def _work(desk: Desk, number: int) -> _Work:
    if desk.staging.number != number:
        raise Overtaken
    work = _WORK.get(desk)
    if work is None or work.number != number or work.effect.before is not desk.before:
        try:
            book = desk.reading.book
        except Clash:
            book = None
        if book is None:
            raise Overtaken
        work = _WORK[desk] = _Work(number, Effect(desk.before, book))
    return work


def _pause(desk: Desk, number: int) -> Callable[[], None]:
    def pause() -> None:
        if desk.staging.number != number:
            raise Overtaken

    return pause


def _after(name: str) -> str:
    return dict(zip(STEPS, (*STEPS[1:], ""), strict=True))[name]


def _cases(desk: Desk, work: _Work, pause: Callable[[], None]) -> EffectStep:
    changes = work.effect.cases(desk.assessed, pause)
    links = (CaseLink(c.case.id, address(_home(work), {CASE: c.case.id})) for c in changes.changed[:MOST_CASES])
    return EffectStep(
        "cases",
        work.number,
        _after("cases"),
        moves=tuple(_moves(work, changes)),
        changed=sum(1 for change in changes.changed if change.decisions),
        of=changes.cases,
        cases=tuple(link for link in links if link.id),
        measures=sum(1 for change in changes.changed if change.measures_gone or change.measures_new),
        problems=tuple(changes.problems[:5]),
    )


def _home(work: _Work) -> str:
    names = work.effect.decisions
    return f"/d/{names[0]}" if names else "/"


def _moves(work: _Work, changes: CaseChanges) -> Iterable[MoveRow]:
    """Moves from result to result, the most frequent first; of decisions that collect, only how many cases changed."""
    book = work.effect.after.rulebook
    for name, counts in changes.moves.items():
        moved = Counter({pair: number for pair, number in counts.items() if pair[0] != pair[1]})
        for (before, after), number in moved.most_common(6):
            yield MoveRow(book.decisions[name].title, say_came(book, name, before), say_came(book, name, after), number)


def _regions(desk: Desk, work: _Work, pause: Callable[[], None]) -> EffectStep:
    said: list[tuple[Text, tuple[SaidRegion, ...]]] = []
    not_compared: list[Text] = []
    more = 0
    for name in work.effect.decisions:
        books = work.effect.before.rulebook, work.effect.after.rulebook
        worker = _worker(desk, work, name)
        found = regions_found(pause, *books, name) if worker is None else worker.run(pause, regions_found, *books, name)
        not_compared += found.not_compared
        said += found.said
        more += found.more
    return EffectStep(
        "regions", work.number, _after("regions"), regions=tuple(said), more=more, not_compared=tuple(not_compared)
    )


def _worker(desk: Desk, work: _Work, decision: str) -> Worker | None:
    """Who looks into a decision: the desk's worker where it has very many rules, else whoever asks."""
    rules = work.effect.after.rulebook.decisions[decision].rules
    return desk.worker if len(rules) > VERY_MANY_RULES else None


def _proofs(desk: Desk, work: _Work, pause: Callable[[], None]) -> EffectStep:
    staged = desk.reading.staged
    problems: list[Problem] = []
    for name in work.effect.after.rulebook.decisions:  # what has not changed is remembered
        problems += staged.proofs(name, BUDGET, pause, _worker(desk, work, name))
    problems = [problem for problem in problems if problem.severity != "note" or problem.code == "RK308"]
    return EffectStep("proofs", work.number, _after("proofs"), problems=tuple(problems[:20]))


def _fixtures(desk: Desk, work: _Work, pause: Callable[[], None]) -> EffectStep:
    before = desk.ran
    work.fixtures = report = work.effect.fixtures(before.results, pause)
    failed_before = {id(result.fixture) for result in before.results if not result.passed}
    failing = [result for result in report.results if not result.passed]
    return EffectStep(
        "fixtures",
        work.number,
        _after("fixtures") if report.results else "",  # mutants are noticed by fixtures
        failing=tuple(result.fixture.name for result in failing[:MOST_NAMED]),
        changed=len(failing),
        newly=sum(1 for result in failing if id(result.fixture) not in failed_before),
        of=len(report.results),
        problems=tuple([*before.problems, *report.problems][:5]),
    )


def _mutants(desk: Desk, work: _Work, pause: Callable[[], None]) -> EffectStep:
    if work.fixtures is None:
        work.made["fixtures"] = _fixtures(desk, work, pause)
    assert work.fixtures is not None
    unnoticed: list[Text] = []
    differing = number = 0
    is_partial = False
    edited = [name for name in work.effect.decisions if work.effect.before.rulebook.decisions.get(name) is not None]
    for name in edited:
        if len(work.effect.after.rulebook.decisions[name].rules) > MANY_RULES:
            is_partial = True
            continue
        report = work.effect.mutants(name, work.fixtures, pause)
        differing += report.differing
        number += len(report.unnoticed)
        unnoticed += [say_mutant(work.effect.after, one.mutant) for one in report.unnoticed]
    return EffectStep(
        "mutants",
        work.number,
        "",
        of=differing,
        changed=number,
        unnoticed=tuple(unnoticed[:MOST_MUTANTS]),
        is_partial=is_partial,
    )


_MAKERS: Mapping[str, Callable[[Desk, _Work, Callable[[], None]], EffectStep]] = {
    "cases": _cases,
    "regions": _regions,
    "proofs": _proofs,
    "fixtures": _fixtures,
    "mutants": _mutants,
}

SCREENS = (Screen("/effect/{number}/{step}", "effect_step.html", effect_step, is_slow=True),)
