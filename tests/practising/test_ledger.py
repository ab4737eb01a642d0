"""What a ledger does: a case from filing to archive, failures, visits, retries, corrections, lines, other sources."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk
from reformkit.book import Book
from reformkit.practising.suggesting import numbered, proposed, stated
from reformkit.problem import LedgerError
from tests.books import bundled_book
from tests.practising.story import (
    COORDINATOR,
    HANDLER,
    LEAD,
    LEADER,
    OF_UNIT,
    SUPERVISOR,
    UNIT,
    Clock,
    Story,
    again,
    begun,
    case,
    office,
)

_DAY = timedelta(days=1)


def _codes(refused: pytest.ExceptionInfo[rk.RefusedError]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


@pytest.fixture
def at(stages: dict[str, Story], tmp_path: Path, book: Book) -> Any:
    """A copy of the story at a stage, to carry on."""
    made = []

    def copied(stage: str) -> Story:
        story = stages[stage]
        shutil.copytree(story.folder, tmp_path, dirs_exist_ok=True)
        made.append(again(tmp_path / "九原.ledger", tmp_path, book, story))
        return made[-1]

    yield copied
    for story in made:
        story.ledger.close()


# --- the whole way --------------------------------------------------------------------------------------


def test_a_case_goes_from_filing_to_archive(at: Any) -> None:
    story = at("accepted")
    story.to_archive()
    item = story.item
    assert (item.state().label.zh, item.menu(), item.standing.consent) == ("已归档", [], True)
    assert item.state(date(2022, 3, 4)).label.zh == "研判中"
    assert item.state(date(2022, 3, 20)).label.zh == "待发文"
    assert [problem.code for problem in story.ledger.verify(story.ledger.anchor())] == []
    assert [i.id for i in story.ledger.items(state="已归档", case="EX-01")] == ["2022-点-001"]
    assert story.ledger.items(state="整改中") == []
    assert [i.id for i in story.ledger.items(state="整改中", as_of=date(2022, 4, 1))] == ["2022-点-001"]


def test_every_stage_has_its_state(stages: dict[str, Story]) -> None:
    assert {stage: story.item.state().label.zh for stage, story in stages.items()} == {
        "opened": "研判中",
        "to_send": "待发文",
        "sent": "已发文待签收",
        "received": "整改中",
        "rectifying": "整改中",
        "to_judge": "待验收",
        "judged": "待验收",
        "accepted": "再监督",
    }


def test_a_suggestion_has_its_own_due_day_and_the_step_the_last_of_them(stages: dict[str, Story]) -> None:
    item = stages["received"].item
    terms = {s.measure: s.term.count for s in item.suggestions if s.term}
    assert max(terms.values()) == 90
    due = item.due("rectify")
    assert due is not None and due.on == due.first == date(2022, 6, 22)
    assert item.due("reply") == replace(due, on=(reply := item.standing.letters[0].issued.reply_by), first=reply, because=item.due("reply").because)  # fmt: skip


def test_a_failed_acceptance_goes_back_and_a_second_one_on_to_the_leaders(at: Any) -> None:
    story = at("to_judge")
    item = story.item
    story.judge(met=False)
    with pytest.raises(rk.RefusedError) as refused:
        story.accept()
    assert _codes(refused) == {"RK656"}
    item.fail("台账不全", by=LEAD, on=story.day)
    assert item.state().label.zh == "整改中"
    assert {step.id for step in item.menu()} >= {"rectify", "reply"}
    due = item.due("rectify")
    assert due is not None and due.on == date(2022, 5, 30) and due.because.zh == "返工期限"
    story.later(10)
    story.report()
    story.later(5)
    item.fail("仍不全", by=SUPERVISOR, on=story.day)
    assert [act.kind for act in item.acts[-2:]] == ["failed", "escalated"]
    assert item.state().label.zh == "督办"
    story.later(10)
    story.report()
    story.judge()
    story.accept()
    assert item.state().label.zh == "再监督"


def test_a_visit_that_finds_nothing_done_reopens_the_item_under_a_mark(at: Any) -> None:
    story = at("accepted")
    story.later(90)
    story.item.visit(False, reason="台账未更新", by=SUPERVISOR, on=story.day)
    standing = story.item.standing
    assert story.item.state().label.zh == "整改中"
    assert [mark for mark, _ in standing.marks] == ["reopened"] and not standing.judged
    story.later(5)
    story.report()
    story.judge()
    story.accept()
    assert story.item.state().label.zh == "再监督"


# --- who, when, again -----------------------------------------------------------------------------------


def test_the_same_id_again_is_the_same_act(at: Any) -> None:
    story = at("opened")
    first = story.item.do("register", by=HANDLER, on=story.day, id="r-1")
    assert story.item.do("register", by=HANDLER, on=story.day, id="r-1") == first
    assert len(story.item.acts) == 2
    with pytest.raises(rk.RefusedError) as refused:
        story.item.do("first_look", by=HANDLER, on=story.day, id="r-1")
    assert _codes(refused) == {"RK526"}
    opened = [story.ledger.open(story.book.assess(case(story.book, "EX-02")), by=COORDINATOR, on=story.day, id="o") for _ in "12"]  # fmt: skip
    assert opened[0].id == opened[1].id == "2022-点-002"


def test_a_letter_asked_for_twice_has_one_number(at: Any) -> None:
    story = at("to_send")
    letter = story.item.letter("supervision_advice", 标题="关于规范资产管理的监察建议")
    numbers = [letter.issue(by=LEAD, on=story.day, id="l") for _ in "12"]
    assert numbers == ["某监建〔2022〕1号"] * 2 and len(story.item.standing.letters) == 1


def test_who_has_looked_at_fewer_acts_is_refused(at: Any) -> None:
    story = at("opened")
    seen = story.ledger.item(story.item.id, seen=story.item.standing.n)
    story.item.do("register", by=HANDLER, on=story.day)
    with pytest.raises(rk.RefusedError) as refused:
        seen.do("first_look", by=HANDLER, on=story.day)
    assert _codes(refused) == {"RK525"}


def test_another_process_is_seen_inside_the_turn(at: Any) -> None:
    story = at("opened")
    with rk.Ledger(
        story.folder / "九原.ledger", story.book, office(), clock=story.clock, folder=story.folder / "files"
    ) as other:
        other.item(story.item.id).do("register", by=HANDLER, on=story.day)
        with pytest.raises(rk.RefusedError) as refused:
            story.item.do("register", by=HANDLER, on=story.day)
    assert _codes(refused) == {"RK624"}


def test_a_late_entry_has_its_reason_and_is_listed(at: Any) -> None:
    story = at("received")
    story.later(10)
    day = story.day - timedelta(days=9)
    story.item.do("plan", by=OF_UNIT, on=day, late="单位当日未上线")
    assert [(late.kind, late.on, late.reason) for late in story.item.standing.late] == [("done", day, "单位当日未上线")]
    act = story.item.do("rectify", by=OF_UNIT, on=story.day, late="无须说明")
    assert act.late is None


def test_an_office_enters_for_a_unit_with_its_paper_and_the_unit_has_done_it(at: Any) -> None:
    story = at("received")
    story.item.do("plan", by=COORDINATOR, on=story.day, evidence=[story.paper("整改方案")])
    act = story.item.acts[-1]
    assert (act.body, act.role, act.for_unit, act.for_whom) == ("ajs", "responsible", UNIT, UNIT)
    strict = office().model_copy(update={"enter_for_units": False})
    ledger = rk.Ledger(
        story.folder / "九原.ledger", story.book, strict, clock=story.clock, folder=story.folder / "files"
    )
    with ledger, pytest.raises(rk.RefusedError) as refused:
        ledger.item(story.item.id).do("rectify", by=COORDINATOR, on=story.day, evidence=[story.paper()])
    assert "RK604" in _codes(refused)


def test_a_body_that_reported_work_does_not_accept_it(at: Any) -> None:
    """Entered for the unit it would be the unit's; a body that did the work itself is kept apart."""
    story = at("to_judge")
    one = office()
    js1 = one.bodies["js1"].model_copy(update={"holds": ("lead", "acceptance", "handler")})
    mixed = one.model_copy(update={"bodies": {**one.bodies, "js1": js1}, "apart": (("handler", "acceptance"),)})
    with pytest.raises(rk.RulebookError) as wrong:
        rk.Ledger(story.folder / "九原.ledger", story.book, mixed, folder=story.folder / "files")
    assert {problem.code for problem in wrong.value.problems} == {"RK234"}


