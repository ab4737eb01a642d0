"""What a report of fixtures tells when one does not come out as expected, or cannot be read.

The fixtures of tests/cases themselves are run by the pytest plugin.
"""

from __future__ import annotations

from pathlib import Path

import reformkit as rk
from tests.books import bundled_book

BOOK = bundled_book()

WRONG = """
- id: W-1
  name: wrong in every way
  origin: filed_case
  authority_level: city
  form: fourth
  history: []
  findings: [{cause: institution.asset_rules}]
  expect:
    startup: {status: decided, outcome: "no", possible: [start, conflict], needs: [form]}
    rules: {startup: STA-C2}
    measures: {include: [PR-01], exclude: [IN-06]}
"""


def test_a_failure_says_what_was_expected_and_what_was_found(tmp_path: Path) -> None:
    file = tmp_path / "wrong.cases.yaml"
    file.write_text(WRONG, encoding="utf-8")
    report = rk.run_fixtures(BOOK, tmp_path)
    assert not report.passed
    assert [(f.what, f.expected, f.found) for f in report.results[0].failures] == [
        ("startup.outcome", "no", "start"),
        ("startup.possible", "conflict, start", "start"),
        ("startup.needs", "form", ""),
        ("startup.rule", "STA-C2", "STA-C1"),
        ("measures.include", "PR-01", "IN-06"),
        ("measures.exclude", "IN-06", "IN-06"),
    ]


def test_of_a_decision_that_collects_one_rule_or_all_that_hold_are_expected(tmp_path: Path) -> None:
    case = (
        "authority_level: township, origin: filed_case, form: first, form_provisional: true, "
        "stage: sanctioned, lead_gate: passed, started_after_decision: true, open_reform_same_issue: false"
    )
    (tmp_path / "collects.cases.yaml").write_text(
        "".join(
            f"- {{id: {id}, {case}, expect: {{rules: {{notices: {rules}}}}}}}\n"
            for id, rules in {
                "ONE": "NTC-STARTED-LATE",
                "ALL": "[NTC-STARTED-LATE, NTC-FORM-PROVISIONAL]",
                "OTHER": "NTC-OPEN-REFORM",
                "NOT-ALL": "[NTC-STARTED-LATE]",
            }.items()
        ),
        encoding="utf-8",
    )
    report = rk.run_fixtures(BOOK, tmp_path)
    assert [(r.fixture.case.id, [(f.what, f.expected, f.found) for f in r.failures]) for r in report.results] == [
        ("ONE", []),
        ("ALL", []),
        ("OTHER", [("notices.rules", "NTC-OPEN-REFORM", "NTC-FORM-PROVISIONAL, NTC-STARTED-LATE")]),
        ("NOT-ALL", [("notices.rules", "NTC-STARTED-LATE", "NTC-FORM-PROVISIONAL, NTC-STARTED-LATE")]),
    ]


def test_a_bad_fixture_is_reported_and_the_others_are_run(tmp_path: Path) -> None:
    file = tmp_path / "bad.cases.yaml"
    file.write_text(
        "- {id: A, as_of: soon, expect: {startup: strat, lyer: line, measures: {inclde: []}}}\n"
        "- {id: B, expect: {startup: {status: undetermined}}}\n"
        "- {id: C, history: [{origin: filed_case}], expect: {layer: {status: opne, needs: [colour]}}}\n",
        encoding="utf-8",
    )
    report = rk.run_fixtures(BOOK, file)
    assert [result.fixture.case.id for result in report.results] == ["B"]
    assert report.results[0].passed
    assert [(p.line, p.code) for p in report.problems] == [
        (1, "RK134"),
        (1, "RK130"),
        (1, "RK120"),
        (1, "RK120"),
        (3, "RK121"),
        (3, "RK141"),
        (3, "RK129"),
    ]


def problems_of(folder: Path, expected: str) -> list[tuple[str, str]]:
    (folder / "one.cases.yaml").write_text(f"- {{id: A, expect: {{{expected}}}}}\n", encoding="utf-8")
    report = rk.run_fixtures(BOOK, folder)
    assert not (report.problems and report.results)
    return [(problem.code, problem.message("en")) for problem in report.problems]


def test_what_expects_nothing_is_a_problem_and_never_passes(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "startup: {}, layer: {}, rules: {}, measures: {}") == [
        ("RK123", "`startup` is empty"),
        ("RK123", "`layer` is empty"),
        ("RK123", "`rules` is empty"),
        ("RK123", "what is expected of measures is empty"),
    ]


def test_a_list_is_expected_just_where_a_decision_collects(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "notices: started_late") == [("RK119", "`notices` must be a list, not `started_late`")]
    assert problems_of(tmp_path, "startup: [start]") == [("RK119", "`startup` must be one word, not a list")]
    assert problems_of(tmp_path, "startup: []") == [("RK119", "`startup` must be one word, not a list")]
    assert problems_of(tmp_path, "notices: [started_late], startup: start") == []


def test_a_fixture_is_confirmed_unless_it_says_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "some.cases.yaml"
    file.write_text(
        "- {id: A, expect: {startup: {status: undetermined}}}\n"
        "- {id: B, confirmed: true, expect: {startup: {status: undetermined}}}\n"
        "- {编号: C, 已确认: 否, 预期: {startup: {status: undetermined}}}\n",
        encoding="utf-8",
    )
    report = rk.run_fixtures(BOOK, file)
    assert report.passed
    assert [result.fixture.case.id for result in report.unconfirmed] == ["C"]


def test_an_id_stands_once_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "twice.cases.yaml"
    file.write_text("- {id: A, expect: {startup: {status: undetermined}}}\n" * 2, encoding="utf-8")
    report = rk.run_fixtures(BOOK, file)
    assert len(report.results) == 1
    assert [(p.line, p.code) for p in report.problems] == [(2, "RK172")]


def test_fixtures_are_run_under_either_ending(tmp_path: Path) -> None:
    wrong = "- {id: A-1, form: fourth, origin: filed_case, authority_level: city, expect: {startup: 'no'}}\n"
    for name in ("a.cases.yaml", "b.cases.yml", "C.CASES.YAML"):
        (tmp_path / name).write_text(wrong, encoding="utf-8")
    report = rk.run_fixtures(BOOK, tmp_path)
    assert len(report.results) == 3
    assert not any(result.passed for result in report.results)


def test_a_file_without_fixtures_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.cases.yaml").write_text("[]\n", encoding="utf-8")
    report = rk.run_fixtures(BOOK, tmp_path)
    assert not report.passed
    assert [problem.code for problem in report.problems] == ["RK177"]


def test_fixtures_may_stand_beside_the_rules(tmp_path: Path) -> None:
    files = {
        "rulebook.yaml": "{name: library, title: 图书馆, vocabulary: vocabulary.yaml}",
        "vocabulary.yaml": "fields: {member: {type: flag}}",
        "lending.yaml": "{decision: lending, title: 借阅, hit: first, outcomes: [lend, no], otherwise: no,\n  rules: [{id: L-1, when: {member: true}, then: lend}]}",
        "lending.cases.yaml": "- {id: B-1, member: true, expect: {lending: lend}}\n",
        "more.cases.yml": "- {id: B-2, member: true, expect: {lending: lend}}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [p.code for p in rk.check(tmp_path) if p.severity != "note"] == []
    assert rk.run_fixtures(rk.load(tmp_path), tmp_path).passed
