"""A comparison on paper and in files: a picture, a workbook, a page that prints, plain data."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reformkit.beside import beside
from reformkit.drawing.panels import Bar, Bars, Dot, Dots, Panel
from reformkit.extras import extra
from reformkit.overseeing.chart_page import Cell, chart_page
from reformkit.reading import keywords
from reformkit.text import Lang, Text

if TYPE_CHECKING:
    from reformkit.overseeing.comparison import ComparedShare, Comparison, ComparisonRow
    from reformkit.overseeing.stated import StatedColumn

ENDINGS = (".svg", ".png", ".xlsx", ".html", ".json")

_TITLE = Text("促改落实与党风廉政建设整体情况（按{by}）", "Reform beside the state of integrity, by {by}")
_DURING = Text(
    "促改落实与党风廉政建设整体情况（按{by}，{period}）", "Reform beside the state of integrity, by {by}, {period}"
)
_ORDER = Text(
    "按代码或填报先后排列，不排名；不足{few}件的不列比例（图中为空心灰点），不作比较。",
    "In the order of codes or of the table, never ranked; of fewer than {few} no share is given (a hollow grey dot).",
)
_SOURCE = Text(
    "促改占比由台账第1至{acts}号记录算出，点为比例，横条为95%区间；其余各列由机关填报。",
    "Shares come from acts 1 to {acts} of the ledger: the dot is the share, the bar its 95 % interval; the rest the office states.",
)
_UNNAMED = Text(
    "另有{items}项没有写明{by}，不在各行之内。", "{items} items do not say their {by} and stand in none of the rows."
)
_OF = Text("{part}/{whole}", "{part}/{whole}")
_COUNTS, _PERCENT = Text("{title}（件数）", "{title} (counts)"), Text("{title}（比例）", "{title} (share)")
_INTERVAL = Text("{title}（95%区间）", "{title} (95 % interval)")
_FEW, _NOTHING = Text("不足{few}件", "fewer than {few}"), Text("无", "none")
_ASKED = Text("{number}（{sample}人）", "{number} (of {sample})")
_UNIT = Text("{title}（{unit}）", "{title} ({unit})")
_NAME, _CODE = Text("{by}", "{by}"), Text("代码", "Code")
_SHEET = Text("比对", "Comparison")


def save(comparison: Comparison, path: str | os.PathLike[str], lang: Lang = "zh") -> Path:
    """Write a comparison to a file. Raises ValueError for an ending that is not one of `ENDINGS`."""
    target = Path(path)
    match target.suffix.lower():
        case ".svg":
            data = _picture(comparison, lang)
        case ".png":
            with extra("pictures"):
                from reformkit.drawing.comparison import comparison_png  # noqa: PLC0415
            data = comparison_png(_title(comparison, lang), notes(comparison, lang), *_panels(comparison, lang))
        case ".xlsx":
            return _workbook(comparison, target, lang)
        case ".html":
            data = _page(comparison, lang).encode()
        case ".json":
            data = json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2).encode()
        case ending:
            raise ValueError(f"a comparison is saved as {', '.join(ENDINGS)}, not as {ending or 'a file without one'}")
    with beside(target) as file:
        file.write(data)
    return target


def notes(comparison: Comparison, lang: Lang) -> list[str]:
    """What always stands under a comparison."""
    by = Text(keywords.GROUPS[comparison.by], comparison.by.replace("_", " "))
    unnamed = [_UNNAMED.fill(items=comparison.unnamed, by=by)] if comparison.unnamed else []
    texts = (_ORDER.fill(few=comparison.rules.few), _SOURCE.fill(acts=comparison.acts), *unnamed)
    return [text.say(lang) for text in (*texts, comparison.rules.caption)]


def _title(comparison: Comparison, lang: Lang) -> str:
    by = Text(keywords.GROUPS[comparison.by], comparison.by.replace("_", " "))
    text = _TITLE.fill(by=by) if comparison.period is None else _DURING.fill(by=by, period=comparison.period)
    return text.say(lang)


def _picture(comparison: Comparison, lang: Lang) -> bytes:
    with extra("pictures"):
        from reformkit.drawing.comparison import comparison_svg  # noqa: PLC0415
    return comparison_svg(_title(comparison, lang), notes(comparison, lang), *_panels(comparison, lang)).encode()


def _panels(comparison: Comparison, lang: Lang) -> tuple[list[str], list[Panel]]:
    """The names of the rows, and a panel for each share and each column that is stated."""
    panels: list[Panel] = []
    for rule in comparison.shares:
        dots = [_dot(row.shares[rule.id], lang) for row in comparison.rows]
        panels.append(Dots(rule.title.say(lang), dots))
    for column in comparison.columns:
        if not column.of_sample:
            panels.append(Bars(_head(column, lang), [_bar(row, column, lang) for row in comparison.rows]))
    return [row.name.say(lang) for row in comparison.rows], panels


def _dot(share: ComparedShare, lang: Lang) -> Dot | None:
    if share.value is None or share.interval is None:
        return None
    low, high = share.interval
    return Dot(share.value, low, high, _OF.fill(part=share.part, whole=share.whole).say(lang), share.few)


def _bar(row: ComparisonRow, column: StatedColumn, lang: Lang) -> Bar | None:
    number, sample = row.stated.get(column.id), row.stated.get(f"{column.indicator.id}.sample")
    if number is None:
        return None
    words = f"{number:f}" if sample is None else _ASKED.fill(number=f"{number:f}", sample=f"{sample:f}").say(lang)
    return Bar(float(number), words)


def _head(column: StatedColumn, lang: Lang) -> str:
    unit = None if column.of_sample else column.indicator.unit
    text = column.title if unit is None else _UNIT.fill(title=column.title, unit=unit)
    return text.say(lang)


def heads(comparison: Comparison, lang: Lang) -> list[str]:
    """The heads of the columns of `rows_of`."""
    by = Text(keywords.GROUPS[comparison.by], comparison.by.replace("_", " ").capitalize())
    words = [by.say(lang), _CODE.say(lang)]
    for rule in comparison.shares:
        words += [text.fill(title=rule.title).say(lang) for text in (_COUNTS, _PERCENT, _INTERVAL)]
    return words + [_head(column, lang) for column in comparison.columns]


def rows_of(comparison: Comparison, lang: Lang) -> Iterator[list[Cell]]:
    """The rows as cells: names, the three cells of each share, numbers that are stated."""
    for row in comparison.rows:
        cells: list[Cell] = [row.name.say(lang), row.code]
        for rule in comparison.shares:
            share = row.shares[rule.id]
            counts = _OF.fill(part=share.part, whole=share.whole).say(lang) if share.whole else _NOTHING.say(lang)
            cells += [counts, _rate(share, comparison.rules.few, lang), _bounds(share)]
        numbers = [row.stated.get(column.id) for column in comparison.columns]
        yield cells + [None if n is None else int(n) if n == n.to_integral_value() else str(n) for n in numbers]


def _rate(share: ComparedShare, few: int, lang: Lang) -> str | None:
    if share.value is None:
        return None
    return _FEW.fill(few=few).say(lang) if share.few else f"{100 * share.value:.1f}%"


def _bounds(share: ComparedShare) -> str | None:
    return None if share.interval is None else "–".join(f"{100 * bound:.1f}%" for bound in share.interval)


def _workbook(comparison: Comparison, path: Path, lang: Lang) -> Path:
    with extra("excel"):
        from reformkit.workbook.writing import WorkbookFile  # noqa: PLC0415

    name = _SHEET.say(lang)
    with beside(path) as file, WorkbookFile(file, {name: heads(comparison, lang)}) as sheets:
        for row in rows_of(comparison, lang):
            sheets.add(name, row)
        for note in notes(comparison, lang):
            sheets.add(name, [note])
    return path


def _page(comparison: Comparison, lang: Lang) -> str:
    few, picture = _FEW.fill(few=comparison.rules.few).say(lang), _picture(comparison, lang).decode()
    rows = rows_of(comparison, lang)
    return chart_page(
        _title(comparison, lang), picture, heads(comparison, lang), rows, notes(comparison, lang), lang, few
    )
