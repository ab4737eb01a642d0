"""The summary of a long run."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from reformkit.pages.of_cases import NO_CASES as NO_CASES  # noqa: PLC0414 (said by commands, too)
from reformkit.printing.paper import paper
from reformkit.printing.problem_file import Problems
from reformkit.text import Lang, Text

NO_CASES_IN = Text("{files} 中没有可研判的案件。", "There are no cases to assess in {files}.")
_IDS = Text(
    "案件编号是否重复，只在前{number:,}个编号中查对。",
    "Repeated ids were looked for among the first {number:,} ids.",
)
_ROWS = Text(
    "共{rows}行，研判{assessed}行，有问题{left_out}行；{seconds:.1f}秒，每秒{speed:,.0f}行。已写 {out}。",
    "{rows} rows, {assessed} assessed, {left_out} with problems; {seconds:.1f} s, {speed:,.0f} rows a second. "
    "Written: {out}.",
)


class RunSummary:
    """Counts the cases of a run, and says what came of them."""

    def __init__(self, out: Path, lang: Lang) -> None:
        self.rows = 0
        self.assessed = 0
        self._out = out
        self._lang = lang
        self._began = time.monotonic()

    @property
    def left_out(self) -> int:
        """Cases that could not be assessed."""
        return self.rows - self.assessed

    def add(self, rows: int, assessed: int) -> None:
        """Count cases that were met, and those of them that were assessed."""
        self.rows += rows
        self.assessed += assessed

    def show(self, problems: Problems, ids_looked_for: int | None) -> None:
        """How many there were, how many could not be assessed, how long it took and where it was written."""
        console = paper(sys.stderr, self._lang)
        for line, style in problems.kinds():
            console.say(line, style)
        if problems.counts:
            console.say(problems.summary(), "red" if self.left_out else "")
        if ids_looked_for is not None:
            console.say(_IDS.fill(number=ids_looked_for))
        seconds = max(time.monotonic() - self._began, 0.001)
        console.say(
            _ROWS.fill(
                rows=self.rows,
                assessed=self.assessed,
                left_out=self.left_out,
                seconds=seconds,
                speed=self.rows / seconds,
                out=str(self._out),
            )
        )
