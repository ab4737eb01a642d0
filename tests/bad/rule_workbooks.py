"""Workbooks of rules with one fault each, made when they are wanted; a fault a code, with its exact message."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import reformkit as rk
from tests.grid.folder import Sheets, cell, small


def _set(*cells: tuple[str, str, str, Any]) -> Callable[[Path, Any], None]:
    def spoil(rules: Path, book: Any) -> None:
        for title, id, heading, value in cells:
            cell(book, title, id, heading).value = value

    return spoil


def _clash(rules: Path, book: Any) -> None:
    cell(book, "是否启动", "S-1", "层级").value = "市级"
    start = rules / "start.yaml"
    start.write_bytes(start.read_bytes().replace(b"level: town", b"level: county"))


def _deleted(rules: Path, book: Any) -> None:
    book["是否启动"].delete_rows(cell(book, "是否启动", "S-1", "编号").row)


def _merged(rules: Path, book: Any) -> None:
    book["参数"].merge_cells("G4:G5")


def _formula(rules: Path, book: Any) -> None:
    """A formula with a stored result, as Excel leaves it; openpyxl would write none."""
    cell(book, "参数", "many", "值").value = "=3"


def _stored(path: Path) -> None:
    old = path.with_suffix(".old")
    shutil.move(path, old)
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(path, "w") as after:
        for info in before.infolist():
            after.writestr(
                info.filename,
                before.read(info)
                .replace(b"<f>3</f><v />", b"<f>3</f><v>3</v>")
                .replace(b"<f>3</f><v></v>", b"<f>3</f><v>3</v>"),
            )


def _hidden(rules: Path, book: Any) -> None:
    book["参数"].row_dimensions[4].hidden = True


def _renamed(rules: Path, book: Any) -> None:
    sheet = book["参数"]
    sheet.cell(3, 3).value = None


def _more_columns(rules: Path, book: Any) -> None:
    sheet = book["参数"]
    sheet.cell(3, sheet.max_column + 1).value = "备注"


def _no_sheet(rules: Path, book: Any) -> None:
    del book["提示"]


def _more_sheets(rules: Path, book: Any) -> None:
    book.create_sheet("草稿")["A1"] = "x"


def _other_name(rules: Path, book: Any) -> None:
    book["参数"].title = "各项参数"


def _copied(rules: Path, book: Any) -> None:
    book.copy_worksheet(book["参数"]).title = "参数 (2)"


def _no_base(rules: Path, book: Any) -> None:
    del book["_reformkit"]


def _bracketed(rules: Path, book: Any) -> None:
    cell(book, "是否启动", "S-1", "标题").value = "乡镇"
    start = rules / "start.yaml"
    start.write_bytes(start.read_bytes().replace(b"\n", b"\r\n", 1))


SPOILT_RULES: dict[str, Callable[[Path, Any], None]] = {
    "RK860": _set(("是否启动", "S-1", "形态", "第一种；；第三种")),
    "RK861": _set(("是否启动", "S-1", "形态", "≥ 2")),
    "RK862": _clash,
    "RK863": _deleted,
    "RK864": _set(("是否启动", "S-4", "其他条件（只读）", "市级以外")),
    "RK865": _merged,
    "RK866": _formula,
    "RK867": _hidden,
    "RK868": _renamed,
    "RK869": _more_columns,
    "RK870": _no_sheet,
    "RK871": _more_sheets,
    "RK872": _no_base,
    "RK873": _set(("参数", "many", "失效", "明年")),
    "RK874": _set(("是否启动", "S-1", "标题", "乡镇")),
    "RK875": _bracketed,
    "RK881": _other_name,
    "RK882": _copied,
    "RK876": _set(("参数", "many", "值", "多")),
}

EXPECTED: dict[str, str] = {
    "RK860": (
        "规则.xlsx 是否启动!G4 RK860\n"
        "  “形态”这一格“第一种；；第三种”读不懂：“；”的一边没有内容\n"
        "  the cell of `form` cannot be read, `第一种；；第三种`: there is nothing on one side of `；`"
    ),
    "RK861": (
        "规则.xlsx 是否启动!G4 RK861\n"
        "  “形态”是选项，不能写成“≥”\n"
        "  `form` is of type choice and cannot be asked `≥`"
    ),
    "RK862": (
        "规则.xlsx 是否启动!C4 RK862\n"
        "  “S-1”的“层级”两边都改了：导出时是“乡镇级”，工作簿改为“市级”，规则册现在是“县级”\n"
        "  `层级` of `S-1` was changed on both sides: it was `乡镇级`, the workbook says `市级`, and the rulebook now says `县级`"
    ),
    "RK863": (
        "规则.xlsx 是否启动!A1 RK863\n"
        '  “S-1”的一行没有了：第一种；"第二种；含诫勉"；乡镇级；启动；乡镇案件\n'
        '  the row of `S-1` is gone: 第一种；"第二种；含诫勉"；乡镇级；启动；乡镇案件'
    ),
    "RK864": (
        "规则.xlsx 是否启动!K8 RK864\n"
        "  这里不能这样改：这一格只读，在 YAML 中改\n"
        "  this cannot be changed so here: this cell is read only; change it in the YAML"
    ),
    "RK865": (
        "规则.xlsx 参数!G4 RK865\n"
        "  G4:G5 合并成了一格，只有 G4 有内容，其余各行的值不明\n"
        "  G4:G5 is merged into one cell; only G4 holds a value, so the other rows state none"
    ),
    "RK866": (
        "规则.xlsx 参数!C4 RK866\n"
        "  这一格是公式 =3，取了它存下的结果“3”\n"
        "  this cell is the formula =3; its stored result `3` was taken"
    ),
    "RK867": (
        "规则.xlsx 参数!A4 RK867\n"
        "  这一行是隐藏的或被筛掉的，照样读了\n"
        "  this row is hidden or filtered out, and was read like the others"
    ),
    "RK868": (
        "规则.xlsx 参数!A3 RK868\n"
        "  这张表没有“值”一列\n"
        "  this sheet has no column `值`"
    ),
    "RK869": (
        "规则.xlsx 参数!I3 RK869\n"
        "  “备注”这一列没有读\n"
        "  the column `备注` was not read"
    ),
    "RK870": (
        "规则.xlsx:1:1 RK870\n"
        "  没有工作表“提示”，其中的内容照规则册现有的不动\n"
        "  there is no sheet `提示`; what it held stays in the rulebook as it is"
    ),
    "RK871": (
        "规则.xlsx 草稿!A1 RK871\n"
        "  工作表“草稿”没有读\n"
        "  the sheet `草稿` was not read"
    ),
    "RK872": (
        "规则.xlsx:1:1 RK872\n"
        "  这个工作簿不能收进这个规则册：没有 reformkit 导出时写下的底稿\n"
        "  this workbook cannot be taken into this rulebook: it has no base that reformkit wrote when it was exported"
    ),
    "RK873": (
        "规则.xlsx 参数!E4 RK873\n"
        "  这一行或者这一格不能用：“明年”不是日期，写成 2022-01-01\n"
        "  this row or cell cannot be used: `明年` is no day; write 2022-01-01"
    ),
    "RK874": (
        "规则.xlsx 是否启动!B4 RK874\n"
        "  “S-1”的“标题”只改了一种语言，另一种语言的文字没有动\n"
        "  `标题` of `S-1` was changed in one language, and its text in the other was not"
    ),
    "RK875": (
        "规则.xlsx 是否启动!A4 RK875\n"
        "  这处改动写不进 YAML：start.yaml 的写法不便逐处改写（如规则写在括号里、行尾混用）\n"
        "  this change cannot be put into the YAML: start.yaml is laid out so that single places cannot be changed (rules in brackets, mixed line ends)"
    ),
    "RK876": (
        "规则.xlsx 参数!C4 RK876\n"
        "  改了以后，规则册就有错：参数“many”取值“多”，不能用于“人数”\n"
        "  with this change the rulebook would have an error: the value `多` of the parameter `many` does not fit `people`"
    ),
    "RK881": (
        "规则.xlsx 各项参数!A1 RK881\n"
        "  工作表“各项参数”像是改了名的“参数”，没有读\n"
        "  the sheet `各项参数` looks like `参数` by another name, and was not read"
    ),
    "RK882": (
        "规则.xlsx 参数 (2)!A1 RK882\n"
        "  工作表“参数 (2)”像是“参数”的副本，没有读\n"
        "  the sheet `参数 (2)` looks like a copy of `参数`, and was not read"
    ),
}  # fmt: skip


def problems_of(code: str, folder: Path) -> list[rk.Problem]:
    """What is said of the workbook that has the fault of a code."""
    rules = small(folder)
    sheets = Sheets(rules)
    sheets.changed(lambda book: SPOILT_RULES[code](rules, book))
    if code == "RK866":
        _stored(sheets.path)
    return list(rk.import_workbook(sheets.path, rules, dry_run=True).problems)
