"""Any kind of file in, any out, in batches: the same answers and the same problems as one case at a time."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import reformkit as rk
from reformkit.files.assessed import FrameFiles
from reformkit.model.case import plain
from tests.cli.conftest import Run, bundled_book
from tests.cli.test_files import check_against_one_at_a_time, made, names

Write = Callable[[pl.DataFrame, Path], None]


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


@pytest.fixture(autouse=True)
def in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is large, and batches are small."""
    monkeypatch.setattr("reformkit.terminal.case_files.LARGE", 0)
    monkeypatch.setattr("reformkit.files.assessed.ROWS", 29)
    monkeypatch.setattr("reformkit.files.table_batches.PART", 11)
    monkeypatch.setattr("reformkit.files.case_batches.PART", 11)
    monkeypatch.setattr("reformkit.files.case_stream._AT_A_TIME", 7)
    monkeypatch.setattr("reformkit.intake.csv_rows._BLOCK", 5)


# --- the same cases in every kind of file --------------------------------------------------------------


def cell(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(value) or "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def write_csv(cases: pl.DataFrame, path: Path, encoding: str = "utf-8") -> None:
    fields = bundled_book().rulebook.fields
    with path.open("w", encoding=encoding, newline="") as file:
        table = csv.writer(file)
        table.writerow(["编号", *(fields[name].label.zh for name in cases.columns[1:])])
        table.writerows(map(cell, row) for row in cases.iter_rows())


def write_gb18030(cases: pl.DataFrame, path: Path) -> None:
    write_csv(cases, path, "gb18030")


def write_xlsx(cases: pl.DataFrame, path: Path) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet("案件")
    page.append(cases.columns)
    for row in cases.iter_rows():
        page.append([cell(value) if isinstance(value, list) else value for value in row])
    book.save(path)


def records(cases: pl.DataFrame) -> list[dict[str, Any]]:
    return [{k: plain(v) for k, v in row.items() if v is not None} for row in cases.iter_rows(named=True)]


def write_jsonl(cases: pl.DataFrame, path: Path) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records(cases))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_json(cases: pl.DataFrame, path: Path) -> None:
    path.write_text(json.dumps(records(cases)), encoding="utf-8")


KINDS: dict[str, Write] = {
    "cases.csv": write_csv,
    "gb18030.csv": write_gb18030,
    "cases.xlsx": write_xlsx,
    "cases.jsonl": write_jsonl,
    "cases.json": write_json,
    "cases.parquet": lambda cases, path: cases.write_parquet(path),
}


@pytest.fixture(params=KINDS)
def file(request: pytest.FixtureRequest, book: rk.Book, tmp_path: Path) -> Path:
    """The same cases in each kind of file."""
    KINDS[request.param](made(book, 70, kinds=20), tmp_path / request.param)
    return tmp_path / request.param


@pytest.mark.parametrize("history", [[], ["--history", "self"]], ids=["alone", "counted"])
def test_every_kind_into_parquet_gives_the_answers_of_one_at_a_time(
    run: Run, book: rk.Book, file: Path, history: list[str]
) -> None:
    result = run("assess", file, "-o", file.with_name("out.parquet"), *history)
    assert result.exit_code == 0, result.stderr
    assert "共70行，研判70行，有问题0行" in result.stderr
    out = pl.read_parquet(file.with_name("out.parquet"))
    check_against_one_at_a_time(book, made(book, 70, kinds=20), out, history)
    assert names(file.parent) == sorted([file.name, "out.parquet"])


def test_every_kind_into_parquet_gives_the_answers_of_the_meaning(run: Run, book: rk.Book, file: Path) -> None:
    assert run("assess", file, "-o", file.with_name("out.parquet")).exit_code == 0
    out = pl.read_parquet(file.with_name("out.parquet"))
    assert out.height == 70
    for row, facts in zip(out.iter_rows(named=True), records(made(book, 70, kinds=20)[:20]), strict=False):
        for name in ("source", "startup", "layer"):
            said = book.decide(name, facts, by="meaning")
            assert (row[name], row[f"{name}_status"]) == (said.outcome, said.status)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("history", [[], ["--history", "self"]], ids=["alone", "counted"])
