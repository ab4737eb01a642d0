"""Tests of facts in words: plain where there is a plain word, and saying just what is asked."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reformkit.deciding.meaning import test_holds as holds
from reformkit.model.condition import Test, parameters
from reformkit.model.vocabulary import Choice, Field
from reformkit.testing.stating import plain_values
from reformkit.text import Text
from reformkit.wording.values import opposite, say_test
from tests.agreement.rulebooks import FIELDS, a_test

FORM = Field(
    name="form",
    type="choice",
    label=Text("处置形态", "form"),
    values={id: Choice(id=id, label=Text(zh, id)) for id, zh in (("first", "第一种形态"), ("second", "第二种形态"))},
)
PASSED = Field(name="passed", type="flag", label=Text("通过", "passed"))
PEOPLE = Field(name="people", type="count", label=Text("涉案人数", "people"))


@pytest.mark.parametrize(
    ("field", "test", "zh", "en"),
    [
        (PASSED, {"excluded": {"one_of": (True,)}}, "否", "no"),
        (PEOPLE, {"excluded": {"at_least": 2}}, "少于2", "less than 2"),
        (FORM, {"excluded": {"one_of": ("first",)}}, "不是第一种形态", "not first"),
        (FORM, {"excluded": {"one_of": ("first", "second")}}, "除第一种形态、第二种形态以外", "none of first, second"),
        (FORM, {"known": False}, "未知", "not known"),
        (FORM, {"known": False, "one_of": ("first",)}, "未知（实际第一种形态）", "not known (in truth first)"),
        (FORM, {"known": True, "one_of": ("first",)}, "已知且第一种形态", "known and first"),
    ],
)
def test_what_is_excluded_or_unknown_is_said_plainly(field: Field, test: dict[str, Any], zh: str, en: str) -> None:
    said = Test.model_validate({"fact": field.name, **_with_fact(test, field.name)})
    assert say_test(field, said) == Text(zh, en)


def _with_fact(test: dict[str, Any], fact: str) -> dict[str, Any]:
    return {key: {"fact": fact, **part} if key == "excluded" else part for key, part in test.items()}


@given(st.data())
def test_an_opposite_holds_just_where_the_test_does_not(data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(list(FIELDS.values())))
    test = data.draw(a_test([field]))
    assume(not list(parameters(test)))
    turned = opposite(field, test)
    if turned is not None:
        for value, known in product(plain_values(field, [test]), (True, False)):
            assert holds(turned, value, known) is not holds(test, value, known)
