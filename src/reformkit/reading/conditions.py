"""Conditions: `when`, `where` and `share`, from tree to model."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Operand, Parameter, Test
from reformkit.model.period import ALWAYS, Period
from reformkit.model.rulebook import ParameterTable
from reformkit.model.vocabulary import ORDERED, Field
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Mapping, Scalar, Sequence, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.form import entries, flag_of, mapping_of, quoted, scalar_of, sequence_of
from reformkit.reading.meant_tests import (
    MEANT,
    doubted_value,
    meant_test,
    refused_fact,
    refused_key,
    refused_value,
)
from reformkit.reading.parameters import Parameters
from reformkit.reading.possible import impossible_on
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words, warn_of_repeats
from reformkit.text import Text

_CONDITION, _TEST = Text("条件", "a condition"), Text("检验", "a test")
_SINCE, _FROM_THE_FIRST = Text("{since} 起的", " from {since}"), Text.same("")
_JOINING = Words(keywords.with_chinese(keywords.JOINING))
_TESTS = Words(keywords.with_chinese((*keywords.BOUNDS, *keywords.INCLUDES, "not", "known")), meant=MEANT)


class NamedInCondition(NamedTuple):
    """The facts that a condition names, each with the word for it, and the parameters."""

    facts: tuple[tuple[str, Field], ...]
    parameters: tuple[ParameterTable, ...]


class ConditionReader:
    """Reads conditions over the facts of a lexicon; a faulty one gives None, its faults reported."""

    def __init__(self, lexicon: Lexicon, parameters: Parameters, report: Report) -> None:
        self._lexicon = lexicon
        self._parameters = parameters
        self._report = report
        self._period = ALWAYS
        self._facts: list[tuple[str, Field]] = []
        self._tables: list[ParameterTable] = []

    @property
    def context(self) -> Hashable:
        """What holds of every condition that is read, beside the facts and parameters that it names."""
        return self._lexicon.unknown

    @property
    def named(self) -> NamedInCondition:
        """The facts and parameters that the condition names that was read last."""
        return NamedInCondition(tuple(self._facts), tuple(self._tables))

    def finds_still(self, named: NamedInCondition) -> bool:
        """Whether all that a condition named is still there and as it was."""
        tables, lexicon = self._parameters.tables, self._lexicon
        return all(tables.get(table.name) is table for table in named.parameters) and all(
            lexicon.has_still(word, field) for word, field in named.facts
        )

    def read(self, node: Tree | None, period: Period = ALWAYS) -> Condition | None:
        """A condition as it stands under `when`, for a rule that is in force in a period."""
        self._period = period
        self._facts, self._tables = [], []
        errors = self._report.errors
        condition = None if node is None else self._all(node)
        return condition if self._report.errors == errors else None

    def _all(self, node: Tree) -> Condition:
        """A mapping: every entry has to hold."""
        mapping = mapping_of(node, _CONDITION, self._report)
        first: dict[str, int] = {}
        items: list[Condition] = []
        for key, value in mapping.pairs if mapping else ():
            joining = _JOINING.find(key.text)
            is_known = joining or self._lexicon.find(key.text) is not None
            if not is_known and (refused := refused_fact(key.text, self._lexicon)):
                self._report.add(refused[0], key.place, **refused[1])
                continue
            field = None if joining else self._lexicon.field(key)
            name = joining or (field.name if field else None)
            if field:
                self._facts.append((key.text, field))
            if name in first:
                self._report.add("RK110", key.place, key=key.text, first=first[name])
            elif joining:
                items.append(self._joined(joining, value))
            elif field and (test := self._checked_test(field, value, key.place)):
                items.append(test)
            if name:
                first.setdefault(name, key.place.line)
        return items[0] if len(items) == 1 else AllOf(items=tuple(items), place=node.place)

    def _joined(self, joining: str, node: Tree) -> Condition:
        if joining == "not":
            return Negation(item=self._all(node), place=node.place)
        what = quoted(keywords.ZH[joining], joining)
        listed = sequence_of(node, what, self._report)
        if listed and not listed.items:
            self._report.add("RK154", node.place, what=what)
        items = tuple(self._all(item) for item in listed.items) if listed else ()
        return (AnyOf if joining == "any" else AllOf)(items=items, place=node.place)

    def _checked_test(self, field: Field, node: Tree, place: Place) -> Test | None:
        """The test of one fact, if it is sound and some value can pass it."""
        errors = self._report.errors
        with self._report.about(fact=field.name):
            test = self._test(field, node, place)
            if test is None or self._report.errors > errors:
                return None
            day = impossible_on(test, field, self._period)
            if day is not None:
                self._report.add("RK155", place, fact=field)
        return test

    def _test(self, field: Field, node: Tree, place: Place) -> Test | None:
        match node:
            case Mapping():
                return self._test_by_key(field, node, place)
            case Scalar() | Sequence() if field.type == "tags":
                if not (isinstance(node, Scalar) and node.is_null):
                    self._report.add("RK153", node.place, fact=field)
                    return None
        if isinstance(node, Sequence):
            return Test(fact=field.name, one_of=self._operands(field, node), place=place)
        if isinstance(node, Scalar) and self._says_test(field, node):
            return None
        operand = self._operand(field, node)
        return None if operand is None else Test(fact=field.name, one_of=(operand,), place=place)

    def _says_test(self, field: Field, node: Scalar) -> bool:
        """Whether words say a test where a value should stand, which is then reported."""
        if field.type in ("text", "tags") or node.text.startswith("$") or self._lexicon.takes(node, field):
            return False
        meant = meant_test(field, node.text, lambda word: self._lexicon.choice(word, field))
        if meant is not None:
            self._report.add("RK246", node.place, fact=field, word=node.text, test=meant)
        return meant is not None

    def _test_by_key(self, field: Field, node: Mapping, place: Place) -> Test | None:
        trees = entries(self._without_refused(field, node), _TESTS, self._report, _TEST)
        if not node.pairs:
            self._report.add("RK154", node.place, what=quoted(field.label.zh, field.name))
        parts: dict[str, Any] = {}
        for name, (key, value) in trees.items():
            wanted = ORDERED if name in keywords.BOUNDS else ("tags",) if name in keywords.INCLUDES else None
            if wanted and field.type not in wanted:
                kind = Text(keywords.FIELD_TYPES[field.type], field.type)
                self._report.add("RK152", key.place, key=key.text, type=kind, fact=field)
            elif name == "known":
                parts["known"] = self._known(value)
            elif name == "not":
                parts["excluded"] = self._test(field, value, key.place)
            elif name == "includes":
                operand = self._operand(field, value)
                parts["includes_all"] = (*parts.get("includes_all", ()), *([] if operand is None else [operand]))
            elif name in keywords.INCLUDES:
                listed = sequence_of(value, quoted(keywords.ZH[name], name), self._report)
                parts[name] = (*parts.get(name, ()), *(self._operands(field, listed) if listed else ()))
            else:
                parts[name] = self._operand(field, value)
        return Test(fact=field.name, place=place, **parts)

    def _without_refused(self, field: Field, node: Mapping) -> Mapping:
        """The entries of a test but for those that the language leaves out, which are reported with their reason."""
        kept: list[tuple[Scalar, Tree]] = []
        for key, value in node.pairs:
            said = value.text if isinstance(value, Scalar) else None
            refused = None if _TESTS.find(key.text) else refused_key(key.text, said, field, self._lexicon)
            if refused is None:
                kept.append((key, value))
            else:
                self._report.add(refused[0], key.place, **refused[1])
        return node if len(kept) == len(node.pairs) else Mapping(node.place, kept, node.faulty)

    def _known(self, node: Tree) -> bool | None:
        what = Text(keywords.ZH["known"], "known")
        word = scalar_of(node, quoted(what.zh, what.en), self._report)
        flag = None if word is None else flag_of(word.text)
        if word is not None and flag is None:
            self._report.add("RK131", word.place, fact=what, word=word.text)
        return flag

    def _operands(self, field: Field, node: Sequence) -> tuple[Operand, ...]:
        if not node.items:
            self._report.add("RK154", node.place, what=quoted(field.label.zh, field.name))
        operands = [(self._operand(field, item), item) for item in node.items]
        warn_of_repeats([(operand, item) for operand, item in operands if isinstance(item, Scalar)], self._report)
        return tuple(operand for operand, _ in operands if operand is not None)

    def _operand(self, field: Field, node: Tree) -> Operand | None:
        """A value of the fact, or a parameter in its place."""
        word = scalar_of(node, quoted(field.label.zh, field.name), self._report)
        if word is None:
            return None
        refused = doubt = None
        if field.type == "text":
            doubt = doubted_value(word.text, field, self._lexicon)
        elif not (word.text.startswith("$") and word.text[1:] in self._parameters):
            refused = refused_value(word.text, field, self._lexicon)
        if refused or doubt:
            code, values = refused or doubt or ("", {})
            self._report.add(code, word.place, **values)
        if refused:
            return None
        if word.text.startswith("$"):
            return self._parameter(field, word)
        return self._lexicon.value(word, field)

    def _parameter(self, field: Field, node: Scalar) -> Parameter | None:
        """A parameter whose every value is one that the fact may take."""
        table = self._parameters.find(node, self._report)
        if table is None:
            return None
        self._tables.append(table)
        values = []
        for value in table.values:
            typed = self._lexicon.value(Scalar(value.value, True, value.place), field, Report())
            if typed is None:
                since = value.period.since
                values_at = _SINCE.fill(since=str(since)) if since else _FROM_THE_FIRST
                self._report.add("RK157", node.place, name=table.name, word=value.value, at=values_at, fact=field)
            else:
                values.append((value.period, typed))
        return Parameter(name=table.name, values=tuple(values), place=node.place)
