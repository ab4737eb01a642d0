"""A hint leads to the word that was meant, never to its opposite."""

from __future__ import annotations

import pytest

import reformkit
from reformkit.reading.words import Words, are_opposite

FIELDS = reformkit.load().rulebook.fields


def _words(fact: str) -> Words:
    return Words({name: item.label.zh for name, item in FIELDS[fact].values.items()})


@pytest.mark.parametrize("fact", [name for name, field in FIELDS.items() if field.values])
def test_a_negated_label_is_never_answered_with_the_label(fact: str) -> None:
    words = _words(fact)
    for item in FIELDS[fact].values.values():
        label = item.label.zh
        for negated in (
            f"不{label}",
            f"非{label}",
            f"未{label}",
            f"没{label}",
            f"{label}不",
            label.replace("已", "未"),
        ):
            if words.find(negated) is None and are_opposite(negated, label):
                assert f"“{label}”" not in words.hint(negated).zh, negated


@pytest.mark.parametrize("fact", [name for name, field in FIELDS.items() if field.values])
def test_what_begins_a_label_leads_to_one_that_begins_so(fact: str) -> None:
    words = _words(fact)
    labels = [item.label.zh for item in FIELDS[fact].values.values()]
    for label in labels:
        begun = label[: max(2, len(label) // 2)]
        if words.find(begun) is None and not are_opposite(begun, label):
            assert any(f"“{other}”" in words.hint(begun).zh for other in labels if other.startswith(begun)), begun


@pytest.mark.parametrize(
    ("fact", "typed", "hint"),
    [
        ("coordinator_gate", "不通过", "未通过"),
        ("coordinator_gate", "没通过", "未通过"),
        ("coordinator_gate", "通過", "通过"),
        ("authority_level", "县极", "县级"),
        ("layer", "点", "点（新办理个案促改）"),
    ],
)
def test_what_was_meant_is_named(fact: str, typed: str, hint: str) -> None:
    assert _words(fact).hint(typed).zh == f"，最接近的是“{hint}”"


def test_a_label_where_an_id_is_wanted_leads_to_the_id() -> None:
    with pytest.raises(reformkit.CaseError) as raised:
        reformkit.load().assess({"authority_level": "县级"})
    assert "; write `county`" in raised.value.problems[0].message("en")
    assert "the nearest is `县级`" not in raised.value.problems[0].message("en")


def test_brackets_that_a_label_has_are_no_fault() -> None:
    assert "全角" not in _words("layer").hint("点（新办理个案促攻）").zh
