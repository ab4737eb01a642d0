"""Spellings of a column: texts that are written in two ways and compared as one."""

from __future__ import annotations

from reformkit.reading.keys import key_of
from reformkit.reading.report import line_said
from reformkit.reading.taking import Fault, spelt

MOST_HELD = 100_000
"""Different texts of a column that are remembered; spellings that come later are not compared with each other."""


class Spellings:
    """Remembers how the texts of each fact were written first, and warns once of each later spelling."""

    def __init__(self) -> None:
        self._met: dict[str, set[str]] = {}
        self._first: dict[str, dict[str, tuple[str, int]]] = {}

    def fault(self, fact: str, text: str, line: int) -> Fault | None:
        """The warning that a text was written otherwise before, on another line, if it is to be given now."""
        met = self._met.setdefault(fact, set())
        if text in met or len(met) >= MOST_HELD:
            return None
        met.add(text)
        other, first = self._first.setdefault(fact, {}).setdefault(key_of(text), (text, line))
        if other == text:
            return None
        return "RK802", spelt(text, other, line_said(first))
