"""A workbook of rules taken back into texts that nobody has saved: merged, put into the YAML, read again, compared."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from reformkit.book import Book, PathLike
from reformkit.checking import at_most
from reformkit.editions import Edition, compare
from reformkit.grid.base import HIDDEN, Base, NoBase, read_base
from reformkit.grid.cell_reading import CellReader
from reformkit.grid.matrix_plan import MATRIX
from reformkit.grid.plan import PlanRecord, Row, SheetPlan
from reformkit.grid.plans import plans
from reformkit.grid.yaml_words import alike
from reformkit.importing.blaming import blamed
from reformkit.importing.matrix import MatrixMerger
from reformkit.importing.merged_sheet import SheetMerge
from reformkit.importing.merging import Merger
from reformkit.importing.result import ImportChange, ImportResult
from reformkit.importing.sheet_records import is_like, sheet_table
from reformkit.importing.texts import NewTexts
from reformkit.parsing.report import Report
from reformkit.problem import NOWHERE, Place, Problem, RulebookError
from reformkit.staging.staged import StagedBook
from reformkit.staging.workbench import Workbench
from reformkit.text import Text
from reformkit.workbook.own_sheets import OWN
from reformkit.workbook.rules_in import TextSheet, read_sheets

_NO_BASE = Text("没有 reformkit 导出时写下的底稿", "it has no base that reformkit wrote when it was exported")
_OTHER = Text("它是从规则册“{name}”导出的", "it was exported from the rulebook `{name}`")
_PLAN_GONE = Text("规则册里已经没有“{title}”", "the rulebook has no `{title}` any more")
_NOT_SAID = Text(
    "“{id}”写入 YAML 后读出来与工作簿不同；请在 YAML 中改",
    "written to the YAML, `{id}` would not say what the workbook says; change it in the YAML",
)


def stage_workbook(
    workbook: PathLike | bytes,
    bench: Workbench,
    texts: Mapping[str, str | None] | None = None,
    *,
    name: str = "工作簿.xlsx",
    delete: bool = False,
    leave: Collection[ImportChange] = (),
    weighed: bool = True,
) -> ImportResult:
    """Take a workbook of rules back into a rulebook on a workbench, over the texts that are staged there.

    `ImportResult.texts` are the new texts of the files that change, named as the workbench names them; nothing is
    written. `leave` are changes, of a result before, that are not to be taken; `delete` confirms that rules whose
    rows are gone are deleted; without `weighed` it is not told what becomes of cases, nor what `check` would say, which
    takes longest. A workbook given as bytes is called by its `name` in what is said. Raises
    `RulebookError` where the staged texts have errors.
    """
    report = Report()
    sheets = _sheets(workbook, name, report)
    path = name if isinstance(workbook, bytes) else os.fspath(workbook)
    base = None if sheets is None else _base(sheets, path, report)
    if sheets is None or base is None:
        return ImportResult(problems=tuple(report.problems()))
    now = bench.read(texts)
    if now.book is None:
        raise RulebookError(list(now.problems))
    if base.rulebook != now.book.rulebook.name:
        report.add("RK872", Place(path), reason=_OTHER.fill(name=base.rulebook))
        return ImportResult(problems=tuple(report.problems()))
    merges = _merged(now.book, base, sheets, report, delete, leave)
    changes = tuple(change for merge in merges for change in merge.changes)
    new = NewTexts(now, bench, report, base.lang).texts(merges)
    if report.errors:
        return ImportResult(changes, tuple(report.problems()))
    after = bench.read({**(texts or {}), **new}) if new else now
    _say_faults(now, after, merges, base, new, report)
    if after.book is None or report.errors:
        return ImportResult(changes, tuple(report.problems()))
    if not weighed:
        return ImportResult(changes, tuple(report.problems()), None, new)
    diff = compare(Edition(now.book, str(bench.root)), Edition(after.book, path))
    return ImportResult(changes, tuple(report.problems()), diff, new, checked=_checked(after) if new else None)


def _sheets(workbook: PathLike | bytes, name: str, report: Report) -> list[TextSheet] | None:
    if not isinstance(workbook, bytes):
        return read_sheets(workbook, report)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(workbook)
        return read_sheets(path, report, name)


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


def _merged(
    book: Book, base: Base, sheets: list[TextSheet], report: Report, delete: bool, leave: Collection[ImportChange]
) -> list[SheetMerge]:
    """What each sheet changes; sheets that are gone, and those that nobody knows, are said."""
    now = {plan.of: plan for plan in plans(book.rulebook, book.library, base.lang)}
    cells = CellReader(book.rulebook, report)
    merger = Merger(cells, book.rulebook.fields, delete, leave)
    by_title = {sheet.title: sheet for sheet in sheets}
    renamed = _say_strange(base, sheets, report)
    merges: list[SheetMerge] = []
    for of, was in base.sheets.items():
        plan, found = now.get(of), by_title.get(was.title)
        if plan is None:
            report.add("RK876", Place(sheets[0].path, 1, 1, was.title), said=_PLAN_GONE.fill(title=was.title))
        elif found is None and was.title not in renamed:
            report.add("RK870", Place(sheets[0].path), title=was.title)
        elif found is None or (table := sheet_table(found, was, cells.lexicon, report)) is None:
            continue
        elif of.startswith(MATRIX):
            decision = of.removeprefix(MATRIX)
            listed = f"decision:{decision}"
            matrix = MatrixMerger(now[listed], book.rulebook.decisions[decision], cells, base.lang, delete, leave)
            others = next((merge for merge in merges if merge.plan.of == listed), None)
            merges.append(matrix.merge(plan, table, base.sheets[listed], others))
        else:
            merges.append(merger.merge(plan, table))
    return merges


def _say_strange(base: Base, sheets: list[TextSheet], report: Report) -> set[str]:
    """Say which sheets are none of those that were exported; the titles of those that have another name now."""
    titles = {sheet.title for sheet in sheets}
    ours = OWN | {sheet.title for sheet in base.sheets.values()}
    renamed = set[str]()
    for sheet in (sheet for sheet in sheets if sheet.title not in ours and sheet.rows):
        like = next((was for was in base.sheets.values() if is_like(sheet, was)), None)
        if like is None:
            report.add("RK871", sheet.place(), title=sheet.title)
        elif like.title in titles:
            report.add("RK882", sheet.place(), title=sheet.title, like=like.title)
        else:
            renamed.add(like.title)
            report.add("RK881", sheet.place(), title=sheet.title, like=like.title)
    return renamed


def _checked(after: StagedBook) -> tuple[Problem, ...]:
    """What `check` would say of the new texts."""
    assert after.book is not None
    proven = [problem for decision in after.book.rulebook.decisions for problem in after.proofs(decision)]
    return tuple(at_most([*after.problems, *proven, *after.other_proofs()]))


def _say_faults(
    now: StagedBook,
    after: StagedBook,
    merges: list[SheetMerge],
    base: Base,
    texts: Mapping[str, str],
    report: Report,
) -> None:
    """Say what is wrong with the new texts: errors, and records that do not say what the sheets do."""
    for problem in after.problems:
        if problem.severity == "error":
            report.add("RK876", blamed(problem, merges, texts), said=Text(problem.message("zh"), problem.message("en")))
    if now.book is None or after.book is None:
        return
    readers = CellReader(now.book.rulebook, Report()), CellReader(after.book.rulebook, Report())
    made = {plan.of: plan for plan in plans(after.book.rulebook, after.book.library, base.lang)}
    for of in dict.fromkeys(merge.plan.of for merge in merges):
        _check_said([merge for merge in merges if merge.plan.of == of], made[of], readers, report)


def _check_said(
    merges: list[SheetMerge], made: SheetPlan, readers: tuple[CellReader, CellReader], report: Report
) -> None:
    """Hold what was written to what the sheets of one plan say: every record that stays, in every cell that was not
    changed and was."""
    edits = {edit.record.id: edit for merge in merges for edit in merge.edits}
    now = made.by_id
    gone = {record.id for merge in merges for record, _ in merge.removed}
    for record in merges[0].plan.records:
        if record.id in gone:
            continue
        edit, after = edits.get(record.id), now.get(record.id)
        rows = [dict(row) for row in record.rows]
        if edit is not None:
            rows[0] |= edit.words
        is_same = after is not None and (
            (edit is not None and edit.rows is not None)
            or (
                len(rows) == len(after.rows)
                and all(_alike(one, other, record, readers) for one, other in zip(rows, after.rows, strict=True))
            )
        )
        if not is_same:
            place = edit.place if edit is not None else merges[0].table.sheet.place()
            report.add("RK876", place, said=_NOT_SAID.fill(id=record.id))


def _alike(one: Row, other: Row, record: PlanRecord, readers: tuple[CellReader, CellReader]) -> bool:
    """Whether two rows say the same: word for word, or what is asked of a fact by other labels; what is fixed follows
    from elsewhere."""
    before, after = readers
    for key in {*one, *other} - _BY_WORD - (record.fixed - before.lexicon.fields.keys()):
        words = one.get(key, ""), other.get(key, "")
        if words[0] == words[1]:
            continue
        field = before.lexicon.fields.get(key)
        if field is None:
            return False
        trees = before.trees(field, words[0], NOWHERE), after.trees(after.lexicon.fields[key], words[1], NOWHERE)
        if trees[0] is None or trees[1] is None or not alike(trees[0], trees[1]):
            return False
    return True


_BY_WORD = frozenset(("then", "kind", "enabled", "value", "due_days", "used"))
"""What may be written by another word than the one that is shown."""
