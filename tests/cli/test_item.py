"""Items on the command line: opened from a case, found, carried on, refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.practising.story import COORDINATOR, HANDLER


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REFORMKIT_LEDGER", str(tmp_path / "九原.ledger"))
    return tmp_path


def test_an_item_is_opened_and_carried_on_and_what_is_refused_is_said(run: Run, at: Path, first_case: Path) -> None:
    opened = run("item", "open", first_case, "--by", COORDINATOR)
    assert opened.exit_code == 0, opened.stderr
    item = opened.stdout.split("已立项 ")[1].split("，")[0]
    assert run("item", "do", item, "register", "--by", HANDLER).stdout.startswith("已记第2号：办结。")
    menu = run("item", "menu", item)
    assert "第一关研判（first_gate）" in menu.stdout and "促改统筹部门" in menu.stdout
    refused = run("item", "do", item, "first_gate", "--opinion", "通过", "--by", HANDLER)
    assert (refused.exit_code, "RK602" in refused.stderr, refused.stdout) == (1, True, "")
    passed = run("item", "do", item, "第一关研判", "--opinion", "通过", "--by", COORDINATOR, "--lang", "en")
    assert passed.stdout.startswith("Act 3: a gate spoke.")
    told = run("item", "tell", item, "涉案人数=3", "form=fourth", "--by", HANDLER)
    assert (told.exit_code, told.stderr) == (0, "")
    assert run("item", "tell", item, "涉案人数=三", "--by", HANDLER).exit_code == 1
    assert run("item", "tell", item, "涉案人数", "--by", HANDLER).exit_code == 2
    shown = run("item", "show", item).stdout
    assert "补报事实" in shown and "研判意见" in shown and COORDINATOR in shown
    said = json.loads(run("item", "show", item, "--format", "json").stdout)
    assert [act["kind"] for act in said["acts"]] == ["opened", "done", "opinion", "fact"]
    assert said["state_label"]["zh"] == "研判中"


def test_items_are_found(run: Run, at: Path, first_case: Path) -> None:
    run("item", "open", first_case, "--by", COORDINATOR)
    assert "共 1 项。" in run("item", "list").stdout
    assert run("item", "list", "--state", "整改中").stdout.strip() == "没有事项。"
    assert run("item", "list", "--state", "整改", "--lang", "en").exit_code == 2
    (found,) = json.loads(run("item", "list", "--case", "EX-01", "--format", "json").stdout)
    assert found["opened"]["case"]["id"] == "EX-01"
    (line,) = run("item", "list", "--format", "jsonl").stdout.splitlines()
    assert json.loads(line) == found
    acts = [json.loads(line) for line in run("item", "show", found["id"], "--format", "jsonl").stdout.splitlines()]
    steps = [json.loads(line) for line in run("item", "menu", found["id"], "--format", "jsonl").stdout.splitlines()]
    assert ([act["kind"] for act in acts], steps[0]["id"]) == (["opened"], "register")
    missing = run("item", "menu", "2022-点-099")
    said = f"台账中没有事项“2022-点-099”，最接近的是“{found['id']}”；用 reformkit item list 列出全部"
    assert (missing.exit_code, missing.stderr.replace("\n", "")) == (2, said)


def test_a_step_is_named_by_its_title_and_the_steps_are_listed(run: Run, at: Path, first_case: Path) -> None:
    run("item", "open", first_case, "--by", COORDINATOR)
    (id,) = [json.loads(line)["id"] for line in run("item", "list", "--format", "jsonl").stdout.splitlines()]
    refused = run("item", "do", id, "立项", "--by", COORDINATOR).stderr
    assert "最接近的是“立项登记、同部署”" in refused and "第二关复筛" in refused.replace("\n", "")


def test_a_matter_without_a_case_is_opened_too(run: Run, at: Path) -> None:
    opened = run(
        "item",
        "open",
        "--procedure",
        "special",
        "--matter",
        "unit=某区某局",
        "--matter",
        "title=公车专项",
        "--by",
        COORDINATOR,
    )
    assert (opened.exit_code, "专项促改" in opened.stdout) == (0, True)
    bad = run("item", "open", "--procedure", "special", "--matter", "某区某局", "--by", COORDINATOR)
    assert bad.exit_code == 2


def test_a_verb_without_a_ledger_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REFORMKIT_LEDGER", raising=False)
    assert run("item", "list").exit_code == 2
    assert run("item", "list", "--ledger", tmp_path / "none.ledger").exit_code == 1
