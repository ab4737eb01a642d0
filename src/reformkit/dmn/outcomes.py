"""What a table gives, as the outcomes of a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from reformkit.dmn.feel import Constant, say_constant
from reformkit.dmn.model import DmnOutput, DmnTable
from reformkit.dmn.names import Names, label_of
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.text import Text

COLLECTING = ("COLLECT", "RULE ORDER", "OUTPUT ORDER")
_RANKED = ("PRIORITY", "OUTPUT ORDER")
_RANKS = Text(
    "“{policy}”要有输出值的次序（outputValues）", "`{policy}` needs the order of the output values (outputValues)"
)


class Outcomes:
    """What a table gives, as the outcomes of a decision, with the outcome of each row.

    One for each combination of values: a text by itself is the outcome's label, anything else comes with it (`gives`). Where
    a table collects, rows that give the same are apart, for DMN lists both. A table that reformkit wrote has its outcomes in
    the first column, and is read as it was.
    """

    def __init__(self, table: DmnTable, report: Report) -> None:
        self.records: dict[str, dict[str, Any]] = {}
        self.places: dict[str, Place] = {}
        self.of_constant: dict[object, list[str]] = {}
        self._table = table
        self._names = Names()
        rows = [(row.values, row.place) for row in table.rows]
        has_default = any(output.has_default for output in table.outputs)
        if has_default:
            rows.append((tuple(output.default for output in table.outputs), table.outputs[0].place))
        if table.hit in _RANKED and not any(output.order for output in table.outputs):
            report.add("RK895", table.place, why=_RANKS.fill(policy=table.hit))
        self._is_own = "id" in dict(table.own)
        counts = Counter(_key(values) for values, _ in rows)
        apart = not self._is_own and table.hit in COLLECTING and any(count > 1 for count in counts.values())
        is_plain = len(table.outputs) == 1 and not apart and all(isinstance(values[0], str) for values, _ in rows)
        self._gives = () if is_plain else self._given_names()
        keys = [(_key(values), number if apart else 0) for number, (values, _) in enumerate(rows)]
        ids: dict[object, str] = {}
        for number in self._order([values for values, _ in rows]):
            if keys[number] not in ids:
                ids[keys[number]] = self._outcome(*rows[number])
        self.of_row = [ids[key] for key in keys[: len(table.rows)]]
        self.default = ids[keys[-1]] if has_default else None
        if self._is_own:
            self._declare(table.outputs[0])

    def _declare(self, first: DmnOutput) -> None:
        """All outcomes of a decision, those that no row gives too, in the order in which it has them."""
        words = [word for word in first.order if isinstance(word, str)]
        for word in words:
            if word not in self.records:
                self._outcome((word, *[None] * (len(self._table.outputs) - 1)), first.place)
        self.records = {id: self.records[id] for id in dict.fromkeys([*words, *self.records])}

    def _order(self, rows: Sequence[tuple[Constant, ...]]) -> Iterable[int]:
        """The numbers of the rows in the order in which their outcomes are declared: by rank where there is one."""
        numbers = range(len(rows))
        if self._table.hit in _RANKED or self._is_own:
            return sorted(numbers, key=lambda number: self._rank(rows[number]))
        return numbers

    def _rank(self, values: tuple[Constant, ...]) -> tuple[int, ...]:
        ranks = []
        for output, value in zip(self._table.outputs, values, strict=True):
            order = [keyed(word) for word in output.order]
            ranks.append(order.index(keyed(value)) if keyed(value) in order else len(order))
        return tuple(ranks)

    def _given_names(self) -> tuple[str, ...]:
        names = Names()
        return tuple(names.id(None, output.name) for output in self._table.outputs)

    def _outcome(self, values: tuple[Constant, ...], place: Place) -> str:
        given = dict(zip(self._gives, values, strict=True)) if self._gives else {}
        if self._is_own:
            given.pop(next(iter(given), ""), None)
            values = values[:1]
        words = "，".join(_word(value) for value in values)
        id = self._names.id(words if self._is_own else None, words)
        record: dict[str, Any] = {"label": self._names.label(label_of(dict(self._table.own), words, f"-{words}"))}
        if any(value is not None for value in given.values()):
            record["gives"] = {name: _given(value) for name, value in given.items() if value is not None}
        self.records[id], self.places[id] = record, place
        if len(values) == 1:
            self.of_constant.setdefault(keyed(values[0]), []).append(id)
        return id


def keyed(value: Constant) -> object:
    """A constant as a key: true is not 1, and 1.0 is 1."""
    return (bool, value) if isinstance(value, bool) else value


def _key(values: tuple[Constant, ...]) -> tuple[object, ...]:
    return tuple(keyed(value) for value in values)


def _word(value: Constant) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else "-" if value is None else say_constant(value)


def _given(value: Constant) -> Any:
    return value if isinstance(value, Decimal | str) else _word(value)
