"""Workbooks with one fault each, made when they are wanted; a fault a code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADER = ("编号", "机关层级", "涉案人数")
ROWS = (("A-1", "县级", 3), ("A-2", "县级", 1))


def workbook(rows: tuple[tuple[Any, ...], ...] = (HEADER, *ROWS), title: str = "案件") -> Workbook:
    """A good workbook of two cases."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def _old(book: Workbook, path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))


def _no_header(book: Workbook, path: Path) -> None:
    book.active.title = "说明"
    book.active.delete_rows(1)
    book.save(path)


def _second_sheet(book: Workbook, path: Path) -> None:
    other = book.create_sheet("二月")
    other.append(HEADER)
    other.sheet_state = "hidden"
    book.save(path)


def _merged(book: Workbook, path: Path) -> None:
    book.active.merge_cells("B2:B3")
    book.save(path)


def _formula(book: Workbook, path: Path) -> None:
    book.active["C3"] = "=SUM(C2:C2)"
    book.save(path)


def _unreadable_beside(book: Workbook, path: Path) -> None:
    book.active["D1"] = "备注"
    book.active["D2"] = "#REF!"
    book.active["D2"].data_type = "e"
    book.save(path)


def _blank(book: Workbook, path: Path) -> None:
    book.active.insert_rows(3, 2)
    book.save(path)


def _hidden_rows(book: Workbook, path: Path) -> None:
    book.active.row_dimensions[2].hidden = True
    book.save(path)


def _hidden_column(book: Workbook, path: Path) -> None:
    book.active.column_dimensions["C"].hidden = True
    book.save(path)


def _findings(*rows: tuple[Any, ...], shown: str = "visible") -> Callable[[Workbook, Path], None]:
    def spoil(book: Workbook, path: Path) -> None:
        sheet = book.create_sheet("剖析发现")
        sheet.sheet_state = shown
        for row in (("编号", "症结", "事项", "证据"), *rows):
            sheet.append(row)
        book.save(path)

    return spoil


SPOILT: dict[str, tuple[Callable[[Workbook, Path], None], str]] = {
    "RK194": (_old, ("cases.xlsx:1:1 RK194\n  打不开这个工作簿：这是旧的 .xls 或 .et 格式\n"
                     "  this workbook cannot be opened: it is in the old format of .xls or .et")),
    "RK823": (_unreadable_beside, ("cases.xlsx 案件!D2 RK823\n  “备注”不是事实，照原样带出，但这一格读不出，带出为空\n"
                                   "  `备注` is no fact and is passed on as it stands, but this cell cannot be read and "
                                   "is passed on blank")),
    "RK195": (_no_header, ("cases.xlsx:1:1 RK195\n  工作簿中没有案件表：“说明”的前20行都不是表头\n"
                           "  there is no table of cases in the workbook: none of the first 20 rows of `说明` is a header")),
    "RK196": (_second_sheet, ("cases.xlsx 二月!A1 RK196\n  只读了工作表“案件”；“二月”（隐藏的）也有案件表，没有读\n"
                              "  only the sheet `案件` was read; `二月` (hidden) holds a table of cases too and was not")),
    "RK197": (_merged, ("cases.xlsx 案件!B3 RK197\n  这一格并入了 B2:B3，只有 B2 有内容，本行的值不明\n"
                        "  this cell is merged into B2:B3; only B2 holds a value, so this row states none")),
    "RK198": (_formula, ("cases.xlsx 案件!C3 RK198\n  这一格没有可用的值：公式 =SUM(C2:C2) 的结果没有存在文件中\n"
                         "  this cell holds no value: the result of the formula =SUM(C2:C2) is not stored")),
    "RK815": (_hidden_rows, ("cases.xlsx 案件!A2 RK815\n  有 1 行隐藏或被筛掉（第 2 行），照样读取\n"
                             "  1 row is hidden or filtered out (row 2) and read all the same")),
    "RK816": (_hidden_column, ("cases.xlsx 案件!C1 RK816\n  有 1 列隐藏（C 列“涉案人数”），照样读取\n"
                               "  1 column is hidden (C `涉案人数`) and read all the same")),
    "RK199": (_blank, ("cases.xlsx 案件!A3 RK199\n  表中间有 2 个空行（第一处在第 3 行），已略过\n"
                       "  there are 2 blank rows within the table (the first is row 3), which are passed over")),
    "RK877": (_findings(("A-11", "absent", None, None)),
              ("cases.xlsx 剖析发现!A2 RK877\n  案件表中没有编号“A-11”，最接近的是“A-1”，这一行剖析发现没有归属\n"
               "  no case in the table has the id `A-11`; the nearest is `A-1`, so this finding belongs to none")),
    "RK878": (_findings(("A-1", "absent"), (None, "absent")),
              ("cases.xlsx 剖析发现!A3 RK878\n  这一行剖析发现没有编号\n  this finding has no id of a case")),
    "RK879": (_findings(("A-1", "absent"), ("A-2", "absent"), ("A-1", "absent")),
              ("cases.xlsx 剖析发现!A4 RK879\n  这一行剖析发现与第 2 行相同，只算一次\n"
               "  this finding is the same as that of row 2 and counts once")),
    "RK880": (_findings(("A-1", "absent"), shown="hidden"),
              ("cases.xlsx 剖析发现!A1 RK880\n  这张剖析发现表没有读：它是隐藏的\n"
               "  this sheet of findings was not read: it is hidden")),
}  # fmt: skip