def test_a_body_that_was_the_handler_yesterday_does_not_supervise_today(at: Any) -> None:
    """An office may change its bodies; what a body did on an item stays."""
    story = at("opened")
    one = office()
    swapped = {"dfs": one.bodies["dfs"].model_copy(update={"holds": ("handler",)})}
    swapped["sc1"] = one.bodies["sc1"].model_copy(update={"holds": ("supervisor",)})
    before = one.model_copy(update={"bodies": {**one.bodies, **swapped}})
    where = {"clock": story.clock, "folder": story.folder / "files"}
    with rk.Ledger(story.folder / "九原.ledger", story.book, before, **where) as ledger:
        ledger.item(story.item.id).do("register", by=SUPERVISOR, on=story.day)
    item = story.item
    item.do("first_look", by=HANDLER, on=story.day)
    item.do("first_gate", opinion="passed", by=COORDINATOR, on=story.day)
    item.do("analysis", by=HANDLER, on=story.day)
    item.do("second_gate", opinion="passed", by=LEAD, on=story.day)
    story.receive(story.send())
    story.rectify()
    story.judge()
    for attempt in (
        lambda: item.accept(by=LEAD, countersigned=SUPERVISOR, on=story.day),
        lambda: item.accept(by=SUPERVISOR, countersigned=LEAD, on=story.day),
        lambda: item.judge(item.suggestions[0], 1, False, by=SUPERVISOR, on=story.day),
    ):
        with pytest.raises(rk.RefusedError) as refused:
            attempt()
        assert _codes(refused) == {"RK603"}
    with pytest.raises(rk.RefusedError) as refused:
        item.visit(True, by=SUPERVISOR, on=story.day)
    assert _codes(refused) == {"RK603", "RK623"}


