"""What a workbook of rules changes: cell by cell, then for which cases, then which files."""

from __future__ import annotations

from reformkit.importing.result import ImportChange, ImportKind, ImportResult
from reformkit.printing.diff_text import print_diff
from reformkit.printing.paper import Paper, brief
from reformkit.printing.problems import show_problems
from reformkit.problem import Place
from reformkit.text import DETAIL, Text

_SAME = Text(
    "工作簿和规则册没有差别，什么都没有写。", "The workbook and the rulebook say the same; nothing was written."
)
_CHANGES = Text("工作簿改了 {number} 处：", "Changes in the workbook, {number}:")
_KINDS: dict[ImportKind, Text] = {
    "changed": Text("{at} {id} {heading}：{before} → {after}", "{at} {id} {heading}: {before} → {after}"),
    "added": Text("{at} 新增 {id} {after}", "{at} added {id} {after}"),
    "deleted": Text("{at} 删除 {id} {before}", "{at} deleted {id} {before}"),
    "moved": Text("{at} 调整次序，自 {id} 起", "{at} put in another order, from {id} on"),
}
_BLANK = Text("（空）", "(blank)")
_NOTHING = Text("有错误，什么都没有写。", "There are errors; nothing was written.")
_WOULD = Text("预演，没有写文件；会改：{path}", "A trial, nothing was written; it would change: {path}")
_WRITTEN = Text("已改 {path}", "Changed {path}")
_BACKUP = Text("原文件另存为 {path}", "The file as it was: {path}")
_UNDO = Text("git 中有原文件，git checkout 可恢复。", "git has the files as they were; git checkout brings them back.")
_SOUND = Text("检查无误。", "Checked: nothing is wrong with it.")
_FAULTY = Text("改后检查（reformkit check）有 {number} 处：", "What reformkit check finds after the change, {number}:")
_MADE = Text("{decisions} 项决策、{rules} 条规则。", "{decisions} decisions, {rules} rules.")
_WOULD_WRITE = Text("预演，没有写文件；会写：{path}", "A trial, nothing was written; it would write: {path}")
_NEW = Text("已写出 {path}", "Written: {path}")
_LONGEST = 60


def print_import(result: ImportResult, console: Paper, dry_run: bool) -> None:
    """The changes, their effect, and what was written."""
    if result.sound and not result.texts:
        console.say(_SAME)
        return
    if result.changes:
        console.say(_CHANGES.fill(number=len(result.changes)), "bold")
    for change in result.changes:
        console.say(DETAIL.fill(words=_said(change)))
    if not result.sound:
        console.say(_NOTHING, "bold")
        return
    if result.diff is not None:
        console.say()
        print_diff(result.diff, console, boxes=False)
    console.say()
    for path in result.texts:
        console.say((_WOULD if dry_run else _WRITTEN).fill(path=brief(path)))
    for path in result.backups:
        console.say(_BACKUP.fill(path=brief(path)))
    if result.checked:
        console.say(_FAULTY.fill(number=len(result.checked)), "bold")
        show_problems(result.checked, console)
    elif result.checked is not None:
        console.say(_SOUND)
    if result.written and len(result.backups) < len(result.written):
        console.say(_UNDO)


def print_model_import(result: ImportResult, console: Paper, dry_run: bool) -> None:
    """How many rules a model makes, and the files that were written."""
    if not result.sound:
        console.say(_NOTHING, "bold")
        return
    decisions = len({change.of for change in result.changes})
    console.say(_MADE.fill(decisions=decisions, rules=len(result.changes)))
    for path in result.texts:
        console.say((_WOULD_WRITE if dry_run else _NEW).fill(path=brief(path)))


def _said(change: ImportChange) -> Text:
    words: dict[str, Text | str] = {"at": _at(change.place), "id": change.id.partition("#")[0]}
    if change.kind == "changed":
        words |= {"heading": change.heading, "before": _short(change.before), "after": _short(change.after)}
    elif change.kind == "added":
        words["after"] = _short(change.after)
    elif change.kind == "deleted":
        words["before"] = _short(change.before)
    return _KINDS[change.kind].fill(**words)


def _at(place: Place) -> str:
    return str(Place("", place.line, place.column, place.sheet)).strip()


def _short(words: str) -> Text:
    if not words:
        return _BLANK
    line = " ".join(words.split())
    return Text.same(line if len(line) <= _LONGEST else line[:_LONGEST] + "…")
