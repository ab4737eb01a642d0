"""Whatever a file holds, reading it gives models or problems: never a traceback, and no problem without a place."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reformkit.files.opening import read_cases
from reformkit.model.rulebook import Rulebook
from reformkit.problem import Problem
from reformkit.reading.library import check_references, read_library
from reformkit.reading.rulebook import read_rulebook
from tests.bad.reading import HERE

RULEBOOK: Rulebook = read_rulebook(HERE / "base" / "book")[0]  # type: ignore[assignment]
BOOK = sorted((HERE / "base" / "book").glob("*.yaml"))
MEASURES = sorted((HERE / "base" / "measures").glob("*.yaml"))
CASES = {
    "cases.yaml": "- {id: A-1, 机关层级: 县级, people: 3, causes: [absent], findings: [{cause: absent, matter: works}]}\n- id: A-2\n",
    "cases.json": '[{"id": "A-1", "people": 3, "causes": ["absent"], "unit": "\\u7532"}, {"id": "A-2", "this_year": true}]',
    "cases.jsonl": '{"id": "A-1", "findings": []}\n{"id": "A-2", "decided_on": "2022-03-01"}\n',
    "cases.csv": 'id,机关层级,people,causes,unit\nA-1,县级,3,absent;top_leader,"甲,\n乙"\nA-2,,,无,丙\n',
}

BLANK = ["\t", "\u00a0", "\u200b", "\ufeff", "\x00", "\x85", "\u2028", "\n", "\r", "---\n", "|\n", ": ", "- ", "? "]
VISIBLE = "： ， “ ［ & &a *a << !!x ~ { } [ ] \" ' > # % @ ` $ \\ \\ud800 , ; ； no 010 1e999 .nan 2025-02-30 null true 无 县级 level"
SPICE = st.sampled_from([*BLANK, *VISIBLE.split(), "9" * 5000])


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> bytes:
    """A good text with a few pieces cut out, repeated or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        piece = draw(st.one_of(SPICE, st.text(max_size=8), st.just(text[start:end] * 2)))
        text = text[:start] + piece + text[end:]
    encoding = draw(st.sampled_from(["utf-8"] * 6 + ["gb18030", "utf-16", "utf-8-sig"]))
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(HERE / "base", name, dirs_exist_ok=True)
        yield Path(name)


def check(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.path
        assert problem.line >= 1
        assert problem.column >= 1
        json.dumps(problem.to_dict(), ensure_ascii=False).encode()
        f"{problem} {problem.excerpt}".encode()


def read_all(folder: Path) -> None:
    rulebook, measures, problems = read_rulebook(folder / "book")
    check(problems)
    assert rulebook is not None or problems
    if rulebook is not None and measures is not None:
        library, problems = read_library(measures, rulebook.vocabulary)
        assert library is not None or problems
        check(problems + check_references(rulebook, library))


@pytest.mark.parametrize("name", ["book/procedure.yaml", "measures/power.yaml"])
def test_rules_are_read_whatever_word_is_lost_to_the_parser(name: str, folder: Path) -> None:
    """An alias stands for nothing that is read; it has been reported, and no reader takes its absence for another."""
    path = folder / name
    good = path.read_text("utf-8")
    try:
        for event in yaml.parse(good):
            if isinstance(event, yaml.ScalarEvent):
                path.write_text(f"{good[: event.start_mark.index]}*a {good[event.end_mark.index :]}", "utf-8")
                read_all(folder)
    finally:
        path.write_text(good, "utf-8")


@pytest.mark.parametrize("good", BOOK + MEASURES, ids=lambda path: path.name)
@given(data=st.data())
def test_spoilt_rules_and_measures_are_problems(good: Path, folder: Path, data: st.DataObject) -> None:
    path = folder / good.parent.name / good.name
    path.write_bytes(data.draw(spoilt(good.read_text("utf-8"))))
    try:
        read_all(folder)
    finally:
        shutil.copy(good, path)


@pytest.mark.parametrize("name", CASES)
@given(data=st.data())
def test_spoilt_cases_are_problems(name: str, folder: Path, data: st.DataObject) -> None:
    path = folder / name
    path.write_bytes(data.draw(st.one_of(spoilt(CASES[name]), st.binary(max_size=200), st.text().map(_encoded))))
    check(read_cases(path, RULEBOOK).problems)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@given(content=st.binary(max_size=300))
def test_any_bytes_for_a_decision_are_problems(folder: Path, content: bytes) -> None:
    path = folder / "book" / "any.yaml"
    path.write_bytes(content)
    try:
        read_all(folder)
    finally:
        path.unlink()


@given(value=st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "level", "causes", "findings", "unit", "any", "decision", "rules"]), inner, max_size=3), max_leaves=12))  # fmt: skip
def test_any_shape_is_a_problem_or_a_case(folder: Path, value: object) -> None:
    path = folder / "shape.json"
    path.write_text(json.dumps(value), "utf-8")
    check(read_cases(path, RULEBOOK).problems)
    decision = folder / "book" / "any.yaml"
    decision.write_text(json.dumps(value), "utf-8")
    try:
        read_all(folder)
    finally:
        decision.unlink()
