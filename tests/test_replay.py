"""Receipts and journals: what they vouch for, and that those of reformkit 0.1 still open."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FIRST = HERE / "written_by_0_1"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small rulebook, to be edited."""
    shutil.copytree(FIRST, tmp_path / "small")
    return tmp_path / "small" / "book"


@pytest.fixture(scope="module")
def first_receipts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FIRST / "receipts.json").read_text("utf-8"))
    return found


def _edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_receipts_of_0_1_hold_under_the_rulebook_that_they_were_made_with(first_receipts: list[dict[str, Any]]) -> None:
    book = rk.load(FIRST / "book")
    assert len(first_receipts) == 5
    for receipt in first_receipts:
        again = book.replay(receipt)
        assert (again, again.parts, again.reasons) == ([], (), ())
        assert again.stood == ("startup", "layer", "measures")


def test_receipts_of_0_1_notice_an_edit(small: Path, first_receipts: list[dict[str, Any]]) -> None:
    _edit(small / "parameters.yaml", "{value: 2, since: 2020", "{value: 9, since: 2020")
    again = rk.load(small).replay(first_receipts[0])
    assert again.parts == ("rulebook",)
    assert again.conclusions[0] == "startup"
    assert again[:2] == ["digest", "startup"]


def test_a_receipt_of_0_1_of_the_bundled_rulebook_opens() -> None:
    receipt = json.loads((FIRST / "bundled.json").read_text("utf-8"))
    again = rk.load().replay(receipt)
    assert "startup" in again.stood


def test_a_journal_of_0_1_opens_without_a_word(small: Path) -> None:
    journal = small.parent / "session.journal"
    with rk.load(small).session(by="compiled", journal=journal) as session:
        assert session.problems == ()
        assert list(session) == ["A-1", "A-2", "A-3"]
        assert session["A-1"].startup.outcome == "start"
        session.tell("A-3", people=4)
    with rk.load(small).session(by="compiled", journal=journal) as session:
        assert session.problems == ()
        assert session["A-3"].case.facts["people"] == 4


def test_a_journal_of_0_1_opened_under_another_rulebook_says_so(small: Path) -> None:
    _edit(small / "startup.yaml", "any:", "all:")
    _edit(small / "parameters.yaml", "{value: 2, since: 2020", "{value: 9, since: 2020")
    with rk.load(small).session(by="compiled", journal=small.parent / "session.journal") as session:
        (problem,) = session.problems
    assert (problem.code, problem.severity) == ("RK505", "warning")
    assert "参数" in problem.message("zh")
    assert "decision startup" in problem.message("en")


@pytest.mark.parametrize(
    ("file", "before", "after", "part"),
    [
        ("book/startup.yaml", "any:", "all:", "rules"),
        ("book/signals.yaml", "within: 12 months", "within: 13 months", "rules"),
        ("book/vocabulary.yaml", "max: 500", "max: 501", "rules"),
        ("measures/institution.yaml", "due_days: 60", "due_days: 61", "library"),
    ],
)
def test_an_edit_is_told_by_its_part_wherever_it_is_vouched_for(
    small: Path, file: str, before: str, after: str, part: str
) -> None:
    book, journal = rk.load(small), small.parent / "new.journal"
    receipt = json.loads(json.dumps(book.assess({"id": "B-1", "level": "city"}).receipt()))
    assert receipt["format"] == 2
    assert receipt["reformkit"] == rk.__version__
    with book.session(by="compiled", journal=journal) as session:
        session.tell("B-1", level="city")
    _edit(small.parent / file, before, after)
    edited = rk.load(small)
    assert edited.digest != book.digest
    assert [name for name in book.digests if book.digests[name] != edited.digests[name]] == [part]
    again = edited.replay(receipt)
    assert (again.parts, again.conclusions) == ((part,), ())
    assert again.stood == ("startup", "layer", "measures")
    with edited.session(by="compiled", journal=journal) as session:
        assert [problem.code for problem in session.problems] == ["RK505"]


def test_any_turned_into_all_is_another_rulebook(tmp_path: Path) -> None:
    for folder in ("rules", "measures"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path = tmp_path / "rules" / "jiuyuan" / "startup.yaml"
    head, rule, rest = path.read_text("utf-8").partition("STA-G0\n")
    assert rule
    path.write_text(head + rule + rest.replace("any:", "all:", 1), encoding="utf-8")
    before, after = rk.load(), rk.load(tmp_path / "rules" / "jiuyuan")
    assert before.digests["rules"] != after.digests["rules"]
    assert before.digests["library"] == after.digests["library"]


def test_another_rule_for_the_same_conclusion_is_told_apart(small: Path) -> None:
    book = rk.load(small)
    case = {"id": "B-2", "level": "county", "stage": "sanctioned", "people": 9, "decided_on": "2022-05-01"}
    receipt = book.assess(case).receipt()
    assert receipt["outcomes"]["startup"]["rule"] == "S-1"
    _edit(small / "startup.yaml", "id: S-1", "id: S-1A")
    again = rk.load(small).replay(receipt)
    assert (again, again.conclusions, again.reasons) == (["digest"], (), ("startup",))


def test_what_comes_back_from_a_book_without_a_library_names_no_library(small: Path) -> None:
    assert list(rk.load(small, measures=None).digests) == ["rules"]
