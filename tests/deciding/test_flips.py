"""The smallest changes that change a decision, by example."""

from __future__ import annotations

from datetime import date

from reformkit.deciding.chain import Chain
from reformkit.deciding.flips import towards
from reformkit.model.condition import AllOf, Test
from reformkit.model.period import Period
from reformkit.model.rulebook import DecisionTable, Otherwise, Rule, Rulebook
from reformkit.model.vocabulary import Field, Vocabulary
from reformkit.text import Text
from tests.agreement.rulebooks import items

FIELDS = {
    "k": Field(name="k", type="choice", label=Text.same("k"), values=items("ab")),
    "j": Field(name="j", type="choice", label=Text.same("j"), values=items("ab")),
    "decided_on": Field(name="decided_on", type="date", label=Text.same("decided on")),
}


def chain() -> Chain:
    table = DecisionTable(
        id="d",
        title=Text.same("d"),
        hit="first",
        outcomes=items("xy"),
        rules=(
            Rule(id="R1", when=Test(fact="k", one_of=("a",)), then="x", period=Period(date(2022, 1, 3))),
            Rule(id="R2", when=AllOf(items=(Test(fact="k", one_of=("b",)), Test(fact="j", one_of=("b",)))), then="x"),
        ),
        otherwise=Otherwise(then="y"),
    )
    vocabulary = Vocabulary(fields=FIELDS)
    return Chain(Rulebook(name="t", title=Text.same("t"), vocabulary=vocabulary, decisions={"d": table}))


def test_the_cases_own_date_is_a_change_like_any_other() -> None:
    facts = {"k": "a", "j": "a", "decided_on": date(2022, 1, 2)}
    (flip,) = chain().decide("d", facts).flips()
    assert (flip.changes, flip.outcome) == ({"decided_on": date(2022, 1, 3)}, "x")


def test_with_a_given_day_the_cases_date_changes_nothing() -> None:
    facts = {"k": "a", "j": "a", "decided_on": date(2022, 1, 2)}
    (flip,) = chain().decide("d", facts, date(2022, 1, 2)).flips()
    assert flip.changes == {"k": "b", "j": "b"}


def test_an_open_result_is_no_flip() -> None:
    assert chain().decide("d", {"k": "a"}, date(2022, 1, 2)).flips() == []


def test_ways_to_a_wanted_result_state_what_is_unknown_and_are_as_small_as_can_be() -> None:
    at_once = towards(chain(), "d", {"k": "b"}, date(2022, 6, 1), lambda d: d.rule == "R1")
    assert [dict(way.changes) for way in at_once] == [{"k": "a"}]
    both = towards(chain(), "d", {}, date(2022, 6, 1), lambda d: d.rule == "R2")
    assert [dict(way.changes) for way in both] == [{"k": "b", "j": "b"}]
    assert towards(chain(), "d", {}, date(2022, 6, 1), lambda d: d.outcome == "z") == []
