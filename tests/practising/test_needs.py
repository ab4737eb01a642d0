"""What a step needs keeps it from being done; papers that it yields are named; who is to be kept apart is."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import reformkit as rk
from reformkit.book import Book
from reformkit.model.act import Suggestion
from reformkit.practising.lacks import lacks
from tests.practising.story import COORDINATOR, HANDLER, LEAD, LEADER, OF_UNIT, SUPERVISOR, Story, begun
from tests.practising.test_moving import step_of, with_steps


@pytest.fixture
def with_needs(tmp_path: Path, book: Book) -> Callable[..., Story]:
    """A story under a procedure of which one step says something else."""
    told: list[Story] = []

    def made(step: str, **said: object) -> Story:
        other = step_of(book, step).model_copy(update=said)
        told.append(begun(tmp_path / "九原.ledger", tmp_path, with_steps(book, **{step: other})))
        return told[-1]

    return made


def codes(refused: pytest.ExceptionInfo[rk.RefusedError]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_reason_and_a_paper_that_a_step_needs_keep_it_from_being_done(with_needs: Callable[..., Story]) -> None:
    story = with_needs("register", needs=("reason", "paper"))
    with pytest.raises(rk.RefusedError) as bare:
        story.item.do("register", by=HANDLER, on=story.day)
    assert codes(bare) == {"RK630", "RK637"}
    with pytest.raises(rk.RefusedError) as blank:
        story.item.do("register", by=HANDLER, on=story.day, reason=" ", evidence=[story.paper()])
    assert codes(blank) == {"RK630"}
    with pytest.raises(rk.RefusedError) as without:
        story.item.do("register", by=HANDLER, on=story.day, reason="本级交办")
    assert codes(without) == {"RK637"}
    story.item.do("register", by=HANDLER, on=story.day, reason="本级交办", evidence=[story.paper()])
    assert "register" not in {step.id for step in story.item.menu()}


def test_papers_that_a_step_yields_are_shown_and_it_is_not_refused_for_want_of_them(story: Story) -> None:
    (register,) = (step for step in story.item.menu() if step.id == "register")
    assert (register.papers, register.lacks) == (("register_form",), ())
    story.item.do("register", by=HANDLER, on=story.day)
    assert story.item.standing.papers["register"] == ()
    story.item.do("first_look", by=HANDLER, on=story.day)


def test_a_plain_step_is_kept_apart_from_the_roles_that_it_names(with_needs: Callable[..., Story]) -> None:
    story = with_needs("analysis", roles=("handler", "supervisor", "responsible"), apart_from=("responsible",))
    story.item.do("register", by=HANDLER, on=story.day)
    with pytest.raises(rk.RefusedError) as unit:
        story.item.do("analysis", by=OF_UNIT, on=story.day)
    assert codes(unit) == {"RK603"}
    with pytest.raises(rk.RefusedError) as for_unit:  # an office that enters what a unit does is the unit
        story.item.do("analysis", by=LEAD, on=story.day, evidence=[story.paper()])
    assert codes(for_unit) == {"RK603"}
    story.item.do("analysis", by=SUPERVISOR, on=story.day)


def test_a_letter_is_not_sent_by_a_body_that_its_step_keeps_away(with_needs: Callable[..., Story]) -> None:
    story = with_needs("letters", roles=("coordinator",), apart_from=("coordinator",))
    story.to_the_letters()
    with pytest.raises(rk.RefusedError) as refused:
        story.item.letter("supervision_advice", 标题="关于规范管理的监察建议").issue(by=COORDINATOR, on=story.day)
    assert codes(refused) == {"RK603"}


def test_a_letter_waits_for_the_gates_and_none_follows_acceptance(stages: dict[str, Story]) -> None:
    for stage, code in (("opened", "RK623"), ("accepted", "RK624")):
        story = stages[stage]
        with pytest.raises(rk.RefusedError) as refused:
            story.item.letter("supervision_advice", 标题="关于规范管理的监察建议").issue(by=LEAD, on=story.day)
        assert code in codes(refused)


def test_a_number_that_was_never_issued_cannot_be_made_void(stages: dict[str, Story]) -> None:
    story = stages["sent"]
    with pytest.raises(rk.RefusedError) as refused:
        story.item.void("某监建〔2022〕9号", "发错", by=LEAD, on=story.day)
    assert codes(refused) == {"RK645"}


def test_acceptance_lacks_suggestions_judgements_and_proofs_as_the_item_stands(stages: dict[str, Story]) -> None:
    standing = copy.deepcopy(stages["judged"].item.standing)
    acceptance = standing.procedure.steps["acceptance"]
    assert lacks(standing, acceptance) == []
    first = next(iter(standing.judged))
    standing.judged[first] = replace(standing.judged[first], evidence=())
    assert [problem.code for problem in lacks(standing, acceptance)] == ["RK657"]
    del standing.judged[first]
    assert [problem.code for problem in lacks(standing, acceptance)] == ["RK655"]
    standing.demands.clear()
    assert [problem.code for problem in lacks(standing, acceptance)] == ["RK634"]


def test_who_countersigned_has_had_a_part_in_the_item(stages: dict[str, Story]) -> None:
    assert ("dfs", "supervisor") in stages["accepted"].item.standing.acted
    assert ("dfs", "supervisor") not in stages["judged"].item.standing.acted


def test_feedback_without_criteria_cannot_be_accepted_later_and_is_refused(story: Story) -> None:
    unit = {"unit": "某区农牧局", "responsible_unit": "某区农牧局"}
    item = story.ledger.open(procedure="inspection", matter=unit, by=COORDINATOR, on=story.day)
    bare = Suggestion(id=f"{item.id}-1", text="规范合同管理", criteria=())
    with pytest.raises(rk.RefusedError) as refused:
        item.do("feedback", by=SUPERVISOR, on=story.day, suggestions=[bare])
    assert codes(refused) == {"RK635"}


def test_results_that_only_papers_from_before_the_reform_prove_are_refused(stages: dict[str, Story]) -> None:
    story = stages["rectifying"]
    opened = story.item.standing.opened_on
    old, new = story.paper(dated=opened - timedelta(days=1)), story.paper(dated=opened)
    with pytest.raises(rk.RefusedError) as last_year:
        story.item.result("risk_point", 1, by=OF_UNIT, on=story.day, evidence=[old, old])
    assert codes(last_year) == {"RK658"}
    suggestion = story.item.suggestions[0].id
    with pytest.raises(rk.RefusedError) as before_the_letter:
        story.item.result("risk_point", 1, by=OF_UNIT, on=story.day, evidence=[new], suggestion=suggestion)
    assert codes(before_the_letter) == {"RK658"}


def test_who_countersigns_decides_the_role_and_with_it_who_is_kept_apart(stages: dict[str, Story]) -> None:
    """The handler's body has supervision and acceptance now; beside one that has acceptance only it would supervise."""
    story = stages["judged"]
    one = story.ledger.office
    as_lead = {"holds": ("acceptance", "supervisor"), "only": one.bodies["js1"].only}
    more = {"sc1": as_lead, "cwh": {"holds": ("leadership", "handler")}}
    changed = {id: one.bodies[id].model_copy(update=said) for id, said in more.items()}
    office = one.model_copy(update={"bodies": {**one.bodies, **changed}})
    where = {"clock": story.clock, "folder": story.folder / "files"}
    with rk.Ledger(story.folder / "九原.ledger", story.book, office, **where) as ledger:
        with pytest.raises(rk.RefusedError) as refused:
            ledger.item(story.item.id).accept(by=HANDLER, countersigned=LEAD, on=story.day)
        assert codes(refused) == {"RK603"}


