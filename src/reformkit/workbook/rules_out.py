"""A workbook of rules: a sheet for each plan with drop-downs and notes, lists of values, and the hidden base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO
from unicodedata import east_asian_width

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from reformkit.grid.base import HIDDEN, base_lines
from reformkit.grid.decision_plan import OR_ROW, OTHERWISE, OTHERWISE_ID
from reformkit.grid.plan import PlanColumn, PlanRecord, SheetPlan
from reformkit.grid.plans import PARAMETER_MARK
from reformkit.problem import letters
from reformkit.text import Lang, Text
from reformkit.workbook.cells import FIRST_DAY
from reformkit.workbook.own_sheets import GUIDE, LISTS
from reformkit.workbook.value_lists import ValueLists

HEADER_ROW = 2
"""The row of the headings, from 0; title and how to read the sheet stand above."""

_LINE_HEIGHT, _HIGHEST = 14.5, 400
_A4, _A3, _WIDEST_ON_A4 = 9, 8, 260
"""Papers, and how many characters across can still be read on the smaller one."""

_ROOM = 40  # rows below a table that are ready for more
_FILLS = {
    "id": "#595959",
    "words": "#7F6000",
    "test": "#2F5597",
    "choice": "#548235",
    "date": "#595959",
    "number": "#7F6000",
    "mark": "#548235",
    "fixed": "#808080",
}
_UPRIGHT_LETTER = 6.8  # points of half a Chinese character that stands below another
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_GUIDE_LINES = (
    Text("这是规则册“{name}”（{version}）导出的工作簿，改好后用 reformkit import 导入。", "This workbook was exported from the rulebook `{name}` ({version}); take it back with reformkit import."),
    Text("先预演：reformkit import 本文件 规则册文件夹 --dry-run，只说会改什么、哪些情形的结论会变，不写任何文件。", "Try it first: reformkit import FILE FOLDER --dry-run says what would change, and for which cases, and writes nothing."),
    Text("改一格，只改 YAML 中对应的一处；注释和其余内容原样不动。", "A changed cell changes one place of the YAML; comments and all else stay as they are."),
    Text("新增规则：在要放的位置插入一行，编号可以留空。删除规则：删去整行，导入时加 --delete 确认。", "A new rule: insert a row where it belongs; its id may be left blank. To delete one, delete its row and confirm with --delete."),
    Text("灰色的列只读；琥珀色的是假设，报告没有写，由规则册设定。", "Grey columns are read only. Amber marks assumptions, set by the rulebook and not by the report."),
    Text("表头、工作表名称不要改；可以加筛选、调列宽、换列的次序。", "Leave headings and the names of sheets as they are; filters, widths and the order of columns are yours."),
)  # fmt: skip


def write_rules(file: BinaryIO, plans: Sequence[SheetPlan], name: str, version: str, digest: str, lang: Lang) -> None:
    """Write a workbook of rules. Raises any error of the file."""
    book = Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1), "comments": "reformkit"})
    writer = _RuleSheets(book, lang)
    writer.guide(name, version)
    titles = sheet_titles(plans, lang)
    pages = [(plan, book.add_worksheet(titles[plan.of])) for plan in plans]
    writer.lists = ValueLists(book, lang)
    heads = []
    for plan, page in pages:
        headings = headings_of(plan, lang)
        writer.sheet(page, plan, headings)
        heads.append((plan, titles[plan.of], headings))
    hidden = book.add_worksheet(HIDDEN)
    for row, cells in enumerate(base_lines(heads, name, digest, lang)):
        for column, words in enumerate(cells):
            hidden.write_string(row, column, words)
    hidden.very_hidden()
    if pages:
        pages[0][1].activate()
    book.close()


def sheet_titles(plans: Sequence[SheetPlan], lang: Lang) -> dict[str, str]:
    """The title of each plan's sheet: as Excel allows, and each its own."""
    taken = {GUIDE.say(lang).casefold(), LISTS.say(lang).casefold(), HIDDEN, "history"}
    titles = {}
    for plan in plans:
        plain = _FORBIDDEN.sub(" ", plan.title.say(lang)).strip()[:31].strip() or plan.of.rpartition(":")[2][:31]
        title, number = plain, 1
        while title.casefold() in taken:
            number += 1
            title = f"{plain[:27]} {number}"
        taken.add(title.casefold())
        titles[plan.of] = title
    return titles


