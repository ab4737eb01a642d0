"""Lists of causes in columns stand in the order of one assessment, whatever the order hangs on."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from reformkit.book import Book
from reformkit.model.case import Case
from reformkit.model.condition import AllOf, Test
from reformkit.model.period import Period
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook, Signal, Window
from reformkit.model.vocabulary import Choice, Derived, Field, Vocabulary
from reformkit.text import Text
from tests.agreement.frames import TYPES
from tests.agreement.rulebooks import DAYS, items

CAUSES = {f"c{i}": Choice(id=f"c{i}", label=Text.same(f"C{i}"), group=f"g{i % 3}") for i in range(6)}
FIELDS = {
    field.name: field
    for field in (
        Field(name="choice", type="choice", label=Text.same("choice"), values=items("abc")),
        Field(name="flag", type="flag", label=Text.same("flag")),
        Field(name="decided_on", type="date", label=Text.same("decided on")),
        Field(
            name="this_year",
            type="flag",
            label=Text.same("this year"),
            derived=Derived(same_year="decided_on"),
            source="derived",
        ),
        Field(name="causes", type="tags", label=Text.same("causes"), values=CAUSES),
        Field(
            name="groups",
            type="tags",
            label=Text.same("groups"),
            values={f"g{i}": Choice(id=f"g{i}", label=Text.same(f"G{i}")) for i in range(3)},
            derived=Derived(group_of="causes"),
            source="derived",
        ),
    )
}
TESTS = [
    Test(fact="choice", one_of=("a",)),
    Test(fact="choice", one_of=("a", "b")),
    Test(fact="choice", known=False),
    Test(fact="flag", one_of=(True,)),
    Test(fact="this_year", one_of=(True,)),
    Test(fact="this_year", one_of=(False,)),
    Test(fact="decided_on", at_least=DAYS[2]),
    Test(fact="groups", includes_any=("g1",)),
    Test(fact="groups", includes_none=("g0", "g2")),
    Test(fact="alike", at_least=2),
    Test(fact="alike", less_than=3),
]


@st.composite
def a_rulebook(draw: st.DrawFn) -> Rulebook:
    tested = draw(st.lists(st.sampled_from(TESTS), min_size=1, max_size=3, unique_by=repr))
    rules = tuple(
        Rule(
            id=f"R{i}",
            when=AllOf(items=tuple(draw(st.lists(st.sampled_from(tested), max_size=1)))),
            then=draw(st.sampled_from(["c0", "c1"])),
            period=draw(st.sampled_from([Period(), Period(DAYS[1], None), Period(None, DAYS[2])])),
        )
        for i in range(draw(st.integers(3, 6)))
    )
    diagnosis = DecisionTable(id="diagnosis", title=Text.same("diagnosis"), hit="collect", outcomes=CAUSES, rules=rules)
    alike = Signal(
        name="alike",
        label=Text.same("alike"),
        same=("choice",),
        within=Window(length=12, unit="months"),
        where=Test(fact="flag", one_of=(True,)),
    )
    return Rulebook(
        name="suspected",
        title=Text.same("suspected"),
        vocabulary=Vocabulary(fields=FIELDS),
        decisions={"diagnosis": diagnosis},
        signals={"alike": alike},
    )


A_CASE = st.fixed_dictionaries(
    {},
    optional={
        "choice": st.sampled_from("abc"),
        "flag": st.booleans(),
        "decided_on": st.sampled_from(DAYS),
        "this_year": st.booleans(),
        "causes": st.frozensets(st.sampled_from(list(CAUSES)), max_size=2),
    },
)


@given(a_rulebook(), st.lists(A_CASE, min_size=6, max_size=14), st.sampled_from([None, DAYS[0], DAYS[3]]))
def test_every_list(rulebook: Rulebook, facts: list[dict[str, Any]], as_of: date | None) -> None:
    book = Book(rulebook)
    cases = [book.checker.case(Case(id=f"K{i}", facts=one)) for i, one in enumerate(facts)]
    columns = {
        name: pl.Series(name, [_plain(one.get(name)) for one in facts], dtype=TYPES[field.type])
        for name, field in FIELDS.items()
        if name != "groups"
    }
    frame = pl.DataFrame({"id": [case.id for case in cases], **columns})
    made = book.assess_frame(frame, "self", as_of)
    for case, row in zip(cases, made.to_dicts(), strict=True):
        a = book.assess(case, cases, as_of)
        assert row["causes_found"] == [c.cause for c in a.causes if c.certainty == "found"]
        assert row["causes_suspected"] == [c.cause for c in a.causes if c.certainty == "suspected"], case
        assert row["weak_points"] == list(dict.fromkeys(c.weak_point for c in a.causes))
        assert row["needs"] == [need.fact for need in a.needs]


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value
