"""A workbook of rules taken into a folder: merged, put into the YAML, read again, and written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from reformkit.beside import save
from reformkit.book import Book, PathLike
from reformkit.comparing.diff import Diff
from reformkit.editing.tables import Tables
from reformkit.editions import Edition, compare
from reformkit.grid.base import HIDDEN, Base, NoBase, read_base
from reformkit.grid.cell_reading import CellReader
from reformkit.grid.plan import SheetPlan
from reformkit.grid.plans import plans
from reformkit.importing.merged_sheet import SheetMerge
from reformkit.importing.merging import Merger
from reformkit.importing.result import ImportResult
from reformkit.importing.sheet_records import is_like, sheet_table
from reformkit.importing.texts import NewTexts
from reformkit.loading import load, read
from reformkit.parsing.report import Report
from reformkit.problem import Place, Problem
from reformkit.sources.revisions import is_committed
from reformkit.text import Text
from reformkit.workbook.own_sheets import OWN
from reformkit.workbook.rules_in import TextSheet, read_sheets

_NO_BASE = Text("没有 reformkit 导出时写下的底稿", "it has no base that reformkit wrote when it was exported")
_OTHER = Text("它是从规则册“{name}”导出的", "it was exported from the rulebook `{name}`")
_BESIDE = ".before-import"


def import_workbook(path: PathLike, folder: PathLike, dry_run: bool = False, *, delete: bool = False) -> ImportResult:
    """Take a workbook of rules back into the folder from which it was exported.

    What the workbook changes since it was exported is put into the YAML, each changed cell as one changed span; what
    only the folder has changed since stays. Nothing is written where something stands in the way (`problems`), nor
    with `dry_run`. `delete` confirms that rules whose rows are gone are deleted. Before a file is written that git does
    not have as it is, it is copied beside itself. Raises `RulebookError` for a folder with errors, OSError where a
    file cannot be written (then none is).
    """
    report = Report()
    sheets = read_sheets(path, report)
    base = None if sheets is None else _base(sheets, os.fspath(path), report)
    if sheets is None or base is None:
        return ImportResult(problems=tuple(report.problems()))
    book = load(folder)
    name = book.rulebook.name
    if base.rulebook != name:
        report.add("RK872", Place(os.fspath(path)), reason=_OTHER.fill(name=base.rulebook))
        return ImportResult(problems=tuple(report.problems()))
    merges = _merged(book, base, sheets, report, delete)
    changes = tuple(change for merge in merges for change in merge.changes)
    changes = tuple(replace(change, id=change.id.strip("\0") if change.id[:1] != "\0" else "") for change in changes)
    texts = NewTexts(book, report, base.lang).texts(merges)
    diff = None
    if texts and not report.errors:
        diff = _effect(book, Path(folder), texts, merges, base, report)
    elif not report.errors:
        diff = compare(Edition(book, os.fspath(folder)), Edition(book, os.fspath(folder)))
    result = ImportResult(changes, tuple(report.problems()), diff, {} if report.errors else texts)
    if dry_run or report.errors or not texts:
        return result
    backups = _write(texts)
    return replace(result, written=tuple(texts), backups=tuple(backups))


def _base(sheets: list[TextSheet], path: str, report: Report) -> Base | None:
    """The hidden base of a workbook; None, and a problem, where there is none that can be relied on."""
    hidden = next((sheet for sheet in sheets if sheet.title == HIDDEN), None)
    try:
        if hidden is None:
            raise NoBase
        return read_base([[row.cells[at] for at in sorted(row.cells)] for row in hidden.rows])
    except NoBase:
        report.add("RK872", Place(path), reason=_NO_BASE)
        return None


def _merged(book: Book, base: Base, sheets: list[TextSheet], report: Report, delete: bool) -> list[SheetMerge]:
    """What each sheet changes; sheets that are gone, and those that nobody knows, are said."""
    now = {plan.of: plan for plan in plans(book.rulebook, book.library, base.lang)}
    cells = CellReader(book.rulebook, report)
    by_title = {sheet.title: sheet for sheet in sheets}
    ours = OWN | {sheet.title for sheet in base.sheets.values()}
    strange = [sheet for sheet in sheets if sheet.title not in ours and sheet.rows]
    renamed = set[str]()
    for sheet in strange:
        like = next((was for was in base.sheets.values() if is_like(sheet, was)), None)
        if like is None:
            report.add("RK871", sheet.place(), title=sheet.title)
        elif like.title in by_title:
            report.add("RK882", sheet.place(), title=sheet.title, like=like.title)
        else:
            renamed.add(like.title)
            report.add("RK881", sheet.place(), title=sheet.title, like=like.title)
    merges = []
    for of, was in base.sheets.items():
        plan, found = now.get(of), by_title.get(was.title)
        if plan is None:
            report.add(
                "RK876", Place(os.fspath(sheets[0].path), 1, 1, was.title), said=_PLAN_GONE.fill(title=was.title)
            )
        elif found is None and was.title in renamed:
            continue
        elif found is None:
            report.add("RK870", Place(sheets[0].path), title=was.title)
        elif (table := sheet_table(found, was, cells.lexicon, report)) is not None:
            merges.append(Merger(cells, book.rulebook.fields, delete).merge(plan, table))
    return merges


_PLAN_GONE = Text("规则册里已经没有“{title}”", "the rulebook has no `{title}` any more")


def _effect(
    book: Book, folder: Path, texts: Mapping[str, str], merges: list[SheetMerge], base: Base, report: Report
) -> Diff | None:
    """What the new texts change for cases; None, and problems, where they cannot be read or do not say what the sheets do."""
    with TemporaryDirectory() as temporary:
        rules, measures = _copied(book, folder, texts, Path(temporary))
        after, problems = read(rules, measures)
        for problem in problems:
            if problem.severity == "error":
                report.add("RK876", _blamed(problem, merges), said=Text(problem.message("zh"), problem.message("en")))
        if after is None:
            return None
        made = {plan.of: plan for plan in plans(after.rulebook, after.library, base.lang)}
        for merge in merges:
            _check_said(merge, made[merge.plan.of], report)
        if report.errors:
            return None
        return compare(Edition(book, os.fspath(folder)), Edition(after, merges[0].table.sheet.path))


def _copied(book: Book, folder: Path, texts: Mapping[str, str], into: Path) -> tuple[Path, Path | None]:
    """A copy of the rulebook with its vocabulary and library, the new texts in it; its folder, and that of the library."""
    inside = folder.resolve()
    files = set(Tables(book.rulebook, book.library).files)
    files |= {file.resolve() for file in folder.rglob("*") if file.is_file()}
    root = Path(os.path.commonpath([inside, *files]))
    new = {Path(path).resolve(): text for path, text in texts.items()}
    for file in sorted(files):
        copy = into / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if file in new:
            copy.write_bytes(new[file].encode())
        else:
            shutil.copyfile(file, copy)
    library = None
    if book.library is not None and book.library.causes:
        first = next(iter(book.library.causes.values()))
        library = into / Path(first.place.path).resolve().parent.relative_to(root)
    return into / inside.relative_to(root), library


def _blamed(problem: Problem, merges: Iterable[SheetMerge]) -> Place:
    """Where in the workbook a problem of the new texts comes from: the changes of its rule, else of its file's sheet."""
    for merge in merges:
        for change in merge.changes:
            if change.id in (problem.rule, *problem.rules):
                return change.place
    return next((change.place for merge in merges for change in merge.changes), merges_place(merges))


