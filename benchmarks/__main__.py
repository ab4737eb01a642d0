"""`make bench`: prints every figure of docs/benchmarks.md."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import rule_engine
import zen
from rich.console import Console
from rich.table import Table

import reformkit
from benchmarks import assessing, columns, evaluation, ledger, records, session, staging
from benchmarks.proving import checks
from benchmarks.tables import (
    plain_python,
    random_facts,
    random_rules,
    rule_engine_texts,
    rulebook,
    zen_content,
)
from benchmarks.timing import beside, each, seconds
from reformkit.book import Book
from reformkit.loading import read

ROOT = Path(__file__).resolve().parents[1]
console = Console(width=120)


def main() -> None:
    console.print(f"Python {sys.version.split()[0]}; medians; times in microseconds unless said otherwise\n")
    imports()
    one_decision()
    traces()
    assessments()
    records.show(console)
    staging.show(console)
    checks(console)
    session.told(1_000)
    columns.main(console, ["--picture", str(columns.DOCS / "columns-growth")])
    assessing.show(console)
    evaluation.show(console)
    ledger.show(console)
    ledger.carried(console)


def imports() -> None:
    """Import beside the packages it stands on; load and compile of the bundled rulebook."""

    def run(code: str) -> float:
        return seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True), 9)

    nothing = run("pass")
    ours, base = run("import reformkit") - nothing, run("import pydantic, yaml") - nothing
    table = Table("start", "ms", "", title="Import and load", title_justify="left")
    table.add_row("import pydantic, yaml", f"{base * 1e3:.0f}", "")
    table.add_row("import reformkit", f"{ours * 1e3:.0f}", f"{ours / base:.2f} times (wanted: at most 1.6)")

    def load() -> None:
        reformkit.load()

    table.add_row("load() bundled, compiled", f"{seconds(load) * 1e3:.0f}", "(wanted: at most 250)")
    console.print(table)


def one_decision() -> None:
    """One decision of ten facts at 10, 100 and 1,000 rules beside its peers."""
    table = Table("rules", "known", "reformkit", "zen", "ratio", "rule-engine", "plain Python", title_justify="left")
    table.title = "One decision, ten facts (us each)"
    for count in (10, 100, 1000):
        for row in decisions_of(count):
            table.add_row(*row)
    console.print(table)


def decisions_of(count: int) -> Iterator[list[str]]:
    """The rows of one size of table: every fact known, and three in ten unknown."""
    rules = random_rules(count)
    book = Book(rulebook(rules))
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"t": zen_content(rules)}}})
    by_hand = plain_python(rules)
    texts = [(rule_engine.Rule(text), then) for text, then in rule_engine_texts(rules)]
    cases = random_facts(2000)
    check_agreement(book, engine, by_hand, cases[:200])
    few = cases[:200]
    times = beside(
        {
            "ours": (lambda: through(few, partial(book.decide, "colour")), len(few)),
            "zen": (lambda: through(few, partial(engine.evaluate, "t")), len(few)),
            "rule-engine": (lambda: through(few[:5], partial(first, texts)), 5),
            "by hand": (lambda: through(few, by_hand), len(few)),
        }
    )
    ours, theirs, slow, hand = times.values()
    yield [str(count), "100%", *(f"{x:.2f}" for x in (ours, theirs, theirs / ours, slow, hand))]
    partly = random_facts(2000, unknown=0.3)
    yield [str(count), "70%", f"{each(lambda: through(partly, partial(book.decide, 'colour')), len(partly)):.2f}"]


def through(items: list[Any], work: Callable[[Any], object]) -> None:
    """Do the work for each item and keep nothing."""
    for item in items:
        work(item)


def first(texts: list[tuple[Any, str]], facts: dict[str, Any]) -> str:
    return next((then for rule, then in texts if rule.matches(facts)), "grey")


def check_agreement(book: Book, engine: Any, by_hand: Any, cases: list[dict[str, Any]]) -> None:
    for facts in cases:
        ours = book.decide("colour", facts).outcome
        assert ours == by_hand(facts) == engine.evaluate("t", facts)["result"]["colour"], facts


def traces() -> None:
    """The deciding rule's trace entry, and the full trace, beside zen's traced way."""
    rules = random_rules(10)
    book = Book(rulebook(rules))
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"t": zen_content(rules)}}})
    cases = random_facts(200)
    traced = {"trace": True}
    zens, entry, full = beside(
        {
            "zen": (lambda: through(cases, lambda facts: engine.evaluate("t", facts, traced)), len(cases)),
            "entry": (lambda: through(cases, lambda facts: book.decide("colour", facts).trace.deciding), len(cases)),
            "full": (lambda: through(cases, lambda facts: list(book.decide("colour", facts).trace)), len(cases)),
        }
    ).values()
    table = Table("trace of 10 rules", "us", "ratio", title="Traces", title_justify="left")
    table.add_row("zen, traced", f"{zens:.1f}", "")
    table.add_row("deciding rule's entry", f"{entry:.1f}", f"{zens / entry:.1f} (wanted: 10)")
    table.add_row("full trace", f"{full:.1f}", f"{zens / full:.1f} (wanted: 1.5)")
    console.print(table)


def assessments() -> None:
    """Whole assessments with recommendations on the bundled rulebook, one core."""
    book, _ = read(None)
    assert book is not None
    cases = book.read_cases(ROOT / "examples" / "year" / "cases.csv")
    table = Table("facts", "a second", "us each", title="Whole assessments, bundled rulebook", title_justify="left")

    def work(chosen: list[reformkit.Case]) -> Callable[[], None]:
        def run() -> None:
            for case in chosen:
                assessment = book.assess(case)
                _ = assessment.startup.outcome, assessment.layer.outcome, assessment.recommendations

        return run

    kinds = {"as in the year": cases, **completed(book, cases)}
    for name, cost in beside({name: (work(chosen), len(chosen)) for name, chosen in kinds.items()}).items():
        table.add_row(name, f"{1e6 / cost:,.0f}", f"{cost:.1f}")
    console.print(table)


def completed(book: Book, cases: list[reformkit.Case]) -> dict[str, list[reformkit.Case]]:
    """The same cases with every fact that a decision tests known (signals too), and with 3 in 10 unknown."""
    import random  # noqa: PLC0415

    rng = random.Random(3)
    tested = {fact for table in book.rulebook.decisions.values() for fact in table.facts}
    full, partly = [], []
    for case in cases:
        facts = dict(case.facts)
        for name in tested:
            field = book.rulebook.fields[name]
            if name in facts or field.source == "decision":
                continue
            facts[name] = {
                "choice": lambda field=field: rng.choice(list(field.values)),
                "flag": lambda: rng.random() < 0.5,
                "count": lambda: rng.randint(0, 3),
                "number": lambda field=field: field.at(rng.randint(0, 9_999)),
                "tags": lambda field=field: frozenset(rng.sample(list(field.values), 2)),
                "text": lambda: "某镇",
                "date": lambda: rng.choice([c.facts["filed_on"] for c in cases if "filed_on" in c.facts]),
            }[field.type]()
        known = {name: value for name, value in facts.items() if name not in tested or rng.random() >= 0.3}
        full.append(book.checker.case(reformkit.Case(id=case.id, facts=facts)))
        partly.append(book.checker.case(reformkit.Case(id=case.id, facts=known)))
    return {"every tested fact known": full, "three in ten unknown": partly}


if __name__ == "__main__":
    main()
