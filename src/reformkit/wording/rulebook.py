"""A decision of a rulebook in words, apart from any case: its question, facts, rules and parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reformkit.model.condition import parameters, tests
from reformkit.model.rulebook import Basis, DecisionTable, Rule, Rulebook, Signal
from reformkit.text import BRACKETED, COMMA, DETAIL, LABELLED, SEMICOLON, Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.decisions import say_basis, say_gives, say_outcome
from reformkit.wording.section import Section
from reformkit.wording.values import OR, say_period

HITS = {
    "first": Text("规则按顺序看，先合先用。", "Rules are read in order; the first that holds decides."),
    "unique": Text("至多一条规则成立，两条同时成立即为冲突。", "At most one rule may hold; two at once conflict."),
    "any": Text("可以有几条规则同时成立，结论须一致。", "Several rules may hold if they agree."),
    "collect": Text("成立的规则逐条列出，结论可以不止一项。", "Every rule that holds adds its outcome."),
    "priority": Text(
        "成立的规则中，结论项排在前面的起作用；结论相同的，先写的起作用。",
        "Of the rules that hold the one whose outcome is declared first decides; of one outcome, the one written first.",
    ),
}

_DECIDED, _FACTS, _RULES = Text("怎样定", "How it is decided"), Text("要知道的事实", "Facts"), Text("规则", "Rules")
_OTHER_RULES, _PARAMETERS = Text("其他规则", "Other rules"), Text("参数", "Parameters")
_OTHERWISE = Text("以上都不成立时", "Where none holds")
_GIVES, _DISABLED = Text("随结论附带的值", "What comes with an outcome"), Text("已停用的规则", "Rules switched off")

_OUTCOMES = Text("可能的结论：{outcomes}", "Outcomes: {outcomes}")
_EARLIER = Text("{label}（前一项研判的结论）", "{label} (what an earlier decision came to)")
_COUNTED = Text("{label}（由其他案件计数）", "{label} (counted over other cases)")

_NAMED = Text.same("{id} {title}")
_WHEN = Text("条件：{words}", "When: {words}")
_THEN = Text("结论：{words}", "Outcome: {words}")
_BECAUSE = Text("理由：{words}", "Because: {words}")
_BASIS = Text("依据：{words}", "Basis: {words}")
_IN_FORCE = Text("施行：{words}", "In force: {words}")
_VALUES = Text("{values}（{label}）", "{values} ({label})")
_PARAMETER = Text("{label}（${name}）", "{label} (${name})")

_COUNTING = Text("{restrictions}的{what}{basis}", "{what} {restrictions}{basis}")
_RESTRICTIONS = Text("，", ", ")
_WITHIN = {
    "days": Text("{length}日内", "within {length} days"),
    "months": Text("{length}个月内", "within {length} months"),
    "years": Text("{length}年内", "within {length} years"),
}
_SAME = Text("{facts}相同", "of the same {facts}")
_SHARING = Text("至少有一项{fact}相同", "with some {fact} in common")
_WHERE = Text("符合（{condition}）", "that meet ({condition})")
_CASES = Text("案件数", "cases")
_DISTINCT = Text("不同的{fact}数", "different {fact}")
_SHARE = Text("其中符合（{condition}）的百分比", "the share that meet ({condition})")

MANY = 30
"""Rules of a decision that collects, above which they are grouped by the tag that most of them ask for."""


def sections(table: DecisionTable, rulebook: Rulebook) -> Iterator[Section]:
    """Everything that a rulebook says of a decision."""
    many = table.hit == "collect" and len(table.rules) > MANY
    how = [HITS[table.hit]]
    if not many:
        how.append(_OUTCOMES.fill(outcomes=COMMA.join(item.label for item in table.outcomes.values())))
    yield Section(_DECIDED, how)
    yield Section(_FACTS, list(_facts(table, rulebook)))
    if many:
        yield from _grouped(table, rulebook)
    else:
        yield _of_rules(_RULES, table.rules, table, rulebook)
    if table.otherwise is not None:
        outcomes = COMMA.join(say_outcome(table, outcome) for outcome in table.otherwise.outcomes)
        lines = [_THEN.fill(words=outcomes)]
        if table.otherwise.because is not None:
            lines.append(_BECAUSE.fill(words=table.otherwise.because))
        yield Section(_OTHERWISE, [*lines, *_basis(table.otherwise.basis)])
    if table.given:
        given = (LABELLED.fill(label=say_outcome(table, o), words=say_gives(g)) for o, g in table.given.items())
        yield Section(_GIVES, list(given))
    if table.disabled:
        yield _of_rules(_DISABLED, table.disabled, table, rulebook)
    used = {p.name for rule in table.rules for test in tests(rule.when) for p in parameters(test)}
    if used:
        yield Section(_PARAMETERS, list(_parameters(used, rulebook)))


def _facts(table: DecisionTable, rulebook: Rulebook) -> Iterator[Text]:
    for name, field in rulebook.fields.items():
        if name not in table.facts:
            continue
        if name in rulebook.decisions:
            yield _EARLIER.fill(label=field.label)
        elif name in rulebook.signals:
            yield _COUNTED.fill(label=field.label)
            yield DETAIL.fill(words=_counting(rulebook.signals[name], rulebook))
        else:
            yield field.label
            if field.ask is not None:
                yield DETAIL.fill(words=field.ask)


def _counting(signal: Signal, rulebook: Rulebook) -> Text:
    """What a signal counts, in one line."""
    fields, restrictions, what = rulebook.fields, [], _CASES
    if signal.within:
        restrictions.append(_WITHIN[signal.within.unit].fill(length=signal.within.length))
    if signal.same:
        restrictions.append(_SAME.fill(facts=COMMA.join(fields[fact].label for fact in signal.same)))
    if signal.sharing:
        restrictions.append(_SHARING.fill(fact=fields[signal.sharing].label))
    if signal.where is not None:
        restrictions.append(_WHERE.fill(condition=say_condition(signal.where, fields, depth=1)))
    if signal.distinct:
        what = _DISTINCT.fill(fact=fields[signal.distinct].label)
    if signal.share is not None:
        what = _SHARE.fill(condition=say_condition(signal.share, fields, depth=1))
    basis = say_basis(signal.basis)
    return _COUNTING.fill(
        restrictions=_RESTRICTIONS.join(restrictions),
        what=what,
        basis="" if basis is None else BRACKETED.fill(words=basis),
    )


def _of_rules(head: Text, rules: tuple[Rule, ...] | list[Rule], table: DecisionTable, rulebook: Rulebook) -> Section:
    return Section(head, [line for rule in rules for line in _rule(rule, table, rulebook)])


def _rule(rule: Rule, table: DecisionTable, rulebook: Rulebook) -> Iterator[Text]:
    """A rule: its name, then condition, outcome, reason, basis and time."""
    yield Text.same(rule.id) if rule.title is None else _NAMED.fill(id=rule.id, title=rule.title)
    yield DETAIL.fill(words=_WHEN.fill(words=_with_values(say_condition(rule.when, rulebook.fields), rulebook)))
    yield DETAIL.fill(words=_THEN.fill(words=say_outcome(table, rule.then)))
    if rule.because is not None:
        yield DETAIL.fill(words=_BECAUSE.fill(words=rule.because))
    yield from (DETAIL.fill(words=line) for line in _basis(rule.basis))
    period = say_period(rule.period)
    if period is not None:
        yield DETAIL.fill(words=_IN_FORCE.fill(words=period))


def _with_values(condition: Text, rulebook: Rulebook) -> Text:
    """A condition with the label and the values of its parameters in place of their names."""
    for name in sorted(rulebook.parameters, key=len, reverse=True):  # a name may begin with another
        parameter = rulebook.parameters[name]
        values = OR.join(dict.fromkeys(value.value for value in parameter.values))
        condition = condition.replace(f"${name}", _VALUES.fill(values=values, label=parameter.label))
    return condition


def _basis(basis: Basis | None) -> list[Text]:
    words = say_basis(basis)
    return [] if words is None else [_BASIS.fill(words=words)]


def _grouped(table: DecisionTable, rulebook: Rulebook) -> Iterator[Section]:
    """Rules by the first value that they ask of the tags fact that most of them ask for; the rest come last."""
    tags = [name for name in table.facts if rulebook.fields[name].type == "tags"]
    tested = Counter(test.fact for rule in table.rules for test in tests(rule.when) if test.fact in tags)
    fact = tested.most_common(1)[0][0] if tested else None
    groups: dict[str | None, list[Rule]] = {None: []}
    if fact is not None:
        groups |= {value: [] for value in rulebook.fields[fact].values}
    for rule in table.rules:
        values = (v for t in tests(rule.when) if t.fact == fact for v in (t.includes_all or t.includes_any or ()))
        groups.setdefault(next((str(v) for v in values), None), []).append(rule)
    rest = groups.pop(None)
    for value, rules in [*groups.items(), (None, rest)]:
        if rules:
            head = _OTHER_RULES if fact is None or value is None else rulebook.fields[fact].label_of(value)
            yield _of_rules(head, rules, table, rulebook)


def _parameters(used: set[str], rulebook: Rulebook) -> Iterator[Text]:
    for name, parameter in rulebook.parameters.items():
        if name not in used:
            continue
        yield _PARAMETER.fill(label=parameter.label, name=name)
        for value in parameter.values:
            parts = (value.value, say_period(value.period), say_basis(value.basis))
            yield DETAIL.fill(words=SEMICOLON.join(part for part in parts if part is not None))
