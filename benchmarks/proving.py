"""Checks of large rulebooks: `python -m benchmarks.proving`, and a part of `make bench`."""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.tables import OUTCOMES, random_rules, rulebook
from reformkit.checking import prove
from reformkit.deciding.chain import Chain
from reformkit.model.condition import AllOf, Test
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.text import Text

SEEDS = range(1, 11)
WANTED = {"first": "median 2 s, each 6 s", "unique": "10 s", "any": "10 s", "collect": "10 s"}


def checks(console: Console) -> None:
    """1,000 random rules over ten facts under each hit policy, and a rulebook that is built to be hard."""
    table = Table("policy", "seeds", "median s", "longest s", "wanted", "problems", title_justify="left")
    table.title = "check of 1,000 rules over ten facts"
    for hit, wanted in WANTED.items():
        took, found = zip(
            *(_timed(_policy(seed, hit)) for seed in (SEEDS if hit == "first" else SEEDS[:2])), strict=True
        )
        table.add_row(hit, str(len(took)), f"{median(took):.2f}", f"{max(took):.2f}", wanted, _said(found[0]))
    took_hard, found_hard = _timed(hard())
    table.add_row("hard", "1", f"{took_hard:.2f}", f"{took_hard:.2f}", "ends, unproven named", _said(found_hard))
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"peak memory of this process: {peak:.0f} MB (wanted: at most 500)\n")


def _timed(book: Rulebook) -> tuple[float, Counter[str]]:
    start = time.process_time()
    found = prove(book, Chain(book), None)
    return time.process_time() - start, Counter(problem.code for problem in found)


def _said(found: Counter[str]) -> str:
    return " ".join(f"{code}:{count}" for code, count in sorted(found.items()))


def _policy(seed: int, hit: str) -> Rulebook:
    book = rulebook(random_rules(1000, seed))
    table = book.decisions["colour"]
    otherwise = None if hit == "collect" else table.otherwise
    changed = table.model_copy(update={"hit": hit, "otherwise": otherwise})
    return book.model_copy(update={"decisions": {"colour": changed}})


def hard(rules: int = 400, facts: int = 12, seed: int = 1, tested: int = 2) -> Rulebook:
    """Long chains of overlapping ranges over twelve counts: each rule bounds two of them, and what is left over
    lies in many thin layers."""
    rng = random.Random(seed)
    names = [f"count_{i}" for i in range(facts)]

    def tests() -> Iterator[Test]:
        for name in rng.sample(names, tested):
            low = rng.randrange(0, 60)
            yield Test(fact=name, at_least=low, less_than=low + rng.randrange(30, 80))

    table = DecisionTable(
        id="colour",
        title=Text.same("colour"),
        hit="first",
        outcomes={o: Choice(id=o, label=Text.same(o)) for o in OUTCOMES},
        rules=tuple(
            Rule(id=f"R{i}", when=AllOf(items=tuple(tests())), then=rng.choice(OUTCOMES)) for i in range(rules)
        ),
    )
    fields = {n: Field(name=n, type="count", label=Text.same(n), min=0, max=100) for n in names}
    return Rulebook(
        name="hard", title=Text.same("hard"), vocabulary=Vocabulary(fields=fields), decisions={"colour": table}
    )


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}")
    checks(Console(width=130))
