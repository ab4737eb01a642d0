"""What the benchmark compares says the same: the table as each engine is given it."""

from __future__ import annotations

import pytest

from benchmarks.peer_process import a_frame
from benchmarks.peers import NULLS, OURS, PEERS
from benchmarks.tables import random_rules

NEEDS = {
    "DuckDB CASE": "duckdb",
    "zen-engine, one at a time": "zen",
    "zen-engine, batch": "zen",
    "rule-engine": "rule_engine",
    "durable-rules": "durable.engine",
}


@pytest.mark.parametrize("rules", [10, 100])
@pytest.mark.parametrize("name", [name for name in PEERS if name not in (OURS, NULLS)])
def test_every_engine_decides_as_columns_do(name: str, rules: int) -> None:
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    frame, table = a_frame(100), random_rules(rules)
    cases = frame if PEERS[name].takes == "frame" else frame.to_dicts()
    found = list(PEERS[name].prepare(table)(cases))
    assert found == list(PEERS[OURS].prepare(table)(frame))
    assert len(set(found)) > 1
