"""A text that cannot be read is blamed on the line with the fault, not on the line where a parser stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from reformkit.parsing.located_json import read_json
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source

YAML = """\
decision: startup
title: {zh: "是否，启动", en: "Whether it starts"}
hit: first
outcomes:
  start: {zh: "启动", en: "Start"}
rules:
  - id: S-1
    when:
      count: {more_than: 3}
      level: [county, "city"]
    then: start
    because:
      zh: "本案人数多，依“报告”启动"
      en: "because: many"
  - id: S-2
    title: {zh: 甲，乙, en: "a, b"}
    when:
      any:
        - count: 3
        - level: county
    then: start
otherwise: "no"
"""
JSON = """\
{"cases": [
  {"id": "A-1", "region": "九原区",
   "unit": "甲，乙", "tags": ["a", "b"]},
  {"id": "A-2",
   "region": "九原区"}
]}
"""
LINES = YAML.splitlines(keepends=True)


def _faulty() -> Iterator[tuple[str, int, str]]:
    """What was done, on which line, and the line as it is then."""
    for number, line in enumerate(LINES, 1):
        for quote in [m.end() for m in re.finditer('"[^"]*"', line)]:
            yield "a quote is not closed", number, line[: quote - 1] + line[quote:]
        for bracket in [m.start() for m in re.finditer(r"[]}{]", line)]:
            yield f"no {line[bracket]}", number, line[:bracket] + line[bracket + 1 :]
        own = len(line) - len(line.lstrip())
        for wrong in {own - 1, own + 1} if own else ():
            yield f"{wrong} blanks for {own}", number, " " * wrong + line.lstrip()
        key = re.match(r" *(?:- )?\w+:", line)
        if key is not None:
            yield "no colon", number, line[: key.end() - 1] + line[key.end() :]


def _is_read(fault: str, number: int, line: str) -> bool:
    """Whether the text can be read all the same, such as with a single key further in."""
    return (
        read_yaml(Source("startup.yaml", "".join([*LINES[: number - 1], line, *LINES[number:]])), Report()) is not None
    )


def test_most_faults_cannot_be_read() -> None:
    assert sum(not _is_read(*faulty) for faulty in _faulty()) > 60


@pytest.mark.parametrize(("fault", "number", "line"), [faulty for faulty in _faulty() if not _is_read(*faulty)])
def test_the_line_with_the_fault_is_named(fault: str, number: int, line: str) -> None:
    report = Report()
    read_yaml(Source("startup.yaml", "".join([*LINES[: number - 1], line, *LINES[number:]])), report)
    assert [(problem.code, problem.place.line) for problem in report.problems()] == [("RK111", number)]


@pytest.mark.parametrize("line", range(1, 5))
def test_a_quote_of_json_is_blamed_where_it_opens(line: int) -> None:
    lines = JSON.splitlines(keepends=True)
    for found in re.finditer('"[^"]*"', lines[line - 1]):
        spoilt = lines[line - 1][: found.end() - 1] + lines[line - 1][found.end() :]
        report = Report()
        read_json("cases.json", "".join([*lines[: line - 1], spoilt, *lines[line:]]), report)
        places = [(problem.place.line, problem.place.column) for problem in report.problems()]
        assert places == [(line, found.start() + 1)]


def test_a_bracket_of_json_is_blamed_where_it_opens() -> None:
    report = Report()
    read_json("cases.json", JSON.replace("]}\n", "}\n"), report)
    assert [(p.place.line, p.place.column) for p in report.problems()] == [(1, 11)]


@pytest.mark.parametrize(
    ("typed", "column"), [("hit：first", 4), ("hit：“first”", 4), ("outcomes: ｛start： {zh: 启动}｝", 11)]
)
def test_a_look_alike_is_blamed_only_where_it_is_the_cause(typed: str, column: int) -> None:
    report = Report()
    read_yaml(Source("a.yaml", f"title: {{zh: 甲，乙, en: x}}\n{typed}\nend: 1\n"), report)
    assert [(p.code, p.place.line, p.place.column) for p in report.problems()] == [("RK112", 2, column)]


@pytest.mark.parametrize("blanks", [0, 1, 2, 3, 5, 6])
def test_the_second_key_of_a_first_item_belongs_where_its_first_key_begins(blanks: int) -> None:
    text = f"hit: first\nrules:\n  - id: S-1\n{' ' * blanks}title: 紧急\n    when: {{urgent: true}}\n    then: fast\n"
    report = Report()
    assert read_yaml(Source("way.yaml", text), report) is None
    (problem,) = report.problems()
    assert (problem.code, problem.place.line) == ("RK111", 4)
    assert f"前面有 {blanks} 个空格，多半应为 4 个" in problem.message("zh")
