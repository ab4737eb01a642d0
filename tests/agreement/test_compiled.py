"""The compiled form says what the meaning says, in every field of the result."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from reformkit.deciding.cells import TooManyBoxes
from reformkit.deciding.chain import Chain
from reformkit.deciding.meaning import TooManyCompletions
from reformkit.model.decision import Decision
from tests.agreement.rulebooks import DAY, a_rulebook, some_facts


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
    chain = Chain(rulebook)
    for _ in range(4):
        facts, day = data.draw(some_facts(rulebook)), data.draw(DAY)
        assert_same(chain, "d0", facts, day)


@given(st.data())
def test_a_chain_of_decisions(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook(decisions=3))
    chain = Chain(rulebook)
    for _ in range(3):
        facts, day = data.draw(some_facts(rulebook)), data.draw(DAY)
        for name in rulebook.decisions:
            assert_same(chain, name, facts, day)
        together = chain.decide_all(facts, day)
        assert {name: chain.decide(name, facts, day) for name in rulebook.decisions} == together


def assert_same(chain: Chain, name: str, facts: dict[str, object], day: object) -> None:
    try:
        meant = everything(chain.decide(name, facts, day, "meaning"))  # type: ignore[arg-type]
        compiled = everything(chain.decide(name, facts, day, "compiled"))  # type: ignore[arg-type]
    except (TooManyCompletions, TooManyBoxes):
        assume(False)
        raise
    assert compiled == meant
