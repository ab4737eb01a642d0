"""Fixtures: cases with what is expected to come out (`*.cases.yaml`)."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from reformkit.intake.case_trees import CaseReader
from reformkit.intake.cases import case_lexicon
from reformkit.intake.identifying import Ids
from reformkit.model.case import Case
from reformkit.model.gives import Amount
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report, line_said
from reformkit.parsing.source import Source
from reformkit.parsing.tree import Mapping, Scalar, Sequence, Tree
from reformkit.problem import Problem
from reformkit.reading import keywords
from reformkit.reading.choices import given_value
from reformkit.reading.form import (
    Form,
    date_of,
    entries,
    fixed_word,
    flag_of,
    mapping_of,
    no_day,
    quoted,
    scalar_of,
    sequence_of,
    words_of,
)
from reformkit.reading.keywords import Keys
from reformkit.reading.words import Words
from reformkit.text import Text

_FIXTURE, _EXPECT = Text("测试案件", "a fixture"), Text("预期", "what is expected")
_WANTED = Keys(Text("一项决策的预期", "what is expected of a decision"), may=tuple(keywords.OF_DECISIONS))
_OF_DECISIONS, _OF_MEASURES = Words(keywords.OF_DECISIONS), Words(keywords.OF_MEASURES)
_MEASURES = Keys(Text("措施的预期", "what is expected of measures"), may=tuple(keywords.OF_MEASURES))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is expected of one decision; what is None is not looked at.

    `rule` gives the outcome. Of a decision that collects, `holding` is a rule that is among those that hold, and
    `rules` are all of them. `gives`: what comes with an outcome, as outcome (None: the one there is), name and value.
    """

    status: str | None = None
    outcome: str | None = None
    outcomes: frozenset[str] | None = None
    possible: frozenset[str] | None = None
    needs: tuple[str, ...] | None = None
    rule: str | None = None
    holding: str | None = None
    rules: frozenset[str] | None = None
    gives: tuple[tuple[str | None, str, Amount | str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Fixture:
    """A case, the day and the other cases to assess it with, and what is expected to come out.

    `include` and `exclude` are measures that must and must not be recommended; an empty `include` says that
    nothing is, None that it is not looked at. `confirmed` is False while what is expected is only what came
    out when the fixture was written, and no person has yet said that it should.
    """

    case: Case
    name: str
    as_of: date | None
    history: tuple[Case, ...] | None
    decisions: dict[str, Wanted] = field(default_factory=dict)
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    confirmed: bool = True
    letter_on: date | None = None


def read_fixtures(
    path: str | os.PathLike[str], rulebook: Rulebook, measures: Collection[str] | None = None
) -> tuple[list[Fixture], list[Problem]]:
    """The good fixtures of a YAML file, and a problem for each fault of the others.

    `measures` are the ids that the library has; None, without a library, takes any.
    """
    report = Report()
    source = Source.read(os.fspath(path), report)
    tree = read_yaml(source, report) if source else None
    reader = _Reader(rulebook, measures, report)
    nodes = tree.items if isinstance(tree, Sequence) else [] if tree is None else [tree]
    if tree is not None and not nodes:
        report.add("RK177", tree.place)
    fixtures = [fixture for node in nodes if (fixture := reader.fixture(node)) is not None]
    return fixtures, report.problems()


class _Reader:
    def __init__(self, rulebook: Rulebook, measures: Collection[str] | None, report: Report) -> None:
        self._report = report
        self._tables = rulebook.decisions
        self._library = None if measures is None else Words({id: id for id in measures})
        self._ids = Ids()
        self._fields = rulebook.fields
        self._keys = Words(keywords.of_fixtures({field.label.zh for field in rulebook.fields.values()}))
        self._lexicon = case_lexicon(rulebook, report)
        self._cases = CaseReader(rulebook, self._lexicon, report)
        decisions = {name: self._fields[name].label.zh for name in rulebook.decisions}
        self._decisions = Words(decisions)
        self._expected = Words({**decisions, **keywords.OF_EXPECTATIONS})

    def fixture(self, node: Tree) -> Fixture | None:
        """A fixture, or None and its problems."""
        errors = self._report.errors
        case = self._cases.case(node)
        own = self._own(node) if isinstance(node, Mapping) else {}
        name = words_of(scalar_of(own.get("name"), quoted("名称", "name"), self._report), _FIXTURE, self._report)
        as_of, letter_on = (self._day(own.get(key), key) for key in ("as_of", "letter_on"))
        history = self._history(own.get("history"))
        confirmed = self._confirmed(own.get("confirmed"))
        decisions, include, exclude = self._expect(own.get("expect"))
        if case is None or self._report.errors > errors:
            return None
        if not decisions and include is None and not exclude:
            self._report.add("RK180", case.place, word=case.id)
            return None
        fault = self._ids.fault(case.id, line_said(case.place.line))
        if fault is not None:
            self._report.add(fault[0], case.place, **fault[1])
            return None
        return Fixture(case, name or "", as_of, history, decisions, include, exclude, confirmed, letter_on)

    def _own(self, node: Mapping) -> dict[str, Tree]:
        own: dict[str, Tree] = {}
        for key, value in node.pairs:  # what stands twice has been reported with the case
            name = self._keys.find(key.text)
            if name is not None:
                own.setdefault(name, value)
        return own

    def _confirmed(self, node: Tree | None) -> bool:
        word = scalar_of(node, quoted("已确认", "confirmed"), self._report)
        said = True if word is None else flag_of(word.text)
        if word is not None and said is None:
            self._report.add("RK131", word.place, fact=Text("已确认", "confirmed"), word=word.text)
        return said is not False

    def _day(self, node: Tree | None, key: str) -> date | None:
        said = keywords.OF_FIXTURES[key]
        word = scalar_of(node, quoted(said, key), self._report)
        day = None if word is None else date_of(word.text)
        if word is not None and day is None:
            code, values = no_day(word.text)
            self._report.add(code, word.place, fact=Text(said, key), **values)
        return day

    def _history(self, node: Tree | None) -> tuple[Case, ...] | None:
        listed = sequence_of(node, quoted("其他案件", "history"), self._report)
        if listed is None:
            return None
        return tuple(case for item in listed.items if (case := self._cases.case(item)) is not None)

    def _expect(self, node: Tree | None) -> tuple[dict[str, Wanted], tuple[str, ...] | None, tuple[str, ...]]:
        mapping = mapping_of(node, _EXPECT, self._report)
        expected = {} if mapping is None else entries(mapping, self._expected, self._report, _EXPECT)
        rules = dict(self._rules(expected["rules"][1])) if "rules" in expected else {}
        include, exclude = self._measures(expected["measures"][1]) if "measures" in expected else (None, ())
        wanted = {
            name: self._wanted(self._fields[name], tree) for name, (_, tree) in expected.items() if name in self._fields
        }
        for name, named in rules.items():
            wanted[name] = replace(wanted.get(name, Wanted()), **named)
        return wanted, include, exclude

    def _rules(self, node: Tree) -> Iterator[tuple[str, dict[str, Any]]]:
        mapping = self._not_empty(mapping_of(node, quoted("规则", "rules"), self._report), quoted("规则", "rules"))
        trees = {} if mapping is None else entries(mapping, self._decisions, self._report, quoted("规则", "rules"))
        for name, (_, tree) in trees.items():
            collects = self._tables[name].hit == "collect"
            if collects and isinstance(tree, Sequence):
                yield name, {"rules": frozenset(id for item in tree.items if (id := self._rule(name, item)))}
            elif id := self._rule(name, tree):
                yield name, {"holding" if collects else "rule": id}

    def _not_empty(self, mapping: Mapping | None, what: Text) -> Mapping | None:
        """A mapping as it is, with a problem if it is `{}`: that would expect nothing, and always pass."""
        if mapping is not None and not mapping.pairs:
            self._report.add("RK123", mapping.place, what=what)
        return mapping

    def _rule(self, decision: str, node: Tree) -> str | None:
        word = scalar_of(node, quoted("规则", "rules"), self._report)
        if word is None:
            return None
        known = Words({rule.id: rule.id for rule in self._tables[decision].rules})
        if known.find(word.text) is None:
            self._report.add(
                "RK181", word.place, fact=self._fields[decision], word=word.text, hint=known.hint(word.text)
            )
        return word.text

    def _measures(self, node: Tree) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        mapping = self._not_empty(mapping_of(node, _MEASURES.what, self._report), _MEASURES.what)
        if mapping is None:
            return None, ()
        form = Form(mapping, _MEASURES, self._report, _OF_MEASURES)
        include, exclude = (self._words(form.get(key), key) for key in keywords.OF_MEASURES)
        return include if "include" in form else None, exclude

    def _wanted(self, decision: Field, node: Tree) -> Wanted:
        if isinstance(node, Mapping):
            self._not_empty(node, quoted(decision.label.zh, decision.name))
            form = Form(node, _WANTED, self._report, _OF_DECISIONS)
            status = form.scalar("status")
            needs = form.get("needs")
            return Wanted(
                None
                if status is None
                else fixed_word(status, keywords.STATUSES, quoted("状态", "status"), self._report),
                self._outcome(decision, form.scalar("outcome")),
                self._outcomes(decision, form.get("outcomes")),
                self._outcomes(decision, form.get("possible")),
                None if needs is None else self._facts(needs),
                gives=self._gives(decision, form.get("gives")),
            )
        if self._tables[decision.name].hit == "collect":
            return Wanted("decided", outcomes=self._outcomes(decision, node))
        return Wanted(
            "decided", self._outcome(decision, scalar_of(node, quoted(decision.label.zh, decision.name), self._report))
        )

    def _gives(self, decision: Field, node: Tree | None) -> tuple[tuple[str | None, str, Amount | str], ...] | None:
        """What is expected to come with the outcome; of a decision that collects, outcome by outcome."""
        what = quoted(keywords.ZH["gives"], "gives")
        mapping = self._not_empty(mapping_of(node, what, self._report), what)
        if mapping is None:
            return None
        if self._tables[decision.name].hit != "collect":
            return tuple((None, name, value) for name, value in self._given(decision, mapping))
        found: list[tuple[str | None, str, Amount | str]] = []
        for key, inner in mapping.pairs:
            outcome, of_outcome = self._outcome(decision, key), mapping_of(inner, what, self._report)
            if outcome is not None and of_outcome is not None:
                found += [(outcome, name, value) for name, value in self._given(decision, of_outcome)]
        return tuple(found)

    def _given(self, decision: Field, mapping: Mapping) -> Iterator[tuple[str, Amount | str]]:
        """Names and values; a name that no outcome of the decision has is a problem."""
        known = Words({name: name for gives in self._tables[decision.name].gives.values() for name in gives})
        for key, node in mapping.pairs:
            if known.find(key.text) is None:
                hint = known.hint(key.text)
                self._report.add("RK257", key.place, fact=decision, word=key.text, hint=hint, known=known.known)
            elif (read := given_value(key.text, key.place, node, self._report)) is not None:
                yield key.text, read.value

    def _outcome(self, decision: Field, word: Scalar | None) -> str | None:
        found = None if word is None else self._lexicon.value(word, decision)
        return None if found is None else str(found)

    def _outcomes(self, decision: Field, node: Tree | None) -> frozenset[str] | None:
        listed = sequence_of(node, quoted(decision.label.zh, decision.name), self._report)
        if listed is None:
            return None
        what = quoted(decision.label.zh, decision.name)
        words = [scalar_of(item, what, self._report) for item in listed.items]
        reserved = keywords.RESERVED_OUTCOMES
        return frozenset(
            found
            for word in words
            if word is not None
            and (found := word.text if word.text in reserved else self._outcome(decision, word)) is not None
        )

    def _facts(self, node: Tree) -> tuple[str, ...]:
        listed = sequence_of(node, quoted("须问", "needs"), self._report)
        words = [scalar_of(item, quoted("须问", "needs"), self._report) for item in (listed.items if listed else [])]
        fields = [self._lexicon.field(word) for word in words if word is not None]
        return tuple(field.name for field in fields if field is not None)

    def _words(self, node: Tree | None, key: str) -> tuple[str, ...]:
        what = quoted(keywords.OF_MEASURES[key], key)
        listed = sequence_of(node, what, self._report)
        words = [scalar_of(item, what, self._report) for item in (listed.items if listed else [])]
        library = self._library
        for word in words:
            if word is not None and library is not None and library.find(word.text) is None:
                self._report.add("RK182", word.place, word=word.text, hint=library.hint(word.text))
        return tuple(word.text for word in words if word is not None)
