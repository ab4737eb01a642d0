"""Two decision tables compared in every span of time between days on which one of them changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reformkit.comparing.compare import MOST_STATES, Unfinished, regions
from reformkit.comparing.region import Region
from reformkit.deciding.in_force import in_force, turning_days
from reformkit.model.period import Period
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Field


@dataclass(frozen=True, slots=True)
class TablePair:
    """Both tables as they stand in some spans of time; `periods` is empty where it is always."""

    old: DecisionTable
    new: DecisionTable
    periods: tuple[Period, ...]


def standings(old: DecisionTable, new: DecisionTable) -> list[TablePair]:
    """Every different pair of tables in force, with the time for which it stands."""
    days = tuple(sorted({*turning_days(old), *turning_days(new)}))
    pairs: list[tuple[DecisionTable, DecisionTable, list[Period]]] = []
    for span in range(len(days) + 1):
        before, after = in_force(old, span, days), in_force(new, span, days)
        period = Period(days[span - 1] if span else None, days[span] if span < len(days) else None)
        for one, other, periods in pairs:
            if one.rules == before.rules and other.rules == after.rules:
                periods.append(period)
                break
        else:
            pairs.append((before, after, [period]))
    return [TablePair(a, b, () if len(pairs) == 1 else _joined(periods)) for a, b, periods in pairs]


def regions_over_time(
    old: DecisionTable,
    new: DecisionTable,
    fields: dict[str, Field],
    budget: int = MOST_STATES,
    pause: Callable[[], None] | None = None,
) -> tuple[list[Region], tuple[str, ...]]:
    """The regions of every span, and the rules that could not be compared in full.

    A region that holds the same cases in several spans is one, with the days of all. Raises as `regions` does, but
    for `Unfinished`; what `pause` raises after a question ends it.
    """
    by_key: dict[object, Region] = {}
    left: dict[str, None] = {}
    several = standings(old, new)
    for standing in several:
        for number, region in enumerate(_finished(regions(standing.old, standing.new, fields, budget, pause), left)):
            joins = len(several) > 1 and region.proven and region.exact
            key: object = _said(region) if joins else (standing.periods, number)
            earlier = by_key.get(key)
            if earlier is None:
                by_key[key] = region.on(standing.periods)
            else:
                by_key[key] = earlier.on(_joined([*earlier.days, *standing.periods]))
    return list(by_key.values()), tuple(left)


def _finished(regions: Iterator[Region], left: dict[str, None]) -> Iterator[Region]:
    """The regions that were found; the rules that the budget did not reach are noted."""
    try:
        yield from regions
    except Unfinished as error:
        left.update(dict.fromkeys(error.rules))


def day_in(periods: Iterable[Period]) -> date | None:
    """A day in the last of some spans; None for always."""
    last = max(periods, key=lambda period: period.since or date.min, default=None)
    if last is None or last == Period():
        return None
    return last.since if last.since is not None else (last.until or date.max) - timedelta(days=1)


def _said(region: Region) -> str:
    """Everything that a region says, apart from its days; a rule that a parameter changes asks something else."""
    said = (region.outcome, region.before, region.after, region.rule_before, region.rule_after)
    excepted = (region.except_before, region.except_after, region.exceptions)
    return json.dumps((said, region.facts, excepted), sort_keys=True)


def _joined(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Spans of time in order, those that touch as one; empty for always."""
    runs = tuple(_runs(sorted(periods, key=lambda period: period.since or date.min)))
    return () if runs == (Period(),) else runs


def _runs(periods: list[Period]) -> Iterator[Period]:
    start = 0
    for i, period in enumerate(periods):
        if i + 1 == len(periods) or period.until != periods[i + 1].since or period.until is None:
            yield Period(periods[start].since, period.until)
            start = i + 1
