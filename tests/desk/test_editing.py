"""Edits that are staged: what they replace, what they do, undone and done again; nothing is written."""

from __future__ import annotations

import pytest

from reformkit.desk.asking import Ask, Show
from reformkit.desk.desk import Desk, Stale
from reformkit.desk.edit_actions import stage
from reformkit.desk.effect_screen import EffectStep, effect_card, effect_step
from reformkit.desk.rule_screen import rule_at
from reformkit.desk.workspace import MemoryWorkspace
from tests.desk.asking import Browser

AT_LEAST = "people: {at_least: $many}"


def lines(desk: Desk, rule: str = "W-2") -> str:
    return desk.block(rule, rule_at("way", rule)).text


def edit(desk: Desk, rule: str, old: str, new: str) -> None:
    block = desk.block(rule, rule_at("way", rule))
    assert old in block.text
    desk.stage(block, rule, block.text.replace(old, new), block.sha)


def step(desk: Desk, name: str) -> EffectStep:
    found = effect_step(desk, Ask({"number": str(desk.staging.number), "step": name}))
    assert isinstance(found, EffectStep)
    return found


def test_an_edit_says_which_cases_change_and_how(desk: Desk) -> None:
    edit(desk, "W-2", "at_least: $many", "at_least: 2")
    cases = step(desk, "cases")
    assert (cases.changed, cases.of, [case.id for case in cases.cases]) == (1, 3, ["X-2"])
    assert [(m.before.zh, m.after.zh, m.number) for m in cases.moves] == [("慢办", "快办", 1)]
    ((title, (region,)),) = step(desk, "regions").regions
    assert title.zh == "办法（way）"
    assert [line.zh for line in region.where] == ["层级：县级", "人数：2", "紧急：否"]
    assert step(desk, "proofs").problems == ()
    assert step(desk, "fixtures").changed == 0
    assert {line.zh for line in step(desk, "mutants").unnoticed}


def test_a_fixture_that_fails_by_an_edit_is_named(desk: Desk) -> None:
    edit(desk, "W-2", "$many", "5")
    fixtures = step(desk, "fixtures")
    assert (fixtures.changed, fixtures.newly, fixtures.of, fixtures.failing) == (1, 1, 1, ("县级三人快办",))


def test_a_rule_that_can_no_longer_apply_is_a_problem_of_the_proofs(desk: Desk) -> None:
    edit(desk, "W-1", "{urgent: true}", "{people: {at_least: 0}}")
    (problem,) = [problem for problem in step(desk, "proofs").problems if problem.rule == "W-2"]
    assert (problem.code, problem.path) == ("RK303", "way.yaml")


def test_what_cannot_be_read_is_a_problem_at_its_line_and_the_table_stays(desk: Desk) -> None:
    browser = Browser(desk)
    block = desk.block("W-2", rule_at("way", "W-2"))
    form = {"decision": "way", "rule": "W-2", "sha": block.sha, "text": block.text.replace("then: fast", "then: fats")}
    answer = browser.post(
        "/stage", form, headers={"hx-request": "true", "hx-current-url": "http://x/d/way?urgent=false"}
    )
    assert answer.status_code == 200
    assert 'data-line="5" data-column="11"' in answer.text
    assert "fats" in answer.text and 'id="tablebox"' in answer.text and "effect-next" not in answer.text
    assert effect_card(desk).problems[0].code == "RK165"
    assert "fats" in lines(desk)
    edit(desk, "W-2", "fats", "slow")  # and it can be mended
    assert effect_card(desk).problems == ()


def test_nothing_is_written_before_it_is_saved(desk: Desk) -> None:
    workspace = desk.workspace
    assert isinstance(workspace, MemoryWorkspace)
    before = dict(workspace.files)
    edit(desk, "W-2", "county", "city")
    step(desk, "cases")
    assert workspace.files == before and workspace.lines == []


def test_comments_and_other_rules_are_no_part_of_the_lines_of_a_rule(desk: Desk) -> None:
    assert lines(desk, "W-1").startswith("  - id: W-1\n") and "Many people" not in lines(desk, "W-1")
    assert lines(desk).endswith("  basis: {kind: assumption, at: 由本规则册设定}\n")
    assert "then: fast  # for the county" in lines(desk)


