"""Workbooks written part by part, as programs write them that are neither Excel nor openpyxl."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OF_PACKAGES = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEADER = ("编号", "机关层级", "处分决定日期", "涉案人数", "案发单位")


def text(place: str, said: str) -> str:
    """A cell that holds its text itself."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(said)}</t></is></c>'


def row(number: int, *cells: str) -> str:
    """A row of cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def header(*names: str) -> str:
    """The first row."""
    return row(1, *(text(f"{chr(65 + i)}1", name) for i, name in enumerate(names or HEADER)))


def styles(*codes: str | int, before: str = "") -> str:
    """Styles with one number format each: a code, or the number of one that is built in."""
    own = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>' for i, code in enumerate(codes) if isinstance(code, str))  # fmt: skip
    used = "".join(f'<xf numFmtId="{164 + i if isinstance(code, str) else code}"/>' for i, code in enumerate(codes))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts>{before}<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'


def bare(
    path: Path,
    *rows: str,
    style: str = "",
    strings: str = "",
    after: str = "",
    before: str = "",
    columns: str = "",
    main: str = MAIN,
    office: str = OF_OFFICE,
    strings_part: str = "sharedStrings.xml",
    **more: str,
) -> Path:
    """A workbook of one sheet `案件` with these rows; `more` are parts by the names that stand for them."""
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{OF_PACKAGES}"><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="案件" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{OF_PACKAGES}"><Relationship Id="s" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{office}/sharedStrings" Target="{strings_part}"/><Relationship Id="f" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{main}">{columns}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>',
        **({"xl/styles.xml": style} if style else {}),
        **({f"xl/{strings_part}": strings} if strings else {}),
        **more,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path
