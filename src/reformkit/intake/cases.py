"""Cases from files: a faulty case is left out and reported, the others are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reformkit.extras import extra
from reformkit.intake.case_trees import CaseReader
from reformkit.intake.json_lines import cases_of_lines
from reformkit.intake.tables import Table, cases_of, open_csv
from reformkit.model.case import Case
from reformkit.model.rulebook import Rulebook
from reformkit.problem import Place, Problem
from reformkit.reading.located_json import read_json
from reformkit.reading.located_yaml import read_yaml
from reformkit.reading.report import Report, damage_among, line_said
from reformkit.reading.source import Source, is_there
from reformkit.reading.tree import Sequence, Tree
from reformkit.reading.values import Lexicon
from reformkit.text import Text

ENDINGS = (".yaml", ".yml", ".json", ".jsonl", ".csv", ".xlsx", ".xlsm", ".parquet")
_OTHER_WORKBOOKS = (".xls", ".xlsb", ".et", ".ods")


@dataclass
class CaseFile:
    """The cases of a file that can be taken, and a problem for each fault of the others.

    `whole` is False where the file could not be read, or not to its end.
    """

    cases: list[Case] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True


def read_cases(path: str | os.PathLike[str], rulebook: Rulebook) -> CaseFile:
    """The cases of a file of one of the kinds in `ENDINGS`, in ids or labels."""
    report = Report()
    name = os.fspath(path)
    cases: dict[str, Case] = {}
    met = 0
    for case in cases_in(name, rulebook, report):
        met += 1
        if case is None:
            continue
        if case.id in cases:
            report.add("RK172", case.place, word=case.id, first=line_said(cases[case.id].place.line))
        else:
            cases[case.id] = case
    problems = report.problems()
    return CaseFile(list(cases.values()), problems, bool(met or not report.errors) and not damage_among(problems))


def cases_in(path: str, rulebook: Rulebook, report: Report) -> Iterator[Case | None]:
    """Case after case of a file of one of the kinds in `ENDINGS`; None for one that cannot be taken."""
    lexicon = case_lexicon(rulebook, report)
    match Path(path).suffix.lower():
        case ".csv" | ".xlsx" | ".xlsm":
            table = open_table(path, lexicon, report)
            yield from () if table is None else cases_of(table, lexicon, report)
        case ".parquet":
            yield from _of_parquet(path, rulebook, report)
        case ".jsonl":
            tried = Report()
            quick = CaseReader(rulebook, case_lexicon(rulebook, tried), tried)
            yield from cases_of_lines(path, CaseReader(rulebook, lexicon, report), quick, report)
        case _:
            yield from map(CaseReader(rulebook, lexicon, report).case, _trees(path, report))


def case_lexicon(rulebook: Rulebook, report: Report) -> Lexicon:
    """The facts that a case may state."""
    of_findings = {name: (field, "RK158") for name, field in rulebook.vocabulary.finding_fields.items()}
    return Lexicon(rulebook.fields, report, of_findings)


def _of_parquet(path: str, rulebook: Rulebook, report: Report) -> Iterator[Case | None]:
    with extra("frames"):
        from reformkit.files.parquet import read_parquet  # noqa: PLC0415
    return read_parquet(path, rulebook, report)


def open_table(path: str, lexicon: Lexicon, report: Report) -> Table | None:
    """A `.csv`, `.xlsx` or `.xlsm` file as a table, or None and problems."""
    if Path(path).suffix.lower() == ".csv":
        return open_csv(path, lexicon, report)
    with extra("excel"):
        from reformkit.workbook.reading import open_workbook  # noqa: PLC0415
    return open_workbook(path, lexicon, report)


def _trees(path: str, report: Report) -> Iterator[Tree]:
    """Each case of a file as it stands there."""
    match Path(path).suffix.lower():
        case ".yaml" | ".yml":
            source = Source.read(path, report)
            tree = read_yaml(source, report) if source else None
        case ".json":
            source = Source.read(path, report)
            tree = read_json(path, source.text, report) if source else None
        case suffix if suffix in _OTHER_WORKBOOKS:
            if is_there(path, report):
                report.add("RK194", Place(path), reason=Text(f"{suffix} 是另一种格式", f"{suffix} is another format"))
            return
        case _:
            if is_there(path, report):
                known = ", ".join(ENDINGS)
                report.add("RK108", Place(path), path=Path(path).name, known=Text(known.replace(", ", "、"), known))
            return
    yield from tree.items if isinstance(tree, Sequence) else [] if tree is None else [tree]
