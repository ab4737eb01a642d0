"""A line that is read without places first says what it says when read with them, and the same is wrong with it."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformkit.files.opening import read_cases
from reformkit.intake import json_lines
from reformkit.intake.json_lines import quick_tree
from reformkit.parsing.located_json import read_json
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Lost, Mapping, Scalar, Sequence, Tree
from reformkit.problem import NOWHERE
from tests.reading.test_cases import RULEBOOK

_KEYS = st.sampled_from(
    [
        "id",
        "编号",
        "level",
        "机关层级",
        "people",
        "decided_on",
        "this_year",
        "unit",
        "causes",
        "findings",
        "name",
        "levle",
    ]
)
_WORDS = st.sampled_from(
    ["A-1", "县级", "county", "三", "2022-03-01", "是", "无制度", " ", "", "a\u0007b", "\ud800", "甲\n乙"]
)
_SCALARS = _WORDS | st.none() | st.booleans() | st.sampled_from([3, 3.0, -0, 10**30, float("nan")])
_FINDINGS = st.dictionaries(st.sampled_from(["cause", "matter", "证据", "x"]), _SCALARS, max_size=3)
_VALUES = _SCALARS | st.lists(_WORDS | _FINDINGS, max_size=3) | _FINDINGS
_PAIRS = st.lists(st.tuples(_KEYS, _VALUES), max_size=6)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line of JSON, perhaps spoilt in one place."""
    ascii_only, pairs = draw(st.booleans()), [("id", draw(_WORDS)), *draw(_PAIRS)]
    said = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=ascii_only)}" for k, v in pairs]
    line = draw(st.sampled_from(["", " ", "\t "])) + "{" + ", ".join(said) + "}"
    if draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(0, len(line)))
        line = line[:at] + draw(st.sampled_from(["", ",", '"', "}", "[", "01", "\\", "x"])) + line[at + 1 :]
    return line


@given(text=st.lists(lines(), max_size=5))
def test_lines_say_the_same_and_have_the_same_problems(
    text: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("lines") / "cases.jsonl"
    path.write_bytes("\n".join(text).encode("utf-8", "surrogatepass"))
    quick = read_cases(path, RULEBOOK)
    with patch.object(json_lines, "_quick", lambda line, reader: None):
        slow = read_cases(path, RULEBOOK)
    assert quick == slow
    assert [case.place for case in quick.cases] == [case.place for case in slow.cases]


def plain(node: Tree) -> Any:
    """A tree without its places."""
    match node:
        case Scalar():
            return node.text, node.quoted
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {"pairs": [(plain(key), plain(value)) for key, value in node.pairs]}
        case Lost():
            return None


@given(line=lines())
def test_a_quick_tree_is_that_of_the_reader_or_none(line: str) -> None:
    report = Report()
    slow = read_json("x", line, report)
    try:
        quick = quick_tree(line)
    except Exception:
        return
    assert not report.problems()
    assert slow is not None and plain(quick) == plain(slow)


@pytest.mark.parametrize(
    "line", ["[" * 65 + "]" * 65, "[" * 100_000, '{"id": NaN}', '{"id": "\\u0000"}', '{"id": 01}', "{'id': 1}", "{} {}"]
)
def test_what_has_problems_has_no_quick_tree(line: str) -> None:
    report = Report()
    read_json("x", line, report)
    assert report.problems()
    with pytest.raises((ValueError, RecursionError, json_lines._Doubtful)):
        quick_tree(line)


def test_most_lines_are_quick() -> None:
    assert quick_tree('{"id": "\\u53bf\\u7ea7", "people": 3}') == Mapping(
        NOWHERE,
        [
            (Scalar("id", True, NOWHERE), Scalar("县级", True, NOWHERE)),
            (Scalar("people", True, NOWHERE), Scalar("3", False, NOWHERE)),
        ],
    )