def test_csv_is_to_the_letter_what_single_cases_give(
    run: Run, file: Path, history: list[str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = file.with_name("out.csv")
    assert run("assess", file, "-o", out, "--lang", lang, *history).exit_code == 0
    in_columns = out.read_bytes()
    monkeypatch.setattr("reformkit.terminal.case_files.LARGE", 1 << 30)
    assert run("assess", file, "-o", out, "--lang", lang, *history).exit_code == 0
    assert in_columns == out.read_bytes()


@pytest.mark.parametrize("out", ["out.jsonl", "out.xlsx"])
def test_whole_records_are_those_of_cases_that_are_held(
    run: Run, file: Path, out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for large in (0, 1 << 30):
        monkeypatch.setattr("reformkit.terminal.case_files.LARGE", large)
        result = run("assess", file, "-o", file.with_name(out))
        assert result.exit_code == 0 and ("共70行" in result.stderr) == (not large)
        if out == "out.jsonl":
            lines = file.with_name(out).read_text(encoding="utf-8").splitlines()
            said.append([{k: v for k, v in json.loads(line).items() if k != "receipt"} for line in lines])
        else:
            said.append([list(page.values) for page in load_workbook(file.with_name(out))])
    assert said[0] == said[1]


def test_labels_in_findings_of_parquet_are_read_as_ids_are(run: Run, book: rk.Book, tmp_path: Path) -> None:
    causes, matters = book.rulebook.fields["causes"].values, book.rulebook.vocabulary.finding_fields["matter"].values
    cause, matter = list(causes.values())[3], list(matters.values())[2]
    finding = {"症结": cause.label.zh, "事项": matter.label.zh, "证据": "账册"}
    also = {"症结": cause.id, "事项": None, "证据": None}
    frame = pl.DataFrame({"编号": ["A", "B", "C"], "剖析发现": [[finding], None, [also, finding]]})
    frame.write_parquet(tmp_path / "cases.parquet")
    as_ids = ({"cause": cause.id, "matter": matter.id, "evidence": "账册"}, {"cause": cause.id})
    read = [case.findings for case in book.read_cases(tmp_path / "cases.parquet")]
    assert read == [(rk.Finding(**as_ids[0]),), None, (rk.Finding(**as_ids[1]), rk.Finding(**as_ids[0]))]
    assert run("assess", tmp_path / "cases.parquet", "-o", tmp_path / "out.parquet").exit_code == 0
    assert pl.read_parquet(tmp_path / "out.parquet")["causes_found"].to_list() == [[cause.id], [], [cause.id]]


# --- the same problems ---------------------------------------------------------------------------------

_WORDS = {
    "编号": st.sampled_from(["A", "B", "C", "D", " E ", "", "F,1", 'G"2', "1101011990010100" + "07"]),
    "机关层级": st.sampled_from(["", "县级", "county", " 市级", "县纪", "县\x01级"]),
    "涉案人数": st.sampled_from(["", "3", "03", "三", "1000", "x"]),
    "处分决定日期": st.sampled_from(["", "2022-03-01", "2022/3/1", "2022-02-30"]),
    "当年处分案件": st.sampled_from(["", "是", "TRUE", "true"]),
    "案发单位": st.sampled_from(["", "某区", "a\nb", 'c"d', "e,f", "某\udcff区"]),
    "已查明症结": st.sampled_from(["", "无", "岗位未分离；内审缺位", "岗位未分离;x;y", ";"]),
}
_ROW = st.tuples(*_WORDS.values()).map(list)
_LINE = st.sampled_from(['A,"县级', "A,县级", ",,,,,,", "", "A,县级,,,,,,,,x", '"A"x,,,,,,'])


@given(rows=st.lists(_ROW | _LINE, max_size=12), header=st.sampled_from([",".join(_WORDS), ",".join(_WORDS) + ",备注"]))
def test_a_table_in_columns_has_the_cases_and_problems_of_single_rows(
    rows: list[list[str] | str], header: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    book, path = bundled_book(), tmp_path_factory.mktemp("rows") / "cases.csv"
    lines = [header]
    for row in rows:
        quoted = [f'"{c.replace(chr(34), chr(34) * 2)}"' if set(c) & set(',"\n') else c for c in row]
        lines.append(row if isinstance(row, str) else ",".join(quoted) + "," * header.count("备注"))
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    one = book.read_case_file(path)
    files = FrameFiles(book, [path])
    parts = list(files.assessed(None, None))
    bad = [*files.problems, *(bad.problem for part in parts for bad in part.bad)]
    assert sorted(map(told, bad)) == sorted(map(told, one.problems))
    found = [row for part in parts for row in part.frame.iter_rows(named=True)]
    assert [row["id"] for row in found] == [case.id for case in one.cases]
    for row, a in zip(found, book.assess_many(one.cases), strict=True):
        assert {name: row.get(name) for name in a.case.facts} == {n: plain_value(v) for n, v in a.case.facts.items()}
        assert row["startup_status"] == a.startup.status


def plain_value(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def told(problem: rk.Problem) -> tuple[Any, ...]:
    return (
        problem.place,
        problem.code,
        problem.message("zh"),
        problem.message("en"),
        problem.fix("zh"),
        problem.fact or "",
        (problem.case, problem.heading, problem.content),
    )


# --- what is wrong among many --------------------------------------------------------------------------


def listed(out: Path) -> list[tuple[str, str]]:
    """Line and code of each problem listed beside an output."""
    text = out.with_name(f"{out.stem}.problems.csv").read_text(encoding="utf-8-sig")
    return [(row["行"], row["代码"]) for row in csv.DictReader(text.splitlines())]


@pytest.mark.parametrize("out", ["out.parquet", "out.csv", "out.jsonl"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrong_row_in_the_middle_is_listed_and_all_others_are_assessed(
    run: Run, book: rk.Book, tmp_path: Path, encoding: str, out: str
) -> None:
    path = tmp_path / "cases.csv"
    write_csv(made(book, 60), path, encoding)
    lines = path.read_bytes().split(b"\r\n")
    lines[20] = b"C-19,\xff\xff" + lines[20]
    lines[30] += b",more"
    lines[40] = b'"' + lines[40]
    path.write_bytes(b"\r\n".join(lines))
    before = path.read_bytes()
    result = run("assess", path, "-o", tmp_path / out)
    assert result.exit_code == 1 and "共60行，研判57行，有问题3行" in result.stderr
    assert listed(tmp_path / out) == [("21", "RK106"), ("31", "RK127"), ("41", "RK126")]
    assert path.read_bytes() == before


def test_a_repeated_id_is_found_within_and_across_files(run: Run, book: rk.Book, tmp_path: Path) -> None:
    cases = made(book, 50)
    again = cases.with_columns(id=pl.when(pl.col("id") == "C-44").then(pl.lit("C-3")).otherwise("id"))
    write_csv(again, tmp_path / "a.csv")
    write_jsonl(cases.head(2), tmp_path / "b.jsonl")
    result = run("assess", tmp_path / "a.csv", tmp_path / "b.jsonl", "-o", tmp_path / "out.parquet")
    assert result.exit_code == 1 and "共52行，研判49行，有问题3行" in result.stderr
    said = (tmp_path / "out.problems.csv").read_text(encoding="utf-8-sig")
    assert "案件编号“C-3”已经用在第 5 行" in said and f"案件编号“C-0”已经用在 {tmp_path}/a.csv 第 2 行" in said
    assert pl.read_parquet(tmp_path / "out.parquet")["id"].to_list() == [f"C-{i}" for i in range(50) if i != 44]


def test_a_repeated_id_in_parquet_stays_as_a_problem(run: Run, book: rk.Book, tmp_path: Path) -> None:
    cases = made(book, 50)
    cases.with_columns(id=pl.when(pl.col("id") == "C-44").then(pl.lit("C-3")).otherwise("id")).write_parquet(
        tmp_path / "cases.parquet"
    )
    assert run("assess", tmp_path / "cases.parquet", "-o", tmp_path / "out.parquet").exit_code == 1
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out.height == 50
    (row,) = out.filter(pl.col("startup_status") == "problem").to_dicts()
    assert (row["id"], row["startup"], row["measures"], row["layer_status"]) == ("C-3", None, None, "problem")
    assert listed(tmp_path / "out.parquet") == [("45", "RK172")]


def test_beyond_a_number_of_ids_it_is_said_that_they_were_not_looked_for(
    run: Run, book: rk.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reformkit.files.seen_ids.MOST", 40)
    write_csv(made(book, 50), tmp_path / "cases.csv")
    result = run("assess", tmp_path / "cases.csv", "-o", tmp_path / "out.parquet")
    assert result.exit_code == 0 and "只在前40个编号中查对" in result.stderr


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices here")
def test_a_device_takes_text_formats_and_no_files(run: Run, book: rk.Book, tmp_path: Path) -> None:
    write_csv(made(book, 50), tmp_path / "cases.csv")
    for format, code in (("csv", 0), ("jsonl", 0), ("parquet", 2), ("xlsx", 2)):
        assert run("assess", tmp_path / "cases.csv", "--format", format, "-o", "/dev/null").exit_code == code
    assert Path("/dev/null").is_char_device() and names(tmp_path) == ["cases.csv"]


def test_parquet_files_of_other_columns_are_refused(run: Run, book: rk.Book, tmp_path: Path) -> None:
    made(book, 5).write_parquet(tmp_path / "a.parquet")
    made(book, 5).drop("position").with_columns(note=pl.lit("x")).write_parquet(tmp_path / "b.parquet")
    result = run("assess", tmp_path / "a.parquet", tmp_path / "b.parquet", "-o", tmp_path / "out.parquet")
    assert (
        result.exit_code == 1 and "RK193" in result.stderr and "缺 position；多 note" in " ".join(result.stderr.split())
    )
    assert names(tmp_path) == ["a.parquet", "b.parquet"]


def test_tables_may_differ_in_their_columns(run: Run, book: rk.Book, tmp_path: Path) -> None:
    cases = made(book, 40)
    write_csv(cases.head(20), tmp_path / "a.csv")
    write_csv(cases.tail(20).drop("position"), tmp_path / "b.csv")
    assert run("assess", tmp_path / "a.csv", tmp_path / "b.csv", "-o", tmp_path / "out.parquet").exit_code == 0
    expected = pl.concat([cases.head(20), cases.tail(20).with_columns(position=pl.lit(None, dtype=pl.String))])
    check_against_one_at_a_time(book, expected, pl.read_parquet(tmp_path / "out.parquet"))


def test_a_table_of_a_header_only_gives_no_output_and_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("编号,机关层级\n", encoding="utf-8")
    result = run("assess", tmp_path / "cases.csv", "-o", tmp_path / "out.parquet")
    assert result.exit_code == 1 and "没有" in result.stderr
    assert names(tmp_path) == ["cases.csv"]


@pytest.mark.parametrize("name", ["cases.csv", "cases.xlsx", "cases.jsonl", "cases.yaml", "cases.parquet"])
@pytest.mark.parametrize("out", ["out.parquet", "out.csv", "out.jsonl", "out.xlsx"])
def test_what_cannot_be_read_at_all_leaves_no_output(run: Run, tmp_path: Path, name: str, out: str) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe\x00\x01\x02")
    result = run("assess", tmp_path / name, "-o", tmp_path / out)
    assert result.exit_code == 1 and "RK1" in result.stderr
    assert names(tmp_path) == [name]


@pytest.mark.parametrize("out", ["out.parquet", "out.csv", "out.jsonl", "out.xlsx"])
def test_a_workbook_that_is_cut_off_in_its_sheet_leaves_no_output(
    run: Run, book: rk.Book, tmp_path: Path, out: str
) -> None:
    write_xlsx(made(book, 60), tmp_path / "given.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "given.xlsx") as given,
        zipfile.ZipFile(tmp_path / "cases.xlsx", "w") as cut,
    ):
        for part in given.namelist():
            data = given.read(part)
            cut.writestr(part, data[: len(data) // 2] if part.endswith("sheet1.xml") else data)
    (tmp_path / "given.xlsx").unlink()
    result = run("assess", tmp_path / "cases.xlsx", "-o", tmp_path / out)
    assert result.exit_code == 1 and "RK194" in result.stderr and "内容已损坏" in result.stderr
    assert names(tmp_path) == ["cases.xlsx"]
