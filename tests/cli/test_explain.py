"""Every kind of problem is explained in both languages, with its bad example where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reformkit.printing.explained import explained
from reformkit.problem_codes import CODES
from tests.bad.reading import HERE
from tests.cli.conftest import Run


@pytest.mark.parametrize(("lang", "words"), [("zh", "可用取值：‹known›"), ("en", "use one of: ‹known›")])
def test_a_code_is_explained_with_its_example(run: Run, lang: str, words: str) -> None:
    done = run("explain", "rk130", "--lang", lang)
    assert done.exit_code == 0
    assert words in done.output
    assert "RK130" in done.output and "startup.yaml:11:14" in done.output


def test_a_finding_of_check_says_why_and_what_to_prefer(run: Run) -> None:
    done = run("explain", "RK301", "--lang", "en")
    assert done.exit_code == 0
    for words in ("Why: ", "Avoid:", "Prefer:"):
        assert words in done.output


def test_a_code_that_is_none_is_wrong_use(run: Run) -> None:
    done = run("explain", "RK13O")
    assert done.exit_code == 2
    assert "RK13" in done.output and "RK13O" in done.output


def test_every_code_is_explained_in_both_languages() -> None:
    shown = {path.name[:5] for path in HERE.glob("*/RK*.expected")}
    for code in CODES:
        said = list(explained(code))
        assert len(said) >= 3
        for sentence, _ in said:
            assert sentence.zh and sentence.en
        assert any(block for _, block in said) == (code in shown), code


def test_the_page_of_problems_comes_with_the_package() -> None:
    project = (Path(__file__).resolve().parents[2] / "pyproject.toml").read_text("utf-8")
    assert '"docs/problems.md" = "reformkit/docs/problems.md"' in project
