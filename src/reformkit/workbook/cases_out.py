"""An empty workbook of cases: a column a fact, drop-downs, the questions as notes; an example stands on a sheet of its own.

Headings and values are labels in Chinese, and ids in English: so the reader of cases knows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from reformkit.grid.base import HIDDEN
from reformkit.model.vocabulary import Field, Vocabulary
from reformkit.reading import keywords
from reformkit.text import Lang, Text, width_of
from reformkit.workbook.cells import FIRST_DAY
from reformkit.workbook.findings_out import (
    FINDINGS,
    HEAD,
    LONGEST_PROMPT,
    PICK,
    READY_ROWS,
    asked_of,
    example_of_finding,
    lay_out,
    write_findings,
)
from reformkit.workbook.own_sheets import GUIDE
from reformkit.workbook.value_lists import ValueLists

CASES = Text("案件", "cases")

_WIDEST = 24
_COLUMNS_A_PAGE = 12
_LAST_COUNT = 10**9
_SEVERAL = Text("{ask}（几项之间用“；”隔开；查过没有的写“无”）", "{ask} (several with `;` between them)")
_DAY = Text("请填日期，如 2022-03-01；不知道的留空", "a day, as 2022-03-01; leave blank what is not known")
_NUMBER = Text("请只填数字，不写单位；不知道的留空", "a number without its unit; leave blank what is not known")
_TEXTS = (
    Text("“案件”表一行一件，编号必填、不重复；不知道的留空，不要写“无”（“无”是查过、没有）。", "A row a case on the sheet `cases`, each with an id of its own; leave blank what is not known."),
    Text("选中一格即可看到这项事实的提问；有列表的从列表中选。", "Select a cell to see what is asked; pick from the list where there is one."),
    Text("填好后：reformkit assess 本文件 -o 结果.xlsx。", "Then: reformkit assess FILE -o results.xlsx."),
    Text("“剖析发现”表一行一项发现，编号与“案件”表写得一样；一件有几项的写几行，每行都写编号。没有剖析发现的不必填。", "A row a finding on the sheet `findings`, with the id as the sheet `cases` has it on every row. Leave it empty where there are none."),
    Text("表头不要改；多出的列写“备注”“承办部门”等，照原样带到结果里。下面是各项的提问和一例，不会被研判。", "Leave the headings as they are. Below is what each asks, with an example that is never assessed."),
)  # fmt: skip
_ASKED, _EXAMPLE = Text("提问", "what is asked"), Text("示例（不会被研判）", "example (never assessed)")
_GUIDE_WIDTHS = (26, 48, 26)
_EXAMPLE_ID = Text("示例-1", "EXAMPLE-1")
_EXAMPLE_TEXT = Text("某单位", "a unit")


def case_columns(vocabulary: Vocabulary) -> list[Field]:
    """The facts that a table may state: those that are stated, and the causes found."""
    causes = vocabulary.gathered.get("cause")
    return [f for f in vocabulary.case_fields.values() if (f.source == "stated" and f.derived is None) or f is causes]


def write_cases(file: BinaryIO, vocabulary: Vocabulary, lang: Lang) -> None:
    """Write an empty workbook for cases. Raises any error of the file."""
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1), "comments": "reformkit"})
    page, findings, guide = (book.add_worksheet(title.say(lang)) for title in (CASES, FINDINGS, GUIDE))
    lists = ValueLists(book, lang)
    fields = case_columns(vocabulary)
    _cases(book, page, fields, lists, lang)
    write_findings(book, findings, vocabulary, lists, lang)
    _guide(book, guide, fields, vocabulary, lang)
    hidden = book.add_worksheet(HIDDEN)
    hidden.write_string(0, 0, "cases")
    hidden.very_hidden()
    book.close()


def heading(field: Field) -> Text:
    """What stands over the column of a fact."""
    return Text(field.label.zh, field.name)


def _cases(book: Any, page: Any, fields: Sequence[Field], lists: ValueLists, lang: Lang) -> None:
    head = book.add_format(HEAD)
    formats = {
        name: book.add_format({"num_format": code, "text_wrap": True, "valign": "top"})
        for name, code in (("text", "@"), ("date", "yyyy-mm-dd"), ("number", "General"))
    }
    page.write_string(0, 0, keywords.spelt("id").say(lang), head)
    page.set_column(0, 0, 16, formats["text"])
    for at, field in enumerate(fields, 1):
        words = heading(field).say(lang)
        page.write_string(0, at, words, head)
        kind = "date" if field.type == "date" else "number" if field.is_ordered else "text"
        page.set_column(at, at, max(10, min(_WIDEST, width_of(words) + 2)), formats[kind])
        page.data_validation(1, at, READY_ROWS, at, _rule(field, lists, lang))
    lay_out(page, -(-len(fields) // _COLUMNS_A_PAGE))


def _rule(field: Field, lists: ValueLists, lang: Lang) -> dict[str, Any]:
    """What may be put into the cells of a fact, and what is asked beside them."""
    ask = field.ask or field.label
    said = (_SEVERAL.fill(ask=ask) if field.type == "tags" else ask).say(lang)
    rule: dict[str, Any] = {"ignore_blank": True, "input_title": heading(field).say(lang)[:32], "input_message": said[:LONGEST_PROMPT]}  # fmt: skip
    error = {"choice": PICK, "flag": PICK, "date": _DAY}.get(field.type, _NUMBER).say(lang)
    options = [Text(item.label.zh, id) for id, item in field.values.items()]
    if field.type == "flag":
        options = [Text("是", "true"), Text("否", "false")]
    if options:
        reference = lists.reference(heading(field), options)
        return rule | {
            "validate": "list",
            "source": reference,
            "show_error": field.type != "tags",
            "error_message": error,
        }
    match field.type:
        case "date":
            return rule | {"validate": "date", "criteria": ">=", "value": FIRST_DAY, "error_message": error}
        case "count" | "number":
            kind = "integer" if field.type == "count" else "decimal"
            highest = field.highest if field.highest is not None else _LAST_COUNT
            between = {"criteria": "between", "minimum": float(field.lowest), "maximum": float(highest)}
            return rule | {"validate": kind, **between, "error_message": error}
    return rule | {"validate": "any"}


def _guide(book: Any, page: Any, fields: Sequence[Field], vocabulary: Vocabulary, lang: Lang) -> None:
    """How the sheets are filled in, and an example, greyed, of every kind of fact and of a finding."""
    wrapped = {"valign": "top", "text_wrap": True}
    plain, grey = book.add_format(wrapped), book.add_format({**wrapped, "font_color": "#595959", "italic": True})
    head = book.add_format(HEAD)
    for at, width in enumerate(_GUIDE_WIDTHS):
        page.set_column(at, at, width)
    page.write_string(0, 0, GUIDE.say(lang), book.add_format({"bold": True, "font_size": 16}))
    for row, line in enumerate(_TEXTS, 1):
        words = line.say(lang)
        page.merge_range(row, 0, row, 2, words, plain)
        page.set_row(row, 15 * _lines(words, sum(_GUIDE_WIDTHS)) + 2)
    row = len(_TEXTS) + 2
    for title, lines in _examples(fields, vocabulary, lang):
        for at, words in enumerate((title, _ASKED.say(lang), _EXAMPLE.say(lang))):
            page.write_string(row, at, words, head)
        for under, cells in enumerate(lines, row + 1):
            for at, words in enumerate(cells):
                page.write_string(under, at, words, grey if at == 2 else plain)
            page.set_row(
                under, 15 * max(_lines(words, width) for words, width in zip(cells, _GUIDE_WIDTHS, strict=True))
            )
        row += len(lines) + 2
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N&R&A")
    page.hide_gridlines(2)


def _lines(words: str, width: int) -> int:
    return -(-width_of(words) // (width - 2)) or 1


def _examples(
    fields: Sequence[Field], vocabulary: Vocabulary, lang: Lang
) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """What each column of both sheets asks, with an example."""
    id = keywords.spelt("id").say(lang)
    asked = [(id, "", _EXAMPLE_ID.say(lang))]
    yield (
        CASES.say(lang),
        asked + [(heading(f).say(lang), (f.ask or f.label).say(lang), _example(f, lang)) for f in fields],
    )
    heads, cells = example_of_finding(vocabulary, _EXAMPLE_ID)
    said = [(head.say(lang), asked_of(head, vocabulary).say(lang), cell.say(lang)) for head, cell in zip(heads, cells, strict=True)]  # fmt: skip
    yield FINDINGS.say(lang), said


def _example(field: Field, lang: Lang) -> str:
    values = [Text(item.label.zh, id) for id, item in field.values.items()]
    if values:
        return Text("；", ";").join(values[: 2 if field.type == "tags" else 1]).say(lang)
    said = {
        "flag": Text("是", "true"),
        "date": Text.same("2022-03-01"),
        "text": _EXAMPLE_TEXT,
    }
    return said.get(field.type, Text.same("1")).say(lang)