def test_only_an_open_step_is_extended_or_pressed(stages: dict[str, Story]) -> None:
    story = stages["rectifying"]
    with pytest.raises(rk.RefusedError) as done:
        story.item.extend("plan", 5, "材料多", story.paper(), by=LEADER, on=story.day)
    assert "RK624" in codes(done)
    with pytest.raises(rk.RefusedError) as waiting:
        story.item.press("archive", by=COORDINATOR, on=story.day)
    assert codes(waiting) == {"RK623"}


def test_an_item_is_suspended_as_often_as_the_procedures_allow_and_resumed_after(tmp_path: Path, book: Book) -> None:
    procedures = book.rulebook.procedures
    assert procedures is not None
    once = procedures.model_copy(update={"suspend": procedures.suspend.model_copy(update={"times": 1})})
    strict = Book(book.rulebook.model_copy(update={"procedures": once}), book.library)
    story = begun(tmp_path / "九原.ledger", tmp_path, strict)
    story.later(3)
    story.item.suspend("等待审计结论", by=COORDINATOR, on=story.day)
    with pytest.raises(rk.RefusedError) as before:
        story.item.resume(by=COORDINATOR, on=story.day - timedelta(days=1))
    assert codes(before) == {"RK612"}
    story.item.resume(by=COORDINATOR, on=story.day)
    with pytest.raises(rk.RefusedError) as again:
        story.item.suspend("等待审计结论", by=COORDINATOR, on=story.day)
    assert codes(again) == {"RK662"}


def test_a_form_that_has_no_series_is_not_issued_under_a_number(stages: dict[str, Story]) -> None:
    story = stages["to_send"]
    with pytest.raises(rk.RefusedError) as refused:
        story.item.letter("study_form").issue(by=COORDINATOR, on=story.day)
    assert "RK640" in codes(refused)
