"""The new text of each file that a workbook changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reformkit.editing.drafting import language_of, next_id
from reformkit.editing.spans import Odd, spans
from reformkit.grid.cell_reading import CellReader
from reformkit.grid.splice import Splices
from reformkit.importing.library_edits import LibraryEdits
from reformkit.importing.merged_sheet import NewRecord, RecordEdit, SheetMerge
from reformkit.importing.ordering import Blocks
from reformkit.importing.rule_edits import RuleEdits
from reformkit.importing.table_edits import TableEdits
from reformkit.model.rulebook import DecisionTable
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.staging.staged import StagedBook
from reformkit.staging.workbench import Workbench
from reformkit.text import Lang, Text

_LAYOUT = Text(
    "{path} 的写法不便逐处改写（如规则写在括号里、行尾混用）",
    "{path} is laid out so that single places cannot be changed (rules in brackets, mixed line ends)",
)
_ACROSS = Text(
    "规则分在几个文件里，次序不能跨文件改", "the rules stand in several files, and cannot change places across them"
)
_ID_TAKEN = Text("编号“{id}”已有", "the id `{id}` is taken")
_LAST = Text("一个文件里至少要留一条规则", "a file keeps at least one rule")


@dataclass
class _File:
    """A file while it is changed: its text with plain line ends, and how its bytes were."""

    path: str
    text: str
    mark: str
    ends: str

    @property
    def lang(self) -> Lang:
        """The language of its keys."""
        return language_of(spans(self.text))

    @property
    def written(self) -> str:
        """The text as it is written."""
        return self.mark + self.text.replace("\n", self.ends)


class NewTexts:
    """Makes the new texts of the files of a book; what cannot be put into them goes into the report."""

    def __init__(self, staged: StagedBook, bench: Workbench, report: Report, said_in: Lang) -> None:
        assert staged.book is not None
        self._book = staged.book
        self._overlay = staged.overlay
        self._bench = bench
        self._report = report
        self._said_in: Lang = said_in
        self._files: dict[str, _File | None] = {}
        self._old: dict[str, str] = {}
        decisions = staged.book.rulebook.decisions.values()
        self._ids = {rule.id for table in decisions for rule in (*table.rules, *table.disabled)}

    def texts(self, merges: Sequence[SheetMerge]) -> dict[str, str]:
        """The new text of every file that changes, by its name on the workbench."""
        cells = CellReader(self._book.rulebook, self._report)
        for merge in merges:
            if not (merge.edits or merge.added or merge.removed or merge.order):
                continue
            table = self._book.rulebook.decisions.get(merge.plan.of.removeprefix("decision:"))
            if merge.plan.of.startswith("decision:") and table is not None:
                self._decision(merge, table, RuleEdits(self._book.rulebook, table, cells, self._said_in))
            else:
                self._table(merge, TableEdits(self._report, self._said_in), merges)
        files = (file for file in self._files.values() if file is not None)
        return {self._bench.name(file.path): file.written for file in files if file.written != self._old[file.path]}

    # --- cells -----------------------------------------------------------------------------------------

    def _decision(self, merge: SheetMerge, table: DecisionTable, edits: RuleEdits) -> None:
        for file, of_file in self._by_file(merge.edits):
            splices = Splices(file.text)
            for edit in of_file:
                try:
                    edits.apply(splices, edit, merge.table, file.lang)
                except Odd:
                    self._odd(edit.place, file.path)
            self._spliced(file, splices, of_file[0].place)
        if not self._report.errors:
            self._reorder(merge)
            self._add(merge, table, edits)
            self._remove(merge)

    def _table(self, merge: SheetMerge, edits: TableEdits, merges: Sequence[SheetMerge]) -> None:
        for file, of_file in self._by_file(merge.edits):
            splices = Splices(file.text)
            for edit in of_file:
                try:
                    edits.apply(splices, edit, merge.table, file.lang)
                except Odd:
                    self._odd(edit.place, file.path)
            self._spliced(file, splices, of_file[0].place)
        if merge.plan.of != "parameters":
            self._library(merge, merges)
        elif merge.added:
            file_of_first = self._file(merge.plan.records[0].place.path, merge.added[0].place)
            if file_of_first is not None:
                splices = Splices(file_of_first.text)
                for new in merge.added:
                    try:
                        edits.add_value(splices, new, merge.table, file_of_first.lang)
                    except Odd:
                        self._odd(new.place, file_of_first.path)
                self._spliced(file_of_first, splices, merge.added[0].place)

    def _library(self, merge: SheetMerge, merges: Sequence[SheetMerge]) -> None:
        """Causes and measures that are added or taken away."""
        library = self._book.library
        assert library is not None
        edits = LibraryEdits(library, merges, self._report)
        for new in merge.added:
            path = edits.file_of(new, merge, merge.table)
            file = None if path is None else self._file(path, new.place)
            if file is not None:
                self._retold(file, new.place, partial(edits.added, new=new, merge=merge, said_in=self._said_in))
        for record, place in merge.removed:
            file = self._file(record.place.path, place)
            if file is not None:
                self._retold(file, place, partial(edits.removed, of=merge.plan.of, id=record.id))

    def _retold(self, file: _File, place: Place, change: Callable[[str], str | None]) -> None:
        try:
            file.text = change(file.text) or file.text
        except Odd:
            self._odd(place, file.path)

    def _spliced(self, file: _File, splices: Splices, place: Place) -> None:
        try:
            file.text = splices.text()
        except Odd:
            self._odd(place, file.path)

    def _by_file(self, edits: Sequence[RecordEdit]) -> Iterator[tuple[_File, list[RecordEdit]]]:
        of_files: dict[str, list[RecordEdit]] = {}
        for edit in edits:
            of_files.setdefault(edit.record.place.path, []).append(edit)
        for path, of_file in of_files.items():
            file = self._file(path, of_file[0].place)
            if file is not None:
                yield file, of_file

    # --- whole rules -----------------------------------------------------------------------------------

    def _reorder(self, merge: SheetMerge) -> None:
        if merge.order is None:
            return
        files = {record.id: record.place.path for record in merge.plan.records if record.id != "*"}
        order = [id for id in merge.order if id in files]
        place = next(change.place for change in merge.changes if change.kind == "moved")
        paths = list(dict.fromkeys(files.values()))
        if [files[id] for id in order] != sorted((files[id] for id in order), key=paths.index):
            self._report.add("RK875", place, reason=_ACROSS)
            return
        for path in paths:
            of_file = [id for id in order if files[id] == path]
            if of_file != [id for id in files if files[id] == path and id in of_file]:
                self._blocks(path, place, partial(Blocks.order, ids=of_file))

    def _add(self, merge: SheetMerge, table: DecisionTable, edits: RuleEdits) -> None:
        rules = {rule.id: rule.place.path for rule in (*table.rules, *table.disabled)}
        named: dict[str, str] = {}
        for new in merge.added:
            after = named.get(new.after or "", new.after)
            if after == "*":
                after = list(rules)[-1] if rules else None
            path = rules[after] if after in rules else next(iter(rules.values()), table.place.path)
            id = new.id
            if id.startswith("\0"):
                id = next_id(new.like or [*rules], self._ids, table.id.upper())
                named[new.id] = id
            elif id in self._ids:
                self._report.add("RK873", new.place, reason=_ID_TAKEN.fill(id=id))
                continue
            self._ids.add(id)
            self._draft(new, id, path, after, merge, edits)
            rules[id] = path

    def _draft(
        self, new: NewRecord, id: str, path: str, after: str | None, merge: SheetMerge, edits: RuleEdits
    ) -> None:
        def add(blocks: Blocks) -> None:
            file = self._file(path, new.place)
            lines = edits.drafted(new, id, merge.table, file.lang, blocks.column) if file is not None else None
            if lines is not None:
                blocks.add(id, lines, after if after in blocks.ids else None)

        self._blocks(path, new.place, add)

    def _remove(self, merge: SheetMerge) -> None:
        for record, place in merge.removed:
            if not self._blocks(record.place.path, place, partial(Blocks.remove, id=record.id), _LAST):
                return

    def _blocks(self, path: str, place: Place, change: Callable[[Blocks], None], fault: Text | None = None) -> bool:
        file = self._file(path, place)
        if file is None:
            return False
        try:
            blocks = Blocks(file.text)
            change(blocks)
            file.text = blocks.text()
        except Odd:
            self._report.add("RK875", place, reason=fault or _LAYOUT.fill(path=self._bench.name(path)))
            return False
        return True

    # --- files -----------------------------------------------------------------------------------------

    def _file(self, path: str, place: Place) -> _File | None:
        """A file by its path; None, and a problem, where it is not laid out so that it can be changed place by place."""
        if path not in self._files:
            staged = self._overlay.text(path)
            text = Path(path).read_bytes().decode() if staged is None else staged
            self._old[path] = text
            mark = "\ufeff" if text.startswith("\ufeff") else ""
            ends = "\r\n" if "\r\n" in text else "\n"
            plain = text.removeprefix(mark).replace("\r\n", "\n")
            file = _File(path, plain, mark, ends)
            self._files[path] = file if file.written == text and "\r" not in plain else None
            if self._files[path] is None:
                self._odd(place, path)
        return self._files[path]

    def _odd(self, place: Place, path: str) -> None:
        self._report.add("RK875", place, reason=_LAYOUT.fill(path=self._bench.name(path)))
