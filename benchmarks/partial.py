"""Unknown facts beside Cedar's partial evaluation, as cedarpy has it (`pip install cedarpy`; no dependency of the project).

`python -m benchmarks.partial`. Cedar answers yes or no, so it is asked for each outcome whether it is the one: a policy
for each, the rules as a chain of `if`, what is unknown as `unknown("fact")`. Every answer is compared.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.tables import FACTS, OUTCOMES, Tests, random_facts, random_rules, rulebook
from benchmarks.timing import beside
from reformkit.book import Book
from reformkit.model.decision import Decision

CASES = 200
KNOWN = 0.7

Told = dict[str, bool | None]
"""For each outcome whether it is the one; None: open."""


def condition(tests: Tests) -> str:
    """One rule's tests in Cedar."""
    parts = []
    for fact, wanted in tests.items():
        name = f"context.{fact}"
        if isinstance(wanted, tuple):
            parts.append(f"({name} >= {wanted[0]} && {name} < {wanted[1]})")
        elif isinstance(wanted, list):
            parts.append("(" + " || ".join(f'{name} == "{value}"' for value in wanted) + ")")
        else:
            parts.append(name if wanted else f"!{name}")
    return " && ".join(parts) or "true"


def policies(rules: Sequence[tuple[Tests, str]]) -> str:
    """A policy for each outcome: whether the first rule that holds gives it, else `grey`."""
    texts = []
    for outcome in OUTCOMES:
        chain = "true" if outcome == "grey" else "false"
        for tests, then in reversed(rules):
            chain = f"if {condition(tests)} then {'true' if then == outcome else 'false'} else ({chain})"
        texts.append(f'permit(principal, action == Action::"{outcome}", resource) when {{ {chain} }};')
    return "\n".join(texts)


def request(facts: Mapping[str, Any], outcome: str) -> dict[str, Any]:
    """The question whether an outcome is the one."""
    context = {name: facts.get(name, {"__extn": {"fn": "unknown", "arg": name}}) for name in FACTS}
    base = {"principal": 'Case::"c"', "resource": 'Table::"t"'}
    return {**base, "action": f'Action::"{outcome}"', "context": json.dumps(context)}


def asked(
    cedarpy: Any, rules: Sequence[tuple[Tests, str]], cases: Sequence[Mapping[str, Any]]
) -> Callable[[], list[Told]]:
    """What Cedar says of every case, policies and questions made beforehand."""
    ready = cedarpy.PolicySet.from_str(policies(rules))
    entities = cedarpy.Entities.from_json_str("[]")
    said = {cedarpy.Decision.Allow: True, cedarpy.Decision.Deny: False, cedarpy.Decision.NoDecision: None}
    questions = [{outcome: request(facts, outcome) for outcome in OUTCOMES} for facts in cases]

    def ask() -> list[Told]:
        return [
            {o: said[cedarpy.is_authorized_partial(q, ready, entities).decision] for o, q in of_case.items()}
            for of_case in questions
        ]

    return ask


def compare(ours: Sequence[Decision], cedar: Sequence[Told]) -> tuple[int, int]:
    """In how many cases we, and in how many Cedar, name the outcome.

    Raises AssertionError where Cedar says yes or no and we say otherwise.
    """
    for decision, told in zip(ours, cedar, strict=True):
        for outcome, is_it in told.items():
            assert is_it is None or (
                is_it == (decision.outcome == outcome) and (is_it or outcome not in decision.possible)
            )
    return sum(d.status == "decided" for d in ours), sum(True in told.values() for told in cedar)


def main(console: Console, arguments: Sequence[str] = ()) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=int, nargs="+", default=[10, 100])
    options = parser.parse_args(arguments)
    cedarpy = import_module("cedarpy")
    table = Table(
        "rules",
        "reformkit us",
        "first met us",
        "Cedar us",
        "ratio",
        "we name it",
        "Cedar names it",
        title_justify="left",
    )
    table.title = f"{CASES} cases, {KNOWN:.0%} of the facts known, beside cedarpy {version('cedarpy')}"
    for count in options.rules:
        rules, cases = random_rules(count), random_facts(CASES, 1 - KNOWN)
        book, ask = Book(rulebook(rules)), asked(cedarpy, rules, cases)
        began = time.process_time()
        ours = [book.decide("colour", case) for case in cases]
        first = (time.process_time() - began) / CASES * 1e6
        named, by_cedar = compare(ours, ask())

        def decide(book: Book = book, cases: Sequence[dict[str, Any]] = cases) -> list[str]:
            return [book.decide("colour", case).status for case in cases]

        times = beside({"ours": (decide, CASES), "Cedar": (ask, CASES)}, rounds=11)
        ratio = times["Cedar"] / times["ours"]
        table.add_row(
            str(count),
            f"{times['ours']:.1f}",
            f"{first:,.0f}",
            f"{times['Cedar']:,.0f}",
            f"{ratio:,.0f}",
            str(named),
            str(by_cedar),
        )
    console.print(table)


if __name__ == "__main__":
    import sys

    main(Console(width=120), sys.argv[1:])
