"""Unknown facts of large collecting tables: the questions come at once, however many sets are possible."""

from __future__ import annotations

from reformkit.deciding.chain import Chain
from reformkit.model.condition import AllOf, Test
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Field, Item, Vocabulary
from reformkit.text import Text


def labelled(names: list[str]) -> dict[str, Item]:
    return {name: Item(id=name, label=Text.same(name)) for name in names}


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
