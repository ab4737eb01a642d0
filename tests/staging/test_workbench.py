"""A workbench reads what a fresh load of the same texts reads; each step of an effect says what the whole command says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reformkit.book import Book
from reformkit.checking import prove
from reformkit.editions import compare_cases
from reformkit.loading import bundled, read
from reformkit.problem import Place, Problem
from reformkit.staging.effect import Effect
from reformkit.staging.workbench import Workbench
from reformkit.testing.fixtures import FixtureReport, run_fixtures
from reformkit.testing.mutation import mutate

ROOT = bundled()
RULES = "rules/jiuyuan"
STARTUP, PARAMETERS = f"{RULES}/startup.yaml", f"{RULES}/parameters.yaml"
FIXTURES = ROOT / "tests/cases/rows/范围.cases.yaml"


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def edited(name: str, old: str, new: str) -> dict[str, str]:
    text = text_of(name)
    assert old in text
    return {name: text.replace(old, new, 1)}


@pytest.fixture(scope="module")
def bench() -> Iterator[Workbench]:
    with Workbench(ROOT / RULES, root=ROOT) as bench:
        yield bench


@pytest.fixture(scope="module")
def saved(bench: Workbench) -> Book:
    book = bench.read().book
    assert book is not None
    return book


@pytest.fixture(scope="module")
def ran(saved: Book) -> FixtureReport:
    return run_fixtures(saved, FIXTURES)


def fresh(texts: dict[str, str | None]) -> tuple[Book | None, list[Problem]]:
    """What `read` makes of the same texts laid out as files."""
    paths = [*(ROOT / RULES).rglob("*.*"), *(ROOT / "measures").glob("*.yaml"), ROOT / "rules/vocabulary.yaml"]
    files: dict[str, str | bytes] = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    for name, text in texts.items():
        if text is None:
            files.pop(name)
        else:
            files[name] = text
    return read(files)


EDITS: dict[str, dict[str, str | None]] = {
    "nothing": {},
    "a word": dict(edited(STARTUP, "then: start", "then: no")),
    "no YAML": {STARTUP: "decision: [startup"},
    "an unknown outcome": dict(edited(STARTUP, "then: start", "then: begin")),
    "a file gone": {PARAMETERS: None},
    "a file more": {f"{RULES}/more.yaml": "decision: more\ntitle: 多\nhit: first\noutcomes: [a]\notherwise: a\n"},
}


@pytest.mark.parametrize("edit", EDITS)
def test_staged_texts_are_read_as_saved_ones_would_be(bench: Workbench, edit: str) -> None:
    staged, (book, problems) = bench.read(EDITS[edit]), fresh(EDITS[edit])
    assert [problem.to_dict() for problem in staged.problems] == [problem.to_dict() for problem in problems]
    assert (staged.book and staged.book.digests) == (book and book.digests)


def test_no_text_may_be_staged_out_of_the_root(bench: Workbench) -> None:
    with pytest.raises(ValueError, match="leads out"):
        bench.read({"../elsewhere.yaml": ""})


def test_nothing_is_written_and_files_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "rulebook.yaml").write_text("{name: small, vocabulary: words.yaml}")
    (tmp_path / "words.yaml").write_text("fields: {urgent: {type: flag}}")
    way = (
        "{decision: way, hit: first, outcomes: [a, b], rules: [{id: W-1, when: {urgent: true}, then: a}], otherwise: b}"
    )
    (tmp_path / "way.yaml").write_text(way)
    with Workbench(tmp_path) as bench:
        staged = bench.read({"way.yaml": way.replace("then: a", "then: c")})
        assert [(p.code, p.path) for p in staged.problems] == [("RK165", "way.yaml")]
        assert (tmp_path / "way.yaml").read_text() == way
        (tmp_path / "way.yaml").write_text(way.replace("otherwise: b", "otherwise: a"))
        book = bench.read().book
    assert book is not None and book.decide("way", {"urgent": False}).outcome == "a"


def test_the_proofs_of_each_decision_and_of_the_rest_are_those_of_check(bench: Workbench) -> None:
    staged = bench.read(edited(STARTUP, "coordinator_gate: passed", "coordinator_gate: rejected"))
    book = staged.book
    assert book is not None
    apart = [problem for name in book.rulebook.decisions for problem in staged.proofs(name)]
    apart += staged.other_proofs()
    whole = prove(book.rulebook, book.chain, book.library)
    assert whole and sorted((p.code, p.line, p.message()) for p in apart) == sorted(
        (p.code, p.line, p.message()) for p in whole
    )
    assert {problem.path for problem in apart} == {STARTUP}


def test_an_effect_says_what_diff_says(bench: Workbench, saved: Book, ran: FixtureReport) -> None:
    after = bench.read(edited(PARAMETERS, "value: 2, since", "value: 3, since")).book
    assert after is not None
    effect = Effect(saved, after)
    assert effect.decisions == ("layer", "notices")
    file = saved.read_case_file(ROOT / "examples/year/cases.csv")
    changes = effect.cases([*saved.assess_many(file.cases, file.cases)])
    assert changes.to_dict() == compare_cases(saved, after, file, file).to_dict()
    assert changes.moves["layer"][("line",), ("point",)] > 0
    regions = effect.difference("layer").regions
    assert regions and all(region.decision == "layer" for region in regions)
    rerun, anew = effect.fixtures(ran.results), run_fixtures(after, FIXTURES)
    assert [(r.fixture.case.id, r.failures) for r in rerun.results] == [
        (r.fixture.case.id, r.failures) for r in anew.results
    ]
    assert not rerun.passed
    passing = [(r.fixture, r.assessment) for r in anew.results if r.passed]
    mutants, whole = effect.mutants("layer", rerun), mutate(after, passing, "layer")
    assert [one.mutant for one in mutants.unnoticed] == [one.mutant for one in whole.unnoticed]


def test_a_step_that_is_no_longer_wanted_is_cut_short(bench: Workbench, saved: Book, ran: FixtureReport) -> None:
    class SupersededError(Exception):
        pass

    def pause() -> None:
        raise SupersededError

    staged = bench.read(edited(STARTUP, "then: start", "then: no"))
    assert staged.book is not None
    effect = Effect(saved, staged.book)
    assessed = [*saved.assess_many([{"id": "X-1"}], [])]
    steps: list[Any] = [
        lambda: staged.proofs("startup", pause=pause),
        lambda: effect.difference("startup", pause),
        lambda: effect.cases(assessed, pause),
        lambda: effect.fixtures(ran.results, pause),
        lambda: effect.mutants("startup", ran, pause),
    ]
    for step in steps:
        with pytest.raises(SupersededError):
            step()


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ('  then: "st\\"op"  # why', 9, '"st\\"op"'),
        ("  - id: STA-1", 9, "STA-1"),
        ("    when: {层级: [区, 市], 形态: 第四种形态}", 11, "{层级: [区, 市], 形态: 第四种形态}"),
        ("    when: {层级: [区, 市], 形态: 第四种形态}", 12, "层级"),
        ("    when: {层级: [区, 市], 形态: 第四种形态}", 20, "市"),
        ('    when: {层级: "区, }", 形态: x}', 11, '{层级: "区, }", 形态: x}'),
        ("because: 这里, 有逗号  ", 10, "这里, 有逗号"),
        ("a: 'it''s' # x", 4, "'it''s'"),
        ("text: 没有#注释 # 注释", 7, "没有#注释"),
        ("  when:", 8, ""),
        ('  title: "没有关上的', 10, '"没有关上的'),
    ],
)
def test_a_problem_says_where_the_words_end_that_it_points_at(line: str, column: int, words: str) -> None:
    end = Problem("RK165", Place("a.yaml", 1, column), excerpt=line).end_column
    assert end is not None and line[column - 1 : end - 1] == words


def test_a_problem_of_a_sheet_has_no_end() -> None:
    assert Problem("RK165", Place("a.xlsx", 1, 2, "案件"), excerpt="甲").end_column is None