def test_a_body_that_holds_both_roles_does_not_count_twice(at: Any) -> None:
    story = at("judged")
    one = office()
    both = one.bodies["js1"].model_copy(update={"holds": ("lead", "acceptance", "supervisor")})
    accounts = {**one.accounts, "0099": one.accounts[LEAD].model_copy(update={"id": "0099"})}
    wide = one.model_copy(update={"bodies": {**one.bodies, "js1": both}, "accounts": accounts})
    where = {"clock": story.clock, "folder": story.folder / "files"}
    with rk.Ledger(story.folder / "九原.ledger", story.book, wide, **where) as ledger:
        with pytest.raises(rk.RefusedError) as refused:
            ledger.item(story.item.id).accept(by=LEAD, countersigned="0099", on=story.day)
        assert [p.message() for p in refused.value.problems] == [
            "验收须由两个机构的两人共同办理，分别承担验收把关、监督部门：两人属同一机构"
        ]


def test_an_unknown_item_is_said(at: Any) -> None:
    story = at("opened")
    with pytest.raises(KeyError):
        story.ledger.item("2022-点-009")
    with pytest.raises(rk.RefusedError) as refused:
        story.item.state(date(2021, 1, 1))
    assert _codes(refused) == {"RK601"}


# --- gates and facts ------------------------------------------------------------------------------------


def test_a_gate_that_rejects_ends_the_item_only_where_startup_comes_out_so(at: Any) -> None:
    story = at("opened")
    story.item.do("register", by=HANDLER, on=story.day)
    with pytest.raises(rk.RefusedError) as refused:
        story.item.do("first_gate", opinion="rejected", by=COORDINATOR, on=story.day)
    assert _codes(refused) == {"RK630"}
    story.item.do("first_gate", opinion="rejected", reason="与职权无关", by=COORDINATOR, on=story.day)
    assert story.item.state().label.zh == "未启动"
    with pytest.raises(rk.RefusedError) as refused:
        story.item.do("analysis", by=HANDLER, on=story.day)
    assert _codes(refused) == {"RK620"}
    city = story.book.assess(case(story.book, "EX-03", authority_level="city", form="fourth"))
    covered = story.ledger.open(city, by=COORDINATOR, on=story.day)
    covered.do("register", by=HANDLER, on=story.day)
    covered.do("first_gate", opinion="rejected", reason="与职权无关", by=COORDINATOR, on=story.day)
    assert covered.state().label.zh == "研判中" and covered.standing.decisions["startup"] == "start"


