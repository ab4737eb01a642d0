"""Every broken template is refused, each fault at its paragraph, with its words and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from reformkit.model.letter import Letters
from reformkit.problem import LetterError, Problem
from reformkit.writing.template import check_template, read_template
from tests.writing.broken import BROKEN, ENDINGS
from tests.writing.templates import template

EXPECTED = Path(__file__).with_name("broken.expected")


def said(problems: list[Problem], folder: Path) -> str:
    lines = (
        f"  {str(problem.place).removeprefix(f'{folder}/')} {problem.code}\n"
        f"    {problem.message('zh')}\n    {problem.message('en')}\n"
        for problem in problems
    )
    return "".join(lines).replace(str(folder), ".")


def expected() -> dict[str, str]:
    entries = EXPECTED.read_text(encoding="utf-8").split("\n# ")
    return {name: lines for name, _, lines in (entry.removeprefix("# ").partition("\n") for entry in entries)}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_template_gives_its_expected_problems(name: str, letters: Letters, tmp_path: Path) -> None:
    path = tmp_path / f"模板{ENDINGS.get(name, '.docx')}"
    path.write_bytes(BROKEN[name]())
    found = check_template(path, letters)
    assert said(found, tmp_path).strip() == expected()[name].strip()
    assert any(problem.severity == "error" for problem in found)
    with pytest.raises(LetterError):
        read_template(path, letters)


def test_there_are_fifty_broken_templates_at_least() -> None:
    assert len(BROKEN) >= 50
    assert BROKEN.keys() == expected().keys()


def test_template_that_is_not_there_is_said_so(letters: Letters, tmp_path: Path) -> None:
    assert [p.code for p in check_template(tmp_path / "没有.docx", letters)] == ["RK101"]
    assert [p.code for p in check_template(tmp_path, letters)] == ["RK102"]


def test_bundled_templates_have_nothing_wrong(letters: Letters) -> None:
    for kind in letters.kinds.values():
        assert check_template(letters.template_of(kind), letters) == []


def test_template_that_leaves_out_what_its_letter_needs_is_warned_of(letters: Letters, tmp_path: Path) -> None:
    path = tmp_path / "监察建议书.docx"
    path.write_bytes(template("{{ 发文字号 }}", "{{ 标题 }}", "{{ 主送 }}", "{{ 缘由 }}", "{{ 依据 }}", "{{ 署名 }}"))
    found = check_template(path, letters)
    assert {(p.code, p.severity) for p in found} == {("RK731", "warning")}
    assert [p.message("zh") for p in found] == [
        f"模板没有用到“{field}”，发出的文书会缺这一项" for field in ("成文日期", "异议", "后果", "回复期限")
    ]
    assert read_template(path, letters).fields == {"发文字号", "标题", "主送", "缘由", "依据", "署名"}
