"""Figures of a ledger on the command line, over the ledger that was rebuilt for the report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reformkit.keeping.exchange import restore
from tests.cli.conftest import Run

REBUILD = Path(__file__).parents[2] / "examples" / "report" / "rebuild.py"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    subprocess.run([sys.executable, REBUILD, folder / "a.jsonl"], check=True, capture_output=True)
    restore(folder / "a.jsonl", folder / "a.ledger")
    return folder / "a.ledger"


def test_the_published_numbers_come_out_of_the_rebuilt_ledger(run: Run, ledger: Path) -> None:
    result = run("figures", "--ledger", ledger, "--check")
    assert (result.exit_code, result.stdout) == (0, "公布的 37 个数字都能由台账算出。\n")


def test_figures_are_a_table_or_json_of_a_period_or_a_part(run: Run, ledger: Path) -> None:
    result = run("figures", "--ledger", ledger, "--of", "layer=point", "--format", "json", "--lang", "en")
    found = {figure["id"]: figure for figure in json.loads(result.stdout)}
    assert found["risk_points"] == {
        "id": "risk_points",
        "title": "Risk points found",
        "value": 892,
        "accepted": 510,
        "late": 0,
    }
    assert found["start_rate"]["value"] == "72.6%"
    result = run("figures", "--ledger", ledger, "--by", "layer", "--period", "2022")
    rows = {row.split()[0]: row.split()[1:] for row in result.stdout.splitlines()}
    assert rows["促改建议"] == ["3", "51", "388", "1026"]
    assert "点（新办理个案促改）" in result.stdout


def test_figures_as_they_stood_show_what_came_since(run: Run, ledger: Path) -> None:
    result = run("figures", "--ledger", ledger, "--at-seq", "3000")
    rows = {row.split()[0]: row.split()[1:] for row in result.stdout.splitlines()}
    assert rows["指标"] == ["报送", "验收认定", "其中补录", "现在", "追补"]
    assert rows["研判案件"] == ["90", "—", "—", "146", "+56"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--period", "去年"], "不是统计期"),
        (["--at-seq", "99999"], "台账只有 4746 号"),
        (["--of", "layer"], "--of 写成 属性=取值"),
        (["--by", "colour"], "没有“colour”这个属性"),
        (["--by", "层级"], "最接近的是：层次（layer）"),
        (["--of", "layer=点点"], "没有“点点”这个层次"),
    ],
)
def test_what_cannot_be_taken_is_wrong_use(run: Run, ledger: Path, arguments: list[str], said: str) -> None:
    result = run("figures", "--ledger", ledger, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_properties_and_their_values_are_named_in_chinese_too(run: Run, ledger: Path) -> None:
    by_id = run("figures", "--ledger", ledger, "--of", "layer=line", "--by", "industry").stdout
    assert run("figures", "--ledger", ledger, "--of", "层次=线", "--by", "行业").stdout == by_id
    assert by_id != run("figures", "--ledger", ledger, "--by", "industry").stdout


def test_a_group_is_taken_from_what_was_chosen(run: Run, ledger: Path) -> None:
    """`--by` of a property leaves what `--of` says of the same one."""
    result = run("figures", "--ledger", ledger, "--of", "layer=line", "--by", "layer")
    assert result.stdout.splitlines()[0].split()[1:] == ["线（行业性专项促改）"]


def test_a_name_that_no_item_has_is_said(run: Run, ledger: Path) -> None:
    result = run("figures", "--ledger", ledger, "--of", "township=某某街道")
    assert (result.exit_code, "没有镇街为“某某街道”的事项" in result.stderr) == (0, True)
