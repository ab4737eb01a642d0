"""RK310: days and windows that nothing can ever set beside a case, for no fact of the vocabulary dates one."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.checking.ground import ProofGround
from reformkit.deciding.in_force import turning_days
from reformkit.problem import Problem
from reformkit.text import Text

_DECISION = Text(
    "决策“{title}”的规则或者参数有施行日、失效日，没有事实为案件定日：不指定研判日期的，始终按最后的规则",
    "rules or parameters of the decision `{title}` have days, and no fact dates a case: unless a day is asked about, "
    "the last state holds",
)
_SIGNAL = Text(
    "计数“{title}”写了期间，没有事实为案件定日：永远数不出来",
    "the signal `{title}` has a window, and no fact dates a case: it can never be counted",
)


def undated_decisions(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a decision whose rules have days that no case can be on."""
    if any(name in ground.rulebook.fields for name in ground.rulebook.vocabulary.dates.facts):
        return
    for name, table in ground.tables.items():
        if turning_days(table):
            yield Problem("RK310", table.place, {"what": _DECISION.fill(title=table.title)}, decision=name)


def undated_signals(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a signal with a window that no case can be in."""
    if not any(name in ground.rulebook.fields for name in ground.rulebook.vocabulary.dates.case):
        for signal in ground.rulebook.signals.values():
            if signal.within is not None:
                values = {"what": _SIGNAL.fill(title=signal.label)}
                yield Problem("RK310", signal.place, values, fact=signal.name)
