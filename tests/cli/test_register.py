"""What `register` prints, and the pages made of the same."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

KNOWLEDGE = Path(__file__).parents[2] / "docs" / "knowledge"


def test_assumptions_are_printed_unless_asked_otherwise(run: Run) -> None:
    shown = run("register").stdout
    assert shown.startswith("假设登记\n")
    assert "没有它：有的案件由“课题报告未作规定，建议由本机关研究决定”变为" in shown
    assert run("register", "assumptions").stdout == shown


def test_references_say_how_far_they_were_checked(run: Run) -> None:
    shown = run("register", "references", "--lang", "en").stdout
    assert shown.startswith("Register of references\n")
    assert "title only; the clause was not read" in shown
    assert "Never to be cited" in shown


def test_the_page_is_what_the_command_prints_as_markdown(run: Run) -> None:
    for part, lang, name in (("assumptions", "zh", "assumptions.md"), ("references", "en", "references.en.md")):
        printed = run("register", part, "--format", "md", "--lang", lang).stdout
        assert (KNOWLEDGE / name).read_text(encoding="utf-8").endswith(printed)


def test_json_has_both_languages_and_what_changes(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "r.json"
    assert run("register", "--format", "json", "-o", out).exit_code == 0
    (line,) = (e for e in json.loads(out.read_text(encoding="utf-8")) if e["id"] == "line_cases")
    assert line["rests"] == ["LAY-LINE", "LAY-LINE-PREFECTURE"]
    assert line["label"].keys() == {"zh", "en"}
    assert line["changes"][0]["after"] == "point"


def test_rules_alone_have_no_references(run: Run) -> None:
    shown = run("register", "references", "--measures", "none")
    assert (shown.exit_code, shown.stdout) == (0, "依据登记\n")
