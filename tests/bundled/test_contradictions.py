"""What of a case cannot be true together is said, at its place, through every way in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import reformkit as rk

BASE: dict[str, Any] = {"id": "A-1", "origin": "filed_case", "authority_level": "county", "coordinator_gate": "passed"}
SAID: list[tuple[dict[str, Any], list[str]]] = [
    ({"stage": "sanctioned", "filed_on": "2022-03-01", "decided_on": "2022-09-01"}, []),
    ({"stage": "sanctioned", "filed_on": "2022-09-01", "decided_on": "2022-09-01"}, []),
    ({"stage": "sanctioned", "filed_on": "2022-09-01", "decided_on": "2022-03-01"}, ["RK811"]),
    ({"stage": "under_investigation", "decided_on": "2022-03-01"}, ["RK813"]),
    ({"stage": "under_investigation", "filed_on": "2022-09-01", "decided_on": "2022-03-01"}, ["RK811", "RK813"]),
    ({"filed_on": "2222-03-01"}, ["RK812"]),
    ({"filed_on": "0202-03-01"}, ["RK812"]),
    ({"decided_on": "2022-09-01", "assessed_on": "2022-03-01"}, ["RK814"]),
    ({"decided_on": "2022-09-01", "assessed_on": "2022-03-01", "days_since_decision": 3}, []),
]


@pytest.mark.parametrize(("said", "codes"), SAID)
def test_a_case_that_contradicts_itself_is_warned_of_and_assessed(
    book: rk.Book, said: dict[str, Any], codes: list[str], tmp_path: Path
) -> None:
    case = {**BASE, **said}
    assessed = [*codes, *(["RK817"] if said.get("filed_on") == "0202-03-01" else [])]  # it is before the rules, too
    assert [problem.code for problem in book.assess(case).problems] == assessed
    assert [problem["code"] for problem in book.assess(case).to_dict()["problems"]] == assessed
    lines = "\n".join(f"{name}: {value}" for name, value in case.items())
    (tmp_path / "case.yaml").write_text(lines + "\n", encoding="utf-8")
    file = book.read_case_file(tmp_path / "case.yaml")
    assert [(problem.code, problem.severity) for problem in file.problems] == [(code, "warning") for code in codes]
    assert all(str(problem.place).endswith("case.yaml:1:1") for problem in file.problems)
    assert len(file.cases) == 1
    days = [name for name in case if name.endswith("_on")]
    frame = pl.DataFrame([case]).with_columns(pl.col(days).str.to_date())
    assert sorted(book.check_frame(frame)["code"].to_list()) == assessed


def test_days_since_a_decision_to_come_are_unknown_and_said(book: rk.Book) -> None:
    case = {**BASE, "stage": "sanctioned", "decided_on": "2022-09-01"}
    a = book.assess(case, as_of=date(2022, 3, 1))
    assert [problem.code for problem in a.problems] == ["RK814"]
    assert "days_since_decision" not in book.chain.derive(a.facts, a.as_of)
