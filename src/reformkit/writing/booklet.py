"""A booklet as a Word document: pages that begin on a sheet of their own, each in type of its own size."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reformkit.reporting.lengths import PageOfCase
from reformkit.text import Lang, visible
from reformkit.writing.sheets import CENTRE, FIRST, SECOND, TEXT, TITLE, new_sheet, write

_MARGIN, _TITLE_SIZE, _TITLE_LINE = 25, 18, 30


def booklet(pages: Iterable[tuple[PageOfCase, float, float]], lang: Lang) -> bytes:
    """The .docx of some pages, each with the size of its characters and the height of its lines in points."""
    sheet = new_sheet()
    grid = sheet.sections[0]._sectPr.find(qn("w:docGrid"))
    grid.getparent().remove(grid)  # on a grid of 22 lines a closer line would take a whole one
    sheet.sections[0].top_margin = sheet.sections[0].bottom_margin = Mm(_MARGIN)
    for number, (page, size, line) in enumerate(pages):
        _write(sheet, page, size, line, lang, new_page=number > 0)
    file = BytesIO()
    sheet.save(file)
    return file.getvalue()


def _write(sheet: Docx, page: PageOfCase, size: float, line: float, lang: Lang, *, new_page: bool) -> None:
    title = write(sheet, visible(page.title.say(lang)), face=TITLE, size=_TITLE_SIZE, side=CENTRE, first=0)
    title.paragraph_format.page_break_before = new_page
    title.paragraph_format.line_spacing = Pt(_TITLE_LINE)
    for section in page.sections:
        head, lines = section.say(lang)
        made = [write(sheet, visible(head), face=FIRST, size=size, together=True)]
        for words, following in zip(lines, [*lines[1:], ""], strict=True):
            leads = not words.startswith(" ") and following.startswith(" ")
            face, left = (SECOND if leads else TEXT), (1 if words.startswith(" ") else 0)
            made.append(write(sheet, visible(words.strip()), face=face, size=size, left=left, together=leads))
        for paragraph in made:
            paragraph.paragraph_format.line_spacing = Pt(line)
