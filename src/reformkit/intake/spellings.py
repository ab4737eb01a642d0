"""Spellings of a column: texts that are written in two ways and compared as one."""

from __future__ import annotations

from reformkit.model.vocabulary import Field
from reformkit.parsing.report import Report, line_said
from reformkit.problem import Place
from reformkit.reading.keys import key_of
from reformkit.reading.taking import Fault, spelt

MOST_HELD = 100_000
"""Different texts of a column that are remembered; spellings that come later are not compared with each other."""


class Spellings:
    """Remembers how the texts of each fact were written first, and warns once of each later spelling."""

    def __init__(self) -> None:
        self._met: dict[str, dict[str, int]] = {}
        self._first: dict[str, dict[str, tuple[str, int]]] = {}

    def fault(self, fact: str, text: str, line: int) -> Fault | None:
        """The warning that a text, met here for the first time, was written otherwise on an earlier line."""
        met = self._met.setdefault(fact, {})
        if len(met) >= MOST_HELD and text not in met:
            return None
        if met.setdefault(text, line) != line:
            return None
        other, first = self._first.setdefault(fact, {}).setdefault(key_of(text), (text, line))
        if other == text:
            return None
        return "RK802", spelt(text, other, line_said(first))

    def is_full(self, fact: str) -> bool:
        """Whether no more texts of a fact are remembered, so that nothing more can be said of any."""
        return len(self._met.get(fact, ())) >= MOST_HELD

    def report(self, field: Field, text: str, place: Place, report: Report) -> None:
        """Give that warning at the place of the text."""
        fault = self.fault(field.name, text, place.line)
        if fault is not None:
            report.add(fault[0], place, fact=field, **fault[1])