def test_facts_told_assess_the_item_afresh_and_a_changed_decision_is_listed(at: Any) -> None:
    story = at("to_send")
    before = story.item.standing
    assert (before.decisions["startup"], before.changed) == ("start", ())
    story.item.tell(by=HANDLER, on=story.day, stage="closed_without_sanction")
    (changed,) = [change for change in story.item.standing.changed if change.decision == "startup"]
    assert (changed.was, changed.now) == ("start", "discretion")
    story.item.tell(by=HANDLER, on=story.day, stage="under_investigation")
    assert not story.item.standing.changed
    with pytest.raises(rk.CaseError):
        story.item.tell(by=HANDLER, on=story.day, stage="nonsense")


def test_without_causes_neither_analysis_is_done(at: Any) -> None:
    story = at("opened")
    bare = case(story.book, "EX-04", findings=None, behaviours=None, natures=None, position=None, disciplines=None)
    plain = {
        k: v
        for k, v in bare.to_dict().items()
        if k not in ("findings", "behaviours", "natures", "position", "causes", "matters")
    }
    item = story.ledger.open(story.book.assess(plain), by=COORDINATOR, on=story.day)
    item.do("register", by=HANDLER, on=story.day)
    with pytest.raises(rk.RefusedError) as refused:
        item.do("analysis", by=HANDLER, on=story.day)
    assert _codes(refused) == {"RK632"}
    steps = {step.id: [problem.code for problem in step.lacks] for step in item.menu(role="handler")}
    assert steps["analysis"] == ["RK632"]
    item.tell(by=HANDLER, on=story.day, findings=[{"cause": "institution.asset_rules", "matter": "lease_disposal"}])
    item.do("analysis", by=HANDLER, on=story.day)
    assert [issue.label for issue in item.standing.issues] == ["资产处置缺规"]


def test_a_step_that_asks_for_a_suspicion_says_that_there_is_none(at: Any) -> None:
    story = at("opened")
    plain = {"id": "EX-05", "origin": "filed_case", "authority_level": "county", "unit": UNIT, "filed_on": "2022-03-04"}
    item = story.ledger.open(story.book.assess(plain), by=COORDINATOR, on=story.day)
    item.do("register", by=HANDLER, on=story.day)
    with pytest.raises(rk.RefusedError) as refused:
        item.do("first_look", by=HANDLER, on=story.day)
    assert _codes(refused) == {"RK633"}


def test_the_cases_of_a_ledger_are_a_history(at: Any) -> None:
    story = at("to_send")
    assert [case.id for case in story.ledger.cases()] == ["EX-01"]
    assert story.ledger.cases()[0].facts["lead_gate"] == "passed"
    other = case(story.book, "EX-06")
    assert story.book.assess(other, history=story.ledger.cases()).counts["industry_cases"].value == 2
    assert story.ledger.stated(other).facts["open_reform_same_issue"] is True
    assert story.ledger.stated(case(story.book, "EX-06", unit="某区粮库")).facts["open_reform_same_issue"] is False


# --- time -----------------------------------------------------------------------------------------------


def test_one_extension_moves_the_due_day_and_the_first_one_stays(at: Any) -> None:
    story = at("rectifying")
    item = story.item
    item.extend("rectify", 30, "涉及产权确认", story.paper("请示"), by=LEADER, on=story.day)
    due = item.due("rectify")
    assert due is not None and (due.first, due.on) == (date(2022, 6, 22), date(2022, 7, 22))
    with pytest.raises(rk.RefusedError) as refused:
        item.extend("rectify", 10, "仍未确认", story.paper("请示"), by=LEADER, on=story.day)
    assert _codes(refused) == {"RK662"}


def test_what_is_overdue_cannot_be_extended_nor_backdated_into_time(at: Any) -> None:
    story = at("rectifying")
    story.later(120)
    assert [i.id for i in story.ledger.items(overdue=True)] == [story.item.id]
    for on, late, dated in ((story.day, None, story.day), (date(2022, 6, 20), "当时未录", story.day)):
        paper = story.paper("请示", dated)
        with pytest.raises(rk.RefusedError) as refused:
            story.item.extend("rectify", 10, "材料多", paper, by=LEADER, on=on, late=late)
        assert _codes(refused) == {"RK661"}
    story.item.extend(
        "rectify",
        30,
        "材料多",
        story.paper("请示", date(2022, 6, 20)),
        by=LEADER,
        on=date(2022, 6, 20),
        late="当时未录",
    )


