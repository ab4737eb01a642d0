"""The facts that a rule may test: their types, values, labels and questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any, Literal

from reformkit.model.condition import Condition
from reformkit.model.node import Node
from reformkit.model.own_words import CARRIED, UNKNOWN_WORDS
from reformkit.model.scale import on_scale, units_below
from reformkit.text import Text

FieldType = Literal["choice", "flag", "count", "number", "date", "text", "tags"]
ORDERED: tuple[FieldType, ...] = ("count", "number", "date")
"""The types whose values have an order, and bounds."""

Value = str | bool | int | Decimal | date | frozenset[str]
Facts = dict[str, Any]
"""Known facts by name, each a `Value`. What is not in it is unknown: never false, zero or empty."""

FindingPart = Literal["cause", "matter"]
"""What of a finding may be gathered in a fact of the case."""

FINDINGS = "findings"
"""The name under which a case states its findings."""

DATE_FACTS = ("decided_on", "filed_on")
"""The facts that date a case where the vocabulary does not say which do."""


class Choice(Node):
    """One value that a choice or tags field may take; `group` is the class it belongs to, if any.

    `was` are labels that it had before: they are read, and never written.
    """

    node: Literal["item"] = "item"
    id: str
    label: Text
    group: str | None = None
    was: tuple[str, ...] = ()


class Derived(Node):
    """How a fact follows from another when it is not stated; what is stated wins.

    `same_year`: a date fact lies in the calendar year of the day of judging. `days_since`: the days from a date
    fact to that day. `group_of`: the groups of the values of a tags fact. `findings`: the union of what the findings
    of a case say (its causes, or its matters).
    """

    node: Literal["derived"] = "derived"
    same_year: str | None = None
    days_since: str | None = None
    group_of: str | None = None
    findings: FindingPart | None = None

    @property
    def source(self) -> str | None:
        """The fact that it follows from; None where it follows from findings."""
        return self.day or self.group_of

    @property
    def day(self) -> str | None:
        """The date fact that it sets beside the day of judging; None where it looks at no day."""
        return self.same_year or self.days_since


MOST_COUNT = (1 << 63) - 1
"""A count without a bound of its own goes so far, whichever way it comes in: columns hold no more. So does a number, in
units of its last place."""


class Field(Node):
    """A fact: its type, what it may be, how it is called and how it is asked for.

    `min` and `max` bound a count, a number or a date; `places` are the decimal places of a number. `source` says who gives it: a person (`stated`), another
    fact (`derived`), another decision, or a signal counted over other cases. A field `of_finding` belongs
    to a finding and cannot be stated of a case.
    """

    node: Literal["fact"] = "fact"
    name: str
    type: FieldType
    label: Text
    ask: Text | None = None
    values: dict[str, Choice] = {}
    places: int | None = None
    min: int | Decimal | date | None = None
    max: int | Decimal | date | None = None
    personal: bool = False
    derived: Derived | None = None
    of_finding: bool = False
    source: Literal["stated", "derived", "decision", "signal"] = "stated"

    @property
    def words(self) -> tuple[dict[str, str], dict[str, str]]:
        """The label of each value, and the labels that values had before, each with its id."""
        labels = {id: item.label.zh for id, item in self.values.items()}
        return labels, {word: id for id, item in self.values.items() for word in item.was}

    @property
    def lowest(self) -> Any:
        """The least value of a count or number (0 if not said) or date."""
        return self.min if self.min is not None else (date.min if self.type == "date" else self.at(0))

    @property
    def highest(self) -> Any:
        """The greatest value of a date, count or number; None for a count or number without bound."""
        return self.max if self.max is not None or self.type != "date" else date.max

    @property
    def is_ordered(self) -> bool:
        """Whether its values have an order, and bounds."""
        return self.type in ORDERED

    def ordinal(self, value: Any) -> int:
        """The place of an ordered value: a count itself, a number in units of its last place (rounded down where it
        has more), a day as the calendar counts it. Values next to each other differ by one."""
        if self.places is not None:
            return units_below(value, self.places)
        return value.toordinal() if self.type == "date" else int(value)

    def at(self, ordinal: int) -> Any:
        """The ordered value at a place.

        >>> amount = Field(name="amount", type="number", places=2, label=Text.same("amount"))
        >>> amount.ordinal(amount.lowest), amount.at(1250)
        (0, Decimal('12.50'))
        """
        if self.places is not None:
            return on_scale(ordinal, self.places)
        return date.fromordinal(ordinal) if self.type == "date" else ordinal

    def label_of(self, value: str) -> Text:
        """The label of one of the field's values; an unlisted text stands for itself."""
        item = self.values.get(value)
        return item.label if item else Text.same(value)


