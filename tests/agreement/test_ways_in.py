"""The same canonical cases give the same facts, problems and answers through every way in."""

from __future__ import annotations

import csv
import json
import os
import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

import reformkit as rk
from reformkit.files.opening import read_cases
from reformkit.model.vocabulary import Field
from tests.agreement.frames import TYPES
from tests.books import bundled_book

CASES = int(os.environ.get("REFORMKIT_EXAMPLES", "0")) // 2 or 1000
A_TIME = 250
ANSWERED = A_TIME if "REFORMKIT_EXAMPLES" in os.environ else 20
"""Of the cases of a file so many are also told to a session and given in frames of every kind (all, in `make soak`)."""
TEXTS = [
    "九原区",
    "九原区\u200b",
    "九原 区",
    " 青山区",
    "青山区 ",
    "某局（东）",
    "某局(东)",
    "ＡＢ局",
    "二○二二",
    "Unit A",
]
TEXTS += ["不详", "N/A", "/", "待查", "Unit  A", "某局\n东"]
Row = dict[str, Any]
_LINE = re.compile(r"\d+")


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def a_value(field: Field, rng: random.Random) -> Any:
    match field.type:
        case "choice":
            return rng.choice(list(field.values))
        case "flag":
            return rng.random() < 0.5
        case "count":
            return rng.randint(field.lowest, min(field.highest or 20, 20))
        case "number":
            return Decimal(rng.randrange(10 ** rng.randint(1, 7))).scaleb(-2)
        case "date":
            return date(2021, 12, 1) + timedelta(days=rng.randrange(400))
        case "text":
            return rng.choice(TEXTS)
        case "tags":
            return rng.sample(list(field.values), rng.randint(0, min(3, len(field.values))))


def some_cases(book: rk.Book, count: int, seed: int) -> list[Row]:
    rng = random.Random(seed)
    fields = [f for f in book.rulebook.vocabulary.case_fields.values() if f.source == "stated"]
    rows = []
    for number in range(count):
        share = rng.choice((0.1, 0.2, 0.6))
        chosen = [f for f in fields if rng.random() < share]
        rows.append({"id": f"C-{number}", **{f.name: a_value(f, rng) for f in chosen}})
    return rows


