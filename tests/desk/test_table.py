"""A decision as a table, with a case tried in it."""

from __future__ import annotations

import re

import pytest

from reformkit.desk import rule_layout
from reformkit.desk.asking import Ask, NotThere
from reformkit.desk.desk import Desk
from reformkit.desk.rule_layout import layout
from reformkit.desk.rule_screen import rule_at
from reformkit.desk.table_screen import TableView, table_view
from tests.desk.asking import Browser


def shown(desk: Desk, decision: str = "way", **facts: str) -> TableView:
    return table_view(desk, Ask({"decision": decision}, {name: [word] for name, word in facts.items()}))


def marks(view: TableView, rule: str) -> dict[str, str]:
    (row,) = [row for row in view.rows if row.rule == rule]
    return {cell.fact: cell.verdict for cell in row.cells if cell.words.zh}


def test_the_rule_that_decides_is_lit_and_the_first_test_that_fails_is_marked_in_every_other(desk: Desk) -> None:
    view = shown(desk, level="county", people="3", urgent="false")
    assert {row.rule: row.state for row in view.rows} == {"W-1": "fails", "W-2": "lit", "": "fails"}
    assert marks(view, "W-1") == {"urgent": "fails"}
    assert marks(view, "W-2") == {"level": "holds", "people": "holds"}
    assert [cell.fact for cell in view.rows[0].cells if cell.is_first] == ["urgent"]
    assert view.trying.result is not None
    assert view.trying.result.en == "Fast"


def test_an_unknown_fact_is_a_question_mark_and_the_next_question(desk: Desk) -> None:
    view = shown(desk, urgent="false", people="5")
    assert marks(view, "W-2") == {"level": "open", "people": "holds"}
    assert view.trying.question is not None
    assert view.trying.question.en == "Which level?"
    assert [(link.label.zh, link.href) for link in view.trying.answers] == [
        ("县级", "/d/way?urgent=false&people=5&level=county"),
        ("市级", "/d/way?urgent=false&people=5&level=city"),
    ]


def test_where_no_rule_holds_the_rest_is_lit(desk: Desk) -> None:
    view = shown(desk, urgent="false", level="city")
    assert [row.state for row in view.rows] == ["fails", "fails", "lit"]


def test_a_value_that_cannot_be_is_said_at_its_fact(desk: Desk) -> None:
    view = shown(desk, people="-3", level="county")
    assert [problem.fact for problem in view.trying.problems] == ["people"]
    assert {entry.name: entry.problem is not None for entry in view.trying.inputs}["people"]
    assert Browser(desk).get("/d/way?people=-3").status_code == 200


def test_a_given_case_is_tried_with_its_history(bundled: Desk) -> None:
    given = bundled.case_file(bundled.book).cases
    assessed = {a.case.id: a for a in bundled.book.assess_many(given, given)}
    for case in given[::12]:
        for decision in ("startup", "layer"):
            view = table_view(bundled, Ask({"decision": decision}, {"_case": [case.id]}))
            expected = assessed[case.id].decisions[decision]
            lit = [row.rule for row in view.rows if row.state == "lit" and row.row == 0]
            assert lit == [expected.rule or ""] if expected.status == "decided" else not lit


def test_a_fact_can_be_taken_from_a_given_case(bundled: Desk) -> None:
    asked = {"_case": ["2022-006"], "coordinator_gate": [""]}
    view = table_view(bundled, Ask({"decision": "startup"}, asked))
    assert view.trying.status == "undetermined"
    assert view.trying.question_fact == "coordinator_gate"


def test_every_cell_agrees_with_the_trace(bundled: Desk) -> None:
    """What stands in the cells of a row comes to what the rule does, for cases of which much is unknown."""
    for case in bundled.case_file(bundled.book).cases[5:8]:
        for decision in bundled.book.rulebook.decisions:
            view = table_view(bundled, Ask({"decision": decision}, {"_case": [case.id], "form": [""], "stage": [""]}))
            by_rule: dict[str, list[str]] = {}
            for row in view.rows:
                if row.state in ("fails", "holds", "lit") and row.rule and not row.rest:
                    found = {cell.verdict for cell in row.cells if cell.verdict}
                    said = "fails" if "fails" in found else "open" if "open" in found else "holds"
                    by_rule.setdefault(row.rule, []).append(said)
            states = {row.rule: row.state for row in view.rows if row.row == 0}
            for rule, said in by_rule.items():
                if states[rule] == "fails":
                    assert set(said) <= {"fails", "open"}, (decision, rule)
                else:
                    assert {"holds", "open"} & set(said), (decision, rule)


def test_there_is_no_page_of_a_decision_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotThere):
        shown(desk, decision="other")
    assert Browser(desk).get("/d/other").status_code == 404


@pytest.mark.parametrize(("lang", "words"), [("zh", "下一问"), ("en", "Next question")])
def test_the_page_is_in_the_language_that_was_asked_for(desk: Desk, lang: str, words: str) -> None:
    answer = Browser(desk).get(f"/d/way?_lang={lang}")
    assert words in answer.text
    assert ("中文" in answer.text) is (lang == "en")


def test_a_page_in_english_has_no_chinese_of_ours(bundled: Desk) -> None:
    """All that the bundled rulebook and the pages say is said in English too; what is typed stays as it is."""
    page = Browser(bundled).get("/d/startup?_lang=en&origin=filed_case&authority_level=county").text
    assert set(re.findall("[\u4e00-\u9fff]+", page)) == {"中文"}


def test_words_that_are_code_elsewhere_are_shown_as_they_are(desk: Desk) -> None:
    odd = "<script>alert(1)</script>{{7*7}}javascript:\u202e"
    page = Browser(desk).get("/d/way", params={"people": odd, "level": odd}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
    assert "\u202e" not in page


def test_rows_of_conditions_that_are_typed_over_are_not_kept(desk: Desk) -> None:
    for number in range(4, 12):
        block = desk.block("W-2", rule_at("way", "W-2"))
        desk.stage(block, "W-2", re.sub(r"at_least: \S+}", f"at_least: {number}}}", block.text))
        laid = layout(desk.book, "way")
    assert laid.rules["W-2"] is not None and len(rule_layout._KEPT["way"]._laid) == len(laid.rules)