class Dates(Node):
    """Which facts say when a case was, the first known one first, and which says when it is judged."""

    node: Literal["dates"] = "dates"
    case: tuple[str, ...] = DATE_FACTS
    assessed: str | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """All facts from which it may follow which rules are in force."""
        return self.case if self.assessed is None else (self.assessed, *self.case)

    def own(self, facts: Facts) -> date | None:
        """The day of the case itself."""
        for name in self.case:
            day: date | None = facts.get(name)
            if day is not None:
                return day
        return None

    def judged(self, facts: Facts, as_of: date | None) -> date | None:
        """The day of judging: the one asked about, else the one that the case states."""
        return as_of if as_of is not None or self.assessed is None else facts.get(self.assessed)

    def in_force(self, facts: Facts, as_of: date | None) -> date | None:
        """The day whose rules apply: that of judging, else that of the case; None is the last state."""
        return self.judged(facts, as_of) or self.own(facts)

    def of_letter(self, facts: Facts, as_of: date | None, letter_on: date | None) -> date | None:
        """The day whose law a demand rests on: that of the letter, else that whose rules apply."""
        return letter_on or self.in_force(facts, as_of)


class Contradiction(Node):
    """Something that cannot be true of a case, in one of three forms.

    `before`: the second date is earlier than the first. `years`: a date lies outside some years. `never`: a
    condition holds.
    """

    node: Literal["contradiction"] = "contradiction"
    before: tuple[str, str] | None = None
    years: tuple[tuple[str, int, int], ...] = ()
    never: Condition | None = None


class Vocabulary(Node):
    """The one place that knows the facts of a case, in their declared order, and which of them are its days.

    `own_unknown_words` are what people write for "not known", `own_carried` the columns of tables that are no facts, as far
    as the vocabulary says so itself; where it does not, `unknown_words` and `carried` are reformkit's own. Those are no
    part of a digest: they change with reformkit, and not with the rulebook.
    """

    node: Literal["vocabulary"] = "vocabulary"
    fields: dict[str, Field]
    dates: Dates = Dates()
    own_unknown_words: tuple[str, ...] | None = None
    own_carried: tuple[str, ...] | None = None
    checks: tuple[Contradiction, ...] = ()

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """What people write for "not known"."""
        return UNKNOWN_WORDS if self.own_unknown_words is None else self.own_unknown_words

    @property
    def carried(self) -> tuple[str, ...]:
        """The columns of tables that are no facts and go through to the output."""
        return CARRIED if self.own_carried is None else self.own_carried

    @property
    def case_fields(self) -> Mapping[str, Field]:
        """The facts that a case may state, in declared order."""
        return {name: f for name, f in self.fields.items() if not f.of_finding}

    @property
    def finding_fields(self) -> Mapping[str, Field]:
        """The facts that a finding may state (its matter), in declared order."""
        return {name: f for name, f in self.fields.items() if f.of_finding}

    @property
    def unit_fields(self) -> Mapping[str, Field]:
        """The facts of a case that a finding may state of a unit of its own."""
        types = {"unit": "text", "unit_kind": "choice", "industry": "choice"}
        return {
            name: self.fields[name]
            for name, kind in types.items()
            if name in self.fields and self.fields[name].type == kind
        }

    @cached_property
    def derived(self) -> tuple[Field, ...]:
        """The facts that follow from other facts, each after those that it follows from.

        Those of the findings are not among them: they are joined when the facts of a case are checked.
        Raises `graphlib.CycleError` where facts follow from each other in a ring.
        """
        sources = {
            name: f.derived.source for name, f in self.case_fields.items() if f.derived is not None and f.derived.source
        }
        order = TopologicalSorter({name: (source,) for name, source in sources.items()}).static_order()
        return tuple(self.fields[name] for name in order if name in sources)

    @cached_property
    def gathered(self) -> Mapping[FindingPart, Field]:
        """The facts that follow from the findings of a case, by the part of a finding that each gathers."""
        fields: dict[FindingPart, Field] = {}
        for field in self.case_fields.values():
            if field.derived is not None and field.derived.findings is not None:
                fields.setdefault(field.derived.findings, field)
        return fields

    def behind(self, names: Iterable[str]) -> frozenset[str]:
        """Some facts with all that they follow from, one step after another; `findings` where some do."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            derived = self.fields[name].derived if name in self.fields else None
            if derived is not None:
                waiting.append(derived.source or FINDINGS)
        return frozenset(found)
