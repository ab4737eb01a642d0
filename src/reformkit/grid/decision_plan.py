"""A decision as a sheet: a row a rule, a column a fact; of a decision with many rules over many facts, a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reformkit.grid.cell_saying import CellWriter, Unsayable, written
from reformkit.grid.plan import PlanColumn, PlanRecord, SheetPlan
from reformkit.grid.rule_rows import RuleRows, rule_rows
from reformkit.model.rulebook import Basis, DecisionTable, Otherwise, Rule, Rulebook
from reformkit.model.vocabulary import Field
from reformkit.reading import keywords
from reformkit.text import SEMICOLON, Lang, Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.rulebook import HITS
from reformkit.wording.values import FLAGS

OTHERWISE_ID = "*"
OTHERWISE = Text("（其余）", "(otherwise)")
"""The row that says what is given where no rule holds."""
OR_ROW = Text("或", "or")
"""What stands in the column of ids of a row that is an alternative to the one above."""
REST = Text("其他条件（只读）", "Other conditions (read only)")
MANY_FACTS, MANY_RULES = 9, 60
"""Above which the rules of a decision are laid out as a list."""

KINDS = {kind: Text(zh, kind) for kind, zh in keywords.BASIS_KINDS.items()}
_HOW = Text(
    "一行一条规则，一格一项事实；空格为不限；“或”行是上一条规则的另一种情形；格中“；”隔开的几个值符合其一即可。",
    "A row a rule, a column a fact; a blank asks nothing; an `or` row is an alternative of the rule above; of values between `;` one is enough.",
)
_HOW_LISTED = Text(
    "一行一条规则；“条件”一格中一行一项事实，写成“事实：取值”。",
    "A row a rule; under `when` each line is a fact, written `fact: values`.",
)
_SAID = Text("{hit}{how}", "{hit} {how}")
_MAY_PICK = Text("{ask}\n可填：{options}{more}", "{ask}\nOne of: {options}{more}")
_MORE, _NO_MORE = Text("；……", "; …"), Text("", "")
_ALSO = {
    "tags": Text(
        "\n写法：含 甲；乙 ｜ 含任一 甲；乙 ｜ 不含 甲 ｜ 不详",
        "\nWrite: has A; B | has any of A; B | has none of A | unknown",
    ),
    "choice": Text("\n也可写：甲；乙 ｜ 非 甲 ｜ 不详", "\nAlso: A; B | not A | unknown"),
    "flag": Text("\n也可写：不详", "\nAlso: unknown"),
    "text": Text("\n写法：甲；乙 ｜ 非 甲 ｜ 不详", "\nWrite: A; B | not A | unknown"),
}
_ORDERED = Text(
    "\n写法：≥ 2 ｜ > 2，< 5 ｜ 3 ｜ 不详，界限可写参数名称",
    "\nWrite: ≥ 2 | > 2, < 5 | 3 | unknown; a bound may be a parameter's label",
)
_MOST_NAMED, _WIDEST_ID = 12, 32


def decision_plan(table: DecisionTable, rulebook: Rulebook, writer: CellWriter, lang: Lang) -> SheetPlan:
    """A decision, with the cells in one language."""
    rules = sorted([*table.rules, *table.disabled], key=_position(table)) if table.disabled else list(table.rules)
    laid: dict[str, RuleRows | None] = {}
    for rule in rules:
        try:
            laid[rule.id] = rule_rows(rule.when, rulebook.fields, writer)
        except Unsayable:
            laid[rule.id] = None
    facts = _facts(rules, rulebook.fields, laid)
    listed = len(facts) > MANY_FACTS and len(rules) > MANY_RULES
    has_rest = any(rows is None for rows in laid.values())
    disabled = {rule.id for rule in table.disabled}
    records = [_record(rule, laid[rule.id], table, rulebook, lang, rule.id in disabled) for rule in rules]
    if table.otherwise is not None:
        records.append(_otherwise(table.otherwise, table, lang))
    return SheetPlan(
        f"decision:{table.id}",
        table.title,
        _SAID.fill(hit=HITS[table.hit], how=_HOW_LISTED if listed else _HOW),
        tuple(_columns(table, rulebook, facts, listed, has_rest)),
        tuple(records),
        listed=listed,
        ordered=True,
        may_grow=True,
        labels={name: field.label for name, field in rulebook.fields.items()},
    )


def _position(table: DecisionTable) -> Callable[[Rule], tuple[int, int]]:
    """The order of the files of a decision, and of the rules in each."""
    files = list(dict.fromkeys([table.place.path, *(rule.place.path for rule in (*table.rules, *table.disabled))]))
    return lambda rule: (files.index(rule.place.path), rule.place.line)


def _facts(rules: list[Rule], fields: Mapping[str, Field], laid: Mapping[str, RuleRows | None]) -> list[str]:
    """The facts that have a column: those that most rules ask first stand first."""
    seen: dict[str, int] = {}
    for rule in rules:
        rows = laid[rule.id]
        for row in rows.rows if rows else ():
            for at, fact in enumerate(row):
                seen[fact] = min(seen.get(fact, at), at)
    order = list(fields)
    return sorted(seen, key=lambda fact: (seen[fact], order.index(fact)))


def _columns(
    table: DecisionTable, rulebook: Rulebook, facts: list[str], listed: bool, has_rest: bool
) -> list[PlanColumn]:
    longest = max((len(rule.id) for rule in table.rules), default=0)
    columns = [
        PlanColumn("id", keywords.spelt("id"), "id", max(16, min(_WIDEST_ID, longest + 3))),
        PlanColumn("title", keywords.spelt("title"), "words", 28),
    ]
    if listed:
        columns.append(PlanColumn("when", keywords.spelt("when"), "words", 52))
    else:
        columns += [fact_column(rulebook.fields[fact]) for fact in facts]
    if has_rest:
        columns.append(PlanColumn("rest", REST, "fixed", 34))
    outcomes = tuple(item.label for item in table.outcomes.values())
    return [
        *columns,
        PlanColumn("then", keywords.spelt("then"), "choice", 18, None, outcomes, table.hit == "collect"),
        PlanColumn("because", keywords.spelt("because"), "words", 58),
        PlanColumn("kind", keywords.spelt("kind"), "choice", 9, None, tuple(KINDS.values())),
        PlanColumn("at", keywords.spelt("at"), "words", 34),
        PlanColumn("since", keywords.spelt("since"), "date", 12),
        PlanColumn("until", keywords.spelt("until"), "date", 12),
        PlanColumn("enabled", keywords.spelt("enabled"), "choice", 8, None, tuple(FLAGS.values())),
    ]


def fact_column(field: Field) -> PlanColumn:
    """The column of a fact, with its question and what may be written."""
    options = tuple(item.label.each(written) for item in field.values.values())  # as a cell has to hold them
    if field.type == "flag":
        options = tuple(FLAGS.values())
    ask = field.ask or field.label
    if options:
        more = _MORE if len(options) > _MOST_NAMED else _NO_MORE
        ask = _MAY_PICK.fill(ask=ask, options=SEMICOLON.join(options[:_MOST_NAMED]), more=more)
    also = _ALSO.get(field.type, _ORDERED)
    note = Text.same("{ask}{also}").fill(ask=ask, also=also)
    width = max(11, min(18, 2 * len(field.label.zh) + 2))
    return PlanColumn(field.name, field.label, "test", width, note, options, True)


def _record(
    rule: Rule, laid: RuleRows | None, table: DecisionTable, rulebook: Rulebook, lang: Lang, disabled: bool
) -> PlanRecord:
    rows = [{fact: words.say(lang) for fact, words in row.items()} for row in laid.rows] if laid else [{}]
    first = rows[0]
    if laid is None:
        first["rest"] = say_condition(rule.when, rulebook.fields).say(lang)
    first |= _said(
        title=_of(rule.title, lang), then=table.outcomes[rule.then].label.say(lang), because=_of(rule.because, lang)
    )
    first |= _basis(rule.basis, lang)
    first |= _said(since=str(rule.period.since or ""), until=str(rule.period.until or ""))
    if disabled:
        first["enabled"] = FLAGS[False].say(lang)
    fixed = frozenset() if laid else frozenset({"rest", *rulebook.fields, "when"})
    return PlanRecord(
        rule.id, tuple(rows), rule.place, fixed, rule.basis is not None and rule.basis.kind == "assumption"
    )


def _otherwise(otherwise: Otherwise, table: DecisionTable, lang: Lang) -> PlanRecord:
    then = SEMICOLON.join(table.outcomes[outcome].label for outcome in otherwise.outcomes).say(lang)
    row = _said(then=then, because=_of(otherwise.because, lang)) | _basis(otherwise.basis, lang)
    several = frozenset({"then"}) if otherwise.also else frozenset()
    never = {"title", "since", "until", "enabled", "rest", "when"}
    doubtful = otherwise.basis is not None and otherwise.basis.kind == "assumption"
    return PlanRecord(OTHERWISE_ID, (row,), otherwise.place, several | never, doubtful)


def _basis(basis: Basis | None, lang: Lang) -> dict[str, str]:
    return {} if basis is None else _said(kind=KINDS[basis.kind].say(lang), at=_of(basis.at, lang))


def _of(text: Text | None, lang: Lang) -> str:
    return "" if text is None else text.say(lang)


def _said(**cells: str) -> dict[str, str]:
    return {key: words for key, words in cells.items() if words}
