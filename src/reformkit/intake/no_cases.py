"""Rows of totals, notes beneath a table and headers that come again, which are no cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reformkit.intake.rows import Row
from reformkit.intake.tables import CaseTable, heads_ids
from reformkit.model.case import Unread
from reformkit.parsing.report import Report

_COUNTED = r"[0-9０-９]+\s*[件起案条宗例]\s*"
_TOTALS = re.compile(
    rf"(?:本页|本表|全部)?\s*(?:合|总|小|共|累)\s*计\s*(?:[:：].*|数|{_COUNTED})?|总数|共\s*{_COUNTED}", re.DOTALL
)
_NOTE = re.compile(
    r"(附?注|备\s*注|说\s*明|(?:填|制|编)\s*[表报制](?:说明|人员?|单位|部门|日期|时间)?|填写?(?:说明|日期|时间)|"
    r"(?:审核|复核|负责|统计|报送|经办|联系)(?:人员?|单位|部门|日期|时间|口径|电话|领导)?|(?:数据)?来源|单位负责人|日\s*期|"
    r"[Nn]otes?|[Rr]emarks?)\s*[0-9０-９]*\s*[:：].*",
    re.DOTALL,
)
"""What stands beneath a table, by the label before its colon."""


def only_cases(table: CaseTable, report: Report) -> CaseTable:
    """The same table without its rows of totals, notes, and headers that come again, which are said."""
    id = table.columns.index("id")
    return replace(table, rows=_but_those(table.rows, id, table.headings[id].strip(), report))


def _but_those(rows: Iterator[Row | Unread], id: int, head: str, report: Report) -> Iterator[Row | Unread]:
    for row in rows:
        if isinstance(row, Unread):
            yield row
        elif (word := _total_of(row.cells, id)) is not None:
            report.add("RK810", row.place(), word=word, line=row.number)
        elif (word := _note_of(row.cells)) is not None:
            report.add("RK838", row.place(), word=word, line=row.number)
        elif heads_ids(named := row.cells[id].strip() if id < len(row.cells) else "", head):
            report.add("RK819", row.place(), word=named, line=row.number)
        else:
            yield row


def _total_of(cells: Sequence[str], id: int) -> str | None:
    """The word by which a row is one of totals: its first, or its id behind a running number."""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    named = cells[id].strip() if id < len(cells) else ""
    return next((word for word in (first, named) if is_total(word)), None)


def _note_of(cells: Sequence[str]) -> str | None:
    """The label of a note, where a row holds notes and nothing else; never what is noted, which may be a person's name.

    >>> _note_of(["注：以上为一季度", "", ""]), _note_of(["填表人：甲", "", "日期：3月1日"]), _note_of(["A-1", "注：无"])
    ('注', '填表人', None)
    """
    labels = []
    for cell in cells:
        if said := cell.strip():
            found = _NOTE.fullmatch(said)
            if found is None:
                return None
            labels.append("".join(found[1].split()))
    return labels[0] if labels else None


def is_total(word: str) -> bool:
    """Whether a row that begins with this word adds up the others.

    >>> is_total("合计"), is_total("共 3 件"), is_total("合计办"), is_total("共3号")
    (True, True, False, False)
    """
    return _TOTALS.fullmatch(word.strip()) is not None
