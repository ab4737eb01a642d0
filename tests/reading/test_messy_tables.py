"""Cases written as offices do, each cell in a way of its own: read from CSV and workbook, they are what was meant.

What is meant is made first, and never read back: no reader is its oracle.
"""

from __future__ import annotations

import csv
import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import reformkit as rk
from reformkit.model.vocabulary import Field
from tests.books import bundled_book

TABLES = int(os.environ.get("REFORMKIT_EXAMPLES", "0")) // 10 or 12
UNITS = ("某局", "某区甲街道", "某医院", "某镇某村", "Unit A")
Cell = Any
Dice = random.Random


def meant(field: Field, dice: Dice) -> Any:
    """A value that a case may have."""
    match field.type:
        case "choice":
            return dice.choice(list(field.values))
        case "flag":
            return dice.random() < 0.5
        case "count":
            return dice.randint(field.lowest, min(field.highest or 30, 30))
        case "number":
            return Decimal(dice.randrange(1, 10**5)).scaleb(-(field.places or 0))
        case "date":
            return date(2021, 6, 1) + timedelta(days=dice.randrange(600))
        case "tags":
            return frozenset(dice.sample(list(field.values), dice.randint(0, 3)))
    return dice.choice(UNITS)


def _choice(field: Field, value: str, dice: Dice) -> Cell:
    return _padded(dice.choice((value, field.values[value].label.zh, field.values[value].label.zh)), dice)


def _flag(field: Field, value: bool, dice: Dice) -> Cell:
    return dice.choice(("是", "TRUE", "True", "√", "✓", " 是") if value else ("否", "FALSE", "False", "×", "否 "))


def _count(field: Field, value: int, dice: Dice) -> Cell:
    wide = str(value).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    return dice.choice((value, str(value), f"{value}.0", wide, f" {value} ", float(value)))


def _number(field: Field, value: Decimal, dice: Dice) -> Cell:
    return dice.choice((f"{value:f}", float(value), f" {value:f}"))


def _date(field: Field, value: date, dice: Dice) -> Cell:
    y, m, d = value.year, value.month, value.day
    said = (
        f"{y}/{m}/{d}",
        f"{y}.{m}.{d}",
        f"{y}年{m}月{d}日",
        f"{y}-{m:02}-{d:02}",
        f"{y}/{m:02}/{d:02} 0:00",
        f" {y}-{m}-{d}",
    )
    return dice.choice((*said, value, value))


def _tags(field: Field, value: frozenset[str], dice: Dice) -> Cell:
    words = [dice.choice((tag, field.values[tag].label.zh)) for tag in sorted(value, key=lambda _: dice.random())]
    if not words:
        return dice.choice(("无", " 无 "))
    if len(words) > 1 and dice.random() < 0.3:
        return dice.choice(("\n", "；")).join(f"{number}. {word}" for number, word in enumerate(words, 1))
    return dice.choice(("；", ";", "； ", "\n", " ;")).join(words)


def _text(field: Field, value: str, dice: Dice) -> Cell:
    return _padded(value, dice)


def _padded(word: str, dice: Dice) -> str:
    return dice.choice((word, word, f" {word}", f"{word}  ", f"\t{word}", f"\u3000{word}"))


WRITERS: dict[str, Callable[[Field, Any, Dice], Cell]] = {
    "choice": _choice,
    "flag": _flag,
    "count": _count,
    "number": _number,
    "date": _date,
    "tags": _tags,
    "text": _text,
}


def heading(field: Field, dice: Dice) -> str:
    label = field.label.zh
    half = len(label) // 2
    return dice.choice(
        (label, field.name, f"*{label}", f"{label}（必填）", f" {label} ", f"{label[:half]}\n{label[half:]}")
    )


def a_table(fields: list[Field], dice: Dice) -> tuple[list[list[Cell]], dict[str, dict[str, Any]]]:
    """A sheet as somebody fills it in, and what is meant by it, by id."""
    columns = dice.sample(fields, dice.randint(4, 12))
    ids = [dice.choice((f"2022-{n:03}", f"某纪{n:03}", f"A{n}")) for n in range(dice.randint(3, 9))]
    truth = {id: {f.name: meant(f, dice) for f in columns if dice.random() < 0.8} for id in ids}
    heads = [dice.choice(("编号", "id", "编号 ")), *(heading(field, dice) for field in columns)]
    rows = [
        [_padded(id, dice), *(WRITERS[f.type](f, said[f.name], dice) if f.name in said else "" for f in columns)]
        for id, said in truth.items()
    ]
    for at, name in enumerate(dice.sample(("序号", "备注", "承办部门"), dice.randint(0, 2))):
        place = dice.randrange(len(heads) + 1)
        heads.insert(place, name)
        for number, row in enumerate(rows, 1):
            row.insert(place, str(number) if name == "序号" else dice.choice(("", f"说明{at}")))
    for _ in range(dice.randrange(3)):
        rows.insert(dice.randrange(len(rows) + 1), [""] * len(heads))
    if dice.random() < 0.4:
        rows.append(
            [
                dice.choice(("合计", "总计", f"共{len(ids)}件")) if head.strip() in ("编号", "id") else ""
                for head in heads
            ]
        )
    return [heads, *rows], truth


def write_csv(rows: list[list[Cell]], path: Path, dice: Dice) -> None:
    encoding = dice.choice(("utf-8", "utf-8-sig", "gb18030"))
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, lineterminator=dice.choice(("\n", "\r\n"))).writerows(rows)


def write_xlsx(rows: list[list[Cell]], path: Path, dice: Dice) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("案件")
        days = [workbook.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"')]
        edge = workbook.add_format({"border": 1})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, dice.choice(days))
                elif value == "":
                    sheet.write_blank(at, column, None, edge)
                else:
                    sheet.write(at, column, value)


@pytest.mark.parametrize("seed", range(TABLES))
def test_what_is_meant_by_a_messy_table_is_what_is_read(book: rk.Book, tmp_path: Path, seed: int) -> None:
    dice = Dice(f"messy {seed}")
    fields = [f for f in book.rulebook.vocabulary.case_fields.values() if f.source == "stated" and f.type in WRITERS]
    rows, truth = a_table(fields, dice)
    write_csv(rows, tmp_path / "台账.csv", dice)
    write_xlsx(rows, tmp_path / "台账.xlsx", dice)
    said = []
    for path in (tmp_path / "台账.csv", tmp_path / "台账.xlsx"):
        found = book.read_case_file(path)
        assert [p.message() for p in found.problems if p.severity == "error"] == [], rows
        assert {case.id: dict(case.facts) for case in found.cases} == truth, rows
        said.append(Counter((p.code, p.fact, p.case) for p in found.problems))
    assert said[0] == said[1]


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


@pytest.mark.parametrize("mark", "²₂②㉑")
def test_a_mark_of_a_footnote_is_no_digit_of_a_count_or_a_day(book: rk.Book, tmp_path: Path, mark: str) -> None:
    rows = [["编号", "涉案人数", "立案日期"], ["F-1", f"3{mark}", "2022-03-01"], ["F-2", "3", f"2022-03-1{mark}"]]
    (tmp_path / "notes.csv").write_text("".join(",".join(row) + "\n" for row in rows), "utf-8")
    with xlsxwriter.Workbook(tmp_path / "notes.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    for name in ("notes.csv", "notes.xlsx"):
        read = book.read_case_file(tmp_path / name)
        assert [problem.code for problem in read.problems] == ["RK132", "RK134"], name
        assert not read.cases
