"""What `assess` says of a few cases, of many, and of bad ones."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from polars.exceptions import PanicException
from rich.cells import cell_len

from reformkit.printing.records import harmless
from tests.cli.conftest import Run


def test_one_case_is_shown_in_full(run: Run, examples: Path, first_case: Path) -> None:
    result = run("assess", first_case, "--history", examples / "history")
    assert result.exit_code == 0
    shown = result.stdout.replace("\n   ", "")  # as before it was set in lines
    for said in (
        "是否启动以案促改：启动",
        "促改层次：线（行业性专项促改）",
        "制度建设薄弱点：",
        "资产资源清查与公开处置（IN-06）",
        "理由：",
        "牵头：资产管理部门",
        "验收：",
        "办理提示",
    ):
        assert said in shown
    whole = run("assess", first_case, "--history", examples / "history", "--length", "annex").stdout.replace(
        "\n   ", ""
    )
    for said in ("STA-G0 · jiuyuan/startup.yaml:", "IN-06 资产资源清查与公开处置", "（已读条文）", "规则经过"):
        assert said in whole
    brief = run("assess", first_case, "--history", examples / "history", "--length", "short").stdout
    assert "请审定" in brief
    assert "--length annex" in brief


def test_english_is_given_when_asked(run: Run, first_case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Whether reform starts: Start." in run("assess", first_case, "--lang", "en").stdout
    monkeypatch.setenv("REFORMKIT_LANG", "en")
    assert "Whether reform starts: Start." in run("assess", first_case).stdout


@pytest.mark.parametrize("columns", [80, 100])
def test_no_line_is_wider_than_the_page(
    run: Run, examples: Path, first_case: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for arguments in ([examples / "cases"], [first_case, "--why"]):
        for lang in ("zh", "en"):
            shown = run("assess", *arguments, "--lang", lang).stdout
            assert max(map(cell_len, shown.splitlines())) <= columns


def test_without_history_the_layer_stays_open(run: Run, first_case: Path) -> None:
    assert "促改层次：尚不能确定" in run("assess", first_case).stdout


def test_history_self_counts_the_cases_given(run: Run, examples: Path) -> None:
    year = examples / "year" / "cases.csv"
    alone, together = (
        json.loads(run("assess", year, *more, "--format", "json").stdout) for more in ([], ["--history", "self"])
    )
    assert {a["receipt"]["history"] for a in alone} == {False}
    assert {a["receipt"]["history"] for a in together} == {True}
    assert {a["decisions"]["layer"]["outcome"] for a in together} >= {"point", "line", "area"}


def test_why_adds_rules_and_flips(run: Run, first_case: Path) -> None:
    shown = run("assess", first_case, "--why").stdout
    assert "√ STA-G0" in shown
    assert "据此得出结论。" in shown
    assert "× 阶段：审查调查中（要求：未予处分结案）" in shown
    assert "若“第一关意见”由“通过”改为“未通过”，则：不启动。" in shown


def test_parameters_are_shown_by_their_value(run: Run, examples: Path, first_case: Path) -> None:
    shown = run("assess", first_case, "--why", "--history", examples / "history").stdout
    assert "前后各12个月内同地区同系统症结相同案件数：4（要求：至少2）" in shown


def test_a_year_is_a_table_with_a_summary(run: Run, examples: Path) -> None:
    shown = run("assess", examples / "year" / "cases.csv", "--history", "self").stdout
    assert shown.count("\n2022-") >= 146
    assert "案件146件，其中属案件促改146件。" in shown
    assert "第一关研判146件，第一关确定启动106件，106/146＝72.6%" in shown
    assert "（第二关不在其中；只作展示，不作目标" in shown
    assert "提出最多的措施：" in shown


def test_json_is_a_list_of_assessments(run: Run, first_case: Path) -> None:
    (only,) = json.loads(run("assess", first_case, "--format", "json").stdout)
    assert only["id"] == "EX-01"
    assert only["decisions"]["startup"]["outcome"] == "start"
    assert only["receipt"]["rulebook"]["name"] == "jiuyuan"
    assert "trace" not in only["decisions"]["startup"]


def test_json_with_why_has_trace_and_flips(run: Run, first_case: Path) -> None:
    (only,) = json.loads(run("assess", first_case, "--format", "json", "--why").stdout)
    startup = only["decisions"]["startup"]
    assert next(entry for entry in startup["trace"] if entry["rule"] == startup["rule"])["verdict"] == "holds"
    assert {"changes": {"coordinator_gate": "rejected"}, "status": "decided", "outcomes": ["no"]} in startup["flips"]


def test_json_lines_have_a_case_each(run: Run, examples: Path) -> None:
    lines = run("assess", examples / "cases", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines][:2] == ["EX-01", "EX-02"]


def test_csv_has_a_row_for_each_case(run: Run, examples: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("assess", examples / "cases", "--format", "csv").stdout)))
    first = rows[0]
    assert (first["编号"], first["是否启动以案促改"], first["是否启动以案促改·状态"]) == ("EX-01", "启动", "已定")
    assert "资产处置缺规" in first["已查明症结"].split("；")
    assert first["措施"].startswith("IN-06 ")
    assert len(rows) == len(list((examples / "cases").iterdir()))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert harmless(f"{start}A1") == f"'{start}A1"
    assert harmless(f"1{start}") == f"1{start}"


def test_a_unit_like_a_formula_stays_text(run: Run, bad_cases: Path) -> None:
    assert "'=cmd()" in run("assess", bad_cases, "--format", "csv").stdout


def test_a_bad_case_is_reported_and_the_others_are_assessed(run: Run, bad_cases: Path) -> None:
    result = run("assess", bad_cases, "--format", "jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["B-2"]
    assert f"错误 RK130  {bad_cases}:2:9" in result.stderr
    assert "\n  2 │   机关层级: 县纪\n    │             ^\n" in result.stderr
    assert "1 个错误" in result.stderr


def test_nothing_good_leaves_an_empty_list(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text("- id: B-1\n  form: fifth\n", encoding="utf-8")
    assert run("assess", path, "--format", "json").stdout == "[]\n"
    assert "没有可研判的案件。" in run("assess", path).stdout


def test_rules_alone_recommend_nothing(run: Run, first_case: Path) -> None:
    result = run("assess", first_case, "--measures", "none", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)[0]["recommendations"] == []


def test_rules_of_the_given_day_apply(run: Run, first_case: Path) -> None:
    early = json.loads(run("assess", first_case, "--as-of", "2020-01-01", "--format", "json").stdout)[0]
    assert early["decisions"]["startup"]["outcome"] is None
    assert early["receipt"]["as_of"] == "2020-01-01"


@pytest.mark.parametrize("arguments", [["nothing.yaml"], ["--history", "nothing.yaml"], ["--rules", "nothing"]])
def test_a_path_that_is_not_there_is_wrong_use(run: Run, first_case: Path, arguments: list[str]) -> None:
    result = run("assess", first_case, *arguments)
    assert result.exit_code == 2
    assert "nothing" in result.stderr
    assert result.stdout == ""


def test_a_folder_without_cases_is_wrong_use(run: Run, tmp_path: Path) -> None:
    assert run("assess", tmp_path).exit_code == 2


def test_a_file_named_twice_counts_once(run: Run, first_case: Path) -> None:
    lines = run("assess", first_case, first_case, "--format", "jsonl").stdout.splitlines()
    assert len(lines) == 1


def test_an_id_used_in_two_files_is_reported_and_the_first_kept(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(f"- {{id: B-1, unit: {name}}}\n", encoding="utf-8")
    result = run("assess", tmp_path, "--format", "jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["receipt"]["case"]["unit"] for line in result.stdout.splitlines()] == ["a"]
    assert "a.yaml:1:3" in result.stderr.replace("\n  ", "")


def test_markup_in_a_unit_is_shown_as_it_stands(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text("".join(f"- {{id: B-{i}, unit: '[red]某局[/red]:smile:'}}\n" for i in range(6)), encoding="utf-8")
    assert "[red]某局[/red]" in run("assess", path).stdout.replace("\n", "")


def test_output_is_written_whole_and_opens_in_excel(run: Run, first_case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = run("assess", first_case, "--format", "csv", "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("kind", [RuntimeError, PanicException], ids=["error", "panic in Rust"])
def test_a_failed_run_leaves_the_old_output(
    run: Run, first_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    out = tmp_path / "out.json"
    out.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise kind("boom")

    monkeypatch.setattr("reformkit.cli.assess.write_json", fail)
    result = run("assess", first_case, "--format", "json", "-o", out)
    assert result.exit_code == 70
    assert f"{kind.__name__}: boom" in result.stderr
    assert "Traceback" not in result.output
    assert out.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_a_full_disk_is_named(run: Run, first_case: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no such device here")
    result = run("assess", first_case, "-o", "/dev/full")
    assert (result.exit_code, result.stderr.strip()) == (1, "无法读写 /dev/full：磁盘已满")


def test_output_into_a_missing_folder_is_wrong_use(run: Run, first_case: Path, tmp_path: Path) -> None:
    assert run("assess", first_case, "-o", tmp_path / "no" / "out.txt").exit_code == 2
    assert run("assess", first_case, "-o", tmp_path).exit_code == 2


def test_a_start_rate_of_all_or_none_is_remarked_upon(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    case = "origin: filed_case, authority_level: county, stage: under_investigation, coordinator_gate: passed"
    for count, remarked in ((19, False), (20, True)):
        path.write_text("".join(f"- {{id: B-{i}, {case}}}\n" for i in range(count)), encoding="utf-8")
        shown = run("assess", path).stdout
        assert f"{count}/{count}＝100.0%" in shown
        assert ("建议复看第一关" in shown) is remarked


def test_the_cases_that_are_read_are_not_written_over(run: Run, examples: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_bytes((examples / "year" / "cases.csv").read_bytes())
    before = cases.read_bytes()
    for out in (cases, tmp_path / "nowhere" / "out.csv", tmp_path):
        result = run("assess", cases, "--format", "csv", "-o", out)
        assert result.exit_code == 2
    assert run("assess", examples / "cases", "--history", cases, "--format", "csv", "-o", cases).exit_code == 2
    assert cases.read_bytes() == before


@pytest.mark.parametrize("to", [["--format", "json"], ["-o", "x.csv"], ["-o", "x.parquet"]])
def test_a_length_is_refused_where_it_would_change_nothing(
    run: Run, first_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: list[str]
) -> None:
    case = first_case.absolute()
    monkeypatch.chdir(tmp_path)
    result = run("assess", case, "--length", "annex", *to)
    assert result.exit_code == 2 and "--length" in result.stderr
    assert list(tmp_path.iterdir()) == []
