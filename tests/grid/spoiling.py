"""Hostile workbooks, made of a good one: each by a seeded die, so that it can be made again."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

SPLINTERS = [b"", b"<", b"&x;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\x00", b"\xff\xfe", b'r="A1"', b't="e"', b"<f>1+1</f>", b"</row>", b'"', b"_x0000_", b"=cmd|'/c calc'!A1", b"../../x", "或".encode(), "≥".encode(), "“".encode(), b"[" * 200, b"1e999", b"9" * 400, b'hidden="1"', b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>']  # fmt: skip
"""What is put into the middle of a part."""

WORDS = ["", " ", "或", "（其余）", "S-1", "S-2", "≥", "≥ 2，≥ 3", "甲；；乙", "非（", '"', "不详", "县级，市级", "=1+1", "+1", "@SUM(A1)", "\u202e县级", "县\u200b级", "x" * 32_767, "９", "2022-02-30", "1e999", "启动", "否", "√", 3.5, -1, True, 10**15]  # fmt: skip
"""What is put into a cell."""

BOMBS = [
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %s "%s">' % (name, b"&%s;" % before * 10) for before, name in zip((b"a", b"b", b"c", b"d", b"e"), (b"b", b"c", b"d", b"e", b"f"), strict=True)) + b"]>",
    b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a [<!ENTITY % f SYSTEM "http://127.0.0.1:9/x"> %f;]>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
]  # fmt: skip

Spoil = Callable[[Path, Path, random.Random], None]


def of_bytes(good: Path, bad: Path, dice: random.Random) -> None:
    """Some bytes otherwise, or the end cut off."""
    data = bytearray(good.read_bytes())
    for _ in range(dice.randint(1, 20)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    bad.write_bytes(data[: dice.randrange(len(data))] if dice.random() < 0.3 else data)


def _parts(good: Path, bad: Path, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> None:
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
        for name, data in (more or {}).items():
            after.writestr(name, data)


def of_parts(good: Path, bad: Path, dice: random.Random) -> None:
    """Splinters in the XML of some parts."""
    with zipfile.ZipFile(good) as archive:
        names = archive.namelist()
    chosen = dice.sample([name for name in names if "sheet" in name.lower() or "shared" in name.lower()], 2)

    def change(name: str, data: bytes) -> bytes:
        for _ in range(dice.randint(1, 4) if name in chosen else 0):
            at, cut = dice.randrange(len(data) + 1), dice.choice([0, 0, 1, 5, 50])
            data = data[:at] + dice.choice(SPLINTERS) + data[at + cut :]
        return data

    _parts(good, bad, change)


def with_a_bomb(good: Path, bad: Path, dice: random.Random) -> None:
    """Entities that grow, or that name what lies outside."""
    bomb, target = dice.choice(BOMBS), dice.choice(["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"])  # fmt: skip
    use = dice.choice([b"&f;", b"&a;"])

    def change(name: str, data: bytes) -> bytes:
        if name != target:
            return data
        head, _, rest = data.partition(b"?>")
        return head + b"?>" + bomb + (rest.replace(b"<t>", b"<t>" + use, 1) if dice.random() < 0.5 else rest)

    _parts(good, bad, change)


def with_links(good: Path, bad: Path, dice: random.Random) -> None:
    """References to files and addresses outside."""
    target = dice.choice([b"http://127.0.0.1:9/x", b"file:///etc/passwd", b"\\\\127.0.0.1\\share\\x", b"../../../../etc/passwd", b"/etc/passwd"])  # fmt: skip
    more = {
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="rId1" Type="x/externalLinkPath" Target="%s" TargetMode="External"/></Relationships>' % target,
        "xl/connections.xml": b'<connections><connection id="1" type="5"><dbPr connection="%s"/></connection></connections>' % target,
        "../../outside.txt": b"x",
    }  # fmt: skip

    def change(name: str, data: bytes) -> bytes:
        if name.endswith(".rels") and dice.random() < 0.4:
            return re.sub(rb'Target="[^"]*"', b'Target="%s"' % target.replace(b"\\", b"\\\\"), data, count=1)
        if name.startswith("xl/worksheets/sheet"):
            return data.replace(b"</c>", b'</c><c r="AB9"><f>WEBSERVICE("%s")</f><v>1</v></c>' % target, 1)
        return data

    _parts(good, bad, change, more)


def that_is_huge(good: Path, bad: Path, dice: random.Random) -> None:
    """Dimensions, places and numbers beyond anything; a part that unpacks to much."""
    way = dice.randrange(6)

    def change(name: str, data: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return data
        rows = [b'<row r="1048577"><c r="A1048577" t="inlineStr"><is><t>S-99</t></is></c></row>', b'<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c></row>', b'<row r="60"><c r="ZZZZZZ60"><v>1</v></c></row>', b'<row r="-1"><c r="A-1"><v>1</v></c></row>']  # fmt: skip
        match way:
            case 0:
                return re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', data)
            case 1:
                return data.replace(b"</sheetData>", dice.choice(rows) + b"</sheetData>")
            case 2:
                return data.replace(b"</sheetData>", b"".join(b'<row r="%d"/>' % n for n in range(60, 60_000)) + b"</sheetData>")  # fmt: skip
            case 3:
                return data.replace(b"</worksheet>", b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')  # fmt: skip
            case 4:
                return data.replace(b"<v>0</v>", b"<v>" + b"9" * 30 + b"</v>", 5)
        return data.replace(b"</worksheet>", b"<!--" + bytes(32) * (1 << 16) + b"--></worksheet>")

    _parts(good, bad, change)


def with_formulas(good: Path, bad: Path, dice: random.Random) -> None:
    """Formulas in the place of values: stored or not, in circles."""

    def change(name: str, data: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return data
        cells = list(re.finditer(rb'<c r="([A-Z]+[0-9]+)"([^>]*?) t="s"><v>(\d+)</v></c>', data))
        for found in dice.sample(cells, min(len(cells), 3)):
            place, style = found[1], found[2]
            formula = dice.choice([b"%s" % place, b"A1&amp;B2", b"[1]x!A1", b"INDIRECT(&quot;A&quot;&amp;1)", b"1/0"])
            stored = dice.choice([b"<v></v>", b"<v>#REF!</v>", b"<v>3</v>", b""])
            kind = dice.choice([b' t="str"', b' t="e"', b"", b' t="b"'])
            data = data.replace(found[0], b'<c r="%s"%s%s><f>%s</f>%s</c>' % (place, style, kind, formula, stored))
        return data

    _parts(good, bad, change)


def _edited(change: Callable[[Any, random.Random], None]) -> Spoil:
    def spoil(good: Path, bad: Path, dice: random.Random) -> None:
        book = openpyxl.load_workbook(good)
        sheets = [sheet for sheet in book.worksheets if sheet.title in ("是否启动", "提示", "参数", "start", "hints")]
        change(dice.choice(sheets or book.worksheets), dice)
        book.save(bad)

    spoil.__doc__ = change.__doc__
    return spoil


def _merged(sheet: Any, dice: random.Random) -> None:
    """Cells merged over rules."""
    top, left = dice.randint(3, 8), dice.randint(1, 8)
    sheet.merge_cells(start_row=top, end_row=top + dice.randint(0, 4), start_column=left, end_column=left + 2)


def _hidden(sheet: Any, dice: random.Random) -> None:
    """Rows, columns and sheets that nobody sees."""
    sheet.row_dimensions[dice.randint(3, 9)].hidden = True
    sheet.column_dimensions[dice.choice("ABCDE")].hidden = True
    sheet.sheet_state = dice.choice(["hidden", "veryHidden", "visible"])


def _headings(sheet: Any, dice: random.Random) -> None:
    """Headings renamed, blank, doubled, in another order; columns gone or more."""
    last = sheet.max_column
    one, two = dice.randint(1, last), dice.randint(1, last)
    match dice.randrange(5):
        case 0:
            sheet.cell(3, one).value = dice.choice(["", "层 级", "机关层级", "备注", None, "编号"])
        case 1:
            for row in range(3, sheet.max_row + 1):
                a, b = sheet.cell(row, one), sheet.cell(row, two)
                a.value, b.value = b.value, a.value
        case 2:
            sheet.cell(3, one).value = sheet.cell(3, two).value
        case 3:
            sheet.delete_cols(one)
        case 4:
            sheet.delete_rows(1, dice.randint(1, 3))


def _rows(sheet: Any, dice: random.Random) -> None:
    """Rows doubled, moved, gone, or in the place of others; ids twice."""
    first, last = 4, max(5, sheet.max_row)
    one, two = dice.randint(first, last), dice.randint(first, last)
    match dice.randrange(4):
        case 0:
            sheet.cell(one, 1).value = sheet.cell(two, 1).value
        case 1:
            sheet.delete_rows(one, dice.randint(1, 3))
        case 2:
            sheet.insert_rows(one)
            for column in range(1, sheet.max_column + 1):
                sheet.cell(one, column).value = sheet.cell(two, column).value
        case 3:
            sheet.cell(one, 1).value = dice.choice(WORDS)


def _cells(sheet: Any, dice: random.Random) -> None:
    """Odd words in cells."""
    for _ in range(dice.randint(1, 6)):
        sheet.cell(dice.randint(3, 10), dice.randint(1, sheet.max_column)).value = dice.choice(WORDS)


def _sheets(sheet: Any, dice: random.Random) -> None:
    """Sheets renamed, copied, gone."""
    book = sheet.parent
    match dice.randrange(4):
        case 0:
            sheet.title = dice.choice(["History", "x" * 31, "参数 ", "说明2"])
        case 1:
            book.copy_worksheet(sheet)
        case 2:
            book.remove(sheet)
        case 3:
            book["_reformkit"].cell(dice.randint(1, 5), dice.randint(1, 2)).value = dice.choice(WORDS)


def by_another_tool(good: Path, bad: Path, dice: random.Random) -> None:
    """A workbook that reformkit never wrote, with the same headings."""
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(good)["参数"].iter_rows()]
    book = openpyxl.Workbook()
    book.active.title = dice.choice(["参数", "Sheet1", "_reformkit"])
    for row in rows[dice.randint(0, 3) :]:
        book.active.append(row)
    book.save(bad)


WAYS: dict[str, Spoil] = {
    "bytes": of_bytes,
    "parts": of_parts,
    "bombs": with_a_bomb,
    "links": with_links,
    "huge": that_is_huge,
    "formulas": with_formulas,
    "merged": _edited(_merged),
    "hidden": _edited(_hidden),
    "headings": _edited(_headings),
    "rows": _edited(_rows),
    "cells": _edited(_cells),
    "sheets": _edited(_sheets),
    "another tool": by_another_tool,
}
