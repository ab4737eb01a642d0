"""Facts that follow from facts that follow: every way to decide is held to a reference that shares nothing with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reformkit
from reformkit.book import Book
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.frames.findings import FINDINGS
from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.model.vocabulary import Choice, Derived, Field, Vocabulary
from reformkit.text import Text
from tests.agreement.frames import as_frame
from tests.agreement.reference import completed, with_nothing_derived
from tests.agreement.rulebooks import DAY, DAYS, a_decision

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "decided_on": st.one_of(st.sampled_from(DAYS), st.dates(date(2021, 12, 1), date(2024, 12, 31))),
    "this_year": st.booleans(),
    "low": st.frozensets(st.sampled_from("pqrs")),
    "mid": st.frozensets(st.sampled_from("abc")),
    "top": st.frozensets(st.sampled_from("xy")),
    "peak": st.frozensets(st.sampled_from("K")),
}


def _tags(name: str, groups: dict[str, str], **parts: Any) -> Field:
    values = {tag: Choice(id=tag, label=Text.same(tag.upper()), group=group or None) for tag, group in groups.items()}
    return Field(name=name, type="tags", label=Text.same(name), values=values, **parts)


def _derived(**how: Any) -> dict[str, Any]:
    return {"derived": Derived(**how), "source": "derived"}


FIELDS = [
    Field(name="decided_on", type="date", label=Text.same("decided on")),
    Field(name="this_year", type="flag", label=Text.same("this year"), **_derived(same_year="decided_on")),
    _tags("low", {"p": "a", "q": "a", "r": "b", "s": "c"}),
    _tags("mid", {"a": "x", "b": "y", "c": "y"}, **_derived(group_of="low")),
    _tags("top", {"x": "K", "y": "K"}, **_derived(group_of="mid")),
    _tags("peak", {"K": ""}, **_derived(group_of="top")),
]


@st.composite
def a_rulebook(draw: st.DrawFn) -> Rulebook:
    """Two decisions over facts that follow from each other, declared in any order; most tests are of what follows."""
    fields = {field.name: field for field in draw(st.permutations(FIELDS))}
    names = draw(st.lists(st.sampled_from(["this_year", "top", "peak", "mid", "low"]), min_size=1, unique=True))
    tested = [fields[name] for name in names]
    tables: dict[str, DecisionTable] = {"d0": draw(a_decision("d0", tested)), "d1": draw(a_decision("d1", tested))}
    return Rulebook(name="t", title=Text.same("t"), vocabulary=Vocabulary(fields=fields), decisions=tables)


@st.composite
def some_facts(draw: st.DrawFn) -> dict[str, Any]:
    """What is derived is stated now and then too; a third of all is unknown."""
    rarely = {"this_year": 5, "mid": 5, "top": 5, "peak": 5}
    return {name: draw(values) for name, values in VALUES.items() if draw(st.integers(0, rarely.get(name, 2))) == 0}


@settings(max_examples=settings().max_examples)
@given(a_rulebook(), st.lists(some_facts(), min_size=1, max_size=5), DAY)
def test_every_way_says_what_follows(rulebook: Rulebook, cases: list[dict[str, Any]], day: date | None) -> None:
    book, plain = Book(rulebook), Book(with_nothing_derived(rulebook))
    try:
        session = book.session(by="compiled", as_of=day)
        for number, facts in enumerate(cases):
            session.tell(f"c{number}", facts)
        frame = book.assess_frame(as_frame(cases, rulebook.vocabulary.fields), as_of=day)
    except TooManyBoxes:
        return
    for number, facts in enumerate(cases):
        told = completed(rulebook.vocabulary, facts, day)
        assessed = book.assess({"id": "c", **facts}, as_of=day)
        for name in rulebook.decisions:
            wanted = plain.decide(name, told, day or facts.get("decided_on"), by="meaning").answer
            assert book.decide(name, facts, day).answer == wanted
            assert book.decide(name, facts, day, by="meaning").answer == wanted
            assert assessed.decisions[name].answer == wanted
            assert session[f"c{number}"].decisions[name].answer == wanted
            assert frame[f"{name}_status"][number] == wanted.status


@pytest.mark.parametrize("by", ["compiled", "meaning", "durable"])
def test_a_group_of_a_group_is_derived_where_only_it_is_tested(tmp_path: Path, by: Any) -> None:
    book = _groups_of_groups(tmp_path)
    assert book.decide("d", {"low": ["l1"]}, by=by).rule == "R1"
    assert book.decide("d", {"low": ["l2"]}, by=by).rule is None
    assert book.decide("d", {}, by=by).rule == "R0"
    frame = book.decide_frame("d", pl.DataFrame({"low": [["l1"], ["l2"], None]}))
    assert frame["d_rule"].to_list() == ["R1", None, "R0"]
    with book.session(by=by) as session:
        session.tell("A", low=["l1"])
        assert session["A"].decisions["d"].rule == "R1"


def _groups_of_groups(folder: Path) -> Book:
    (folder / "rulebook.yaml").write_text("name: a\nvocabulary: vocabulary.yaml\n", encoding="utf-8")
    (folder / "vocabulary.yaml").write_text(
        """fields:
  top: {type: tags, label: 大类, derived: {group_of: mid}, values: {t1: 甲, t2: 乙}}
  mid:
    type: tags
    label: 中类
    derived: {group_of: low}
    values: {m1: {label: 丙, group: t1}, m2: {label: 丁, group: t2}}
  low: {type: tags, label: 小类, values: {l1: {label: 戊, group: m1}, l2: {label: 己, group: m2}}}
