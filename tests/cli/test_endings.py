"""Nothing is written under a name that promises something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("ending", [".pdf", ".xls", ".wps", ".PDF", ".xyz", ".yaml"])
@pytest.mark.parametrize("command", ["assess", "diff", "register", "graph"])
def test_an_ending_that_nothing_can_be_written_under_is_refused(
    run: Run, first_case: Path, tmp_path: Path, command: str, ending: str
) -> None:
    out = tmp_path / f"意见{ending}"
    arguments = {
        "assess": ["assess", first_case],
        "diff": ["diff", "bundled", "bundled"],
        "register": ["register"],
        "graph": ["graph", "knowledge"],
    }[command]
    done = run(*arguments, "-o", out)
    assert done.exit_code == 2
    assert f"不会写 {ending} 文件（意见{ending}）；可写：.txt、.md、." in done.stderr
    assert not out.exists()
    assert "what can be: .txt, .md, ." in run(*arguments, "-o", out, "--lang", "en").stderr


@pytest.mark.parametrize(
    ("format", "name"),
    [("text", "意见.docx"), ("json", "a.csv"), ("csv", "a.xlsx"), ("xlsx", "a.csv"), ("text", "a.json")],
)
def test_an_ending_that_promises_another_format_than_is_asked_for_is_refused(
    run: Run, first_case: Path, tmp_path: Path, format: str, name: str
) -> None:
    done = run("assess", first_case, "--format", format, "-o", tmp_path / name)
    assert done.exit_code == 2
    assert f"--format {format} 与文件名 {name} 不符" in done.stderr
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ([], "memo.txt"),
        ([], "memo"),
        ([], "memo.md"),
        (["--format", "jsonl"], "a.json"),
        (["--format", "csv"], "a.txt"),
    ],
)
def test_what_an_ending_allows_is_written(
    run: Run, first_case: Path, tmp_path: Path, arguments: list[str], name: str
) -> None:
    assert run("assess", first_case, *arguments, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).stat().st_size


def test_a_diff_and_a_register_go_by_the_ending(run: Run, tmp_path: Path) -> None:
    assert run("diff", "bundled", "bundled", "-o", tmp_path / "a.html").exit_code == 0
    assert "<html" in (tmp_path / "a.html").read_text("utf-8")
    assert run("register", "-o", tmp_path / "a.json").exit_code == 0
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.jsonl", "a.csv"])
def test_no_cases_are_no_success(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("编号\n" if name == "a.csv" else "" if name == "a.jsonl" else "[]", encoding="utf-8")
    done = run("assess", path)
    assert (done.exit_code, "没有可研判的案件" in done.stdout) == (1, True)
    assert run("assess", path, "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize("out", ["o.csv", "o.jsonl", "o.json", "o.txt", "o.xlsx", "o.parquet", "o.docx"])
def test_no_case_at_all_writes_over_nothing(run: Run, tmp_path: Path, out: str) -> None:
    (tmp_path / "none.json").write_text("[]", encoding="utf-8")
    (tmp_path / out).write_bytes(b"before")
    done = run("assess", tmp_path / "none.json", "-o", tmp_path / out)
    assert (done.exit_code, (tmp_path / out).read_bytes()) == (1, b"before")
    assert "没有可研判的案件" in done.stderr and len(list(tmp_path.iterdir())) == 2
