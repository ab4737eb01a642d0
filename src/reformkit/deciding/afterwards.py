"""What is asked of the decisions of one case after they were taken together, from what was known when they were."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reformkit.deciding.meaning import Opens
from reformkit.deciding.table import CompiledTable
from reformkit.model.decision import Decision, Flip, Need, TableGives, Trace
from reformkit.model.mould import Moulds
from reformkit.model.rulebook import Basis
from reformkit.model.vocabulary import Facts
from reformkit.text import Text

if TYPE_CHECKING:
    from reformkit.deciding.chain import Chain


class Afterwards:
    """Answers as the chain does, without taking the decisions anew.

    `state` and `opens`: the facts known and partly known when all decisions had been taken, their outcomes among them;
    `tables`: those in force on `day`.
    """

    __slots__ = ("_chain", "_day", "_hanging", "_needs", "_opens", "_state", "_tables")

    def __init__(
        self,
        chain: Chain,
        state: Facts,
        opens: Opens,
        day: date | None,
        tables: tuple[tuple[str, CompiledTable, bool], ...],
    ) -> None:
        self._chain = chain
        self._state = state
        self._opens = opens
        self._day = day
        self._tables = tables
        self._hanging: dict[str, tuple[str, ...]] = {}
        self._needs: dict[str, tuple[Need, ...]] = {}

    @property
    def digest(self) -> str:
        return self._chain.digest

    @property
    def folder(self) -> str:
        return self._chain.folder

    @property
    def moulds(self) -> Moulds:
        return self._chain.moulds

    @property
    def stand(self) -> tuple[object, ...]:
        """Equal for cases of which every decision says the same and hangs on the same."""
        state = self._state
        return self._tables, tuple([table.state(state) for _, table, _ in self._tables]), tuple(self._opens.items())

    def hanging(self, decision: str, facts: Facts, as_of: date | None, by: str) -> tuple[str, ...]:
        """The unknown facts on which a result hangs; an earlier outcome is replaced by what that one hangs on."""
        found = self._hanging.get(decision)
        if found is None:
            asked: dict[str, None] = {}
            upstream = self._chain.upstream(decision)
            for fact, _ in self._table(decision).needs(self._state, self._opens):
                if fact in upstream and fact not in facts:
                    asked.update(dict.fromkeys(self.hanging(fact, facts, as_of, by)))
                else:
                    asked[self._chain.asked_for(fact, facts, as_of)] = None
            found = self._hanging[decision] = tuple(asked)
        return found

    def needs(self, decision: str, facts: Facts, as_of: date | None, by: str) -> tuple[Need, ...]:
        """The questions worth asking."""
        found = self._needs.get(decision)
        if found is None:
            found = self._needs[decision] = self._chain.questions(self.hanging(decision, facts, as_of, by))
        return found

    def holding(self, decision: str, rules: tuple[str, ...], facts: Facts, as_of: date | None) -> frozenset[str]:
        """Those of some rules that hold whatever is unknown."""
        return self._table(decision).holding(
            rules, self._state, self._opens, lambda: self.trace(decision, facts, as_of, None)
        )

    def trace(self, decision: str, facts: Facts, as_of: date | None, deciding: str | None) -> Trace:
        """Each rule's verdict."""
        tested = self._table(decision).lookups
        opens = {fact: partly for fact, partly in self._opens.items() if fact in tested}
        return self._chain.trace_of(decision, self._state, opens, self._day, deciding)

    def flips(self, decision: str, facts: Facts, as_of: date | None) -> list[Flip]:
        return self._chain.flips(decision, facts, as_of)

    def grounds(self, decision: str, rule: str | None) -> tuple[Text | None, Basis | None]:
        return self._chain.grounds(decision, rule)

    def given(self, decision: str) -> TableGives:
        return self._chain.given(decision)

    def told(self, decision: Decision) -> Text | None:
        return self._chain.told(decision)

    def _table(self, decision: str) -> CompiledTable:
        return next(table for name, table, _ in self._tables if name == decision)
