"""The problems of many rows: a table beside the output, and the first few on the screen."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from reformkit.beside import beside
from reformkit.printing.paper import brief, paper
from reformkit.printing.problem_kinds import SHOWN, ProblemKinds
from reformkit.printing.problems import SEVERITIES, say_counts
from reformkit.printing.records import harmless
from reformkit.problem import Problem, Severity
from reformkit.text import Lang, Text

HEADS = (
    Text("位置", "place"),
    Text("行", "row"),
    Text("编号", "id"),
    Text("列", "column"),
    Text("内容", "value"),
    Text("代码", "code"),
    Text("级别", "severity"),
    Text("问题", "message"),
    Text("修改", "fix"),
)

_BEFORE = (0, 1, 3, 4, 5, 6, 7, 8)
"""The heads that the list had up to 0.1."""

_LISTED = Text("问题：{counts}，列在 {where}。", "Problems: {counts}, listed in {where}.")


class Problems:
    """Counts problems and shows the first few of each severity; `where` says where all are listed."""

    def __init__(self, lang: Lang, where: Text | str) -> None:
        self.counts: Counter[Severity] = Counter()
        self._kinds = ProblemKinds()
        self.lang = lang
        self.where = where

    def add(self, problem: Problem, value: str = "") -> None:
        """Count a problem."""
        self.counts[problem.severity] += 1
        self._kinds.add(problem)
        if self.counts[problem.severity] <= SHOWN:
            line = f"{brief(str(problem.place))} {problem.code} {problem.message(self.lang)}"
            paper(sys.stderr, self.lang).say(line, SEVERITIES[problem.severity].style)

    def kinds(self) -> Iterator[tuple[Text, str]]:
        """Where not all were shown, a line for each kind, with its style."""
        if any(number > SHOWN for number in self.counts.values()):
            yield from self._kinds.lines()

    def summary(self) -> Text:
        """How many problems there are, and where they are listed."""
        return _LISTED.fill(counts=say_counts(self.counts), where=self.where)


class ProblemFile(Problems):
    """Takes problems one by one; the file is there only if there are any.

    Use it in a `with`: the file is whole when the block ends well, and not there otherwise.
    """

    def __init__(self, path: Path, lang: Lang) -> None:
        super().__init__(lang, str(path))
        self._path = path
        self._stack = ExitStack()
        self._rows: Any = None

    def add(self, problem: Problem, value: str = "") -> None:
        """Write a problem down."""
        super().add(problem, value)
        if self._rows is None:
            stream = TextIOWrapper(self._stack.enter_context(beside(self._path)), "utf-8-sig", newline="")
            self._stack.callback(stream.detach)
            self._rows = csv.writer(stream, lineterminator="\n")
            self._rows.writerow([head.say(self.lang) for head in HEADS])
        self._rows.writerow([harmless(cell) for cell in problem_row(problem, value, self.lang)])

    def __enter__(self) -> ProblemFile:
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)
        if self._rows is None and error[0] is None:
            clear_problems(self._path)


def problems_beside(out: Path) -> Path:
    """Where the problems of the cases of an output are listed."""
    return out.with_name(f"{out.stem}.problems.csv")


def clear_problems(path: Path) -> None:
    """Take away the problems of an earlier run, for they accuse rows that are mended; any other file stays."""
    with suppress(OSError):
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline(500).rstrip("\r\n")
        heads = (HEADS, [HEADS[number] for number in _BEFORE])
        if path.is_file() and head in {",".join(h.say(lang) for h in some) for some in heads for lang in ("zh", "en")}:
            path.unlink()


def _name_of(problem: Problem) -> Text:
    """The name of the fact that a problem is about, where no table has it under a heading of its own."""
    fact = problem.values.get("fact")
    return fact if isinstance(fact, Text) else Text.same(problem.fact or "")


def problem_row(problem: Problem, value: str, lang: Lang) -> list[str]:
    """A problem as a row of a table."""
    return [
        brief(str(problem.place)),
        str(problem.line),
        problem.case or "",
        problem.heading or _name_of(problem).say(lang),
        problem.content or value or (problem.excerpt or "" if problem.heading is None else ""),
        problem.code,
        SEVERITIES[problem.severity].name.say(lang),
        problem.message(lang),
        problem.fix(lang),
    ]
