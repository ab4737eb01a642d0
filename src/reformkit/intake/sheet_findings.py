"""Findings that stand in a table of their own, a row each, beside the table of their cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reformkit.intake.findings import FINDING, FindingReader
from reformkit.intake.identifying import id_as_written
from reformkit.intake.personal import names_person
from reformkit.intake.rows import Row
from reformkit.model.case import Finding, FoundUnit
from reformkit.parsing.report import Report, content_of
from reformkit.parsing.tree import Mapping as MappingTree
from reformkit.parsing.tree import Scalar, Tree
from reformkit.problem import NOWHERE, Problem
from reformkit.reading import keywords
from reformkit.reading.as_written import heading
from reformkit.reading.form import quoted
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

TITLES = ("剖析发现", "findings")
"""What a sheet of findings is called."""

HEADS = ("id", *FINDING.must, *FINDING.may)
"""The columns of a table of findings, in the order in which they are written."""

MOST_REMEMBERED = 10_000
"""Ids of cases among which the nearest to one that no case has is looked for."""

_TABLE = Text("剖析发现表", "a table of findings")
_OWN = Words(keywords.with_chinese(HEADS))


@dataclass(frozen=True)
class _Said:
    """What the table says of one case."""

    findings: tuple[Finding, ...]
    is_whole: bool


def heads_findings(cells: Sequence[str]) -> bool:
    """Whether cells look like the header of a table of findings: two of its columns, one besides the id.

    >>> heads_findings(["编号", "症结"]), heads_findings(["编号", "机关层级"])
    (True, False)
    """
    found = {_OWN.find(heading(cell)) for cell in cells} - {None, *FoundUnit._fields}
    return len(found) > 1


class SheetFindings:
    """The findings of a table by the ids of their cases.

    A row is read when its case is, by the reader of findings in YAML: what is wrong with it costs that case, as it would
    there. Rows that belong to no case are said at the end. An id is written as the case has it.
    """

    def __init__(
        self,
        columns: Mapping[str, int],
        headings: Sequence[str],
        reader: FindingReader,
        lexicon: Lexicon,
        report: Report,
    ) -> None:
        self._columns = columns
        self._headings = headings
        self._reader = reader
        self._report = report
        self._read_id: Callable[[Scalar, Report], str | None] = partial(id_as_written, lexicon.is_no_id)
        self._tried = Report()
        self._rows: dict[str, list[Row]] = {}
        self._nameless: list[Row] = []
        self._read: dict[str, _Said] = {}
        self._met: dict[str, str] = {}

    def take(self, rows: Iterator[Row]) -> None:
        """Take in rows; nothing of them is read yet but the id."""
        for row in rows:
            id = self.id_of(row.cells[self._columns["id"]])
            if id is None or self._columns["id"] in row.wrong:
                self._nameless.append(row)
            else:
                self._rows.setdefault(id, []).append(row)

    def id_of(self, cell: str) -> str | None:
        """The id that a cell gives, if it gives one."""
        id = self._read_id(Scalar(cell.strip(), True, NOWHERE), self._tried) if cell.strip() else None
        self._tried.take()
        return id

    def of(self, id: str | None) -> tuple[tuple[Finding, ...] | None, bool]:
        """The findings of a case (None where nothing is said of them), and whether all of them could be read; their
        problems are reported the first time."""
        if id is None:
            return None, True
        if len(self._met) < MOST_REMEMBERED:
            self._met[id] = id
        if id not in self._read and id not in self._rows:
            return None, True
        if id not in self._read:
            self._read[id] = self._case(id, self._rows[id])
        said = self._read[id]
        return said.findings, said.is_whole

    def end(self) -> None:
        """Report the rows that belong to no case that was met, and what else is wrong with them."""
        ids = Words(self._met)
        at = self._columns["id"]
        for row in self._nameless:
            kept = self._report.kept
            self._report_wrong(row)
            if at not in row.wrong and not row.cells[at].strip():
                self._report.add("RK878", row.place(at))
            elif at not in row.wrong:
                self._spelt(row)
            self._finding(row)
            self._report.complete(kept, partial(self._completed, row, ""))
        for id, rows in self._rows.items():
            if id in self._read:
                continue
            hint = ids.hint(id)
            for row in rows:
                kept = self._report.kept
                self._report.add("RK877", row.place(at), word=id, hint=hint)
                self._report.complete(kept, partial(self._completed, row, id))
            self._case(id, rows)

    def _case(self, id: str, rows: Sequence[Row]) -> _Said:
        errors = self._report.errors
        first: dict[Finding, int] = {}
        for row in rows:
            kept = self._report.kept
            self._report_wrong(row)
            self._spelt(row)
            finding = self._finding(row)
            if finding is not None and finding in first:
                self._report.add("RK879", row.place(), first=first[finding])
            elif finding is not None:
                first[finding] = row.number
            self._report.complete(kept, partial(self._completed, row, id))
        return _Said(tuple(first), self._report.errors == errors)

    def _spelt(self, row: Row) -> None:
        """Report what a program has made of the id."""
        at = self._columns["id"]
        self._read_id(Scalar(row.cells[at].strip(), True, row.place(at)), self._report)

    def _finding(self, row: Row) -> Finding | None:
        pairs: list[tuple[Scalar, Tree]] = []
        wrong = False
        for name, index in self._columns.items():
            cell = row.cells[index].strip()
            wrong |= index in row.wrong
            if name != "id" and cell and index not in row.wrong:
                place = row.place(index)
                pairs.append((Scalar(name, True, place), Scalar(cell, True, place)))
        return self._reader.finding(MappingTree(row.place(self._columns["cause"]), pairs, faulty=wrong))

    def _report_wrong(self, row: Row) -> None:
        for index, (code, values) in row.wrong.items():
            if index in self._columns.values():
                self._report.add(code, row.place(index), **values)

    def _about(self, row: Row, index: int) -> dict[str, str]:
        said = {"heading": " ".join(self._headings[index].split())}
        return said | ({"content": cell} if (cell := row.cells[index].strip()) else {})

    def _completed(self, row: Row, id: str, problem: Problem) -> Problem:
        """A problem of a row with the case, and the heading and content of its cell."""
        if problem.place.sheet != row.place().sheet or problem.place.line != row.number:
            return problem
        about = self._about(row, problem.place.column - 1)
        return replace(
            problem, case=content_of(id), heading=about["heading"], content=content_of(about.get("content", ""))
        )


def finding_columns_of(header: Row, reader: FindingReader, lexicon: Lexicon, report: Report) -> dict[str, int] | None:
    """Where each column of a table of findings stands, or None and problems. Others are passed over with a word."""
    columns: dict[str, int] = {}
    errors = report.errors
    for index, cell in enumerate(header.cells):
        word = heading(cell)
        if not word:
            continue
        name = "id" if _OWN.find(word) == "id" else reader.words.find(word)
        with report.about(heading=cell):
            if name is not None and name in columns:
                report.add("RK110", header.place(index), key=cell, first=header.number)
            elif name is not None:
                columns[name] = index
            elif names_person(cell):
                report.add("RK808", header.place(index), column=cell)
            elif word not in lexicon.carried:
                report.add("RK809", header.place(index), column=cell, hint=_OWN.hint(word))
    for name in ("id", *FINDING.must):
        if name not in columns:
            report.add("RK121", header.place(), what=_TABLE, key=quoted(keywords.spelt(name).zh, name))
    return columns if report.errors == errors else None
