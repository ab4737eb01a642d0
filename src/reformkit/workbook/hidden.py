"""What of a sheet is not shown and is read all the same: rows that are hidden or filtered out, hidden columns."""

from __future__ import annotations

from collections.abc import Mapping

from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.text import Text
from reformkit.workbook.sheet_rows import letters_of

MOST_NAMED = 10
"""Stretches of rows, and columns, that a warning names."""

_TO, _AND_MORE, _ALL = Text("{first}至{last}", "{first} to {last}"), Text("等", " and more"), Text.same("")
_COMMA = Text("、", ", ")
_COLUMN = Text("{letters} 列“{heading}”", "{letters} `{heading}`")


class HiddenParts:
    """The hidden rows of a sheet as they are met, and its hidden columns (from 0), for one warning each.

    They are read, since a filter that was left on is no statement about cases; and it is said, since who looks at the
    sheet does not see them.
    """

    def __init__(self, path: str, sheet: str) -> None:
        self.columns: list[range] = []
        self._path = path
        self._sheet = sheet
        self._count = 0
        self._stretches: list[tuple[int, int]] = []
        self._last = 0

    def met(self, number: int, is_hidden: bool) -> None:
        """Take down a row that says something."""
        if not is_hidden:
            self._last = 0
            return
        self._count += 1
        if self._last:
            self._stretches[-1] = self._stretches[-1][0], number
        elif len(self._stretches) <= MOST_NAMED:
            self._stretches.append((number, number))
        self._last = number if len(self._stretches) <= MOST_NAMED else 0

    def report(self, report: Report, headings: Mapping[int, str]) -> None:
        """Warn once of the rows, and once of the columns among those that are used and have these headings."""
        if self._count:
            named = [
                Text.same(str(a)) if a == b else _TO.fill(first=a, last=b) for a, b in self._stretches[:MOST_NAMED]
            ]
            more = _AND_MORE if len(self._stretches) > MOST_NAMED else _ALL
            place = Place(self._path, self._stretches[0][0], 1, self._sheet)
            report.add(
                "RK815", place, rows=self._count, en=_are(self._count, "row"), which=_COMMA.join(named), more=more
            )
        hidden = [index for index in headings if any(index in columns for columns in self.columns)]
        if hidden:
            named = [_COLUMN.fill(letters=letters_of(i + 1), heading=headings[i]) for i in hidden[:MOST_NAMED]]
            more = _AND_MORE if len(hidden) > MOST_NAMED else _ALL
            place = Place(self._path, 1, hidden[0] + 1, self._sheet)
            report.add(
                "RK816", place, columns=len(hidden), en=_are(len(hidden), "column"), which=_COMMA.join(named), more=more
            )


def _are(count: int, noun: str) -> str:
    """How many of something are, in English."""
    return f"1 {noun} is" if count == 1 else f"{count} {noun}s are"
