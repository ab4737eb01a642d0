"""The sheet of findings in an empty workbook of cases: a row a finding, by the id of its case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reformkit.intake.sheet_findings import HEADS, TITLES
from reformkit.model.vocabulary import Field, Vocabulary
from reformkit.reading import keywords
from reformkit.text import Lang, Text
from reformkit.workbook.value_lists import ValueLists

FINDINGS = Text(*TITLES)
READY_ROWS = 2_000
"""Rows that have drop-downs and formats."""

LONGEST_PROMPT = 250
HEAD = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#2F5597",
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "border": 1,
}
PICK = Text("请从列表中选取；不知道的留空", "pick one from the list; leave blank what is not known")

_WIDTHS = {"id": 16, "cause": 24, "matter": 20, "evidence": 60, "unit": 24, "unit_kind": 18, "industry": 14}
_ASKED = {
    "id": Text("这项发现属于哪个案件？与“案件”表的编号写得一样，每行都写", "Which case is it about? The id as the sheet `cases` has it, on every row"),
    "cause": Text("剖析发现了什么症结？一行一项", "Which cause was found? One on a row"),
    "matter": Text("该项剖析发现涉及哪类事项？", "Which matter is the finding about?"),
    "evidence": Text("有什么证据？写材料名称和要点，不写姓名、证件号码；可留空", "What shows it? Name the document and the point, no persons; may be blank"),
    "unit": Text("问题出在哪个单位？就是案发单位的留空，是上级主管单位等其他单位的写全称", "Which unit is it about? Leave blank where that is the unit of the case; the full name of another, such as the authority above it"),
    "unit_kind": Text("所涉单位是哪类单位？没有写所涉单位的留空", "What kind of unit is that? Leave blank where no unit is named"),
    "industry": Text("所涉单位属哪个系统？没有写所涉单位的留空", "Which industry does that unit belong to? Leave blank where no unit is named"),
}  # fmt: skip
_EVIDENCE = Text("2021 年以来的采购没有验收记录", "no record of acceptance for purchases since 2021")


def write_findings(book: Any, page: Any, vocabulary: Vocabulary, lists: ValueLists, lang: Lang) -> None:
    """Fill the sheet: its header, drop-downs of causes and matters, and what is asked beside the cells."""
    head, text = book.add_format(HEAD), book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    fields = _fields(vocabulary)
    for at, name in enumerate(HEADS):
        title = keywords.spelt(name)
        page.write_string(0, at, title.say(lang), head)
        page.set_column(at, at, _WIDTHS[name], text)
        field = fields.get(name)
        asked = _asked(name, fields)
        rule: dict[str, Any] = {"ignore_blank": True, "validate": "any"}
        if field is not None and field.values:
            rule |= {
                "validate": "list",
                "source": lists.reference(title, _options(field)),
                "error_message": PICK.say(lang),
            }
        said = {"input_title": title.say(lang), "input_message": asked.say(lang)[:LONGEST_PROMPT]}
        page.data_validation(1, at, READY_ROWS, at, rule | said)
    lay_out(page)


def lay_out(page: Any, across: int = 1) -> None:
    """How a sheet that is filled in is seen and printed, on so many pages side by side; each has the ids."""
    page.set_row(0, 34)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(across, 0)
    page.repeat_rows(0)
    page.repeat_columns(0)
    if across > 1:
        page.print_across()
    page.set_footer("&C&P / &N")


def example_of_finding(vocabulary: Vocabulary, id: Text) -> tuple[list[Text], list[Text]]:
    """The header and a finding of the case with an id."""
    fields = _fields(vocabulary)
    values = {n: next(iter(_options(field)), Text.same("")) for n, field in fields.items() if n in ("cause", "matter")}
    said = {"id": id, "evidence": _EVIDENCE, **values}
    return [keywords.spelt(name) for name in HEADS], [said.get(name, Text.same("")) for name in HEADS]


def asked_of(head: Text, vocabulary: Vocabulary) -> Text:
    """What the column with a heading asks."""
    name = next(name for name in HEADS if keywords.spelt(name) == head)
    return _asked(name, _fields(vocabulary))


def _asked(name: str, fields: Mapping[str, Field]) -> Text:
    field = fields.get(name)
    return field.ask if name == "matter" and field is not None and field.ask is not None else _ASKED[name]


def _fields(vocabulary: Vocabulary) -> Mapping[str, Field]:
    """The facts whose values are those of a column."""
    causes, matter = vocabulary.gathered.get("cause"), vocabulary.finding_fields.get("matter")
    units = {name: field for name, field in vocabulary.unit_fields.items() if field.values}
    return {name: f for name, f in {"cause": causes, "matter": matter, **units}.items() if f is not None}


def _options(field: Field) -> list[Text]:
    return [Text(item.label.zh, id) for id, item in field.values.items()]