def merges_place(merges: Iterable[SheetMerge]) -> Place:
    """The first sheet that was read."""
    return next((merge.table.sheet.place() for merge in merges), Place(""))


def _check_said(merge: SheetMerge, made: SheetPlan, report: Report) -> None:
    """Hold what was written to what the sheets say: every record that stays, in every cell that was not changed and was."""
    edits = {edit.record.id: edit for edit in merge.edits}
    now = made.by_id
    gone = {record.id for record, _ in merge.removed}
    for record in merge.plan.records:
        if record.id in gone:
            continue
        edit, after = edits.get(record.id), now.get(record.id)
        rows = [dict(row) for row in record.rows]
        if edit is not None:
            rows[0] |= {key: words for key, words in edit.words.items() if key not in _BY_WORD}
        rows[0] = {key: words for key, words in rows[0].items() if words and key not in _BY_WORD}
        is_same = after is not None and (
            (edit is not None and edit.rows is not None)
            or [_plain(row) for row in rows] == [_plain(row) for row in after.rows]
        )
        if not is_same:
            place = edit.place if edit is not None else merge.table.sheet.place()
            report.add("RK876", place, said=_NOT_SAID.fill(id=record.id))


def _plain(row: Mapping[str, str]) -> dict[str, str]:
    return {key: words for key, words in row.items() if words and key not in _BY_WORD}


_BY_WORD = frozenset(("then", "kind", "enabled", "value", "due_days", "used"))
"""What may be written by another word than the one that is shown."""
_NOT_SAID = Text(
    "“{id}”写入 YAML 后读出来与工作簿不同；请在 YAML 中改",
    "written to the YAML, `{id}` would not say what the workbook says; change it in the YAML",
)


def _write(texts: Mapping[str, str]) -> list[str]:
    """Write every file, or none: where one cannot be written, those before it get their old bytes back."""
    old = {path: Path(path).read_bytes() for path in texts}
    backups = []
    for path, data in old.items():
        if not is_committed(Path(path)):
            copy = _free(Path(path))
            save(copy, data)
            backups.append(str(copy))
    done: list[str] = []
    try:
        for path, text in texts.items():
            save(Path(path), text.encode())
            done.append(path)
    except OSError:
        for path in done:
            save(Path(path), old[path])
        raise
    return backups


def _free(path: Path) -> Path:
    """A name beside a file that is not taken."""
    number = 1
    while (copy := path.with_name(f"{path.name}{_BESIDE}{'' if number == 1 else f'-{number}'}")).exists():
        number += 1
    return copy
