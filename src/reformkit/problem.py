"""What is wrong with an input, as data: where, what, and how to mend it.

The exceptions that reach a caller; those with `problems` tell everything that is wrong at once:

    Exception
    ├── RulebookError       a rulebook, library, procedure or office that cannot be used: .problems
    ├── CaseError           facts, cases, journals that cannot be taken: .problems
    ├── RefusedError        an act that a ledger refuses; nothing was written: .problems
    ├── LedgerError         a ledger that cannot be opened, read or written: .problems
    ├── LetterError         a letter, template or casebook that cannot be used: .problems
    ├── TableError          a table of indicators that cannot be taken: .problems
    ├── WrongUse            a command asked for what is not there: .text
    ├── ValueError
    │   └── SourceError     a rulebook that is not where it was said to be: .text, .fix
    ├── ImportError
    │   ├── MissingExtra    an optional package is not installed: .text
    │   └── EngineMissing   durable-rules cannot be imported here
    └── RuntimeError
        ├── EngineError     durable-rules refused, or did not finish
        ├── ForkedError     frames in a process that was forked from one with frames
        └── WithoutBookError    a result that was pickled is asked for what only its book knows

KeyError and TypeError are raised as Python has them, for names and types in a call.

Long because a fault, its place and the exceptions that carry it are one idea, there and back as plain data.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import Any, Self

from reformkit.problem_codes import CODES, Severity
from reformkit.text import LANGS, Lang, Text, legible, visible

__all__ = [
    "NOWHERE",
    "CaseError",
    "LedgerError",
    "LetterError",
    "Place",
    "Problem",
    "RefusedError",
    "RulebookError",
    "Severity",
    "TableError",
]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; line and column count from 1, in characters (of a workbook: row and column of a sheet).

    >>> str(Place("rules/startup.yaml", 12, 5)), str(Place("year.xlsx", 7, 3, "案件"))
    ('rules/startup.yaml:12:5', 'year.xlsx 案件!C7')
    """

    path: str
    line: int = 1
    column: int = 1
    sheet: str = ""

    def within(self, folder: str) -> Place:
        """The place with its path as seen from a folder; as it is where it was read from nowhere or another drive.

        >>> str(Place("/srv/rules/mine/startup.yaml", 12, 5).within("/srv/rules/mine"))
        'startup.yaml:12:5'
        """
        if not self.path:
            return self
        return replace(self, path=_relative(self.path, folder))

    def __str__(self) -> str:
        path, sheet = visible(self.path), visible(self.sheet)
        if sheet:
            return f"{path} {sheet}!{letters(self.column)}{self.line}"
        return f"{path}:{self.line}:{self.column}"


@lru_cache(maxsize=4096)
def _relative(path: str, folder: str) -> str:
    try:
        return PurePath(os.path.relpath(path, folder or ".")).as_posix()
    except ValueError:  # another drive
        return path


def letters(column: int) -> str:
    """A column as spreadsheets name it.

    >>> letters(3), letters(28)
    ('C', 'AB')
    """
    rest, last = divmod(column - 1, 26)
    return (letters(rest) if rest else "") + chr(ord("A") + last)


