"""The decisions of a rulebook as a diagram: which facts each tests, and which decision waits for which."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.drawing.diagram import Box, Diagram, Link, untangled
from reformkit.model.rulebook import Rulebook
from reformkit.text import Lang, Text

KINDS = {
    "stated": Text("事实", "Fact"),
    "derived": Text("推得的事实", "Derived fact"),
    "signal": Text("计数", "Signal"),
    "decision": Text("决策", "Decision"),
}


def decisions_diagram(rulebook: Rulebook, lang: Lang = "zh", *, decision: str | None = None) -> Diagram:
    """Every decision with the facts that its rules test; with a decision, it and what it waits for.

    A fact stands one column to the left of the first decision that tests it. Raises KeyError for a decision
    that the rulebook does not have.
    """
    title = rulebook.title if decision is None else rulebook.decisions[decision].title
    wanted = set(rulebook.decisions) if decision is None else set(_before(rulebook, decision))
    pairs = [(fact, name) for name in rulebook.order if name in wanted for fact in _tested(rulebook, name)]
    pairs += list(_sources(rulebook, [fact for fact, _ in pairs]))
    columns = _columns(rulebook, wanted, pairs)
    boxes = [
        Box(name, rulebook.fields[name].label.say(lang), columns[name], rulebook.fields[name].source)
        for name in rulebook.fields
        if name in columns
    ]
    links = tuple(Link(start, end) for start, end in dict.fromkeys(pairs))
    used = {box.kind for box in boxes}
    kinds = {kind: said.say(lang) for kind, said in KINDS.items() if kind in used}
    return Diagram(title.say(lang), untangled(boxes, links), links, kinds, {})


def _tested(rulebook: Rulebook, name: str) -> Iterator[str]:
    facts = rulebook.decisions[name].facts
    yield from (fact for fact in rulebook.fields if fact in facts)


def _before(rulebook: Rulebook, name: str) -> Iterator[str]:
    """A decision and all that it waits for."""
    yield name
    for fact in _tested(rulebook, name):
        if fact in rulebook.decisions:
            yield from _before(rulebook, fact)


def _sources(rulebook: Rulebook, facts: list[str]) -> Iterator[tuple[str, str]]:
    """What derived facts follow from, each after the facts that follow from it."""
    behind = rulebook.vocabulary.behind(facts)
    for field in reversed(rulebook.vocabulary.derived):
        if field.name in behind and field.derived is not None and field.derived.source is not None:
            yield field.derived.source, field.name


def _columns(rulebook: Rulebook, wanted: set[str], pairs: list[tuple[str, str]]) -> dict[str, int]:
    """The column of each box: a decision right of all that it tests, another fact just left of its first use."""
    columns: dict[str, int] = {}
    for name in rulebook.order:
        if name in wanted:
            earlier = [columns[fact] for fact, end in pairs if end == name and fact in columns]
            columns[name] = max(earlier, default=1) + 1
    for start, end in pairs:
        if start not in rulebook.decisions:
            columns[start] = min(columns.get(start, columns[end]), columns[end] - 1)
    return columns
