"""The compiled form, and durable-rules, say what the meaning says, in every field of the result."""

from __future__ import annotations

from importlib.util import find_spec

from hypothesis import assume, given
from hypothesis import strategies as st

from reformkit.book import Book
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.deciding.chain import Chain
from reformkit.deciding.meaning import Open, PartlyKnown, TooManyCompletions
from reformkit.durable.engine import DurableTable
from reformkit.model import condition
from reformkit.model.decision import Decision
from reformkit.model.period import ALWAYS
from tests.agreement.rulebooks import DAY, VALUES, a_rulebook, some_facts

DURABLE = find_spec("durable") is not None


def everything(decision: Decision) -> dict[str, object]:
    return {
        "status": decision.status,
        "outcome": decision.outcome,
        "outcomes": decision.outcomes,
        "possible": decision.possible,
        "rule": decision.rule,
        "rules": decision.rules,
        "needs": decision.needs,
        "place": decision.place,
        "because": decision.because,
        "approximate": decision.approximate,
    }


@given(st.data())
def test_one_decision(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook())
    chain = Chain(rulebook, DurableTable)
    for _ in range(4):
        facts, day = data.draw(some_facts(rulebook)), data.draw(DAY)
        assert_same(chain, "d0", facts, day)


@given(st.data())
def test_a_chain_of_decisions(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook(decisions=3))
    chain = Chain(rulebook, DurableTable)
    for _ in range(3):
        facts, day = data.draw(some_facts(rulebook)), data.draw(DAY)
        for name in rulebook.decisions:
            assert_same(chain, name, facts, day)
        together = chain.decide_all(facts, day)
        assert {name: chain.decide(name, facts, day) for name in rulebook.decisions} == together


@given(st.data())
def test_counts_of_which_some_values_are_possible(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook(decisions=2))
    counts = [name for name in ("count", "open_count") if name in rulebook.vocabulary.fields]
    assume(counts)
    chain = Chain(rulebook, DurableTable)
    values = st.frozensets(st.integers(1, 9), min_size=1, max_size=3)
    for _ in range(3):
        facts, day = data.draw(some_facts(rulebook)), data.draw(DAY)
        opens = {name: Open(frozenset(), data.draw(values)) for name in counts if name not in facts}
        partly = PartlyKnown(facts, opens)
        for name in rulebook.decisions:
            assert_same(chain, name, partly, day)
        assert {name: chain.decide(name, partly, day) for name in rulebook.decisions} == chain.decide_all(partly, day)


@given(st.data())
def test_plain_python_facts(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook())
    try:
        book = Book(rulebook)
        for _ in range(4):
            facts, day = data.draw(some_facts(rulebook)), data.draw(DAY)
            plain = {name: sorted(v) if isinstance(v, frozenset) else v for name, v in facts.items()}
            assert book.decide("d0", plain, day) == book.decide("d0", facts, day, by="meaning")
    except (TooManyCompletions, TooManyBoxes):
        assume(False)


@given(st.data())
def test_plain_facts_of_a_table_without_dates_take_the_shortcut_and_say_the_same(data: st.DataObject) -> None:
    drawn = data.draw(a_rulebook())
    table = drawn.decisions["d0"]
    rules = tuple(rule.model_copy(update={"period": ALWAYS}) for rule in table.rules)
    undated = table.model_copy(update={"rules": rules})
    assume(not any(True for rule in rules for test in condition.tests(rule.when) for _ in condition.parameters(test)))
    rulebook = drawn.model_copy(update={"decisions": {"d0": undated}})
    try:
        book = Book(rulebook)
        for _ in range(4):
            facts = {name: data.draw(VALUES[name]) for name in sorted(table.facts)}
            meant = book.decide("d0", facts, by="meaning")
            assert book.decide("d0", facts) == meant
            if not any(isinstance(value, frozenset | str) for value in facts.values()):
                assert book.chain.shortcut("d0")(facts) == meant
    except (TooManyCompletions, TooManyBoxes):
        assume(False)


def assert_same(chain: Chain, name: str, facts: dict[str, object], day: object) -> None:
    try:
        meant = everything(chain.decide(name, facts, day, "meaning"))  # type: ignore[arg-type]
        compiled = everything(chain.decide(name, facts, day, "compiled"))  # type: ignore[arg-type]
        durable = everything(chain.decide(name, facts, day, "durable")) if DURABLE else compiled  # type: ignore[arg-type]
    except (TooManyCompletions, TooManyBoxes):
        assume(False)
        raise
    assert compiled == meant
    assert durable == meant
