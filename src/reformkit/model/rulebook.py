"""A rulebook: decision tables, parameters and signals over one vocabulary."""

from __future__ import annotations

from functools import cached_property
from graphlib import TopologicalSorter
from typing import Literal

from pydantic import Field as Holding

from reformkit.model.basis import Basis as Basis  # noqa: PLC0414 (read from here too)
from reformkit.model.condition import Condition, tests
from reformkit.model.figure import FigureRules
from reformkit.model.gives import GivenValue, Gives
from reformkit.model.integrity import IntegrityRules
from reformkit.model.letter import Letters
from reformkit.model.node import Node
from reformkit.model.period import ALWAYS, Period
from reformkit.model.procedure import Procedures
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.text import Text

Hit = Literal["first", "unique", "any", "collect", "priority"]


class Rule(Node):
    """When the condition holds and the rule is in force, the decision's outcome is `then`."""

    node: Literal["rule"] = "rule"
    id: str
    title: Text | None = None
    when: Condition
    then: str
    because: Text | None = None
    basis: Basis | None = None
    period: Period = ALWAYS


class Otherwise(Node):
    """The outcome when no rule holds; under `collect` there may be several: `also` are those after the first."""

    node: Literal["otherwise"] = "otherwise"
    then: str
    also: tuple[str, ...] = ()
    because: Text | None = None
    basis: Basis | None = None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """All that it gives."""
        return (self.then, *self.also)


