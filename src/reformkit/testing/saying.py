"""Mutants and what is to be covered, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from reformkit.assessing.prepared import Prepared
from reformkit.deciding.meaning import operands
from reformkit.model.condition import Operand, Parameter, Test
from reformkit.model.vocabulary import Field
from reformkit.testing.coverage import Target
from reformkit.testing.mutants import Mutant
from reformkit.text import Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.decisions import say_outcome
from reformkit.wording.values import quote, say_day, say_test, say_value

KINDS = {
    "rule": Text("规则", "rules"),
    "outcome": Text("结论", "outcomes"),
    "boundary": Text("界限", "boundaries"),
    "measure": Text("措施", "measures"),
    "cause": Text("症结", "causes"),
}

_REMOVED = Text("{rule} 整条删去", "{rule} removed")
_PARAMETER = Text("${name}（{label}）：{before} → {after}", "${name} ({label}): {before} → {after}")
_GIVEN = Text(
    "{title}“{outcome}”附带的{name}：{before} → {after}",
    "{name} that comes with `{outcome}` of {title}: {before} → {after}",
)
_FACT = Text("{rule} {fact}：{change}", "{rule} {fact}: {change}")
_TURN, _RULE_TURN = Text.same("{before} → {after}"), Text.same("{rule} {before} → {after}")
_DROPPED = Text("去掉{value}", "{value} dropped")

_NAMED = Text.same("{id} {title}")
_KNOWN = {True: Text("{fact}已知", "{fact} known"), False: Text("{fact}未知", "{fact} not known")}
_WITH_TAG = {
    True: Text("{fact}有“{tag}”", "{fact} with “{tag}”"),
    False: Text("{fact}没有“{tag}”", "{fact} without “{tag}”"),
}
_ANY_OTHER = Text("{fact}为所列以外的", "{fact}: any other")
_AT = Text("{fact}为{value}", "{fact}: {value}")


def say_mutant(book: Prepared, mutant: Mutant) -> Text:
    """What a mutant changes: `STA-C4 “第一关意见”：通过 → 不是通过`."""
    fields, before, after = book.rulebook.fields, mutant.before, mutant.after
    if mutant.kind == "removed":
        return _REMOVED.fill(rule=mutant.rule or "")
    if mutant.parameter is not None:
        label = book.rulebook.parameters[mutant.parameter].label
        return _PARAMETER.fill(name=mutant.parameter, label=label, before=_plain(before), after=_plain(after))
    if mutant.given is not None:
        table = book.rulebook.decisions[mutant.decision]
        outcome, name = say_outcome(table, mutant.given[0]), mutant.given[1]
        return _GIVEN.fill(title=table.title, outcome=outcome, name=name, before=str(before), after=str(after))
    assert not isinstance(before, int | Decimal | date | None) and not isinstance(after, int | Decimal | date | None)
    rule = mutant.rule or ""
    if isinstance(before, Test) and isinstance(after, Test):
        field = fields[before.fact]
        change = _TURN.fill(before=say_test(field, before), after=say_test(field, after))
        if mutant.kind == "value":  # the list may be long, and the one value is what matters
            dropped = next(value for value in operands(before) if value not in set(operands(after)))
            change = _dropped(field, dropped)
        return _FACT.fill(rule=rule, fact=field.label, change=change)
    return _RULE_TURN.fill(rule=rule, before=say_condition(before, fields), after=say_condition(after, fields))


def _dropped(field: Field, value: Operand) -> Text:
    if isinstance(value, Parameter):
        return _DROPPED.fill(value=quote(f"${value.name}"))
    whole = frozenset({str(value)}) if field.type == "tags" else value
    return _DROPPED.fill(value=quote(say_value(field, whole)))


def _plain(value: object) -> Text | str:
    return say_day(value) if isinstance(value, date) else str(value)


def say_item(book: Prepared, item: Target) -> Text:
    """What is to be covered: a rule's id and title, an outcome, a fact at a value, a measure, a cause."""
    if item.kind == "boundary":
        return say_boundary(book, item)
    if item.kind == "cause":
        return book.cause_items[item.name].label
    if item.kind == "measure":
        assert book.library is not None
        return _NAMED.fill(id=item.name, title=book.library.measures[item.name].title)
    assert item.decision is not None
    table = book.rulebook.decisions[item.decision]
    if item.kind == "outcome":
        return table.outcomes[item.name].label
    title = next(rule.title for rule in table.rules if rule.id == item.name)
    return Text.same(item.name) if title is None else _NAMED.fill(id=item.name, title=title)


def say_boundary(book: Prepared, item: Target) -> Text:
    """A boundary in words: `涉案人数为3`."""
    field = book.rulebook.fields[item.name]
    if item.known is not None:
        return _KNOWN[item.known].fill(fact=field.label)
    if item.tag is not None:
        return _WITH_TAG[bool(item.value)].fill(fact=field.label, tag=field.label_of(item.tag))
    if item.other:
        return _ANY_OTHER.fill(fact=field.label)
    return _AT.fill(fact=field.label, value=say_value(field, item.value))
