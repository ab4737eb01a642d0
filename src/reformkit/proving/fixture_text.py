"""A fixture as YAML that can be pasted into a fixture file, in ids or in Chinese labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from reformkit.model.vocabulary import Field
from reformkit.reading import keywords
from reformkit.text import Lang

_KEYS = {"id": "编号", **keywords.OF_FIXTURES}
_EXPECTED = {**keywords.OF_EXPECTATIONS, **keywords.OF_DECISIONS}


def fixture_text(fixture: Mapping[str, Any], fields: Mapping[str, Field], lang: Lang = "zh") -> str:
    """One fixture, given in ids, as an item of a list.

    >>> print(fixture_text({"id": "X-1", "expect": {}}, {}), end="")
    - 编号: X-1
      预期: {}
    """
    said = dict(fixture) if lang == "en" else _in_chinese(fixture, fields)
    return yaml.safe_dump([said], allow_unicode=True, sort_keys=False, width=10_000)


def _in_chinese(fixture: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in fixture.items():
        if name == "expect":
            said[_KEYS[name]] = {_name(key, fields): _expected(key, wanted, fields) for key, wanted in value.items()}
        elif name in fields:
            said[fields[name].label.zh] = _value(value, fields[name])
        else:
            said[_KEYS.get(name, name)] = value
    return said


def _name(key: str, fields: Mapping[str, Field]) -> str:
    return _EXPECTED[key] if key in _EXPECTED else fields[key].label.zh


def _expected(key: str, wanted: Any, fields: Mapping[str, Field]) -> Any:
    if key == "rules":
        return {_name(decision, fields): rule for decision, rule in wanted.items()}
    if not isinstance(wanted, Mapping):
        return _value(wanted, fields[key])
    words = {"status": keywords.STATUSES}
    return {
        _EXPECTED[part]: words[part].get(said, said) if part in words else _value(said, fields[key])
        for part, said in wanted.items()
    }


def _value(value: Any, field: Field) -> Any:
    if isinstance(value, list):
        return [_value(item, field) for item in value]
    if isinstance(value, bool):
        return (keywords.TRUE if value else keywords.FALSE)[1]
    return field.values[value].label.zh if isinstance(value, str) and value in field.values else value
