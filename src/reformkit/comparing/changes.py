"""What differs between two rulebooks and their libraries, named thing by thing; outcomes are compared elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from reformkit.comparing.procedure_changes import procedure_changes
from reformkit.comparing.things import Uses, attributes, both, pairs, things
from reformkit.model.condition import parameters, tests
from reformkit.model.difference import Difference
from reformkit.model.library import Library
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Field
from reformkit.text import Text


def rulebook_changes(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    """What two rulebooks say differently: rules first, then what they use."""
    yield from attributes("rulebook", new.name, new.title, old, new)
    for name in both(old.decisions, new.decisions):
        yield from _decision(name, old.decisions.get(name), new.decisions.get(name))
    uses = {**_uses_of_parameters(old), **_uses_of_parameters(new)}
    for name, one, other in pairs(old.parameters, new.parameters):
        yield from things("parameter", name, one, other, uses)
        if one is not None and other is not None:
            for aspect, said in (("value", lambda v: (v.value, v.period)), ("basis", lambda v: v.basis)):
                before, after = (tuple(map(said, table.values)) for table in (one, other))
                if before != after:
                    used_by = uses.get(name, ())
                    yield Difference("parameter", name, other.label, aspect, before, after, used_by, place=other.place)
    uses = {**_uses_of_facts(old), **_uses_of_facts(new)}
    for name, signal, counted in pairs(old.signals, new.signals):
        yield from things("signal", name, signal, counted, uses)
    for name, field, fact in pairs(old.vocabulary.fields, new.vocabulary.fields):
        yield from things("fact", name, field, fact, uses)
        if field is not None and fact is not None:
            yield from _values(field, fact, uses)
    for name, document, cited in pairs(old.documents, new.documents):
        yield from things("document", name, document, cited)
    yield from procedure_changes(old.procedures, new.procedures)


def library_changes(old: Library | None, new: Library | None) -> Iterator[Difference]:
    """What two libraries say differently: which measures answer which causes, then what each says."""
    if old is None or new is None:
        return
    for name, cause, same in pairs(old.causes, new.causes):
        yield from things("cause", name, cause, same)
        before, after = mains(old, name), mains(new, name)
        if before != after and cause is not None and same is not None:
            yield Difference("cause", name, same.label, "main", before, after, place=same.place)
    for name, measure, answer in pairs(old.measures, new.measures):
        yield from things("measure", name, measure, answer)
        if measure is not None and answer is not None and set(measure.addresses) != set(answer.addresses):
            gone = tuple(edge for edge in measure.addresses if edge not in answer.addresses)
            come = tuple(edge for edge in answer.addresses if edge not in measure.addresses)
            yield Difference("measure", name, answer.title, "addresses", gone, come, place=answer.place)
    for name, reference, document in pairs(old.references, new.references):
        yield from things("reference", name, reference, document)


def mains(library: Library, cause: str) -> tuple[tuple[str, Any], ...]:
    """The main measures of a cause, each with the condition under which it is that (None: always)."""
    return tuple((measure.id, edge.when) for measure, edge in library.edges.get(cause, ()) if edge.role == "main")


def _decision(name: str, old: DecisionTable | None, new: DecisionTable | None) -> Iterator[Difference]:
    yield from things("decision", name, old, new)
    if old is None or new is None:
        return
    for outcome, one, other in pairs(old.outcomes, new.outcomes):
        label = None if (item := other or one) is None else item.label
        if one is None or other is None:
            aspect = "outcome added" if one is None else "outcome removed"
            yield Difference("decision", name, new.title, aspect, one and outcome, other and outcome, place=new.place)
        elif one.label != other.label:
            yield Difference("decision", name, new.title, "outcome", one.label, label, place=other.place)
        given, gives = old.given.get(outcome, {}), new.given.get(outcome, {})
        if one is not None and other is not None and given != gives:
            before_and_after = ({"": outcome, **given}, {"": outcome, **gives})
            yield Difference("decision", name, new.title, "gives", *before_and_after, place=other.place)
    kept = [outcome for outcome in old.outcomes if outcome in new.outcomes]
    order = [outcome for outcome in new.outcomes if outcome in old.outcomes]
    if kept != order and "priority" in (old.hit, new.hit):
        yield Difference("decision", name, new.title, "rank", tuple(kept), tuple(order), place=new.place)
    if old.otherwise != new.otherwise:
        yield Difference("decision", name, new.title, "otherwise", old.otherwise, new.otherwise, place=new.place)
    were, are = ({rule.id: rule for rule in (*table.rules, *table.disabled)} for table in (old, new))
    off = [{rule.id for rule in table.disabled} for table in (old, new)]
    for id, before, after in pairs(were, are):
        yield from (replace(change, decision=name) for change in things("rule", id, before, after))
        if before is not None and after is not None and (id in off[0]) is not (id in off[1]):
            said = (id not in off[0], id not in off[1])
            yield Difference("rule", id, after.title, "enabled", *said, decision=name, place=after.place)
    if old.hit in ("first", "priority"):
        yield from _moved(name, old.rules, new.rules)


def _moved(decision: str, old: tuple[Rule, ...], new: tuple[Rule, ...]) -> Iterator[Difference]:
    """The rules that stand before or after others than they did, where the order decides."""
    kept = {rule.id for rule in old} & {rule.id for rule in new}
    before = [rule.id for rule in old if rule.id in kept]
    after = [rule.id for rule in new if rule.id in kept]
    if before != after:
        yield Difference("decision", decision, None, "order", tuple(before), tuple(after), decision=decision)


def _values(old: Field, new: Field, uses: Uses) -> Iterator[Difference]:
    """The values that only one of two rulebooks knows, and those that are called or grouped otherwise."""
    for value, one, other in pairs(old.values, new.values):
        if one is None or other is None:
            aspect = "value added" if one is None else "value removed"
            yield Difference(
                "fact", new.name, new.label, aspect, one and one.label, other and other.label, uses.get(new.name, ())
            )
        elif one.label != other.label:
            yield Difference("fact", new.name, new.label, "value", one.label, other.label, uses.get(new.name, ()))
        elif one.group != other.group:
            said = (Text.same(f"{value}: {one.group}"), Text.same(f"{value}: {other.group}"))
            yield Difference("fact", new.name, new.label, "group", *said, uses.get(new.name, ()))


def _uses_of_parameters(book: Rulebook) -> Uses:
    uses: dict[str, dict[str, None]] = {}
    for table in book.decisions.values():
        for rule in table.rules:
            for test in tests(rule.when):
                for parameter in parameters(test):
                    uses.setdefault(parameter.name, {})[rule.id] = None
    return {name: tuple(rules) for name, rules in uses.items()}


def _uses_of_facts(book: Rulebook) -> Uses:
    uses: dict[str, dict[str, None]] = {}
    for table in book.decisions.values():
        for rule in table.rules:
            for test in tests(rule.when):
                uses.setdefault(test.fact, {})[rule.id] = None
    return {name: tuple(rules) for name, rules in uses.items()}
