"""Tables of hundreds of rules over many cases: columns say what one decision after another says."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from reformkit.book import Book
from reformkit.columns import column_table
from reformkit.model.condition import AllOf, Test
from reformkit.model.rulebook import DecisionTable, Otherwise, Rule, Rulebook
from reformkit.model.vocabulary import Field, Vocabulary
from reformkit.text import Text
from tests.agreement.frames import as_frame
from tests.agreement.rulebooks import items

FIELDS = {
    field.name: field
    for field in (
        *(Field(name=f"choice{i}", type="choice", label=Text.same(f"choice{i}"), values=items("abcde")) for i in "123"),
        *(Field(name=f"count{i}", type="count", label=Text.same(f"count{i}")) for i in "12"),
        *(Field(name=f"flag{i}", type="flag", label=Text.same(f"flag{i}")) for i in "12"),
        Field(name="day", type="date", label=Text.same("day")),
        Field(name="words", type="text", label=Text.same("words")),
        Field(name="tags", type="tags", label=Text.same("tags"), values=items("pqrstuvwxyzPQRS")),
    )
}
FIRST_DAY = date(2024, 2, 20)


def a_value(rng: random.Random, field: Field) -> Any:
    return {
        "choice": lambda: rng.choice("abcde"),
        "count": lambda: rng.randint(0, 60),
        "flag": lambda: rng.random() < 0.5,
        "date": lambda: FIRST_DAY + timedelta(rng.randint(0, 20)),
        "text": lambda: rng.choice(["one", "two", "三", "four"]),
        "tags": lambda: frozenset(rng.sample(list(field.values), rng.randint(0, 4))),
    }[field.type]()


def a_test(rng: random.Random, field: Field) -> Test:
    if field.type == "tags":
        kind = rng.choice(["includes_any", "includes_all", "includes_none"])
        return Test(fact="tags", **{kind: tuple(rng.sample(list(field.values), 1 if kind == "includes_all" else 3))})
    if field.type in ("count", "date"):
        low = a_value(rng, field)
        return Test(fact=field.name, at_least=low, less_than=low + (timedelta(8) if field.type == "date" else 20))
    return Test(fact=field.name, one_of=(a_value(rng, field), a_value(rng, field)))


def a_table(
    rng: random.Random, name: str, hit: Any, rules: int, fields: dict[str, Field], share: float
) -> DecisionTable:
    return DecisionTable(
        id=name,
        title=Text.same(name),
        hit=hit,
        outcomes=items("KLM"),
        rules=tuple(
            Rule(
                id=f"{name}-{i}",
                when=AllOf(items=tuple(a_test(rng, field) for field in fields.values() if rng.random() < share)),
                then=rng.choice("KLM"),
            )
            for i in range(rules)
        ),
        otherwise=None if hit == "collect" else Otherwise(then="K"),
    )


@pytest.mark.parametrize("hit", ["first", "unique", "any", "collect"])
@pytest.mark.parametrize(("unknown", "seed"), [(0.0, 1), (0.2, 2), (0.5, 3)])
def test_every_row(monkeypatch: pytest.MonkeyPatch, hit: str, unknown: float, seed: int) -> None:
    monkeypatch.setattr(column_table, "CHUNK", 64)
    rng = random.Random(seed)
    share = {"first": 0.4, "collect": 0.65}.get(hit, 0.7)
    first = a_table(rng, "earlier", hit, 150, FIELDS, share)
    kind = "tags" if hit == "collect" else "choice"
    few = [FIELDS["choice1"], FIELDS["tags"]]
    second = DecisionTable(
        id="later",
        title=Text.same("later"),
        hit="first",
        outcomes=items("KLM"),
        rules=tuple(
            Rule(
                id=f"later-{i}",
                when=AllOf(items=(_about_the_earlier(rng, kind), *(a_test(rng, field) for field in few))),
                then=rng.choice("KLM"),
            )
            for i in range(70)
        ),
    )
    book = Book(
        Rulebook(
            name="wide",
            title=Text.same("wide"),
            vocabulary=Vocabulary(fields=FIELDS),
            decisions={"earlier": first, "later": second},
        )
    )
    cases = [
        {name: a_value(rng, field) for name, field in FIELDS.items() if rng.random() >= unknown} for _ in range(300)
    ]
    frame = as_frame(cases, FIELDS)
    for name in ("earlier", "later"):
        made = book.decide_frame(name, frame)
        assert made[f"{name}_status"].n_unique() > 1 or not unknown
        for facts, row in zip(cases, made.to_dicts(), strict=True):
            one = book.decide(name, facts)
            assert not one.approximate
            outcome = list(one.outcomes) if hit == "collect" and name == "earlier" else one.outcome
            said = (row[name], row[f"{name}_rule"], row[f"{name}_status"])
            assert said == (outcome, one.rule if one.status == "decided" else None, one.status), facts


def _about_the_earlier(rng: random.Random, kind: str) -> Test:
    if kind == "tags":
        return Test(fact="earlier", **{rng.choice(["includes_none", "includes_all"]): tuple(rng.sample("KLM", 2))})
    return Test(fact="earlier", one_of=tuple(rng.sample("KLM", 2)))