class DecisionTable(Node):
    """One decision: its rules in order, and its hit policy.

    `first`: the first rule that holds. `unique`: at most one may hold. `any`: several may if they agree.
    `collect`: the outcomes of every rule that holds. `priority`: of those that hold, the one whose outcome is declared
    first. Rules that are switched off are `disabled`, and none of the `rules`. `gives` are the values that come with
    outcomes.
    """

    node: Literal["decision"] = "decision"
    id: str
    title: Text
    hit: Hit
    outcomes: dict[str, Choice]
    gives: dict[str, dict[str, GivenValue]] = {}
    rules: tuple[Rule, ...] = ()
    otherwise: Otherwise | None = None
    disabled: tuple[Rule, ...] = ()

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that some rule tests."""
        return frozenset(test.fact for rule in self.rules for test in tests(rule.when))

    @cached_property
    def given(self) -> dict[str, Gives]:
        """What comes with each outcome, as Python has it; outcomes with nothing are left out."""
        return {o: {name: value.value for name, value in gives.items()} for o, gives in self.gives.items()}


class ParameterValue(Node):
    """One value of a parameter, as written, and the time for which it holds."""

    node: Literal["value"] = "value"
    value: str
    period: Period = ALWAYS
    basis: Basis | None = None


class ParameterTable(Node):
    """A named value that changes with time."""

    node: Literal["parameter_table"] = "parameter_table"
    name: str
    label: Text
    values: tuple[ParameterValue, ...]


Side = Literal["before", "both"]
"""Which cases of a window count: those before a case, or also those after it."""


class Window(Node):
    """A length of time from the date of a case: back (date - length, date], and on as far as it is so for others."""

    node: Literal["window"] = "window"
    length: int
    unit: Literal["days", "months", "years"]


class Signal(Node):
    """A fact counted over other cases (docs/language.md, Signals).

    `distinct`: count the different values of this fact instead of cases. `share`: the whole per cent,
    floored, of the selected cases that meet a condition. Only cases that agree with this one on every
    fact of `same`, share a value of the tags fact `sharing`, meet `where` and lie in the window count;
    `side` says whether the window ends with the case, or two cases count for each other whichever came first.
    """

    node: Literal["signal"] = "signal"
    name: str
    label: Text
    distinct: str | None = None
    share: Condition | None = None
    same: tuple[str, ...] = ()
    within: Window | None = None
    side: Side = "before"
    sharing: str | None = None
    where: Condition | None = None
    basis: Basis | None = None


class Document(Node):
    """A document that the rulebook rests on."""

    node: Literal["document"] = "document"
    id: str
    title: Text
    note: Text | None = None


class RoleOfSource(Node):
    """What a role does, and who may hold it, where reform has one of some sources."""

    node: Literal["role_of_source"] = "role_of_source"
    sources: tuple[str, ...]
    duty: Text | None = None
    held_by: tuple[Text, ...] = ()


class Role(Node):
    """A part in the work of reform, and the offices that may hold it; one office may hold several.

    `sources`: those of which reform has the role; none: all. `by_source` says what is otherwise for some.
    """

    node: Literal["role"] = "role"
    id: str
    label: Text
    duty: Text | None = None
    held_by: tuple[Text, ...] = ()
    basis: Basis | None = None
    sources: tuple[str, ...] = ()
    by_source: tuple[RoleOfSource, ...] = ()

    def of(self, source: str | None) -> Role | None:
        """The role as reform of a source has it; None where that has none such."""
        if self.sources and source is not None and source not in self.sources:
            return None
        own = next((each for each in self.by_source if source in each.sources), None)
        if own is None:
            return self
        return self.model_copy(update={"duty": own.duty or self.duty, "held_by": own.held_by or self.held_by})


class Rulebook(Node):
    """Everything that a rulebook folder says, over its vocabulary.

    How items are carried out (`procedures`, `letters`) and counted (`figures`) decides nothing: it has digests of its own and is no part of the
    rules'.
    """

    node: Literal["rulebook"] = "rulebook"
    name: str
    version: str = ""
    title: Text
    authority: Text | None = None
    documents: dict[str, Document] = {}
    roles: dict[str, Role] = {}
    vocabulary: Vocabulary
    parameters: dict[str, ParameterTable] = {}
    signals: dict[str, Signal] = {}
    decisions: dict[str, DecisionTable]
    procedures: Procedures | None = Holding(default=None, exclude=True, repr=False)
    figures: FigureRules | None = Holding(default=None, exclude=True, repr=False)
    integrity: IntegrityRules | None = Holding(default=None, exclude=True, repr=False)
    letters: Letters | None = Holding(default=None, exclude=True, repr=False)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every fact that a rule may test: the vocabulary's, then decisions, then signals."""
        return fact_fields(self.vocabulary, self.decisions, self.signals)

    @property
    def role_labels(self) -> dict[str, Text]:
        """What each role is called."""
        return {id: role.label for id, role in self.roles.items()}

    @property
    def bases(self) -> list[Basis]:
        """Everything that rules, parameters and signals rest on."""
        tables = self.decisions.values()
        bases = [rule.basis for table in tables for rule in table.rules]
        bases += [table.otherwise.basis for table in tables if table.otherwise]
        bases += [value.basis for parameter in self.parameters.values() for value in parameter.values]
        bases += [signal.basis for signal in self.signals.values()]
        return [basis for basis in bases if basis is not None]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The decisions, each after those whose outcome it tests; otherwise as declared.

        Raises `graphlib.CycleError` where decisions wait for each other.
        """
        graph = {name: [f for f in self.decisions if f in table.facts] for name, table in self.decisions.items()}
        return tuple(TopologicalSorter(graph).static_order())


def fact_fields(
    vocabulary: Vocabulary, decisions: dict[str, DecisionTable], signals: dict[str, Signal]
) -> dict[str, Field]:
    """Every fact a rule may test, by name, in the order in which facts are asked for."""
    fields = dict(vocabulary.case_fields)
    fields.update((name, decision_field(name, d.title, d.hit, d.outcomes)) for name, d in decisions.items())
    fields.update((name, signal_field(name, s.label, s.share is not None)) for name, s in signals.items())
    return fields


def decision_field(name: str, title: Text, hit: Hit, outcomes: dict[str, Choice]) -> Field:
    """The outcome of a decision, as a fact for the next one."""
    kind: Literal["tags", "choice"] = "tags" if hit == "collect" else "choice"
    return Field(name=name, type=kind, label=title, values=outcomes, source="decision")


def signal_field(name: str, label: Text, share: bool) -> Field:
    """A counted signal, as a fact."""
    return Field(name=name, type="count", label=label, min=0, max=100 if share else None, source="signal")
