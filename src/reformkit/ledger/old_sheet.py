"""An office's earlier ledger (原有台账) as a table: a row an item, with facts of its case and the days of its steps.

It is a table of cases with more columns, so that dates, totals, hidden sheets and encodings are read as there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from reformkit.files.opening import open_table
from reformkit.intake.cases import case_lexicon
from reformkit.intake.identifying import Ids, id_problem
from reformkit.intake.tables import CaseTable, cases_of
from reformkit.model.case import Case, Unread
from reformkit.model.procedure import Procedures, Step
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Choice, Field, FieldType
from reformkit.parsing.report import Report, line_said
from reformkit.problem import Place, Problem
from reformkit.text import Text

_DAY = Text("{title}日期", "day of {title}")

COLUMNS: Mapping[str, tuple[FieldType, Text, tuple[str, ...]]] = {
    "procedure": ("text", Text("办理流程", "procedure"), ("流程", "促改层级", "促改类型")),
    "opened_on": ("date", Text("立项日期", "day of opening"), ("启动日期", "立项时间", "启动时间")),
    "title": ("text", Text("事项名称", "title"), ("促改事项",)),
    "linked": ("text", Text("并入案件", "cases that it joins"), ("关联案件",)),
    "department": ("text", Text("承办部门", "department in charge"), ("承办室", "承办科室")),
    "letter": ("text", Text("文书种类", "kind of letter"), ("文种",)),
    "number": ("text", Text("文号", "number of the letter"), ("通知书文号", "发文字号", "文书文号", "建议书文号")),
    "issued_on": ("date", Text("发文日期", "day of the letter"), ("发函日期", "发文时间", "发函时间")),
    "recipients": ("text", Text("主送单位", "recipients"), ("报送单位", "受文单位", "主送")),
    "reply_by": ("date", Text("回复期限", "reply wanted by"), ("要求回复日期", "整改期限")),
    "suggestions": ("text", Text("建议内容", "suggestions"), ("促改建议", "建议事项")),
    "criteria": ("text", Text("验收标准", "criteria"), ()),
    "result": ("choice", Text("验收结果", "result of acceptance"), ("结果",)),
    "papers": ("text", Text("验收材料", "papers of acceptance"), ("佐证材料",)),
    "reason": ("text", Text("未通过理由", "reason of a refusal"), ("不合格理由",)),
}
"""The columns beside facts and steps: type, heading, and other headings that offices use."""

_IDS = ("案件编号", "事项编号", "案号")
_RESULTS = {
    "passed": Choice(id="passed", label=Text("通过", "passed"), was=("合格", "优秀", "验收通过", "已通过", "销号")),
    "failed": Choice(id="failed", label=Text("不通过", "failed"), was=("不合格", "未通过", "验收不通过")),
}
_SHORT = {
    "第一关日期": "first_gate",
    "第二关日期": "second_gate",
    "回复日期": "reply",
    "回复时间": "reply",
    "整改方案日期": "plan",
    "方案日期": "plan",
    "登记日期": "register",
    "整改完成日期": "rectify",
    "签收时间": "receipt",
    "验收时间": "acceptance",
    "回访日期": "revisit_1",
    "归档日期": "archive",
}
"""Headings of steps that are shorter than the titles of the bundled procedures, by the step."""


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row: its case by the vocabulary's facts, what else it says by `COLUMNS`, and days by titles or ids of steps."""

    case: Case
    said: Mapping[str, Any]
    days: Mapping[str, date]
    headings: Mapping[str, Text]
    places: Mapping[str, int]

    @property
    def id(self) -> str:
        """The row's own id: of the case, or of the matter."""
        return self.case.id

    def place(self, column: str | None = None) -> Place:
        """Where the row stands, or on a sheet one of its cells."""
        place = self.case.place
        if column is None or not place.sheet or column not in self.places:
            return place
        return replace(place, column=self.places[column] + 1)

    def day_of(self, step: Step) -> tuple[str, date] | None:
        """The day on which a step was done, with its column."""
        own = _headings_of(step)
        for heading, day in self.days.items():
            if heading in own or _SHORT.get(heading) == step.id:
                return heading, day
        return None

    @property
    def extract(self) -> str:
        """What the row says, as a paper that stands for it."""
        place = self.case.place
        lines = [f"原有台账摘录：{Path(place.path).name} {place.sheet}第{place.line}行", f"编号：{self.id}"]
        lines += [f"{name}：{value}" for name, value in sorted(self.case.to_dict().items()) if name != "id"]
        lines += [f"{self.headings[name].zh}：{value}" for name, value in sorted({**self.said, **self.days}.items())]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class OldSheet:
    """The rows that can be taken, and everything that is to be said of the table."""

    rows: tuple[OldRow, ...]
    problems: tuple[Problem, ...]


