"""Cells and parameters edited in their place: one span of YAML changes, and nothing else."""

from __future__ import annotations

import pytest

from reformkit.desk.asking import Ask, Goto, Show
from reformkit.desk.cell_edits import set_cell
from reformkit.desk.desk import Desk
from reformkit.desk.effect_screen import EffectStep, effect_step
from reformkit.desk.parameter_screen import parameters_view, set_value
from tests.desk.asking import Browser
from tests.desk.conftest import PARAMETERS, WAY
from tests.desk.test_editing import edit


def cell(desk: Desk, rule: str, fact: str, words: str, row: str = "0", decision: str = "way") -> Show | Goto:
    form = {"decision": [decision], "rule": [rule], "row": [row], "fact": [fact], "words": [words]}
    answer = set_cell(desk, Ask(form=form, here="/d/way", partial=True))
    assert isinstance(answer, Show | Goto)
    return answer


@pytest.mark.parametrize(
    ("rule", "fact", "words", "old", "new"),
    [
        ("W-2", "level", "市级", "level: county", "level: city"),
        ("W-2", "level", "city; county", "level: county", "level: [city, county]"),
        ("W-2", "people", "≥ 5", "{at_least: $many}", "{at_least: 5}"),
        ("W-2", "people", "", "\n      people: {at_least: $many}", ""),
        ("W-2", "urgent", "否", "{at_least: $many}", "{at_least: $many}\n      urgent: false"),
        ("W-1", "urgent", "no", "{urgent: true}", "{urgent: false}"),
        ("W-2", "then", "Slow", "then: fast  # for the county", "then: slow  # for the county"),
    ],
)
def test_a_cell_changes_one_span(desk: Desk, rule: str, fact: str, words: str, old: str, new: str) -> None:
    assert WAY.count(old) == 1
    cell(desk, rule, fact, words)
    assert desk.text("way.yaml") == WAY.replace(old, new)


@pytest.mark.parametrize(
    ("fact", "words", "said"),
    [("level", "省级", "省级"), ("people", "许多", "许多"), ("then", "不办", "快办；慢办"), ("people", "≥", "≥")],
)
def test_words_that_cannot_be_taken_are_refused_and_nothing_is_staged(
    desk: Desk, fact: str, words: str, said: str
) -> None:
    form = {"decision": "way", "rule": "W-2", "row": "0", "fact": fact, "words": words}
    page = Browser(desk).post("/cell", form, headers={"hx-request": "true"}).text
    assert said in page and 'class="problem error"' in page
    assert desk.staging.pieces == ()


@pytest.mark.parametrize("form", [{"rule": "W-9"}, {"row": "x"}, {"decision": "other"}])
def test_only_cells_that_are_there_are_edited(desk: Desk, form: dict[str, str]) -> None:
    asked = {"decision": "way", "rule": "W-2", "row": "0", "fact": "level", "words": "市级", **form}
    assert Browser(desk).post("/cell", asked).status_code == 404


def test_every_cell_of_the_bundled_rules_can_be_written_as_it_is(bundled: Desk) -> None:
    """A cell that is put back as it stands changes nothing; cells of each decision are tried."""
    for name, table in bundled.book.rulebook.decisions.items():
        for rule in table.rules[:3]:
            for fact in sorted(fact for fact in table.facts if fact in {"form", "stage", "town_cases", "position"}):
                before = bundled.staging.pieces
                from reformkit.desk.rule_layout import layout

                rows = layout(bundled.book, name).rules[rule.id]
                if rows is not None and fact in rows.rows[0]:
                    cell(bundled, rule.id, fact, rows.rows[0][fact].zh, decision=name)
                    assert bundled.staging.pieces == before, (rule.id, fact)


def value(desk: Desk, words: str, sha: str | None = None) -> Show | Goto:
    row = parameters_view(desk, Ask()).rows[0].values[0]
    form = {"name": ["many"], "number": ["0"], "value": [words], "sha": [row.sha if sha is None else sha]}
    answer = set_value(desk, Ask(form=form))
    assert isinstance(answer, Show | Goto)
    return answer


def test_a_parameter_changes_in_its_place_and_says_what_that_does(desk: Desk) -> None:
    value(desk, "2")
    assert desk.text("parameters.yaml") == PARAMETERS.replace("value: 3", "value: 2")
    found = effect_step(desk, Ask({"number": str(desk.staging.number), "step": "cases"}))
    assert isinstance(found, EffectStep)
    assert (found.changed, found.of) == (1, 3)
    row = parameters_view(desk, Ask()).rows[0]
    assert (row.values[0].value, row.values[0].was, [title.zh for title, _ in row.used_by]) == ("2", "3", ["办法"])


def test_a_parameter_that_another_window_has_changed_is_refused(desk: Desk) -> None:
    seen = parameters_view(desk, Ask()).rows[0].values[0].sha
    value(desk, "2")
    answer = value(desk, "9", seen)
    assert isinstance(answer, Show) and answer.status == 409


@pytest.mark.parametrize("words", ["", "许多", "2, since: 2000-01-01"])
def test_a_value_that_is_none_is_a_problem_and_can_be_undone(desk: Desk, words: str) -> None:
    value(desk, words)
    assert desk.problems
    assert Browser(desk).get("/parameters").status_code == 200
    desk.undo()
    assert desk.problems == ()


def test_cells_wait_until_the_text_can_be_read_again(desk: Desk) -> None:
    edit(desk, "W-1", "then: fast", "then: fats")
    asked = {"decision": "way", "rule": "W-2", "row": "0", "fact": "level", "words": "市级"}
    assert Browser(desk).post("/cell", asked).status_code == 404


def test_the_line_threshold_moves_twenty_eight_cases_from_line_to_point(bundled: Desk) -> None:
    """The first thing that a newcomer tries; `reformkit diff` counts as many."""
    rows = parameters_view(bundled, Ask()).rows
    (line,) = [row for row in rows if row.name == "line_cases"]
    form = {"name": ["line_cases"], "number": ["0"], "value": ["3"], "sha": [line.values[0].sha]}
    set_value(bundled, Ask(form=form))
    try:
        found = effect_step(bundled, Ask({"number": str(bundled.staging.number), "step": "cases"}))
        assert isinstance(found, EffectStep)
        moves = [(m.title.zh, m.before.zh, m.after.zh, m.number) for m in found.moves if m.title.zh == "促改层次"]
        assert moves == [("促改层次", "线", "点", 28)]
    finally:
        bundled.undo()
