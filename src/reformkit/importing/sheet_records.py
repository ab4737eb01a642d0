"""A sheet of a workbook of rules as records: its header found, its rows put together, what is odd about it said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from reformkit.grid.base import BaseSheet
from reformkit.grid.decision_plan import OR_ROW, OTHERWISE, OTHERWISE_ID
from reformkit.grid.matrix_plan import MATRIX, row_key
from reformkit.grid.plans import PARAMETER_MARK
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.reading.values import Lexicon
from reformkit.text import Text
from reformkit.workbook.rules_in import TextRow, TextSheet

HEADER_WITHIN = 25
_OR_WORDS = frozenset((OR_ROW.zh, OR_ROW.en, "或者"))
_OTHERWISE_WORDS = frozenset((OTHERWISE.zh, OTHERWISE.en, "(其余)", "其余", "otherwise"))
_NEAREST, _NONE = Text("，最接近的是“{near}”", "; the nearest is `{near}`"), Text("", "")
_TWICE = Text("编号“{id}”已在第 {first} 行写过", "the id `{id}` stands on row {first} already")
_CONDITION_TWICE = Text("这个条件已在第 {first} 行写过", "this condition stands on row {first} already")
_NOTHING_ABOVE = Text("“或”行上面没有规则", "there is no rule above this `or` row")
_TWO_COLUMNS = Text("“{heading}”有两列", "there are two columns `{heading}`")
_UNKNOWN_FACT = Text(
    "“条件”里的这一行没有写成“事实：取值”，或没有这项事实：{line}",
    "this line of the conditions is not written `fact: values`, or there is no such fact: {line}",
)
_FACT_TWICE = Text("“{fact}”在这一格里写了两次", "`{fact}` stands twice in this cell")


def is_like(sheet: TextSheet, base: BaseSheet) -> bool:
    """Whether a sheet has the header of one that was exported: most of its headings in one row."""
    headings = {heading.strip() for heading in base.headings.values()}
    return any(
        2 * len(headings & {words.strip() for words in row.cells.values()}) > len(headings)
        for row in sheet.rows[:HEADER_WITHIN]
    )


@dataclass(slots=True)
class SheetCell:
    """What a cell says, and where."""

    words: str
    place: Place


@dataclass(slots=True)
class SheetRecord:
    """A record as a sheet has it; the id of a new one may be empty."""

    id: str
    place: Place
    rows: list[dict[str, SheetCell]] = field(default_factory=list)
    is_unread: bool = False
    """Whether a cell of it says nothing certain, which has been said."""


@dataclass(slots=True)
class SheetTable:
    """A sheet: its records in their order, and the place of each column by its key."""

    sheet: TextSheet
    base: BaseSheet
    columns: dict[str, int]
    records: list[SheetRecord]

    def place(self, key: str, record: SheetRecord, row: int = 0) -> Place:
        """Where a cell stands, blank ones too."""
        cell = record.rows[row].get(key) if row < len(record.rows) else None
        if cell is not None:
            return cell.place
        column = self.columns.get(key, self.columns.get("when", 0))
        lines = [next(iter(cells.values())).place.line for cells in record.rows if cells]
        line = lines[row] if row < len(lines) else record.place.line
        return self.sheet.place(line, column)


def sheet_table(sheet: TextSheet, base: BaseSheet, lexicon: Lexicon, report: Report) -> SheetTable | None:
    """The records of a sheet; None, and a problem, where it has no header that can be relied on, or not all its ids."""
    errors = report.errors
    header = _header(sheet, base, report)
    if header is None:
        return None
    columns = _columns(sheet, base, header, lexicon, report)
    if report.errors > errors:
        return None
    body = [row for row in sheet.rows if row.number > header.number]
    _say_oddities(sheet, body, columns, report)
    telling = {
        at for key, at in columns.items() if key == "id" or (base.of.startswith(MATRIX) and key in lexicon.fields)
    }
    if any(telling & row.wrong.keys() for row in body):
        return None
    records = _records(sheet, base, body, columns, lexicon, report)
    return SheetTable(sheet, base, columns, records)


def _header(sheet: TextSheet, base: BaseSheet, report: Report) -> TextRow | None:
    """The row that has most of the headings, the ids' among them."""
    wanted = set(base.headings.values())
    rows = [row for row in sheet.rows if row.number <= HEADER_WITHIN]
    best = max(rows, key=lambda row: len(wanted & {_plain(word) for word in row.cells.values()}), default=None)
    found = wanted & {_plain(word) for word in best.cells.values()} if best else set()
    if best is None or len(found) < min(3, len(wanted)):
        report.add("RK868", sheet.place(), heading=next(iter(base.headings.values())), near=_NONE)
        return None
    return best


