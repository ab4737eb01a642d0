"""What `check` finds of days is what trying every day on which something changes, and the day before, finds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import reformkit as rk
from reformkit.checking import prove
from reformkit.deciding.chain import Chain
from reformkit.model.condition import AllOf, Condition, Parameter, Test
from reformkit.model.period import Period
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.text import Text

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
DAYS = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 2), date(2023, 6, 1), date(2024, 2, 29), date(2024, 3, 1)]
VALUES = {name: Choice(id=name, label=Text.same(name)) for name in "ab"}
VOCABULARY = Vocabulary(
    fields={
        "kind": Field(name="kind", type="choice", label=Text.same("kind"), values=VALUES),
        "decided_on": Field(name="decided_on", type="date", label=Text.same("decided on")),
    }
)
OUTCOMES = {name: Choice(id=name, label=Text.same(name)) for name in "KL"}


@st.composite
def a_period(draw: st.DrawFn) -> Period:
    since, until = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True)))
    return Period(draw(st.sampled_from([None, since])), draw(st.sampled_from([None, until])))


@st.composite
def a_condition(draw: st.DrawFn) -> Condition:
    """True of all cases, of one kind, or of the kind that a parameter has from some day on."""
    kind = draw(st.sampled_from(["all", "one", "parameter"]))
    if kind == "all":
        return AllOf(items=())
    value = draw(st.sampled_from("ab"))
    since = draw(st.one_of(st.none(), st.sampled_from(DAYS)))
    whole = Parameter(name="p", values=((Period(since, None), value),))
    return Test(fact="kind", one_of=(whole if kind == "parameter" else value,))


@st.composite
def a_table(draw: st.DrawFn) -> DecisionTable:
    rules = tuple(
        Rule(id=f"R{i}", when=draw(a_condition()), then=draw(st.sampled_from("KL")), period=draw(a_period()))
        for i in range(draw(st.integers(1, 4)))
    )
    return DecisionTable(id="d", title=Text.same("d"), hit="first", outcomes=OUTCOMES, rules=rules)


def _table(*rules: tuple[Condition, Period]) -> DecisionTable:
    said = tuple(Rule(id=f"R{i}", when=when, then="K", period=period) for i, (when, period) in enumerate(rules))
    return DecisionTable(id="d", title=Text.same("d"), hit="first", outcomes=OUTCOMES, rules=said)


ALWAYS = AllOf(items=())


@settings(max_examples=2 * settings().max_examples)
@given(a_table())
@example(_table((ALWAYS, Period(None, DAYS[1])), (ALWAYS, Period(DAYS[2], None))))  # one day without a rule
@example(_table((ALWAYS, Period(None, DAYS[0])), (ALWAYS, Period(DAYS[3], None))))  # before the first written `since`
@example(_table((ALWAYS, Period(DAYS[1], None))))  # nothing is said of the days before the rulebook
def test_every_day_from_1900_to_2200_on_which_something_changes(table: DecisionTable) -> None:
    rulebook = Rulebook(name="t", title=Text.same("t"), vocabulary=VOCABULARY, decisions={"d": table})
    chain = Chain(rulebook)
    turns = chain.turning_days("d")
    days = sorted({FIRST, LAST, *turns, *(day - timedelta(days=1) for day in turns)})
    begun = min(_begins(rule) for rule in table.rules)
    holes = {
        (day, kind)
        for day in days
        for kind in "ab"
        if day >= begun and chain.decide("d", {"kind": kind}, day, by="meaning").status == "uncovered"
    }
    problems = [p for p in prove(rulebook, chain, None) if p.code in ("RK301", "RK306") and not _lacks_a_value(p)]
    assert bool(problems) == bool(holes)
    for problem in problems:
        facts = {"kind": "a", **(problem.witness or {})}
        assert chain.decide("d", facts, problem.as_of, by="meaning").status == "uncovered"
        assert problem.as_of is None or problem.as_of >= begun
    for one, next_ in pairwise(days):  # nothing changes on the days between
        assert next_ in turns or chain.span("d", one) == chain.span("d", next_)


def _begins(rule: Rule) -> date:
    """The first day that a rule speaks of: its own, else the first on which its parameter has a value."""
    if rule.period.since is not None or not isinstance(rule.when, Test):
        return rule.period.since or FIRST
    (wanted,) = rule.when.one_of or ()
    return wanted.values[0][0].since or FIRST if isinstance(wanted, Parameter) else FIRST


def _lacks_a_value(problem: rk.Problem) -> bool:
    """Whether a problem is about a parameter: the rule then says nothing, which need not leave a case without one."""
    return problem.code == "RK306" and bool(problem.rules)


@pytest.mark.parametrize(("until", "since"), [("2023-01-01", "2023-01-02"), ("2020-01-01", "2023-01-01")])
def test_a_hole_beside_a_rule_that_always_was(tmp_path: Path, until: str, since: str) -> None:
    texts = {
        "rulebook": "{name: t, vocabulary: vocabulary.yaml}",
        "vocabulary": "fields: {filed_on: {type: date, label: 立案日期}}",
        "d": f"""decision: d
hit: first
outcomes: {{start: 启动, no: 不启动}}
rules:
  - {{id: R-1, when: {{}}, then: start, until: {until}}}
  - {{id: R-2, when: {{}}, then: no, since: {since}}}
""",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (problem,) = rk.check(tmp_path)
    assert (problem.code, problem.as_of) == ("RK306", date.fromisoformat(until))
