"""The words of a file that have an id and a label: what each stands for, and how it is spelt in either language.

Long because it goes through every kind of file along the grammar, one shape after another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from unicodedata import normalize

from reformkit.editing import grammar, spans
from reformkit.editing.grammar import Shape
from reformkit.editing.spans import Span, SpanScalar
from reformkit.editing.spelling import Dictionary, Word
from reformkit.editing.tables import Tables
from reformkit.model.vocabulary import Choice, Field
from reformkit.reading import keywords
from reformkit.reading.form import count_of, date_of, flag_of
from reformkit.reading.numbers import number_of
from reformkit.reading.signals import UNITS
from reformkit.text import Lang, Text

_ZH_UNITS = {"days": "天", "months": "个月", "years": "年"}


def of_items(items: Mapping[str, Choice]) -> Dictionary:
    """The values of a fact or the outcomes of a decision."""
    return Dictionary({id: item.label.zh for id, item in items.items()})


class Walker:
    """Goes through a file along its grammar and yields its words; the order of records is asked for by the way."""

    def __init__(self, tables: Tables, outcomes: Mapping[str, Choice], to: Lang | None) -> None:
        self._tables = tables
        self._to = to
        self._outcomes = of_items(outcomes)
        self._dictionaries: dict[object, Dictionary] = {}
        self.records: list[tuple[spans.SpanMapping, list[str | None], tuple[str, ...]]] = []
        """Each record met, with its keys by canonical name, and the order of the house."""

    def words(self, node: Span, shape: Shape | None) -> Iterator[Word]:
        """The words of a node; what the grammar does not know is passed over."""
        match shape, node:
            case grammar.ByKind(), _:
                kinds = {SpanScalar: shape.scalar, spans.SpanSequence: shape.sequence, spans.SpanMapping: shape.mapping}
                yield from self.words(node, kinds[type(node)])
            case grammar.TextOr(), spans.SpanMapping():
                is_record = any(key.text in ("label", keywords.ZH["label"]) for key, _ in node.pairs)
                yield from self.words(node, shape.record if is_record else grammar.TEXT)
            case grammar.Each(), spans.SpanSequence():
                for item in node.items:
                    yield from self._inner(item, shape.item, node.flow)
            case grammar.ById(), spans.SpanMapping():
                yield from self._by_id(node, shape)
            case grammar.Record(), spans.SpanMapping():
                yield from self._record(node, shape)
            case grammar.Plain(kind="text"), spans.SpanMapping():
                self.records.append((node, [key.text for key, _ in node.pairs], ("zh", "en")))
            case grammar.ConditionShape(), spans.SpanMapping():
                yield from self._condition(node, shape.facts)
            case grammar.CaseShape(), spans.SpanMapping():
                yield from self._case(node, shape.fixture)
            case grammar.ExpectedShape(), spans.SpanMapping():
                yield from self._expected(node)

    def _inner(self, node: Span, shape: Shape | None, flow: bool) -> Iterator[Word]:
        if isinstance(node, SpanScalar):
            if isinstance(shape, grammar.ByKind):
                shape = shape.scalar
            yield from () if shape is None else self._scalar(node, shape, flow)
        else:
            yield from self.words(node, shape)

    def _scalar(self, node: SpanScalar, shape: Shape, flow: bool) -> Iterator[Word]:
        match shape:
            case grammar.Plain(kind="flag"):
                yield from self._flag(node, flow)
            case grammar.Plain(kind="day") if date_of(node.text):
                yield Word(node, node.text, node.text, bare=True, flow=flow)
            case grammar.Plain(kind="count") if count_of(node.text) is not None:
                yield Word(node, node.text, node.text, bare=True, flow=flow)
            case grammar.Plain(kind="window"):
                yield self._window(node, flow)
            case grammar.Plain(kind="id"):
                yield Word(node, normalize("NFC", node.text), node.text, flow=flow)
            case grammar.CountedWord():
                yield from self._counted(node, flow)
            case grammar.Fixed():
                yield from self._word(node, self._dictionary(tuple(shape.words.items()), lambda: shape.words), flow)
            case grammar.Name(fixed=False):
                yield from self._word(node, self._named(shape.table), flow)
            case grammar.OutcomeWord():
                yield from self._word(node, self._outcomes, flow)
            case grammar.ValueOf() if field := self._tables.field(shape.fact):
                yield from self._value(node, field, flow)

    def _word(self, node: SpanScalar, words: Dictionary, flow: bool, key: bool = False) -> Iterator[Word]:
        found = words.find(node.text)
        if found is not None:
            yield Word(node, found, words.spelling(node.text, found, self._to), key=key, flow=flow)

    def _key(self, node: SpanScalar, words: Dictionary, flow: bool) -> Iterator[Word]:
        return self._word(node, words, flow, key=True)

    def _flag(self, node: SpanScalar, flow: bool) -> Iterator[Word]:
        known = flag_of(node.text)
        if known is not None:
            en, zh = keywords.TRUE if known else keywords.FALSE
            yield Word(node, known, self._spelt(node, Text(zh, en)), True, flow=flow)

    def _window(self, node: SpanScalar, flow: bool) -> Word:
        number = re.match(r"\s*([0-9]+)", node.text)
        unit = UNITS.get(node.text.strip().lstrip("0123456789").strip())
        if number is None or unit is None:
            return Word(node, node.text, node.text, flow=flow)
        length = int(number[1])
        en, zh = f"{length} {unit[:-1] if length == 1 else unit}", f"{length}{_ZH_UNITS[unit]}"
        return Word(node, (length, unit), self._spelt(node, Text(zh, en)), flow=flow)

    def _spelt(self, node: SpanScalar, word: Text) -> str:
        """A fixed word in the language that is wanted; as it stands, if none is."""
        return node.text if self._to is None else word.say(self._to)

    def _counted(self, node: SpanScalar, flow: bool) -> Iterator[Word]:
        first, _, rest = node.text.partition(" ")
        words = self._dictionary("counted", lambda: keywords.COUNTED)
        kind, fact = words.find(first), self._named("stated fact").find(rest.strip())
        if kind is None or (rest.strip() and fact is None):
            return
        said = words.spelling(first, kind, self._to)
        if fact is not None:
            said += " " + self._named("stated fact").spelling(rest.strip(), fact, self._to)
        yield Word(node, (kind, fact), said, flow=flow)

    def _value(self, node: SpanScalar, field: Field, flow: bool) -> Iterator[Word]:
        match field.type:
            case "choice" | "tags":
                yield from self._word(node, self._dictionary(("values", field.name), lambda: _zh(field.values)), flow)
            case "flag":
                yield from self._flag(node, flow)
            case "count" if count_of(node.text) is not None:
                yield Word(node, node.text, node.text, bare=True, flow=flow)
            case "number" if number_of(node.text) is not None:
                yield Word(node, node.text, node.text, bare=True, flow=flow)
            case "date" if date_of(node.text) is not None:
                yield Word(node, node.text, node.text, bare=True, flow=flow)

    # --- mappings ----------------------------------------------------------------------------------

    def _record(
        self, node: spans.SpanMapping, shape: grammar.Record, also: Mapping[str, str] | None = None
    ) -> Iterator[Word]:
        words = self._dictionary((id(shape), bool(also)), lambda: shape.words, also)
        names = [words.find(key.text) for key, _ in node.pairs]
        self.records.append((node, names, tuple(shape.holds)))
        for name, (key, value) in zip(names, node.pairs, strict=True):
            yield from self._key(key, words, node.flow)
            yield from self._inner(value, shape.holds[name] if name else None, node.flow)

    def _by_id(self, node: spans.SpanMapping, shape: grammar.ById) -> Iterator[Word]:
        entry = shape.entry
        for key, value in node.pairs:
            if shape.key is not None:
                words = self._named(shape.key.table, ids_only=True)
                yield from self._key(key, words, node.flow)
            yield from self._inner(value, entry, node.flow)

    def _condition(self, node: spans.SpanMapping, table: grammar.Table) -> Iterator[Word]:
        joining = keywords.with_chinese(keywords.JOINING)
        fields = self._tables.facts(table)
        known = self._dictionary(
            ("condition", table), lambda: {**{n: f.label.zh for n, f in fields.items()}, **joining}
        )
        for key, value in node.pairs:
            name = known.find(key.text)
            yield from self._key(key, known, node.flow)
            if name == "not" or name in ("any", "all"):
                inner = grammar.ConditionShape(table)
                yield from self.words(value, inner if name == "not" else grammar.Each(inner))
            elif name is not None:
                yield from self._test(value, fields[name], node.flow)

    def _test(self, node: Span, field: Field, flow: bool) -> Iterator[Word]:
        match node:
            case SpanScalar():
                yield from self._operand(node, field, flow)
            case spans.SpanSequence():
                for item in node.items:
                    yield from self._test(item, field, node.flow)
            case spans.SpanMapping():
                names = keywords.with_chinese((*keywords.BOUNDS, *keywords.INCLUDES, "not", "known"))
                words = self._dictionary("tests", lambda: names)
                for key, value in node.pairs:
                    yield from self._key(key, words, node.flow)
                    if words.find(key.text) == "known":
                        yield from self._inner(value, grammar.FLAG, node.flow)
                    else:
                        yield from self._test(value, field, node.flow)

    def _operand(self, node: SpanScalar, field: Field, flow: bool) -> Iterator[Word]:
        if not node.text.startswith("$"):
            yield from self._value(node, field, flow)
            return
        labels = {name: label.zh for name, label in self._tables.parameters.items()}
        words = self._dictionary("parameters", lambda: labels)
        name = words.find(node.text[1:].strip())
        if name is not None:
            spelling = "$" + words.spelling(node.text[1:].strip(), name, self._to)
            yield Word(node, f"${name}", spelling, flow=flow)

    def _case(self, node: spans.SpanMapping, fixture: bool) -> Iterator[Word]:
        fields = self._tables.facts("fact")
        own = keywords.with_chinese(keywords.OF_CASES)
        own |= keywords.of_fixtures({field.label.zh for field in fields.values()})
        words = self._dictionary("case", lambda: {**{n: f.label.zh for n, f in fields.items()}, **own})
        for key, value in node.pairs:
            name = words.find(key.text)
            yield from self._key(key, words, node.flow)
            if name == "findings" and isinstance(value, spans.SpanSequence):
                for item in value.items:
                    if isinstance(item, spans.SpanMapping):
                        yield from self._record(item, grammar.FINDING_SHAPE, self._finding_labels)
            elif name in keywords.OF_FIXTURES:
                yield from self._inner(value, grammar.OF_FIXTURES.get(name) if fixture else None, node.flow)
            elif name is not None and name in fields:
                items = value.items if isinstance(value, spans.SpanSequence) else [value]
                in_flow = value.flow if isinstance(value, spans.SpanSequence) else node.flow
                for item in items:
                    if isinstance(item, SpanScalar) and not _is_null(item):
                        yield from self._value(item, fields[name], in_flow)

    @cached_property
    def _finding_labels(self) -> dict[str, str]:
        return {f.label.zh: name for name, f in self._tables.rulebook.vocabulary.finding_fields.items()}

    def _expected(self, node: spans.SpanMapping) -> Iterator[Word]:
        decisions = {name: self._tables.rulebook.fields[name].label.zh for name in self._tables.rulebook.decisions}
        words = self._dictionary("expected", lambda: {**decisions, **keywords.OF_EXPECTATIONS})
        for key, value in node.pairs:
            name = words.find(key.text)
            yield from self._key(key, words, node.flow)
            if name == "rules" and isinstance(value, spans.SpanMapping):
                for decision, _ in value.pairs:
                    yield from self._key(decision, self._dictionary("decisions", lambda: decisions), value.flow)
            elif name == "measures" and isinstance(value, spans.SpanMapping):
                for kind, _ in value.pairs:
                    words_of = self._dictionary("of measures", lambda: keywords.OF_MEASURES)
                    yield from self._key(kind, words_of, value.flow)
            elif name in decisions:
                yield from self._wanted(value, self._tables.rulebook.fields[name], node.flow)

    def _wanted(self, node: Span, decision: Field, flow: bool) -> Iterator[Word]:
        match node:
            case SpanScalar():
                yield from self._value(node, decision, flow)
            case spans.SpanSequence():
                for item in node.items:
                    yield from self._wanted(item, decision, node.flow)
            case spans.SpanMapping():
                words = self._dictionary("of decisions", lambda: keywords.OF_DECISIONS)
                inner = {"status": grammar.Fixed(keywords.STATUSES), "needs": grammar.Each(grammar.Name("fact"))}
                for key, value in node.pairs:
                    name = words.find(key.text)
                    yield from self._key(key, words, node.flow)
                    if name == "gives":
                        yield from self._given(value, decision)
                    elif name in inner:
                        yield from self._inner(value, inner[name], node.flow)  # type: ignore[arg-type]
                    else:
                        yield from self._wanted(value, decision, node.flow)

    def _given(self, node: Span, decision: Field) -> Iterator[Word]:
        """What should come with outcomes: of a decision that collects, its outcomes are words; names and values are not."""
        if decision.type == "tags" and isinstance(node, spans.SpanMapping):
            words = self._dictionary(("values", decision.name), lambda: _zh(decision.values))
            for key, _ in node.pairs:
                yield from self._key(key, words, node.flow)

    # --- dictionaries ------------------------------------------------------------------------------

    def _named(self, table: grammar.Table, ids_only: bool = False) -> Dictionary:
        labels = lambda: {id: label.zh for id, label in self._tables.labels(table).items()}  # noqa: E731
        return self._dictionary((table, ids_only), labels, ids_only=ids_only)

    def _dictionary(
        self,
        name: object,
        labels: Callable[[], Mapping[str, str]],
        also: Mapping[str, str] | None = None,
        ids_only: bool = False,
    ) -> Dictionary:
        if name not in self._dictionaries:
            self._dictionaries[name] = Dictionary(labels(), also, ids_only)
        return self._dictionaries[name]


def _zh(items: Mapping[str, Choice]) -> dict[str, str]:
    return {id: item.label.zh for id, item in items.items()}


def _is_null(node: SpanScalar) -> bool:
    return not node.style and node.text in ("", "~", "null", "Null", "NULL")