def columns_of(procedures: Procedures, rulebook: Rulebook) -> dict[str, tuple[str, Field]]:
    """Every column that a table may have beside facts, by a name of its own: what it means, and how it is read."""
    found: dict[str, tuple[str, Field]] = {}
    labels = {field.label.zh for field in rulebook.fields.values()}

    def add(meaning: str, type: FieldType, label: Text) -> None:
        if label.zh not in labels:
            labels.add(label.zh)
            values = _RESULTS if meaning == "result" else {}
            is_free = meaning.isascii() and meaning not in found and meaning not in rulebook.fields
            name = meaning if is_free else f"old_{len(found)}"
            found[name] = (meaning, Field(name=name, type=type, label=label, values=values))

    for meaning, (type, label, others) in COLUMNS.items():
        add(meaning, type, label)
        for other in others:
            add(meaning, type, Text(other, label.en))
    steps = [step for procedure in procedures.procedures.values() for step in procedure.steps.values()]
    for step in steps:
        for heading in _headings_of(step):
            add(heading, "date", Text(heading, _DAY.fill(title=step.title).en))
    for heading in _SHORT:
        add(heading, "date", Text(heading, heading))
    return found


def _headings_of(step: Step) -> tuple[str, ...]:
    """What a column of the days of a step may be called: by its title, or by the first of the things that it names."""
    title = step.title.zh
    return tuple(dict.fromkeys(_DAY.fill(title=name).zh for name in (title, title.partition("、")[0])))


def read_old_sheet(path: str, rulebook: Rulebook, procedures: Procedures) -> OldSheet:
    """The rows of a .csv, .xlsx or .xlsm, and every problem of the others; none where no column has the day of opening."""
    report, columns = Report(all_warnings=True), columns_of(procedures, rulebook)
    fields = {name: field for name, (_meaning, field) in columns.items()}
    lexicon = case_lexicon(rulebook, report, fields, _IDS)
    table = open_table(path, lexicon, report)
    rows = [] if table is None else list(_rows(table, cases_of(table, lexicon, report), columns, rulebook, report))
    if table is not None and not any(_is_of(column, "opened_on", columns) for column in table.columns):
        report.add("RK841", Place(table.path, 1, 1, table.sheet))  # once, and not for each row
        rows = []
    warnings = [problem for row in rows for problem in row.case.problems]
    return OldSheet(tuple(rows), (*report.problems(), *(p for p in warnings if p not in report.problems())))


def _is_of(column: object, meaning: str, columns: Mapping[str, tuple[str, Field]]) -> bool:
    """Whether a column of a table holds what has this meaning."""
    return isinstance(column, Field) and column.name in columns and columns[column.name][0] == meaning


def _rows(
    table: CaseTable,
    cases: Iterator[Case | Unread],
    columns: Mapping[str, tuple[str, Field]],
    rulebook: Rulebook,
    report: Report,
) -> Iterator[OldRow]:
    ids = Ids()
    at = {field.name: index for index, field in enumerate(table.columns) if isinstance(field, Field)}
    for case in cases:
        if isinstance(case, Unread):
            continue
        fault = ids.fault(case.id, line_said(case.place.line))
        if fault is not None:
            report.keep(id_problem(fault, case.place))
            continue
        facts = {name: value for name, value in case.facts.items() if name in rulebook.fields}
        own = Case(id=case.id, facts=facts)
        own._place, own._problems, own._carried = case.place, case.problems, case._carried
        said: dict[str, Any] = {}
        places = {name: index for name, index in at.items() if name in facts}
        days: dict[str, date] = {}
        headings: dict[str, Text] = {}
        for name, (meaning, field) in columns.items():
            if name not in case.facts:
                continue
            (said if meaning in COLUMNS else days).setdefault(meaning, case.facts[name])
            headings.setdefault(meaning, field.label)
            places.setdefault(meaning, at[name])
            kept = said.get(meaning, days.get(meaning))
            if kept != case.facts[name]:
                report.add("RK840", case.place, one=headings[meaning], other=field.label)
        yield OldRow(own, said, days, headings, places)
