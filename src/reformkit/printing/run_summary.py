"""What is said of a long run when it is done."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from reformkit.printing.paper import paper
from reformkit.printing.problem_file import Problems
from reformkit.text import Lang


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

    def say(self, problems: Problems, ids_looked_for: int | None) -> None:
        """How many there were, how many could not be assessed, how long it took and where it was written."""
        console, zh = paper(sys.stderr), self._lang == "zh"
        if problems.counts:
            console.say(problems.said(), "red" if self.left_out else "")
        if ids_looked_for is not None:
            console.say(
                f"案件编号是否重复，只在前{ids_looked_for:,}个编号中查对。"
                if zh
                else f"Repeated ids were looked for among the first {ids_looked_for:,} ids."
            )
        seconds = max(time.monotonic() - self._began, 0.001)
        speed = self.rows / seconds
        console.say(
            f"共{self.rows}行，研判{self.assessed}行，有问题{self.left_out}行；{seconds:.1f}秒，每秒{speed:,.0f}行。已写 {self._out}。"
            if zh
            else f"{self.rows} rows, {self.assessed} assessed, {self.left_out} with problems; {seconds:.1f} s, "
            f"{speed:,.0f} rows a second. Written: {self._out}."
        )
