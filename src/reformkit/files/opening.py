"""Files of cases of any kind: each is opened by what its ending says; a faulty case is left out and reported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from reformkit.extras import extra
from reformkit.files.other_kinds import endings, open_other
from reformkit.intake.cases import case_lexicon, cases_of_text
from reformkit.intake.identifying import Ids, id_problem
from reformkit.intake.no_cases import only_cases
from reformkit.intake.tables import CaseTable, carried_of, cases_of, open_csv
from reformkit.model.case import Case, Unread
from reformkit.model.rulebook import Rulebook
from reformkit.parsing.report import Report, damage_among, line_said
from reformkit.parsing.source import is_there
from reformkit.problem import Place, Problem
from reformkit.reading.values import Lexicon
from reformkit.sources.contents import Content, as_file
from reformkit.text import Text

_OTHER_FORMAT = Text("{suffix} 是另一种格式", "{suffix} is another format")

ENDINGS = (".yaml", ".yml", ".json", ".jsonl", ".csv", ".xlsx", ".xlsm", ".parquet")
TABLES = (".csv", ".xlsx", ".xlsm")
_OTHER_WORKBOOKS = (".xls", ".xlsb", ".et", ".ods")


@dataclass
class CaseFile:
    """The cases of a file that can be taken, and a problem for each fault of the others.

    `whole` is False where the file could not be read, or not to its end; `unread` are the cases that are left out.
    """

    cases: list[Case] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    unread: list[Unread] = field(default_factory=list)


def read_cases(path: str | os.PathLike[str], rulebook: Rulebook, *, all_warnings: bool = False) -> CaseFile:
    """The cases of a file of one of the kinds in `ENDINGS`, in ids or labels; with the first warnings, or all of them."""
    report = Report(all_warnings=all_warnings)
    name = os.fspath(path)
    cases: list[Case] = []
    unread: list[Unread] = []
    ids = Ids()
    for case in cases_in(name, rulebook, report):
        if isinstance(case, Unread):
            unread.append(case)
            continue
        fault = ids.fault(case.id, line_said(case.place.line))
        if fault is None:
            cases.append(case)
        else:
            unread.append(Unread(case.place, case.id))
            report.keep(replace(id_problem(fault, case.place), excerpt=report.excerpt(case.place)))
    problems = report.problems()
    whole = bool(cases or unread or not report.errors) and not damage_among(problems)
    return CaseFile(cases, problems, whole, unread)


def read_content(content: Content, name: str | None, rulebook: Rulebook, *, all_warnings: bool = False) -> CaseFile:
    """The cases of a text, bytes or a stream, read as a file of that name would be."""
    with as_file(content, name) as (path, shelf):
        file = read_cases(path, rulebook, all_warnings=all_warnings)
        for case in file.cases:
            case._place = shelf.place(case.place)
            case._problems = tuple(map(shelf.said, case.problems))
        unread = [Unread(shelf.place(left.place), left.id) for left in file.unread]
        return CaseFile(file.cases, [shelf.said(problem) for problem in file.problems], file.whole, unread)


def cases_in(path: str, rulebook: Rulebook, report: Report) -> Iterator[Case | Unread]:
    """Case after case of a file of one of the kinds in `ENDINGS`, or where one is that cannot be taken."""
    match Path(path).suffix.lower():
        case suffix if suffix in TABLES:
            lexicon = case_lexicon(rulebook, report)
            table = open_table(path, lexicon, report, rulebook)
            yield from () if table is None else cases_of(table, lexicon, report)
        case ".parquet":
            yield from _of_parquet(path, rulebook, report)
        case ".yaml" | ".yml" | ".json" | ".jsonl":
            yield from cases_of_text(path, rulebook, report)
        case suffix if suffix in endings():
            lexicon = case_lexicon(rulebook, report)
            table = open_other(path, lexicon, report)
            yield from () if table is None else cases_of(only_cases(table, report), lexicon, report)
        case suffix if is_there(path, report):
            if suffix in _OTHER_WORKBOOKS:
                report.add("RK194", Place(path), reason=_OTHER_FORMAT.fill(suffix=suffix))
            else:
                known = ", ".join([*ENDINGS, *endings()])
                report.add("RK108", Place(path), path=Path(path).name, known=Text(known.replace(", ", "、"), known))


def carried_in(path: str, rulebook: Rulebook) -> list[str]:
    """The columns of a file that are no facts and go through to the output; of one without columns none."""
    suffix, report = Path(path).suffix.lower(), Report()
    if suffix == ".parquet":
        with extra("frames"):
            from reformkit.files.parquet import open_parquet  # noqa: PLC0415
        file = open_parquet(path, rulebook, report)
        return [] if file is None else list(file.carried)
    if suffix not in TABLES:
        return []
    table = open_table(path, case_lexicon(rulebook, report), report)
    return [] if table is None else carried_of(table.columns)


def _of_parquet(path: str, rulebook: Rulebook, report: Report) -> Iterator[Case | Unread]:
    with extra("frames"):
        from reformkit.files.parquet import read_parquet  # noqa: PLC0415
    return read_parquet(path, rulebook, report)


def open_table(path: str, lexicon: Lexicon, report: Report, rulebook: Rulebook | None = None) -> CaseTable | None:
    """A `.csv`, `.xlsx` or `.xlsm` file as a table without rows of totals, or None and problems; with the findings that
    stand on a sheet beside it, where there is a rulebook to read them by."""
    if Path(path).suffix.lower() == ".csv":
        table = open_csv(path, lexicon, report)
    else:
        with extra("excel"):
            from reformkit.workbook.cases_in import open_workbook  # noqa: PLC0415
        table = open_workbook(path, lexicon, report, rulebook)
    return None if table is None else only_cases(table, report)
