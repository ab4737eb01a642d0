"""From file to file: the same answers in any format, bad rows listed, no half file whatever happens."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import reformkit as rk
from tests.books import bundled_book
from tests.cli.conftest import Run

FACTS = ("origin", "authority_level", "form", "stage", "coordinator_gate", "lead_gate", "position", "unit_kind")


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def made(book: rk.Book, rows: int, kinds: int = 12) -> pl.DataFrame:
    """Cases of so many kinds, some facts unknown."""
    fields, numbers = book.rulebook.fields, [i % kinds for i in range(rows)]
    columns: dict[str, Any] = {"id": [f"C-{i}" for i in range(rows)]}
    for step, name in enumerate(FACTS, 2):
        values = [*fields[name].values, None]
        columns[name] = [values[(k * step + k // 7) % len(values)] for k in numbers]
    behaviours, causes = list(fields["behaviours"].values), list(fields["causes"].values)
    columns["behaviours"] = [[behaviours[k % 9]] if k % 4 else None for k in numbers]
    columns["causes"] = [[causes[k % 11]] if k % 3 else [] for k in numbers]
    columns["region"] = ["某区" if k % 2 else "某县" for k in numbers]
    columns["industry"] = [list(fields["industry"].values)[k % 3] for k in numbers]
    decided = [k % 5 and columns["stage"][i] != "under_investigation" for i, k in enumerate(numbers)]
    columns["decided_on"] = [
        date(2022, 1 + k % 12, 1 + k % 28) if is_decided else None
        for k, is_decided in zip(numbers, decided, strict=True)
    ]
    columns["people_involved"] = [k % 4 + 1 for k in numbers]
    columns["typical"] = [(None, True, False)[k % 3] for k in numbers]
    return pl.DataFrame(columns, schema_overrides={"decided_on": pl.Date})


SIFTING = ("personal_conduct_only", "open_reform_same_issue", "unit_dissolved")
"""Facts on which the advice for the first gate rests."""


def _stated(name: str, value: str, every: int) -> pl.Expr:
    return pl.when(pl.int_range(pl.len()) % every == 0).then(pl.lit(value)).otherwise(None).alias(name)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def check_against_one_at_a_time(book: rk.Book, cases: pl.DataFrame, out: pl.DataFrame, history: Any = None) -> None:
    given = [{k: v for k, v in row.items() if v is not None} for row in cases.iter_rows(named=True)]
    for row, a in zip(out.iter_rows(named=True), book.assess_many(given, given if history else None), strict=True):
        assert row["id"] == a.case.id
        for name in ("source", "startup", "layer"):
            assert (row[name], row[f"{name}_status"]) == (a.decisions[name].outcome, a.decisions[name].status)
        assert row["measures"] == [r.measure.id for r in a.recommendations]
        assert row["needs"] == [need.fact for need in a.needs]


# --- the same answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("history", [[], ["--history", "self"]], ids=["alone", "counted"])
def test_parquet_to_parquet_gives_the_answers_of_one_at_a_time(
    run: Run, book: rk.Book, tmp_path: Path, history: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reformkit.files.assessed.ROWS", 37)
    cases = made(book, 80, kinds=20)
    cases.write_parquet(tmp_path / "cases.parquet")
    result = run("assess", tmp_path / "cases.parquet", "-o", tmp_path / "out.parquet", *history)
    assert result.exit_code == 0, result.stderr
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out.columns[: cases.width] == cases.columns
    check_against_one_at_a_time(book, cases, out, history)
    assert names(tmp_path) == ["cases.parquet", "out.parquet"]


def test_the_summary_is_that_of_one_at_a_time(run: Run, book: rk.Book, tmp_path: Path) -> None:
    flags = [pl.Series(n, [(None, True, False)[i * k // 7 % 3] for i in range(500)]) for k, n in enumerate(SIFTING, 2)]
    cases = made(book, 500, kinds=250).with_columns(flags).with_columns(startup=_stated("startup", "no", 9))
    cases.write_parquet(tmp_path / "cases.parquet")
    in_columns = run("assess", tmp_path / "cases.parquet", "-o", tmp_path / "out.parquet").stderr
    one_by_one = run("assess", tmp_path / "cases.parquet").stdout
    assert "第一关研判不再促改" in one_by_one
    assert (
        in_columns.split("汇总\n")[1].rpartition("\n共500行")[0].strip()
        == re.split("\n\n(?:待定事项|案件清单)\n", one_by_one.split("汇总\n")[1])[0].strip()
    )


def test_labels_in_parquet_are_read_as_ids_are(run: Run, book: rk.Book, tmp_path: Path) -> None:
    cases = made(book, 24)
    fields = book.rulebook.fields
    said = cases.with_columns(
        *(pl.col(n).replace({i.id: i.label.zh for i in fields[n].values.values()}) for n in (*FACTS, "industry")),
        *(
            pl.col(n).list.eval(pl.element().replace({i.id: i.label.zh for i in fields[n].values.values()}))
            for n in ("behaviours", "causes")
        ),
    ).rename({"id": "编号"} | {n: fields[n].label.zh for n in cases.columns if n != "id"})
    said.write_parquet(tmp_path / "cases.parquet")
    assert run("assess", tmp_path / "cases.parquet", "-o", tmp_path / "out.parquet").exit_code == 0
    check_against_one_at_a_time(book, cases, pl.read_parquet(tmp_path / "out.parquet"))


def test_read_cases_takes_parquet(book: rk.Book, tmp_path: Path) -> None:
    cases = made(book, 50)
    cases.write_parquet(tmp_path / "cases.parquet")
    found = book.read_cases(tmp_path / "cases.parquet")
    given = [{k: v for k, v in row.items() if v is not None} for row in cases.iter_rows(named=True)]
    assert found == [book.checker.case(row) for row in given]
    assert found[7].place == rk.Place(str(tmp_path / "cases.parquet"), 8)


# --- bad input -----------------------------------------------------------------------------------------


def test_bad_rows_are_listed_beside_and_the_rest_is_assessed(run: Run, book: rk.Book, tmp_path: Path) -> None:
    cases = made(book, 40).with_columns(
        form=pl.when(pl.col("id") == "C-11").then(pl.lit("fifth")).otherwise("form"),
        people_involved=pl.when(pl.col("id").is_in(["C-11", "C-30"])).then(501).otherwise("people_involved"),
    )
    cases.write_parquet(tmp_path / "cases.parquet")
    result = run("assess", tmp_path / "cases.parquet", "-o", tmp_path / "out.parquet")
    assert result.exit_code == 1
    assert "共40行，研判38行，有问题2行" in result.stderr
    rows = list(csv.DictReader((tmp_path / "out.problems.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(r["行"], r["列"], r["内容"], r["代码"]) for r in rows] == [
        ("12", "form", "fifth", "RK130"),
        ("12", "people_involved", "501", "RK133"),
        ("31", "people_involved", "501", "RK133"),
    ]
    assert rows[0]["位置"].endswith("cases.parquet:12:4")
    assert f"“{book.fields['form'].label.zh}”没有“fifth”这个取值" in rows[0]["问题"]
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out.filter(pl.col("startup_status") == "problem")["id"].to_list() == ["C-11", "C-30"]


@pytest.fixture
def parquet(book: rk.Book, tmp_path: Path) -> Path:
    made(book, 3_000).write_parquet(tmp_path / "cases.parquet", row_group_size=500)
    return tmp_path / "cases.parquet"


def spoilt(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    match how:
        case "cut":
            del data[len(data) // 2 :]
        case "middle":
            data[len(data) // 2 : len(data) // 2 + 500] = b"\x55" * 500
        case "text":
            data[:] = b"id,form\n"
        case "empty":
            data.clear()
    path.write_bytes(data)


@pytest.mark.parametrize("how", ["cut", "middle", "text", "empty"])
def test_a_damaged_parquet_file_leaves_no_output(run: Run, parquet: Path, how: str) -> None:
    spoilt(parquet, how)
    before = parquet.read_bytes()
    result = run("assess", parquet, "-o", parquet.with_name("out.parquet"))
    assert result.exit_code == 1
    assert "RK191" in result.stderr and "这不是完好的 Parquet 文件" in result.stderr
    assert parquet.read_bytes() == before and names(parquet.parent) == ["cases.parquet"]


def test_columns_of_wrong_types_are_said_at_once(run: Run, book: rk.Book, tmp_path: Path) -> None:
    cases = made(book, 5).with_columns(people_involved=pl.lit("3"), typical=pl.lit(1), decided_on=pl.lit(True))
    cases.write_parquet(tmp_path / "cases.parquet")
    result = run("assess", tmp_path / "cases.parquet", "-o", tmp_path / "out.parquet", "--lang", "en")
    assert result.exit_code == 1
    assert result.stderr.count("RK192") == 3
    assert "holds a flag and cannot be of the type int" in result.stderr
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize(
    "column",
    [
        pa.array([b"\xff"]),
        pa.array([["A"]]),
        pa.array([{"a": 1}]),
        pa.array([date(2022, 1, 1)]),
        pa.array([True]),
        pa.array([Decimal(1)], pa.decimal256(50, 0)),
    ],
)
def test_ids_are_words_or_numbers(run: Run, tmp_path: Path, column: pa.Array) -> None:
    pq.write_table(pa.table({"id": column}), tmp_path / "cases.parquet")
    result = run("assess", tmp_path / "cases.parquet", "-o", tmp_path / "out.parquet")
    assert result.exit_code == 1 and "“编号”这一列是编号，不能是" in result.stderr
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize("precision", [30, 50])
@pytest.mark.parametrize("out", ["out.parquet", "out.csv"])
def test_a_column_that_could_not_be_passed_on_is_said_at_once(
    run: Run, tmp_path: Path, precision: int, out: str
) -> None:
    wide = pa.array([[Decimal("1.5")]], pa.list_(pa.decimal256(precision, 2)))
    pq.write_table(pa.table({"id": ["A"], "sum": wide}), tmp_path / "cases.parquet")
    result = run("assess", tmp_path / "cases.parquet", "-o", tmp_path / out, "--lang", "en")
    assert result.exit_code == 1 and "RK192" in result.stderr and "the column `sum` holds other data" in result.stderr


@pytest.mark.parametrize("out", ["out.csv", "out.jsonl", "out.xlsx", "out.json"])
@pytest.mark.parametrize("place", ["cases", "history"])
@pytest.mark.parametrize(
    "text", ["", "姓名;编号\n甲;A\n", "编号,机关层级\nA,县级\n".encode("utf-16-le"), b"\xff\xfe"], ids=repr
)
def test_a_small_file_that_cannot_be_read_leaves_the_old_output(
    run: Run, tmp_path: Path, text: str | bytes, place: str, out: str
) -> None:
    good, bad, old = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / out
    good.write_text("编号,机关层级\nA,县级\n", encoding="utf-8")
    bad.write_bytes(text if isinstance(text, bytes) else text.encode())
    old.write_text("old", encoding="utf-8")
    more = [bad] if place == "cases" else ["--history", bad]
    result = run("assess", good, *more, "-o", old)
    assert result.exit_code == 1 and "bad.csv 读不出或没有读完" in result.stderr.replace("\n  ", "")
    assert old.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl"])
def test_that_there_are_no_cases_is_said(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("编号,机关层级\n" if name.endswith("csv") else "", encoding="utf-8")
    result = run("assess", tmp_path / name, "-o", tmp_path / "out.csv", "--lang", "en")
    assert (result.exit_code, result.stderr.strip()) == (1, "There are no cases to assess.")


def test_an_output_that_cannot_be_is_said_with_its_reason(run: Run, parquet: Path) -> None:
    folder = parquet.parent
    (folder / "loop.csv").symlink_to("loop.csv")
    assert "它是一个指向自身的链接" in run("assess", parquet, "-o", folder / "loop.csv").stderr
    assert f"没有文件夹 {folder}/no；请先建立" in run("assess", parquet, "-o", folder / "no" / "out.csv").stderr
    assert "add the name of a file" in run("assess", parquet, "-o", folder, "--lang", "en").stderr


@pytest.mark.parametrize("out", [".", "cases.parquet", "no/out.parquet"])
def test_an_output_that_cannot_be_is_wrong_use(run: Run, parquet: Path, out: str) -> None:
    before = parquet.read_bytes()
    assert run("assess", parquet, "-o", parquet.parent / out).exit_code == 2
    assert parquet.read_bytes() == before


def in_a_process(*arguments: object, limit: int | None = None) -> subprocess.Popen[str]:
    """The command as a process of its own, which may write files of `limit` bytes."""
    code = "import resource, sys; from reformkit.cli import app;"
    if limit is not None:
        code += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
    # -B: a limit would cut the bytecode that Python keeps, and spoil it for the processes that follow.
    command = [sys.executable, "-B", "-c", code + "app(sys.argv[1:])", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
