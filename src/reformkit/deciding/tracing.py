"""Why each rule holds or not: written from the meaning alone."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.deciding.meaning import Opens, TooManyCompletions, classes, complete, test_holds
from reformkit.model.condition import Test, tests
from reformkit.model.decision import RuleTrace, TestTrace, Trace, Verdict
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Facts, Field


def trace(table: DecisionTable, fields: dict[str, Field], facts: Facts, opens: Opens, deciding: str | None) -> Trace:
    """The verdict of every rule of a table in force, each written when it is read."""
    rules = {rule.id: rule for rule in table.rules}

    def write(rule: str) -> RuleTrace:
        return _rule(table, rules[rule], fields, facts, opens)

    return Trace(write, list(rules), deciding)


def _rule(table: DecisionTable, rule: Rule, fields: dict[str, Field], facts: Facts, opens: Opens) -> RuleTrace:
    traced = tuple(_test(test, fields[test.fact], facts, opens) for test in tests(rule.when))
    alone = DecisionTable(id=table.id, title=table.title, hit="collect", outcomes=table.outcomes, rules=(rule,))
    try:
        verdicts = {bool(r.rules) for r in complete(alone, fields, facts, opens).results.values()}
    except TooManyCompletions:
        verdicts = {True, False}
    return RuleTrace(rule.id, _verdict(verdicts), rule.then, rule.place, traced)


def _test(test: Test, field: Field, facts: Facts, opens: Opens) -> TestTrace:
    value = facts.get(test.fact)
    if value is not None or not test.tests_value:
        verdicts = {test_holds(test, value, value is not None)}
    else:
        verdicts = {test_holds(test, v, False) for v in classes(field, [test], opens.get(test.fact))}
    return TestTrace(test.fact, value, written(test), _verdict(verdicts))


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
