"""`reformkit test`: fixtures run against a rulebook; what they cover and what they would notice."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.parsing.endings import is_fixtures, is_nearly_fixtures
from reformkit.printing.fixture_reports import coverage_record, mutation_record, print_coverage, print_mutation
from reformkit.printing.junit import junit
from reformkit.printing.paper import Paper, brief, paper, speak
from reformkit.printing.problems import show_problems
from reformkit.printing.records import Record, flip_record, trace_record
from reformkit.problem import Place, Problem, WrongUse
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import NOT_THERE, Language, MeasuresFolder, RulesFolder, known, open_book
from reformkit.testing.coverage import cover
from reformkit.testing.failing import mending, tell
from reformkit.testing.fixtures import ENDING, FixtureReport, FixtureResult, fixture_files, run_fixtures
from reformkit.testing.mutation import mutate
from reformkit.text import Text

_NOT_FIXTURES = Text(
    "{path} 不是测试案件文件：文件名应以 {ending} 结尾", "{path} is no fixture file: its name should end in {ending}"
)
_NO_FIXTURES = Text("{where} 中没有测试案件文件（*{ending}）", "there are no fixture files (*{ending}) in {where}")

CASES = Path("tests/cases")
"""Where fixtures are looked for when none are named; else in the current folder."""

_SUMS = Text(
    "{total}，{passed} 例与预期一致{failed}{unconfirmed}{problems}。",
    "{total}, {passed} as expected{failed}{unconfirmed}{problems}.",
)
_ONE_FIXTURE = Text("测试案件 {number} 例", "{number} fixture")
_FIXTURES = Text("测试案件 {number} 例", "{number} fixtures")
_FAILED = Text("，{number} 例不一致", ", {number} not")
_UNCONFIRMED = Text(
    "；其中 {number} 例的预期尚未经人确认", "; the expectations of {number} are yet to be confirmed by a person"
)
_ONE_PROBLEM = Text("；另有 {number} 处问题使一些案件无法运行", "; {number} problem keeps others from running")
_PROBLEMS = Text("；另有 {number} 处问题使一些案件无法运行", "; {number} problems keep others from running")


def test(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]",
            readable=False,
            help=f"Fixture files or folders; without one, {CASES}, else here. 测试案件文件（{ENDING}）或文件夹。",
            show_default=False,
        ),
    ] = None,
    *,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage",
            help="Which rules, outcomes, boundaries, measures and causes are covered, with a case for each that is not. 覆盖情况，附可补的案件。",
        ),
    ] = False,
    mutation: Annotated[
        bool,
        typer.Option(
            "--mutate",
            help="Change every rule in turn, and see whether a fixture notices. 逐处改动规则，看测试案件能否察觉。",
        ),
    ] = False,
    decision: Annotated[
        str | None,
        typer.Option(
            help="Coverage and mutation of this decision only. 只看某项决策的覆盖和改动。", show_default=False
        ),
    ] = None,
    lang: Language = "zh",
    format: Annotated[Literal["text", "json", "junit"], typer.Option(help="Format of the output. 输出格式。")] = "text",
) -> int:
    """Run fixtures: cases with what is expected to come out. 运行测试案件，与预期对照。"""
    files = _files(paths)
    show_problems(passed_over(paths), paper(sys.stderr, lang))
    book = open_book(rules, measures)
    if decision is not None:
        titles = {name: table.title for name, table in book.rulebook.decisions.items()}
        decision = known(decision, titles, Text("决策", "decision"))
    report = FixtureReport()
    for file in files:
        run = run_fixtures(book, file)
        report.results.extend(run.results)
        report.problems.extend(run.problems)
    good = [(result.fixture, result.assessment) for result in report.results if result.passed]
    covered = cover(book, good, decision) if coverage else None
    mutated = mutate(book, good, decision) if mutation else None
    match format:
        case "text":
            console = paper(sys.stdout, lang)
            _print(report, console)
            if covered is not None:
                print_coverage(book, covered, decision, console)
            if mutated is not None:
                print_mutation(book, mutated, decision, console)
            console.say(_sums(report), "bold")
        case "json":
            speak(sys.stdout, data=True)
            record = _record(report)
            record |= {} if covered is None else {"coverage": coverage_record(book, covered, lang)}
            record |= {} if mutated is None else {"mutation": mutation_record(book, mutated, lang)}
            typer.echo(json.dumps(record, ensure_ascii=False, indent=2, default=str))
        case "junit":
            speak(sys.stdout, data=True)
            typer.echo(junit(report, lang))
    return 0 if report.passed else FAULTS


def passed_over(paths: list[Path] | None) -> list[Problem]:
    """A warning for each file in the folders that was probably meant to hold fixtures and is not run."""
    near = [file for path in _named(paths) if path.is_dir() for file in sorted(path.rglob("*.*"))]
    near = [file for file in dict.fromkeys(near) if is_nearly_fixtures(file.name) and file.is_file()]
    return [Problem("RK818", Place(str(file)), {"path": file.name, "ending": ENDING}) for file in near]


def _named(paths: list[Path] | None) -> list[Path]:
    return paths or [CASES if CASES.is_dir() else Path()]


def _files(paths: list[Path] | None) -> list[Path]:
    named = _named(paths)
    for path in named:
        if not path.exists():
            raise WrongUse(NOT_THERE.fill(path=path))
        if path.is_file() and not is_fixtures(path.name):
            raise WrongUse(_NOT_FIXTURES.fill(path=path, ending=ENDING))
    files = list(dict.fromkeys(file for path in named for file in fixture_files(path)))
    if not files:
        where = "、".join(map(str, named))
        raise WrongUse(_NO_FIXTURES.fill(where=where, ending=ENDING))
    return files


# --- text ----------------------------------------------------------------------------------------------


def _print(report: FixtureReport, console: Paper) -> None:
    show_problems(report.problems, console)
    for result in report.results:
        if not result.passed:
            console.print(_head(result), style="bold red", soft_wrap=True)
            for line in tell(result):
                console.say(f"  {brief(console.words(line))}")
            console.print()


def _head(result: FixtureResult) -> str:
    place, case = result.fixture.case.place, result.fixture.case
    return f"× {brief(f'{place.path}:{place.line}')}  {case.id} {result.fixture.name}".rstrip()


def _sums(report: FixtureReport) -> Text:
    total, problems = len(report.results), len(report.problems)
    failed = sum(not result.passed for result in report.results)
    unconfirmed = len(report.unconfirmed)
    return _SUMS.fill(
        total=(_ONE_FIXTURE if total == 1 else _FIXTURES).fill(number=total),
        passed=total - failed,
        failed=_FAILED.fill(number=failed) if failed else "",
        unconfirmed=_UNCONFIRMED.fill(number=unconfirmed) if unconfirmed else "",
        problems=(_ONE_PROBLEM if problems == 1 else _PROBLEMS).fill(number=problems) if problems else "",
    )


# --- data ----------------------------------------------------------------------------------------------


def _record(report: FixtureReport) -> Record:
    return {
        "passed": report.passed,
        "unconfirmed": len(report.unconfirmed),
        "fixtures": [_of_result(result) for result in report.results],
        "problems": [problem.to_dict() for problem in report.problems],
    }


def _of_result(result: FixtureResult) -> Record:
    fixture = result.fixture
    failing = [name for name in fixture.decisions if any(f.what.startswith(f"{name}.") for f in result.failures)]
    return {
        "id": fixture.case.id,
        "name": fixture.name,
        "path": fixture.case.place.path,
        "line": fixture.case.place.line,
        "confirmed": fixture.confirmed,
        "passed": result.passed,
        "failures": [{"what": f.what, "expected": f.expected, "found": f.found} for f in result.failures],
        "decisions": {
            name: {
                **result.assessment.decisions[name].to_dict(),
                "trace": trace_record(result.assessment.decisions[name].trace),
                "mending": [flip_record(flip) for flip in mending(result, name)],
            }
            for name in failing
        },
    }