def test_a_suspension_stops_the_clock_and_days_of_it_do_not_count(at: Any) -> None:
    story = at("rectifying")
    item = story.item
    item.suspend("等待审计结论", by=COORDINATOR, on=story.day)
    assert item.state().label.zh == "中止"
    with pytest.raises(rk.RefusedError) as refused:
        item.do("rectify", by=OF_UNIT, on=story.day)
    assert _codes(refused) == {"RK621"}
    assert all("RK621" in [p.code for p in step.lacks] for step in item.menu())
    story.later(14)
    assert story.ledger.items(overdue=True) == []
    item.resume(by=COORDINATOR, on=story.day)
    due = item.due("rectify")
    assert due is not None and due.on == date(2022, 7, 6)


# --- letters --------------------------------------------------------------------------------------------


def test_a_void_letter_no_longer_counts_and_its_number_stays_used(at: Any) -> None:
    story = at("sent")
    item = story.item
    (number,) = [letter.issued.number for letter in item.standing.letters]
    item.void(number, "主送有误", by=LEAD, on=story.day)
    assert (item.state().label.zh, item.suggestions) == ("待发文", ())
    again_ = item.letter("supervision_advice", 标题="关于规范资产管理的监察建议").issue(by=LEAD, on=story.day)
    assert again_ == "某监建〔2022〕2号"
    assert not {"2022-点-001-1", "2022-点-001-2"} & {suggestion.id for suggestion in item.suggestions}


def test_a_second_letter_says_the_same_suggestions_which_count_once(at: Any) -> None:
    story = at("sent")
    before = story.item.suggestions
    to = "中共某区供销合作社联合社党组"
    letter = story.item.letter("discipline_advice", to, 标题="关于履行主体责任的纪律检查建议")
    number = letter.issue(by=LEAD, on=story.day)
    story.item.receive(number, by=OF_UNIT, on=story.day)
    assert story.item.standing.letters[1].unreceived == ()
    assert story.item.suggestions == before
    assert [i.id for i in story.ledger.items(number="某纪建〔2022〕1号")] == [story.item.id]


def test_a_letter_to_another_unit_holds_what_was_found_there(at: Any) -> None:
    story = at("to_send")
    above = "某市供销合作社联合社"
    found = {"cause": "supervision.subordinate_blind", "matter": "finance", "evidence": "五年未检查"}
    told = case(story.book).to_dict()
    findings = [told["findings"][0], {**found, "unit": above}]
    advised = story.book.assess({**told, "causes": None, "findings": findings}, history=[])
    own = proposed(story.item.standing, advised, (UNIT,))
    theirs = proposed(story.item.standing, advised, (above,))
    assert ([one.unit for one in own], [one.unit for one in theirs]) == ([None], [above])
    assert (own[0].measure, theirs[0].measure) == ("IN-06", "OV-01")
    assert f"建议{above}自" in theirs[0].text
    assert len(proposed(story.item.standing, advised, (UNIT, above))) == 2


def test_numbers_that_the_office_states_are_asked_for_and_checked(at: Any) -> None:
    story = at("to_send")
    strict = office().model_copy(update={"numbering": "stated"})
    ledger = rk.Ledger(
        story.folder / "九原.ledger", story.book, strict, clock=story.clock, folder=story.folder / "files"
    )
    with ledger:
        letter = ledger.item(story.item.id).letter("supervision_advice", 标题="关于规范资产管理的监察建议")
        with pytest.raises(rk.RefusedError) as refused:
            letter.issue(by=LEAD, on=story.day)
        assert _codes(refused) == {"RK647"}
        assert letter.issue(by=LEAD, on=story.day, number="某监建〔2022〕7号") == "某监建〔2022〕7号"


def test_a_suggestion_without_criteria_is_refused(at: Any) -> None:
    story = at("to_send")
    bare = tuple(s.model_copy(update={"criteria": ()}) for s in stated(story.item.standing, [("限期整改", [])], 30))
    with pytest.raises(rk.RefusedError) as refused:
        story.item.letter("supervision_advice", suggestions=bare, 标题="x").issue(by=LEAD, on=story.day)
    assert _codes(refused) == {"RK635"}


# --- corrections, merging, moving -----------------------------------------------------------------------


