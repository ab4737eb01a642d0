"""What a rulebook folder says becomes a typed model, in either language, wherever its files stand."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from reformkit.model.condition import AnyOf, Negation, Parameter, Test
from reformkit.model.condition import tests as every_test
from reformkit.model.period import Period
from reformkit.model.rulebook import Rulebook
from reformkit.reading.library import read_library
from reformkit.reading.rulebook import read_rulebook
from tests.bad.reading import HERE

BASE = HERE / "base" / "book"

IN_CHINESE = """\
决策: startup
标题: {zh: 是否启动, en: Whether it starts}
取用方式: 首条
结论项:
  start: {名称: {zh: 启动, en: Start}, 附带: {due_days: 30}}
  no: {zh: 不启动, en: Not started}
规则:
  - 编号: S-1
    条件:
      机关层级: [县级, 市级]
      阶段: 已作处分决定
      涉案人数: {至少: $成线案件数}
    结论: 启动
    依据: {性质: 报告, 出处: 四、对策建议, 引用: report}
    施行: 2022-01-01
  - 编号: S-2
    条件:
      任一:
        - 已查明症结: {包含: 无制度}
        - 处分决定日期: {多于: 2022-01-01}
      非: {当年处分: 否}
    结论: 不启动
其余: 不启动
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "base", tmp_path, dirs_exist_ok=True)
    return tmp_path / "book"


def read(folder: Path) -> Rulebook:
    rulebook, _, problems = read_rulebook(folder)
    assert rulebook is not None, "\n".join(map(str, problems))
    return rulebook


def rule(folder: Path, when: str) -> list[Test]:
    """The tests of the one rule of a decision with this condition."""
    (folder / "one.yaml").write_text(
        f"decision: one\nhit: first\noutcomes: [yes, no]\nrules:\n  - {{id: R-1, when: {when}, then: no}}\n", "utf-8"
    )
    return list(every_test(read(folder).decisions["one"].rules[0].when))


def test_rulebook_in_chinese_equals_the_one_in_english(folder: Path) -> None:
    english = read(folder)
    (folder / "startup.yaml").write_text(IN_CHINESE, "utf-8")
    assert read(folder) == english


def test_values_are_typed_by_their_fact(folder: Path) -> None:
    first, second = read(folder).decisions["startup"].rules
    assert second.when.items[0] == AnyOf(  # type: ignore[union-attr]
        items=(Test(fact="causes", includes_all=("absent",)), Test(fact="decided_on", more_than=date(2022, 1, 1)))
    )
    assert second.when.items[1] == Negation(item=Test(fact="this_year", one_of=(False,)))  # type: ignore[union-attr]
    assert first.period == Period(since=date(2022, 1, 1))
    assert second.then == "no"


def test_parameter_is_typed_for_the_fact_it_is_compared_with(folder: Path) -> None:
    people = list(every_test(read(folder).decisions["startup"].rules[0].when))[2]
    assert people.at_least == Parameter(
        name="line_cases",
        values=((Period(date(2020, 1, 1), date(2023, 1, 1)), 2), (Period(since=date(2023, 1, 1)), 3)),
    )


def test_words_that_look_like_other_types_stay_text(folder: Path) -> None:
    assert rule(folder, "{unit: [no, 010, 1_000, 1:30, 2022-01-01, 'true']}")[0].one_of == (
        "no", "010", "1_000", "1:30", "2022-01-01", "true",
    )  # fmt: skip


def test_text_is_compared_in_nfc(folder: Path) -> None:
    assert rule(folder, '{unit: "e\\u0301"}')[0].one_of == ("é",)


def test_every_test_one_fact_join(folder: Path) -> None:
    found = rule(folder, "{people: {at_least: 2, not: {at_least: 9}, known: 是}}")[0]
    assert (found.at_least, found.known, found.excluded) == (2, True, Test(fact="people", at_least=9))


def test_empty_when_is_true(folder: Path) -> None:
    assert rule(folder, "{}") == []


def test_of_takes_values_and_groups_from_another_file(folder: Path) -> None:
    causes = read(folder).vocabulary.fields["causes"]
    assert {id: item.group for id, item in causes.values.items()} == {
        "absent": "institution",
        "contract_rules": "institution",
        "top_leader": "power",
    }
    assert causes.source == "derived"


