"""Many problems summed up by kind: code, number, first place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reformkit.printing.paper import Paper, brief
from reformkit.printing.problems import SEVERITIES, counted, show_problems
from reformkit.problem import Problem
from reformkit.text import Text

SHOWN = 5
"""Up to so many of a kind are shown one by one."""

_KIND = Text(
    "{severity} {code}：共{number:,}处，首处 {place}：{message}",
    "{severity} {code}: {number:,} times, first at {place}: {message}",
)


class ProblemKinds:
    """Counts problems by their code, and keeps the first of each kind."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._firsts: dict[str, Problem] = {}

    def add(self, problem: Problem) -> None:
        """Count a problem."""
        self.counts[problem.code] += 1
        self._firsts.setdefault(problem.code, problem)

    def lines(self, least: int = 1) -> Iterator[tuple[Text, str]]:
        """A line for each kind of which there are so many, with its style; the most frequent first."""
        for code, number in self.counts.most_common():
            if number >= least:
                first = self._firsts[code]
                look, message = SEVERITIES[first.severity], Text(first.message("zh"), first.message("en"))
                place = brief(str(first.place))
                said = _KIND.fill(severity=look.name, code=code, number=number, place=place, message=message)
                yield said, look.style


def show_summed_up(problems: Sequence[Problem], console: Paper) -> None:
    """Print problems: each error, and each warning but those of kinds of which there are many, which are summed up."""
    kinds = ProblemKinds()
    for problem in sorted(problems, key=lambda p: p.place):
        if problem.severity != "error":
            kinds.add(problem)
    show_problems([problem for problem in problems if kinds.counts[problem.code] <= SHOWN], console, in_all=False)
    for line, style in kinds.lines(SHOWN + 1):
        console.say(line, style)
    if problems:
        console.say(counted(problems))