def test_a_correction_counts_and_the_old_line_stays(at: Any) -> None:
    story = at("to_judge")
    wrong = next(act for act in story.item.acts if act.kind == "result")
    story.item.correct(wrong.seq, {"count": 7}, "多计两项", by=LEAD, on=story.day)
    assert [result.count for result in story.item.standing.results] == [7]
    assert next(act for act in story.item.acts if act.seq == wrong.seq) == wrong
    assert story.item.standing.corrected == {wrong.seq: story.item.acts[-1].seq}
    opened = story.item.acts[0]
    story.item.correct(opened.seq, {"township": "某乡"}, "误录", by=LEAD, on=story.day)
    assert story.item.standing.opened.township == "某乡"


def test_a_kind_of_result_is_called_as_its_figure_is_and_corrected_to_one_that_is_counted(at: Any) -> None:
    story = at("rectifying")
    reported = story.item.result("排查廉政风险点", 9, by=OF_UNIT, on=story.day, evidence=[story.paper()])
    assert reported.data.what == "risk_point"
    for data, code in (({"what": "risk_pont"}, "RK649"), ({"suggestion": "x"}, "RK653")):
        with pytest.raises(rk.RefusedError) as refused:
            story.item.correct(reported.seq, data, "误录", by=LEAD, on=story.day)
        assert _codes(refused) == {code}
    story.item.correct(reported.seq, {"what": "完善制度机制"}, "误录", by=LEAD, on=story.day)
    assert [result.what for result in story.item.standing.results] == ["institution"]


def test_one_item_goes_on_as_a_part_of_another(at: Any) -> None:
    story = at("opened")
    other = story.ledger.open(story.book.assess(case(story.book, "EX-07")), by=COORDINATOR, on=story.day)
    other.merge_into(story.item, "同一单位同一问题", by=COORDINATOR, on=story.day)
    assert (other.state().label.zh, other.standing.into) == ("并入他项", story.item.id)
    with pytest.raises(rk.RefusedError) as refused:
        story.item.merge_into(other, "同一问题", by=COORDINATOR, on=story.day)
    assert _codes(refused) == {"RK673"}


def test_an_item_keeps_the_text_of_its_procedure_until_it_is_moved(at: Any) -> None:
    story = at("opened")
    rulebook = story.book.rulebook
    assert rulebook.procedures is not None
    point = rulebook.procedures.procedures["point"]
    steps = {name: step for name, step in point.steps.items() if name != "first_look"}
    newer = point.model_copy(update={"steps": steps})
    changed = rulebook.procedures.model_copy(update={"procedures": {**rulebook.procedures.procedures, "point": newer}})
    book = Book(rulebook.model_copy(update={"procedures": changed}), story.book.library)
    ledger = rk.Ledger(story.folder / "九原.ledger", book, office(), clock=story.clock, folder=story.folder / "files")
    with ledger:
        item = ledger.item(story.item.id)
        item.do("register", by=HANDLER, on=story.day)
        assert "first_look" in {step.id for step in item.menu()}
        item.move_to("point", "流程修订", by=COORDINATOR, on=story.day)
        assert "first_look" not in {step.id for step in item.menu()}
        assert item.standing.procedure == newer
    shutil.rmtree(story.folder / "files")
    with (
        rk.Ledger(story.folder / "九原.ledger", story.book, office(), folder=story.folder / "files") as ledger,
        pytest.raises(LedgerError) as missing,
    ):
        ledger.item(story.item.id)
    assert [problem.code for problem in missing.value.problems] == ["RK680"]


def test_an_item_is_ended_by_the_leaders(at: Any) -> None:
    story = at("rectifying")
    story.item.end("单位撤销", by=LEADER, on=story.day)
    assert story.item.state().label.zh == "已终止"


# --- lines, other sources -------------------------------------------------------------------------------


