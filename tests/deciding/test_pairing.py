"""Pairs of boxes tell of unknown facts what the exact walk tells, in frames as for single cases."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import polars as pl
import pytest

from reformkit.book import Book
from reformkit.columns import open_cases
from reformkit.columns.folding import as_words, open_variables
from reformkit.columns.labels import Labels
from reformkit.columns.living import Living
from reformkit.columns.pairing import OPEN, UNDETERMINED, WITHOUT_RULE, BoxPairs
from reformkit.deciding.table import CompiledTable
from reformkit.model.condition import AllOf, Test
from reformkit.model.rulebook import DecisionTable, Otherwise, Rule, Rulebook
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.text import Text

VALUES = {"a": "uvwxyz", "b": "uvw", "c": "uv", "d": "uv"}
TAGS = "uvw"


def _book(seed: int) -> Book:
    """A table of few facts and three outcomes, so that boxes often stand in each other's way."""
    chance = random.Random(seed)

    def choices(values: str) -> dict[str, Choice]:
        return {value: Choice(id=value, label=Text.same(value)) for value in values}

    fields = {
        name: Field(name=name, type="choice", label=Text.same(name), values=choices(values))
        for name, values in VALUES.items()
    }
    fields["t"] = Field(name="t", type="tags", label=Text.same("t"), values=choices(TAGS))

    def test(name: str) -> Test:
        if name == "t":
            return Test(fact="t", includes_any=tuple(chance.sample(TAGS, chance.randint(1, 2))))
        values = VALUES[name]
        return Test(fact=name, one_of=tuple(chance.sample(values, chance.randint(1, len(values) - 1))))

    def tests() -> tuple[Test, ...]:
        return tuple(test(name) for name in fields if chance.random() < 0.5)

    return Book(
        Rulebook(
            name="pairs",
            title=Text.same("pairs"),
            vocabulary=Vocabulary(fields=fields),
            decisions={
                "d1": DecisionTable(
                    id="d1",
                    title=Text.same("d1"),
                    hit="first",
                    outcomes=choices("pqr"),
                    rules=tuple(
                        Rule(id=f"R{i}", when=AllOf(items=tests() or (test("c"),)), then=chance.choice("pppqr"))
                        for i in range(14)
                    ),
                    otherwise=Otherwise(then="p") if seed % 2 else None,
                )
            },
        )
    )


def _cases(seed: int, count: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    cases: list[dict[str, Any]] = []
    for _ in range(count):
        case: dict[str, Any] = {n: chance.choice(v) for n, v in VALUES.items() if chance.random() < 0.4}
        if chance.random() < 0.5:
            case["t"] = frozenset(chance.sample(TAGS, chance.randint(0, 3)))
        cases.append(case)
    return cases


@pytest.mark.parametrize("seed", range(6))
def test_pairs_settle_frames_as_the_walk_settles_cases(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    book, cases = _book(seed), _cases(seed, 400)
    walked = []
    exactly = open_cases.OpenCases._exactly
    monkeypatch.setattr(open_cases.OpenCases, "_exactly", lambda *a: walked.append(a[1]) or exactly(*a))
    kinds = {**dict.fromkeys(VALUES, pl.String), "t": pl.List(pl.String)}
    rows = [{**case, "t": sorted(case["t"]) if "t" in case else None} for case in cases]
    decided = book.decide_frame("d1", pl.DataFrame(rows, schema=kinds))
    answers = [book.decide("d1", case) for case in cases]
    assert decided["d1"].to_list() == [answer.outcome for answer in answers]
    assert decided["d1_status"].to_list() == [answer.status for answer in answers]
    assert decided["d1_rule"].to_list() == [answer.rule for answer in answers]
    assert {"decided", "undetermined"} <= {answer.status for answer in answers}
    assert len(walked) < 40, "pairs settle most"


@pytest.mark.parametrize("few", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_what_pairs_tell_is_what_the_walk_tells(seed: int, few: bool) -> None:
    book = _book(seed)
    table: CompiledTable = book.chain.table("d1", None)
    labels = Labels(table, 1)
    pairs = BoxPairs(labels)
    told_of = 0
    for compared in (False, True):  # one pair at a time, and all beforehand
        if compared:
            pairs._pairs = pairs._compared()
        for case in _cases(seed + 100, 150):
            alive, unknown = table._read(table.state(case))
            variables = table.unknown.cells(unknown, {})
            sure = alive
            for _, free in variables:
                sure &= free
            alive, settled = table.unknown._by_outcome.shrink(alive, sure)
            if settled is not None:
                continue
            told = pairs.settle(*_as_row(table, alive, sure, unknown), few)[0]
            status, outcome, rule = table.unknown.agreed(alive, variables)
            if told == OPEN:
                continue
            told_of += 1
            assert (told == UNDETERMINED) == (status == "undetermined")
            if told > 0:
                assert rule == table.rules[labels.rule_of[told]]
            if told <= WITHOUT_RULE:
                assert (outcome, rule) == (table.outcomes[WITHOUT_RULE - told], None)
    assert told_of > (20 if few else 30)


def _as_row(table: CompiledTable, alive: int, sure: int, unknown: tuple[str, ...]) -> tuple[Living, Any, Any]:
    bits = open_variables(table)
    variables = sum(bits[fact] for fact in unknown)
    living = Living.of(as_words([alive], len(table.masks.rule_of), 1))
    return living, np.array([bool(sure & alive)]), np.array([variables], dtype=np.uint64)
