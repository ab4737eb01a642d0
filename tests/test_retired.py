"""A receipt of an earlier rulebook is made again with what is still known; what is not is told, not raised."""

from __future__ import annotations

import pytest

import reformkit as rk
from reformkit.reporting.replay import changes
from tests.books import bundled_book

TEXTS = {
    "rulebook.yaml": "{name: small, language: 2, vocabulary: words.yaml}",
    "words.yaml": "{fields: {kind: {type: choice, label: 种类, values: {a: 甲, b: 乙}}, people: {type: count, label: 人数},"
    " marks: {type: tags, label: 标记, values: {x: 丙, y: 丁}}}}",
    "way.yaml": "{decision: way, title: 办法, hit: first, outcomes: [fast, slow],"
    " rules: [{id: W-1, when: {people: {at_least: 3}}, then: fast}], otherwise: slow}",
}
RECEIPT = rk.load(TEXTS).assess({"id": "A-1", "kind": "b", "people": 3, "marks": ["x", "y"]}).receipt()


@pytest.mark.parametrize(
    ("before", "after", "retired", "stood"),
    [
        (", b: 乙", "", ["RK130"], True),
        (", y: 丁", "", ["RK130"], True),
        ("kind: {type: choice, label: 种类, values: {a: 甲, b: 乙}}, ", "", ["RK129"], True),
        ("type: count, label: 人数", "type: count, max: 2, label: 人数", ["RK133"], False),
        ("type: count, label: 人数", "type: date, label: 人数", ["RK134"], False),
    ],
)
def test_what_is_retired_is_told_and_the_rest_is_made_again(
    before: str, after: str, retired: list[str], stood: bool
) -> None:
    assert before in TEXTS["words.yaml"]
    test = "known: true" if "date" in after else "at_least: 2"
    way = TEXTS["way.yaml"].replace("at_least: 3", test)
    book = rk.load({**TEXTS, "words.yaml": TEXTS["words.yaml"].replace(before, after), "way.yaml": way})
    again = book.replay(RECEIPT)
    assert [problem.code for problem in again.retired] == retired
    assert "facts" in again
    assert ("way" in again.stood) == stood
    words = [line.say("zh") for line in changes(again, book.rulebook)]
    assert any(line.startswith("不再采用的事实：") for line in words)


def test_what_is_wrong_otherwise_is_raised_and_what_is_known_says_nothing() -> None:
    book = rk.load(TEXTS)
    assert book.replay(RECEIPT).retired == () and book.replay(RECEIPT) == []
    with pytest.raises(rk.CaseError):
        book.replay({**RECEIPT, "case": {"id": "证号 110101199001010000", "kind": "none"}})


def test_a_retired_cause_of_a_finding_is_told() -> None:
    book = bundled_book()
    cause = next(iter(book.cause_items))
    receipt = book.assess({"id": "A-1", "form": "fourth", "findings": [{"cause": cause}]}).receipt()
    receipt["case"]["findings"].append({"cause": "institution.long_gone"})
    again = book.replay(receipt)
    assert [(problem.code, problem.fact) for problem in again.retired] == [("RK130", "cause")]
    assert "facts" in again and again.stood