def test_a_line_goes_to_several_units_and_each_does_its_part(at: Any) -> None:
    story = at("opened")
    assessment = story.book.assess(case(story.book))
    alone = story.ledger.open(assessment, by=LEAD, on=story.day, procedure="line", cases=["EX-01"])
    with pytest.raises(rk.RefusedError) as refused:
        alone.do("gather", by=LEAD, on=story.day)
    assert _codes(refused) == {"RK638"}
    alone.end("未汇集", by=LEADER, on=story.day)
    item = story.ledger.open(assessment, by=LEAD, on=story.day, procedure="line", cases=["EX-01", "EX-02", "EX-03"])
    assert (item.id, item.standing.opened.layer) == ("2022-线-002", "line")
    for step, by in (("gather", LEAD), ("analysis", LEAD), ("scheme", LEADER)):
        item.do(step, by=by, on=story.day)
    units = ["某区基层社", "某区农资公司"]
    number = item.letter("supervision_advice", to=units, 标题="关于系统治理的监察建议").issue(by=LEAD, on=story.day)
    item.receive(number, by=COORDINATOR, unit=units[0], on=story.day, evidence=[story.paper("回执")])
    assert item.state().label.zh == "已发文待签收"
    item.receive(number, by=COORDINATOR, unit=units[1], on=story.day, evidence=[story.paper("回执")])
    (check,) = [step for step in item.menu() if step.id == "self_check"]
    assert list(check.units) == units
    with pytest.raises(rk.RefusedError) as refused:
        item.do("self_check", by=COORDINATOR, unit="某区另一单位", on=story.day, evidence=[story.paper("自查")])
    assert _codes(refused) == {"RK627"}
    item.do("self_check", by=COORDINATOR, unit=units[0], on=story.day, evidence=[story.paper("自查")])
    assert "spot_check" not in {step.id for step in item.menu()}
    with pytest.raises(rk.RefusedError) as refused:
        item.do("self_check", by=COORDINATOR, unit=units[0], on=story.day, evidence=[story.paper("自查")])
    assert _codes(refused) == {"RK624"}
    for by in ("u-00", OF_UNIT):  # an account of unlisted units, and one of another unit
        with pytest.raises(rk.RefusedError) as refused:
            item.do("self_check", by=by, unit=UNIT if by == "u-00" else units[1], on=story.day)
        assert _codes(refused) == {"RK627"}, by
    item.do("self_check", by=COORDINATOR, unit=units[1], on=story.day, evidence=[story.paper("自查")])
    assert "spot_check" in {step.id for step in item.menu()}


def test_an_inspection_says_its_suggestions_at_the_feedback(at: Any) -> None:
    story = at("opened")
    matter = {"unit": "某区某镇", "responsible_unit": "某区某镇", "title": "巡察反馈问题"}
    item = story.ledger.open(procedure="inspection", matter=matter, by=COORDINATOR, on=story.day)
    assert item.id == "2022-巡察-001" and item.standing.opened.source == "inspection"
    with pytest.raises(rk.RefusedError) as refused:
        item.do("feedback", by=SUPERVISOR, on=story.day)
    assert _codes(refused) == {"RK634"}
    said = stated(item.standing, [("限期清退超占用房", ["腾退清单齐全"]), ("完善公务接待制度", ["制度印发"])], 90)
    item.do("feedback", by=SUPERVISOR, on=story.day, suggestions=said)
    assert [suggestion.id for suggestion in item.suggestions] == ["2022-巡察-001-1", "2022-巡察-001-2"]
    assert [c.id for c in numbered("x", ["a", "b"])] == ["x.1", "x.2"]
    due = item.due("plan")
    assert due is not None and due.on == date(2022, 4, 6)  # 4 April is the first day of a holiday of three


def test_a_rulebook_without_procedures_has_no_ledger(tmp_path: Path) -> None:
    book = rk.load(Path(__file__).parents[2] / "rules" / "xuchang")
    with pytest.raises(rk.RulebookError) as wrong:
        rk.Ledger(tmp_path / "a.ledger", book, office())
    assert [problem.code for problem in wrong.value.problems] == ["RK679"]


# --- out and back ---------------------------------------------------------------------------------------


def test_a_ledger_restored_from_its_export_is_the_same(at: Any, tmp_path: Path) -> None:
    story = at("judged")
    anchor = story.ledger.export(tmp_path / "台账.jsonl")
    folder = story.folder / "files"
    url = tmp_path / "again.ledger"
    with rk.Ledger.restore(
        tmp_path / "台账.jsonl", url, story.book, office(), clock=story.clock, folder=folder
    ) as twin:
        assert twin.anchor() == anchor and twin.verify(anchor) == []
        assert repr(twin.item(story.item.id).standing) == repr(story.item.standing)
        twin.item(story.item.id).accept(by=LEAD, countersigned=SUPERVISOR, on=story.day)


