"""What a line is, to the byte."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformkit.keeping.line import MOST_NUMBER, START, Anchor, Head, Line, canonical, chained, named_files
from reformkit.problem import RefusedError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST_NUMBER, MOST_NUMBER) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXTS, VALUES, max_size=5)


def by_hand(value: Any) -> str:
    """The canonical text, written apart from the description of `line`."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
            return '"' + "".join(short.get(c, c if c >= " " else f"\\u{ord(c):04x}") for c in value) + '"'
        case list():
            return "[" + ",".join(map(by_hand, value)) + "]"
    return "{" + ",".join(f"{by_hand(key)}:{by_hand(value[key])}" for key in sorted(value)) + "}"


@given(OBJECTS)
def test_an_object_has_the_one_text_that_the_description_gives(said: dict[str, Any]) -> None:
    text = canonical(said)
    assert text == by_hand(said)
    assert json.loads(text) == said
    assert Line.read(text, "").is_canonical()
    assert "\n" not in text


@given(OBJECTS)
def test_another_way_of_writing_the_same_is_not_canonical(said: dict[str, Any]) -> None:
    loose = json.dumps(said, ensure_ascii=False, sort_keys=True)
    assert Line.read(loose, "").is_canonical() == (loose == canonical(said))


def test_everything_that_no_line_can_hold_is_named_at_once() -> None:
    deep: Any = "x"
    for _ in range(40):
        deep = [deep]
    said = {"a": 1.5, "b": [2**60, {"c": "\ud800"}], "d": {1: "x"}, "e": {1, 2}, "f": deep}
    with pytest.raises(RefusedError) as refused:
        canonical(said)
    assert [(p.code, p.values["where"]) for p in refused.value.problems] == [
        ("RK527", "a"),
        ("RK527", "b[1]"),
        ("RK527", "b[2].c"),
        ("RK527", "d.1"),
        ("RK527", "e"),
        ("RK527", "f" + "[1]" * 31),
    ]
    assert refused.value.problems[0].message("zh") == "这一条不能写入台账：“a”是 float 类型的值，不能保存"
    assert refused.value.problems[2].message("en") == (
        "this cannot be written to the ledger: `b[2].c` holds the character U+D800, which cannot be kept"
    )


def test_a_text_longer_than_the_limit_is_refused() -> None:
    with pytest.raises(RefusedError, match="more than 1000000 characters"):
        canonical({"a": "x" * 1_000_000})


def test_text_is_kept_as_it_was_said_and_not_normalised() -> None:
    assert canonical({"名": "\uf900 e\u0301 ①"}) == '{"名":"\uf900 e\u0301 ①"}'


def test_a_hash_stands_for_the_hash_before_it_and_the_line() -> None:
    assert chained(START, '{"说":1}') == hashlib.sha256(b"0" * 64 + '{"说":1}'.encode()).hexdigest()


@pytest.mark.parametrize("text", ["[]", "1", "", "{", '{"a":' * 100_000, '{"a":' + "9" * 5000 + "}"])
def test_what_is_no_object_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        Line.read(text, "")


@pytest.mark.parametrize(
    "words", ["12:" + "a" * 16, " 12 : AAAA AAAA aaaa aaaa ", "１２：" + "ａ" * 16, "12:" + "a" * 64]
)
def test_an_anchor_is_read_as_people_copy_it(words: str) -> None:
    anchor = Anchor.read(words)
    assert (anchor.seq, anchor.digits[:16]) == (12, "a" * 16)
    assert Anchor.read(Head(12, "a" * 64, None).anchor) == Anchor(12, "a" * 16)


@pytest.mark.parametrize(
    "words", ["", "12", "12:abc", "x:" + "a" * 16, "12:" + "g" * 16, "12:" + "a" * 65, "-1:" + "a" * 16]
)
def test_what_is_no_anchor_is_a_value_error(words: str) -> None:
    with pytest.raises(ValueError):
        Anchor.read(words)


def test_files_are_found_wherever_an_act_names_them() -> None:
    one, two = {"sha256": "a" * 64, "bytes": 3}, {"sha256": "b" * 64, "bytes": 4, "name": "x"}
    assert list(named_files({"evidence": [one], "data": {"file": two, "n": 1}, "sha256": "c" * 64})) == [
        ("a" * 64, 3),
        ("b" * 64, 4),
    ]
