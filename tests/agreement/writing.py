"""A generated rulebook as YAML files, in English or in Chinese keys."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Parameter, Test
from reformkit.model.gives import Gives
from reformkit.model.period import Period
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.reading.keywords import with_chinese

Parameters = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    """Writes no anchors: the rule language has none."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Dumper.add_representer(
    Decimal, lambda dumper, amount: dumper.represent_scalar("tag:yaml.org,2002:float", f"{amount:f}")
)


def write(rulebook: Rulebook, folder: Path, chinese: bool) -> None:
    """Write a rulebook's folder; every parameter use gets a parameter of its own."""
    parameters: Parameters = {}
    files: dict[str, Any] = {
        f"{name}.yaml": _decision(table, rulebook, parameters) for name, table in rulebook.decisions.items()
    }
    files["rulebook.yaml"] = {"name": rulebook.name, "vocabulary": "vocabulary.yaml"}
    files["vocabulary.yaml"] = {"fields": {name: _field(field) for name, field in rulebook.vocabulary.fields.items()}}
    if parameters:
        files["parameters.yaml"] = {"parameters": parameters}
    for name, content in files.items():
        said = _in_chinese(content) if chinese and name not in ("rulebook.yaml", "vocabulary.yaml") else content
        (folder / name).write_text(
            yaml.dump(said, Dumper=_Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )


_KEYS = (
    "decision title hit outcomes rules id enabled when then since until otherwise gives any all not at_least more_than at_most "
    "less_than includes includes_any includes_all includes_none known parameters label values value"
)
_CHINESE = with_chinese(tuple(_KEYS.split()))


def _in_chinese(content: Any) -> Any:
    if isinstance(content, dict):
        return {_CHINESE.get(key, key): _in_chinese(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_in_chinese(item) for item in content]
    return {True: "是", False: "否"}[content] if isinstance(content, bool) else content


def _field(field: Any) -> dict[str, Any]:
    said = {"type": field.type, "label": field.label.zh}
    said |= {"values": {i: item.label.zh for i, item in field.values.items()}} if field.values else {}
    return said | {name: getattr(field, name) for name in ("places", "min", "max") if getattr(field, name) is not None}


def _decision(table: DecisionTable, rulebook: Rulebook, parameters: Parameters) -> dict[str, Any]:
    said: dict[str, Any] = {"decision": table.id, "title": table.title.zh, "hit": table.hit}
    said["outcomes"] = {name: _outcome(item.label.zh, table.given.get(name)) for name, item in table.outcomes.items()}
    said["rules"] = [_rule(rule, parameters) for rule in table.rules]
    said["rules"] += [{**_rule(rule, parameters), "enabled": False} for rule in table.disabled]
    outcomes = list(table.otherwise.outcomes) if table.otherwise else []
    return said | ({"otherwise": outcomes if len(outcomes) > 1 else outcomes[0]} if outcomes else {})


def _outcome(label: str, gives: Gives | None) -> Any:
    return label if gives is None else {"label": label, "gives": dict(gives)}


def _rule(rule: Rule, parameters: Parameters) -> dict[str, Any]:
    return {"id": rule.id, "when": _condition(rule.when, parameters), "then": rule.then, **_period(rule.period)}


def _period(period: Period) -> dict[str, date]:
    return {name: day for name, day in (("since", period.since), ("until", period.until)) if day is not None}


def _condition(condition: Condition, parameters: Parameters) -> dict[str, Any]:
    match condition:
        case Negation():
            return {"not": _condition(condition.item, parameters)}
        case AllOf() | AnyOf():
            if not condition.items:
                return {}
            key = "all" if isinstance(condition, AllOf) else "any"
            return {key: [_condition(item, parameters) for item in condition.items]}
        case Test():
            return {condition.fact: _test(condition, parameters)}


def _test(test: Test, parameters: Parameters) -> Any:
    def operand(value: Any) -> Any:
        if not isinstance(value, Parameter):
            return value
        name = f"p{len(parameters)}"
        values = [{"value": v, **_period(period)} for period, v in value.values]
        parameters[name] = {"label": f"parameter {name}", "values": values}
        return f"${name}"

    parts: dict[str, Any] = {}
    for name in ("at_least", "more_than", "at_most", "less_than"):
        if getattr(test, name) is not None:
            parts[name] = operand(getattr(test, name))
    for name in ("includes_all", "includes_any", "includes_none"):
        if getattr(test, name) is not None:
            parts[name] = [operand(x) for x in getattr(test, name)]
    if test.known is not None:
        parts["known"] = test.known
    if test.excluded is not None:
        parts["not"] = _test(test.excluded, parameters)
    if test.one_of is None:
        return parts
    equal = [operand(x) for x in test.one_of]
    said = equal[0] if len(equal) == 1 else equal
    return {**parts, "not": {"not": said}} if parts else said  # equality beside `known`: what is not unequal


def can_be_written(rulebook: Rulebook) -> bool:
    """Equality and `not` of one fact in one test have no place beside each other in YAML."""
    from reformkit.model.condition import tests

    found = [t for d in rulebook.decisions.values() for r in d.rules for t in tests(r.when)]
    return all(t.one_of is None or t.excluded is None for t in found)