NOWHERE = Place("", 0, 0)
"""The place of what was made in Python and not read from a file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an input. `code` names a kind listed in `docs/problems.md`.

    `values` fill the blanks of the kind's message and fix; a value may be a `Text` when it differs by
    language. `excerpt` is the offending line as it stands in the file. The remaining fields say, where
    it applies, which decision, rules, outcome and fact are concerned. `witness` is a case that shows the
    fault, `as_of` the day on which it does (None: the rulebook's last state), and `expect` what one would
    have looked for there, as a fixture says it: so written, the fixture fails. Of a case, `case` is its id,
    `heading` the name that stands over the value in its own table, and `content` what is written there, as far as
    they are known. `in_python`: a program gave the value, and the fix speaks to it.

    >>> p = Problem("RK110", Place("a.yaml", 3, 1), {"key": "when", "first": 2})
    >>> p.message("en")
    'the key `when` stands twice here; it already stands on line 2'
    """

    code: str
    place: Place
    values: Mapping[str, Any] = field(default_factory=dict)
    excerpt: str | None = None
    decision: str | None = None
    rule: str | None = None
    rules: tuple[str, ...] = ()
    outcome: str | None = None
    fact: str | None = None
    witness: Mapping[str, Any] | None = None
    as_of: date | None = None
    expect: Mapping[str, Any] | None = None
    case: str | None = None
    heading: str | None = None
    content: str | None = None
    in_python: bool = False

    @property
    def severity(self) -> Severity:
        """`error`, `warning` or `note`; only errors of reading and structure keep a rulebook from being used."""
        return CODES[self.code].severity

    @property
    def path(self) -> str:
        return self.place.path

    @property
    def line(self) -> int:
        return self.place.line

    @property
    def column(self) -> int:
        return self.place.column

    @property
    def end_column(self) -> int | None:
        """The column after the last character of what the problem points at, in a line of YAML or JSON; else None.

        >>> Problem("RK165", Place("a.yaml", 3, 9), excerpt="  then: 'stop'  # why").end_column
        15
        """
        if self.excerpt is None or not self.path.lower().endswith((".yaml", ".yml", ".json", ".jsonl")):
            return None
        return _end_of_words(self.excerpt, self.column - 1) + 1

    def message(self, lang: Lang = "zh") -> str:
        """What is wrong, in the words of the person who wrote it."""
        return self._fill(CODES[self.code].message, lang)

    def fix(self, lang: Lang = "zh") -> str:
        """How to mend it."""
        kind = CODES[self.code]
        return self._fill((kind.python if self.in_python else None) or kind.fix, lang)

    def to_dict(self, langs: tuple[Lang, ...] = LANGS) -> dict[str, Any]:
        """Plain data for JSON: `message` and `fix` in both languages, or some; `from_dict` takes it back.

        >>> p = Problem("RK110", NOWHERE, {"key": "when", "first": 2}, witness={"filed_on": date(2022, 3, 1)})
        >>> p.to_dict()["witness"]
        {'filed_on': '2022-03-01'}
        """
        return {
            "code": self.code,
            "severity": self.severity,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "end_column": self.end_column,
            "sheet": self.place.sheet,
            "message": {lang: self.message(lang) for lang in langs},
            "fix": {lang: self.fix(lang) for lang in langs},
            "decision": self.decision,
            "rule": self.rule,
            "rules": list(self.rules),
            "outcome": self.outcome,
            "fact": self.fact,
            "case": self.case,
            "heading": self.heading,
            "content": self.content,
            "in_python": self.in_python,
            "witness": _as_json(self.witness),
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "expect": _as_json(self.expect),
            "values": {name: _plain(value) for name, value in self.values.items()},
            "excerpt": self.excerpt,
        }

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Self:
        """A problem from its plain data; days among the values of its message stay text.

        >>> p = Problem("RK110", Place("a.yaml", 3, 1), {"key": "when", "first": 2})
        >>> Problem.from_dict(p.to_dict()) == p
        True
        """
        as_of = said.get("as_of")
        return cls(
            said["code"],
            Place(said["path"], said["line"], said["column"], said.get("sheet", "")),
            {name: _value_of(value) for name, value in said.get("values", {}).items()},
            said.get("excerpt"),
            said.get("decision"),
            said.get("rule"),
            tuple(said.get("rules", ())),
            said.get("outcome"),
            said.get("fact"),
            said.get("witness"),
            None if as_of is None else date.fromisoformat(as_of),
            said.get("expect"),
            said.get("case"),
            said.get("heading"),
            said.get("content"),
            said.get("in_python", False),
        )

    def _fill(self, template: Text, lang: Lang) -> str:
        said = {k: v.say(lang) if isinstance(v, Text) else v for k, v in self.values.items()}
        said = {k: legible(v) if isinstance(v, str) else v for k, v in said.items()}
        return template.say(lang).format_map(said)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place != NOWHERE else ""
        where += f"{visible(self.case)}: " if self.case else ""
        return f"{where}{self.code} {self.message('en')} ({self.fix('en')}) / {self.message('zh')}（{self.fix('zh')}）"


