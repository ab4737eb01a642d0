"""Where problems are collected while files are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from reformkit.model.vocabulary import Field
from reformkit.parsing.identity import masked
from reformkit.parsing.memory import NOTHING, Memory
from reformkit.parsing.overlay import NO_OVERLAY, Overlay
from reformkit.problem import CaseError, Place, Problem, Severity
from reformkit.problem_codes import CODES
from reformkit.text import Text, legible

T = TypeVar("T")
_LINE = Text("第 {number} 行", "line {number}")

MOST_A_FILE = 200
LONGEST_LINE = 1_000
LONGEST_WORD = 60
LONGEST_CONTENT = 200


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Excerpts(Protocol):
    """Whatever can show the lines of a file."""

    @property
    def path(self) -> str: ...

    def line(self, number: int) -> str | None: ...


class Report:
    """The problems of the files that are being read, each with its place and the line it stands on.

    At most 200 a file are kept, and as many warnings (`most`; None: all; `all_warnings`: of them all the same); then one
    says how many more there are. `within` is the folder out of which no path may lead, where what is read came from
    others and stands in no folder of one's own. `overlay` are texts that are read in the place of files. `memory`
    has what was made before of what has not changed.
    """

    def __init__(
        self,
        most: int | None = MOST_A_FILE,
        *,
        all_warnings: bool = False,
        within: str | None = None,
        overlay: Overlay = NO_OVERLAY,
        memory: Memory | None = None,
    ) -> None:
        self.errors = 0
        self.memory = memory
        self.within = within
        self.overlay = overlay
        self._most = most
        self._most_warnings = None if all_warnings else most
        self._kept: list[Problem] = []
        self._counts: Counter[str] = Counter()
        self._warned: Counter[str] = Counter()
        self._shown: dict[str, Excerpts] = {}
        self._about: dict[str, str] = {}
        self._warnings: list[Problem] = []

    def remembered(
        self, what: Hashable, things: tuple[object, ...], make: Callable[[], T], *, alone: bool = False
    ) -> T:
        """What `make` gives, from memory where the things that it is made of are the same objects as before.

        `what` says what is made, and with which values beside these things. What there is something to be said of is
        not kept: it is to be said again. Nor is what is made after an error, unless it stands `alone`: what names
        something that could not be read is passed over in silence there.
        """
        if self.memory is None:
            return make()
        found: T = self.memory.find(what, things)
        if found is NOTHING:
            noted = self.noted
            found = make()
            if self.noted == noted and (alone or not self.errors):
                self.memory.keep(what, things, found)
        return found

    def one_of_equals(self, thing: T) -> T:
        """The first of all equal things that were met; without a memory the thing itself."""
        return thing if self.memory is None else self.memory.one_of_equals(thing)

    @property
    def noted(self) -> int:
        """How many problems were noted, those beyond the limit too."""
        return self._counts.total() + self._warned.total()

    def show(self, source: Excerpts) -> None:
        """Take the lines that problems of a file show from here."""
        self._shown[source.path] = source

    def share_read(self, path: str) -> float:
        """How much of a file has been read, from 0 to 1, where its lines are shown from here."""
        return getattr(self._shown.get(path), "share", 0.0)

    @contextmanager
    def about(self, **context: str) -> Iterator[None]:
        """Say of every problem within which `decision`, `rule` or `fact` it concerns, or of which `case` it is, under
        which `heading` and `content`."""
        outer = self._about
        self._about = outer | context
        yield
        self._about = outer

    def add(self, code: str, place: Place, *, fact: Field | Text | None = None, **values: Any) -> None:
        """Note a problem. A value that is costly to find may be a function; it is called only if kept."""
        severity = CODES[code].severity
        self.errors += severity == "error"
        is_kept = self._is_kept(severity, place.path)
        if not is_kept and severity != "warning":
            return
        about = {name: _line(said, LONGEST_CONTENT) for name, said in self._about.items()}
        if isinstance(fact, Field):
            values["fact"] = Text(fact.label.zh, fact.name)
            about["fact"] = fact.name
        elif fact is not None:
            values["fact"] = fact
        said = {name: _presentable(name, value() if callable(value) else value) for name, value in values.items()}
        problem = Problem(code, place, said, excerpt=self.excerpt(place), **about)  # type: ignore[arg-type]
        if is_kept:
            self._kept.append(problem)
        if severity == "warning":
            self._warnings.append(problem)

    @property
    def kept(self) -> int:
        """How many problems are kept so far."""
        return len(self._kept)

    def complete(self, since: int, tell: Callable[[Problem], Problem]) -> None:
        """Say more of the problems kept since so many, and of the warnings not yet asked for."""
        if len(self._kept) > since or self._warnings:
            self._kept[since:] = map(tell, self._kept[since:])
            self._warnings = list(map(tell, self._warnings))

    def warnings(self) -> tuple[Problem, ...]:
        """The warnings since this was last asked, those beyond the limit too: a case takes its own with it."""
        warnings, self._warnings = tuple(self._warnings), []
        return warnings

    def take(self) -> list[Problem]:
        """The problems so far; the report starts afresh, and its limits with it."""
        if not self._counts and not self._warned:
            return []
        taken = self.problems()
        self._kept, self._warnings, self.errors = [], [], 0
        self._counts.clear()
        self._warned.clear()
        return taken

    def keep(self, problem: Problem) -> None:
        """Note a problem as it is."""
        self.errors += problem.severity == "error"
        if self._is_kept(problem.severity, problem.path):
            self._kept.append(problem)

    def _is_kept(self, severity: Severity, path: str) -> bool:
        """Count one more problem of a file; whether it is within the limit."""
        warns = severity == "warning"
        counts, most = (self._warned, self._most_warnings) if warns else (self._counts, self._most)
        counts[path] += 1
        return most is None or counts[path] <= most

    def problems(self) -> list[Problem]:
        """Every problem kept, in the order of files and lines."""
        rest = [
            Problem(code, Place(path), {"more": count - most})
            for code, counts, most in (
                ("RK109", self._counts, self._most),
                ("RK820", self._warned, self._most_warnings),
            )
            for path, count in counts.items()
            if most is not None and count > most
        ]
        return sorted(self._kept, key=lambda problem: problem.place) + rest

    def excerpt(self, place: Place) -> str | None:
        """The line at a place as it may be shown; None where its file is not at hand."""
        source = self._shown.get(place.path)
        line = source.line(place.line) if source else None
        if line is None or place.column > LONGEST_LINE:
            return None
        line = _UNPRINTABLE.sub("\ufffd", line)
        return masked(line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "…")


def stop_if_damaged(problems: Sequence[Problem]) -> None:
    """Raise `CaseError` where a file cannot be read to its end: what was read of it is not the whole."""
    damaged = damage_among(problems)
    if damaged:
        raise CaseError(damaged)


def damage_among(problems: Sequence[Problem]) -> list[Problem]:
    """The problems that say that a file cannot be read to its end."""
    return [problem for problem in problems if problem.code in _DAMAGED]


_DAMAGED = ("RK191", "RK194")


def line_said(number: int) -> Text:
    """A line by its number, in words."""
    return _LINE.fill(number=number)


def content_of(words: str) -> str | None:
    """What stands in a cell as a table of problems shows it; None where nothing does."""
    return _line(words, LONGEST_CONTENT) or None


def _presentable(name: str, value: Any) -> Any:
    """A value as a message can hold it: on one line, not too long and without an identity number."""
    most = LONGEST_WORD if name == "word" else LONGEST_LINE
    if isinstance(value, Text):
        return Text(_line(value.zh, most), _line(value.en, most))
    return _line(value, most) if isinstance(value, str) else value


def _line(words: str, most: int) -> str:
    line = legible(masked(words[: most + 1]))
    return line if len(words) <= most else line[:most] + "…"
