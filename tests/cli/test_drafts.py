"""What `new` writes: at the right place, with what was there kept, and every blank named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reformkit
from tests.cli.conftest import Run

FULL = ("--title", "中央机关案件", "--when", "机关层级=中央级", "--when", "处置形态=第三种形态；第四种形态")
FULL += (
    "--when",
    "已查明症结=无制度",
    "--when",
    "涉案人数=3",
    "--then",
    "启动",
    "--because",
    "由人审定。",
    "--at",
    "由本机关设定",
)


def test_a_rule_without_blanks_passes_reading(run: Run, rulebook: Path) -> None:
    before = (rulebook / "startup.yaml").read_text("utf-8")
    result = run(
        "new", "rule", "是否启动以案促改", *FULL, "--since", "2023-01-01", "--before", "STA-G2", "--rules", rulebook
    )
    assert result.exit_code == 0 and "还须填写" not in result.stdout, result.output
    after = (rulebook / "startup.yaml").read_text("utf-8").split("\n")
    book = reformkit.load(rulebook)
    ids = [rule.id for rule in book.rulebook.decisions["startup"].rules]
    assert ids.index("STA-1") == ids.index("STA-G2") - 1
    rule = next(rule for rule in book.rulebook.decisions["startup"].rules if rule.id == "STA-1")
    assert (rule.then, str(rule.period.since), rule.basis.kind) == ("start", "2023-01-01", "assumption")  # type: ignore[union-attr]
    assert all(line in after for line in before.split("\n"))


def test_the_blanks_of_a_rule_are_named_and_stop_the_rulebook(run: Run, rulebook: Path) -> None:
    result = run("new", "rule", "layer", "--rules", rulebook)
    assert result.exit_code == 0
    path = rulebook / "layer.yaml"
    lines = path.read_text("utf-8").split("\n")
    named = [line.strip() for line in result.stdout.split("\n") if re.match("  [0-9]+: ", line)]
    assert len(named) == 5 and any("线（行业性专项促改）" in said for said in named)
    for said in named:
        number, _, blank = said.partition(": ")
        assert lines[int(number) - 1].strip() == blank and "#" in blank
    blanks = {int(said.partition(":")[0]) for said in named}
    assert {p.line for p in reformkit.check(rulebook)} == blanks
    assert lines.index("otherwise:") > max(blanks)


def test_a_file_in_chinese_gets_a_rule_in_chinese(run: Run, rulebook: Path) -> None:
    assert run("fmt", rulebook, "--to", "zh").exit_code == 0
    assert run("new", "rule", "startup", *FULL, "--rules", rulebook).exit_code == 0
    text = (rulebook / "startup.yaml").read_text("utf-8")
    assert "  - 编号: STA-1\n    标题: 中央机关案件\n    条件:\n      机关层级: 中央级\n" in text
    assert "      已查明症结: {含任一: [无制度]}\n" in text
    assert run("fmt", rulebook, "--check").exit_code == 0


def test_a_wrong_value_is_said_and_may_be_mended(run: Run, rulebook: Path) -> None:
    arguments = ["第四级" if word == "中央级" else word.replace("中央级", "第四级") for word in FULL]
    result = run("new", "rule", "startup", *arguments, "--rules", rulebook)
    assert result.exit_code == 1 and "第四级" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("rule", "nothing"),
        ("rule", "startup", "--id", "STA-G0"),
        ("rule", "startup", "--before", "XXX"),
        ("rule", "startup", "--when", "机关层级"),
        ("rule", "startup", "--since", "昨天"),
        ("decision", "a b"),
        ("decision", "startup"),
        ("measure", "没有的方向"),
        ("measure", "power", "--cause", "没有的症结"),
    ],
)
def test_wrong_use_writes_nothing(run: Run, rulebook: Path, arguments: tuple[str, ...]) -> None:
    before = {path: path.read_bytes() for path in rulebook.parents[1].rglob("*.yaml")}
    assert run("new", *arguments, "--rules", rulebook).exit_code == 2
    assert {path: path.read_bytes() for path in rulebook.parents[1].rglob("*.yaml")} == before


def test_a_decision_that_is_filled_passes(run: Run, rulebook: Path) -> None:
    result = run(
        "new",
        "decision",
        "track",
        "--title",
        "办理方式",
        "--outcome",
        "short=简易",
        "--outcome",
        "full=全面",
        "--rules",
        rulebook,
    )
    assert result.exit_code == 0 and "track.yaml:1" in "".join(result.stdout.split())
    path = rulebook / "track.yaml"
    text = path.read_text("utf-8")
    for blank, filled in {
        "条件": "{机关层级: 县级}",
        "结论": "简易",
        "标题": "县级",
        "理由": "示例",
        "出处": "自定",
        "其余": "全面",
    }.items():
        text = "\n".join(
            line.split("  #")[0] + f" {filled}" if line.strip().startswith((f"{blank}:  #", f"- {blank}:  #")) else line
            for line in text.split("\n")
        )
    path.write_text(text, encoding="utf-8")
    assert reformkit.load(rulebook).decide("track", {"authority_level": "county"}).outcome == "short"


def test_a_measure_goes_behind_the_others_of_its_weak_point(run: Run, rulebook: Path) -> None:
    result = run("new", "measure", "权力运行风险点", "--cause", "一人包办", "--title", "新的措施", "--rules", rulebook)
    assert result.exit_code == 0 and "PR-08" in result.stdout
    text = (rulebook.parents[1] / "measures" / "power.yaml").read_text("utf-8")
    assert text.rstrip().split("\n")[-1].strip().startswith("at:")
    assert "        as: also\n" in text.partition("PR-08:")[2]
    problems = reformkit.check(rulebook)
    assert {p.code for p in problems} == {"RK123"} and all(p.path.endswith("power.yaml") for p in problems)