def headings_of(plan: SheetPlan, lang: Lang) -> dict[str, str]:
    """The heading of each column, by its key; no two are alike."""
    headings: dict[str, str] = {}
    for column in plan.columns:
        label = column.label.say(lang)
        headings[column.key] = f"{label} ({column.key})" if label in headings.values() else label
    return headings


def id_cells(plan: SheetPlan, record: PlanRecord, lang: Lang) -> Iterator[str]:
    """What stands in the column of ids, row by row."""
    first = OTHERWISE.say(lang) if record.id == OTHERWISE_ID else record.id
    yield first.partition(PARAMETER_MARK)[0] if plan.of == "parameters" else first
    for _ in record.rows[1:]:
        yield OR_ROW.say(lang)


class _RuleSheets:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, lang: Lang) -> None:
        self._book = book
        self._lang = lang
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.lists: ValueLists

    def guide(self, name: str, version: str) -> None:
        page = self._book.add_worksheet(GUIDE.say(self._lang))
        page.set_column(0, 0, 84)
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, GUIDE.say(self._lang), self._format(bold=True, font_size=16, font_color="#8B1A1A"))
        for row, line in enumerate(_GUIDE_LINES, 1):
            said = line.fill(name=name, version=version) if line.blanks else line
            page.write_string(row, 0, said.say(self._lang), self._format(text_wrap=True, valign="top"))
        page.hide_gridlines(2)

    def sheet(self, page: Any, plan: SheetPlan, headings: dict[str, str]) -> None:
        page.write_string(0, 0, plan.title.say(self._lang), self._format(bold=True, font_size=16, font_color="#8B1A1A"))
        page.write_string(1, 0, plan.said.say(self._lang), self._format(font_color="#595959"))
        for at, column in enumerate(plan.columns):
            look: dict[str, Any] = {"bold": True, "font_color": "#FFFFFF", "bg_color": _FILLS[column.kind], "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}  # fmt: skip
            head = self._format(
                **look, **({"rotation": _upright(headings[column.key])} if column.kind == "mark" else {})
            )
            page.write_string(HEADER_ROW, at, headings[column.key], head)
            page.set_column(at, at, column.width, self._cell(column, False, border=0))
            if column.note is not None:
                page.write_comment(
                    HEADER_ROW, at, column.note.say(self._lang), {"x_scale": 2.4, "y_scale": 1.6, "font_size": 10}
                )
        upright = [_columns(headings[column.key]) for column in plan.columns if column.kind == "mark"]
        if upright:
            page.set_row(HEADER_ROW, min(_HIGHEST, _UPRIGHT_LETTER * max(upright) + 10))
        row = HEADER_ROW + 1
        for record in plan.records:
            row = self._record(page, plan, record, row)
        last = row + (_ROOM if plan.may_grow else 0) - 1
        for below in range(row, last + 1):
            for at, column in enumerate(plan.columns):
                page.write_blank(below, at, None, self._cell(column, column.kind == "fixed"))
        self._validations(page, plan, HEADER_ROW + 1, last)
        self._dress(page, plan, row - 1, last)

    def _record(self, page: Any, plan: SheetPlan, record: PlanRecord, row: int) -> int:
        for number, (id, cells) in enumerate(zip(id_cells(plan, record, self._lang), record.rows, strict=True)):
            shown = {"id": id, **(_listed(plan, cells, self._lang) if plan.listed else cells)}
            lines = 1
            for at, column in enumerate(plan.columns):
                is_fixed = column.kind == "fixed" or column.key in record.fixed
                words = shown.get(column.key, "")
                self._write(page, row + number, at, words, column, self._cell(column, is_fixed, number))
                lines = max(lines, sum(1 + _columns(line) // (column.width - 1) for line in words.split("\n")))
            page.set_row(row + number, min(_HIGHEST, _LINE_HEIGHT * lines + 6))
        return row + len(record.rows)

    def _write(self, page: Any, row: int, at: int, words: str, column: PlanColumn, look: Any) -> None:
        if not words:
            page.write_blank(row, at, None, look)
        elif column.kind == "date" and (day := date.fromisoformat(words)) >= FIRST_DAY:
            page.write_datetime(row, at, day, look)
        elif column.kind == "number" and words.isdecimal() and len(words) < 15 and str(int(words)) == words:
            page.write_number(row, at, int(words), look)
        else:
            page.write_string(row, at, words, look)

    def _cell(self, column: PlanColumn, is_fixed: bool, number: int = 0, border: int = 1) -> Any:
        look: dict[str, Any] = {"text_wrap": True, "valign": "vcenter", "border": border, "border_color": "#BFBFBF"}
        look["num_format"] = {"date": "yyyy-mm-dd", "number": "General"}.get(column.kind, "@")
        if column.kind in ("test", "choice", "date", "number", "mark"):
            look["align"] = "center"
        if is_fixed:
            look |= {"bg_color": "#EDEDED", "font_color": "#595959"}
        if column.kind == "id":
            look |= {"bold": True} if not number else {"align": "right", "font_color": "#8B1A1A", "bold": True}
        return self._format(**look)

    def _validations(self, page: Any, plan: SheetPlan, first: int, last: int) -> None:
        for at, column in enumerate(plan.columns):
            if column.options and column.kind in ("test", "choice", "mark"):
                source = self.lists.reference(column.label, column.options)
                page.data_validation(
                    first,
                    at,
                    last,
                    at,
                    {
                        "validate": "list",
                        "source": source,
                        "show_error": not column.many,
                        "error_title": column.label.say(self._lang)[:32],
                    },
                )
            elif column.kind == "date":
                page.data_validation(first, at, last, at, {"validate": "date", "criteria": ">=", "value": FIRST_DAY})

    def _dress(self, page: Any, plan: SheetPlan, last: int, room: int) -> None:
        kind = next((at for at, column in enumerate(plan.columns) if column.key == "kind"), None)
        if kind is not None:
            letter, assumed = letters(kind + 1), _ASSUMED.say(self._lang)
            amber = self._book.add_format({"bg_color": "#FFD966"})
            for at in (0, kind, kind + 1):
                page.conditional_format(
                    HEADER_ROW + 1,
                    at,
                    room,
                    at,
                    {"type": "formula", "criteria": f'=${letter}{HEADER_ROW + 2}="{assumed}"', "format": amber},
                )
        page.freeze_panes(HEADER_ROW + 1, 2)
        if not plan.ordered or plan.listed:
            page.autofilter(HEADER_ROW, 0, max(last, HEADER_ROW + 1), len(plan.columns) - 1)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(_A4 if sum(column.width for column in plan.columns) <= _WIDEST_ON_A4 else _A3)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADER_ROW)
        page.print_area(0, 0, max(last, HEADER_ROW + 1), len(plan.columns) - 1)
        page.set_margins(0.4, 0.4, 0.5, 0.6)
        page.set_footer("&C&P / &N&R&A")
        page.set_zoom(90)

    def _format(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _upright(heading: str) -> int:
    """How a narrow column's heading is turned: Chinese characters below each other, other words upwards."""
    return 90 if heading.isascii() else 270


def _columns(line: str) -> int:
    """How many columns of a fixed font a line takes: Chinese characters take two."""
    return len(line) + sum(east_asian_width(character) in "WF" for character in line)


_ASSUMED = Text("假设", "assumption")
LINE = Text("：", ": ")
"""Between a fact and what is asked of it, in the cell of a list."""


def _listed(plan: SheetPlan, cells: Any, lang: Lang) -> dict[str, str]:
    """The cells of a row of a list: its tests in one cell, a line each."""
    own = {column.key for column in plan.columns}
    tests = [f"{plan.labels[key].say(lang)}{LINE.say(lang)}{words}" for key, words in cells.items() if key not in own]
    return {
        **{key: words for key, words in cells.items() if key in own},
        **({"when": "\n".join(tests)} if tests else {}),
    }
