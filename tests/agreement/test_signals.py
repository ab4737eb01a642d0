"""The indexed count of a signal says what a count written apart says, which looks at every case of the history."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Any
from unittest.mock import patch

from hypothesis import assume, given
from hypothesis import strategies as st

from reformkit.deciding import cells, still_index
from reformkit.deciding.counter import Counter
from reformkit.deciding.meeting import meets
from reformkit.deciding.prepared_signal import prepared_signals
from reformkit.model import condition
from reformkit.model.rulebook import Rulebook, Signal, Window
from reformkit.model.vocabulary import Vocabulary
from reformkit.text import Text
from tests.agreement.reference import counted
from tests.agreement.rulebooks import FIELDS, a_condition

FACTS = ("choice", "flag", "number", "tags", "decided_on")
VALUES = {
    "choice": st.sampled_from("abc"),
    "flag": st.booleans(),
    "number": st.sampled_from([Decimal("0.5"), Decimal("0.7"), Decimal("1.0")]),
    "tags": st.frozensets(st.sampled_from("pqrs"), max_size=2),
    "decided_on": st.dates(date(2023, 12, 1), date(2024, 3, 31)),
}

ENOUGH = VALUES["number"].map(lambda value: condition.Test(fact="number", at_least=value))


@st.composite
def a_case(draw: st.DrawFn) -> dict[str, Any]:
    return {name: draw(VALUES[name]) for name in FACTS if draw(st.integers(0, 5)) > 0}


@st.composite
def a_signal(draw: st.DrawFn) -> Signal:
    where = st.one_of(st.none(), a_condition([FIELDS["choice"], FIELDS["flag"]]), ENOUGH)
    kind = draw(st.sampled_from(["cases", "distinct", "share"]))
    return Signal(
        name="s",
        label=Text.same("s"),
        same=tuple(draw(st.lists(st.sampled_from(["choice", "flag", "number"]), max_size=2, unique=True))),
        within=draw(st.one_of(st.none(), st.builds(Window, length=st.integers(1, 3), unit=st.just("months")))),
        side=draw(st.sampled_from(["before", "both"])),
        sharing=draw(st.sampled_from([None, "tags"])),
        where=draw(where),
        distinct=draw(st.sampled_from(["tags", "number"])) if kind == "distinct" else None,
        share=draw(a_condition([FIELDS["flag"]])) if kind == "share" else None,
    )


VOCABULARY = Vocabulary(fields={name: FIELDS[name] for name in FACTS})


def _rulebook(signal: Signal) -> Rulebook:
    return Rulebook(name="t", title=Text.same("t"), vocabulary=VOCABULARY, signals={"s": signal}, decisions={})


@given(a_signal(), st.lists(a_case(), max_size=12), a_case(), st.integers(0, 12), st.sampled_from([0, 3, 64]))
def test_index_and_every_case(
    signal: Signal, cases: list[dict[str, Any]], me: dict[str, Any], own: int, few: int
) -> None:
    fields = {name: FIELDS[name] for name in FACTS}
    history = {f"c{i}": facts for i, facts in enumerate(cases)}
    prepared = prepared_signals(_rulebook(signal))
    with patch.object(still_index, "FEW", few):  # of more cases than that, sums are kept
        counter = Counter(prepared, history)
        found, in_short = counter.count(f"c{own}", me)["s"], counter.in_short(f"c{own}", me)["s"]
        assert counter.readings(f"c{own}", me)["s"] == (found.value, found.possible)
    assert (in_short.value, in_short.missing, in_short.possible) == (found.value, found.missing, found.possible)
    wanted = [*signal.same, *([signal.sharing] if signal.sharing else []), *(["decided_on"] if signal.within else [])]
    if not all(name in me for name in wanted):
        assert found.value is None and found.missing
        return
    others = {**history, f"c{own}": me}
    meant = counted(signal, VOCABULARY, me, others, lambda when, facts: meets(when, fields, facts))
    assert (found.counted, found.left_out, found.later) == (meant.counted, meant.left_out, meant.later)
    assert found.value == meant.value or (found.value is None and f"c{own}" in meant.left_out)


@given(a_signal(), st.lists(a_case(), max_size=8), a_case())
def test_what_a_count_leaves_open_of_the_case_itself(
    signal: Signal, cases: list[dict[str, Any]], me: dict[str, Any]
) -> None:
    counter = Counter(prepared_signals(_rulebook(signal)), {f"c{i}": facts for i, facts in enumerate(cases)})
    now = counter.count("me", me)["s"]
    unknown = [name for name in ("choice", "flag", "number", "tags") if name not in me]
    domains: dict[str, Any] = {"choice": "abc", "flag": (True, False), "tags": _subsets("pqrs")}
    domains["number"] = [FIELDS["number"].at(tenths) for tenths in range(-5, 16)]
    told = [dict(zip(unknown, values, strict=True)) for values in product(*(domains[name] for name in unknown))]
    values = {counter.count("me", {**me, **facts})["s"].value for facts in told}
    asking = [list(condition.tests(c)) for c in (signal.where, signal.share) if c is not None]
    assume(not any(nested.known is not None for found in asking for t in found for nested in cells.nested(t)))
    asked = [{t.fact for t in found} for found in asking]
    asked += [{signal.distinct}] if signal.distinct else []
    if now.value is None:
        assert now.missing or values == {None}
    elif now.possible:
        assert values <= set(now.possible)
        if sum(map(len, asked)) == len(set().union(*asked)):  # nothing is asked for twice: it is exact
            assert values == set(now.possible)
    else:
        assert values == {now.value}


def _subsets(tags: str) -> list[frozenset[str]]:
    return [frozenset(c) for n in range(len(tags) + 1) for c in combinations(tags, n)]
