"""The main job: a case goes in; whether reform starts, at which layer, why, and with which measures, comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reformkit.advising.recommend import Advice, Certainty, Ground, Recommendation
from reformkit.deciding.in_force import day_of
from reformkit.deciding.meaning import with_changes
from reformkit.deciding.signals import Count
from reformkit.model.case import Case, Finding
from reformkit.model.decision import Decision, Need
from reformkit.model.library import Measure
from reformkit.model.receipt import Came, CountedSignal, Receipt, UsedRulebook
from reformkit.model.rulebook import Rule
from reformkit.model.vocabulary import Facts, Value
from reformkit.text import Lang, Text
from reformkit.wording.memo import memo

if TYPE_CHECKING:
    from reformkit.book import Book

GATES = ("coordinator_gate", "lead_gate")
"""The facts in which the two gates speak, in their order."""

MOST_BRANCHES = 4
"""Outcomes, by answer to one question, that a reader still takes in at a glance."""

NOT_STARTED = ("no", "stopped")
"""Outcomes of `startup` under which nothing is recommended."""


@dataclass(frozen=True, slots=True)
class AssessedCause:
    """A cause of the case: `found`, with its findings, or `suspected` by diagnosis rules, to be verified.

    `because` says for each of the rules how what happened points to the cause, and what to look for.
    """

    cause: str
    weak_point: str
    certainty: Certainty
    findings: tuple[Finding, ...] = ()
    rules: tuple[str, ...] = ()
    because: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """What an undetermined decision comes to where a fact has one of some values; no outcome: it stays open."""

    fact: str
    values: tuple[Value, ...]
    outcome: str | None
    rule: str | None


class Assessment:
    """Everything that a rulebook and its library say of one case.

    The decisions are taken at once; causes, recommendations and explanations are worked out when read.
    """

    def __init__(
        self,
        book: Book,
        case: Case,
        facts: Facts,
        decisions: dict[str, Decision],
        as_of: date | None,
        counts: Mapping[str, Count],
        has_history: bool,
    ) -> None:
        self.book = book
        self.case = case
        self.decisions = decisions
        self.as_of = as_of
        self.counts = counts
        self.has_history = has_history
        self._facts = facts
        self._advice: Advice | None = None  # worked out when first read (cheaper than cached_property)
        self._advised = False

    @property
    def startup(self) -> Decision:
        """Whether reform starts. Raises KeyError where the rulebook does not decide it."""
        return self.decisions["startup"]

    @property
    def layer(self) -> Decision:
        """At which layer. Raises KeyError where the rulebook does not decide it."""
        return self.decisions["layer"]

    @property
    def day(self) -> date | None:
        """The day whose rules applied; None when nothing dates the case."""
        return day_of(self._facts, self.as_of)

    @property
    def facts(self) -> Facts:
        """The facts of the case with the signals that were counted; what is stated wins."""
        return self._facts

    def not_yet_in_force(self, decision: str) -> date | None:
        """The first day with a rule in force, where the case's own day lies before it; else None."""
        table = self.book.rulebook.decisions[decision]
        first = min((rule.period.since or date.min for rule in table.rules), default=None)
        return first if self.day is not None and first is not None and self.day < first else None

    @property
    def digest(self) -> str:
        """The SHA-256 of the rulebook and library that gave this."""
        return self.book.digest

    # --- causes and measures ---------------------------------------------------------------------------

    @cached_property
    def causes(self) -> list[AssessedCause]:
        """The causes found, in the vocabulary's order, then those suspected, in the order of their rules."""
        findings: dict[str, list[Finding]] = {}
        for finding in self.case.findings or ():
            findings.setdefault(finding.cause, []).append(finding)
        items, found = self.book.cause_items, self._found
        return [
            AssessedCause(name, item.group or "", "found", tuple(findings.get(name, ())))
            for name, item in items.items()
            if name in found
        ] + [
            AssessedCause(
                name,
                items[name].group or "",
                "suspected",
                rules=tuple(rule.id for rule in rules),
                because=tuple(rule.because for rule in rules if rule.because is not None),
            )
            for name, rules in self._suspecting.items()
        ]

    @property
    def _suspecting(self) -> dict[str, list[Rule]]:
        """The causes suspected, in the order of the first rule that says so, each with its rules: those that
        hold whatever is unknown, or, where only several together make it sure, all of these."""
        suspected = self._suspected
        if not suspected:
            return {}
        diagnosis = self.decisions[self.book.diagnosis]
        giving, trace = set(diagnosis.rules), diagnosis.trace
        rules = [r for r in self.book.rulebook.decisions[self.book.diagnosis].rules if r.id in giving]
        decided = diagnosis.status == "decided"
        found: dict[str, list[Rule]] = {}
        for rule in rules:
            if rule.then in suspected and (decided or trace.of(rule.id).verdict == "holds"):
                found.setdefault(rule.then, []).append(rule)
        for name in (rule.then for rule in rules):
            if name in suspected and name not in found:
                found[name] = [rule for rule in rules if rule.then == name]
        return found

    @property
    def _found(self) -> frozenset[str]:
        causes = self._facts.get(self.book.causes_fact)
        return causes if isinstance(causes, frozenset) else frozenset()

    @property
    def _suspected(self) -> frozenset[str]:
        diagnosis = self.decisions.get(self.book.diagnosis)
        return frozenset() if diagnosis is None else frozenset(diagnosis.outcomes) - self._found

    @property
    def gate_to_speak(self) -> str | None:
        """The gate that has yet to speak (`coordinator_gate`, `lead_gate`); None when none has, one said no, or
        the matter has another source than a case and passes no gates."""
        if self._settled("source") not in (None, "case"):
            return None
        for gate in GATES:
            said = self.case.facts.get(gate)
            if said is None:
                return gate if gate in self.book.rulebook.fields else None
            if said == "rejected":
                return None
        return None

    @property
    def screened(self) -> tuple[Rule, ...]:
        """The rules of `screening` that hold and advise what it comes to: the reasons of the advice."""
        name = self.book.screening
        decision = self.decisions.get(name)
        if decision is None or decision.outcome is None:
            return ()
        rules = (r for r in self.book.rulebook.decisions[name].rules if r.then == decision.outcome)
        holding = {entry.rule for entry in decision.trace if entry.verdict == "holds"}
        return tuple(rule for rule in rules if rule.id in holding)

    def branches(self, name: str) -> tuple[Branch, ...]:
        """What an undetermined decision comes to under each answer to its first question; empty where it asks
        none, where the answers are too many to list, or where none of them settles it."""
        decision = self.decisions[name]
        fact = decision.needs[0].fact if decision.needs else None
        field = None if fact is None else self.book.fields[fact]
        if fact is None or field is None or field.type not in ("flag", "choice"):
            return ()
        values: tuple[Value, ...] = (False, True) if field.type == "flag" else tuple(field.values)
        found: dict[tuple[str, str | None], list[Value]] = {}
        open_: list[Value] = []
        for value in values:
            then = self.book.chain.decide(name, with_changes(self._facts, {fact: value}), self.as_of)
            if then.outcome is None:
                open_.append(value)
            else:
                found.setdefault((then.outcome, then.rule), []).append(value)
        if not found or len(found) > MOST_BRANCHES:
            return ()
        settled = [Branch(fact, tuple(said), outcome, rule) for (outcome, rule), said in found.items()]
        return (*settled, Branch(fact, tuple(open_), None, None)) if open_ else tuple(settled)

    @property
    def telling_counts(self) -> tuple[str, ...]:
        """The counted signals without which some decision would be another, or would be open."""
        return tuple(name for name in self.counts if self._tells(name))

    def _tells(self, name: str) -> bool:
        if name in self._counts_hung_on:
            return True
        rest = {fact: value for fact, value in self._facts.items() if fact != name}
        without = self.book.chain.decide_all(rest, self.as_of)
        return any(
            (d.status, d.possible) != (without[n].status, without[n].possible) for n, d in self.decisions.items()
        )

    @property
    def withheld(self) -> Text | None:
        """Why nothing is recommended; None when recommending goes on."""
        outcome = self._not_started
        if outcome is None:
            return None
        label = self.book.rulebook.decisions["startup"].outcomes[outcome].label
        return Text(
            f"研判意见为“{label.zh}”，不提措施建议。", f"The result is “{label.en}”; no measures are suggested."
        )

    @property
    def _not_started(self) -> str | None:
        outcome = self._settled("startup")
        return outcome if outcome in NOT_STARTED else None

    def _settled(self, name: str) -> str | None:
        """The outcome that goes on: the one a person stated, else the one decided."""
        stated: str | None = self._facts.get(name)
        decision = self.decisions.get(name)
        return stated if stated is not None or decision is None else decision.outcome

    @property
    def stated(self) -> dict[str, str]:
        """The outcomes that a person set, whatever the rules say; what builds on them follows these."""
        return {name: self._facts[name] for name in self.decisions if name in self._facts}

    @property
    def _layer(self) -> str | None:
        """The layer that shapes the practice; None where it is undecided or none."""
        layer = self._settled("layer")
        return None if layer == "none" else layer

    @property
    def as_for_a_point(self) -> bool:
        """Whether the measures are given as for a point because no layer is settled."""
        return "layer" in self.decisions and self._layer is None

    @property
    def advice(self) -> Advice | None:
        """What the library advises; None without a library, or where reform does not start."""
        if not self._advised:
            self._advice, self._advised = self._advise(), True
        return self._advice

    def _advise(self) -> Advice | None:
        planner = self.book.planner
        if planner is None or self._not_started is not None:
            return None
        layer, findings = self._layer or "point", self.case.findings or ()
        ground = Ground(planner.library, self.book.fields, self._facts, findings, layer, self.day)
        return Advice(planner, ground, self._found, self._suspected)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The measures for the causes found, the one that answers most causes first."""
        return () if self.advice is None else self.advice.recommendations

    @property
    def also(self) -> tuple[Recommendation, ...]:
        """Measures that touch the causes found without being the answer to one of them."""
        return () if self.advice is None else self.advice.also

    @property
    def suspected(self) -> tuple[Recommendation, ...]:
        """The measures for causes that are only suspected: 待核实."""
        return () if self.advice is None else self.advice.suspected

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Causes found for which the library has no main measure."""
        return () if self.advice is None else self.advice.uncovered

    def not_recommended(self, measure: str | Measure) -> Text:
        """Why a measure is not recommended (or that it is). Raises KeyError for one the library lacks."""
        library = self.book.library
        if library is None:
            raise KeyError(measure)
        known = library.measures[measure if isinstance(measure, str) else measure.id]
        if self.advice is None:
            assert self.withheld is not None
            return self.withheld
        return self.advice.why_not(known)

    # --- questions, words, receipt ---------------------------------------------------------------------

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The questions worth asking: what the decisions of one outcome hang on, then the open recommendations,
        then what a gate that has yet to speak would like to know, then what is collected, suspected causes last:
        these only where reform is not ruled out and the analysis has found no cause."""
        tables = self.book.rulebook.decisions
        single = [
            d for name, d in self.decisions.items() if tables[name].hit != "collect" and name != self.book.screening
        ]
        collected = [d for name, d in self.decisions.items() if tables[name].hit == "collect"]
        facts = [need.fact for decision in single for need in decision.needs]
        facts += [fact for name in self._counts_hung_on for fact in self.counts[name].missing]
        facts += [fact for recommendation in self.recommendations for fact in recommendation.hangs_on]
        if self.gate_to_speak is not None and self.book.screening in self.decisions:
            facts += [need.fact for need in self.decisions[self.book.screening].needs]
        for decision in sorted(collected, key=lambda d: d.decision == self.book.diagnosis):
            if decision.decision != self.book.diagnosis or (self._not_started is None and not self._found):
                facts += [need.fact for need in decision.needs]
        asked = dict.fromkeys(fact for fact in facts if fact not in self._facts)
        return tuple(Need(fact, self.book.fields[fact].ask) for fact in asked)

    @property
    def _counts_hung_on(self) -> list[str]:
        """The counted signals on which some decision hangs."""
        if not self.counts:
            return []
        chain, undetermined = self.book.chain, [n for n, d in self.decisions.items() if d.status == "undetermined"]
        hanging = {fact for name in undetermined for fact in chain.hanging(name, self._facts, self.as_of)}
        return [name for name in self.counts if name in hanging]

    def explain(self, lang: Lang = "zh") -> str:
        """The assessment as a study memo in plain text."""
        return memo(self, lang)

    def receipt(self) -> dict[str, Any]:
        """What is needed to make this again and see whether it still holds (`Book.replay`), as plain data."""
        book = self.book.rulebook
        receipt = Receipt(
            case=self.case.to_dict(),
            as_of=self.as_of,
            day=self.day,
            history=self.has_history,
            signals={
                name: CountedSignal(
                    value=c.value, counted=c.counted, left_out=c.left_out, missing=c.missing, possible=c.possible
                )
                for name, c in self.counts.items()
            },
            rulebook=UsedRulebook(name=book.name, version=book.version, sha256=self.digest),
            outcomes={
                name: Came(status=d.status, outcome=d.outcome, outcomes=d.outcomes, possible=d.possible)
                for name, d in self.decisions.items()
            },
            measures=tuple(r.measure.id for r in self.recommendations),
        )
        return receipt.model_dump(mode="json")

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, with the receipt."""
        return {
            "id": self.case.id,
            "decisions": {name: decision.to_dict() for name, decision in self.decisions.items()},
            "weak_points": list(dict.fromkeys(c.weak_point for c in self.causes)),
            "causes": [
                {
                    "cause": c.cause,
                    "weak_point": c.weak_point,
                    "certainty": c.certainty,
                    "findings": [f.model_dump(exclude_none=True) for f in c.findings],
                    "rules": list(c.rules),
                }
                for c in self.causes
            ],
            "recommendations": [r.to_dict() for r in self.recommendations],
            "also": [r.to_dict() for r in self.also],
            "suspected": [r.to_dict() for r in self.suspected],
            "uncovered": list(self.uncovered),
            "stated": self.stated,
            "needs": [
                {"fact": n.fact, "ask": None if n.ask is None else {"zh": n.ask.zh, "en": n.ask.en}} for n in self.needs
            ],
            "receipt": self.receipt(),
        }

    def __repr__(self) -> str:
        results = ", ".join(f"{name}={d.outcome or d.status}" for name, d in self.decisions.items())
        return f"Assessment({self.case.id!r}, {results})"
