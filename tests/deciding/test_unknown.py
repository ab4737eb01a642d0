"""Unknown facts of large collecting tables: the questions come at once, however many sets are possible."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from reformkit.deciding.chain import Chain
from reformkit.deciding.meaning import classes, signature
from reformkit.model.condition import AllOf, Test
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.text import Text
from tests.books import bundled_book


def labelled(names: list[str]) -> dict[str, Choice]:
    return {name: Choice(id=name, label=Text.same(name)) for name in names}


def test_needs_of_sixty_unknown_tags_beside_other_unknown_facts() -> None:
    tags, outcomes, places = (
        [f"t{i}" for i in range(60)],
        [*(f"o{i}" for i in range(40)), "for the head"],
        [f"p{i}" for i in range(15)],
    )
    fields = {
        "tags": Field(name="tags", type="tags", label=Text.same("tags"), values=labelled(tags)),
        "place": Field(name="place", type="choice", label=Text.same("place"), values=labelled(places)),
        "post": Field(name="post", type="choice", label=Text.same("post"), values=labelled(["head", "staff"])),
    }
    rules = [
        Rule(
            id=f"R{i}",
            when=AllOf(
                items=(
                    Test(fact="tags", includes_all=(tags[i % 60],)),
                    *((Test(fact="place", one_of=(places[i % 15],)),) if i % 3 else ()),
                    *((Test(fact="post", one_of=("head",)),) if i % 7 == 0 else ()),
                )
            ),
            then="for the head" if i % 7 == 0 else outcomes[(i * 7) % 40],
        )
        for i in range(360)
    ]
    table = DecisionTable(id="d", title=Text.same("d"), hit="collect", outcomes=labelled(outcomes), rules=tuple(rules))
    rulebook = Rulebook(name="t", title=Text.same("t"), vocabulary=Vocabulary(fields=fields), decisions={"d": table})
    decision = Chain(rulebook).decide("d", {})
    assert decision.status == "undetermined"
    assert {need.fact for need in decision.needs} == {"tags", "place", "post"}


def test_every_decision_of_the_bundled_rulebook_says_why_when_nothing_is_known() -> None:
    book = bundled_book()
    for name, table in book.rulebook.decisions.items():
        assert {entry.rule for entry in book.decide(name, {}).trace} <= {rule.id for rule in table.rules}


_LISTS = st.one_of(st.none(), st.lists(st.sampled_from("abcdef"), min_size=1, unique=True).map(tuple))
_PARTS = st.fixed_dictionaries({f"includes_{kind}": _LISTS for kind in ("all", "any", "none")})


@given(_PARTS, _PARTS, _PARTS)
def test_the_classes_of_sets_are_those_of_every_set(
    one: dict[str, object], excluded: dict[str, object], other: dict[str, object]
) -> None:
    field = Field(name="tags", type="tags", label=Text.same("tags"), values=labelled(list("abcdefg")))
    inner = Test.model_validate({"fact": "tags", **excluded})
    asked = [
        Test.model_validate({"fact": "tags", **one, "excluded": inner}),
        Test.model_validate({"fact": "tags", **other}),
    ]
    every = [frozenset(tags) for n in range(8) for tags in combinations("abcdefg", n)]
    found = [signature(asked, value) for value in classes(field, asked)]
    assert set(found) == {signature(asked, value) for value in every}
    assert len(set(found)) == len(found)


def test_a_test_of_many_tags_has_few_classes() -> None:
    tags = [f"t{i}" for i in range(60)]
    field = Field(name="tags", type="tags", label=Text.same("tags"), values=labelled(tags))
    assert len(classes(field, [Test(fact="tags", includes_any=tuple(tags))])) == 2
