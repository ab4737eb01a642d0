"""What a decision came to, and everything that can be asked of it afterwards.

Long because a decision and all that can be asked of it afterwards are one idea, pickled and copied as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from reformkit.hypertext.frame import fragment, notebook_language, words
from reformkit.model.gives import NOTHING_GIVEN, CollectedGives, Gives, plain_gives
from reformkit.model.mould import Mould, Moulds, plain_data
from reformkit.model.rulebook import Basis
from reformkit.model.vocabulary import Facts, Field, Value
from reformkit.problem import Place
from reformkit.text import LANGS, Lang, Text

Status = Literal["decided", "undetermined", "conflict", "uncovered"]
Verdict = Literal["holds", "fails", "open"]

CONFLICT: Literal["conflict"] = "conflict"
UNCOVERED: Literal["uncovered"] = "uncovered"

_UNNAMED = Text("", "")


NeedType = Literal["choice", "flag", "count", "number", "date", "tags", "text", "cases"]
"""The type of the fact that is asked for; `cases` where the history is unknown."""


@dataclass(frozen=True, slots=True)
class Need:
    """An unknown fact on which the result hangs, with the question that asks for it.

    `type`, `label` and `options`, the values of a choice and of tags with their labels, say how it is answered. `why`
    names what hangs on it, among the needs of an assessment: decisions, signals, and `measures` for recommendations.
    """

    fact: str
    ask: Text | None
    type: NeedType = "text"
    label: Text = _UNNAMED
    options: tuple[tuple[str, Text], ...] = ()
    why: tuple[str, ...] = field(default=(), compare=False)

    def to_dict(self, langs: tuple[Lang, ...] = LANGS) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "fact": self.fact,
            "ask": None if self.ask is None else self.ask.to_dict(langs),
            "label": self.label.to_dict(langs),
            "type": self.type,
            "options": [{"value": value, "label": label.to_dict(langs)} for value, label in self.options],
            "why": list(self.why),
        }

    def in_short(self, langs: tuple[Lang, ...] = LANGS) -> dict[str, Any]:
        """Plain data for JSON of the fact and its question alone."""
        return {"fact": self.fact, "ask": None if self.ask is None else self.ask.to_dict(langs)}


def need_of(fact: Field) -> Need:
    """What asks for a fact."""
    options = tuple((id, choice.label) for id, choice in fact.values.items())
    return Need(fact.name, fact.ask, fact.type, fact.label, options)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the completions of the unknown facts give, taken together.

    `outcomes`: given in every completion. `possible`: given in some, in declared order, then `conflict`
    and `uncovered`. `rule`: the one that gives the outcome in all; `rules`: giving, conflicting or
    collected in some. `approximate`: past the budget the wider answer is given.
    """

    outcomes: tuple[str, ...]
    possible: tuple[str, ...]
    rule: str | None
    rules: tuple[str, ...]
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision's result and where in the rulebook it stands; one object serves every case with it."""

    status: Status
    outcome: str | None
    place: Place
    settlement: Settlement


class TestTrace(NamedTuple):
    """One test of a rule: what was observed, what was wanted, and whether that holds."""

    fact: str
    observed: Value | None
    wanted: str
    verdict: Verdict


class RuleTrace(NamedTuple):
    """One rule's verdict on a case, with the verdict of each of its tests."""

    rule: str
    verdict: Verdict
    outcome: str
    place: Place
    tests: tuple[TestTrace, ...]


class TraceWriter(Protocol):
    """Writes the entry of one rule for the facts of one case."""

    def entry(self, rule: str, facts: Facts, opens: Any) -> RuleTrace: ...


