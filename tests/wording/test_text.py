"""Tests of texts in both languages: blanks that are all filled, lists, and equality whenever the words are the same."""

from __future__ import annotations

import copy
import pickle

import pytest

from reformkit.text import COMMA, Text

RESULT = Text("结论为“{label}”，共{number}件", "the result is “{label}”, {number} in all")
START = Text("启动", "Start")


def test_a_blank_is_filled_in_each_language() -> None:
    assert RESULT.fill(label=START, number=3) == Text("结论为“启动”，共3件", "the result is “Start”, 3 in all")


@pytest.mark.parametrize(
    "values", [{}, {"label": "x"}, {"label": "x", "number": 1, "more": 2}, {"labels": "x", "number": 1}]
)
def test_a_blank_left_open_and_a_value_without_a_blank_are_refused(values: dict[str, str | int]) -> None:
    with pytest.raises(ValueError, match="the blanks of"):
        RESULT.fill(**values)


def test_a_language_may_need_a_value_that_the_other_does_not() -> None:
    words = Text("等{number}条", "and {more} more")
    assert words.fill(number=8, more=2) == Text("等8条", "and 2 more")
    with pytest.raises(ValueError, match="the blanks of"):
        words.fill(number=8)


def test_braces_in_a_value_and_doubled_ones_are_words() -> None:
    assert Text.same("{{{name}}}").fill(name="{name}").zh == "{{name}}"


def test_what_is_filled_is_not_filled_again() -> None:
    with pytest.raises(TypeError, match="filled once"):
        RESULT.fill(label="{number}", number=1).fill(number=2)


def test_numbers_may_have_a_format_and_nothing_may_have_a_conversion() -> None:
    assert Text.same("{share:.1f}% {rows:,}").fill(share=12.25, rows=12000).en == "12.2% 12,000"
    with pytest.raises(ValueError, match="a name and a format"):
        Text.same("{name!r}").fill(name="x")


def test_words_made_when_they_are_said_are_a_text_like_any_other() -> None:
    made = COMMA.join([START, Text.same("{name}").fill(name="B")])
    plain = Text("启动、B", "Start, B")
    assert made == plain
    assert plain == made
    assert hash(made) == hash(plain)
    assert repr(made) == repr(plain)
    for other in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert type(other) is Text
        assert other == plain
    assert made != Text("启动、B", "start, B")


def test_a_list_of_none_is_empty_in_both_languages() -> None:
    assert COMMA.join([]) == Text("", "")


def test_only_english_has_small_letters_within_a_sentence() -> None:
    assert Text("Excel 表", "Excel table").within() == Text("Excel 表", "excel table")
    assert Text("县纪委", "CDI of the county").within().en == "CDI of the county"
