"""A package may bring a reader for another kind of file; what it gives is read as every office table is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books import bundled_book
from tests.cli.conftest import Run
from tests.cli.conftest import run as run  # noqa: PLC0414 (a fixture)

READER = """
def rows(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("!"):
                raise ValueError("an odd line")
            yield [5] if line.startswith("5") else line.rstrip("\\n").split("~")
"""
CASES = "编号~处置形态~涉案人数\nA-1~第四种形态~3人\n~~\nA-2~第九种形态~\n合计~~3\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package that is installed, with a reader for files that end in .tilde."""
    (tmp_path / "odd_reader.py").write_text(READER, "utf-8")
    info = tmp_path / "odd_reader-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-reader\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[reformkit.case_tables]\ntilde = odd_reader:rows\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("odd_reader", None)


BOOK = bundled_book()


@pytest.mark.usefixtures("package")
def test_another_kind_of_file_is_read_as_an_office_table(tmp_path: Path) -> None:
    (tmp_path / "a.tilde").write_text(CASES, "utf-8")
    file = BOOK.read_case_file(tmp_path / "a.tilde")
    assert [case.to_dict() for case in file.cases] == [{"id": "A-1", "form": "fourth", "people_involved": 3}]
    assert [(p.code, p.line, p.column) for p in file.problems if p.severity == "error"] == [("RK130", 4, 2)]
    same = BOOK.read_case_file(CASES.replace("~", ","), name="a.csv")
    assert [p.code for p in same.problems] == [p.code for p in file.problems]
    assert BOOK.read_case_file(CASES.encode(), name="b.tilde").cases == file.cases


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("编号~处置形态\n!\n", "RK854", "ValueError: an odd line"),
        ("编号~处置形态\n5\n", "RK854", "row 2 is no list of texts"),
        ("", "RK113", ""),
        ("处置形态\n第四种形态\n", "RK121", ""),
    ],
)
def test_what_a_reader_cannot_read_is_a_problem_of_the_file(tmp_path: Path, text: str, code: str, words: str) -> None:
    (tmp_path / "a.tilde").write_text(text, "utf-8")
    file = BOOK.read_case_file(tmp_path / "a.tilde")
    assert [p.code for p in file.problems] == [code]
    assert words in file.problems[0].message("en")
    assert not file.whole


@pytest.mark.usefixtures("package")
def test_the_command_takes_it_too_and_a_missing_file_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.tilde").write_text("编号~处置形态\nA-1~第四种形态\n", "utf-8")
    done = run("assess", tmp_path / "a.tilde", "--length", "short")
    assert done.exit_code == 0 and "A-1" in done.output
    assert [p.code for p in BOOK.read_case_file(tmp_path / "no.tilde").problems] == ["RK101"]


def test_without_a_reader_the_kinds_that_are_known_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.tilde").write_text(CASES, "utf-8")
    (problem,) = BOOK.read_case_file(tmp_path / "a.tilde").problems
    assert problem.code == "RK108" and ".tilde" not in problem.fix("en")
