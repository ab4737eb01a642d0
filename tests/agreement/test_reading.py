"""A rulebook read from YAML, in English or in Chinese keys, decides as the one that was written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given
from hypothesis import strategies as st

from reformkit.deciding.boxes import TooManyBoxes
from reformkit.deciding.chain import Chain
from reformkit.reading.rulebook import read_rulebook
from tests.agreement.rulebooks import DAY, a_rulebook, some_facts
from tests.agreement.writing import can_be_written, write

CANNOT_PASS = {"RK155"}


@given(st.data())
def test_reading_keeps_the_meaning(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook(decisions=2))
    assume(can_be_written(rulebook))
    with TemporaryDirectory() as folder:
        write(rulebook, Path(folder), data.draw(st.booleans()))
        read, _, problems = read_rulebook(folder)
    if read is None:  # only a test that no value can pass is refused
        assert {p.code for p in problems} <= CANNOT_PASS, problems
        assume(False)
    assert read is not None
    written, again = Chain(rulebook), Chain(read)
    for _ in range(3):
        facts, day = data.draw(some_facts(rulebook)), data.draw(DAY)
        for name in rulebook.decisions:
            try:
                one, two = written.decide(name, facts, day), again.decide(name, facts, day)
            except TooManyBoxes:
                assume(False)
                raise
            assert (one.status, one.outcome, one.outcomes, one.possible, one.rule, one.rules) == (
                two.status,
                two.outcome,
                two.outcomes,
                two.possible,
                two.rule,
                two.rules,
            )
            assert [need.fact for need in one.needs] == [need.fact for need in two.needs]
