"""The rulebook of another field in examples/procurement: complete, dated, and noticed wherever it is changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk
from tests.cli.conftest import Run
from tests.cli.conftest import run as run  # noqa: PLC0414 (a fixture)

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "procurement"
BOOK = rk.load(FOLDER)


def test_it_has_no_problems_and_does_what_its_fixtures_say() -> None:
    assert rk.check(FOLDER) == []
    report = rk.run_fixtures(BOOK, FOLDER)
    assert report.passed and len(report.results) == 10


@pytest.mark.parametrize(
    ("requested", "reviewed", "who"),
    [("2023-12-30", None, "head"), ("2023-12-30", "2024-01-03", "desk"), ("2024-01-02", None, "desk")],
)
def test_the_day_of_review_says_which_limit_holds(requested: str, reviewed: str | None, who: str) -> None:
    case = {"id": "P-1", "amount": "7.50", "alike": 1, "requested_on": requested, "reviewed_on": reviewed}
    assert BOOK.assess(case).decisions["approval"].outcome == who
    assert BOOK.assess(case, as_of=date(2024, 6, 1)).decisions["approval"].outcome == "desk"


def test_what_is_not_known_is_asked_and_a_day_before_the_request_is_said() -> None:
    a = BOOK.assess({"id": "P-1", "amount": 3, "requested_on": "2024-03-20"})
    assert [need["fact"] for need in a.to_dict()["needs"]] == ["urgent", "history"]
    a = BOOK.assess({"id": "P-1", "requested_on": "2024-03-20", "reviewed_on": "2024-03-01"})
    assert [problem.code for problem in a.problems] == ["RK811"]
    for lang in ("zh", "en"):
        assert BOOK.rulebook.title.say(lang) in a.explain(lang)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "foreign"), [("zh", ("促改", "层次", "症结", "案发")), ("en", ("layer", "cause", "reform"))]
)
def test_its_papers_do_not_speak_of_reform(lang: Any, foreign: tuple[str, ...]) -> None:
    a = BOOK.assess({"id": "P-1", "amount": 3, "requested_on": "2024-03-20"})
    for paper in (a.explain(lang), a.short(lang), a.annex(lang)):
        assert not [word for word in foreign if word in paper]
    assert BOOK.rulebook.decisions["approval"].title.say(lang) in a.short(lang)


@pytest.mark.parametrize(
    ("lang", "foreign"), [("zh", ("促改", "层次", "症结", "案发")), ("en", ("Layer", "Causes", "reform", "Startup"))]
)
def test_many_cases_are_listed_with_its_own_decisions(run: Run, lang: str, foreign: tuple[str, ...]) -> None:
    said = run("assess", FOLDER / "approval.cases.yaml", "--rules", FOLDER, "--lang", lang).output
    assert not [word for word in foreign if word in said]
    outcomes = [
        a.decisions["approval"].outcome for a in BOOK.assess_many(BOOK.read_cases(FOLDER / "approval.cases.yaml"))
    ]
    assert len(outcomes) == 10 and "desk" in outcomes
    table = BOOK.rulebook.decisions["approval"]
    assert said.count(table.title.say(lang)) == 2  # type: ignore[arg-type]
    desk = table.outcomes["desk"].label.say(lang)  # type: ignore[arg-type]
    assert said.count(desk) == outcomes.count("desk") + 1
    assert f"{desk} {outcomes.count('desk')}".replace(" ", "") in said.replace(" ", "")