def test_outcomes_may_be_the_values_of_a_fact(folder: Path) -> None:
    (folder / "diagnosis.yaml").write_text(
        "decision: diagnosis\nhit: collect\noutcomes: 已查明症结\nrules:\n  - {id: D-1, when: {}, then: 无制度}\n",
        "utf-8",
    )
    rulebook = read(folder)
    assert rulebook.decisions["diagnosis"].rules[0].then == "absent"
    assert rulebook.fields["diagnosis"].type == "tags"


def test_decision_and_signal_are_facts_by_title_and_label(folder: Path) -> None:
    layer = read(folder).decisions["layer"].rules[0]
    assert [test.fact for test in every_test(layer.when)] == ["startup", "like_cases"]


def test_vocabulary_may_stand_outside_the_folder(folder: Path) -> None:
    shutil.move(folder / "vocabulary.yaml", folder.parent / "facts.yaml")
    text = (folder.parent / "facts.yaml").read_text("utf-8").replace("../measures", "measures")
    (folder.parent / "facts.yaml").write_text(text, "utf-8")
    rules = (folder / "rulebook.yaml").read_text("utf-8").replace("vocabulary.yaml", "../facts.yaml")
    (folder / "rulebook.yaml").write_text(rules, "utf-8")
    assert set(read(folder).decisions) == {"startup", "layer"}


def test_parameters_signals_and_measures_may_be_left_out(folder: Path) -> None:
    for name in ("parameters", "signals", "layer", "startup", "procedure", "letters", "figures"):
        (folder / f"{name}.yaml").unlink(missing_ok=True)
    (folder / "rulebook.yaml").write_text("name: bare\nvocabulary: vocabulary.yaml\n", "utf-8")
    rule(folder, "{stage: open}")
    rulebook, measures, problems = read_rulebook(folder)
    assert rulebook is not None
    assert (rulebook.parameters, rulebook.signals, measures, problems) == ({}, {}, None, [])


def test_measures_folder_is_known_even_when_rules_are_faulty(folder: Path) -> None:
    (folder / "startup.yaml").write_text("decision: startup\n")
    rulebook, measures, _ = read_rulebook(folder)
    assert rulebook is None
    assert measures == folder.parent / "measures"


def test_every_problem_is_reported_at_once_with_its_line(folder: Path) -> None:
    text = (folder / "startup.yaml").read_text("utf-8")
    (folder / "startup.yaml").write_text(
        text.replace("county", "contry").replace("    then: no", "    then: not"), "utf-8"
    )
    _, _, problems = read_rulebook(folder)
    assert [(p.code, p.line, p.excerpt) for p in problems] == [
        ("RK130", 10, "      level: [contry, city]"),
        ("RK165", 22, "    then: not"),
    ]
    assert (problems[0].decision, problems[0].rule, problems[0].fact) == ("startup", "S-1", "level")
    assert problems[0].excerpt is not None
    assert problems[0].excerpt[problems[0].column - 1 :].startswith("contry")


def test_two_rings_of_decisions_are_both_named(folder: Path) -> None:
    for one, other in ("ab", "ba", "cd", "dc", "ee"):
        (folder / f"{one}.yaml").write_text(
            f"decision: {one}\nhit: first\noutcomes: [x, y]\nrules: [{{id: {one}-1, when: {{{other}: x}}, then: y}}]\n"
        )
    _, _, problems = read_rulebook(folder)
    assert [p.code for p in problems] == ["RK201"] * 3


def test_faulty_decision_does_not_make_others_seem_faulty(folder: Path) -> None:
    (folder / "startup.yaml").write_text("decision: startup\ntitle: {zh: 是否启动\n", "utf-8")
    _, _, problems = read_rulebook(folder)
    assert {p.path for p in problems} == {str(folder / "startup.yaml")}


def test_parameter_is_checked_only_while_the_rule_is_in_force(folder: Path) -> None:
    (folder / "one.yaml").write_text(
        "decision: one\nhit: first\noutcomes: [a]\nrules:\n"
        "  - {id: R-1, when: {people: {more_than: $line_cases, at_most: 3}}, then: a, until: 2023-01-01}\n"
    )
    assert read(folder)


def test_missing_folder_and_odd_paths_are_problems(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "none", tmp_path / "file", "a\0b", "x" * 5000, "\ud800", "/dev/null"):
        rulebook, _, problems = read_rulebook(path)
        assert rulebook is None
        assert len(problems) == 1


def test_folders_that_cannot_be_listed_are_problems(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vocabulary = read(folder).vocabulary

    def refuse(path: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "RK103" in {p.code for p in read_rulebook(folder)[2]}
    assert [p.code for p in read_library(folder.parent / "measures", vocabulary)[1]] == ["RK103"]
