"""The same table in every engine: each takes cases as it likes them best and gives their outcomes in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

from benchmarks.tables import (
    FACTS,
    Tests,
    plain_python,
    rule_engine_texts,
    rulebook,
    zen_content,
)

Rules = list[tuple[Tests, str]]
Outcomes = Sequence[str]
Run = Callable[[Any], Outcomes]


class CannotTakeIt(Exception):
    """An engine does not take a table of this size; the message says why."""


@dataclass(frozen=True)
class Peer:
    """`prepare` makes of rules what is timed; `takes` a frame of cases or dicts, made beforehand; `unknown`: the
    share of null cells in what it is given."""

    name: str
    takes: Literal["frame", "dicts"]
    prepare: Callable[[Rules], Run]
    unknown: float = 0.0


def _in_columns(rules: Rules) -> Run:
    from reformkit.book import Book  # noqa: PLC0415 (an engine's process loads only that engine)

    book = Book(rulebook(rules))
    return lambda frame: book.decide_frame("colour", frame)["colour"]  # type: ignore[no-any-return]


def _one_by_one(rules: Rules) -> Run:
    from reformkit.book import Book  # noqa: PLC0415

    book = Book(rulebook(rules))
    return lambda cases: [str(book.decide("colour", case).outcome) for case in cases]


def _polars(rules: Rules) -> Run:
    """`when/then` as one would write it."""
    import polars as pl  # noqa: PLC0415

    def holds(tests: Tests) -> pl.Expr:
        parts = [pl.lit(True)]
        for fact, wanted in tests.items():
            column = pl.col(fact)
            if isinstance(wanted, tuple):
                parts.append((column >= wanted[0]) & (column < wanted[1]))
            else:
                parts.append(column.is_in(wanted) if isinstance(wanted, list) else column if wanted else ~column)
        return pl.all_horizontal(parts)

    def then(chain: Any, rule: tuple[Tests, str]) -> Any:
        return chain.when(holds(rule[0])).then(pl.lit(rule[1]))

    expression = reduce(then, rules, pl).otherwise(pl.lit("grey"))  # type: ignore[attr-defined]
    return lambda frame: frame.select(expression).to_series()  # type: ignore[no-any-return]


def _duckdb(rules: Rules) -> Run:
    """An SQL `CASE`, over the frame's Arrow memory."""
    import duckdb  # noqa: PLC0415

    def part(fact: str, wanted: Any) -> str:
        if isinstance(wanted, tuple):
            return f"({fact} >= {wanted[0]} AND {fact} < {wanted[1]})"
        if isinstance(wanted, list):
            return f"{fact} IN ({', '.join(repr(w) for w in wanted)})"
        return fact if wanted else f"NOT {fact}"

    arms = [f"WHEN {' AND '.join(part(*t) for t in tests.items()) or 'true'} THEN '{then}'" for tests, then in rules]
    sql = f"SELECT CASE {' '.join(arms)} ELSE 'grey' END AS colour FROM cases"
    base = duckdb.connect()
    base.execute("SET preserve_insertion_order = true")

    def run(frame: Any) -> Outcomes:
        base.register("cases", frame.to_arrow())
        return base.sql(sql).pl()["colour"]  # type: ignore[no-any-return]

    return run


def _by_hand(rules: Rules) -> Run:
    decide = plain_python(rules)
    return lambda cases: [decide(case) for case in cases]


def _zen(rules: Rules) -> Any:
    import zen  # noqa: PLC0415

    return zen.ZenEngine({"loader": {"type": "static", "content": {"t": zen_content(rules)}}})


def _zen_one(rules: Rules) -> Run:
    engine = _zen(rules)
    return lambda cases: [engine.evaluate("t", case)["result"]["colour"] for case in cases]


def _zen_batch(rules: Rules) -> Run:
    engine = _zen(rules)

    def run(cases: Any) -> Outcomes:
        answers = engine.evaluate_batch([{"key": "t", "context": case} for case in cases])
        return [_of_batch(answer) for answer in answers]

    return run


def _of_batch(answer: Any) -> str:
    return str((answer.get("data") or answer)["result"]["colour"])


def _rule_engine(rules: Rules) -> Run:
    import rule_engine  # noqa: PLC0415

    texts = [(rule_engine.Rule(text), then) for text, then in rule_engine_texts(rules)]
    return lambda cases: [next((then for rule, then in texts if rule.matches(case)), "grey") for case in cases]


def _durable(rules: Rules) -> Run:
    """A rule each in one ruleset, by priority; `post` fires the first that matches."""
    from durable import engine  # noqa: PLC0415

    fired: list[str] = []
    definition = {}
    for number, (tests, then) in enumerate([*rules, ({}, "grey")], 1):
        parts = [part for fact, wanted in tests.items() for part in _durable_tests(fact, wanted)]
        match = {"$and": parts} if len(parts) > 1 else parts[0] if parts else {"$ex": {next(iter(FACTS)): 1}}
        definition[f"r{number}"] = {"all": [{"m": match}], "run": _firing(fired, then), "pri": number}
    host = engine.Host()
    try:
        host.set_rulesets({"t": definition})
    except Exception as error:
        raise CannotTakeIt(f"does not take {len(rules)} rules ({error})") from error

    def run(cases: Any) -> Outcomes:
        found = []
        for number, case in enumerate(cases):
            fired.clear()
            host.post("t", {"sid": "1", "id": str(number), **case})
            host.delete_state("t", "1")  # a state for each case ends in MemoryError
            found.append(fired[0])
        return found

    return run


def _firing(fired: list[str], then: str) -> Callable[[Any], None]:
    return lambda context: fired.append(then)


def _durable_tests(fact: str, wanted: Any) -> list[dict[str, Any]]:
    if isinstance(wanted, tuple):
        return [{"$gte": {fact: wanted[0]}}, {"$lt": {fact: wanted[1]}}]
    if isinstance(wanted, list) and len(wanted) > 1:
        return [{"$or": [{fact: value} for value in wanted]}]
    return [{fact: wanted[0] if isinstance(wanted, list) else wanted}]


OURS, NULLS, ZEN_BATCH = "reformkit, columns", "the same, a fifth null", "zen-engine, batch"

PEERS = {
    peer.name: peer
    for peer in (
        Peer(OURS, "frame", _in_columns),
        Peer(NULLS, "frame", _in_columns, unknown=0.2),
        Peer("reformkit, one at a time", "dicts", _one_by_one),
        Peer("Polars when/then", "frame", _polars),
        Peer("DuckDB CASE", "frame", _duckdb),
        Peer("Python by hand", "dicts", _by_hand),
        Peer("zen-engine, one at a time", "dicts", _zen_one),
        Peer(ZEN_BATCH, "dicts", _zen_batch),
        Peer("rule-engine", "dicts", _rule_engine),
        Peer("durable-rules", "dicts", _durable),
    )
}
