"""`reformkit test`: what it says of fixtures that pass, fail and cannot be read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reformkit.model.rulebook import Rule
from tests.cli.conftest import Run, bundled_book

GOOD = """
- 编号: G2
  名称: 第一关未通过
  已确认: 否
  问题来源: 立案案件
  机关层级: 县级
  阶段: 已作处分决定
  当年处分案件: 是
  第一关意见: 未通过
  预期: {startup: 不启动}
"""
FAILING = GOOD.replace("不启动", "启动").replace("G2", "F2")


def _file(folder: Path, text: str) -> Path:
    path = folder / "some.cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_fixtures_that_pass_are_counted_with_those_not_confirmed(run: Run, tmp_path: Path) -> None:
    done = run("test", _file(tmp_path, GOOD))
    assert (done.exit_code, done.stdout) == (0, "测试案件 1 例，1 例与预期一致；其中 1 例的预期尚未经人确认。\n")
    done = run("test", tmp_path, "--lang", "en")
    assert "1 fixture, 1 as expected; the expectations of 1 are yet to be confirmed" in done.stdout


def test_a_failing_fixture_shows_what_fired_instead_and_the_flip_that_mends_it(run: Run, tmp_path: Path) -> None:
    done = run("test", _file(tmp_path, FAILING))
    assert done.exit_code == 1
    for line in (
        f"× {tmp_path}/some.cases.yaml:2  F2 第一关未通过",
        "“是否启动以案促改”的结论：预期“启动”，实际“不启动”",
        "实际依据：STA-G2 · jiuyuan/startup.yaml:",
        "参照课题报告关于促改统筹部门启动前“逐案研判案情并筛选出需促改案件”的建议",
        "× STA-G1 基层当年处分案件，第一关通过：不符合",
        "× 第一关意见：未通过（要求：通过）",
        "若“第一关意见”由“未通过”改为“通过”，则：启动。",
        "测试案件 1 例，0 例与预期一致，1 例不一致",
    ):
        assert line in done.stdout


def test_a_flip_reaches_what_is_expected_by_two_facts_and_by_facts_not_stated(run: Run, tmp_path: Path) -> None:
    two = FAILING.replace("第一关意见: 未通过", "第一关意见: 未通过\n  第二关意见: 未通过").replace(
        "预期: {startup: 启动}", "预期: {规则: {startup: STA-G1}}"
    )
    done = run("test", _file(tmp_path, two))
    assert "若“第一关意见”由“未通过”改为“通过”，“第二关意见”由“未通过”改为“通过”，则：启动。" in "".join(
        line.strip() for line in done.stdout.splitlines()
    )
    open_ = "- {编号: U, 问题来源: 立案案件, 机关层级: 市级, 预期: {startup: 启动}}"
    assert "若“处置形态”由“不详”改为“第四种形态”，则：启动。" in run("test", _file(tmp_path, open_)).stdout


def test_measures_say_why_not_and_why(run: Run, tmp_path: Path) -> None:
    text = "- {编号: M, 剖析发现: [{症结: 资产处置缺规}], 预期: {措施: {含: [PR-01], 不含: [IN-06]}}}"
    done = run("test", _file(tmp_path, text))
    assert "应提的措施：预期PR-01，实际IN-06" in done.stdout
    assert "都不在已查明的症结之中" in done.stdout
    assert "不应提的措施：预期IN-06，实际IN-06" in done.stdout


def test_bad_files_are_problems_and_the_other_fixtures_are_run(run: Run, tmp_path: Path) -> None:
    done = run("test", _file(tmp_path, GOOD + "- {编号: B, 预期: {startup: 启东}}\n"))
    assert done.exit_code == 1
    assert f"{tmp_path}/some.cases.yaml:11:25" in done.stdout
    assert "1 例与预期一致" in done.stdout
    assert "另有 1 处问题" in done.stdout


def test_json_holds_trace_and_mending(run: Run, tmp_path: Path) -> None:
    said = json.loads(run("test", _file(tmp_path, FAILING), "--format", "json").stdout)
    (fixture,) = said["fixtures"]
    assert (said["passed"], said["unconfirmed"], fixture["line"], fixture["confirmed"]) == (False, 1, 2, False)
    assert fixture["failures"] == [{"what": "startup.outcome", "expected": "start", "found": "no"}]
    startup = fixture["decisions"]["startup"]
    assert next(entry for entry in startup["trace"] if entry["verdict"] == "holds")["rule"] == "STA-G2"
    assert {"changes": {"coordinator_gate": "passed"}, "status": "decided", "outcomes": ["start"]} in startup["mending"]


def test_junit_is_xml_with_a_suite_a_file(run: Run, tmp_path: Path) -> None:
    _file(tmp_path, FAILING + "- {编号: B, 预期: {startup: 启东}}\n")
    (tmp_path / "more.cases.yaml").write_text(GOOD, encoding="utf-8")
    root = ElementTree.fromstring(run("test", tmp_path, "--format", "junit").stdout.encode())
    assert [(s.get("tests"), s.get("failures"), s.get("errors")) for s in root] == [("1", "0", "0"), ("2", "1", "1")]
    failure = root.find(".//failure")
    assert failure is not None and failure.get("message") == "“是否启动以案促改”的结论：预期“启动”，实际“不启动”"


def test_wrong_use(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("test", tmp_path / "nothing.cases.yaml").exit_code == 2
    (tmp_path / "cases.yaml").write_text(GOOD, encoding="utf-8")
    assert run("test", tmp_path / "cases.yaml").exit_code == 2
    monkeypatch.chdir(tmp_path)
    done = run("test")
    assert done.exit_code == 2
    assert "没有测试案件文件（*.cases.yaml）" in done.stderr


# --- coverage and mutation -------------------------------------------------------------------------------


def test_coverage_counts_and_proposes_cases_that_can_be_pasted(run: Run, tmp_path: Path) -> None:
    path = _file(tmp_path, GOOD)
    done = run("test", path, "--coverage", "--decision", "是否启动以案促改")
    assert done.exit_code == 0
    assert _counts(done.stdout)[0][0] == 1
    assert "# 规则 STA-C1 市级及以上，第四种形态" in done.stdout
    assert "没有找到结论取决于此的案件：具有典型意义为是；具有典型意义为否" in done.stdout
    _file(tmp_path, GOOD + _pasted(done.stdout))
    again = run("test", path, "--coverage", "--decision", "startup")
    assert again.exit_code == 0
    (rules, outcomes, _), every = _counts(again.stdout)[:3], len(_startup())
    assert rules == (every, every)
    assert outcomes[0] == outcomes[1]


def test_mutation_says_what_is_not_noticed_with_a_case_that_does(run: Run, tmp_path: Path) -> None:
    path = _file(tmp_path, GOOD)
    done = run("test", path, "--mutate", "--decision", "layer")
    assert "察觉 0 处（0.0%）" in done.stdout
    assert "jiuyuan/parameters.yaml:" in done.stdout
    assert "$line_cases（线的案件数阈值）：2 → 3" in done.stdout
    assert "LAY-LINE 整条删去" in done.stdout
    _file(tmp_path, GOOD + _pasted(done.stdout))
    again = run("test", path, "--mutate", "--decision", "layer")
    assert "（100.0%）" in again.stdout


def _counts(printed: str) -> list[tuple[int, int]]:
    """The first counts of a kind: `规则 1/13，结论 1/4，界限 3/28`."""
    return [(int(n), int(of)) for n, of in re.findall(r"(\d+)/(\d+)", printed)]


def _startup() -> tuple[Rule, ...]:
    return bundled_book().rulebook.decisions["startup"].rules


def _pasted(printed: str) -> str:
    """The fixtures among what was printed, with the indentation of a list."""
    lines = printed.splitlines()
    return "\n".join(line for line in lines if line.startswith(("- ", "  "))) + "\n"


def test_coverage_and_mutation_as_data(run: Run, tmp_path: Path) -> None:
    options = ("--coverage", "--mutate", "--decision", "source", "--format", "json")
    said = json.loads(run("test", _file(tmp_path, GOOD), *options).stdout)
    rules = [item for item in said["coverage"]["items"] if item["kind"] == "rule"]
    assert all(item["fixtures"] == [] for item in rules)
    assert any(
        "origin: filed_case" in one["fixture"] or "立案案件" in one["fixture"] for one in said["coverage"]["lacking"]
    )
    noticed, unnoticed = (
        said["mutation"]["noticed"],
        [m for one in said["mutation"]["unnoticed"] for m in one["mutants"]],
    )
    assert said["mutation"]["score"] == len(noticed) / len([*noticed, *unnoticed])
    assert {m["decision"] for m in unnoticed} == {"source"}


def test_an_unknown_decision_is_wrong_use(run: Run, tmp_path: Path) -> None:
    done = run("test", _file(tmp_path, GOOD), "--mutate", "--decision", "layr")
    assert done.exit_code == 2
    assert "最接近的是：促改层次（layer）" in done.stderr


@pytest.mark.parametrize("name", ["b.cases.json", "b.case.yaml", "b.CASES.yaml.txt"])
def test_a_file_that_looks_like_fixtures_and_is_not_run_is_named(name: str, tmp_path: Path, run: Run) -> None:
    _file(tmp_path, GOOD)
    (tmp_path / name).write_text(FAILING, encoding="utf-8")
    said = run("test", tmp_path, "--lang", "en")
    assert (said.exit_code, f"`{name}` looks like fixtures and is not run" in said.stderr) == (0, True)
