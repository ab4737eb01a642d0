"""From a model of decision tables to the YAML of a rulebook, with the line of the model behind each of its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reformkit.dmn.feel import Between, Compared, Constant, UnaryTests, say_cell, say_constant
from reformkit.dmn.model import DmnInput, DmnModel, DmnRow, DmnTable
from reformkit.dmn.names import Names, ident, label_of
from reformkit.dmn.outcomes import COLLECTING, Outcomes, keyed
from reformkit.dmn.yaml_lines import PlacedLines, RulebookTexts, flow
from reformkit.model.scale import MOST_PLACES
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.text import Text

UNBOUNDED = 10**12
"""A number of a model that allows any goes so far, up and down; what lies beyond is refused when it is stated."""

_HITS = {"UNIQUE": "unique", "ANY": "any", "FIRST": "first", "PRIORITY": "priority"}
_BOUNDS = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than"}

_NOT_BOUND = Text(
    "“{word}”比较大小，只有数和日期能比较", "`{word}` compares, and only numbers and dates can be compared"
)
_NOT_TYPE = Text("“{word}”不是“{name}”的类型（{type}）", "`{word}` is not of the type of `{name}` ({type})")
_NOT_ALLOWED = Text("“{word}”不在“{name}”允许的取值里", "`{word}` is not among the values that `{name}` allows")
_PLACES = Text("“{word}”的小数位数超过 {most} 位", "`{word}` has more than {most} decimal places")
_NOT_GIVEN = Text("决策“{name}”没有哪一行给出“{word}”", "no row of the decision `{name}` gives `{word}`")
_COLLECTED = Text("“{name}”给出的是列表，不能再作检验", "`{name}` gives a list, which cannot be tested")
_AGGREGATED = Text(
    "聚合 {what}：以 Decision.gives.{call}(…) 取得", "the aggregation {what}: read it as Decision.gives.{call}(…)"
)
_HULL = Text("“{name}”允许的取值取作 {said}", "what `{name}` allows is taken as {said}")
_FREE = Text("“{name}”允许的取值“{said}”没有照搬", "what `{name}` allows, `{said}`, is not carried over")


def rulebook_texts(model: DmnModel, report: Report) -> RulebookTexts:
    """The rulebook that says the same on complete cases. What cannot be said is a problem (RK895), what is said otherwise a
    warning (RK896)."""
    return _Writing(model, report).written()


@dataclass(frozen=True)
class _Fact:
    """What a column tests: its id, and how a constant is written there."""

    id: str
    name: str
    type: str
    values: Mapping[object, list[str]] | None
    """For a choice the ids that a constant stands for."""
    is_decision: bool = False


class _Writing:
    def __init__(self, model: DmnModel, report: Report) -> None:
        self._model = model
        self._report = report
        self._ids = Names()
        self._table_ids = {name: self._ids.id(dict(t.own).get("id"), name) for name, t in model.tables.items()}
        self._outcomes = {name: Outcomes(table, report) for name, table in model.tables.items()}
        self._facts: dict[str, _Fact] = {}

    def written(self) -> RulebookTexts:
        made = RulebookTexts()
        pages = {"vocabulary.yaml": self._vocabulary()}
        for name in self._model.tables:
            values = self._outcomes[name].of_constant
            self._facts.setdefault(name, _Fact(self._table_ids[name], name, "choice", values, is_decision=True))
        pages["rulebook.yaml"] = self._rulebook()
        for name, table in self._model.tables.items():
            pages[f"{self._table_ids[name]}.yaml"] = self._decision(name, table)
        for name, page in pages.items():
            made.texts[name] = "\n".join(page.lines) + "\n"
            made.lines[name] = page.places
        return made

    def _rulebook(self) -> PlacedLines:
        page, place = PlacedLines(), self._model.place
        title = self._model.name or "DMN"
        page.add(f"name: {flow(ident(title) or 'dmn')}", place)
        page.add(f"title: {flow(title)}", place)
        page.add("vocabulary: vocabulary.yaml", place)
        return page

    # --- facts ------------------------------------------------------------------------------------------

    def _vocabulary(self) -> PlacedLines:
        page = PlacedLines()
        page.add("fields:" if self._model.inputs else "fields: {}", self._model.place)
        for name, given in self._model.inputs.items():
            own = dict(given.own)
            id = self._ids.id(own.get("fact"), name)
            record: dict[str, Any] = {"type": "text", "label": label_of(own, name)}
            values = None
            match given.typed.type:
                case "boolean":
                    record["type"] = "flag"
                case "string":
                    values = self._choice(given, record, own)
                case "date":
                    record["type"] = "date"
                    self._bounds(given, record, 0)
                case "number":
                    self._number(given, record, own)
            self._facts[name] = _Fact(id, name, record["type"], values)
            page.add(f"  {flow(id)}: {flow(record)}", given.place)
        return page

    def _choice(
        self, given: DmnInput, record: dict[str, Any], own: Mapping[str, str]
    ) -> Mapping[object, list[str]] | None:
        allowed = given.typed.allowed
        if allowed is None:
            return None
        words = [part for part in allowed.alternatives if isinstance(part, str)]
        if allowed.negated or len(words) != len(allowed.alternatives):
            self._warn(given.place, _FREE.fill(name=given.name, said=say_cell(allowed.alternatives, allowed.negated)))
            return None
        names = Names()
        ids = {word: names.id(word if "fact" in own else None, word) for word in dict.fromkeys(words)}
        record["type"] = "choice"
        record["values"] = {id: label_of(own, word, f"-{word}") for word, id in ids.items()}
        return {word: [id] for word, id in ids.items()}

    def _number(self, given: DmnInput, record: dict[str, Any], own: Mapping[str, str]) -> None:
        constants = [*self._tested(given.name), *(given.typed.allowed.constants if given.typed.allowed else ())]
        written = max((_places(c) for c in constants if isinstance(c, Decimal)), default=0)
        if own.get("type") == "count":
            record["type"], places = "count", 0
        else:
            record["type"] = "number"
            record["places"] = places = int(own.get("places") or min(written + 1, MOST_PLACES))
        self._bounds(given, record, places)
        record.setdefault("min", -UNBOUNDED if record["type"] == "number" and "places" not in own else 0)
        if record["type"] == "number" and "places" not in own:
            record.setdefault("max", UNBOUNDED)

    def _bounds(self, given: DmnInput, record: dict[str, Any], places: int) -> None:
        """The least and greatest value that is allowed; of several intervals, those of all together."""
        allowed = given.typed.allowed
        if allowed is None:
            return
        if allowed.negated:
            self._warn(given.place, _FREE.fill(name=given.name, said=say_cell(allowed.alternatives, negated=True)))
            return
        lows, highs = [], []
        for part in allowed.alternatives:
            low, high = _ends(part, places)
            lows.append(low)
            highs.append(high)
        if all(low is not None for low in lows):
            record["min"] = min(lows)
        if all(high is not None for high in highs):
            record["max"] = max(highs)
        if len(allowed.alternatives) > 1:
            least, greatest = record.get("min"), record.get("max")
            self._warn(given.place, _HULL.fill(name=given.name, said=f"{least} .. {greatest}"))

    def _tested(self, name: str) -> Iterator[Constant]:
        for table in self._model.tables.values():
            for column, asked in enumerate(table.asks):
                if asked == name:
                    for row in table.rows:
                        cell = row.cells[column]
                        yield from cell.constants if cell is not None else ()

    def _warn(self, place: Place, what: Text) -> None:
        self._report.add("RK896", place, what=what)

    # --- decisions --------------------------------------------------------------------------------------

    def _decision(self, name: str, table: DmnTable) -> PlacedLines:
        page, outcomes, own = PlacedLines(), self._outcomes[name], dict(table.own)
        id = self._table_ids[name]
        page.add(f"decision: {flow(id)}", table.place)
        page.add(f"title: {flow(label_of(own, name))}", table.place)
        page.add(f"hit: {_HITS.get(table.hit, 'collect')}", table.place)
        page.add("outcomes:" if outcomes.records else "outcomes: {}", table.place)
        for outcome, record in outcomes.records.items():
            page.add(f"  {flow(outcome)}: {flow(record)}", outcomes.places[outcome])
        if table.aggregation:
            call = table.aggregation.lower()
            self._warn(table.place, _AGGREGATED.fill(what=table.aggregation, call=call))
        page.add("rules:" if table.rows else "rules: []", table.place)
        taken: Counter[str] = Counter()
        for row, outcome in zip(table.rows, outcomes.of_row, strict=True):
            number = row.id if "rule" in own else f"{id}-{row.id}"
            taken[number] += 1
            record = {"id": number if taken[number] == 1 else f"{number}-{taken[number]}"}
            record |= {key: said for key, said in (("title", row.title), ("because", row.because)) if said}
            page.add(f"  - {flow(record | {'when': self._when(table, row), 'then': outcome})}", row.place)
        if outcomes.default is not None:
            page.add(f"otherwise: {flow(outcomes.default)}", table.outputs[0].place)
        return page

    def _when(self, table: DmnTable, row: DmnRow) -> dict[str, Any]:
        parts = []
        for name, cell, place in zip(table.asks, row.cells, row.cell_places, strict=True):
            fact = self._facts.get(name)
            if cell is None or fact is None:
                continue
            if fact.is_decision and self._model.tables[name].hit in COLLECTING:
                self._fail(place, _COLLECTED.fill(name=name))
                continue
            parts.append(self._condition(fact, cell, place))
        facts = [key for part in parts for key in part]
        if len(facts) == len(set(facts)) and "any" not in facts and "not" not in facts:
            return {key: test for part in parts for key, test in part.items()}
        return {"all": parts}

    def _condition(self, fact: _Fact, cell: UnaryTests, place: Place) -> dict[str, Any]:
        if all(part is None for part in cell.alternatives):
            return {fact.id: {"known": cell.negated}}
        equal = [c for c in cell.alternatives if c is not None and not isinstance(c, Compared | Between)]
        words = [word for constant in equal for word in self._written(fact, constant, place)]
        tests: list[Any] = [words[0] if len(words) == 1 else words] if equal else []
        for part in cell.alternatives:
            if part is None:
                tests.append({"known": False})
            elif isinstance(part, Compared | Between):
                tests.append(self._bounded(fact, part, place))
        if len(tests) == 1:
            return {fact.id: {"not": tests[0]} if cell.negated else tests[0]}
        either = {"any": [{fact.id: test} for test in tests]}
        return {"not": either} if cell.negated else either

    def _bounded(self, fact: _Fact, part: Compared | Between, place: Place) -> dict[str, Any]:
        if fact.type not in ("count", "number", "date"):
            self._fail(place, _NOT_BOUND.fill(word=say_cell([part])))
            return {}
        if isinstance(part, Compared):
            return {_BOUNDS[part.operator]: self._one(fact, part.value, place)}
        low, high = "at_least" if part.low_in else "more_than", "at_most" if part.high_in else "less_than"
        return {low: self._one(fact, part.low, place), high: self._one(fact, part.high, place)}

    def _one(self, fact: _Fact, constant: Constant, place: Place) -> Any:
        return next(iter(self._written(fact, constant, place)), None)

    def _written(self, fact: _Fact, constant: Constant, place: Place) -> list[Any]:
        """What stands for a constant in a test of a fact."""
        said = say_constant(constant)
        if fact.values is not None:
            ids = fact.values.get(keyed(constant), [])
            if not ids:
                template = _NOT_GIVEN if fact.is_decision else _NOT_ALLOWED
                self._fail(place, template.fill(word=said, name=fact.name))
            return ids
        fits = {"flag": bool, "text": str, "date": date, "count": Decimal, "number": Decimal}[fact.type]
        if not isinstance(constant, fits):
            self._fail(place, _NOT_TYPE.fill(word=said, name=fact.name, type=fact.type))
            return []
        if isinstance(constant, Decimal) and _places(constant) > MOST_PLACES:
            self._fail(place, _PLACES.fill(word=said, most=MOST_PLACES))
        return [constant]

    def _fail(self, place: Place, why: Text) -> None:
        self._report.add("RK895", place, why=why)


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _ends(part: Any, places: int) -> tuple[Any, Any]:
    """The least and the greatest value of an alternative; None where it has none."""
    match part:
        case Compared(operator=operator, value=value):
            low, high, low_in, high_in = (value, None, operator == ">=", True)
            if operator in ("<", "<="):
                low, high, low_in, high_in = (None, value, True, operator == "<=")
        case Between():
            low, high, low_in, high_in = part.low, part.high, part.low_in, part.high_in
        case _:
            low, high, low_in, high_in = part, part, True, True
    return _beside(low, 0 if low_in else 1, places), _beside(high, 0 if high_in else -1, places)


def _beside(value: Any, steps: int, places: int) -> Any:
    if value is None or not steps:
        return value
    if isinstance(value, Decimal):
        return value + Decimal(steps).scaleb(-places)
    return date.fromordinal(value.toordinal() + steps) if isinstance(value, date) else value
