"""Signals kept up to date say what counting afresh says, whatever was told, corrected or forgotten."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reformkit.deciding.counter import Counter
from reformkit.deciding.live_signals import LiveSignals
from reformkit.deciding.meaning import opens_of
from reformkit.deciding.prepared_signal import prepared_signals
from reformkit.deciding.signals import Reading, SignalFacts
from reformkit.model.rulebook import Rulebook, Signal
from reformkit.model.vocabulary import Vocabulary
from reformkit.text import Text
from tests.agreement.rulebooks import FIELDS
from tests.agreement.test_signals import FACTS, a_case, a_signal

Step = tuple[int, dict[str, Any] | None]


@given(
    a_signal(),
    a_signal(),
    st.lists(st.tuples(st.integers(0, 7), st.one_of(a_case(), a_case(), st.none())), max_size=25),
)
def test_kept_up_to_date_and_counted_afresh(one: Signal, two: Signal, steps: list[Step]) -> None:
    rulebook = Rulebook(
        name="t",
        title=Text.same("t"),
        vocabulary=Vocabulary(fields={name: FIELDS[name] for name in FACTS}),
        signals={"s": one, "t": two.model_copy(update={"name": "t"})},
        decisions={},
    )
    live, history = LiveSignals(rulebook), {}
    values: dict[str, dict[str, Reading]] = {}
    for number, facts in steps:
        case_id = f"c{number}"
        recounts = live.put(case_id, facts)
        if facts is None:
            history.pop(case_id, None)
        else:
            history[case_id] = facts
        fresh = {i: Counter(prepared_signals(rulebook), history).count(i, facts) for i, facts in history.items()}
        assert {i: live.count(i) for i in history} == fresh
        for i, counts in fresh.items():
            kept, anew = live.facts(i, history[i]), SignalFacts.of(counts).beside(history[i])
            assert (kept, opens_of(kept)) == (anew, opens_of(anew))
        now = {i: {n: Reading(c.value, c.possible) for n, c in counts.items()} for i, counts in fresh.items()}
        told = {(i, name): pair for i, pairs in recounts.items() for name, pair in pairs.items()}
        assert told == {
            (i, name): (was.value, is_.value)
            for i in values | now
            for name in rulebook.signals
            if (was := values.get(i, {}).get(name, Reading(None))) != (is_ := now.get(i, {}).get(name, Reading(None)))
        }
        values = now