def test_read_only_looks_and_does_not_write(at: Any) -> None:
    story = at("opened")
    ledger = rk.Ledger(
        story.folder / "九原.ledger",
        story.book,
        office(),
        clock=story.clock,
        folder=story.folder / "files",
        read_only=True,
    )
    with ledger:
        assert ledger.item(story.item.id).state().label.zh == "研判中"
        with pytest.raises(LedgerError):
            ledger.item(story.item.id).do("register", by=HANDLER, on=story.day)


def test_a_story_begins(tmp_path: Path, book: Book) -> None:
    story = begun(tmp_path / "九原.ledger", tmp_path, book)
    assert story.ledger.items()[0].id == "2022-点-001"
    assert story.item.due("register") is not None
    story.ledger.close()


def test_an_office_is_held_to_the_duties_of_the_procedures(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "rules" / "office.yaml"
    assert rk.check(office=example) == []
    short = tmp_path / "office.yaml"
    short.write_text(example.read_text("utf-8").replace("holds: [supervisor]", "holds: [lead]"), encoding="utf-8")
    (problem,) = rk.check(office=short)
    assert (problem.code, problem.path, problem.message()) == (
        "RK233",
        str(short),
        "角色“监督部门”没有机构承担，而流程“新办理个案促改（点）”的步骤“验收”由它办理",
    )
    with pytest.raises(rk.RulebookError):
        rk.Ledger(tmp_path / "a.ledger", bundled_book(), rk.Office.read(short))


# --- taking over ----------------------------------------------------------------------------------------


def test_a_running_item_is_taken_over_with_its_papers_and_its_own_number(tmp_path: Path, book: Book) -> None:
    """What an office kept in a workbook becomes acts: each on its day, each a late entry with its reason."""
    story = begun(tmp_path / "九原.ledger", tmp_path, book)
    story.clock.day = date(2022, 9, 1)
    late = "接管原台账"
    assessment = book.assess(case(book, "EX-08", filed_on="2022-03-01"))
    item = story.ledger.open(assessment, by=COORDINATOR, on=date(2022, 3, 1), late=late)
    steps = (
        ("register", HANDLER, 1),
        ("first_look", HANDLER, 3),
        ("first_gate", COORDINATOR, 4),
        ("analysis", HANDLER, 10),
    )
    for step, by, day in steps:
        opinion = "passed" if step.endswith("gate") else None
        item.do(step, by=by, on=date(2022, 3, day), opinion=opinion, late=late)
    item.do("second_gate", by=LEAD, on=date(2022, 3, 11), opinion="passed", late=late)
    scan = story.paper("监建3号扫描件", date(2022, 3, 14))
    letter = item.letter("supervision_advice", reply_by=date(2022, 5, 20))
    number = letter.issue(by=LEAD, on=date(2022, 3, 14), number="某监建〔2022〕3号", late=late, file=scan)
    issued = item.standing.letters[0].issued
    assert issued.file is not None and (number, issued.file.name) == ("某监建〔2022〕3号", scan.name)
    item.receive(number, by=OF_UNIT, on=date(2022, 3, 15), late=late)
    assert len(item.standing.late) == 8 and {entry.reason for entry in item.standing.late} == {late}
    assert item.due("plan") is not None and item.state().label.zh == "整改中"
    with pytest.raises(rk.RefusedError) as refused:
        letter.issue(by=LEAD, on=date(2022, 3, 14), late=late, file=scan)
    assert "RK647" in _codes(refused)
    assert story.ledger.verify() == []
    story.ledger.close()


def test_a_refused_opening_leaves_neither_ledger_nor_paper(tmp_path: Path, book: Book) -> None:
    day = date(2022, 3, 4)
    paper = rk.Evidence("立项呈批.txt", date(2022, 3, 9), content="呈批".encode())
    with rk.Ledger(tmp_path / "新.ledger", book, office(), clock=Clock(day)) as ledger:
        with pytest.raises(rk.RefusedError, match="RK652"):
            ledger.open(book.assess(case(book)), by=COORDINATOR, on=day, evidence=[paper])
        assert (ledger.items(), ledger.cases(), list(tmp_path.iterdir())) == ([], [], [])
        ledger.open(book.assess(case(book)), by=COORDINATOR, on=day)
        assert ledger.verify() == []