""",
        encoding="utf-8",
    )
    (folder / "d.yaml").write_text(
        """decision: d
hit: first
outcomes: {x: X, y: Y}
rules:
  - {id: R0, when: {top: {known: false}}, then: y}
  - {id: R1, when: {top: {includes: t1}}, then: x}
otherwise: y
""",
        encoding="utf-8",
    )
    return reformkit.load(folder)


MATTERS = """fields:
  causes: {type: tags, label: 症结, values: {c: 丙}, derived: {findings: cause}}
  matters: {type: tags, label: 所涉事项, derived: {findings: matter}}
  matter: {type: choice, of_finding: true, label: 事项, values: {m: 子, n: 丑}}
"""
RULES = """decision: d
hit: first
outcomes: {x: X, y: Y}
rules:
  - {id: R1, when: {matters: {includes: m}}, then: x}
otherwise: y
"""
SAID = [
    ({"findings": [{"cause": "c", "matter": "m"}]}, {"m"}, "x"),
    ({"findings": [{"cause": "c", "matter": "n"}, {"cause": "c", "matter": "m"}]}, {"m", "n"}, "x"),
    ({"findings": [{"cause": "c", "matter": "n"}]}, {"n"}, "y"),
    ({"findings": []}, set(), "y"),
    ({"findings": [{"cause": "c", "matter": "m"}, {"cause": "c"}]}, None, None),
    ({"findings": [{"cause": "c", "matter": "m"}, {"cause": "c"}], "matters": ["n"]}, {"m", "n"}, "x"),
    ({"findings": [{"cause": "c"}], "matters": ["m"]}, {"m"}, "x"),
    ({"matters": ["m"]}, {"m"}, "x"),
    ({"causes": ["c"]}, None, None),
]
"""A case, the matters that it is known to have, and what is decided of it."""


def test_the_matters_of_findings_are_gathered_however_they_are_given(tmp_path: Path) -> None:
    for name, text in (("vocabulary", MATTERS), ("d", RULES), ("rulebook", "name: a\nvocabulary: vocabulary.yaml\n")):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    book = reformkit.load(tmp_path)
    session = book.session(by="compiled")
    columns: dict[str, pl.Series] = {}
    for name, kind in (("causes", pl.List(pl.String)), ("matters", pl.List(pl.String)), ("findings", FINDINGS)):
        columns[name] = pl.Series(name, [said.get(name) for said, _, _ in SAID], dtype=kind)
    rows = book.decide_frame("d", pl.DataFrame(columns))["d"].to_list()
    for number, (said, matters, outcome) in enumerate(SAID):
        case = {"id": f"c{number}", **said}
        assert book.checker.case(case).facts.get("matters") == matters
        assert book.assess(case).decisions["d"].outcome == outcome
        session.tell(f"c{number}", said)
        assert session[f"c{number}"].decisions["d"].outcome == outcome
        assert rows[number] == outcome
    changes = session.tell("c2", matters=["m"])
    assert [(change.outcome, change.facts) for change in changes] == [("x", ("matters",))]
    changes = session.retract("c2", "matters")
    assert [change.outcome for change in changes] == ["y"]
    changes = session.tell("c2", findings=[{"cause": "c", "matter": "m"}])
    assert [(change.outcome, change.facts) for change in changes] == [("x", ("findings",))]
