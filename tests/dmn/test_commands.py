"""Models through the commands and the public names: into a new folder, and out of a rulebook."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

import reformkit
from tests.cli.conftest import Run, run  # noqa: F401 (the fixture)

LOANS = Path(__file__).resolve().parents[2] / "examples" / "dmn" / "loans.dmn"


def test_a_model_becomes_a_folder_that_says_the_same(run: Run, tmp_path: Path) -> None:  # noqa: F811
    new = tmp_path / "new"
    assert run("import", LOANS, new, "--dry-run").exit_code == 0 and not new.exists()
    assert run("import", LOANS, new).exit_code == 0
    assert reformkit.load(new).digest == reformkit.load(LOANS).digest
    again = run("import", LOANS, new)
    assert again.exit_code == 1 and "RK898" in again.stderr


def test_import_dmn_names_each_rule_at_its_line(tmp_path: Path) -> None:
    result = reformkit.import_dmn(LOANS, tmp_path / "new")
    assert next((change.id, change.place.line) for change in result.changes) == ("routing-1", 27)
    assert len(result.written) == 3 and not result.problems


def test_a_bad_model_writes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.dmn"
    bad.write_text(LOANS.read_text("utf-8").replace("&lt;= 17", "min(17)"), encoding="utf-8")
    result = reformkit.import_dmn(bad, tmp_path / "new")
    assert [(p.code, p.line) for p in result.problems] == [("RK894", 28)] and not (tmp_path / "new").exists()


def test_a_decision_is_exported_by_its_title(run: Run, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "startup.dmn"
    rules = LOANS.parents[2] / "rules" / "jiuyuan"
    assert run("export", rules, "-o", out, "--decision", "是否启动以案促改", "--as-of", "2022-06-01").exit_code == 0
    assert list(reformkit.load(out).rulebook.decisions) == ["startup"]
    assert run("export", rules, "-o", out).exit_code == 2
    assert run("export", rules, "-o", tmp_path / "a.dmn", "--decision", "screening").exit_code == 1
    assert not (tmp_path / "a.dmn").exists()


def test_a_decision_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no decision 'other'"):
        reformkit.load(LOANS).export_dmn("other", tmp_path / "a.dmn")


def test_what_people_may_have_changed_is_not_written_over_unless_said(tmp_path: Path) -> None:
    book, name = reformkit.load(LOANS), next(iter(reformkit.load(LOANS).rulebook.decisions))
    model, workbook = tmp_path / "a.dmn", tmp_path / "a.xlsx"
    exports = {model: partial(book.export_dmn, name, model), workbook: partial(book.export_workbook, workbook)}
    for path, export in exports.items():
        export()
        path.write_bytes(b"changed")
        with pytest.raises(FileExistsError, match="overwrite=True"):
            export()
        assert path.read_bytes() == b"changed"
        export(overwrite=True)
        assert path.read_bytes() != b"changed"
    assert {path.name for path in tmp_path.iterdir()} == {"a.dmn", "a.xlsx"}
