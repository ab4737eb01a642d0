"""A decision of a rulebook in words, apart from any case: its question, facts, rules and parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reformkit.model.condition import parameters, tests
from reformkit.model.rulebook import Basis, DecisionTable, Rule, Rulebook, Signal, Window
from reformkit.text import Lang, Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.decisions import say_basis, say_outcome
from reformkit.wording.values import say_period

HITS = {
    "first": Text("规则按顺序看，先合先用。", "Rules are read in order; the first that holds decides."),
    "unique": Text("至多一条规则成立，两条同时成立即为冲突。", "At most one rule may hold; two at once conflict."),
    "any": Text("可以有几条规则同时成立，结论须一致。", "Several rules may hold if they agree."),
    "collect": Text("成立的规则逐条列出，结论可以不止一项。", "Every rule that holds adds its outcome."),
}
_UNITS = {"days": Text("日", "days"), "months": Text("个月", "months"), "years": Text("年", "years")}

MANY = 30
"""Rules of a decision that collects, above which they are grouped by the tag that most of them ask for."""


def sections(table: DecisionTable, rulebook: Rulebook, lang: Lang = "zh") -> Iterator[tuple[str, list[str]]]:
    """Everything that a rulebook says of a decision: heads and lines, details indented by two."""
    outcomes = [item.label.say(lang) for item in table.outcomes.values()]
    many = table.hit == "collect" and len(table.rules) > MANY
    yield (
        Text("怎样定", "How it is decided").say(lang),
        [
            HITS[table.hit].say(lang),
            *(
                []
                if many
                else [_said("可能的结论：", "Outcomes: ", ("、" if lang == "zh" else ", ").join(outcomes), lang)]
            ),
        ],
    )
    yield Text("要知道的事实", "Facts").say(lang), list(_facts(table, rulebook, lang))
    if many:
        yield from _grouped(table, rulebook, lang)
    else:
        yield (
            Text("规则", "Rules").say(lang),
            [line for rule in table.rules for line in _rule(rule, table, rulebook, lang)],
        )
    if table.otherwise is not None:
        lines = [_said("结论：", "Outcome: ", say_outcome(table, table.otherwise.then, lang), lang)]
        if table.otherwise.because is not None:
            lines.append(_said("理由：", "Because: ", table.otherwise.because.say(lang), lang))
        lines += _basis(table.otherwise.basis, rulebook, lang)
        yield Text("以上都不成立时", "Where none holds").say(lang), lines
    used = {p.name for rule in table.rules for test in tests(rule.when) for p in parameters(test)}
    if used:
        yield Text("参数", "Parameters").say(lang), list(_parameters(used, rulebook, lang))


def _said(zh: str, en: str, rest: str, lang: Lang) -> str:
    return f"{zh if lang == 'zh' else en}{rest}"


def _facts(table: DecisionTable, rulebook: Rulebook, lang: Lang) -> Iterator[str]:
    for name, field in rulebook.fields.items():
        if name not in table.facts:
            continue
        label = field.label.say(lang)
        if name in rulebook.decisions:
            yield label + Text("（前一项研判的结论）", " (what an earlier decision came to)").say(lang)
        elif name in rulebook.signals:
            yield label + Text("（由其他案件计数）", " (counted over other cases)").say(lang)
            yield f"  {_counting(rulebook.signals[name], rulebook, lang)}"
        else:
            yield label
            if field.ask is not None:
                yield f"  {field.ask.say(lang)}"


def _counting(signal: Signal, rulebook: Rulebook, lang: Lang) -> str:
    """What a signal counts, in one line."""
    fields, zh = rulebook.fields, lang == "zh"

    def names(facts: tuple[str, ...]) -> str:
        return ("、" if zh else ", ").join(fields[fact].label.say(lang) for fact in facts)

    parts = [_within(signal.within, lang)] if signal.within else []
    if signal.same:
        parts.append(f"{names(signal.same)}相同" if zh else f"of the same {names(signal.same)}")
    if signal.sharing:
        shared = fields[signal.sharing].label.say(lang)
        parts.append(f"至少有一项{shared}相同" if zh else f"with some {shared} in common")
    if signal.where is not None:
        met = say_condition(signal.where, fields, lang)
        parts.append(f"符合（{met}）" if zh else f"that meet ({met})")
    what = "案件数" if zh else "cases"
    if signal.distinct:
        what = f"不同的{fields[signal.distinct].label.say(lang)}数" if zh else f"different {names((signal.distinct,))}"
    if signal.share is not None:
        met = say_condition(signal.share, fields, lang)
        what = f"其中符合（{met}）的百分比" if zh else f"the share that meet ({met})"
    basis = say_basis(signal.basis, rulebook.documents, lang)
    said = f"{'，'.join(parts)}的{what}" if zh else f"{what} {', '.join(parts)}"
    return said + (f"（{basis}）" if basis and zh else f" ({basis})" if basis else "")


def _within(window: Window, lang: Lang) -> str:
    unit = _UNITS[window.unit].say(lang)
    return f"{window.length}{unit}内" if lang == "zh" else f"within {window.length} {unit}"


def _rule(rule: Rule, table: DecisionTable, rulebook: Rulebook, lang: Lang) -> Iterator[str]:
    """A rule: its name, then condition, outcome, reason, basis and time."""
    yield rule.id if rule.title is None else f"{rule.id} {rule.title.say(lang)}"
    yield "  " + _said(
        "条件：", "When: ", _with_values(say_condition(rule.when, rulebook.fields, lang), rulebook, lang), lang
    )
    yield "  " + _said("结论：", "Outcome: ", say_outcome(table, rule.then, lang), lang)
    if rule.because is not None:
        yield "  " + _said("理由：", "Because: ", rule.because.say(lang), lang)
    yield from (f"  {line}" for line in _basis(rule.basis, rulebook, lang))
    period = say_period(rule.period, lang)
    if period:
        yield "  " + _said("施行：", "In force: ", period, lang)


def _with_values(said: str, rulebook: Rulebook, lang: Lang) -> str:
    """A condition with the label and the values of its parameters in place of their names."""
    for name in sorted(rulebook.parameters, key=len, reverse=True):  # a name may begin with another
        parameter = rulebook.parameters[name]
        values = ("或" if lang == "zh" else " or ").join(dict.fromkeys(value.value for value in parameter.values))
        label = parameter.label.say(lang)
        said = said.replace(f"${name}", f"{values}（{label}）" if lang == "zh" else f"{values} ({label})")
    return said


def _basis(basis: Basis | None, rulebook: Rulebook, lang: Lang) -> list[str]:
    said = say_basis(basis, rulebook.documents, lang)
    return [_said("依据：", "Basis: ", said, lang)] if said else []


def _grouped(table: DecisionTable, rulebook: Rulebook, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """Rules by the first value that they ask of the tags fact that most of them ask for; the rest come last."""
    tags = [name for name in table.facts if rulebook.fields[name].type == "tags"]
    asked = Counter(test.fact for rule in table.rules for test in tests(rule.when) if test.fact in tags)
    fact = asked.most_common(1)[0][0] if asked else None
    groups: dict[str | None, list[Rule]] = {None: []}
    if fact is not None:
        groups |= {value: [] for value in rulebook.fields[fact].values}
    for rule in table.rules:
        values = (v for t in tests(rule.when) if t.fact == fact for v in (t.includes_all or t.includes_any or ()))
        groups.setdefault(next((str(v) for v in values), None), []).append(rule)
    rest = groups.pop(None)
    for value, rules in [*groups.items(), (None, rest)]:
        if rules:
            head = Text("其他规则", "Other rules").say(lang)
            if fact is not None and value is not None:
                head = rulebook.fields[fact].label_of(value).say(lang)
            yield head, [line for rule in rules for line in _rule(rule, table, rulebook, lang)]


def _parameters(used: set[str], rulebook: Rulebook, lang: Lang) -> Iterator[str]:
    for name, parameter in rulebook.parameters.items():
        if name in used:
            yield f"{parameter.label.say(lang)}（${name}）" if lang == "zh" else f"{parameter.label.en} (${name})"
            for value in parameter.values:
                basis = say_basis(value.basis, rulebook.documents, lang)
                yield "  " + ("；" if lang == "zh" else "; ").join(
                    part for part in (value.value, say_period(value.period, lang), basis) if part
                )
