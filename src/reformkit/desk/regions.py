"""For exactly which cases a decision comes out otherwise, in words; a process that has nothing else may be asked for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from reformkit.comparing.diff import diff_of
from reformkit.model.rulebook import Rulebook
from reformkit.reporting.diff import RegionInWords, say_not_compared, say_regions
from reformkit.staging.apart import Pause
from reformkit.text import Text

MOST_REGIONS = 6
"""Regions of an outcome that are named."""


@dataclass(frozen=True)
class SaidRegion:
    """Cases that come out otherwise, in words: from what to what, which cases, with which exceptions and when."""

    before: Text
    after: Text
    where: tuple[Text, ...]
    excepted: Text | None
    days: Text | None


@dataclass(frozen=True)
class RegionsFound:
    """The regions of a decision in words, as many as are named; of the rest the number."""

    said: tuple[tuple[Text, tuple[SaidRegion, ...]], ...]
    more: int
    not_compared: tuple[Text, ...]


def regions_found(pause: Pause, before: Rulebook, after: Rulebook, decision: str) -> RegionsFound:
    """For which cases a decision comes out otherwise."""
    diff = diff_of(before, after, (decision,), pause)
    number = Counter(region.decision for region in diff.regions)
    return RegionsFound(
        tuple((title, tuple(map(_said, regions))) for title, regions in say_regions(diff, MOST_REGIONS)),
        sum(max(0, each - MOST_REGIONS) for each in number.values()),
        tuple(say_not_compared(item, diff) for item in diff.not_compared),
    )


def _said(region: RegionInWords) -> SaidRegion:
    return SaidRegion(region.before, region.after, region.where, region.excepted, region.days)
