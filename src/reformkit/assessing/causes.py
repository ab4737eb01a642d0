"""The causes of a case: found by its analysis, or suspected by the diagnosis and to be verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from reformkit.advising.ground import Certainty
from reformkit.model.case import Finding
from reformkit.model.decision import Decision
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Choice
from reformkit.text import Text

MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class AssessedCause:
    """A cause of the case: `found`, with its findings, or `suspected` by diagnosis rules, to be verified.

    `because` says for each of the rules how what happened points to the cause, and what to look for.
    """

    cause: str
    weak_point: str
    certainty: Certainty
    findings: tuple[Finding, ...] = ()
    rules: tuple[str, ...] = ()
    because: tuple[Text, ...] = ()


def found_causes(
    items: Mapping[str, Choice], found: Set[str], findings: tuple[Finding, ...] | None
) -> list[AssessedCause]:
    """The causes found, in the vocabulary's order, each with its findings."""
    if not found:
        return []
    own: dict[str, list[Finding]] = {}
    for finding in findings or ():
        own.setdefault(finding.cause, []).append(finding)
    return [
        AssessedCause(name, item.group or "", "found", tuple(own.get(name, ())))
        for name, item in items.items()
        if name in found
    ]


class Suspicions:
    """What the diagnosis of a rulebook suspects; of cases alike it is worked out once."""

    def __init__(self, items: Mapping[str, Choice], table: DecisionTable | None) -> None:
        self._items = items
        self._table = table
        self._remembered: dict[object, tuple[AssessedCause, ...]] = {}

    def of(self, diagnosis: Decision | None, suspected: frozenset[str]) -> tuple[AssessedCause, ...]:
        """The causes suspected, in the order of the first rule that says so."""
        if not suspected or diagnosis is None or self._table is None:
            return ()
        holding = diagnosis.holding
        key = (suspected, diagnosis.rules, holding)
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            rules = [rule for rule in self._table.rules if rule.id in diagnosis.rules]
            found = self._remembered[key] = tuple(self._causes(_suspecting(suspected, rules, holding)))
        return found

    def _causes(self, suspecting: Mapping[str, list[Rule]]) -> Iterator[AssessedCause]:
        for name, rules in suspecting.items():
            yield AssessedCause(
                name,
                self._items[name].group or "",
                "suspected",
                rules=tuple(rule.id for rule in rules),
                because=tuple(rule.because for rule in rules if rule.because is not None),
            )


def _suspecting(suspected: Set[str], rules: Sequence[Rule], holding: Set[str]) -> dict[str, list[Rule]]:
    """Each cause with its rules: those that hold whatever is unknown, or, where only several together make it
    sure, all of these."""
    suspecting: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.then in suspected and rule.id in holding:
            suspecting.setdefault(rule.then, []).append(rule)
    for name in (rule.then for rule in rules):
        if name in suspected and name not in suspecting:
            suspecting[name] = [rule for rule in rules if rule.then == name]
    return suspecting
