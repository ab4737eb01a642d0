"""Decision tables: their heads first, so that each may be a fact for the others, then their rules."""

from __future__ import annotations

from dataclasses import dataclass

from reformkit.model.gives import GivenValue
from reformkit.model.period import ALWAYS, Period
from reformkit.model.rulebook import Basis, DecisionTable, Hit, Otherwise, Rule, decision_field
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.parsing.memory import NOTHING
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Mapping, Scalar, Sequence, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.choices import OUTCOME, items_of, read_gives
from reformkit.reading.conditions import ConditionReader, NamedInCondition
from reformkit.reading.form import Form, quoted, scalar_of
from reformkit.reading.keywords import Keys
from reformkit.reading.parameters import basis_of
from reformkit.reading.parts import Parts
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words, check_unambiguous, warn_of_repeats
from reformkit.text import Text

DECISION = Keys(
    Text("决策", "a decision"),
    must=("decision", "hit", "outcomes"),
    may=("title", "rules", "rules_from", "otherwise"),
)
PART = Keys(Text("规则文件", "a file of rules"), must=("rules",), may=("basis", "since", "until"))
RULE = Keys(
    Text("规则", "a rule"),
    must=("id", "when", "then"),
    may=("enabled", "title", "because", "basis", "since", "until"),
)
_THEN_OTHERWISE = quoted(keywords.ZH["otherwise"], "otherwise")
OTHERWISE = Keys(Text("其余", "`otherwise`"), must=("then",), may=("because", "basis"))


@dataclass(frozen=True, slots=True)
class Common:
    """What stands above the rules of a file of rules and holds for each that does not say otherwise."""

    basis: Basis | None = None
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class ReadRule:
    """A rule as it was read: whether it is enabled, where its id stands, and the facts and parameters that it names."""

    rule: Rule
    enabled: bool
    id_place: Place
    named: NamedInCondition


@dataclass(frozen=True, slots=True)
class DecisionHead:
    """A decision as a fact, before its rules are read; `hit` and `outcomes` say what it may give."""

    name: str
    title: Text
    hit: Hit
    outcomes: dict[str, Choice]
    gives: dict[str, dict[str, GivenValue]]
    place: Place
    form: Form

    @property
    def field(self) -> Field:
        field = decision_field(self.name, self.title, self.hit, self.outcomes)
        return field.model_copy(update={"place": self.place})


def read_head(tree: Tree, vocabulary: Vocabulary | None, report: Report) -> tuple[list[str], DecisionHead | None]:
    """A decision's name and title, as far as they can be read, and its head if all of that can."""
    form = Form.of(tree, DECISION, report)
    name = form.id("decision") if form else None
    if form is None or name is None:
        return [], None
    errors = report.errors
    with report.about(decision=name):
        if "rules" not in form and "rules_from" not in form:
            report.add("RK121", form.place, what=DECISION.what, key=quoted(keywords.ZH["rules"], "rules"))
        title = form.text("title") or Text.same(name)
        hit: Hit | None = form.word("hit", keywords.HITS)  # type: ignore[assignment]
        node = form.get("outcomes")
        outcomes = report.remembered("outcomes", (node, vocabulary), lambda: _outcomes(form, vocabulary, report))
        gives = report.remembered("gives", (node,), lambda: read_gives(node, report))
    if hit is None or not outcomes:
        return [name, title.zh], None
    if report.errors == errors:
        check_unambiguous(outcomes, report, keywords.RESERVED_OUTCOMES)
    return [name, title.zh], DecisionHead(name, title, hit, outcomes, gives, form.place_of("decision"), form)


def _outcomes(form: Form, vocabulary: Vocabulary | None, report: Report) -> dict[str, Choice]:
    """The outcomes that a decision lists, or the values of the fact that it takes them from."""
    node, errors = form.get("outcomes"), report.errors
    if isinstance(node, Scalar) and not node.is_null:
        if vocabulary is None:
            return {}
        field = Lexicon(vocabulary.fields, report).field(node)
        outcomes = field.values if field else {}
        if field and not outcomes:
            report.add("RK166", node.place, fact=field)
        return outcomes
    outcomes = items_of(node, report, OUTCOME)
    if node is not None and not outcomes and report.errors == errors:
        report.add("RK154", node.place, what=quoted(keywords.ZH["outcomes"], "outcomes"))
    return outcomes


