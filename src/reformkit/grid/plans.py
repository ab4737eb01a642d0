"""Every sheet of a workbook of rules: the decisions, the parameters, the causes, the measures."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.grid.cell_saying import CellWriter
from reformkit.grid.decision_plan import KINDS, decision_plan
from reformkit.grid.matrix_plan import matrix_plan
from reformkit.grid.plan import PlanColumn, PlanRecord, SheetPlan
from reformkit.model.condition import parameters, tests
from reformkit.model.library import Library
from reformkit.model.rulebook import ParameterTable, Rulebook
from reformkit.reading import keywords
from reformkit.text import COMMA, SEMICOLON, Lang, Text

_PARAMETERS, _CAUSES, _MEASURES = Text("参数", "Parameters"), Text("症结", "Causes"), Text("措施", "Measures")
_SAID_PARAMETERS = Text(
    "一行一个取值；改值直接改；以后要改的，先在旧值上填失效日，另起一行写新值和施行日。",
    "A row a value. For a later change fill in the day on which the old one ends and add a row with the new one.",
)
_SAID_CAUSES = Text(
    "名称和说明可改。新增一项插入一行，写编号、名称、所属方向；删去整行，导入时加 --delete。",
    "Labels and notes may be changed. A new row with id, label and weak point is a new cause; a row that is gone wants --delete.",
)
_SAID_MEASURES = Text(
    "标题、内容、牵头、期限可改，其余只读。新增一项插入一行，各栏写全：所答症结一行一项，写成“症结：怎样起作用”，第一行的为主；验收标准一行一条；删去整行，导入时加 --delete。",
    "Title, text, lead and days may be changed. A new row is a new measure, all its cells filled in: a line a cause, `cause: how it is answered`, the main one first, and a line a criterion; a row that is gone wants --delete.",
)
_USED_BY, _OF = Text("用在哪些规则", "Used by"), Text("所属方向", "Weak point")
_ANSWERS, _DUE, _LEAD = Text("所答症结", "Answers"), Text("期限（日）", "Days"), Text("牵头", "Lead")
_TEXT, _NOTE, _VALUE, _ACCEPT = (
    Text("内容", "Text"),
    keywords.spelt("note"),
    keywords.spelt("value"),
    Text("验收标准", "Criteria"),
)
PARAMETER_MARK = "#"
"""Between the name of a parameter and the number of its value, in the id of a record."""


def plans(rulebook: Rulebook, library: Library | None, lang: Lang) -> Iterator[SheetPlan]:
    """The sheets of a rulebook and its library, with the cells in one language."""
    writer = CellWriter(rulebook)
    for table in rulebook.decisions.values():
        plan = decision_plan(table, rulebook, writer, lang)
        yield plan
        matrix = matrix_plan(plan, table, rulebook, lang) if plan.listed else None
        if matrix is not None:
            yield matrix
    if rulebook.parameters:
        yield _parameters(rulebook, lang)
    if library is not None:
        yield _causes(library, lang)
        yield _measures(library, lang)


def _parameters(rulebook: Rulebook, lang: Lang) -> SheetPlan:
    used: dict[str, dict[str, None]] = {}
    for table in rulebook.decisions.values():
        for rule in table.rules:
            for parameter in (p for test in tests(rule.when) for p in parameters(test)):
                used.setdefault(parameter.name, {})[rule.id] = None
    columns = (
        PlanColumn("id", keywords.spelt("id"), "id", 20),
        PlanColumn("label", keywords.spelt("label"), "words", 26),
        PlanColumn("value", _VALUE, "number", 12),
        PlanColumn("since", keywords.spelt("since"), "date", 12),
        PlanColumn("until", keywords.spelt("until"), "date", 12),
        PlanColumn("kind", keywords.spelt("kind"), "choice", 9, None, tuple(KINDS.values())),
        PlanColumn("at", keywords.spelt("at"), "words", 56),
        PlanColumn("used", _USED_BY, "fixed", 36),
    )
    records = [
        record
        for table in rulebook.parameters.values()
        for record in _values(table, list(used.get(table.name, ())), lang)
    ]
    return SheetPlan("parameters", _PARAMETERS, _SAID_PARAMETERS, columns, tuple(records), may_grow=True)


def _values(table: ParameterTable, used: list[str], lang: Lang) -> Iterator[PlanRecord]:
    for number, value in enumerate(table.values):
        row = {
            "label": table.label.say(lang) if number == 0 else "",
            "value": value.value,
            "since": str(value.period.since or ""),
            "until": str(value.period.until or ""),
            "kind": KINDS[value.basis.kind].say(lang) if value.basis else "",
            "at": value.basis.at.say(lang) if value.basis and value.basis.at else "",
            "used": COMMA.join(used).say(lang) if number == 0 else "",
        }
        doubtful = value.basis is not None and value.basis.kind == "assumption"
        fixed = frozenset({"used"} if number == 0 else {"used", "label"})
        yield PlanRecord(f"{table.name}{PARAMETER_MARK}{number + 1}", (_filled(row),), value.place, fixed, doubtful)


def _causes(library: Library, lang: Lang) -> SheetPlan:
    columns = (
        PlanColumn("id", keywords.spelt("id"), "id", 30),
        PlanColumn("label", keywords.spelt("label"), "words", 24),
        PlanColumn("group", _OF, "choice", 22, None, _weak_points(library)),
        PlanColumn("note", _NOTE, "words", 80),
    )
    records = [
        PlanRecord(
            cause.id,
            (
                _filled(
                    {
                        "label": cause.label.say(lang),
                        "group": library.weak_points[cause.weak_point].label.say(lang),
                        "note": cause.note.say(lang) if cause.note else "",
                    }
                ),
            ),
            cause.place,
            frozenset({"group"}),
        )
        for cause in library.causes.values()
    ]
    return SheetPlan("causes", _CAUSES, _SAID_CAUSES, columns, tuple(records), may_grow=True)


def _measures(library: Library, lang: Lang) -> SheetPlan:
    columns = (
        PlanColumn("id", keywords.spelt("id"), "id", 10),
        PlanColumn("title", keywords.spelt("title"), "words", 24),
        PlanColumn("group", _OF, "choice", 20, None, _weak_points(library)),
        PlanColumn("addresses", _ANSWERS, "words", 30),
        PlanColumn("text", _TEXT, "words", 80),
        PlanColumn("lead", _LEAD, "words", 20),
        PlanColumn("due_days", _DUE, "number", 10),
        PlanColumn("accept", _ACCEPT, "words", 60),
    )
    records = []
    for measure in library.measures.values():
        row = {
            "title": measure.title.say(lang),
            "group": library.weak_points[measure.weak_point].label.say(lang),
            "addresses": SEMICOLON.join(library.causes[e.cause].label for e in measure.addresses).say(lang),
            "text": measure.text.say(lang),
            "lead": measure.lead.say(lang),
            "due_days": str(measure.due_days),
            "accept": SEMICOLON.join(measure.accept).say(lang),
        }
        fixed = frozenset({"group", "addresses", "accept"})
        records.append(PlanRecord(measure.id, (_filled(row),), measure.place, fixed))
    return SheetPlan("measures", _MEASURES, _SAID_MEASURES, columns, tuple(records), may_grow=True)


def _weak_points(library: Library) -> tuple[Text, ...]:
    return tuple(item.label for item in library.weak_points.values())


def _filled(row: dict[str, str]) -> dict[str, str]:
    return {key: words for key, words in row.items() if words}
