"""The casebook on a page: its cases as they would be printed, what in them still tells who it was, and the file.

Nothing can be taken away while something tells who it was. The words that stand instead (`casebook --words`) are handed in, and
held in memory while the desk runs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reformkit.desk.asking import DOCX, Answer, Ask, Download, NotThere, Show, address
from reformkit.ledger_desk.forms import NO_PERIOD
from reformkit.ledger_desk.room import HERE, LedgerRoom, at_name
from reformkit.overseeing.casebook import Casebook
from reformkit.overseeing.casebook_sheet import pages
from reformkit.problem import LetterError, Problem
from reformkit.text import Text

TITLE = Text("案例汇编", "Casebook")
MOST = 1 << 20
"""Bytes of a file of words."""
MEDIA = {"docx": DOCX, "html": "text/html; charset=utf-8"}
_WORDS = {
    "how": Text(
        "已归档并由归档人注明同意收录的案例；仍能识别是谁的，不能取用。",
        "Cases of archived items, with consent; while one still tells who it was, nothing can be taken away.",
    ),
    "period": Text(
        "归档时间（2022、2022-03、2022-Q1，不填为全部）", "Archived in (2022, 2022-03, 2022-Q1; else all time)"
    ),
    "show": Text("查看", "Show"),
    "docx": Text("取案例汇编（.docx）", "Get the casebook (.docx)"),
    "html": Text("取网页（.html）", "Get a page (.html)"),
    "words": Text("改写字句（.yaml）", "Words that stand instead (.yaml)"),
    "hand_in": Text("按此改写", "Replace them"),
    "needs_script": Text("交文件需要浏览器允许脚本。", "Handing in a file needs scripts."),
}
_WITH = Text("已按 {name} 改写字句。", "Words are replaced as {name} says.")


@dataclass(frozen=True)
class CasebookPart:
    """A heading with its lines."""

    head: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class CasebookPage:
    """The front page, or a case."""

    title: Text
    parts: tuple[CasebookPart, ...]


@dataclass(frozen=True)
class CasebookView:
    """The casebook of a period."""

    title: Text
    period: str
    pages: tuple[CasebookPage, ...]
    files: Mapping[str, str]
    """Where to get it, by ending; none while it tells who it was."""
    replaced: Text | None
    problems: tuple[Problem, ...]
    faults: tuple[Text, ...]
    words: Mapping[str, Text]


def casebook_view(room: LedgerRoom, ask: Ask) -> CasebookView:
    """The casebook of the period that the query names."""
    period = ask.of_query("period").strip()
    try:
        return _view(room, ask, _made(room, period))
    except ValueError:
        return _view(room, ask, faults=(NO_PERIOD.fill(period=period),))


def words_handed_in(room: LedgerRoom, ask: Ask) -> Answer:
    """Words that stand instead from here on: the file's bytes are the body, `name` and `period` stand in the query."""
    before = room.casebook_words
    room.casebook_words = Path(ask.of_query("name")).name or "words.yaml", ask.body
    try:
        return Show(f"{HERE}:casebook.html", casebook_view(room, ask))
    except LetterError as error:
        room.casebook_words = before
        return Show(f"{HERE}:casebook.html", _view(room, ask, problems=tuple(error.problems)), 422)


def casebook_file(room: LedgerRoom, ask: Ask) -> Answer:
    """The casebook as a file; the page that says why, while it tells who it was."""
    ending, period = ask.path["ending"], ask.of_query("period").strip()
    if ending not in MEDIA:
        raise NotThere
    try:
        made = _made(room, period)
    except ValueError:
        raise NotThere from None
    if not _may_be_taken(made):
        return Show(f"{HERE}:casebook.html", _view(room, ask, made), 422)
    with tempfile.TemporaryDirectory(prefix="reformkit-") as folder:
        file = made.save(Path(folder, f"casebook.{ending}"), ask.lang)
        name = "-".join(filter(None, (TITLE.say(ask.lang), period)))
        return Download(f"{name}.{ending}", MEDIA[ending], file.read_bytes())


def _made(room: LedgerRoom, period: str) -> Casebook:
    """Raises ValueError for another period, `LetterError` for words that cannot be read."""
    if room.casebook_words is None:
        return room.ledger.casebook(period or None)
    name, content = room.casebook_words
    with tempfile.TemporaryDirectory(prefix="reformkit-") as folder:
        path = Path(folder, "words.yaml")
        path.write_bytes(content)
        try:
            found = room.ledger.casebook(period or None, path)
        except LetterError as error:
            raise LetterError(at_name(error.problems, path, name)) from None
        return replace(found, problems=at_name(found.problems, path, name))


def _may_be_taken(made: Casebook) -> bool:
    return not any(problem.severity == "error" for problem in made.problems)


def _view(
    room: LedgerRoom,
    ask: Ask,
    made: Casebook | None = None,
    problems: tuple[Problem, ...] = (),
    faults: tuple[Text, ...] = (),
) -> CasebookView:
    period = ask.of_query("period").strip()
    shown = [
        CasebookPage(
            one.title,
            tuple(CasebookPart(head, tuple(lines)) for head, lines in (part.say(ask.lang) for part in one.sections)),
        )
        for one in ([] if made is None else pages(made))
    ]
    query = {"period": period} if period else {}
    endings = MEDIA if made is not None and _may_be_taken(made) else {}
    return CasebookView(
        TITLE,
        period,
        tuple(shown),
        {ending: address(f"/casebook/{ending}", query) for ending in endings},
        None if room.casebook_words is None else _WITH.fill(name=room.casebook_words[0]),
        problems or (() if made is None else made.problems),
        faults,
        _WORDS,
    )
