"""The layouts of GB/T 9704-2012 as python-docx makes them: page, grid, head, page numbers, seal and date, tables.

Measured on the page that LibreOffice renders, 22 lines of 28 characters need three things together: a document grid
of lines only (with `linesAndChars` LibreOffice sets 14 characters to a line), a line of exactly 28.95 pt, and
characters 0.25 pt closer than their size.
"""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reformkit.writing.filters import OF_NUMBER

LINES, CHARACTERS = 22, 28
TEXT, TITLE, FIRST, SECOND, FIGURES = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
"""The type faces of text, titles, headings of the first and second level, and page numbers."""
THREE, FOUR, TWO = 16, 14, 22
"""The sizes 三号, 四号 and 二号 in points."""
RED = "FF0000"
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY

_WIDTH, _HEIGHT, _TOP, _LEFT, _RIGHT = 156, 225, 37, 28, 26
_PITCH = _HEIGHT / 25.4 * 72 / LINES
_LINE = 28.95
_CHARACTER = _WIDTH / 25.4 * 1440 / CHARACTERS  # in twentieths of a point
_EXACTLY_SO_MANY = -5  # twentieths of a point between characters


def new_sheet(first_page_apart: bool = False) -> Docx:
    """An empty A4 page of 22 lines by 28 characters, with page numbers outside at the foot.

    `first_page_apart`: the first page has a foot of its own, without a number, as a letter has.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(297 - _TOP - _HEIGHT)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.header_distance, section.footer_distance = Mm(15), Mm(297 - _TOP - _HEIGHT - 7 - 5)
    section.different_first_page_header_footer = first_page_apart
    grid = section._sectPr.find(qn("w:docGrid"))
    grid = OxmlElement("w:docGrid") if grid is None else grid
    section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(_PITCH * 20)))  # a twentieth too much, and one line less fits
    document.settings.odd_and_even_pages_header_footer = True
    normal = document.styles["Normal"]
    normal.font.size = Pt(THREE)
    _face(normal.element.get_or_add_rPr(), TEXT)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_EXACTLY_SO_MANY))
    normal.element.rPr.find(qn("w:sz")).addprevious(spacing)
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE)
    form.widow_control = False
    for name in ("autoSpaceDE", "autoSpaceDN"):  # no gaps around figures: they would break the grid
        switch = OxmlElement(f"w:{name}")
        switch.set(qn("w:val"), "0")
        normal.element.pPr.find(qn("w:spacing")).addprevious(switch)
    document.core_properties.author = document.core_properties.comments = ""
    for footer, side in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        _page_number(footer.paragraphs[0], side)
    return document


def write(
    holder: Docx | _Cell,
    words: str,
    *,
    face: str = TEXT,
    size: float = THREE,
    side: WD_ALIGN_PARAGRAPH | None = None,
    first: float = 2,
    left: float = 0,
    right: float = 0,
    colour: str | None = None,
    together: bool = False,
) -> Paragraph:
    """A paragraph; indents are in characters, `together` keeps it on one page with the next."""
    paragraph = holder.add_paragraph()
    put(paragraph, words, face, size, colour)
    return arrange(paragraph, side, first, left, right, together)


def title(document: Docx, words: str, above: int = 1) -> None:
    """A title of size 二号, with empty lines above and one below."""
    for _ in range(above):
        write(document, "", first=0)
    paragraph = write(document, words, face=TITLE, size=TWO, side=CENTRE, first=0)
    paragraph.paragraph_format.line_spacing = Pt(34)
    write(document, "", first=0)


def heading(document: Docx, words: str) -> None:
    """A heading of the first level."""
    write(document, words, face=FIRST, together=True)


def red_head(document: Docx, organ: str, number: str) -> None:
    """The head of an official document: the organ in red, its number in the middle, a red rule across."""
    paragraph = write(document, organ, face=TITLE, size=32, side=CENTRE, first=0, colour=RED)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph.paragraph_format.space_before = Pt(72)
    write(document, "", first=0)
    _rule(write(document, number, side=CENTRE, first=0), "bottom", "single", 14, 6)


def letter_head(document: Docx, organ: str, number: str) -> None:
    """The head of an official letter: the organ in red over a double red rule, its number at the right below.

    The rule at the foot of the first page goes with it.
    """
    paragraph = write(document, organ, face=TITLE, size=32, side=CENTRE, first=0, colour=RED)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _wider(paragraph)
    _rule(paragraph, "bottom", "thickThinSmallGap", 24, 6)
    write(document, number, side=RIGHT, first=0).paragraph_format.space_before = Pt(6)
    foot = document.sections[0].first_page_footer.paragraphs[0]
    _wider(foot)
    _rule(foot, "bottom", "thinThickSmallGap", 24, 1)


def sealed(document: Docx, organ: str, day: str, above: int = 2) -> None:
    """The organ and the day, one centred over the other where the seal goes, the day about four characters in.

    They stay with the line above: a seal never stands alone on a page.
    """
    for _ in range(above):
        write(document, "", first=0, together=True)
    write(document, organ, side=CENTRE, first=0, left=13.5, together=True)
    write(document, day, side=CENTRE, first=0, left=13.5)


_AT_THE_FOOT = """<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"
 behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"""
_COLOPHON_HEIGHT = 22  # mm: the record with two lines of copies; what is left over is above it


def colophon(document: Docx, copies: str, printed: str) -> None:
    """The record at the foot of the last page (版记): copies where there are any, then who printed it and when.

    It is a text box at the foot of the text, so that it stays there whatever stands above. (LibreOffice places neither
    framed paragraphs nor floating tables so.)
    """
    size = {"width": Mm(_WIDTH), "height": Mm(_COLOPHON_HEIGHT)}
    anchor = parse_xml("".join(_AT_THE_FOOT.format(**size).splitlines()))
    holder = write(document, "", first=0, size=2)
    holder.paragraph_format.line_spacing = Pt(2)
    holder.runs[0]._element.append(anchor)
    box = next(anchor.iter(qn("w:txbxContent")))
    for words in (f"{{%p if {copies} %}}", f"抄送：{{{{ {copies} | 顿号 }}}}。", "{%p endif %}", printed):
        paragraph = write(document, words, size=FOUR, side=JUSTIFIED, first=0, left=1, right=1)
        paragraph.paragraph_format.line_spacing = Pt(20)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH) - Pt(20), WD_TAB_ALIGNMENT.RIGHT)
        borders = OxmlElement("w:pBdr")
        for edge, thick in (("top", 8), ("bottom", 8), ("between", 6)):
            line = OxmlElement(f"w:{edge}")
            for key, value in (("val", "single"), ("sz", str(thick)), ("space", "1"), ("color", "000000")):
                line.set(qn(f"w:{key}"), value)
            borders.append(line)
        paragraph._p.get_or_add_pPr().find(qn("w:tabs")).addprevious(borders)
        box.append(paragraph._p)


def put(paragraph: Paragraph, words: str, face: str, size: float, colour: str | None) -> Run:
    """Put words into a paragraph, in a type face and size; no line ends within a number such as 2022-点-001."""
    first, *others = OF_NUMBER.split(words)
    run = paragraph.add_run(first)
    for part in others:
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text(part)
    run.font.size = Pt(size)
    _face(run._element.get_or_add_rPr(), face)
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def arrange(
    paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH | None, first: float, left: float, right: float, together: bool
) -> Paragraph:
    """Place a paragraph: its side, its indents in characters, and whether it stays with the next."""
    if side is not None:
        paragraph.alignment = side
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for key, characters in (("firstLine", first), ("left", left), ("right", right)):
        if characters:
            indent.set(qn(f"w:{key}Chars"), str(round(characters * 100)))
            indent.set(qn(f"w:{key}"), str(round(characters * _CHARACTER)))
    paragraph.paragraph_format.keep_with_next = together or None
    return paragraph


def _face(properties: Any, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _rule(paragraph: Paragraph, edge: str, kind: str, size: int, space: int) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{edge}")
    for key, value in (("val", kind), ("sz", str(size)), ("space", str(space)), ("color", RED)):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders,
        *(f"w:{name}" for name in ("shd", "tabs", "suppressAutoHyphens", "snapToGrid", "spacing", "ind", "jc", "rPr")),
    )


def _wider(paragraph: Paragraph) -> None:
    """Let a rule be 170 mm long, seven more on either side than the text."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for key in ("left", "right"):
        indent.set(qn(f"w:{key}"), str(round(-7 / 25.4 * 1440)))


def _page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    if side is not None:
        paragraph.alignment = side
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    edge = "right" if side == RIGHT else "left"
    indent.set(qn(f"w:{edge}Chars"), "100")
    indent.set(qn(f"w:{edge}"), str(round(_CHARACTER)))
    put(paragraph, "— ", FIGURES, FOUR, None)
    for kind in ("begin", "PAGE", "end"):
        run = put(paragraph, "", FIGURES, FOUR, None)
        if kind == "PAGE":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = " PAGE "
            run._element.append(code)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
    put(paragraph, " —", FIGURES, FOUR, None)
