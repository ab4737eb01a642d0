"""What `measures` lists and shows."""

from __future__ import annotations

import json
import re

import pytest

from tests.cli.conftest import Run


def ids(shown: str) -> list[str]:
    return re.findall(r"^([A-Z]{2}-\d\d) ", shown, re.MULTILINE)


def test_all_measures_are_listed(run: Run) -> None:
    shown = run("measures").stdout
    assert len(ids(shown)) == 21
    assert "共 21 项。" in shown


@pytest.mark.parametrize(
    ("option", "word", "wanted"),
    [
        ("--weak-point", "power", {f"PR-0{i}" for i in range(1, 8)}),
        ("--weak-point", "权力运行风险点", {f"PR-0{i}" for i in range(1, 8)}),
        ("--cause", "资产处置缺规", {"IN-06"}),
        ("--cause", "institution.asset_rules", {"IN-06"}),
    ],
)
def test_a_filter_takes_an_id_or_a_label(run: Run, option: str, word: str, wanted: set[str]) -> None:
    assert wanted <= set(ids(run("measures", option, word).stdout))


def test_filters_join(run: Run) -> None:
    both = set(ids(run("measures", "--industry", "供销", "--weak-point", "power").stdout))
    assert both == set(ids(run("measures", "--industry", "供销").stdout)) & {f"PR-0{i}" for i in range(1, 8)}
    assert run("measures", "--layer", "line").exit_code == 0


def test_one_measure_is_shown_in_full(run: Run) -> None:
    shown = run("measures", "IN-06").stdout
    for head in ("内容", "所答症结", "分情形的写法", "分层次的做法", "验收标准", "佐证材料", "责任和期限", "依据"):
        assert f"\n{head}\n" in shown
    assert "主措施，限于涉及事项：资产租赁处置" in shown
    assert "（已读条文）" in shown
    assert "假设：90日期限" in shown


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["IN06"], "IN-06"),
        (["--cause", "institution.absnt"], "institution.absent"),
        (["--industry", "供销社"], "supply_coop"),
        (["--layer", "lines"], "line"),
        (["--weak-point", "权力运行风险"], "power"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest(run: Run, arguments: list[str], nearest: str) -> None:
    result = run("measures", *arguments)
    assert result.exit_code == 2
    assert nearest in result.stderr


def test_json_holds_the_measures(run: Run) -> None:
    (only,) = json.loads(run("measures", "IN-06", "--format", "json").stdout)
    assert (only["id"], only["due_days"]) == ("IN-06", 90)


def test_without_a_library_there_is_nothing_to_list(run: Run) -> None:
    assert run("measures", "--measures", "none").exit_code == 2
