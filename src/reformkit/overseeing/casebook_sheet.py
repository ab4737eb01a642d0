"""The casebook on paper: a front page with its indexes, then a page a case."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reformkit.beside import beside
from reformkit.extras import extra
from reformkit.overseeing.casebook_case import CasebookCase
from reformkit.overseeing.casebook_room import SIZES, type_for
from reformkit.reporting.html import html
from reformkit.reporting.lengths import PageOfCase, lines
from reformkit.text import Lang, Text
from reformkit.wording.section import numbered_sections

if TYPE_CHECKING:
    from reformkit.overseeing.casebook import Casebook

ENDINGS = (".docx", ".html", ".txt")

_TITLE, _OF = (
    Text("以案促改案例汇编", "Casebook of reform"),
    Text("以案促改案例汇编（{period}）", "Casebook of reform, {period}"),
)
_NOTE, _BY_POINT = Text("说明", "About it"), Text("按症结方向索引", "By weak point")
_BY_MEASURE, _BY_SECTOR = Text("按措施索引", "By measure"), Text("按行业索引", "By sector")
_ALL = Text("目录", "Contents")
_ARCHIVED, _ARCHIVED_IN = Text("已归档", "archived"), Text("归档时间为{period}", "archived in {period}")
_HOLDS = Text(
    "{office}编，收录{count}个案例：{archived}，并由归档人注明同意收录。由台账第1至{acts}号记录生成。",
    "By {office}: {count} cases whose items were {archived} with consent. From acts 1 to {acts} of the ledger.",
)
_HOLDS_NONE = Text(
    "{office}编。没有一个案例：没有事项{archived}并由归档人注明同意收录。由台账第1至{acts}号记录生成。",
    "By {office}. There is no case in it: no item was {archived} with consent. From acts 1 to {acts} of the ledger.",
)
_EMPTY = Text(
    "{office}编。没有一个案例：台账中没有事项。", "By {office}. There is no case in it: the ledger has no items."
)
_LEFT = Text("没有收录的有{count}项：{reasons}。", "Left out: {count} ({reasons}).")
_NONE_LEFT = Text("本期没有不收录的事项。", "No item of the period is left out.")
_REASON, _COMMA = Text("{reason}{count}项", "{reason} {count}"), Text("，", ", ")
_CHECKED = Text(
    "文中没有发现人名、单位和地方全称、证件号码、电话、账号、车牌和文号；系按字样查找，付印前仍应有人通读。供内部学习，未经批准不得外传。",
    "No names of persons, full names of units and places, identity, telephone, account and plate numbers or numbers of "
    "papers were found, by pattern: somebody reads it before it is printed. For use within the office.",
)
_ENTRY, _CASES = Text("{head}：{cases}", "{head}: {cases}"), Text("案例{number}", "case {number}")
_BETWEEN = Text("、", ", ")


def save(casebook: Casebook, path: str | os.PathLike[str], lang: Lang = "zh") -> Path:
    """Write a casebook to a file. Raises ValueError for an ending that is not one of `ENDINGS`."""
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(f"a casebook is saved as {', '.join(ENDINGS)}, not as {ending or 'a file without one'}")
    sheets = list(pages(casebook))
    if ending == ".docx":
        with extra("practice"):
            from reformkit.writing.booklet import booklet  # noqa: PLC0415 (python-docx takes its time)

        data = booklet(((sheet, *(type_for(sheet, lang) or SIZES[-1])) for sheet in sheets), lang)
    elif ending == ".html":
        data = "".join(f"{line}\n" for line in html(sheets, lang)).encode()
    else:
        data = "\n\n".join("".join(f"{line}\n" for line in lines(sheet, lang)) for sheet in sheets).encode()
    with beside(target) as file:
        file.write(data)
    return target


def pages(casebook: Casebook) -> Iterator[PageOfCase]:
    """The front page, then the cases."""
    title = _TITLE if casebook.period is None else _OF.fill(period=casebook.period)
    yield PageOfCase(title, list(numbered_sections(_front(casebook))))
    yield from (page_of(case) for case in casebook.cases)


def overflows(case: CasebookCase) -> bool:
    """Whether a case is too long for a page, in whatever type."""
    return type_for(page_of(case)) is None


def page_of(case: CasebookCase) -> PageOfCase:
    """A case on its page."""
    return PageOfCase(case.title, list(case.sections))


def _front(casebook: Casebook) -> Iterator[tuple[Text, Iterator[Text]]]:
    yield _NOTE, _note(casebook)
    yield _ALL, iter([case.title for case in casebook.cases])
    yield _BY_POINT, _index((point, case) for case in casebook.cases for point in case.weak_points)
    yield (
        _BY_MEASURE,
        _index(sorted(((m, case) for case in casebook.cases for m in case.measures), key=lambda p: p[0].zh)),
    )
    yield _BY_SECTOR, _index((case.industry, case) for case in casebook.cases if case.industry is not None)


def _note(casebook: Casebook) -> Iterator[Text]:
    archived = _ARCHIVED if casebook.period is None else _ARCHIVED_IN.fill(period=casebook.period)
    if not casebook.acts:
        yield _EMPTY.fill(office=casebook.office)
        return
    by, count, acts = casebook.office, len(casebook.cases), casebook.acts
    if count:
        yield _HOLDS.fill(office=by, count=count, archived=archived, acts=acts)
    else:
        yield _HOLDS_NONE.fill(office=by, archived=archived, acts=acts)
    reasons = [_REASON.fill(reason=reason, count=count) for reason, count in casebook.left_out.items()]
    total = sum(casebook.left_out.values())
    yield _LEFT.fill(count=total, reasons=_COMMA.join(reasons)) if reasons else _NONE_LEFT
    if casebook.cases:
        yield _CHECKED


def _index(pairs: Iterable[tuple[Text, CasebookCase]]) -> Iterator[Text]:
    found: dict[Text, list[int]] = {}
    for head, case in pairs:
        found.setdefault(head, []).append(case.number)
    for head, numbers in found.items():
        yield _ENTRY.fill(head=head, cases=_BETWEEN.join([_CASES.fill(number=number) for number in numbers]))
