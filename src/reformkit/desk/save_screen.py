"""The sheet on which a save is looked over: the text that changes, the cases, the fixtures that fail, a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from reformkit.desk.asking import Action, Answer, Ask, Goto, Screen, Show
from reformkit.desk.desk import Desk
from reformkit.desk.edit_actions import StaleView
from reformkit.desk.effect_screen import EffectCard, EffectStep, Overtaken, counted, effect_card
from reformkit.desk.saving import last_save, save_staged, take_back
from reformkit.desk.staging import Clash, StagedPiece
from reformkit.desk.workspace import ChangedUnderneath
from reformkit.text import Text

SAVE = "/save"
NO_LONGER = Text(
    "保存之前这里又有了改动，或者另一个窗口正在改。请核对后再保存。",
    "something was edited meanwhile, perhaps in another window; look it over and save again.",
)
NOT_WRITTEN = Text(
    "写不进去，文件都照原样：{path}（{reason}）。请核对文件夹的权限和磁盘空间后再保存。",
    "it could not be written, and all files are as they were: {path} ({reason}). See to the folder's permissions and the "
    "space on the disk, and save again.",
)


@dataclass(frozen=True)
class DiffLine:
    """A line that goes, comes, or stays."""

    kind: Literal["gone", "new", "same"]
    text: str


@dataclass(frozen=True)
class PieceDiff:
    """What an edit changes in the text of a file."""

    what: str
    path: str
    lines: tuple[DiffLine, ...]


@dataclass(frozen=True)
class SaveSheet:
    """Everything that is asked of whoever saves."""

    number: int
    pieces: tuple[PieceDiff, ...]
    effect: EffectCard
    cases: EffectStep | None
    fixtures: EffectStep | None
    locked: Text | None
    can_save: bool
    taken_back: tuple[str, ...]
    """What the last save wrote, which can be taken back; empty where there is none."""
    said: Text | None = None
    note: str = ""


def save_sheet(desk: Desk, ask: Ask) -> SaveSheet:
    """What is staged, to be looked over."""
    return _sheet(desk)


def _sheet(desk: Desk, said: Text | None = None, note: str = "") -> SaveSheet:
    card = effect_card(desk)
    try:
        cases, fixtures = counted(desk) if desk.staging.pieces else (None, None)
    except Overtaken:
        cases = fixtures = None
    last = last_save(desk)
    locked = desk.workspace.locked
    sound = not card.is_clash and not any(problem.severity == "error" for problem in card.problems)
    return SaveSheet(
        card.number,
        tuple(_diff(piece) for piece in desk.staging.pieces),
        card,
        cases,
        fixtures,
        locked,
        bool(desk.staging.pieces) and locked is None and sound,
        () if last is None else last.what,
        said,
        note,
    )


def save(desk: Desk, ask: Ask) -> Answer:
    """Write what is staged, if that is still what was looked over; else the sheet again, or both texts."""
    note = ask.of_form("note").strip()
    sheet = _sheet(desk)
    effect = {}
    if sheet.cases is not None and sheet.fixtures is not None:
        effect = {"cases": sheet.cases.changed, "of": sheet.cases.of, "failing fixtures": sheet.fixtures.changed}
    with desk.turn:  # what was counted above took its time, and someone may have typed
        if not sheet.can_save or not ask.of_form("number") == str(sheet.number) == str(desk.staging.number):
            said = NO_LONGER
        else:
            try:
                save_staged(desk, note, effect)
                return Goto(SAVE)
            except Clash as clash:
                return _stale(desk, clash.piece)
            except ChangedUnderneath:
                desk.refresh()
                said = NO_LONGER
            except OSError as error:
                return Show("save.html", _sheet(desk, _not_written(error), note), 500)
    return Show("save.html", _sheet(desk, said, note), 409)


def unsave(desk: Desk, ask: Ask) -> Answer:
    """Take the last save back: the files are as they were, byte for byte, unless someone has changed them since."""
    try:
        take_back(desk)
    except KeyError:
        return Goto(SAVE)
    except ChangedUnderneath:
        return Show("save.html", _sheet(desk, NO_LONGER), 409)
    except OSError as error:
        return Show("save.html", _sheet(desk, _not_written(error)), 500)
    return Goto(SAVE)


def _not_written(error: OSError) -> Text:
    return NOT_WRITTEN.fill(path=str(error.filename or ""), reason=error.strerror or str(error))


def _stale(desk: Desk, piece: StagedPiece) -> Show:
    """Both texts of what changed underneath: what is staged, and what the file has there now."""
    file = desk.ground.files.get(piece.path)
    now = "" if file is None else _nearest(piece.before, file.text)
    return Show("stale.html", StaleView(piece.what, piece.after, now, SAVE), 409)


def _nearest(before: str, text: str) -> str:
    """The lines of a text that stand where others stood: found by the lines round those that changed."""
    old, new = before.splitlines(True), text.splitlines(True)
    blocks = [b for b in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks() if b.size]
    if not blocks:
        return ""
    first, last = blocks[0], blocks[-1]
    return "".join(new[max(0, first.b - first.a) : last.b + last.size + len(old) - last.a - last.size])


def _diff(piece: StagedPiece) -> PieceDiff:
    return PieceDiff(piece.what, piece.path, tuple(_lines(piece.before.splitlines(), piece.after.splitlines())))


def _lines(before: list[str], after: list[str]) -> Iterable[DiffLine]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (DiffLine("same", line) for line in before[i1:i2])
            continue
        yield from (DiffLine("gone", line) for line in before[i1:i2])
        yield from (DiffLine("new", line) for line in after[j1:j2])


def drop(desk: Desk, ask: Ask) -> Answer:
    """Leave everything that is staged, and begin anew from the files."""
    desk.nothing_staged()
    return Goto("/")


SCREENS = (Screen(SAVE, "save.html", save_sheet, is_slow=True),)
ACTIONS = (Action(SAVE, save, is_slow=True), Action("/unsave", unsave), Action("/drop", drop))
