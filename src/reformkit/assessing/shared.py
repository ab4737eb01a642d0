"""What is the same for many cases of a rulebook: made once, and kept beside it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from reformkit.advising.repeated import Repeated
from reformkit.assessing.causes import Suspicions
from reformkit.model.decision import Need, need_of
from reformkit.model.library import Library
from reformkit.model.mould import Moulds
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Choice, Field


class Shared:
    """Made of the decisions in their order, of every fact, of the causes that the vocabulary knows and
    of the library.

    `diagnosis` and `screening` name the decisions that suspect causes and that advise the gates.
    """

    def __init__(
        self,
        tables: Mapping[str, DecisionTable],
        fields: Mapping[str, Field],
        causes: Mapping[str, Choice],
        library: Library | None,
        *,
        diagnosis: str,
        screening: str,
    ) -> None:
        self.repeated = None if library is None else Repeated(library)
        self.suspicions = Suspicions(causes, tables.get(diagnosis))
        collected = [name for name, table in tables.items() if table.hit == "collect"]
        self.asked_first = tuple(name for name in tables if name not in collected and name != screening)
        """The decisions of one outcome, whose questions come first; `screening` is asked about apart."""
        self.asked_last = tuple(sorted(collected, key=lambda name: name == diagnosis))
        """The decisions that collect, the diagnosis behind the others."""
        self.need_of = {name: need_of(field) for name, field in fields.items()}
        """The question that asks for each fact."""
        self.moulds = Moulds()
        """The plain data of what many cases have in common."""
        self.records: dict[Hashable, Any] = {}
        """What the records of cases asked alike have in common (see `records`)."""
        self._asking: dict[tuple[str, tuple[str, ...]], Need] = {}

    def asking(self, fact: str, why: tuple[str, ...]) -> Need:
        """The question that asks for a fact, with what hangs on it: one object for all cases alike."""
        found = self._asking.get((fact, why))
        if found is None:
            found = self._asking[fact, why] = replace(self.need_of[fact], why=why)
        return found
