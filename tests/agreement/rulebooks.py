"""Generated rulebooks and facts over small vocabularies, for holding every way to decide to the meaning."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Parameter, Test
from reformkit.model.gives import GivenValue
from reformkit.model.period import Period
from reformkit.model.rulebook import DecisionTable, Otherwise, Rule, Rulebook, fact_fields
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.text import Text

DAYS = [date(2022, 1, 1), date(2022, 2, 28), date(2023, 6, 1), date(2024, 2, 29)]


def items(names: str) -> dict[str, Choice]:
    return {name: Choice(id=name, label=Text.same(name.upper())) for name in names}


FIELDS = {
    field.name: field
    for field in (
        Field(name="choice", type="choice", label=Text.same("choice"), values=items("abc")),
        Field(name="other", type="choice", label=Text.same("other"), values=items("xy")),
        Field(name="flag", type="flag", label=Text.same("flag")),
        Field(name="count", type="count", label=Text.same("count"), min=1, max=9),
        Field(name="open_count", type="count", label=Text.same("open count")),
        Field(
            name="number", type="number", places=1, label=Text.same("number"), min=Decimal("-0.5"), max=Decimal("1.5")
        ),
        Field(name="open_number", type="number", places=2, label=Text.same("open number")),
        Field(name="day", type="date", label=Text.same("day"), min=date(2021, 12, 1), max=date(2024, 12, 31)),
        Field(name="words", type="text", label=Text.same("words")),
        Field(name="tags", type="tags", label=Text.same("tags"), values=items("pqrs")),
        Field(name="decided_on", type="date", label=Text.same("decided on")),
    )
}


def thresholds(field: Field) -> list[Any]:
    """The values of an ordered fact that its tests compare with."""
    return {"count": list(range(1, 10)), "number": NUMBERS.get(field.name, []), "date": DAYS}[field.type]


NUMBERS = {
    "number": [Decimal(n).scaleb(-1) for n in (-4, -1, 0, 1, 7, 8, 14)],
    "open_number": [Decimal(n).scaleb(-2) for n in range(1, 10)],
}


def a_parameter(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or a parameter that has it from some day on and another one before."""
    return st.one_of(
        values,
        st.builds(
            lambda before, after, day, has_before: Parameter(
                name="p",
                values=(
                    *(((Period(None, day), before),) if has_before else ()),
                    (Period(day, None), after),
                ),
            ),
            values,
            values,
            st.sampled_from(DAYS),
            st.booleans(),
        ),
    )


def some_of(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, min_size=1, max_size=3, unique_by=repr).map(tuple)


@st.composite
def a_value_test(draw: st.DrawFn, field: Field) -> Test:
    parts: dict[str, Any] = {}
    if field.type == "tags":
        kinds = ["includes_all", "includes_any", "includes_none"]
        tags = a_parameter(st.sampled_from(list(field.values)))
        for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=2, unique=True)):
            parts[kind] = draw(some_of(tags))
        return Test(fact=field.name, **parts)
    if field.type == "flag":
        return Test(fact=field.name, one_of=(draw(a_parameter(st.booleans())),))
    if field.type in ("choice", "text"):
        words = st.sampled_from(list(field.values) or ["one", "two", "三"])
        return Test(fact=field.name, one_of=draw(some_of(a_parameter(words))))
    numbers = st.sampled_from(thresholds(field))
    if draw(st.booleans()):
        return Test(fact=field.name, one_of=draw(some_of(a_parameter(numbers))))
    for kind in draw(
        st.lists(
            st.sampled_from(["at_least", "more_than", "at_most", "less_than"]), min_size=1, max_size=2, unique=True
        )
    ):
        parts[kind] = draw(a_parameter(numbers))
    return Test(fact=field.name, **parts)


@st.composite
def a_test(draw: st.DrawFn, fields: list[Field]) -> Test:
    field = draw(st.sampled_from(fields))
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return Test(fact=field.name, known=draw(st.booleans()))
    test = draw(a_value_test(field))
    if kind == 1:
        return Test(fact=field.name, excluded=test)
    if kind == 2:
        return test.model_copy(update={"known": draw(st.booleans())})
    if kind == 3:
        return test.model_copy(update={"excluded": draw(a_value_test(field))})
    return test


