"""Files of cases of kinds that reformkit does not know, by readers that other packages bring.

A package names its reader under the entry points `reformkit.case_tables`, by the ending without its dot. It is called with the
path and gives rows of texts, the header first; these are read as every office table is. So a reader says what stands in the
cells, and nothing of what that means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from reformkit.intake.tables import CaseTable, columns_of
from reformkit.model.case import Unread
from reformkit.parsing.report import Report
from reformkit.parsing.source import is_there
from reformkit.problem import Place
from reformkit.reading.values import Lexicon
from reformkit.text import Text

GROUP = "reformkit.case_tables"


class TableReader(Protocol):
    """What a package names under `reformkit.case_tables`: from the path of a file to its rows of texts, the header first.

    An empty cell is "" or None. What it raises becomes a problem of the file (RK854).
    """

    def __call__(self, path: str, /) -> Iterable[Sequence[str | None]]: ...


_NOT_TEXT = Text("第 {number} 行不是一列文字", "row {number} is no list of texts")
_RAISED = Text("{kind}：{words}", "{kind}: {words}")


def endings() -> list[str]:
    """The endings for which a package brings a reader, each with its dot."""
    return sorted(f".{point.name.lower()}" for point in entry_points(group=GROUP))


def open_other(path: str, lexicon: Lexicon, report: Report) -> CaseTable | None:
    """A table by the reader of its ending, or None and problems; raises LookupError where there is no such reader."""
    name = Path(path).suffix.lower().removeprefix(".")
    points = [point for point in entry_points(group=GROUP) if point.name.lower() == name]
    if not points:
        raise LookupError(name)
    if not is_there(path, report):
        return None
    try:
        reader: TableReader = points[0].load()
        rows = list(_rows(path, reader(path)))
    except Exception as error:  # whatever a reader of others raises is a problem of the file
        words = error.args[0] if error.args and isinstance(error.args[0], Text) else None
        said = _RAISED.fill(kind=type(error).__name__, words=str(error)) if words is None else words
        report.add("RK854", Place(path), reader=points[0].value, reason=said)
        return None
    if not rows:
        report.add("RK113", Place(path))
        return None
    gaps = [above for above, below in pairwise(rows) if below.number > above.number + 1]
    if gaps:
        first, blank = gaps[0].number + 1, rows[-1].number - rows[0].number + 1 - len(rows)
        report.add("RK199", Place(path, first), rows=blank, first=first)
    columns = columns_of(rows[0], lexicon, report)
    rest: Iterator[GivenRow | Unread] = iter(rows[1:])
    return None if columns is None else CaseTable(path, "", columns, rest, rows[0].cells)


@dataclass(frozen=True)
class GivenRow:
    """A row as a reader gives it; its number counts from 1, the header among them."""

    path: str
    number: int
    cells: list[str]

    @property
    def wrong(self) -> Mapping[int, tuple[str, Mapping[str, Any]]]:
        """Nothing: a reader gives texts."""
        return {}

    def place(self, index: int = 0) -> Place:
        """The place of a cell."""
        return Place(self.path, self.number, index + 1)


def _rows(path: str, given: Iterable[Sequence[str | None]]) -> Iterator[GivenRow]:
    for number, cells in enumerate(given, 1):
        if isinstance(cells, str) or not all(cell is None or isinstance(cell, str) for cell in cells):
            raise TypeError(_NOT_TEXT.fill(number=number))
        said = [cell or "" for cell in cells]
        if any(cell.strip() for cell in said):
            yield GivenRow(path, number, said)
