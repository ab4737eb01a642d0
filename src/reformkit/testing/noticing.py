"""Whether fixtures notice a mutant, without deciding every case anew: only what the changed rule can reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.weighed import Weighed
from reformkit.deciding.boxes import cut
from reformkit.deciding.chain import Chain
from reformkit.deciding.in_force import in_reading_order
from reformkit.deciding.masks import stack
from reformkit.deciding.meaning import test_holds
from reformkit.deciding.stands import Taken
from reformkit.deciding.table import CompiledTable
from reformkit.intake.fixtures import Fixture
from reformkit.model.condition import AllOf, Condition, Negation, Test
from reformkit.model.decision import Answer, Decision, Settlement, Status
from reformkit.model.rulebook import Rule
from reformkit.model.vocabulary import Facts
from reformkit.testing.fixtures import measures_otherwise, otherwise_than
from reformkit.testing.mutants import Mutant

MEASURED = ("startup", "layer")
"""The decisions on which it hangs what is recommended."""


class Trial:
    """A fixture that passes, with everything that was decided of it worked out once."""

    def __init__(self, fixture: Fixture, assessment: Weighed) -> None:
        self.fixture = fixture
        self.assessment = assessment
        self.facts: Facts = assessment.facts
        self.as_of = assessment.as_of
        self.day: date | None = assessment.day
        chain = assessment.book.chain
        self.taken: dict[str, Taken] = chain.taken(self.facts, self.as_of)
        measured = MEASURED if fixture.include is not None or fixture.exclude else ()
        self.looked_at = {*fixture.decisions, *(name for name in measured if name in self.taken)}
        self.reached = {before for name in self.looked_at for before in (*chain.upstream(name), name)}
        """The decisions that what is expected hangs on."""
        self._may: dict[str, dict[str, Rule]] = {}

    def may_hold(self, name: str) -> dict[str, Rule]:
        """The rules of a decision that may hold of the case, as they stand on its day, in order."""
        if name not in self._may:
            chain, taken = self.assessment.book.chain, self.taken[name]
            ids = set(chain.table(name, self.day).may_hold(taken.state, taken.opens))
            self._may[name] = {rule.id: rule for rule in chain.in_force(name, self.day).rules if rule.id in ids}
        return self._may[name]


class Noticing:
    """Fixtures ready to be asked which of them notices a mutant. Fixtures that fail are left aside."""

    def __init__(self, book: Prepared, assessed: Iterable[tuple[Fixture, Weighed]]) -> None:
        self.book = book
        self.trials = [Trial(fixture, assessment) for fixture, assessment in assessed]
        self._read = {name: in_reading_order(table) for name, table in book.rulebook.decisions.items()}
        self._order = {(name, rule.id): i for name, table in self._read.items() for i, rule in enumerate(table.rules)}
        self._tables: dict[object, CompiledTable] = {}
        self._chain: Chain | None = None

    def noticed_by(self, mutant: Mutant) -> Fixture | None:
        """The first fixture that notices a mutant; None where none does.

        Raises `TooManyBoxes` where the mutant cannot be compiled.
        """
        if mutant.given is not None:
            return next((t.fixture for t in self.trials if _looks_at(t, mutant)), None)
        self._tables.clear()
        self._chain = None
        return next((t.fixture for t in self._nearest_first(mutant) if self._notices(t, mutant)), None)

    def _nearest_first(self, mutant: Mutant) -> list[Trial]:
        """The trials that the mutant can reach; those in which the rule gives the result come first."""
        reached = [t for t in self.trials if any(name in t.reached for name in mutant.replaced)]
        giving = {(name, id) for name, changed in mutant.replaced.items() for id in changed}
        return sorted(
            reached,
            key=lambda t: not any(id in t.taken[name].answer.settlement.rules for name, id in giving),
        )

    def _notices(self, trial: Trial, mutant: Mutant) -> bool:
        if not any(self._reaches(trial, name, changed) for name, changed in mutant.replaced.items()):
            return False
        if len(mutant.replaced) > 1:
            answers = self._anew(trial, mutant)
        else:
            ((name, changed),) = mutant.replaced.items()
            answer = self._answer(trial, name, changed)
            answers = self.book.chain.retaken(trial.taken, trial.facts, trial.as_of, {name: answer})
        return self._differs(trial, answers) or self._asks_otherwise(trial, mutant)

    # --- what the mutant comes to ----------------------------------------------------------------------

    def _reaches(self, trial: Trial, name: str, changed: Mapping[str, Rule | None]) -> bool:
        """Whether a changed rule can make a difference to a case: not where an earlier one decides it in any event,
        nor where the rule is true, or false, before and after."""
        taken, may = trial.taken[name], trial.may_hold(name)
        settled = taken.answer.settlement.rule
        hit = self._read[name].hit
        for id, rule in changed.items():
            if hit == "first" and settled is not None and self._order[name, settled] < self._order[name, id]:
                continue
            before = verdict(may[id].when, taken.state) if id in may else False
            stands = None if rule is None else self.book.chain.rule_in_force(name, rule, trial.day)
            after = False if stands is None else verdict(stands.when, taken.state)
            if before is None or after is None or before is not after:
                return True
        return False

    def _answer(self, trial: Trial, name: str, changed: Mapping[str, Rule | None]) -> Answer:
        """What a decision comes to with changed rules: only rules that may hold are asked."""
        taken, source = trial.taken[name], self._read[name]
        alone = source.hit == "collect" and source.otherwise is None
        rules = dict(trial.may_hold(name))
        thens = {rule.then for rule in source.rules if rule.id in changed}
        if alone:  # the other outcomes stay as they are
            rules = {id: rule for id, rule in rules.items() if rule.then in thens}
        for id, rule in changed.items():
            stands = None if rule is None else self.book.chain.rule_in_force(name, rule, trial.day)
            rules.pop(id, None)
            if stands is not None:
                rules[id] = stands
        key = (name, frozenset(rules), self.book.chain.span(name, trial.day))
        table = self._tables.get(key)
        if table is None:
            ordered = sorted(rules.values(), key=lambda rule: self._order[name, rule.id])
            reduced = source.model_copy(update={"rules": tuple(ordered)})
            table = self._tables[key] = CompiledTable(stack(cut(reduced, self.book.rulebook.fields)))
        answer = table.decide(taken.state, taken.opens)
        return _joined(taken.answer, answer, thens, tuple(source.outcomes)) if alone else answer

    def _anew(self, trial: Trial, mutant: Mutant) -> dict[str, Answer]:
        """Every answer that differs, where a mutant changes several decisions."""
        taken = self._mutated(mutant).taken(trial.facts, trial.as_of)
        return {name: t.answer for name, t in taken.items() if t.answer != trial.taken[name].answer}

    def _mutated(self, mutant: Mutant) -> Chain:
        if self._chain is None:
            rulebook = self.book.rulebook
            tables = {name: mutant.table(table) for name, table in rulebook.decisions.items()}
            self._chain = Chain(rulebook.model_copy(update={"decisions": tables}))
        return self._chain

    # --- what is expected ------------------------------------------------------------------------------

    def _differs(self, trial: Trial, answers: Mapping[str, Answer]) -> bool:
        """Whether something came out otherwise than expected, questions aside."""
        fixture, old = trial.fixture, trial.assessment
        asked = {name: (self.book.chain, name, trial.facts, trial.as_of, "compiled") for name in answers}
        decisions = {name: Decision(answer, asked[name]) for name, answer in answers.items()}
        for name, wanted in fixture.decisions.items():
            if name in decisions and any(True for _ in otherwise_than(replace(wanted, needs=None), decisions[name])):
                return True
        if not any(name in decisions for name in MEASURED):
            return False
        new = Weighed(
            self.book,
            old.case,
            old.facts,
            {**old.decisions, **decisions},
            old.as_of,
            old.counts,
            old.has_history,
            old.letter_on,
        )
        return any(True for _ in measures_otherwise(fixture, new))

    def _asks_otherwise(self, trial: Trial, mutant: Mutant) -> bool:
        """Whether other questions are asked than expected."""
        for name, wanted in trial.fixture.decisions.items():
            if wanted.needs is not None and {*self.book.chain.upstream(name), name} & mutant.replaced.keys():
                needs = self._mutated(mutant).decide(name, trial.facts, trial.as_of).needs
                if tuple(need.fact for need in needs) != wanted.needs:
                    return True
        return False


def _looks_at(trial: Trial, mutant: Mutant) -> bool:
    """Whether a fixture expects the value that a mutant moves, of an outcome that its case comes to."""
    wanted = trial.fixture.decisions.get(mutant.decision)
    decision = trial.assessment.decisions[mutant.decision]
    if wanted is None or mutant.given is None or mutant.given[0] not in decision.outcomes:
        return False
    return any((outcome or decision.outcome, name) == mutant.given for outcome, name, _ in wanted.gives or ())


def verdict(condition: Condition, facts: Facts) -> bool | None:
    """Whether a condition holds of known facts; None where it may hang on what is unknown."""
    match condition:
        case Test():
            value = facts.get(condition.fact)
            if value is None and condition.tests_value:
                return False if condition.known else None
            return test_holds(condition, value, value is not None)
        case Negation():
            inner = verdict(condition.item, facts)
            return None if inner is None else not inner
        case _:
            said = [verdict(item, facts) for item in condition.items]
            deciding = not isinstance(condition, AllOf)
            return deciding if deciding in said else None if None in said else not deciding


def _joined(old: Answer, new: Answer, thens: set[str], outcomes: tuple[str, ...]) -> Answer:
    """The answer of a decision that collects, with some of its outcomes taken from another one."""
    sure, possible = (
        tuple(o for o in outcomes if o in (after if o in thens else before))
        for before, after in (
            (old.settlement.outcomes, new.settlement.outcomes),
            (old.settlement.possible, new.settlement.possible),
        )
    )
    exhausted = old.settlement.approximate or new.settlement.approximate
    status: Status = "decided" if sure == possible else "undetermined"
    return replace(old, status=status, settlement=Settlement(sure, possible, None, old.settlement.rules, exhausted))
