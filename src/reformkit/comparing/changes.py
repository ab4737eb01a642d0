"""What differs between two rulebooks and their libraries, named thing by thing; outcomes are compared elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from reformkit.model.condition import AllOf, AnyOf, Negation, Test, parameters, tests
from reformkit.model.difference import Difference, Part
from reformkit.model.library import Library
from reformkit.model.node import Node
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Field
from reformkit.text import Text
from reformkit.wording.written import as_written

_SAID = {
    "rulebook": ("name", "version", "title", "authority"),
    "document": ("title", "note"),
    "fact": ("type", "label", "ask", "min", "max", "personal", "derived", "of_finding"),
    "parameter": ("label",),
    "signal": ("label", "distinct", "share", "same", "within", "sharing", "where", "basis"),
    "decision": ("title", "hit"),
    "rule": ("when", "then", "period", "title", "because", "basis"),
    "cause": ("label", "weak_point", "note"),
    "reference": ("title", "issuer", "history", "checked", "note", "citable", "uncited", "clauses"),
    "measure": (
        "title",
        "weak_point",
        "text",
        "variants",
        "by_unit",
        "practices",
        "layers",
        "lead",
        "due_days",
        "due_from",
        "accept",
        "evidence",
        "serves",
        "basis",
    ),
}
"""The attributes of each kind of thing that are compared, in the order in which they are told."""

T = TypeVar("T")
Uses = Mapping[str, tuple[str, ...]]


def rulebook_changes(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    """What two rulebooks say differently: rules first, then what they use."""
    yield from _attributes("rulebook", new.name, new.title, old, new)
    for name in _both(old.decisions, new.decisions):
        yield from _decision(name, old.decisions.get(name), new.decisions.get(name))
    uses = {**_uses_of_parameters(old), **_uses_of_parameters(new)}
    for name, one, other in _pairs(old.parameters, new.parameters):
        yield from _things("parameter", name, one, other, uses)
        if one is not None and other is not None:
            for aspect, said in (("value", lambda v: (v.value, v.period)), ("basis", lambda v: v.basis)):
                before, after = (tuple(map(said, table.values)) for table in (one, other))
                if before != after:
                    used_by = uses.get(name, ())
                    yield Difference("parameter", name, other.label, aspect, before, after, used_by, place=other.place)
    uses = {**_uses_of_facts(old), **_uses_of_facts(new)}
    for name, signal, counted in _pairs(old.signals, new.signals):
        yield from _things("signal", name, signal, counted, uses)
    for name, field, fact in _pairs(old.vocabulary.fields, new.vocabulary.fields):
        yield from _things("fact", name, field, fact, uses)
        if field is not None and fact is not None:
            yield from _values(field, fact, uses)
    for name, document, cited in _pairs(old.documents, new.documents):
        yield from _things("document", name, document, cited)


def library_changes(old: Library | None, new: Library | None) -> Iterator[Difference]:
    """What two libraries say differently: which measures answer which causes, then what each says."""
    if old is None or new is None:
        return
    for name, cause, same in _pairs(old.causes, new.causes):
        yield from _things("cause", name, cause, same)
        before, after = mains(old, name), mains(new, name)
        if before != after and cause is not None and same is not None:
            yield Difference("cause", name, same.label, "main", before, after, place=same.place)
    for name, measure, answer in _pairs(old.measures, new.measures):
        yield from _things("measure", name, measure, answer)
        if measure is not None and answer is not None and set(measure.addresses) != set(answer.addresses):
            gone = tuple(edge for edge in measure.addresses if edge not in answer.addresses)
            come = tuple(edge for edge in answer.addresses if edge not in measure.addresses)
            yield Difference("measure", name, answer.title, "addresses", gone, come, place=answer.place)
    for name, reference, document in _pairs(old.references, new.references):
        yield from _things("reference", name, reference, document)


def mains(library: Library, cause: str) -> tuple[tuple[str, Any], ...]:
    """The main measures of a cause, each with the condition under which it is that (None: always)."""
    return tuple((measure.id, edge.when) for measure, edge in library.edges.get(cause, ()) if edge.role == "main")


def _decision(name: str, old: DecisionTable | None, new: DecisionTable | None) -> Iterator[Difference]:
    yield from _things("decision", name, old, new)
    if old is None or new is None:
        return
    for outcome, one, other in _pairs(old.outcomes, new.outcomes):
        label = None if (item := other or one) is None else item.label
        if one is None or other is None:
            aspect = "outcome added" if one is None else "outcome removed"
            yield Difference("decision", name, new.title, aspect, one and outcome, other and outcome, place=new.place)
        elif one.label != other.label:
            yield Difference("decision", name, new.title, "outcome", one.label, label, place=other.place)
    if old.otherwise != new.otherwise:
        yield Difference("decision", name, new.title, "otherwise", old.otherwise, new.otherwise, place=new.place)
    rules = ({rule.id: rule for rule in table.rules} for table in (old, new))
    for id, before, after in _pairs(*rules):
        yield from (replace(change, decision=name) for change in _things("rule", id, before, after))
    if old.hit == "first":
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
    for value, one, other in _pairs(old.values, new.values):
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


def _things(part: Part, name: str, old: Any, new: Any, uses: Uses | None = None) -> Iterator[Difference]:
    """One thing of both: added, removed, or every attribute of it that differs."""
    used_by = (uses or {}).get(name, ())
    thing = old if new is None else new
    label = getattr(thing, "title", None) or getattr(thing, "label", None)
    if old is None or new is None:
        aspect = "added" if old is None else "removed"
        yield Difference(part, name, label, aspect, old, new, used_by, place=thing.place)
        return
    yield from _attributes(part, name, label, old, new, used_by)


_CONDITIONS = (Test, AllOf, AnyOf, Negation)


def _attributes(
    part: Part, name: str, label: Text | None, old: Node, new: Node, used_by: tuple[str, ...] = ()
) -> Iterator[Difference]:
    for attribute in _SAID[part]:
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after and not _same_words(before, after):
            yield Difference(part, name, label, attribute, before, after, used_by, place=new.place)


def _same_words(before: object, after: object) -> bool:
    """Whether two conditions are written alike; the values of their parameters are told with the parameters."""
    conditions = isinstance(before, _CONDITIONS) and isinstance(after, _CONDITIONS)
    return conditions and as_written(before) == as_written(after)  # type: ignore[arg-type]


def _both(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[str]:
    return dict.fromkeys([*new, *old])


def _pairs(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[tuple[str, T | None, T | None]]:
    """Everything that either has, by its name, as it was and as it is."""
    return ((name, old.get(name), new.get(name)) for name in _both(old, new))


def _uses_of_parameters(book: Rulebook) -> Uses:
    found: dict[str, dict[str, None]] = {}
    for table in book.decisions.values():
        for rule in table.rules:
            for test in tests(rule.when):
                for parameter in parameters(test):
                    found.setdefault(parameter.name, {})[rule.id] = None
    return {name: tuple(rules) for name, rules in found.items()}


def _uses_of_facts(book: Rulebook) -> Uses:
    found: dict[str, dict[str, None]] = {}
    for table in book.decisions.values():
        for rule in table.rules:
            for test in tests(rule.when):
                found.setdefault(test.fact, {})[rule.id] = None
    return {name: tuple(rules) for name, rules in found.items()}