class Trace(Sequence[RuleTrace]):
    """Every rule's verdict, in the order of the rules; each entry is worked out when it is read."""

    __slots__ = ("_deciding", "_facts", "_opens", "_rules", "_writer")

    def __init__(
        self, writer: TraceWriter, rules: Sequence[str], facts: Facts, opens: object, deciding: str | None
    ) -> None:
        self._writer = writer
        self._rules = rules
        self._facts = facts
        self._opens = opens
        self._deciding = deciding

    @property
    def deciding(self) -> RuleTrace | None:
        """The entry of the rule that gives the outcome, at the cost of that rule alone."""
        return None if self._deciding is None else self._writer.entry(self._deciding, self._facts, self._opens)

    def of(self, rule: str) -> RuleTrace:
        """One rule's entry, by its id. Raises KeyError for a rule that is not in force."""
        return self._writer.entry(rule, self._facts, self._opens)

    def __getitem__(self, index: Any) -> Any:
        picked = self._rules[index]
        if isinstance(picked, str):
            return self._writer.entry(picked, self._facts, self._opens)
        return [self._writer.entry(rule, self._facts, self._opens) for rule in picked]

    def __len__(self) -> int:
        return len(self._rules)

    def __iter__(self) -> Iterator[RuleTrace]:
        return (self._writer.entry(rule, self._facts, self._opens) for rule in self._rules)


@dataclass(frozen=True, slots=True)
class Flip:
    """A smallest change of stated facts that changes the result, and what it becomes."""

    changes: Mapping[str, Value]
    status: Status
    outcome: str | None
    outcomes: tuple[str, ...] = ()


class Decider(Protocol):
    """What a `Decision` asks when more than its result is wanted; `digest` and `folder` are those of its rulebook.

    `moulds` keeps the plain data of decisions.
    """

    @property
    def digest(self) -> str: ...
    @property
    def folder(self) -> str: ...
    @property
    def moulds(self) -> Moulds: ...
    def hanging(self, decision: str, facts: Facts, as_of: date | None, by: str) -> tuple[str, ...]: ...
    def holding(self, decision: str, rules: tuple[str, ...], facts: Facts, as_of: date | None) -> frozenset[str]: ...
    def needs(self, decision: str, facts: Facts, as_of: date | None, by: str) -> tuple[Need, ...]: ...
    def trace(self, decision: str, facts: Facts, as_of: date | None, deciding: str | None) -> Trace: ...
    def flips(self, decision: str, facts: Facts, as_of: date | None) -> list[Flip]: ...
    def grounds(self, decision: str, rule: str | None) -> tuple[Text | None, Basis | None]: ...
    def given(self, decision: str) -> TableGives: ...
    def told(self, decision: Decision) -> Text | None: ...


class TableGives(NamedTuple):
    """What comes with the outcomes of a decision, and whether it collects them."""

    gives: Mapping[str, Gives]
    collects: bool


Asked = tuple[Decider, str, Facts, date | None, str]
"""Who took a decision, which, for which facts (nobody changes them any more), on which day, and how."""


class Deciding(Protocol):
    """What a `Book` has that decisions ask."""

    @property
    def chain(self) -> Decider: ...


class WithoutBookError(RuntimeError):
    """A result that was pickled was asked for what only its rulebook can answer; `with_book` gives it one."""

    def __init__(self, asked: str) -> None:
        super().__init__(
            f"{asked} needs the rulebook, and this result came out of a pickle without one: "
            "give it one with .with_book(book)"
        )


@dataclass(frozen=True, slots=True)
class KeptDecider:
    """What is kept of a rulebook beside a decision that is pickled: its digest, and what was asked of it then."""

    digest: str
    folder: str
    kept_needs: tuple[Need, ...]
    kept_grounds: tuple[Text | None, Basis | None]
    kept_given: TableGives

    @property
    def moulds(self) -> Moulds:
        return Moulds()

    def hanging(self, decision: str, facts: Facts, as_of: date | None, by: str) -> tuple[str, ...]:
        raise WithoutBookError("Decision.hanging")

    def holding(self, decision: str, rules: tuple[str, ...], facts: Facts, as_of: date | None) -> frozenset[str]:
        raise WithoutBookError("Decision.holding")

    def needs(self, decision: str, facts: Facts, as_of: date | None, by: str) -> tuple[Need, ...]:
        return self.kept_needs

    def grounds(self, decision: str, rule: str | None) -> tuple[Text | None, Basis | None]:
        return self.kept_grounds

    def given(self, decision: str) -> TableGives:
        return self.kept_given

    def told(self, decision: Decision) -> Text | None:
        return None

    def trace(self, decision: str, facts: Facts, as_of: date | None, deciding: str | None) -> Trace:
        raise WithoutBookError("Decision.trace")

    def flips(self, decision: str, facts: Facts, as_of: date | None) -> list[Flip]:
        raise WithoutBookError("Decision.flips()")