def _end_of_words(line: str, start: int) -> int:
    """Where the value or key ends that begins at an index of a line of YAML: at a closing quote or bracket, a colon, a
    comma within brackets, a comment, or the end of the line. One that goes on in the next line ends with this one."""
    first = line[start : start + 1]
    if first in ('"', "'"):
        quoted = _QUOTED[first].match(line, start)
        return len(line.rstrip()) if quoted is None else quoted.end()
    depth = 0
    inside = line.count("[", 0, start) + line.count("{", 0, start) > line.count("]", 0, start) + line.count(
        "}", 0, start
    )
    for found in _STOPS.finditer(line, start):
        stop = found.group()
        if stop[0] == '"':  # a text whose marks are no stops
            continue
        if stop[0] in "[{":
            depth += 1
        elif depth and stop[0] in "]}":
            depth -= 1
            if not depth and first in ("[", "{"):
                return found.end()
        elif not depth and (stop[0] not in ",]}" or inside):
            return len(line[: found.start()].rstrip())
    return len(line.rstrip())


_QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_STOPS = re.compile(r""""(?:[^"\\]|\\.)*"|:(?=\s|$)|\s#|[\[\]{},]""")


def _plain(value: Any) -> Any:
    """What fills a blank of a message, as JSON has it."""
    if isinstance(value, Text):
        return {"zh": _encodable(value.zh), "en": _encodable(value.en)}
    return value if isinstance(value, int | float | None) else _encodable(str(value))


def _as_json(said: Any) -> Any:
    """A case or what is expected of it, as JSON has it: days and numbers with places as they are written."""
    if isinstance(said, Mapping):
        return {name: _as_json(value) for name, value in said.items()}
    if isinstance(said, list | tuple | set | frozenset):
        return [_as_json(value) for value in (said if isinstance(said, list | tuple) else sorted(said, key=str))]
    return said if said is None else _plain(said)


def _encodable(text: str) -> str:
    """A text without halves of surrogate pairs, which no file of JSON can hold."""
    return text if text.isprintable() else text.encode("utf-8", "backslashreplace").decode()


def _value_of(said: Any) -> Any:
    return Text(said["zh"], said["en"]) if isinstance(said, Mapping) else said


class _Problems(Exception):
    """An error that carries every problem found, not only the first.

    Its one argument is plain data, so that a queue which sends errors as JSON (class and arguments) loses nothing.
    """

    def __init__(self, problems: Iterable[Problem | Mapping[str, Any]]) -> None:
        read = (p if isinstance(p, Problem) else Problem.from_dict(p) for p in problems)
        self.problems: list[Problem] = sorted(read, key=lambda p: p.place)
        super().__init__([problem.to_dict() for problem in self.problems])

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: every problem."""
        return {"problems": [problem.to_dict() for problem in self.problems]}

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.problems,))


class RulebookError(_Problems):
    """A rulebook or library that cannot be used; `.problems` says everything that is wrong."""


class CaseError(_Problems):
    """Cases or facts that cannot be taken as they stand; `.problems` says everything that is wrong."""


class RefusedError(_Problems):
    """An act that may not be written; `.problems` says everything that stands in the way. Nothing was written."""


class LedgerError(_Problems):
    """A ledger that cannot be opened, read or written as it is; `.problems` says why."""


class LetterError(_Problems):
    """A letter or its template that cannot be used as it stands; `.problems` says everything that is wrong."""


class TableError(_Problems):
    """A table of an office's indicators that cannot be taken as it stands; `.problems` says everything that is wrong."""


class WrongUse(Exception):
    """Something was asked for that is not there or makes no sense; `text` says what, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
