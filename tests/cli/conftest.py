"""Running the commands as a user does, in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import reformkit
from reformkit.book import Book
from reformkit.cli import app
from reformkit.loading import bundled
from reformkit.terminal import options
from tests.books import bundled_book

Run = Callable[..., Result]


def load(rules: Path | None = None, **measures: Any) -> Book:
    """Load a rulebook; the bundled one is read once for all tests."""
    return reformkit.load(rules, **measures) if rules or measures else bundled_book()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Invoke a command; its output is 100 columns wide and without colour."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("REFORMKIT_LANG", raising=False)
    monkeypatch.setattr(options, "load", load)
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="session")
def examples() -> Path:
    """The examples of the project."""
    return bundled("examples")


@pytest.fixture(scope="session")
def first_case(examples: Path) -> Path:
    """The supply co-operative case that is shown in full."""
    return min((examples / "cases").glob("01-*.yaml"))


@pytest.fixture
def rulebook(tmp_path: Path) -> Path:
    """A copy of the bundled rulebook, free to be spoilt."""
    for name in ("rules", "measures"):
        shutil.copytree(bundled(name), tmp_path / name)
    return tmp_path / "rules" / "jiuyuan"


@pytest.fixture
def bad_cases(tmp_path: Path) -> Path:
    """Two cases: one with a level that the vocabulary does not have, one good."""
    path = tmp_path / "cases.yaml"
    path.write_text(
        "- 编号: B-1\n  机关层级: 县纪\n- 编号: B-2\n  案发单位: '=cmd()'\n  阶段: 审查调查中\n", encoding="utf-8"
    )
    return path
