"""Why each rule holds or not: written from the meaning alone."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.deciding.meaning import Opens, TooManyCompletions, classes, complete, test_holds
from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Test, tests
from reformkit.model.decision import RuleTrace, TestTrace, Verdict
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Facts, Field, Value

MOST_REMEMBERED = 10_000
"""Entries kept for one test; past it they are written afresh."""


_VERDICT = TestTrace._fields.index("verdict")
_new = tuple.__new__  # a RuleTrace without the call of its own __new__


class Tracer:
    """Writes traces of one table in force. A test's verdict on a value is asked of the meaning once."""

    def __init__(self, table: DecisionTable, fields: dict[str, Field]) -> None:
        self._table = table
        self._fields = fields
        self._plans = {rule.id: _Plan(rule) for rule in table.rules}
        self.order = tuple(self._plans)
        """The rules, in order."""

    def entry(self, rule: str, facts: Facts, opens: Opens) -> RuleTrace:
        """One rule's verdict, with those of its tests."""
        plan, get = self._plans[rule], facts.get
        try:
            traced = [written[get(fact)] for _, fact, written in plan.tests]
        except KeyError:  # a value that has not been met
            traced = []
        if opens or not traced:
            traced = [self._write(test, get(fact), opens, written) for test, fact, written in plan.tests]
        if plan.plain:
            verdicts = [test[_VERDICT] for test in traced]
            verdict: Verdict = "fails" if "fails" in verdicts else "open" if "open" in verdicts else "holds"
        else:
            verdict = _combined(plan.rule.when, iter(traced))
        if verdict == "open":  # tests that are open one by one may settle the rule together
            verdict = self._exact(plan.rule, facts, opens)
        return _new(RuleTrace, (rule, verdict, plan.rule.then, plan.rule.place, tuple(traced)))

    def _write(
        self, test: Test, value: Value | None, opens: Opens, entries: dict[Value | None, TestTrace]
    ) -> TestTrace:
        if value is not None or not test.tests_value:
            verdicts = {test_holds(test, value, value is not None)}
        else:
            values = classes(self._fields[test.fact], [test], opens.get(test.fact))
            verdicts = {test_holds(test, possible, False) for possible in values}
        entry = TestTrace(test.fact, value, written(test), _verdict(verdicts))
        if value is not None or test.fact not in opens:
            if len(entries) >= MOST_REMEMBERED:
                entries.clear()
            entries[value] = entry
        return entry

    def _exact(self, rule: Rule, facts: Facts, opens: Opens) -> Verdict:
        t = self._table
        alone = DecisionTable(id=t.id, title=t.title, hit="collect", outcomes=t.outcomes, rules=(rule,))
        try:
            return _verdict({bool(r.rules) for r in complete(alone, self._fields, facts, opens).results.values()})
        except TooManyCompletions:
            return "open"


class _Plan:
    """A rule's tests, each with the entries written so far, by value; `plain` when all of them have to hold."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.tests: list[tuple[Test, str, dict[Value | None, TestTrace]]] = [(t, t.fact, {}) for t in tests(rule.when)]
        when = rule.when
        self.plain = isinstance(when, Test) or (
            isinstance(when, AllOf) and all(isinstance(item, Test) for item in when.items)
        )


def _combined(condition: Condition, verdicts: Iterator[TestTrace]) -> Verdict:
    """A condition's verdict from those of its tests, taken in written order."""
    match condition:
        case Test():
            return next(verdicts).verdict
        case Negation():
            return _OPPOSITE[_combined(condition.item, verdicts)]
        case AllOf() | AnyOf():
            said = [_combined(item, verdicts) for item in condition.items]
            deciding: Verdict = "fails" if isinstance(condition, AllOf) else "holds"
            if deciding in said:
                return deciding
            return "open" if "open" in said else _OPPOSITE[deciding]


_OPPOSITE: dict[Verdict, Verdict] = {"holds": "fails", "fails": "holds", "open": "open"}


def _verdict(verdicts: set[bool]) -> Verdict:
    if len(verdicts) > 1:
        return "open"
    return "holds" if True in verdicts else "fails"


def written(test: Test) -> str:
    """A test as short text in ids: `= township | county`, `>= 3`, `includes all: a, b`.

    >>> written(Test(fact="people", at_least=2, less_than=5))
    '>= 2, < 5'
    """
    return ", ".join(_parts(test))


def _parts(test: Test) -> Iterator[str]:
    if test.known is not None:
        yield "known" if test.known else "not known"
    if test.one_of is not None:
        yield "= " + " | ".join(map(_word, test.one_of))
    for sign, bound in (
        (">=", test.at_least),
        (">", test.more_than),
        ("<=", test.at_most),
        ("<", test.less_than),
    ):
        if bound is not None:
            yield f"{sign} {_word(bound)}"
    for name, part in (
        ("includes all", test.includes_all),
        ("includes any", test.includes_any),
        ("includes none", test.includes_none),
    ):
        if part is not None:
            yield f"{name}: " + ", ".join(map(_word, part))
    if test.excluded is not None:
        yield f"not ({written(test.excluded)})"


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
