"""The words of a cell as the tree that YAML would give, and as the tests that the reader of rules makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from unicodedata import normalize

from reformkit.grid.cell_advice import advice, sign_of
from reformkit.grid.scanning import (
    BoundPart,
    CellFault,
    CellWord,
    KnownPart,
    NotPart,
    Part,
    TagsPart,
    ValuesPart,
    scanned,
)
from reformkit.model.condition import AnyOf, Test
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing import tree
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar, Tree
from reformkit.problem import NOWHERE, Place
from reformkit.reading.as_written import count_said, day_said, flag_said, number_said
from reformkit.reading.conditions import ConditionReader
from reformkit.reading.keywords import FIELD_TYPES
from reformkit.reading.meant_tests import compared
from reformkit.reading.parameters import Parameters
from reformkit.reading.values import Lexicon
from reformkit.text import Text

_ORDERED_SAID = {"count": count_said, "number": number_said, "date": day_said}
_WRITE_TAGS = Text(
    "含 甲；乙（都有）、含任一 甲；乙、不含 甲；乙", "`has A; B` (both), `has any of A; B`, `has none of A; B`"
)
_WRITE_ORDERED = Text("≥ 2、> 2、≤ 5、< 5，或几个取值，如 2；3", "`≥ 2`, `> 2`, `≤ 5`, `< 5`, or values such as `2; 3`")
_WRITE_VALUES = Text("一个或几个取值，如 甲；乙，除外的写 非 甲", "one or several values, as `A; B`, or `not A`")
_WRITE = {"tags": _WRITE_TAGS, "count": _WRITE_ORDERED, "number": _WRITE_ORDERED, "date": _WRITE_ORDERED}

CellTests = tuple[Test, ...]
"""The tests that a cell asks of one fact, any of which may hold; none where it is blank."""


class CellReader:
    """Reads cells over the facts and parameters of a rulebook; a faulty one gives None, its faults reported."""

    def __init__(self, rulebook: Rulebook, report: Report) -> None:
        self.report = report
        self._rulebook = rulebook
        self._fields: Mapping[str, Field] = rulebook.fields
        self.parameters = Parameters(rulebook.parameters)
        unknown = rulebook.vocabulary.unknown_words
        self.lexicon = Lexicon(rulebook.fields, report, unknown=unknown, of_rules=True)
        self._conditions = ConditionReader(self.lexicon, self.parameters, report)

    @cached_property
    def quiet(self) -> CellReader:
        """A reader of the same cells that reports nothing."""
        return CellReader(self._rulebook, Report())

    def read(self, field: Field, words: str, place: Place) -> CellTests | None:
        """The tests of a cell."""
        trees = self.trees(field, words, place)
        return None if trees is None else self.of_trees(field, trees, place)

    def of_trees(self, field: Field, trees: Sequence[Tree], place: Place = NOWHERE) -> CellTests | None:
        """The tests that trees say, each of which is one that YAML may give."""
        key = Scalar(field.name, True, place)
        conditions = [self._conditions.read(tree.Mapping(place, [(key, value)])) for value in trees]
        tests = [condition for condition in conditions if isinstance(condition, Test)]
        return tuple(tests) if len(tests) == len(trees) else None

    def trees(self, field: Field, words: str, place: Place) -> list[Tree] | None:
        """What YAML would say of each test of a cell; None, and a problem, where it is not written by the grammar."""
        try:
            return [self._test(field, parts, place) for parts in scanned(words)]
        except CellFault as fault:
            self.report.add("RK860", place, fact=field, word=words.strip(), reason=fault.text)
        except _UnfitError as fault:
            kind = Text(FIELD_TYPES[field.type], field.type)
            write = _WRITE.get(field.type, _WRITE_VALUES)
            self.report.add("RK861", place, fact=field, word=fault.word, type=kind, write=write)
        return None

    def _test(self, field: Field, said: tuple[Part, ...], place: Place) -> Tree:
        parts = [self._as_bound(field, part) for part in said]
        for part in parts:
            if not _fits(field, part):
                raise _UnfitError(sign_of(part))
        if (why := advice(parts)) is not None:
            raise CellFault(why)
        if isinstance(parts[0], ValuesPart):
            return self._values(field, parts[0], place)
        return tree.Mapping(place, [self._entry(field, part, place) for part in parts])

    def _as_bound(self, field: Field, part: Part) -> Part:
        """A part that says a bound in words (至少2, 3人以上) as the bound."""
        if not isinstance(part, ValuesPart) or (bound := self._compared(field, part)) is None:
            return part
        return BoundPart(bound[0], part.words[0].text, CellWord(bound[1], False))

    def _entry(self, field: Field, part: Part, place: Place) -> tuple[Scalar, Tree]:
        """The key of a test in the rule language and what stands under it."""
        match part:
            case KnownPart():
                return Scalar("known", False, place), Scalar(str(part.known).lower(), False, place)
            case NotPart():
                return Scalar("not", False, place), self._test(field, part.parts, place)
            case BoundPart():
                return Scalar(part.key, False, place), self._value(field, part.word, place)
            case TagsPart():
                values: list[Tree] = [self._value(field, word, place) for word in part.words]
                return Scalar(part.key, False, place), tree.Sequence(place, values)
            case ValuesPart():  # which `advice` has refused beside others
                raise AssertionError(part)

    def _values(self, field: Field, part: ValuesPart, place: Place) -> Tree:
        values: list[Tree] = [self._value(field, word, place) for word in part.words]
        return values[0] if len(values) == 1 else tree.Sequence(place, values)

    def _compared(self, field: Field, part: ValuesPart) -> tuple[str, str] | None:
        """The bound that one word says in words (至少2, 3人以上), with the key that the rule language has for it."""
        word = part.words[0]
        if not field.is_ordered or len(part.words) > 1 or word.quoted:
            return None
        for key, rest in compared(normalize("NFKC", word.text)):
            if key != "not" and (self._ordered(field, rest) is not None or self._parameter(rest) is not None):
                return key, rest
        return None

    def _value(self, field: Field, word: CellWord, place: Place) -> Scalar:
        """A value as YAML would write it."""
        return Scalar(self._spelt(field, word), word.quoted, place)

    def _spelt(self, field: Field, word: CellWord) -> str:
        text = word.text
        if text[:1] in ("$", "＄") and not word.quoted:
            return f"${self._parameter(text[1:]) or text[1:]}"
        if field.is_ordered:
            parameter = self._parameter(text)
            said = self._ordered(field, text)
            return said if said is not None else text if parameter is None else f"${parameter}"
        if field.type == "flag":
            flag = _FLAGS.get(text.lower(), flag_said(text))
            return text if flag is None else str(flag).lower()
        if field.values and (id := self.lexicon.choice(text, field)) is not None:
            return id
        return self._english.get(field.name, {}).get(text.casefold(), text)

    @staticmethod
    def _ordered(field: Field, word: str) -> str | None:
        said = _ORDERED_SAID[field.type](word)
        return None if said is None else str(said)

    def _parameter(self, word: str) -> str | None:
        """The parameter of an id or label in either language."""
        tables = self.parameters.tables
        if word in tables:
            return word
        of_label = [name for name, table in tables.items() if word in (table.label.zh, table.label.en)]
        return of_label[0] if of_label else None

    @cached_property
    def _english(self) -> dict[str, dict[str, str]]:
        """The values of each fact by their English label, where that names one."""
        return {name: english_values(field) for name, field in self._fields.items() if field.values}


_FLAGS = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}


def english_values(field: Field) -> dict[str, str]:
    """The id of each value by its English label, in lower case; a label that two have names none."""
    labels = [item.label.en.casefold() for item in field.values.values()]
    return {
        item.label.en.casefold(): id for id, item in field.values.items() if labels.count(item.label.en.casefold()) == 1
    }


def _fits(field: Field, part: Part) -> bool:
    """Whether a fact of this type can be asked so."""
    match part:
        case BoundPart():
            return field.is_ordered
        case TagsPart():
            return field.type == "tags"
        case ValuesPart():
            return field.type != "tags"
    return True


class _UnfitError(Exception):
    """A test that a fact of this type does not have."""

    def __init__(self, word: Text) -> None:
        super().__init__(word.en)
        self.word = word


def condition_of(tests: CellTests) -> Test | AnyOf:
    """What a cell asks, as a condition."""
    return tests[0] if len(tests) == 1 else AnyOf(items=tests)