def _columns(sheet: TextSheet, base: BaseSheet, header: TextRow, lexicon: Lexicon, report: Report) -> dict[str, int]:
    """The place of each column; one that is gone is an error, a fact's that is new is taken, another is said."""
    keys = {heading: key for key, heading in base.headings.items()}
    columns: dict[str, int] = {}
    strange: dict[int, str] = {}
    for at, word in header.cells.items():
        heading = _plain(word)
        key = keys.get(heading)
        if key is None and base.of.startswith("decision:") and not base.listed:
            key = lexicon.find(heading)
        if key is None:
            strange[at] = heading
        elif key in columns:
            report.add("RK873", sheet.place(header.number, at), reason=_TWO_COLUMNS.fill(heading=heading))
        else:
            columns[key] = at
    for key, heading in base.headings.items():
        if key not in columns:
            near = get_close_matches(heading, strange.values(), n=1, cutoff=0.4)
            at = next((at for at, word in strange.items() if near and word == near[0]), 0)
            said = _NEAREST.fill(near=near[0]) if near else _NONE
            report.add("RK868", sheet.place(header.number, at), heading=heading, near=said)
    for at, heading in strange.items():
        said = _NEAREST.fill(near=near[0]) if (near := get_close_matches(heading, keys, n=1, cutoff=0.5)) else _NONE
        report.add("RK869", sheet.place(header.number, at), heading=heading, near=said)
    return columns


def _say_oddities(sheet: TextSheet, body: list[TextRow], columns: Mapping[str, int], report: Report) -> None:
    """Cells that say nothing certain, formulas, hidden rows, merged ranges, all of them at once."""
    ours = set(columns.values())
    first = body[0].number if body else 0
    for row in body:
        for column, (code, values) in row.wrong.items():
            if column in ours:
                report.add(code, sheet.place(row.number, column), **values)
        for column, formula in row.formulas.items():
            if column in ours:
                report.add("RK866", sheet.place(row.number, column), formula=f"={formula}"[:60], word=row.cells[column])
        if row.is_hidden:
            report.add("RK867", sheet.place(row.number, columns.get("id", 0)))
    for area in sheet.merged:
        start, _, end = area.partition(":")
        column, line = _cell(start)
        if _cell(end)[1] >= first > 0:
            report.add("RK865", sheet.place(line, column), range=area, first=start)


def _records(
    sheet: TextSheet,
    base: BaseSheet,
    body: list[TextRow],
    columns: Mapping[str, int],
    lexicon: Lexicon,
    report: Report,
) -> list[SheetRecord]:
    records: list[SheetRecord] = []
    seen: dict[str, int] = {}
    counted: Counter[str] = Counter()
    for row in body:
        cells = {
            key: SheetCell(_lines(row.cells[at]), sheet.place(row.number, at))
            for key, at in columns.items()
            if at in row.cells and at not in row.wrong
        }
        is_unread = not row.wrong.keys().isdisjoint(columns.values())
        if not cells and not is_unread:
            continue
        place = sheet.place(row.number, columns.get("id", 0))
        id = cells.pop("id").words if "id" in cells else ""
        if base.listed and "when" in cells:
            _unfold(cells, lexicon, report)
        if id in _OR_WORDS:
            if records:
                records[-1].rows.append(cells)
                records[-1].is_unread |= is_unread
            else:
                report.add("RK873", place, reason=_NOTHING_ABOVE)
            continue
        if base.of == "parameters" and id:
            counted[id] += 1
            id = f"{id}{PARAMETER_MARK}{counted[id]}"
        elif id in _OTHERWISE_WORDS and base.of.startswith("decision:"):
            id = OTHERWISE_ID
        elif base.of.startswith(MATRIX):
            id = row_key({fact: cell.words for fact, cell in cells.items() if fact in lexicon.fields})
        if id and id in seen:
            first = seen[id]
            is_matrix = base.of.startswith(MATRIX)
            said = _CONDITION_TWICE.fill(first=first) if is_matrix else _TWICE.fill(id=id, first=first)
            report.add("RK873", place, reason=said)
            continue
        seen.setdefault(id, row.number)
        records.append(SheetRecord(id, place, [cells], is_unread))
    return records


def _unfold(cells: dict[str, SheetCell], lexicon: Lexicon, report: Report) -> None:
    """The tests of a list's cell, a fact a line, as cells of their own."""
    cell = cells.pop("when")
    for line in cell.words.split("\n"):
        if not line.strip():
            continue
        label, mark, words = line.replace("：", ":", 1).partition(":")
        fact = lexicon.find(label.strip()) or _english(label.strip(), lexicon)
        if not mark or fact is None:
            report.add("RK873", cell.place, reason=_UNKNOWN_FACT.fill(line=line.strip()[:60]))
        elif fact in cells:
            report.add("RK873", cell.place, reason=_FACT_TWICE.fill(fact=label.strip()))
        elif words.strip():
            cells[fact] = SheetCell(words.strip(), cell.place)


def _english(label: str, lexicon: Lexicon) -> str | None:
    named = [name for name, field in lexicon.fields.items() if field.label.en == label]
    return named[0] if len(named) == 1 else None


def _plain(word: str) -> str:
    return " ".join(word.split())


def _lines(word: str) -> str:
    return word.replace("\r\n", "\n").replace("\r", "\n").strip()


def _cell(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(name[len(letters) :])
