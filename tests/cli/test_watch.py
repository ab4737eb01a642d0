"""`reformkit watch`: changes as they happen, bad lines beside good ones, growing files, interrupts, journals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, bundled_book

ROOT = Path(__file__).parents[2]
CASE, SECTOR = ROOT / "examples" / "session" / "case.jsonl", ROOT / "examples" / "session" / "sector.jsonl"
COMMAND = [sys.executable, "-m", "reformkit", "watch"]


def changes(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


def test_one_case_from_filing_to_sanction_with_the_questions_on_the_way(run: Run) -> None:
    done = run("watch", CASE)
    assert (done.exit_code, done.stderr) == (0, "")
    said = done.stdout.replace("\n    ", "")
    assert "下一问：促改统筹部门（第一关，启动前）研判意见是什么？" in said
    assert "尚不能确定，可能为：启动、不启动 → 不启动  STA-G2" in said
    assert "不启动 → 启动  STA-G0" in said
    assert "启动（所据规则有变）  STA-G1" in said
    assert said.rstrip().endswith("共告知7条，现有1案。")


@pytest.mark.parametrize("by", ["durable", "compiled"])
def test_a_sector_becomes_a_line(run: Run, by: str) -> None:
    if by == "durable":
        pytest.importorskip("durable")
    done = run("watch", SECTOR, "--format", "jsonl", "--by", by)
    assert done.exit_code == 0, done.stderr
    lines = [c for c in changes(done.stdout) if c["decision"] == "layer" and c["after"]["outcome"] == "line"]
    assert [(c["case"], c["told"]["tell"], c["facts"]) for c in lines] == [
        ("XL-01", "XL-01", ["findings"]),
        ("XL-02", "XL-01", ["findings"]),
        ("XL-03", "XL-01", ["findings"]),
    ]
    assert lines[1]["signals"]["industry_cases"] == {"before": 1, "after": 2}
    assert lines[0]["touched"] == ["XL-02", "XL-03"]
    english = run("watch", SECTOR, "--lang", "en").stdout
    assert "XL-03 Layer of the reform: Point (reform of the single case) → Line" in english


def test_bad_lines_are_reported_with_line_and_column_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    lines = (
        '{"id": "A", "form": "fifth"}',
        '{"id": "A", "form": "second",',
        "",
        '{"id": "A", "没有": 1, "retract": ["fomr"]}',
        '{"id": "B", "forget": true}',
        '{"id": "A", "on": "2022-13-01"}',
        '{"id": "A", "unit": "\udcff"}',
        '{"id": "A", "stage": "sanctioned", "on": "2022-03-01"}',
        '["A"]',
    )
    path = tmp_path / "facts.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
    done = run("watch", path, "--format", "jsonl", "--lang", "en")
    assert done.exit_code == 1
    heads = [line.split() for line in done.stderr.splitlines() if line.startswith("error ")]
    assert [(code, place.rsplit("facts.jsonl:")[1]) for _, code, place in heads] == [
        ("RK130", "1:21"),
        ("RK111", "2:30"),
        ("RK129", "4:13"),
        ("RK129", "4:34"),
        ("RK510", "5:1"),
        ("RK134", "6:19"),
        ("RK106", "7:22"),
        ("RK119", "9:1"),
    ]
    assert {c["told"]["on"] for c in changes(done.stdout)} == {"2022-03-01"}
    assert '5 │ {"id": "B", "forget": true}' in done.stderr and "1 error\n" not in done.stderr
    assert run("watch", path, "--lang", "en").stdout.endswith("1 told; 1 case now; 7 lines with errors not taken.\n")
    assert run("watch", path).stdout.endswith("共告知1条，现有1案；另有7行有误，未取用。\n")


def test_what_is_told_and_what_is_taken_back_on_one_line_are_said_apart(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text('{"id": "A", "form": "second", "stage": null, "on": "2022-03-01"}\n{"id": "A"}\n')
    done = run("watch", path, "--lang", "en")
    assert "A  2022-03-01  told: Form of disposition “Second form”; taken back: Stage\n" in done.stdout
    assert "A  told: its id alone\n" in done.stdout
    assert "A  2022-03-01  告知：处置形态“第二种形态”；撤回：阶段\n" in run("watch", path).stdout


def test_facts_are_taken_back_by_null_by_name_and_whole(run: Run, tmp_path: Path) -> None:
    lines = (
        '{"编号": "A", "处置形态": "第二种形态", "问题来源": "立案案件", "剖析发现": []}',
        '{"编号": "A", "处置形态": null}',
        '{"编号": "A", "撤回": ["问题来源", "剖析发现"]}',
        '{"编号": "A", "整案撤回": "是"}',
    )
    path = tmp_path / "facts.jsonl"
    path.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    done = run("watch", path, "--format", "jsonl")
    told = list(dict.fromkeys(json.dumps(c["told"], ensure_ascii=False) for c in changes(done.stdout)))
    assert done.exit_code == 0, done.stderr
    assert '{"n": 3, "retract": "A", "facts": ["origin", "findings"]}' in told
    assert told[-1] == '{"n": 4, "forget": "A"}'
    assert changes(done.stdout)[-1]["after"] is None
    assert "整案撤回" in run("watch", path).stdout


def test_a_growing_file_is_followed_a_half_written_line_waits_and_an_interrupt_ends_it(tmp_path: Path) -> None:
    path, journal = tmp_path / "facts.jsonl", tmp_path / "journal"
    path.write_text('{"id": "A", "origin": "filed_case", "authority_level": "city"}\n{"id": "A", "form"')
    command = [*COMMAND, path, "--follow", "--format", "jsonl", "--journal", journal]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stderr is not None
    with child, child.stdout, child.stderr:
        assert json.loads(child.stdout.readline())["case"] == "A"
        time.sleep(0.5)
        with path.open("a") as file:
            file.write(': "fourth"}\n')
        while json.loads(child.stdout.readline())["after"]["rule"] != "STA-C1":
            pass
        os.kill(child.pid, signal.SIGINT)
        child.wait(60)
        assert (child.returncode, child.stderr.read()) == (130, "")
    again = subprocess.run(
        [*COMMAND, "-", "--format", "jsonl", "--journal", journal],
        cwd=ROOT,
        input='{"id": "A", "form": "fourth"}\n',
        capture_output=True,
        text=True,
        check=False,
    )
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")  # it was known


@pytest.mark.parametrize("how", ["cut", "replaced"])
def test_a_followed_file_that_is_cut_or_replaced_is_read_from_its_start(tmp_path: Path, how: str) -> None:
    path, other = tmp_path / "facts.jsonl", tmp_path / "other"
    path.write_text('{"id": "A", "origin": "filed_case"}\n{"id": "A"}\n')
    command = [*COMMAND, path, "--follow", "--lang", "en"]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stderr is not None
    with child, child.stdout, child.stderr:
        while "its id alone" not in child.stdout.readline():
            pass
        if how == "cut":
            path.write_text('{"id": "B"}\n')
        else:
            other.write_text('{"id": "B"}\n' * 9)
            other.replace(path)
        while "B  told" not in child.stdout.readline():
            pass
        os.kill(child.pid, signal.SIGINT)
        child.wait(60)
        assert child.returncode == 130 and "it is read from its start" in child.stderr.read()


def test_an_id_of_several_lines_is_printed(run: Run, tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_text('{"id": "A\\nB", "form": "first"}\n')
    done = run("watch", facts, "--by", "compiled")
    assert done.exit_code == 0, done.stderr


def test_a_closed_standard_input_is_wrong_use() -> None:
    command = f"{sys.executable} -m reformkit watch - --lang en <&-"
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, shell=True)
    assert (done.returncode, done.stderr.strip()) == (2, "standard input is closed")


def test_wrong_use_says_what_is_wrong(run: Run, tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_text('{"id": "A"}\n')
    for arguments, said in (
        ((tmp_path / "none.jsonl",), "找不到"),
        ((tmp_path,), "是文件夹"),
        (("",), "未写明事实文件的名称"),
        ((facts, "--journal", facts), "流水不能就是所读的文件"),
        ((facts, "--journal", ""), "未写明流水的名称"),
        ((facts, "--journal", tmp_path), "流水须是文件"),
        ((facts, "--journal", tmp_path / "none" / "journal"), "流水所在的文件夹不存在"),
    ):
        done = run("watch", *arguments)
        assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    other = tmp_path / "other.yaml"
    other.write_text("id: A\n")
    done = run("watch", facts, "--journal", other)
    assert (done.exit_code, other.read_text()) == (1, "id: A\n") and "RK504" in done.stderr


def test_a_torn_journal_and_one_in_use_are_told_in_words(run: Run, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    run("watch", CASE, "--journal", journal)
    journal.write_bytes(journal.read_bytes()[:-9])
    done = run("watch", SECTOR, "--journal", journal)
    assert done.exit_code == 0 and "没有写完" in done.stderr and str(journal) + ".torn" in done.stderr
    with bundled_book().session("compiled", journal=journal) as session:
        assert len(session) == 4
        done = run("watch", SECTOR, "--journal", journal)
        assert done.exit_code == 1 and "正被另一个会话使用" in "".join(done.stderr.split())


def test_without_durable_rules_the_compiled_tables_are_used_unless_it_was_asked_for() -> None:
    code = "import sys; sys.modules['durable'] = None; from reformkit.cli import app; app()"
    command = [sys.executable, "-c", code, "watch", str(SECTOR)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "共告知4条" in done.stdout
    done = subprocess.run([*command, "--by", "durable"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "--by compiled" in done.stderr


@pytest.mark.parametrize("name", ["案件.yaml", "year.CSV", "x.xlsx"])
def test_a_file_of_another_kind_is_named_once(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("# 一\n编号: A-1\n", encoding="utf-8")
    result = run("watch", tmp_path / name)
    assert result.exit_code == 2
    assert (
        ".jsonl" in result.stderr
        and "reformkit assess" in result.stderr.replace("\n", " ")
        and "RK" not in result.stderr
    )
