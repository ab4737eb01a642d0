"""A letter of an item drawn up: what each placeholder says, what is still asked, a preview, and its issue."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from reformkit.desk.asking import DOCX, Answer, Ask, Download, Goto, NotThere, Show, address
from reformkit.ledger.letter import Letter
from reformkit.ledger_desk.forms import LATE, FormFault, day_said
from reformkit.ledger_desk.item_actions import REFUSED
from reformkit.ledger_desk.items_screen import item_href
from reformkit.ledger_desk.room import HERE, LedgerRoom
from reformkit.model.letter import GIVEN_AT_ISSUE, Letters
from reformkit.problem import LedgerError, LetterError, Problem, RefusedError
from reformkit.text import Text

_OWN = ("to", "reply_by", "number", "on", "late", "id")
"""What a form says beside placeholders."""
_BETWEEN = "；"
_ENTRIES = Text("{count} 条", "{count} entries")
_WORDS = {
    "back": Text("返回事项", "Back to the item"),
    "to": Text("主送（几个单位用；隔开，不填即责任单位）", "To (several between ；; else the responsible unit)"),
    "reply_by": Text("回复期限", "Answer wanted by"),
    "fields": Text("文书内容", "What it says"),
    "asked": Text("尚待填写", "Still asked"),
    "problems": Text("不能发出的原因", "What keeps it from going out"),
    "again": Text("按所填重拟", "Draw up again"),
    "preview": Text("预览（PDF）", "Preview (PDF)"),
    "draft": Text("取初稿（.docx）", "Get the draft (.docx)"),
    "issue": Text("编号发文", "Number and issue"),
    "number": Text("文号（由办公室编号的填写）", "Number, where the office gives it"),
    "on": Text("成文日期", "Day of issue"),
    "late": LATE,
    "refused": Text("没有发文，原因如下：", "It was not issued. What stands in the way:"),
    "at_issue": Text("发文时填入", "given at issue"),
}


@dataclass(frozen=True)
class FieldLine:
    """A placeholder: what it says now, what a person has said, the question where nothing is known."""

    name: str
    shown: Text
    told: str
    question: Text | None
    can_be_told: bool


@dataclass(frozen=True)
class LetterView:
    """The page of a letter that is drawn up."""

    title: Text
    item: str
    href: str
    back: str
    to: str
    reply_by: str
    today: date
    id: str
    fields: tuple[FieldLine, ...]
    problems: tuple[Problem, ...]
    faults: tuple[Text, ...]
    is_refused: bool
    preview_href: str
    draft_href: str
    told: Mapping[str, str]
    words: Mapping[str, Text]


def letter_view(room: LedgerRoom, ask: Ask) -> LetterView:
    """The letter as the query fills it."""
    return _view(room, ask, {name: next(iter(words), "") for name, words in ask.query.items()})


def _view(
    room: LedgerRoom,
    ask: Ask,
    said: Mapping[str, str],
    problems: tuple[Problem, ...] = (),
    faults: tuple[Text, ...] = (),
    is_refused: bool = False,
) -> LetterView:
    item, kind, letters = room.item(ask.path["item"]), ask.path["kind"], _letters(room)
    if kind not in letters.kinds:
        raise NotThere
    told = {name: words for name, words in said.items() if name in letters.placeholders and words.strip()}
    lines: tuple[FieldLine, ...] = ()
    try:
        letter = _letter(room, ask, said)
        problems = problems or tuple(letter.problems)
        asked = {blank.field: blank.question for blank in letter.blanks}
        lines = tuple(_line(name, value, told, asked, letters) for name, value in letter.fields.items())
    except (LetterError, RefusedError, LedgerError) as error:
        problems = problems or tuple(error.problems)
        lines = tuple(_line(name, None, told, {}, letters) for name in letters.placeholders if name in told)
    except FormFault as fault:
        faults = (*faults, fault.said)
    here = f"{item_href(item.id)}/letters/{kind}"
    query = {**told, **{name: said[name] for name in ("to", "reply_by") if said.get(name)}}
    return LetterView(
        letters.kinds[kind].title,
        item.id,
        here,
        item_href(item.id),
        said.get("to", ""),
        said.get("reply_by", ""),
        room.today,
        str(uuid4()),
        lines,
        problems,
        faults,
        is_refused,
        address(f"{here}/preview.pdf", query),
        address(f"{here}/draft.docx", query),
        told,
        _WORDS,
    )


def preview(room: LedgerRoom, ask: Ask) -> Answer:
    """The letter as LibreOffice prints it."""
    return _made(room, ask, "preview.pdf", "application/pdf")


def draft(room: LedgerRoom, ask: Ask) -> Answer:
    """The letter as a draft, not numbered."""
    return _made(room, ask, "draft.docx", DOCX)


def _made(room: LedgerRoom, ask: Ask, name: str, media: str) -> Answer:
    said = {name: next(iter(words), "") for name, words in ask.query.items()}
    try:
        letter = _letter(room, ask, said)
        with tempfile.TemporaryDirectory(prefix="reformkit-") as folder:
            path = Path(folder, name)
            if path.suffix == ".pdf":
                letter.preview(path)
            else:
                letter.save(path)
            return Download(f"{ask.path['item']}-{letter.kind.title.zh}{path.suffix}", media, path.read_bytes())
    except (LetterError, RefusedError, LedgerError) as error:
        return Show(f"{HERE}:letter.html", _view(room, ask, said, tuple(error.problems)), REFUSED)
    except FormFault as fault:
        return Show(f"{HERE}:letter.html", _view(room, ask, said, (), (fault.said,)), REFUSED)


def issue(room: LedgerRoom, ask: Ask) -> Answer:
    """Issue the letter under a number; shows what was refused."""
    said = {name: next(iter(words), "") for name, words in ask.form.items()}
    try:
        on = day_said(said.get("on", ""), room.today)
        letter = _letter(room, ask, said)
        letter.issue(
            by=room.account,
            on=on,
            number=said.get("number", "").strip() or None,
            id=said.get("id") or None,
            late=said.get("late", "").strip() or None,
        )
    except (LetterError, RefusedError, LedgerError) as error:
        return Show(f"{HERE}:letter.html", _view(room, ask, said, tuple(error.problems), (), True), REFUSED)
    except FormFault as fault:
        return Show(f"{HERE}:letter.html", _view(room, ask, said, (), (fault.said,), True), REFUSED)
    id = ask.path["item"]
    return Goto(address(item_href(id), {"written": str(room.item(id).standing.seq)}))


def _letters(room: LedgerRoom) -> Letters:
    letters = room.ledger.book.rulebook.letters
    if letters is None:
        raise NotThere
    return letters


def _letter(room: LedgerRoom, ask: Ask, said: Mapping[str, str]) -> Letter:
    """The letter as it is filled. Raises `LetterError` for what it cannot take, `FormFault` for a day that is none."""
    item, kind, letters = room.item(ask.path["item"]), ask.path["kind"], _letters(room)
    if kind not in letters.kinds:
        raise NotThere
    to = [unit.strip() for unit in said.get("to", "").split(_BETWEEN) if unit.strip()]
    reply_by = day_said(said["reply_by"], room.today) if said.get("reply_by", "").strip() else None
    told: dict[str, Any] = {}
    for name, words in said.items():
        if name in _OWN or name not in letters.placeholders or not words.strip():
            continue
        shape = letters.placeholders[name].shape
        told[name] = (
            day_said(words, room.today)
            if shape == "day"
            else words.split(_BETWEEN)
            if shape == "list"
            else words.strip()
        )
    return item.letter(kind, to or None, reply_by, **told)


def _line(name: str, value: object, told: Mapping[str, str], asked: Mapping[str, Text], letters: Letters) -> FieldLine:
    holder = letters.placeholders.get(name)
    parts: list[object] = list(value) if isinstance(value, list | tuple) else [] if value is None else [value]
    if holder is not None and holder.of in GIVEN_AT_ISSUE:
        shown = _WORDS["at_issue"]
    elif any(isinstance(part, Mapping) for part in parts):
        shown = _ENTRIES.fill(count=len(parts))
    else:
        shown = Text.same(_BETWEEN.join(map(str, parts)))
    can_be_told = holder is not None and isinstance(holder.shape, str) and holder.of not in GIVEN_AT_ISSUE
    return FieldLine(name, shown, told.get(name, ""), asked.get(name), can_be_told)
