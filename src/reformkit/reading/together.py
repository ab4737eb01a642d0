"""What only shows when all facts of a vocabulary are known: labels that clash, facts derived from the wrong ones."""

from __future__ import annotations

from collections.abc import Mapping

from reformkit.model.vocabulary import Field
from reformkit.parsing.report import Report
from reformkit.reading import keywords
from reformkit.reading.as_written import TAG_SEPARATORS
from reformkit.reading.form import quoted
from reformkit.reading.words import check_unambiguous
from reformkit.text import Text

_DERIVES = {
    "same_year": ("flag", "date"),
    "days_since": ("count", "date"),
    "group_of": ("tags", "tags"),
    "findings": ("tags", None),
}
_CAUSE = "cause"
_VALUE = Text("取值“{id}”", "the value `{id}`")


def check_together(fields: Mapping[str, Field], report: Report) -> None:
    """What only shows when all facts are known: labels that clash, and facts derived from the wrong ones."""
    check_unambiguous(fields, report, keywords.RESERVED_FACTS)
    for field in fields.values():
        if field.type == "tags":
            _check_labels(field, report)
        derived = field.derived
        if derived is None:
            continue
        key, name = next((k, v) for k in _DERIVES if (v := getattr(derived, k)) is not None)
        own, wanted = _DERIVES[key]
        other = fields.get(name) if key != "findings" else None
        if name not in fields and name != _CAUSE:
            report.add("RK129", derived.place, word=name, hint="")
        elif field.type != own or (other is not None and other.type != wanted) or other is field:
            report.add("RK150", derived.place, fact=field, key=key, own=_said(own), other=_said(wanted or own))
        elif key == "group_of" and other is not None:
            _check_groups(field, other, report)
    _check_rings(fields, report)


def _check_labels(field: Field, report: Report) -> None:
    """No label of a tag may hold what separates tags in a table."""
    for item in field.values.values():
        found = next((char for char in TAG_SEPARATORS if char in item.label.zh), None)
        if found is not None:
            report.add("RK822", item.place, word=item.id, char=found)


def _check_rings(fields: Mapping[str, Field], report: Report) -> None:
    """No fact may be derived from itself by way of others."""
    over = {name: field.derived.group_of for name, field in fields.items() if field.derived}
    for name, field in fields.items():
        ring, seen = over.get(name), {name}
        while ring and ring not in seen:
            seen.add(ring)
            ring = over.get(ring)
        if ring == name and len(seen) > 1:
            report.add("RK160", field.place, fact=field)


def _check_groups(field: Field, other: Field, report: Report) -> None:
    """Every value of the other fact must belong to a group, and the group must be a value of this one."""
    for item in other.values.values():
        if item.group is None:
            report.add("RK121", item.place, what=_VALUE.fill(id=item.id), key=quoted("group", "group"))
        elif item.group not in field.values:
            report.add("RK151", item.place, fact=field, word=item.id, group=item.group)


def _said(kind: str) -> Text:
    return Text(keywords.FIELD_TYPES[kind], kind)