class DecisionReader:
    """Reads the rules of one decision after another; a rule's id is used once in a rulebook."""

    def __init__(self, conditions: ConditionReader, parts: Parts, report: Report) -> None:
        self._conditions = conditions
        self._parts = parts
        self._report = report
        self._ids: dict[str, Place] = {}
        self._disabled: list[Rule] = []
        self._head: DecisionHead

    def table(self, head: DecisionHead) -> DecisionTable:
        """A whole decision table; faulty rules are left out and reported."""
        self._head = head
        outcomes = Words({id: item.label.zh for id, item in head.outcomes.items()})
        with self._report.about(decision=head.name):
            self._disabled = []
            rules = [rule for node in head.form.items("rules") if (rule := self._rule(node, outcomes, Common()))]
            for node in head.form.items("rules_from"):
                rules += self._part(node, outcomes)
            otherwise = self._otherwise(head, outcomes)
        things = (head.outcomes, head.gives, *rules, otherwise, None, *self._disabled)
        return self._report.remembered(
            ("table", head.name, head.title, head.hit, head.place), things, lambda: self._table(head, rules, otherwise)
        )

    def _table(self, head: DecisionHead, rules: list[Rule], otherwise: Otherwise | None) -> DecisionTable:
        return DecisionTable(
            id=head.name,
            title=head.title,
            hit=head.hit,
            outcomes=head.outcomes,
            gives=head.gives,
            rules=tuple(rules),
            otherwise=otherwise,
            disabled=tuple(self._disabled),
            place=head.place,
        )

    def _part(self, node: Tree, outcomes: Words) -> list[Rule]:
        """The rules of one file that `rules_from` names."""
        name = scalar_of(node, quoted(keywords.ZH["rules_from"], "rules_from"), self._report)
        form = Form.of(self._parts.tree(name), PART, self._report) if name else None
        if form is None:
            return []
        basis = self._report.remembered("basis", (form.get("basis"),), lambda: basis_of(form, self._report))
        common = Common(basis, form.period())
        return [rule for item in form.items("rules") if (rule := self._rule(item, outcomes, common))]

    def _rule(self, node: Tree, outcomes: Words, common: Common) -> Rule | None:
        """A rule; None where it is faulty, and where it is switched off: it is then one of the disabled."""
        memory = self._report.memory
        if memory is None:
            return self._kept(self._read_rule(node, outcomes, common))
        what = ("rule", common.period, self._conditions.context)
        things = (node, self._head.outcomes, common.basis)
        found: ReadRule | None = memory.find(what, things)
        if found is NOTHING or found is None or not self._is_as_before(found):
            noted = self._report.noted
            found = self._read_rule(node, outcomes, common)
            if found is not None and self._report.noted == noted and not self._report.errors:
                memory.keep(what, things, found)
        else:
            self._ids[found.rule.id] = found.id_place
        return self._kept(found)

    def _is_as_before(self, found: ReadRule) -> bool:
        """Whether a rule that was read before is read so again: its parameters are the same, its id is used once."""
        return found.rule.id not in self._ids and self._conditions.finds_still(found.named)

    def _kept(self, read: ReadRule | None) -> Rule | None:
        """The rule where it is enabled; else it is one of the disabled."""
        if read is None or read.enabled:
            return None if read is None else read.rule
        self._disabled.append(read.rule)
        return None

    def _read_rule(self, node: Tree, outcomes: Words, common: Common) -> ReadRule | None:
        report = self._report
        form = Form.of(node, RULE, report)
        id = form.id("id") if form else None
        if form is None:
            return None
        if id is not None and id in self._ids:
            report.add("RK163", form.place_of("id"), word=id, first=str(self._ids[id]))
        elif id is not None:
            self._ids[id] = form.place_of("id")
        with report.about(**({"rule": id} if id else {})):
            period = form.period(common.period)
            when = self._conditions.read(form.get("when"), period)
            then = self._outcome(form, outcomes)
            title, because = form.text("title"), form.text("because")
            basis = basis_of(form, report) if "basis" in form else common.basis
            enabled = form.flag("enabled", default=True)
        if id is None or when is None or then is None:
            return None
        rule = Rule(
            id=id, title=title, when=when, then=then, because=because, basis=basis, period=period, place=form.place
        )
        return ReadRule(rule, enabled, form.place_of("id"), self._conditions.named)

    def _otherwise(self, head: DecisionHead, outcomes: Words) -> Otherwise | None:
        """What is given where no rule holds: one outcome, or a list of them where the decision collects."""
        node = head.form.get("otherwise")
        if node is None:
            return None
        what, things = ("otherwise", head.hit), (node, head.outcomes)
        return self._report.remembered(what, things, lambda: self._read_otherwise(head, node, outcomes))

    def _read_otherwise(self, head: DecisionHead, node: Tree, outcomes: Words) -> Otherwise | None:
        report = self._report
        because = basis = None
        said: Tree | None = node
        if isinstance(node, Mapping):
            form = Form(node, OTHERWISE, report)
            said = form.get("then")
            because, basis = form.text("because"), basis_of(form, report)
        found = self._given_otherwise(head, said, outcomes)
        if not found:
            return None
        return Otherwise(then=found[0], also=found[1:], because=because, basis=basis, place=node.place)

    def _given_otherwise(self, head: DecisionHead, node: Tree | None, outcomes: Words) -> tuple[str, ...]:
        if not isinstance(node, Sequence):
            found = self._known_outcome(scalar_of(node, _THEN_OTHERWISE, self._report), outcomes)
            return () if found is None else (found,)
        if head.hit != "collect":
            self._report.add("RK164", node.place)
        elif not node.items:
            self._report.add("RK154", node.place, what=_THEN_OTHERWISE)
        words = [word for item in node.items if (word := scalar_of(item, _THEN_OTHERWISE, self._report)) is not None]
        several = [(self._known_outcome(word, outcomes), word) for word in words]
        warn_of_repeats(several, self._report)
        return tuple(dict.fromkeys(outcome for outcome, _ in several if outcome is not None))

    def _outcome(self, form: Form, outcomes: Words) -> str | None:
        return self._known_outcome(form.scalar("then"), outcomes)

    def _known_outcome(self, node: Scalar | None, outcomes: Words) -> str | None:
        if node is None:
            return None
        outcome = outcomes.find(node.text)
        if outcome is None:
            hint = lambda: outcomes.hint(node.text)  # noqa: E731
            self._report.add("RK165", node.place, word=node.text, hint=hint, known=outcomes.known)
        return outcome
