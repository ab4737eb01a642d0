"""What a matrix changes: a mark more is a rule to be drafted, a mark less a rule to be deleted, each at its cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reformkit.grid.base import BaseSheet
from reformkit.grid.cell_reading import CellReader, CellTests
from reformkit.grid.matrix_plan import row_key, tests_of
from reformkit.grid.plan import PlanRecord, SheetPlan
from reformkit.importing.merged_sheet import NewRecord, SheetMerge, draft_id
from reformkit.importing.result import ImportChange, ImportKind
from reformkit.importing.sheet_records import SheetCell, SheetRecord, SheetTable
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Field
from reformkit.problem import NOWHERE, Place
from reformkit.text import Lang, Text

_MARKS = frozenset(("√", "✓", "✔", "是", "yes", "y", "1", "true"))  # no `x`: many write it for ×, which is no
_NO_MARK = Text("“{word}”应为“√”或留空", "`{word}` should be √ or blank")
_NO_CONDITION = Text("这一行打了“√”，没有写条件", "this row has marks and no condition")
_CHANGED_TOO = Text(
    "规则“{id}”在“{title}”中改了，这里又清空了，只做一样",
    "the rule `{id}` was changed on `{title}` and is blank here; do one of the two",
)


class MatrixMerger:
    """Merges the matrix of one decision; what cannot be taken goes into the report."""

    def __init__(
        self,
        listed: SheetPlan,
        table: DecisionTable,
        cells: CellReader,
        lang: Lang,
        delete: bool,
        leave: Collection[ImportChange],
    ) -> None:
        self._lang: Lang = lang
        self._listed = listed
        self._table = table
        self._cells = cells
        self._report = cells.report
        self._delete = delete
        self._leave = leave
        self._fields: Mapping[str, Field] = cells.lexicon.fields
        self._drafted: dict[str, str] = {}
        self._rules: dict[tuple[str, str], list[PlanRecord]] = {}
        outcomes = {rule.id: rule.then for rule in table.rules}
        for record in listed.records:
            tests = tests_of(record, self._fields)
            if tests is not None and record.id in outcomes:
                self._rules.setdefault((row_key(tests), outcomes[record.id]), []).append(record)

    def merge(self, plan: SheetPlan, sheet: SheetTable, listed: BaseSheet, others: SheetMerge | None) -> SheetMerge:
        """What a matrix changes of the rules of its decision; `others` is what their list changes."""
        merge = SheetMerge(self._listed, SheetTable(sheet.sheet, listed, {}, []))
        base, seen = sheet.base.records, set[str]()
        for record in sheet.records:
            key = record.id if record.id in base else self._new_key(record, plan, sheet)
            if key is None:
                continue
            seen.add(key)
            if record.is_unread:
                continue
            was = base[key].rows[0] if key in base else {}
            now = plan.by_id[key].rows[0] if key in plan.by_id else {}
            for outcome in (key for key in sheet.base.headings if key not in self._fields):
                is_on = self._is_on(record, outcome)
                if is_on is None or is_on in (outcome in was, outcome in now):
                    continue
                place = sheet.place(outcome, record)
                if is_on:
                    self._add(merge, record, key, outcome, place)
                else:
                    self._remove(merge, key, outcome, place, others)
        for key in base.keys() - seen:
            for outcome in base[key].rows[0]:
                if outcome not in self._fields and key in plan.by_id and outcome in plan.by_id[key].rows[0]:
                    self._remove(merge, key, outcome, sheet.sheet.place(), others)
        return merge

    def _new_key(self, record: SheetRecord, plan: SheetPlan, sheet: SheetTable) -> str | None:
        """The key of a row that was not exported: of one that is there now and asks the same, else its own."""
        cells = {fact: cell for fact, cell in record.rows[0].items() if fact in self._fields}
        if not cells:
            self._report.add("RK873", record.place, reason=_NO_CONDITION)
            return None
        tests = {fact: self._cells.read(self._fields[fact], cell.words, cell.place) for fact, cell in cells.items()}
        if None in tests.values():
            return None
        for known in (*plan.records, *(PlanRecord(id, r.rows, NOWHERE) for id, r in sheet.base.records.items())):
            asked = {fact: words for fact, words in known.rows[0].items() if fact in self._fields}
            if asked.keys() == tests.keys() and all(
                self._read(fact, words) == tests[fact] for fact, words in asked.items()
            ):
                return known.id
        return row_key({fact: cell.words for fact, cell in cells.items()})

    def _read(self, fact: str, words: str) -> CellTests | None:
        return self._cells.quiet.read(self._fields[fact], words, NOWHERE)

    def _is_on(self, record: SheetRecord, outcome: str) -> bool | None:
        """Whether a cell is marked; None, and a problem, where it says something else."""
        cell = record.rows[0].get(outcome)
        if cell is None or not cell.words:
            return False
        if cell.words.lower() in _MARKS:
            return True
        self._report.add("RK873", cell.place, reason=_NO_MARK.fill(word=cell.words[:40]))
        return None

    def _add(self, merge: SheetMerge, record: SheetRecord, key: str, outcome: str, place: Place) -> None:
        tests = {fact: cell.words for fact, cell in record.rows[0].items() if fact in self._fields}
        change = self._change("added", place, "", tests, outcome)
        if change in self._leave:
            return
        merge.changes.append(change)
        kin = [rule.id for rule in self._kin(key, tests)]
        cells = {fact: cell for fact, cell in record.rows[0].items() if fact in self._fields}
        merge.table.records.append(SheetRecord("", place, [{**cells, "then": SheetCell(outcome, place)}]))
        alike = [rule.id for (row, _), rules in self._rules.items() if row == key for rule in rules]
        after = self._drafted.get(key, kin[-1] if kin else None)
        self._drafted[key] = draft_id(place)
        merge.added.append(NewRecord(draft_id(place), after, place, {"then": outcome}, [tests], tuple(alike)))

    def _kin(self, key: str, tests: Mapping[str, str]) -> list[PlanRecord]:
        """The rules next to which a new one belongs: those of its row, else those that ask the most of the same."""
        best, found = 0, list[PlanRecord]()
        for record in self._listed.records:
            asked = tests_of(record, self._fields)
            if asked is None:
                continue
            alike = 10 if row_key(asked) == key else sum(asked.get(fact) == words for fact, words in tests.items())
            alike = 2 * alike + (asked.keys() == tests.keys())
            if alike >= best:
                found = [*found, record] if alike == best else [record]
                best = alike
        return found

    def _remove(self, merge: SheetMerge, key: str, outcome: str, place: Place, others: SheetMerge | None) -> None:
        gone = {record.id for record, _ in others.removed} if others else set()
        edited = {edit.record.id for edit in others.edits} if others else set()
        for record in self._rules.get((key, outcome), []):
            change = self._change("deleted", place, record.id, tests_of(record, self._fields) or {}, outcome)
            if record.id in gone or change in self._leave:
                continue
            if record.id in edited:
                title = merge.table.base.title
                self._report.add("RK873", place, reason=_CHANGED_TOO.fill(id=record.id, title=title))
                continue
            merge.changes.append(change)
            merge.removed.append((record, place))
            if not self._delete:
                self._report.add("RK863", place, id=record.id, words=change.before[:200])

    def _change(self, kind: ImportKind, place: Place, id: str, tests: Mapping[str, str], outcome: str) -> ImportChange:
        label = self._table.outcomes[outcome].label
        said = f"{'；'.join(tests.values())} → {label.say(self._lang)}"
        before, after = (said, "") if kind == "deleted" else ("", said)
        return ImportChange(kind, place, self._listed.of, id, label, before, after)
