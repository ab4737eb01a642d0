"""The months on paper and in files: a picture of lines, a workbook, a page that prints, plain data."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reformkit.beside import beside
from reformkit.drawing.panels import MonthLine
from reformkit.extras import extra
from reformkit.overseeing.chart_page import Cell, chart_page
from reformkit.text import Lang, Text

if TYPE_CHECKING:
    from reformkit.overseeing.monthly import Months

ENDINGS = (".svg", ".png", ".xlsx", ".html", ".json")

_TITLE = Text("促改事项逐月情况", "Items of reform month by month")
_DURING = Text("促改事项逐月情况（{period}）", "Items of reform month by month, {period}")
_SPAN = Text("{first}至{last}", "{first} to {last}")
_OPENED, _ACCEPTED = Text("当月立项", "Opened"), Text("当月验收通过", "Accepted")
_OVERDUE, _MONTH = Text("月末逾期", "Overdue at the end"), Text("月份", "Month")
_COUNTED = Text(
    "由台账第1至{acts}号记录算出，单位：项。立项、验收通过按发生之日计，并入他项的不计立项；退回后再次验收通过的，再计一次。",
    "Counted from acts 1 to {acts} of the ledger, in items. Opened and accepted by the day on which it happened; an item "
    "merged into another does not count as opened, one accepted again counts again.",
)
_AS_IT_STOOD = Text(
    "月末逾期为当月最后一天终了时仍有步骤超过期限的事项，按当时情况计，同一事项可在几个月中出现；中止的不计。",
    "Overdue are items with a step past its due day when the month ended, as they stood then; one may stand in several "
    "months, one that is suspended in none.",
)
_NOT_OVER = Text("最后一个月未满，截至{day}。", "The last month is not over: as of {day}.")
_EMPTY = Text("台账中没有事项。", "The ledger has no items.")
_NOTHING = Text("这几个月没有立项、验收通过和逾期的事项。", "In these months nothing was opened, accepted or overdue.")
_CAPTION = Text("各月立项有多有少，不作目标、不排名。", "How many are opened is no target, and nothing is ranked.")
_SHEET = Text("逐月", "Months")


def save(monthly: Months, path: str | os.PathLike[str], lang: Lang = "zh") -> Path:
    """Write the months to a file. Raises ValueError for an ending that is not one of `ENDINGS`."""
    target = Path(path)
    match target.suffix.lower():
        case ".svg":
            data = _picture(monthly, lang).encode()
        case ".png":
            with extra("pictures"):
                from reformkit.drawing.monthly import monthly_png  # noqa: PLC0415
            data = monthly_png(title(monthly, lang), notes(monthly, lang), *_lines(monthly, lang))
        case ".xlsx":
            return _workbook(monthly, target, lang)
        case ".html":
            picture = _picture(monthly, lang)
            shown = title(monthly, lang), picture, heads(lang), rows_of(monthly), notes(monthly, lang)
            data = chart_page(*shown, lang).encode()
        case ".json":
            data = json.dumps(monthly.to_dict(), ensure_ascii=False, indent=2).encode()
        case ending:
            raise ValueError(f"months are saved as {', '.join(ENDINGS)}, not as {ending or 'a file without one'}")
    with beside(target) as file:
        file.write(data)
    return target


def title(monthly: Months, lang: Lang) -> str:
    """What stands over them: the period, or the first and the last month."""
    if not monthly.months:
        return _TITLE.say(lang)
    span = _SPAN.fill(first=monthly.months[0].name, last=monthly.months[-1].name)
    return _DURING.fill(period=monthly.period or span).say(lang)


def notes(monthly: Months, lang: Lang) -> list[str]:
    """What always stands under them."""
    if not monthly.acts:
        return [_EMPTY.say(lang)]
    texts = [_COUNTED.fill(acts=monthly.acts), _AS_IT_STOOD]
    if not any(number for row in rows_of(monthly) for number in row[1:]):
        texts.insert(0, _NOTHING)
    if monthly.months and not monthly.months[-1].is_over:
        texts.append(_NOT_OVER.fill(day=monthly.months[-1].until.isoformat()))
    return [text.say(lang) for text in (*texts, _CAPTION)]


def heads(lang: Lang) -> list[str]:
    """The heads of the columns of `rows_of`."""
    return [text.say(lang) for text in (_MONTH, _OPENED, _ACCEPTED, _OVERDUE)]


def rows_of(monthly: Months) -> Iterator[list[Cell]]:
    """A row a month."""
    for month in monthly.months:
        yield [month.name, month.opened, month.accepted, len(month.overdue)]


def _picture(monthly: Months, lang: Lang) -> str:
    with extra("pictures"):
        from reformkit.drawing.monthly import monthly_svg  # noqa: PLC0415
    return monthly_svg(title(monthly, lang), notes(monthly, lang), *_lines(monthly, lang))


def _lines(monthly: Months, lang: Lang) -> tuple[list[str], list[MonthLine]]:
    names, *numbers = zip(*rows_of(monthly), strict=True) if monthly.months else ((), (), (), ())
    lines = [MonthLine(head, list(map(int, line))) for head, line in zip(heads(lang)[1:], numbers, strict=True)]
    return list(map(str, names)), lines


def _workbook(monthly: Months, path: Path, lang: Lang) -> Path:
    with extra("excel"):
        from reformkit.workbook.writing import WorkbookFile  # noqa: PLC0415

    name = _SHEET.say(lang)
    with beside(path) as file, WorkbookFile(file, {name: heads(lang)}) as sheets:
        for row in rows_of(monthly):
            sheets.add(name, row)
        for note in notes(monthly, lang):
            sheets.add(name, [note])
    return path
