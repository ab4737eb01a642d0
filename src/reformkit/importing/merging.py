"""Three-way: what stood in the workbook when it was exported, what stands there now, and what the folder says now.

What a sheet says otherwise than its base is a change. Where the folder says otherwise too, and not the same, that is a
clash, and both are shown. What only the folder changed stays.

Long because each way in which the three may differ is one method of the merger.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set

from reformkit.grid.cell_reading import CellReader, CellTests
from reformkit.grid.plan import PlanRecord, Row, SheetPlan
from reformkit.importing.merged_sheet import NewRecord, RecordEdit, SheetMerge, draft_id, words_of
from reformkit.importing.result import ImportChange
from reformkit.importing.sheet_records import SheetRecord, SheetTable
from reformkit.problem import NOWHERE
from reformkit.text import Text

_ONLY_FIRST = Text(
    "“或”行只写条件；“{heading}”写在规则的第一行",
    "an `or` row holds conditions only; `{heading}` belongs on the first row of the rule",
)
_BY_YAML = Text("这一格只读，在 YAML 中改", "this cell is read only; change it in the YAML")
_ONE_LINE = Text("“{heading}”只写一行，不能换行", "`{heading}` is written on one line, without a line break")
_NOT_ALTERNATIVE = Text("“或”行没有条件", "this `or` row has no condition")
_NOTHING = Text("（空）", "(blank)")
_WHOLE = Text("整行", "the whole row")


class Merger:
    """Merges sheet after sheet; clashes and what cannot be taken go into the report."""

    def __init__(
        self, cells: CellReader, facts: Mapping[str, object], delete: bool, leave: Collection[ImportChange] = ()
    ) -> None:
        self._cells = cells
        self._report = cells.report
        self._facts = facts
        self._delete = delete
        self._leave = leave

    def merge(self, plan: SheetPlan, table: SheetTable) -> SheetMerge:
        """What a sheet changes of a plan that was made of the folder now."""
        merge = SheetMerge(plan, table)
        now, base = plan.by_id, table.base.records
        before: str | None = None
        taken: set[str] = set()
        for record in table.records:
            if record.is_unread:
                continue
            there = now.get(record.id) if record.id else self._taken(merge, record, taken)
            taken |= {there.id} if there else set()
            if record.id in base:
                self._known(merge, record, base[record.id].rows, base[record.id].fixed, there)
            elif not self._new(merge, record, there, before):
                continue
            before = record.id or (there.id if there else draft_id(record.place))
        kept = {record.id for record in table.records}
        for id, was in base.items():
            if id not in kept:
                self._gone(merge, id, was.rows, now.get(id))
        if plan.ordered:
            self._ordered(merge)
        return merge

    # --- one record ------------------------------------------------------------------------------------

    def _known(
        self, merge: SheetMerge, record: SheetRecord, was: Sequence[Row], fixed: frozenset[str], now: PlanRecord | None
    ) -> None:
        said = [{key: cell.words for key, cell in row.items()} for row in record.rows]
        fixed |= {column.key for column in merge.plan.columns if column.kind == "fixed"}
        tests, words = self._apart(said)
        tests_was, words_was = self._apart(was)
        is_changed = self._differ(tests, tests_was) or words != words_was
        if now is None:
            if is_changed:
                self._clash(merge, record, "id", words_of(was), words_of(said), "")
            return
        tests_now, words_now = self._apart(now.rows)
        edit = RecordEdit(now, record.place)
        for key in sorted({*words, *words_was}):
            self._word(
                merge,
                record,
                edit,
                key,
                (words_was.get(key, ""), words.get(key, ""), words_now.get(key, "")),
                fixed | now.fixed,
            )
        for number, row in enumerate(said[1:], 1):
            for key in (key for key in row if key not in self._facts):
                heading = merge.table.base.headings.get(key, key)
                self._report.add(
                    "RK873", merge.table.place(key, record, number), reason=_ONLY_FIRST.fill(heading=heading)
                )
            if not tests[number]:
                self._report.add("RK873", merge.table.place("id", record, number), reason=_NOT_ALTERNATIVE)
        if self._differ(tests, tests_was):
            self._tests(merge, record, edit, (tests_was, tests, tests_now), fixed | now.fixed)
        if edit.words or edit.rows is not None:
            merge.edits.append(edit)

    def _word(
        self,
        merge: SheetMerge,
        record: SheetRecord,
        edit: RecordEdit,
        key: str,
        said: tuple[str, str, str],
        fixed: frozenset[str],
    ) -> None:
        was, words, now = said
        if words == was:
            return
        if key in fixed:
            self._report.add("RK864", merge.table.place(key, record), reason=_BY_YAML)
        elif words == now:
            return
        elif now != was:
            self._clash(merge, record, key, was, words, now)
        elif self._is_broken(merge, record, key, words):
            return
        elif self._changed(merge, record, key, 0, was, words):
            edit.words[key] = words

    def _tests(
        self,
        merge: SheetMerge,
        record: SheetRecord,
        edit: RecordEdit,
        said: tuple[list[dict[str, str]], list[dict[str, str]], list[dict[str, str]]],
        fixed: frozenset[str],
    ) -> None:
        """The tests of a rule: cell by cell where its rows are as many as they were, else as a whole."""
        was, tests, now = said
        facts = {fact for row in (*was, *tests) for fact in row}
        if fixed & facts and fixed >= set(self._facts):
            cell = next((c for row in record.rows for key, c in row.items() if key in self._facts), None)
            self._report.add("RK864", cell.place if cell else record.place, reason=_BY_YAML)
            return
        if len(was) == len(tests) == len(now):
            rows = [dict(row) for row in now]
            for number, (old, new, current) in enumerate(zip(was, tests, now, strict=True)):
                for fact in sorted({*old, *new}):
                    before, after, there = old.get(fact, ""), new.get(fact, ""), current.get(fact, "")
                    if self._same(fact, before, after) or self._same(fact, there, after):
                        continue
                    if not self._same(fact, before, there):
                        self._clash(merge, record, fact, before, after, there, number)
                        continue
                    if not self._changed(merge, record, fact, number, before, after):
                        continue
                    rows[number][fact] = after
                    if not after:
                        del rows[number][fact]
            if self._differ(rows, now):
                edit.rows = rows
        elif self._differ(now, was) and self._differ(now, tests):
            self._clash(merge, record, "id", words_of(was), words_of(tests), words_of(now))
        elif self._differ(now, tests) and self._changed(merge, record, "when", 0, words_of(was), words_of(tests)):
            edit.rows = tests

    def _new(self, merge: SheetMerge, record: SheetRecord, now: PlanRecord | None, before: str | None) -> bool:
        """Take a record that was not exported; whether it is in the rulebook then."""
        said = [{key: cell.words for key, cell in row.items()} for row in record.rows]
        tests, words = self._apart(said)
        if now is not None:
            tests_now, words_now = self._apart(now.rows)
            free = [key for key in {*words, *words_now} if key not in now.fixed]
            if self._differ(tests, tests_now) or any(words.get(key) != words_now.get(key) for key in free):
                self._clash(merge, record, "id", "", words_of(said), words_of(now.rows))
        elif not merge.plan.may_grow:
            self._report.add("RK864", record.place, reason=_NO_NEW)
        elif True in {key: self._is_broken(merge, record, key, said) for key, said in words.items()}.values():
            return False
        else:
            change = ImportChange("added", record.place, merge.plan.of, record.id, _WHOLE, "", words_of(said))
            if not self._takes(merge, change):
                return False
            merge.added.append(NewRecord(record.id or draft_id(record.place), before, record.place, words, tests))
        return True

    def _taken(self, merge: SheetMerge, record: SheetRecord, taken: Set[str]) -> PlanRecord | None:
        """The rule that a row without an id became when the workbook was taken back before."""
        tests, words = self._apart([{key: cell.words for key, cell in row.items()} for row in record.rows])
        for now in merge.plan.records:
            if now.id not in merge.table.base.records and now.id not in taken:
                tests_now, words_now = self._apart(now.rows)
                if words == words_now and not self._differ(tests, tests_now):
                    return now
        return None

    def _gone(self, merge: SheetMerge, id: str, was: Sequence[Row], now: PlanRecord | None) -> None:
        place = merge.table.sheet.place()
        if now is None:
            return
        if not merge.plan.may_grow or merge.plan.of == "parameters" or id == "*":
            self._report.add("RK864", place, reason=_NO_FEWER.fill(id=id))
        elif [dict(row) for row in was] != [dict(row) for row in now.rows]:
            self._report.add(
                "RK862",
                place,
                id=id,
                heading=_WHOLE,
                base=words_of(was)[:200],
                sheet=_NOTHING,
                now=words_of(now.rows)[:200],
            )
        elif self._takes(merge, ImportChange("deleted", place, merge.plan.of, id, _WHOLE, words_of(was), "")):
            merge.removed.append((now, place))
            if not self._delete:
                self._report.add("RK863", place, id=id, words=words_of(was)[:200])

    def _ordered(self, merge: SheetMerge) -> None:
        """Whether the records that all three have come in another order."""
        now = [record.id for record in merge.plan.records]
        sheet = [record.id for record in merge.table.records]
        everywhere = {*now} & {*sheet} & {*merge.table.base.records}
        orders = [[id for id in ids if id in everywhere] for ids in (merge.table.base.records, sheet, now)]
        base, wanted, current = orders
        if wanted in (base, current):
            return
        place = next(
            r.place
            for r, a in zip((r for r in merge.table.records if r.id in everywhere), base, strict=True)
            if r.id != a
        )
        if current != base:
            said = [", ".join(ids[:20]) for ids in orders]
            self._report.add("RK862", place, id=wanted[0], heading=_ORDER, base=said[0], sheet=said[1], now=said[2])
            return
        moved = [id for id, old in zip(wanted, base, strict=True) if id != old]
        change = ImportChange("moved", place, merge.plan.of, moved[0], _ORDER, "、".join(base), "、".join(wanted))
        if self._takes(merge, change):
            merge.order = wanted

    # --- words -----------------------------------------------------------------------------------------

    def _apart(self, rows: Sequence[Row]) -> tuple[list[dict[str, str]], dict[str, str]]:
        """What the tests of each row say, and the other words of the first."""
        tests = [{key: words for key, words in row.items() if key in self._facts} for row in rows]
        return tests, {
            key: words
            for key, words in rows[0].items()
            if key not in self._facts and (key, words.lower()) not in _IMPLIED
        }

    def _same(self, fact: str, one: str, other: str) -> bool:
        return one == other or (
            bool(one) and bool(other) and self._read(fact, one) == self._read(fact, other) is not None
        )

    def _differ(self, one: Sequence[Row], other: Sequence[Row]) -> bool:
        if len(one) != len(other):
            return True
        return any(
            not self._same(fact, a.get(fact, ""), b.get(fact, ""))
            for a, b in zip(one, other, strict=True)
            for fact in {*a, *b}
        )

    def _read(self, fact: str, words: str) -> CellTests | None:
        field = self._cells.lexicon.fields[fact]
        return self._cells.quiet.read(field, words, NOWHERE)

    def _is_broken(self, merge: SheetMerge, record: SheetRecord, key: str, words: str) -> bool:
        """Whether a label or title, which is shown within lines, has a line break; then it is said."""
        if key not in _LABELS or "\n" not in words:
            return False
        heading = self._heading(merge, key)
        self._report.add("RK873", merge.table.place(key, record), reason=_ONE_LINE.fill(heading=heading))
        return True

    def _changed(self, merge: SheetMerge, record: SheetRecord, key: str, row: int, before: str, after: str) -> bool:
        """Note the change of a cell; whether it is taken."""
        place = merge.table.place(key, record, row)
        heading = self._heading(merge, key)
        return self._takes(merge, ImportChange("changed", place, merge.plan.of, record.id, heading, before, after))

    def _takes(self, merge: SheetMerge, change: ImportChange) -> bool:
        """Note a change, unless it is to be left; whether it is taken."""
        if change in self._leave:
            return False
        merge.changes.append(change)
        return True

    def _heading(self, merge: SheetMerge, key: str) -> Text:
        """What stands over a column; of a fact in a list its label."""
        headings = merge.table.base.headings
        if key in headings:
            return Text.same(headings[key])
        return self._cells.lexicon.fields[key].label if key in self._facts else Text.same(key)

    def _clash(
        self, merge: SheetMerge, record: SheetRecord, key: str, was: str, words: str, now: str, row: int = 0
    ) -> None:
        heading = _WHOLE if key == "id" else self._heading(merge, key)
        place = merge.table.place(key, record, row)
        base, sheet, there = (said[:200] or _NOTHING for said in (was, words, now))
        self._report.add("RK862", place, id=record.id, heading=heading, base=base, sheet=sheet, now=there)


_NO_NEW = Text(
    "这张表不能新增行；用 reformkit new 起草", "no rows can be added to this sheet; draft them with reformkit new"
)
_NO_FEWER = Text(
    "少了“{id}”一行；这张表的行不能在工作簿里删除，在 YAML 中删",
    "the row `{id}` is gone; rows of this sheet cannot be deleted in a workbook, but in the YAML",
)
_ORDER = Text("规则的次序", "the order of the rules")


_LABELS = frozenset(("label", "title"))


_IMPLIED = frozenset(("enabled", word) for word in ("是", "yes", "true"))
"""What a blank says too."""
