"""What an edit of a large table changes: 1,000 random rules over ten facts against a copy with 20 edits.

`python -m benchmarks.diff [SEEDS]`
"""

from __future__ import annotations

import random
import resource
import sys
import time

from benchmarks.tables import OUTCOMES, random_rules, rulebook
from reformkit.comparing.compare import regions
from reformkit.model.rulebook import DecisionTable, Hit

RULES, EDITS = 1_000, 20
HITS: tuple[Hit, ...] = ("first", "unique", "any", "collect")


def edited(seed: int, hit: Hit) -> tuple[DecisionTable, DecisionTable]:
    """A random table and its copy in which 20 rules are changed, added or left out."""
    rng, rules, fresh = random.Random(seed), random_rules(RULES, seed), random_rules(RULES, seed + 100)
    after = list(rules)
    for _ in range(EDITS):
        at = rng.randrange(len(after))
        match rng.choice(["when", "then", "remove", "add"]):
            case "when":
                after[at] = (fresh[at][0], after[at][1])
            case "then":
                after[at] = (after[at][0], rng.choice(OUTCOMES))
            case "remove":
                del after[at]
            case "add":
                after.insert(at, fresh[at])
    before, now = (rulebook(side).decisions["colour"] for side in (rules, after))
    changes = {"hit": hit, "otherwise": None if hit == "collect" else before.otherwise}
    return before.model_copy(update=changes), now.model_copy(update=changes)


def main(seeds: int) -> None:
    """Seconds of processor time, regions, what is unproven, and the most memory."""
    fields = dict(rulebook([]).fields)
    for hit in HITS:
        for seed in range(1, seeds + 1):
            before, after = edited(seed, hit)
            start = time.process_time()
            found = list(regions(before, after, fields))
            spent = time.process_time() - start
            unproven = sum(not region.proven for region in found)
            print(f"{hit:8} seed {seed}: {spent:5.2f} s, {len(found)} regions, {unproven} unproven")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
