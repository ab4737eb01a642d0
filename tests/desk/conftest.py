"""The bundled rulebook on a desk, and a small one in memory that tests may change."""

from __future__ import annotations

from pathlib import Path

import pytest

from reformkit.desk.desk import Desk
from reformkit.desk.workspace import FolderWorkspace, MemoryWorkspace
from tests.books import bundled_book

VOCABULARY = """\
fields:
  level: {type: choice, label: {zh: 层级, en: Level}, ask: {zh: 哪一级？, en: Which level?}, values: {county: 县级, city: 市级}}
  people: {type: count, label: 人数, ask: 多少人？}
  urgent: {type: flag, label: 紧急, ask: 紧急吗？}
"""
WAY = """\
# The order matters.
decision: way
title: {zh: 办法, en: The way}
hit: first
outcomes: {fast: {zh: 快办, en: Fast}, slow: {zh: 慢办, en: Slow}}
rules:
  - id: W-1
    title: 紧急的快办
    when: {urgent: true}
    then: fast
    because: 紧急
  # Many people.
  - id: W-2
    when:
      level: county
      people: {at_least: $many}
    then: fast  # for the county
    basis: {kind: assumption, at: 由本规则册设定}
otherwise: slow
"""
PARAMETERS = """\
parameters:
  many:
    label: {zh: 人数线, en: Many}
    values:
      - {value: 3}
"""
CASES = "id,level,people,urgent\nX-1,county,3,false\nX-2,county,2,false\nX-3,city,9,true\n"
FIXTURES = """\
- id: F-1
  name: 县级三人快办
  level: county
  people: 3
  urgent: false
  expect: {way: fast, rules: {way: W-2}}
"""
FILES = {
    "rulebook.yaml": "name: small\nversion: 1\nlanguage: 2\nvocabulary: words.yaml\n",
    "words.yaml": VOCABULARY,
    "way.yaml": WAY,
    "parameters.yaml": PARAMETERS,
}


def small() -> MemoryWorkspace:
    """A rulebook of one decision, with three cases and a fixture."""
    files = {path: text.encode() for path, text in FILES.items()}
    return MemoryWorkspace("small", files, {"cases.csv": CASES.encode()}, {"way.cases.yaml": FIXTURES.encode()})


@pytest.fixture
def desk() -> Desk:
    """A desk over the small rulebook."""
    return Desk(small())


@pytest.fixture(scope="session")
def bundled() -> Desk:
    """A desk over the bundled rulebook with the year's cases; nothing is saved on it."""
    return Desk(FolderWorkspace(Path("rules/jiuyuan"), bundled_book(), [Path("examples/year/cases.csv")], locked=True))
