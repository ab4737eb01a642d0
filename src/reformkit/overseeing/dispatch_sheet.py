"""The dispatch on paper and in files: words, a workbook, a Word document from the office's own template."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reformkit.beside import beside
from reformkit.extras import extra
from reformkit.model.letter import Letters
from reformkit.overseeing.dispatch_row import SECTIONS, DispatchRow
from reformkit.text import COMMA, DETAIL, Lang, Text
from reformkit.writing.about import LetterAbout
from reformkit.writing.draft import drafted
from reformkit.writing.filters import day_said

if TYPE_CHECKING:
    from reformkit.overseeing.dispatch import Dispatch

KIND = "dispatch_sheet"
"""The letter whose template the Word document is made from."""
SLIP = "supervision_slip"
"""The letter that presses for an overdue step."""
ENDINGS = (".docx", ".xlsx", ".txt", ".json")

_HEAD = Text("以案促改月调度（{on}），下次调度 {next_on}", "Dispatch of {on}; the next on {next_on}")
_NOTHING = Text("没有需要调度的事项。", "Nothing is due, late or out of the ordinary.")
_SECTION = Text("{title}（{count}）", "{title} ({count})")
_COUNT = Text("{title}{count}项", "{title}: {count}")
_HELD = Text("{holder}：逾期{overdue}项，将到期{due}项", "{holder}: {overdue} overdue, {due} falling due")
_OF_HOLDERS = Text("按责任机构", "By who has it to do")
_UNTIL = Text("{on}到期", "due {on}")
ANCHOR = Text("台账截至第{seq}号·校验码{code}", "ledger up to act {seq} · {code}")
_EMPTY, _BETWEEN = Text.same(""), Text.same("  ")
_SHEET = Text("月调度", "Dispatch")
_HEADS = (
    Text("类别", "Section"),
    Text("事项", "Item"),
    Text("单位", "Unit"),
    Text("环节", "Step"),
    Text("责任机构", "Who has it to do"),
    Text("首次期限", "First due"),
    Text("现期限", "Due"),
    Text("逾期工作日", "Workdays late"),
    Text("说明", "Note"),
)
_DATED = ("overdue", "due", "gates", "provisional", "moved")
_NONE = "—"


def save(dispatch: Dispatch, path: str | os.PathLike[str], letters: Letters | None, lang: Lang = "zh") -> Path:
    """Write the dispatch to a .docx, .xlsx, .txt or .json. Raises ValueError for another ending."""
    target = Path(path)
    match target.suffix.lower():
        case ".docx":
            data = document(dispatch, letters)
        case ".xlsx":
            return workbook(dispatch, target, lang)
        case ".txt":
            data = "".join(f"{line.say(lang)}\n" for line in lines(dispatch)).encode()
        case ".json":
            data = json.dumps(dispatch.to_dict(), ensure_ascii=False, indent=2).encode()
        case ending:
            raise ValueError(f"a dispatch is saved as {', '.join(ENDINGS)}, not as {ending or 'a file without one'}")
    with beside(target) as file:
        file.write(data)
    return target


def lines(dispatch: Dispatch) -> Iterator[Text]:
    """The dispatch in words, section by section, with the anchor at the end."""
    yield _HEAD.fill(on=str(dispatch.as_of), next_on=str(dispatch.next_on))
    if not dispatch.rows:
        yield _NOTHING
    for name, count in dispatch.counts.items():
        yield _EMPTY
        yield _SECTION.fill(title=SECTIONS[name], count=count)
        for row in dispatch.section(name):
            yield DETAIL.fill(words=_BETWEEN.join(_words(row)))
    held = dispatch.by_holder()
    if held:
        yield _EMPTY
        yield _OF_HOLDERS
    for holder, rows in held.items():
        overdue = sum(row.section == "overdue" for row in rows)
        yield DETAIL.fill(words=_HELD.fill(holder=holder, overdue=overdue, due=len(rows) - overdue))
    yield _EMPTY
    yield anchor_said(dispatch.anchor)


def workbook(dispatch: Dispatch, path: Path, lang: Lang = "zh") -> Path:
    """The dispatch as a sheet of Excel, a row a line, the anchor last."""
    with extra("excel"):
        from reformkit.workbook.writing import WorkbookFile  # noqa: PLC0415

    name = _SHEET.say(lang)
    with beside(path) as file, WorkbookFile(file, {name: [head.say(lang) for head in _HEADS]}) as sheets:
        for row in dispatch.rows:
            title, note = (None if text is None else text.say(lang) for text in (row.title, row.note))
            said = (SECTIONS[row.section].say(lang), row.item, row.unit, title, "、".join(row.holders))
            sheets.add(name, [*said, row.first, row.on, row.late or None, note])
        sheets.add(name, [anchor_said(dispatch.anchor).say(lang)])
    return path


def document(dispatch: Dispatch, letters: Letters | None) -> bytes:
    """The dispatch as a Word document, from the template of the rulebook.

    Raises ValueError where it has none, `LetterError` where that cannot be used.
    """
    if letters is None or KIND not in letters.kinds:
        raise ValueError(f"the rulebook has no letter {KIND!r} to write a dispatch with")
    titles = {name: title.zh for name, title in SECTIONS.items()}
    more = {
        "dispatched_on": dispatch.as_of,
        "next_dispatch": dispatch.next_on,
        "counts": [_COUNT.fill(title=SECTIONS[name], count=count).zh for name, count in dispatch.counts.items()],
        "rows": [_entry(row, titles) for row in dispatch.rows],
        "anchor": anchor_said(dispatch.anchor).zh,
    }
    about = LetterAbout(item="", office=dispatch.office, more=more)
    return drafted(letters, KIND, about).filled(None, dispatch.as_of)


def overdue_said(row: DispatchRow) -> str:
    """An overdue step in a sentence, for the slip that presses for it."""
    step = row.title.zh if row.title else ""
    first = f"首次期限{day_said(row.first)}，" if row.first and row.first != row.on else ""
    on = f"应于{day_said(row.on)}前办结，" if row.on else ""
    return f"{step}：{first}{on}已逾期{row.late}个工作日。"


def anchor_said(anchor: str) -> Text:
    """An anchor as it is printed and filed.

    >>> anchor_said("412:5508d2b710e64bc4").zh
    '台账截至第412号·校验码5508d2b710e64bc4'
    """
    seq, _, code = anchor.partition(":")
    return ANCHOR.fill(seq=seq, code=code)


def _words(row: DispatchRow) -> Iterator[Text | str]:
    yield row.item
    yield row.unit
    if row.title is not None:
        yield row.title
    if row.holders:
        yield COMMA.join(row.holders)
    if row.on is not None and row.section in _DATED:
        yield _UNTIL.fill(on=str(row.on))
    if row.note is not None:
        yield row.note


def _entry(row: DispatchRow, titles: dict[str, str]) -> dict[str, str]:
    return {
        "section": titles[row.section],
        "item": row.item,
        "unit": row.unit,
        "step": row.title.zh if row.title else _NONE,
        "holder": "、".join(row.holders) or _NONE,
        "first": day_said(row.first) if row.first else _NONE,
        "on": day_said(row.on) if row.on else _NONE,
        "note": row.note.zh if row.note else _NONE,
    }
