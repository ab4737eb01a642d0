"""Bordered tables, as forms have them, made by python-docx."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from reformkit.writing.sheets import CENTRE, FIRST, LEFT, TEXT, arrange, put

Row = list[tuple[str, int]]


def form(
    document: Docx, columns: list[int], rows: list[Row], heights: dict[int, int] | None = None, size: float = 12
) -> None:
    """A bordered table: widths of columns in mm; each row is its cells with the number of columns each spans.

    Cells that begin with `*` are labels, centred in heading type. `heights` gives some rows a height in mm.
    """
    table = document.add_table(rows=0, cols=len(columns))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, columns, strict=True):
        column.width = Mm(width)
    for number, row in enumerate(rows):
        added = table.add_row()
        _whole(added, heads=number == 0 and len(row) == len(columns) and all(w.startswith("*") for w, _ in row))
        height = (heights or {}).get(number)
        added.height = Mm(height) if height else Mm(11)
        at = 0
        for words, span in row:
            cell = added.cells[at]
            if span > 1:
                cell = cell.merge(added.cells[at + span - 1])
            cell.width = Mm(sum(columns[at : at + span]))
            cell.vertical_alignment = 1  # in the middle
            label = words.startswith("*")
            for line, text in enumerate(words.removeprefix("*").split("\n")):
                paragraph = cell.paragraphs[0] if line == 0 else cell.add_paragraph()
                put(paragraph, text, FIRST if label else TEXT, size, None)
                arrange(paragraph, CENTRE if label else LEFT, 0, 0, 0, False)
                paragraph.paragraph_format.line_spacing = Pt(size + 8)
                _off_grid(paragraph)
            at += span
    _borders(table, dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), 6))


def _off_grid(paragraph: Paragraph) -> None:
    """Let the lines of a table stand closer than those of the text."""
    switch = OxmlElement("w:snapToGrid")
    switch.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(
        switch, *(f"w:{name}" for name in ("spacing", "ind", "jc", "rPr"))
    )


def _whole(row: _Row, heads: bool) -> None:
    """Keep a row on one page; a row of headings stands on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if heads:
        properties.append(OxmlElement("w:tblHeader"))


def _borders(table: Any, sizes: dict[str, int]) -> None:
    borders = OxmlElement("w:tblBorders")
    for edge, size in sizes.items():
        line = OxmlElement(f"w:{edge}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    following = [table._tbl.tblPr.find(qn(f"w:{name}")) for name in ("shd", "tblLayout", "tblCellMar", "tblLook")]
    after = next((one for one in following if one is not None), None)
    if after is None:
        table._tbl.tblPr.append(borders)
    else:
        after.addprevious(borders)