def plain(row: Row) -> Row:
    """As JSON and YAML have it; a number is a float, as most programs write it."""
    said = {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


def cell(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(value) or "无"
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def table(rows: Sequence[Row], say: Any) -> list[list[Any]]:
    heads = list(dict.fromkeys(name for row in rows for name in row))
    return [heads, *([say(row.get(name)) for name in heads] for row in rows)]


def frame(book: rk.Book, rows: Sequence[Row]) -> pl.DataFrame:
    fields, names = book.rulebook.fields, dict.fromkeys(name for row in rows for name in row if name != "id")
    kinds = {name: TYPES[fields[name].type] for name in names}
    series = [pl.Series(name, [row.get(name) for row in rows], dtype=kind) for name, kind in kinds.items()]
    return pl.DataFrame([pl.Series("id", [row["id"] for row in rows]), *series])


def block(row: Row) -> str:
    """A case as YAML in block style; its scalars are quoted as JSON quotes them."""
    lines = []
    for name, value in row.items():
        said = json.dumps(value, ensure_ascii=False)
        items = (
            "".join(f"\n    - {json.dumps(one, ensure_ascii=False)}" for one in value)
            if isinstance(value, list)
            else ""
        )
        lines.append(f"{name}:{items or f' {said}'}")
    return "- " + "\n  ".join(lines) + "\n"


def write(book: rk.Book, rows: Sequence[Row], path: Path) -> None:
    flat = [plain(row) for row in rows]
    match path.suffix:
        case ".yaml":
            path.write_text("".join(map(block, flat)), encoding="utf-8")
        case ".json":
            path.write_text(json.dumps(flat, ensure_ascii=False, indent=1), encoding="utf-8")
        case ".jsonl":
            path.write_text("".join(f"{json.dumps(row)}\n" for row in flat), encoding="utf-8")
        case ".csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(table(rows, cell))
        case ".xlsx":
            with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
                sheet, day = workbook.add_worksheet("案件"), workbook.add_format({"num_format": "yyyy-mm-dd"})
                for at, line in enumerate(
                    table(rows, lambda v: v if isinstance(v, bool | int | date | Decimal) else cell(v))
                ):
                    for column, value in enumerate(line):
                        put = sheet.write_datetime if isinstance(value, date) else sheet.write
                        put(at, column, value, *([day] if isinstance(value, date) else []))
        case ".parquet":
            frame(book, rows).write_parquet(path)


def said(case: rk.Case) -> tuple[Row, list[tuple[str, str | None]]]:
    """A case's facts and what is said of each; two spellings are said of a column, and not of a case."""
    return dict(case.facts), sorted((p.code, p.fact) for p in case.problems if p.code != "RK802")  # type: ignore[type-var]


def outcomes(a: rk.Assessment) -> Row:
    return {name: (d.status, d.outcome, d.outcomes) for name, d in a.decisions.items()}


def in_frame(book: rk.Book, made: Any) -> list[Row]:
    """What a frame of any kind says of each row, as `outcomes` has it."""
    made = made.collect() if isinstance(made, pl.LazyFrame) else pl.DataFrame(made)
    columns = {}
    for name, table in book.rulebook.decisions.items():
        said, statuses = made[name].to_list(), made[f"{name}_status"].to_list()
        columns[name] = [
            (status, None, tuple(one or ())) if table.hit == "collect" else (status, one, (one,) if one else ())
            for status, one in zip(statuses, said, strict=True)
        ]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.mark.parametrize("seed", range(max(1, CASES // A_TIME)))
def test_every_way_in_gives_the_same(book: rk.Book, tmp_path: Path, seed: int) -> None:
    rows = some_cases(book, A_TIME, seed)
    cases = [book.checker.case(row) for row in rows]
    wanted = [said(case) for case in cases]
    assert any(problems for _, problems in wanted)
    first: list[tuple[str, str]] = []
    for ending in ("yaml", "json", "jsonl", "csv", "xlsx", "parquet"):
        path = tmp_path / f"cases.{ending}"
        write(book, rows, path)
        found = read_cases(path, book.rulebook, all_warnings=True)
        assert [p for p in found.problems if p.severity == "error"] == [], ending
        for case, want, row in zip(found.cases, wanted, rows, strict=True):
            assert said(book.checker.case(case)) == want, (ending, row)
        messages = sorted((str(p.fact), _LINE.sub("", p.message("en"))) for p in found.problems)
        first = first or messages
        assert messages == first, ending

    assessed = list(book.assess_many(cases, history=cases))
    whole = frame(book, rows)
    assert in_frame(book, book.assess_frame(whole, "self", needs=False)) == [outcomes(a) for a in assessed]
    told: list[list[tuple[str, str]]] = [[] for _ in rows]
    for row, column, code in book.check_frame(whole).select("row", "column", "code").iter_rows():
        if code != "RK802" and row is not None:
            told[row].append((code, column))
    assert [sorted(one) for one in told] == [
        sorted((p.code, p.fact) for p in a.problems if p.code != "RK802")  # type: ignore[type-var]
        for a in assessed  # a frame is also told what contradicts itself, as an assessment is
    ]
    some = cases[:ANSWERED]
    answers = [outcomes(a) for a in (assessed if some == cases else book.assess_many(some, history=some))]
    few = frame(book, rows[:ANSWERED])
    arrow = few.to_arrow()
    for given in (arrow, arrow.to_pandas(types_mapper=None), few.lazy()):
        assert in_frame(book, book.assess_frame(given, "self", needs=False)) == answers
    with book.session(by="compiled") as session:
        for row in rows[:ANSWERED]:
            session.tell(row["id"], {name: value for name, value in row.items() if name != "id"})
        for row, want, answer in zip(rows[:ANSWERED], wanted, answers, strict=False):
            assert said(session[row["id"]].case) == want
            assert outcomes(session[row["id"]]) == answer
