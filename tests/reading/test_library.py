"""Causes, references and measures become one library, and what it and the rules cite is there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from reformkit.model.condition import Test
from reformkit.model.period import Period
from reformkit.model.rulebook import Rulebook
from reformkit.reading.library import check_references, read_library
from reformkit.reading.rulebook import read_rulebook
from tests.bad.reading import HERE

RULEBOOK: Rulebook = read_rulebook(HERE / "base" / "book")[0]  # type: ignore[assignment]
MEASURES = HERE / "base" / "measures"


def test_measure_says_what_its_file_says() -> None:
    library, problems = read_library(MEASURES, RULEBOOK.vocabulary)
    assert library is not None
    assert problems == []
    measure = library.measures["IN-01"]
    assert [(e.cause, e.role, e.when) for e in measure.addresses] == [
        ("absent", "main", None),
        ("contract_rules", "main", Test(fact="matter", one_of=("contract",))),
    ]
    assert (measure.due_days, measure.due_from, measure.serves) == (60, "letter_received", ("cannot",))
    assert [(b.kind, b.ref, b.clause, b.use) for b in measure.basis] == [
        ("reference", "L12", "25", "refer"),
        ("assumption", None, None, "refer"),
    ]
    assert library.references["L12"].clauses["25"].period == Period(since=date(2024, 6, 28))


def test_rules_cite_documents_of_the_rulebook_or_references_of_the_library() -> None:
    library, _ = read_library(MEASURES, RULEBOOK.vocabulary)
    assert check_references(RULEBOOK, library) == []
    assert check_references(RULEBOOK, None) == []


def test_faulty_causes_do_not_make_measures_seem_faulty(tmp_path: Path) -> None:
    shutil.copytree(MEASURES, tmp_path / "measures")
    (tmp_path / "measures" / "causes.yaml").write_text("causes: [")
    library, problems = read_library(tmp_path / "measures", RULEBOOK.vocabulary)
    assert library is None
    assert {Path(p.path).name for p in problems} == {"causes.yaml"}


def test_missing_folder_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in read_library(tmp_path / "none", RULEBOOK.vocabulary)[1]] == ["RK101"]
