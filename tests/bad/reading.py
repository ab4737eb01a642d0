"""Reading a bad file in its place among good ones."""

from __future__ import annotations

import shutil
from pathlib import Path

from reformkit.files.opening import read_cases
from reformkit.intake.fixtures import read_fixtures
from reformkit.intake.tellings import TellingReader
from reformkit.model.rulebook import Rulebook
from reformkit.problem import Problem
from reformkit.reading.duties import check_duties
from reformkit.reading.library import check_causes, check_references, read_library
from reformkit.reading.office import read_office
from reformkit.reading.rulebook import read_rulebook

HERE = Path(__file__).parent
FILES = sorted(
    p
    for kind in ("book", "measures", "cases", "fixtures", "tellings", "office")
    for p in (HERE / kind).glob("RK*")
    if p.suffix != ".expected"
)


def problems_with(bad: Path, folder: Path) -> list[Problem]:
    """The problems of the base rulebook, library, cases, fixtures or tellings with one file replaced by a bad one."""
    shutil.copytree(HERE / "base", folder, dirs_exist_ok=True)
    target = folder / bad.parent.name / bad.name.split(".", 1)[1]
    target.parent.mkdir(exist_ok=True)
    shutil.copy(bad, target)
    if target.name != "procedure.yaml" and target.parent.name != "office":
        (folder / "book" / "procedure.yaml").unlink()
    rulebook, measures, problems = read_rulebook(folder / "book")
    if rulebook is None or measures is None:
        return problems
    library, more = read_library(measures, rulebook.vocabulary)
    problems += more + check_references(rulebook, library) + check_causes(rulebook, library)
    if target.parent.name == "office":
        problems += of_office(folder / "office" / "office.yaml", rulebook)
    if target.parent.name == "cases":
        problems += read_cases(target, rulebook).problems
    if target.parent.name == "fixtures":
        problems += read_fixtures(target, rulebook, library.measures if library else None)[1]
    if target.parent.name == "tellings":
        reader = TellingReader(str(target), rulebook)
        for number, line in enumerate(target.read_bytes().splitlines(), 1):
            problems += reader.read(number, line)[1]
    return problems


def of_office(path: Path, rulebook: Rulebook) -> list[Problem]:
    """The problems of an office, and of what it has to do."""
    office, problems = read_office(path, rulebook.role_labels, rulebook.vocabulary.case_fields)
    assert rulebook.procedures is not None
    return problems + ([] if office is None else check_duties(office, rulebook.procedures, rulebook.role_labels))


def said(problem: Problem, folder: Path) -> str:
    """A problem as the expected files hold it: where, code, and both messages with their fixes."""
    place = str(problem.place).removeprefix(f"{folder}/")
    lines = [f"{place} {problem.code}", f"  {problem.message('zh')}", f"  {problem.message('en')}"]
    return "\n".join(lines).replace(f"{folder}/", "").replace(str(folder), ".")