def test_edits_are_undone_and_done_again(desk: Desk) -> None:
    first = lines(desk)
    edit(desk, "W-2", "$many", "4")
    edit(desk, "W-1", "urgent: true", "urgent: false")
    assert (desk.can_undo, desk.can_redo) == (True, False)
    desk.undo()
    assert [piece.what for piece in desk.staging.pieces] == ["W-2"]
    desk.undo()
    assert (lines(desk), desk.staging.pieces, desk.can_undo) == (first, (), False)
    desk.redo()
    desk.redo()
    assert [piece.what for piece in desk.staging.pieces] == ["W-2", "W-1"]
    desk.undo()
    edit(desk, "W-2", "4", "5")
    assert not desk.can_redo


def test_letters_typed_one_after_another_are_one_edit(desk: Desk) -> None:
    block = desk.block("W-2", rule_at("way", "W-2"))
    for number in ("4", "45", "456"):
        now = desk.block("W-2", rule_at("way", "W-2"))
        desk.stage(now, "W-2", block.text.replace("$many", number), block.sha, "tab-1")
    assert "456" in lines(desk)
    desk.undo()
    assert lines(desk) == block.text


def test_a_second_window_is_told_what_stands_there_now(desk: Desk) -> None:
    block = desk.block("W-2", rule_at("way", "W-2"))
    desk.stage(block, "W-2", block.text.replace("$many", "4"), block.sha, "tab-1")
    with pytest.raises(Stale) as stale:
        desk.stage(desk.block("W-2", rule_at("way", "W-2")), "W-2", "x", block.sha, "tab-2")
    assert "at_least: 4" in stale.value.now
    form = {"decision": ["way"], "rule": ["W-2"], "sha": [block.sha], "text": ["mine"], "tab": ["tab-2"]}
    answer = stage(desk, Ask(form=form, here="/d/way"))
    assert isinstance(answer, Show) and answer.status == 409
    page = Browser(desk).post("/stage", {name: words[0] for name, words in form.items()})
    assert page.status_code == 409 and "mine" in page.text and "at_least: 4" in page.text


def test_a_step_of_something_that_is_no_longer_staged_says_nothing(desk: Desk) -> None:
    edit(desk, "W-2", "$many", "4")
    old = desk.staging.number
    edit(desk, "W-2", "4", "5")
    answer = Browser(desk).get(f"/effect/{old}/cases")
    assert (answer.status_code, answer.text) == (204, "")
    assert Browser(desk).get(f"/effect/{desk.staging.number}/cases").status_code == 200
    assert Browser(desk).get(f"/effect/{desk.staging.number}/all").status_code == 404
    assert Browser(desk).get("/effect/x/cases").status_code == 404


@pytest.mark.parametrize("form", [{}, {"decision": "way", "rule": "W-9"}, {"decision": "../way", "rule": "W-1"}])
def test_only_rules_that_are_there_are_edited(desk: Desk, form: dict[str, str]) -> None:
    assert Browser(desk).post("/stage", form).status_code == 404


def test_an_edit_without_a_script_goes_back_to_its_page(desk: Desk) -> None:
    block = desk.block("W-2", rule_at("way", "W-2"))
    text = block.text.replace("$many", "4").replace("\n", "\r\n")  # as a browser sends a text box
    form = {"decision": "way", "rule": "W-2", "sha": block.sha, "text": text, "_back": "/d/way?_rule=W-2"}
    answer = Browser(desk).post("/stage", form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/d/way?_rule=W-2")
    assert "\r" not in lines(desk)


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_form_leads_away_from_the_desk(desk: Desk, back: str) -> None:
    where = Browser(desk).post("/undo", {"_back": back}).headers["location"]
    assert where.startswith("/") and not where.startswith(("//", "/\\"))


def test_too_much_is_refused(desk: Desk) -> None:
    assert Browser(desk).post("/stage", {"text": "x" * (1 << 20)}).status_code == 413


def test_the_tried_case_tells_what_it_came_to_before_the_edit(desk: Desk) -> None:
    edit(desk, "W-2", "$many", "2")
    page = Browser(desk).get("/d/way?level=county&people=2&urgent=false&_lang=en").text
    assert "Before the edit" in page and "Slow" in page
