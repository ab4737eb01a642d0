"""A decision in force on a day as a DMN 1.3 model, written from the boxes into which its rules are cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from reformkit.comparing.box_pieces import without
from reformkit.comparing.restating import spans_of, words_of
from reformkit.deciding.boxes import Box, TooManyBoxes, cut
from reformkit.deciding.cells import Variable
from reformkit.deciding.cover import Space
from reformkit.deciding.in_force import as_declared, span_of, turning_days
from reformkit.dmn.feel import Alternative, Between, Compared, Constant, say_cell, say_constant
from reformkit.dmn.model import OWN
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing.report import Report
from reformkit.text import Lang, Text

DMN_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"
MOST_ROWS = 2_000
_TYPES = {
    "choice": "string",
    "text": "string",
    "flag": "boolean",
    "count": "number",
    "number": "number",
    "date": "date",
}
_HITS = {"first": "FIRST", "unique": "UNIQUE", "any": "ANY", "priority": "PRIORITY", "collect": "COLLECT"}

_TAGS = Text("“{fact}”是标签，DMN 的单元格不能检验列表", "`{fact}` is a set of tags, and no cell of DMN tests a list")
_SEVERAL = Text("没有规则成立时给出几个结论", "it gives several outcomes where no rule holds")
_TOO_MANY = Text("写成互不重叠的行超过 {most} 行", "it comes to more than {most} rows that do not overlap")
_COMPLETE = Text(
    "由 reformkit 写出，为 {day}的规则。事实齐全的案件，结论与规则册一致；有事实未知的，DMN 的 null 不符合任何检验，而规则册把未知当作任何取值都有可能，两者可能不同。",
    "Written by reformkit: the rules of {day}. For cases of which every fact is known it decides as the rulebook does. Where facts are unknown the two may differ: DMN's null matches no test, and a rulebook takes what is unknown to be any value.",
)
_LAST = Text("最后一天", "the last state")
_DAY = Text("{day} ", "{day}")
_NOTES = (Text("规则", "Rule"), Text("理由", "Reason"), Text("依据", "Basis"))

register_namespace("", DMN_1_3)
register_namespace("reformkit", OWN)


def dmn_of(rulebook: Rulebook, decision: str, day: date | None, lang: Lang, report: Report) -> bytes | None:
    """A decision as XML; None, and a problem (RK897), where DMN cannot say it. `day` None is the last state of the rules."""
    table = rulebook.decisions[decision]
    days = turning_days(table)
    standing = as_declared(table, span_of(days, day), days)
    writing = _Writing(rulebook, table, standing, lang)
    why = writing.why_not()
    if why is not None:
        report.add("RK897", table.place, decision=table.title, why=why)
        return None
    said = _LAST if day is None else _DAY.fill(day=day.isoformat())
    root = writing.document(_COMPLETE.fill(day=said))
    indent(root)
    text: str = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


class _Writing:
    def __init__(self, rulebook: Rulebook, written: DecisionTable, table: DecisionTable, lang: Lang) -> None:
        self._rulebook = rulebook
        self._written = written
        self._table = table
        self._lang: Lang = lang
        self._fields = rulebook.fields
        self._rows: list[tuple[Rule, Box]] = []

    def why_not(self) -> Text | None:
        """Why DMN cannot say the decision; None where it can, and its rows are at hand."""
        tags = [name for name in self._fields if name in self._table.facts and self._fields[name].type == "tags"]
        if tags:
            return _TAGS.fill(fact=self._fields[tags[0]].label)
        if self._table.otherwise is not None and len(self._table.otherwise.outcomes) > 1:
            return _SEVERAL
        try:
            pieces = cut(self._table.model_copy(update={"hit": "collect"}), self._fields)
        except TooManyBoxes:
            return _TOO_MANY.fill(most=MOST_ROWS)
        self._space = Space(pieces)
        self._variables = pieces.variables
        alone = self._table.hit in ("unique", "collect")  # there a rule that holds in two rows would count twice
        for number, boxes in groupby(pieces.boxes, key=lambda pair: pair[0]):
            own = [box for _, box in boxes]
            own = self._apart(own) if alone else own
            self._rows += [(self._table.rules[number], box) for box in own if not self._is_never(box)]
            if len(self._rows) > MOST_ROWS:
                return _TOO_MANY.fill(most=MOST_ROWS)
        return None

    def _apart(self, boxes: list[Box]) -> list[Box]:
        """The same cases in boxes of which no two have one in common."""
        made: list[Box] = []
        for box in boxes:
            pieces = [box]
            for other in made:
                pieces = [rest for piece in pieces for rest in without(piece, other, self._space)]
            made += pieces
        return made

    def _is_never(self, box: Box) -> bool:
        """Whether a row asks a value of a fact that it wants to be unknown: null has none."""
        at = {(v.fact, v.aspect): box.get(i) for i, v in enumerate(self._variables)}
        return any(
            aspect == "known" and cells == 1 and at.get((fact, "value")) is not None
            for (fact, aspect), cells in at.items()
        )

    # --- the document -----------------------------------------------------------------------------------

    def document(self, description: Text) -> Element:
        name = self._table.id
        root = _element("definitions", id=f"d_{name}", name=self._table.title.say(self._lang))
        root.set("namespace", f"urn:reformkit:{self._rulebook.name}")
        _text(root, "description", description.say(self._lang))
        facts = [self._fields[v] for v in dict.fromkeys(variable.fact for variable in self._variables)]
        for fact in facts:
            if fact.values or fact.is_ordered:
                root.append(self._item_definition(fact))
        root.append(self._decision(facts))
        for fact in facts:
            given = SubElement(
                root, _q("inputData"), id=f"i_{fact.name}", name=fact.name, label=fact.label.say(self._lang)
            )
            self._note(given, fact)
            SubElement(given, _q("variable"), name=fact.name, typeRef=self._type_of(fact))
        return root

    def _note(self, given: Element, fact: Field) -> None:
        if fact.values:
            self._labels(given, {id: choice.label for id, choice in fact.values.items()})
        noted = {"fact": fact.name, "zh": fact.label.zh, "en": fact.label.en}
        if fact.type in ("count", "number"):
            noted["type"], noted["places"] = fact.type, str(fact.places or 0)
        _own(given, **noted)

    def _labels(self, parent: Element, labels: dict[str, Text]) -> None:
        extension = SubElement(parent, _q("extensionElements"))
        for id, label in labels.items():
            SubElement(extension, f"{{{OWN}}}value", id=id, zh=label.zh, en=label.en)

    def _type_of(self, fact: Field) -> str:
        return f"t_{fact.name}" if fact.values or fact.is_ordered else _TYPES[fact.type]

    def _item_definition(self, fact: Field) -> Element:
        made = _element("itemDefinition", name=f"t_{fact.name}", label=fact.label.say(self._lang))
        _text(made, "typeRef", _TYPES[fact.type])
        if fact.values:
            allowed = say_cell(list(fact.values))
        elif fact.type == "date" and fact.min is None and fact.max is None:
            return made
        else:
            low = _plain(fact.lowest)
            high = None if fact.highest is None else _plain(fact.highest)
            allowed = say_cell([Compared(">=", low) if high is None else Between(low, True, high, True)])
        _text(SubElement(made, _q("allowedValues")), "text", allowed)
        return made

    def _decision(self, facts: list[Field]) -> Element:
        table, lang = self._written, self._lang
        made = _element("decision", id=table.id, name=table.id, label=table.title.say(lang))
        _own(made, id=table.id, zh=table.title.zh, en=table.title.en, rule="kept")
        self._labels(made, {id: choice.label for id, choice in table.outcomes.items()})
        SubElement(made, _q("variable"), name=table.id, typeRef="string")
        for fact in facts:
            needed = SubElement(made, _q("informationRequirement"), id=f"r_{fact.name}")
            SubElement(needed, _q("requiredInput"), href=f"#i_{fact.name}")
        made.append(self._table_element(facts))
        return made

    def _table_element(self, facts: list[Field]) -> Element:
        table = self._written
        made = _element("decisionTable", id=f"dt_{table.id}", hitPolicy=_HITS[table.hit])
        for fact in facts:
            column = SubElement(made, _q("input"), id=f"in_{fact.name}", label=fact.label.say(self._lang))
            expression = SubElement(column, _q("inputExpression"), id=f"ie_{fact.name}", typeRef=_TYPES[fact.type])
            _text(expression, "text", fact.name)
        names = list(dict.fromkeys(name for gives in table.gives.values() for name in gives))
        outcome = SubElement(made, _q("output"), id=f"out_{table.id}", label=table.title.say(self._lang))
        if names:
            outcome.set("name", "outcome")
        _text(SubElement(outcome, _q("outputValues")), "text", say_cell(list(table.outcomes)))
        columns = [outcome]
        for name in names:
            columns.append(SubElement(made, _q("output"), id=f"out_{table.id}_{name}", name=name))
        if table.otherwise is not None:
            for column, value in zip(columns, self._given(table.otherwise.then, names), strict=True):
                _text(SubElement(column, _q("defaultOutputEntry")), "text", say_constant(value))
        for note in _NOTES:
            SubElement(made, _q("annotation"), name=note.say(self._lang))
        for rule, rows in groupby(self._rows, key=lambda row: row[0]):
            for number, (_, box) in enumerate(rows, 1):
                made.append(self._row(rule, number, facts, box, names))
        return made

    def _given(self, outcome: str, names: Sequence[str]) -> list[Constant]:
        given = self._written.given.get(outcome, {})
        return [outcome, *(_plain(given[name]) if name in given else None for name in names)]

    def _row(self, rule: Rule, number: int, facts: Sequence[Field], box: Box, names: Sequence[str]) -> Element:
        id = rule.id if number == 1 else f"{rule.id}_{number}"
        made = _element("rule", id=f"row_{id}")
        _own(made, rule=rule.id)
        if rule.title is not None:
            _text(made, "description", rule.title.say(self._lang))
        for fact in facts:
            entry = SubElement(made, _q("inputEntry"), id=f"row_{id}_{fact.name}")
            _text(entry, "text", self._cell(fact, box))
        for place, value in enumerate(self._given(rule.then, names)):
            entry = SubElement(made, _q("outputEntry"), id=f"row_{id}_out_{place}")
            _text(entry, "text", say_constant(value))
        basis = "" if rule.basis is None or rule.basis.at is None else rule.basis.at.say(self._lang)
        for said in (rule.id, "" if rule.because is None else rule.because.say(self._lang), basis):
            _text(SubElement(made, _q("annotationEntry")), "text", said)
        if rule.because is not None:
            _own(made, because=rule.because.say(self._lang))
        return made

    # --- cells ------------------------------------------------------------------------------------------

    def _cell(self, fact: Field, box: Box) -> str:
        said: list[Alternative] = []
        negated = False
        for number, variable in enumerate(self._variables):
            if variable.fact != fact.name or number not in box:
                continue
            if variable.aspect == "known":
                if not said:  # a test of the value asks that there is one
                    said, negated = [None], box[number] == 0b10
            else:
                said, negated = self._values(fact, variable, box[number])
        return say_cell(said, negated)

    def _values(self, fact: Field, variable: Variable, cells: int) -> tuple[list[Alternative], bool]:
        """The values of some cells, as a cell of DMN, and whether it is negated."""
        if fact.is_ordered:
            return list(self._intervals(fact, variable, cells)), False
        if fact.type == "text":
            words, are_others = words_of(variable, cells, self._space)
            return list(words), are_others
        if fact.type == "flag":
            return [value for value in (True, False) if cells >> variable.cell_of(value) & 1], False
        return [id for id in fact.values if cells >> variable.cell_of(id) & 1], False

    def _intervals(self, fact: Field, variable: Variable, cells: int) -> Iterator[Alternative]:
        """The values of some cells of an ordered fact, neighbours joined."""
        least, greatest = fact.lowest, fact.highest
        for first, last in spans_of(variable, cells, self._space):
            low, high = fact.at(first), None if last is None else fact.at(last)
            if high == greatest and low != least:
                yield Compared(">=", _plain(low))
            elif low == least and high is not None and high != greatest:
                yield Compared("<=", _plain(high))
            elif low == high:
                yield _plain(low)
            elif high is not None:
                yield Between(_plain(low), True, _plain(high), True)


def _plain(value: object) -> Constant:
    if isinstance(value, bool | str | date | Decimal):
        return value
    return Decimal(value) if isinstance(value, int) else None


def _q(name: str) -> str:
    return f"{{{DMN_1_3}}}{name}"


def _element(tag: str, /, **attributes: str) -> Element:
    return Element(_q(tag), attributes)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, _q(name)).text = text


def _own(element: Element, **noted: str) -> None:
    for key, said in noted.items():
        element.set(f"{{{OWN}}}{key}", said)
