"""What comes with outcomes, from a rulebook's text to fixtures, receipts, tables, pickles, diffs and back through fmt."""

from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import reformkit
from reformkit.book import Book
from reformkit.comparing.register import register
from reformkit.editing.formatting import formatted
from reformkit.editing.tables import Tables
from reformkit.intake.fixtures import Wanted
from reformkit.reporting.register import assumptions
from reformkit.reporting.replay import changes
from reformkit.testing.fixtures import otherwise_than

_VOCABULARY = """\
fields:
  level: {type: choice, label: {zh: 层级, en: Level}, values: {county: {zh: 县级, en: County}, city: {zh: 市级, en: City}}}
  people: {type: count, label: {zh: 人数, en: People}}
"""
_FEES = """\
decision: fees
title: {zh: 收费, en: Fees}
hit: collect
outcomes:
  base: {label: {zh: 基本, en: Base}, gives: {fee: 12.50, days: 30}}
  extra: {label: {zh: 附加, en: Extra}, gives: {fee: 5, by: "05"}}
  nothing: {zh: 不收, en: Nothing}
rules:
  - {id: F-1, when: {level: city}, then: base}
  - {id: F-2, when: {people: {at_least: 3}}, then: extra}
  - {id: F-3, enabled: false, when: {people: {at_least: 5}}, then: nothing}
otherwise: [nothing]
"""
_TRACK = """\
decision: track
title: {zh: 办理, en: Track}
hit: priority
outcomes:
  full: {label: {zh: 全面, en: Full}, gives: {限期: 60}}
  short: {zh: 简易, en: Short}
rules:
  - {id: T-1, when: {people: {at_most: 9}}, then: short}
  - {id: T-2, when: {level: city}, then: full}
otherwise: short
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    (folder / "rulebook.yaml").write_text("name: book\nvocabulary: vocabulary.yaml\n", encoding="utf-8")
    for name, text in (("vocabulary", _VOCABULARY), ("fees", _FEES), ("track", _TRACK)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    return reformkit.load(folder)


CASE = {"id": "A-1", "level": "city", "people": 4}


def test_a_value_in_quotes_is_words_and_a_number_keeps_its_places(book: Book) -> None:
    decision = book.decide("fees", {"level": "city", "people": 4})
    assert list(decision.gives or ()) == [{"fee": Decimal("12.50"), "days": 30}, {"fee": 5, "by": "05"}]
    with pytest.raises(TypeError, match="is no number"):
        decision.gives.sum("by")  # type: ignore[union-attr]
    with pytest.raises(KeyError, match="there are: by, days, fee"):
        decision.gives.sum("fees")  # type: ignore[union-attr]


def test_what_a_result_hands_out_is_its_owners_and_changes_no_later_answer(book: Book) -> None:
    fees, track = (book.decide(name, {"level": "city", "people": 4}) for name in ("fees", "track"))
    handed_out: list[Any] = [fees.gives[0], *fees.gives, track.gives]  # type: ignore[index, misc]
    for given in handed_out:
        given.update(fee=0, days=0, 限期=0)
    assert fees.gives.sum("fee") == Decimal("17.50")  # type: ignore[union-attr]
    assert book.decide("fees", {"level": "city"}).gives[0] == {"fee": Decimal("12.50"), "days": 30}  # type: ignore[index]
    assert book.decide("track", {"level": "city"}).gives == {"限期": 60}
    nothing = book.decide("fees", {"level": "county", "people": 0}).gives
    assert pickle.loads(pickle.dumps(list(nothing or ()))) == [{}]


def test_a_zero_and_a_derived_fact_that_are_stated_stand_in_memo_and_working_paper(book: Book) -> None:
    case = {"id": "A-0", "level": "county", "people": 0}
    for length in (book.assess(case).explain(), book.assess(case).annex()):
        assert "人数：0" in length


def test_the_rules_of_a_decision_that_collects_are_counted_as_the_others_or_as_none(book: Book) -> None:
    none, some = (book.assess({"id": "A", "level": level, "people": 0}).annex() for level in ("county", "city"))
    assert "2 条规则都不符合。" in none
    assert "其余 1 条规则不符合。" in some


def test_the_outcome_declared_first_decides_whatever_the_order_of_the_rules(book: Book) -> None:
    decision = book.decide("track", {"level": "city", "people": 4})
    assert (decision.outcome, decision.rule, decision.gives) == ("full", "T-2", {"限期": 60})
    assert [entry.rule for entry in decision.trace] == ["T-2", "T-1"]


def test_a_rule_that_is_switched_off_is_named_and_decides_nothing(folder: Path, book: Book) -> None:
    assert book.decide("fees", {"level": "county", "people": 9}).outcomes == ("extra",)
    assert [problem.rule for problem in reformkit.check(folder) if problem.code == "RK311"] == ["F-3"]
    rules = {rule.id for rule in book.rulebook.decisions["fees"].rules}
    assert rules == {"F-1", "F-2"}


def test_a_fixture_says_what_should_come_with_the_outcome(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "x.cases.yaml"
    path.write_text(
        "- {编号: F-1, 层级: 市级, 人数: 4, 预期: {办理: {结论: 全面, 附带: {限期: 61}}, 收费: {附带: {基本: {fee: 12.5}}}}}\n",
        encoding="utf-8",
    )
    ((result,), problems) = (reformkit.run_fixtures(book, path).results, reformkit.run_fixtures(book, path).problems)
    assert [(failure.what, failure.expected, failure.found) for failure in result.failures] == [
        ("track.gives", "限期 61", "限期 60")
    ]
    assert problems == []


def test_results_keep_what_comes_with_them_pickled_and_in_receipts(folder: Path, book: Book, tmp_path: Path) -> None:
    assessment = book.assess(CASE)
    kept = pickle.loads(pickle.dumps(assessment))
    assert kept.decisions["track"].gives == {"限期": 60}
    assert kept.to_dict()["decisions"]["fees"]["gives"] == [{"fee": "12.50", "days": 30}, {"fee": 5, "by": "05"}]
    receipt = assessment.receipt()
    assert receipt["outcomes"]["track"]["gives"] == {"限期": 60}
    assert book.replay(receipt).conclusions == ()
    edited = tmp_path / "edited"
    edited.mkdir()
    for file in folder.glob("*.yaml"):
        (edited / file.name).write_text(file.read_text("utf-8").replace("限期: 60", "限期: 45"), encoding="utf-8")
    other = reformkit.load(edited)
    assert other.digests["rules"] != book.digests["rules"]
    said = [line.zh for line in changes(other.replay(receipt), other.rulebook)]
    assert "办理：原为“全面（限期 60）”，现为“全面（限期 45）”" in said


def test_a_replay_says_of_each_outcome_what_came_with_it_and_which_is_sure(book: Book) -> None:
    now = book.assess({"id": "A", "level": "city", "people": 4}).receipt()
    before = book.assess({"id": "A", "level": "city"}).receipt()
    before["case"] = now["case"]
    said = [line.zh for line in changes(book.replay(before), book.rulebook)]
    open_ = "尚不能确定：基本（fee 12.50、days 30）（已能确定）、附加"
    assert f"收费：原为“{open_}”，现为“基本（fee 12.50、days 30）、附加（fee 5、by 05）”" in said


def test_a_replay_calls_a_case_that_no_rule_covers_settled(folder: Path, tmp_path: Path) -> None:
    for file in folder.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8").replace("otherwise: short", ""), encoding="utf-8")
    bare = reformkit.load(tmp_path)
    receipt = bare.assess({"id": "A", "level": "county", "people": 10}).receipt()
    now = reformkit.load(folder)
    said = [line.zh for line in changes(now.replay(receipt), now.rulebook)]
    assert "办理：原为“规则未涵盖”，现为“简易”" in said


def test_the_register_says_that_otherwise_comes_where_a_rule_is_taken_away(book: Book) -> None:
    entries = register(book.rulebook, None).assumptions
    said = [line.zh for section in assumptions(entries, book.rulebook, None) for line in section.lines]
    assert any("增列“不收”" in line for line in said)
    assert not any("absent" in line for line in said)


def test_a_value_that_did_not_come_is_called_none(book: Book) -> None:
    wanted = Wanted(gives=((None, "限期", 60),))
    (failure,) = otherwise_than(wanted, book.decide("track", {"level": "county", "people": 4}))
    assert (failure.expected, failure.found) == ("限期 60", "")


@pytest.mark.parametrize(
    ("old", "new"), [("12.50", "12.51"), ("12.50", "'12.50'"), ("false", "true"), ("[nothing]", "[nothing, extra]")]
)
def test_every_edit_of_the_new_keys_changes_the_digest(
    folder: Path, book: Book, tmp_path: Path, old: str, new: str
) -> None:
    for file in folder.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
    text = (tmp_path / "fees.yaml").read_text("utf-8")
    if "'" in new:  # words and numbers do not go together under one name
        (tmp_path / "fees.yaml").write_text(text.replace("fee: 5", "fee: '5'"), encoding="utf-8")
    assert reformkit.load(tmp_path).digests["rules"] != book.digests["rules"]


def test_frames_hold_each_name_in_a_column_of_its_own(book: Book) -> None:
    frame = pl.DataFrame({"id": ["A", "B", "C"], "level": ["city", "county", None], "people": [4, 1, None]})
    decided = book.decide_frame("fees", frame)
    assert decided.schema["fees_gives_fee"] == pl.List(pl.Decimal(38, 2))
    assert decided["fees_gives_fee"].to_list() == [[Decimal("12.50"), Decimal("5.00")], [], []]
    assert decided["fees_gives_by"].to_list() == [["05"], [], []]
    assert book.decide_frame("track", frame)["track_gives_限期"].to_list() == [60, None, None]


@pytest.mark.parametrize("name", ["fees", "track"])
def test_the_new_keys_go_to_chinese_and_back_byte_for_byte(folder: Path, book: Book, name: str) -> None:
    text, tables = (folder / f"{name}.yaml").read_text("utf-8"), Tables(book.rulebook, None)
    chinese = formatted(text, "decision", tables, "zh")
    assert all(word in chinese for word in ("附带:", "取用方式:") + (("启用: 否",) if name == "fees" else ("优先",)))
    assert formatted(chinese, "decision", tables, "en") == text