class Decision:
    """One decision for one case.

    `status` is `decided`, `undetermined`, `conflict` (rules clash) or `uncovered` (no rule and no
    otherwise). `outcome` is given when decided (not for `collect`, whose results are `outcomes`).
    `place` is file and line of what decided. Needs, reasons, trace and flips are worked out when read.
    Pickled, it is a snapshot: all that `to_dict()` has stays, trace and flips want `with_book`.
    """

    __slots__ = ("_answer", "_asked")

    def __init__(self, answer: Answer, asked: Asked) -> None:
        self._answer = answer
        self._asked = asked

    @property
    def decision(self) -> str:
        """The name of the decision."""
        return self._asked[1]

    @property
    def answer(self) -> Answer:
        """The result alone, which other cases may share."""
        return self._answer

    @property
    def decider(self) -> Decider:
        """What is asked when more than the result is wanted."""
        return self._asked[0]

    @property
    def status(self) -> Status:
        return self._answer.status

    @property
    def outcome(self) -> str | None:
        return self._answer.outcome

    @property
    def place(self) -> Place:
        return self._answer.place

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes given in every completion of the unknown facts, in declared order."""
        return self._answer.settlement.outcomes

    @property
    def possible(self) -> tuple[str, ...]:
        """The outcomes given in some completion, in declared order, then `conflict`, `uncovered`."""
        return self._answer.settlement.possible

    @property
    def rule(self) -> str | None:
        """The rule that gives the outcome in all completions (under `any` the first true one)."""
        return self._answer.settlement.rule

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules giving, conflicting or collected in some completion, in the order of the rules."""
        return self._answer.settlement.rules

    @property
    def approximate(self) -> bool:
        """Whether the budget ran out, so that `possible` may be wider than it need be."""
        return self._answer.settlement.approximate

    @property
    def needs(self) -> tuple[Need, ...]:
        """The unknown facts on which the result hangs, the most telling question first."""
        if self.status != "undetermined":  # every completion gives the same result
            return ()
        decider, name, facts, as_of, by = self._asked
        return decider.needs(name, facts, as_of, by)

    @property
    def hanging(self) -> tuple[str, ...]:
        """The unknown facts on which the result hangs, as `needs` has them, and signals, which nobody is asked for."""
        decider, name, facts, as_of, by = self._asked
        return decider.hanging(name, facts, as_of, by)

    @property
    def holding(self) -> frozenset[str]:
        """The rules among `rules` that hold whatever is unknown."""
        if self.status == "decided":
            return frozenset(self.rules)
        decider, name, facts, as_of, _ = self._asked
        return decider.holding(name, self.rules, facts, as_of)

    @property
    def because(self) -> Text | None:
        """Why, in the words of the rule (or of `otherwise`) that decided."""
        return self._grounds()[0]

    @property
    def basis(self) -> Basis | None:
        """What the deciding rule rests on."""
        return self._grounds()[1]

    @property
    def gives(self) -> Gives | CollectedGives | None:
        """The named values that come with the outcome (none: an empty mapping); None where there is no outcome.

        Of a decision that collects: a list of what comes with each of `outcomes`, with `sum`, `min`, `max` and `count` of
        a name. It is the caller's own: to change it changes no rulebook.
        """
        gives, collects = self._asked[0].given(self.decision)
        if collects:
            return CollectedGives(self.outcomes, self.possible, gives)
        return None if self.outcome is None else dict(gives.get(self.outcome, NOTHING_GIVEN))

    def _grounds(self) -> tuple[Text | None, Basis | None]:
        if self.status != "decided":
            return None, None
        rule = self.rule
        if rule is None and self.rules:
            return None, None
        return self._asked[0].grounds(self.decision, rule)

    @property
    def trace(self) -> Trace:
        """Each rule's verdict with observed and wanted values; `trace.deciding` is the one that decided."""
        decider, name, facts, as_of, _ = self._asked
        return decider.trace(name, facts, as_of, self._answer.settlement.rule)

    def flips(self) -> list[Flip]:
        """The smallest changes of the stated facts (one, else two) that change the result."""
        decider, name, facts, as_of, _ = self._asked
        return decider.flips(name, facts, as_of)

    @property
    def digest(self) -> str:
        """The SHA-256 of the rulebook that decided (`Book.digests["rules"]`)."""
        return self._asked[0].digest

    def with_book(self, book: Deciding) -> Decision:
        """The same decision with the book that made it, after it was pickled.

        Raises ValueError for a book with another rulebook.
        """
        decider, name, facts, as_of, by = self._asked
        if not hasattr(book, "chain"):
            raise TypeError(f"with_book() takes a Book, not {type(book).__name__}")
        if book.chain.digest != decider.digest:
            raise ValueError(
                f"this decision was made with the rulebook {decider.digest[:12]}, the book has {book.chain.digest[:12]}"
            )
        return Decision(self._answer, (book.chain, name, facts, as_of, by))

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `place` as seen from the folder of the rulebook."""
        data: dict[str, Any] = plain_data(decision_tree(self))
        return data

    def plain_gives(self) -> dict[str, Any] | list[dict[str, Any]] | None:
        """What comes with the outcomes, as JSON has it; None where no outcome of the decision has anything."""
        if not self._asked[0].given(self.decision).gives:
            return None
        match self.gives:
            case CollectedGives() as collected:
                return collected.to_list()
            case None:
                return None
            case gives:
                return plain_gives(gives)

    def _repr_html_(self) -> str | None:
        """What a notebook shows; None, for plain text, where the decision came out of a pickle without its book."""
        told = self._asked[0].told(self)
        if told is None:
            return None
        lang = notebook_language()
        lines = [told, *([self.because] if self.because else ()), *(need.ask or need.label for need in self.needs)]
        return fragment([f"<p>{words(line, lang)}</p>" for line in lines], lang)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return (self.decision, self._answer) == (other.decision, other._answer)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        decider, *asked = self._asked
        kept = KeptDecider(
            decider.digest, decider.folder, self.needs, self._grounds(), self._asked[0].given(self.decision)
        )
        return Decision, (self._answer, (kept, *asked))

    def __copy__(self) -> Decision:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Decision:
        return self  # nothing of it changes

    def __repr__(self) -> str:
        return f"Decision({self.decision!r}, {self.status!r}, {self.outcome!r})"


def decision_tree(decision: Decision, langs: tuple[Lang, ...] = LANGS) -> Mould:
    """A decision's plain data, made once for all cases that have the same answer and leave the same open."""
    needs = decision.needs
    key = (tuple([need.fact for need in needs]), langs)
    return decision._asked[0].moulds.of(decision.answer, key, lambda: _mould(decision, needs, langs))


def _mould(d: Decision, needs: tuple[Need, ...], langs: tuple[Lang, ...]) -> Mould:
    because, basis = d.because, d.basis
    gives = {"gives": d.plain_gives()} if d._asked[0].given(d.decision).gives else {}
    return Mould(
        {
            "decision": d.decision,
            "status": d.status,
            "outcome": d.outcome,
            "outcomes": list(d.outcomes),
            "possible": list(d.possible),
            "rule": d.rule,
            "rules": list(d.rules),
            "needs": [need.in_short(langs) for need in needs],
            "place": str(d.place.within(d._asked[0].folder)),
            "because": None if because is None else because.to_dict(langs),
            "basis": None if basis is None else _basis(basis, langs),
            "approximate": d.approximate,
            **gives,
        }
    )


def _basis(basis: Basis, langs: tuple[Lang, ...]) -> dict[str, Any]:
    at = None if basis.at is None else basis.at.to_dict(langs)
    return {"kind": basis.kind, "at": at, "ref": basis.ref}
