"""Assessments as a Word document in the layout of official papers (GB/T 9704); lines are never broken by hand."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reformkit.reporting.lengths import PageOfCase
from reformkit.text import Lang, visible
from reformkit.writing.sheets import CENTRE, FIRST, SECOND, TEXT, THREE, TITLE, TWO, new_sheet, write

_SMALL, _TIGHT, _MARGIN = 13, 18, 25
"""A brief stays on one page: characters and lines in points, margins above and below in millimetres."""


def document(pages: Iterable[PageOfCase], lang: Lang, *, close: bool = False) -> bytes:
    """The .docx of some assessments, each from a new page on; `close`: smaller and tighter, as a brief is."""
    sheet = new_sheet()
    if close:  # on the grid of 22 lines a closer line would take a whole one
        grid = sheet.sections[0]._sectPr.find(qn("w:docGrid"))
        grid.getparent().remove(grid)
        sheet.sections[0].top_margin = sheet.sections[0].bottom_margin = Mm(_MARGIN)
    for number, page in enumerate(pages):
        _write(sheet, page, lang, new_page=number > 0, close=close)
    file = BytesIO()
    sheet.save(file)
    return file.getvalue()


def _write(sheet: Docx, page: PageOfCase, lang: Lang, *, new_page: bool, close: bool) -> None:
    size = _SMALL if close else THREE
    title = write(sheet, visible(page.title.say(lang)), face=TITLE, size=TWO, side=CENTRE, first=0)
    title.paragraph_format.page_break_before = new_page
    title.paragraph_format.line_spacing = Pt(34)
    for section in page.sections:
        head, lines = section.say(lang)
        made = [write(sheet, visible(head), face=FIRST, size=size, together=True)]
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            leads = not line.startswith(" ") and following.startswith(" ")
            face = SECOND if leads else TEXT
            made.append(write(sheet, visible(line.strip()), face=face, size=size, together=leads))
        if close:
            for paragraph in made:
                paragraph.paragraph_format.line_spacing = Pt(_TIGHT)
