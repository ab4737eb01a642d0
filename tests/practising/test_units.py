"""A unit is the same however its name is typed: with a blank, full-width, or with a character that nobody sees."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import reformkit as rk
from reformkit.book import Book
from tests.practising.story import COORDINATOR, HANDLER, LEAD, OF_UNIT, SUPERVISOR, UNIT, Clock, Story, case, office

TYPED = ["某区 供销合作社联合社", "某区供销合作社联合社\u200b", "某区\u3000供销合作社联合社"]


@pytest.fixture(params=TYPED)
def typed(request: pytest.FixtureRequest, tmp_path: Path, book: Book) -> Story:
    """An item whose case names its unit otherwise than the office does."""
    clock = Clock(date(2022, 3, 4))
    ledger = rk.Ledger(tmp_path / "typed.ledger", book, office(), clock=clock, folder=tmp_path / "files")
    read = case(book, unit=request.param, responsible_unit=request.param)
    item = ledger.open(book.assess(read), by=COORDINATOR, on=clock.day)
    return Story(ledger, clock, book, tmp_path, item)


def test_the_unit_acts_for_itself_however_the_case_spells_it(typed: Story) -> None:
    typed.to_acceptance()  # the receipt, the plan and the reply are entered by the unit's own account
    assert typed.item.state().label.zh == "待验收"
    typed.judge()
    typed.accept()
    assert typed.ledger.verify() == []


def test_a_letter_to_two_spellings_of_a_unit_is_one_letter_to_one_unit(typed: Story) -> None:
    typed.to_the_letters()
    typed.later(1)
    letter = typed.item.letter("supervision_advice", to=[UNIT, *TYPED], 标题="关于规范社有资产管理的监察建议")
    number = letter.issue(by=LEAD, on=typed.day)
    (sent,) = typed.item.standing.letters
    assert len(sent.issued.to) == 1
    typed.item.receive(number, unit=UNIT, by=OF_UNIT, on=typed.day)
    assert sent.unreceived == () or typed.item.standing.letters[0].unreceived == ()


def test_a_unit_cannot_accept_its_own_work_under_another_spelling(typed: Story) -> None:
    typed.to_acceptance()
    with pytest.raises(rk.RefusedError) as refused:
        typed.item.accept(by=OF_UNIT, countersigned=SUPERVISOR, on=typed.day)
    assert {"RK602", "RK603"} & {problem.code for problem in refused.value.problems}


def test_items_are_found_by_any_spelling_of_their_unit(typed: Story) -> None:
    for word in (UNIT, *TYPED):
        assert [item.id for item in typed.ledger.items(unit=word)] == [typed.item.id]
    assert typed.ledger.items(unit="某县供销合作社联合社") == []


def test_items_of_one_unit_may_be_merged_however_each_spells_it(typed: Story) -> None:
    other = typed.ledger.open(procedure="special", matter={"unit": UNIT, "title": "专项"}, by=COORDINATOR, on=typed.day)
    other.merge_into(typed.item, "同一单位同一问题", by=COORDINATOR, on=typed.day)
    assert other.state().label.zh == "并入他项"


def test_figures_of_a_unit_are_of_all_its_spellings(typed: Story) -> None:
    typed.to_the_letters()
    second = typed.ledger.open(typed.book.assess(case(typed.book, "EX-02")), by=COORDINATOR, on=typed.day)
    second.do("register", by=HANDLER, on=typed.day)
    second.do("first_gate", opinion="passed", by=COORDINATOR, on=typed.day)
    (group,) = typed.ledger.figures().groups("responsible_unit").values()
    assert group["started"].value == typed.ledger.figures()["started"].value == 2


def test_a_unit_that_would_accept_its_own_work_is_an_error_of_the_office(tmp_path: Path, book: Book) -> None:
    text = Path(rk.loading.bundled("rules") / "office.yaml").read_text(encoding="utf-8")
    named = "某区供销合作社联合社: {holds: [responsible]"
    assert named in text
    path = tmp_path / "office.yaml"
    path.write_text(text.replace(named, f"{named[:-1]}, acceptance]"), encoding="utf-8")
    with pytest.raises(rk.RulebookError) as refused:
        rk.Ledger(tmp_path / "a.ledger", book, rk.Office.read(path))
    assert [problem.code for problem in refused.value.problems] == ["RK234"]


def test_an_office_lists_a_unit_once(tmp_path: Path) -> None:
    text = Path(rk.loading.bundled("rules") / "office.yaml").read_text(encoding="utf-8")
    named = "  某区供销合作社联合社: {holds: [responsible], accounts: [u-12]}\n"
    assert named in text
    twice = named + "  某区 供销合作社联合社: {holds: [responsible], accounts: [u-13]}\n"
    path = tmp_path / "office.yaml"
    path.write_text(text.replace(named, twice), encoding="utf-8")
    with pytest.raises(rk.RulebookError) as refused:
        rk.Office.read(path)
    assert [problem.code for problem in refused.value.problems] == ["RK110"]