def a_condition(fields: list[Field]) -> st.SearchStrategy[Condition]:
    return st.recursive(
        a_test(fields),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda x: AllOf(items=tuple(x))),
            st.lists(inner, min_size=1, max_size=3).map(lambda x: AnyOf(items=tuple(x))),
            inner.map(lambda x: Negation(item=x)),
        ),
        max_leaves=5,
    )


AMOUNTS = st.one_of(st.integers(-9, 9), st.decimals(-9, 9, places=2)).map(lambda amount: GivenValue(amount=amount))


@st.composite
def a_decision(draw: st.DrawFn, name: str, fields: list[Field]) -> DecisionTable:
    outcomes = items("KLM")
    off = draw(
        st.lists(st.builds(Rule, id=st.just(f"{name}-off"), when=a_condition(fields), then=st.just("K")), max_size=1)
    )
    hit = draw(st.sampled_from(["first", "unique", "any", "priority", "collect", "collect"]))
    rules = tuple(
        Rule(
            id=f"{name}-{i}",
            when=draw(a_condition(fields)),
            then=draw(st.sampled_from("KLM")),
            period=draw(
                st.one_of(
                    st.just(Period()),
                    st.builds(Period, st.sampled_from(DAYS), st.none()),
                    st.builds(Period, st.none(), st.sampled_from(DAYS)),
                )
            ),
        )
        for i in range(draw(st.integers(0, 6)))
    )
    given = draw(st.lists(st.sampled_from("KLM"), max_size=2 if hit == "collect" else 1, unique=True))
    otherwise = Otherwise(then=given[0], also=tuple(given[1:])) if given else None
    return DecisionTable(
        id=name,
        title=Text.same(f"decision {name}"),
        hit=hit,
        outcomes=outcomes,
        rules=rules,
        otherwise=otherwise,
        gives=draw(
            st.dictionaries(st.sampled_from("KLM"), st.dictionaries(st.sampled_from("gh"), AMOUNTS, min_size=1))
        ),
        disabled=tuple(off),
    )


@st.composite
def a_rulebook(draw: st.DrawFn, decisions: int = 1) -> Rulebook:
    """A rulebook of `decisions` decisions, each of which may test the outcomes of those before it."""
    names = draw(st.lists(st.sampled_from(list(FIELDS)), min_size=1, max_size=4, unique=True))
    chosen = {name: FIELDS[name] for name in FIELDS if name in names or name == "decided_on"}
    vocabulary = Vocabulary(fields=chosen)
    tables: dict[str, DecisionTable] = {}
    for i in range(decisions):
        fields = [f for f in fact_fields(vocabulary, tables, {}).values() if f.name in names or f.source == "decision"]
        tables[f"d{i}"] = draw(a_decision(f"d{i}", fields))
    return Rulebook(name="generated", title=Text.same("generated"), vocabulary=vocabulary, decisions=tables)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "choice": st.sampled_from("abc"),
    "other": st.sampled_from("xy"),
    "flag": st.booleans(),
    "count": st.integers(1, 9),
    "open_count": st.integers(0, 12),
    "number": st.integers(-5, 15).map(lambda n: Decimal(n).scaleb(-1)),
    "open_number": st.integers(0, 12).map(lambda n: Decimal(n).scaleb(-2)),
    "day": st.dates(date(2021, 12, 1), date(2024, 12, 31)),
    "words": st.sampled_from(["one", "two", "三", "four"]),
    "tags": st.frozensets(st.sampled_from("pqrs")),
    "decided_on": st.one_of(st.sampled_from(DAYS), st.dates(date(2021, 12, 1), date(2024, 12, 31))),
}


@st.composite
def some_facts(draw: st.DrawFn, rulebook: Rulebook) -> dict[str, Any]:
    """Facts of which about a third are unknown."""
    return {name: draw(VALUES[name]) for name in rulebook.vocabulary.fields if draw(st.integers(0, 2)) > 0}


DAY = st.one_of(st.none(), st.sampled_from(DAYS), st.just(date(2021, 1, 1)))
