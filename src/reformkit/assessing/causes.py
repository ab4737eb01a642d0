"""The causes of a case: found by its analysis, or suspected by the diagnosis and to be verified."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from reformkit.advising.recommend import Certainty
from reformkit.model.case import Finding
from reformkit.model.decision import Decision
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Choice
from reformkit.text import Text


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
    own: dict[str, list[Finding]] = {}
    for finding in findings or ():
        own.setdefault(finding.cause, []).append(finding)
    return [
        AssessedCause(name, item.group or "", "found", tuple(own.get(name, ())))
        for name, item in items.items()
        if name in found
    ]


def suspected_causes(
    items: Mapping[str, Choice], suspected: Set[str], diagnosis: Decision | None, table: DecisionTable | None
) -> list[AssessedCause]:
    """The causes suspected, in the order of the first rule that says so."""
    if not suspected or diagnosis is None or table is None:
        return []
    return [
        AssessedCause(
            name,
            items[name].group or "",
            "suspected",
            rules=tuple(rule.id for rule in rules),
            because=tuple(rule.because for rule in rules if rule.because is not None),
        )
        for name, rules in _suspecting(suspected, diagnosis, table).items()
    ]


def _suspecting(suspected: Set[str], diagnosis: Decision, table: DecisionTable) -> dict[str, list[Rule]]:
    """Each cause with its rules: those that hold whatever is unknown, or, where only several together make it
    sure, all of these."""
    giving, trace = set(diagnosis.rules), diagnosis.trace
    rules = [rule for rule in table.rules if rule.id in giving]
    decided = diagnosis.status == "decided"
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.then in suspected and (decided or trace.of(rule.id).verdict == "holds"):
            found.setdefault(rule.then, []).append(rule)
    for name in (rule.then for rule in rules):
        if name in suspected and name not in found:
            found[name] = [rule for rule in rules if rule.then == name]
    return found
