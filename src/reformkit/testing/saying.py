"""Mutants and what is to be covered, in words."""

from __future__ import annotations

from datetime import date

from reformkit.assessing.prepared import Prepared
from reformkit.deciding.meaning import operands
from reformkit.model.condition import Condition, Operand, Parameter, Test
from reformkit.model.vocabulary import Field, Value
from reformkit.testing.coverage import Target
from reformkit.testing.mutants import Mutant
from reformkit.text import Lang, Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.values import quote, say_day, say_test, say_value

KINDS = {
    "rule": Text("规则", "rules"),
    "outcome": Text("结论", "outcomes"),
    "boundary": Text("界限", "boundaries"),
    "measure": Text("措施", "measures"),
    "cause": Text("症结", "causes"),
}


def say_mutant(book: Prepared, mutant: Mutant, lang: Lang = "zh") -> str:
    """What a mutant changes: `STA-C4 “第一关意见”：通过 → 不是通过`."""
    zh, fields = lang == "zh", book.rulebook.fields
    before, after = mutant.before, mutant.after
    if mutant.kind == "removed":
        return f"{mutant.rule} 整条删去" if zh else f"{mutant.rule} removed"
    if mutant.parameter is not None:
        label = book.rulebook.parameters[mutant.parameter].label.say(lang)
        named = f"${mutant.parameter}（{label}）" if zh else f"${mutant.parameter} ({label})"
        return f"{named}{'：' if zh else ': '}{_plain(before, lang)} → {_plain(after, lang)}"
    assert not isinstance(before, int | date | None) and not isinstance(after, int | date | None)
    if isinstance(before, Test) and isinstance(after, Test):
        field = fields[before.fact]
        changed = f"{say_test(field, before, lang)} → {say_test(field, after, lang)}"
        if mutant.kind == "value":  # the list may be long, and the one value is what matters
            dropped = next(value for value in operands(before) if value not in set(operands(after)))
            changed = _dropped(field, dropped, lang)
        return f"{mutant.rule} {field.label.say(lang)}{'：' if zh else ': '}{changed}"
    return f"{mutant.rule} {_said(book, before, lang)} → {_said(book, after, lang)}"


def _dropped(field: Field, value: Operand, lang: Lang) -> str:
    said = f"${value.name}" if isinstance(value, Parameter) else say_value(field, _whole(field, value), lang)
    return f"去掉{quote(said)}" if lang == "zh" else f"“{said}” dropped"


def _whole(field: Field, value: str | bool | int | date) -> Value:
    return frozenset({str(value)}) if field.type == "tags" else value


def _said(book: Prepared, condition: Condition, lang: Lang) -> str:
    return say_condition(condition, book.rulebook.fields, lang)


def _plain(value: object, lang: Lang) -> str:
    return say_day(value, lang) if isinstance(value, date) else str(value)


def say_item(book: Prepared, item: Target) -> Text:
    """What is to be covered: a rule's id and title, an outcome, a fact at a value, a measure, a cause."""
    if item.kind == "boundary":
        return say_boundary(book, item)
    if item.kind == "cause":
        return book.cause_items[item.name].label
    if item.kind == "measure":
        assert book.library is not None
        title = book.library.measures[item.name].title
        return Text(f"{item.name} {title.zh}", f"{item.name} {title.en}")
    assert item.decision is not None
    table = book.rulebook.decisions[item.decision]
    if item.kind == "outcome":
        return table.outcomes[item.name].label
    rule = next(rule for rule in table.rules if rule.id == item.name)
    title = Text("", "") if rule.title is None else rule.title
    return Text(f"{rule.id} {title.zh}".rstrip(), f"{rule.id} {title.en}".rstrip())


def say_boundary(book: Prepared, item: Target) -> Text:
    """A boundary in words: `涉案人数为3`."""
    field = book.rulebook.fields[item.name]
    zh, en = field.label.zh, field.label.en
    if item.known is not None:
        return Text(f"{zh}{'已知' if item.known else '未知'}", f"{en} {'known' if item.known else 'not known'}")
    if item.tag is not None:
        tag = field.label_of(item.tag)
        return Text(
            f"{zh}{'有' if item.value else '没有'}“{tag.zh}”", f"{en} {'with' if item.value else 'without'} “{tag.en}”"
        )
    if item.other:
        return Text(f"{zh}为所列以外的", f"{en}: any other")
    return Text(f"{zh}为{say_value(field, item.value, 'zh')}", f"{en}: {say_value(field, item.value, 'en')}")
