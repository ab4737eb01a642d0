"""What an edit of a rulebook changes, from wherever the two rulebooks come."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import reformkit as rk
from reformkit.comparing import compare
from reformkit.comparing.diff import Diff
from reformkit.editing.fixture_text import fixture_text
from reformkit.loading import bundled
from reformkit.model.period import Period
from reformkit.reporting.changes import say_changes
from reformkit.reporting.diff import say_not_compared, say_regions
from reformkit.sources.fault import SourceError
from tests.books import bundled_book

BUNDLED = bundled_book()
VOCABULARY = """
fields:
  level: {type: choice, label: 级别, values: {county: 县级, city: 市级}}
  people: {type: count, min: 1, max: 9, label: 人数}
  marks: {type: tags, label: 标记, values: {a: 甲, b: 乙}}
"""
DECISION = """
decision: track
title: 办法
hit: first
outcomes: {short: 简易, full: 全面}
rules:
  - {id: T-1, when: {level: county, people: {less_than: $few}}, then: short}
  - {id: T-2, when: {marks: {includes: a}}, then: full}
otherwise: full
"""
PARAMETERS = "parameters: {few: {label: 少数, values: [{value: 3}]}}\n"
RULEBOOK = "{name: small, vocabulary: vocabulary.yaml}\n"


def write(folder: Path, **files: str) -> Path:
    """A small rulebook with some of its files put in another way."""
    folder.mkdir()
    texts = {"rulebook": RULEBOOK, "vocabulary": VOCABULARY, "track": DECISION, "parameters": PARAMETERS, **files}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write(tmp_path / "old")


def edited(tmp_path: Path, **files: tuple[str, str]) -> Path:
    """The small rulebook with one text replaced in each of some files."""
    texts = {"rulebook": RULEBOOK, "vocabulary": VOCABULARY, "track": DECISION, "parameters": PARAMETERS}
    for name, (before, after) in files.items():
        assert before in texts[name]
        texts[name] = texts[name].replace(before, after)
    return write(tmp_path / "new", **texts)


def copied(tmp_path: Path) -> Path:
    """A copy of the bundled rulebook and measures."""
    for name in ("rules", "measures"):
        shutil.copytree(bundled(name), tmp_path / name)
    return tmp_path / "rules" / "jiuyuan"


def replace(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def said(diff: Diff) -> list[tuple[Any, ...]]:
    return [(r.rule_before, r.before, r.rule_after, r.after, r.facts, r.except_rules) for r in diff.regions]


def test_a_threshold_moved_says_for_which_numbers(old: Path, tmp_path: Path) -> None:
    diff = rk.diff(old, edited(tmp_path, parameters=("3", "5")))
    facts = {"level": "county", "people": [3, 4]}
    assert said(diff) == [
        ("T-2", "full", "T-1", "short", {**facts, "marks": {"includes_all": ["a"]}}, ()),
        (None, "full", "T-1", "short", {**facts, "marks": {"includes_none": ["a"]}}, ()),
    ]
    assert diff.regions[0].example == {"id": "track-T-2-T-1", "level": "county", "people": 3, "marks": ["a"]}
    assert [(c.part, c.name, c.aspect, c.used_by) for c in diff.changes] == [("parameter", "few", "value", ("T-1",))]
    assert dict(section.say() for section in say_changes(diff))["参数"] == ["few“少数” 取值：3 → 5（用于 T-1）"]


def test_the_same_rulebook_differs_in_nothing(old: Path) -> None:
    diff = rk.diff(old, rk.load(old))
    assert not diff
    assert diff.to_dict()["regions"] == diff.to_dict()["changes"] == []


def test_what_changes_from_a_day_on_says_its_days(old: Path, tmp_path: Path) -> None:
    later = "[{value: 3, until: 2023-01-01}, {value: 4, since: 2023-01-01, until: 2024-01-01}, {value: 3, since: 2024-01-01}]"
    diff = rk.diff(old, edited(tmp_path, parameters=("[{value: 3}]", later)))
    year = (Period(date(2023, 1, 1), date(2024, 1, 1)),)
    assert {region.days for region in diff.regions} == {year}
    fixture = diff.fixture(diff.regions[0])
    assert fixture is not None and fixture["as_of"] == "2023-01-01"
    assert [r.days.say() for _, found in say_regions(diff) for r in found if r.days] == [
        "自2023年1月1日起，至2024年1月1日前"
    ] * 2


def test_a_region_that_is_the_same_in_several_spans_is_one(old: Path, tmp_path: Path) -> None:
    rule = "  - {id: T-0, when: {people: 9}, then: short, since: 2022-01-01}\n"
    added = ("rules:\n", f"rules:\n{rule}  - {{id: T-9, when: {{people: 8}}, then: full, since: 2023-01-01}}\n")
    diff = rk.diff(old, edited(tmp_path, track=added))
    of_new = [region for region in diff.regions if region.rule_after == "T-0"]
    assert {region.days for region in of_new} == {(Period(date(2022, 1, 1), None),)}


def test_an_exception_that_a_parameter_changes_keeps_its_days_apart(tmp_path: Path) -> None:
    several = "values: [{value: 2, until: 2024-01-01}, {value: 6, since: 2024-01-01}]"
    parameters = PARAMETERS.replace("values: [{value: 3}]", several)
    old = write(tmp_path / "old", parameters=parameters)
    diff = rk.diff(
        old, edited(tmp_path, track=("otherwise: full", "otherwise: short"), parameters=(PARAMETERS, parameters))
    )
    change = date(2024, 1, 1)
    assert [region.days for region in diff.regions] == [(Period(None, change),), (Period(change, None),)]
    assert [region.facts for region in diff.regions] == [{"marks": {"includes_none": ["a"]}}] * 2
    assert [region.boxes()[1]["people"] for region in diff.regions] == [{"at_least": 2}, {"at_least": 6}]


def test_what_only_one_rulebook_knows_is_reported_and_not_compared(old: Path, tmp_path: Path) -> None:
    diff = rk.diff(
        old,
        edited(
            tmp_path,
            vocabulary=("city: 市级}}", "city: 市级, province: 省级}}\n  extra: {type: flag, label: 另一事实}"),
            track=(
                "- {id: T-2",
                "- {id: T-3, when: {level: province}, then: short}\n  - {id: T-4, when: {extra: true, people: 9}, then: short}\n  - {id: T-2",
            ),
        ),
    )
    assert {region.rule_after for region in diff.regions} == {"T-4"}
    changes = {(c.part, c.name, c.aspect) for c in diff.changes}
    assert {("fact", "level", "value added"), ("fact", "extra", "added"), ("rule", "T-3", "added")} <= changes
    lines = [line.say() for _, found in say_changes(diff) for line in found]
    assert "level“级别” 新增取值：无 → “省级”（用于 T-1、T-3）；另一规则册不能受理这样的案件，未作比较" in lines


def test_a_tag_that_is_gone_is_no_case_of_either(old: Path, tmp_path: Path) -> None:
    new = edited(tmp_path, vocabulary=("a: 甲, ", "c: 丙, "), track=("includes: a", "includes: c"))
    diff = rk.diff(old, new)
    assert said(diff) == []
    assert {c.aspect for c in diff.changes if c.part == "fact"} == {"value added", "value removed"}


def test_decisions_that_cannot_be_compared_are_named_with_the_reason(old: Path, tmp_path: Path) -> None:
    of_text = edited(
        tmp_path, vocabulary=("type: count, min: 1, max: 9", "type: text"), track=("less_than: $few", "not: 三")
    )
    diff = rk.diff(old, of_text)
    assert [(n.decision, n.reason, n.names) for n in diff.not_compared] == [("track", "facts", ("people",))]
    assert say_not_compared(diff.not_compared[0], diff).say().startswith("办法（track）：用到的“人数”")
    collecting = DECISION.replace("hit: first", "hit: collect").replace("otherwise: full\n", "")
    (of_text / "track.yaml").write_text(collecting, encoding="utf-8")
    (of_text / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    assert [n.reason for n in rk.diff(old, of_text).not_compared] == ["collects"]
    (of_text / "track.yaml").write_text(DECISION.replace("decision: track", "decision: way"), encoding="utf-8")
    assert {(n.decision, n.reason) for n in rk.diff(old, of_text).not_compared} == {
        ("way", "added"),
        ("track", "removed"),
    }


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("layer.yaml", "at_least: $line_cases", "more_than: $line_cases"),
        ("startup.yaml", "authority_level: [township, county]", "authority_level: [township, county, city]"),
        (
            "startup.yaml",
            "- id: STA-OTHER",
            "- id: STA-NEW\n    when: {form: {known: false}}\n    then: discretion\n  - id: STA-OTHER",
        ),
        (
            "notices.yaml",
            "  - id: NTC-COVERAGE-FOURTH",
            "  - id: X-1\n    when: {people_involved: {at_least: 9}}\n    then: merge_open_reform\n  - id: NTC-COVERAGE-FOURTH",
        ),
    ],
)
def test_the_example_of_every_region_is_a_fixture_that_passes(
    tmp_path: Path, file: str, before: str, after: str
) -> None:
    new = copied(tmp_path)
    replace(new / file, before, after)
    book = rk.load(new)
    diff = rk.diff(BUNDLED, book)
    assert diff.regions
    for lang in ("zh", "en"):
        texts = [fixture_text(diff.fixture(region) or {}, book.rulebook, lang) for region in diff.regions]
        (tmp_path / "all.cases.yaml").write_text("".join(texts) or "[]", encoding="utf-8")
        report = rk.run_fixtures(book, tmp_path / "all.cases.yaml")
        assert report.passed, [(p.code, str(p)) for p in report.problems] + [r.failures for r in report.results]


def test_measures_that_are_otherwise_are_told_apart(tmp_path: Path) -> None:
    new = copied(tmp_path)
    measure = next(iter(BUNDLED.library.measures.values()))  # type: ignore[union-attr]
    file = next(f for f in (tmp_path / "measures").glob("*.yaml") if f"  {measure.id}:" in f.read_text("utf-8"))
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.strip().startswith(("due_days:", "due:")))
    file.write_text("".join([*lines[:at], lines[at].replace(str(measure.due_days), "77"), *lines[at + 1 :]]), "utf-8")
    diff = rk.diff(BUNDLED, new)
    assert [(c.part, c.name, c.aspect, c.before, c.after) for c in diff.changes] == [
        ("measure", measure.id, "due_days", measure.due_days, 77)
    ]
    assert diff.regions == []


def test_stored_cases_are_compared_with_each_other_as_their_history(tmp_path: Path) -> None:
    new = copied(tmp_path)
    replace(new / "parameters.yaml", "{value: 2, since: 2022-01-01", "{value: 4, since: 2022-01-01")
    year = bundled("examples") / "year" / "cases.csv"
    edited_book = rk.load(new)
    diff = rk.diff("bundled", edited_book, cases=year)
    cases = BUNDLED.read_cases(year)
    pairs = zip(BUNDLED.assess_many(cases, cases), edited_book.assess_many(cases, cases), strict=True)
    changed = {a.case.id for a, b in pairs if a.layer.outcome != b.layer.outcome}
    assert diff.cases is not None and changed
    assert {change.case.id for change in diff.cases.changed} == changed
    assert diff.cases.moves["layer"][("line",), ("point",)] == len(changed)
    assert diff.cases.before.passed == diff.cases.after.passed > 0
    assert rk.diff(BUNDLED, edited_book, cases=iter(cases)).cases.to_dict() == diff.cases.to_dict()  # type: ignore[union-attr]


def test_a_case_that_one_of_them_cannot_take_is_left_out_and_said(old: Path, tmp_path: Path) -> None:
    new = edited(tmp_path, vocabulary=("city: 市级}}", "town: 乡级}}"))
    given = [{"id": "A", "level": "city"}, {"id": "B", "level": "county", "people": 1}]
    diff = rk.diff(old, new, cases=given)
    assert diff.cases is not None and diff.cases.cases == 1
    assert [problem.code for problem in diff.cases.problems] == ["RK130"]
    with pytest.raises(rk.CaseError):
        rk.diff(old, new, cases=given[:1])


# --- where rulebooks come from -------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with the small rulebook in `books/small`, and an edit that is not committed."""
    top = tmp_path / "top"
    (top / "books").mkdir(parents=True)
    write(top / "books" / "small")
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(top), *arguments], check=True)
    replace(top / "books" / "small" / "parameters.yaml", "3", "4")
    monkeypatch.chdir(top)
    return top


@pytest.mark.parametrize("revision", ["git:HEAD:books/small", "git:HEAD", "HEAD:books/small", "HEAD:books/small/"])
def test_a_git_revision_in_the_one_notation_and_the_two_that_warn(repository: Path, revision: str) -> None:
    is_old = revision.count(":") < 2
    with pytest.warns(DeprecationWarning, match="git:HEAD:books/small") if is_old else nullcontext():
        diff = rk.diff(revision, repository / "books" / "small")
    assert {region.rule_after for region in diff.regions} == {"T-1"}
    assert diff.names[0] == "HEAD:books/small"


def test_a_revision_is_read_as_it_is_stored(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what `git archive` would leave out or fill in, nor another repository that the environment names."""
    (repository / ".gitattributes").write_text("track.yaml export-ignore\n*.yaml filter=none export-subst\n")
    commit(repository)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    diff = rk.diff("git:HEAD~1:books/small", repository / "books" / "small")
    assert {region.rule_after for region in diff.regions} == {"T-1"}
    assert not rk.diff("git:HEAD:books/small", repository / "books" / "small")


def test_what_a_revision_does_not_hold_is_said(repository: Path) -> None:
    (repository / "books" / "small" / "parameters.yaml").unlink()
    (repository / "books" / "small" / "parameters.yaml").symlink_to("elsewhere.yaml")
    (repository / "books" / "link").symlink_to("small")
    commit(repository)
    with pytest.raises(SourceError, match=r"parameters\.yaml in the revision HEAD is a link"):
        rk.diff("git:HEAD:books/small", "bundled")
    with pytest.raises(SourceError, match="books/link in the revision HEAD is a link"):
        rk.diff("git:HEAD:books/link", "bundled")


def commit(top: Path) -> None:
    for arguments in (["add", "-A"], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "z"]):
        subprocess.run(["git", "-C", str(top), *arguments], check=True)


def test_a_broken_wheel_is_said(tmp_path: Path) -> None:
    wheel = tmp_path / "reformkit-0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("reformkit/rules/jiuyuan/rulebook.yaml", "name: jiuyuan\n" * 100)
    whole = wheel.read_bytes()
    for at in range(0, len(whole), 9):
        wheel.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with pytest.raises((SourceError, rk.RulebookError)):
            rk.diff(wheel, "bundled")


def test_problems_of_a_revision_name_it(repository: Path) -> None:
    replace(repository / "books" / "small" / "track.yaml", "county", "nowhere")
    subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qam", "y"], check=True)
    with pytest.raises(rk.RulebookError) as error:
        rk.diff("git:HEAD:books/small", "books/small")
    assert error.value.problems[0].path == "HEAD:books/small/track.yaml"


def test_the_rulebook_of_a_wheel(tmp_path: Path) -> None:
    wheel = tmp_path / "reformkit-0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in ("rules", "measures"):
            for file in (path for path in bundled(name).rglob("*") if path.is_file()):
                archive.write(file, f"reformkit/{file.relative_to(bundled())}")
    assert not rk.diff(wheel, BUNDLED)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere", "there is no nowhere"),
        ("git:nothing:books/small", "git knows no revision `nothing`"),
        ("git:HEAD:nowhere", "there is no folder nowhere in git:HEAD:nowhere"),
        ("git:-h:books/small", "git knows no revision `-h`"),
        ("none.whl", "there is no none.whl"),
    ],
)
def test_what_is_not_there_is_said(repository: Path, source: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        rk.diff(source, "books/small")


def test_a_folder_outside_git_and_a_wheel_that_is_none(old: Path, tmp_path: Path) -> None:
    (tmp_path / "x.whl").write_bytes(b"no")
    with pytest.raises(SourceError, match="not a wheel"):
        rk.diff(tmp_path / "x.whl", old)
    with pytest.raises(SourceError, match="not in a git repository"):
        rk.diff(f"git:HEAD:{old}", old)
    with pytest.raises(SourceError, match="which is not a folder"):
        rk.diff("git:HEAD", rk.load(old))


def test_a_diff_is_plain_data(old: Path, tmp_path: Path) -> None:
    diff = rk.diff(old, edited(tmp_path, parameters=("3", "5"), track=("hit: first", "hit: any")), cases=[{"id": "A"}])
    data = json.loads(json.dumps(diff.to_dict(boxes=True), ensure_ascii=False))
    assert data == json.loads(json.dumps(yaml.safe_load(yaml.safe_dump(data))))
    assert all(region["boxes"] for region in data["regions"])


def test_what_the_budget_leaves_open_is_named(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = edited(
        tmp_path, parameters=("3", "5"), track=("marks: {includes: a}", "any: [{marks: {includes: a}}, {people: 9}]")
    )
    monkeypatch.setattr(compare, "MOST_QUESTIONS", 1)
    diff = rk.diff(old, new)
    assert [(n.decision, n.reason) for n in diff.not_compared] == [("track", "budget")]
    assert set(diff.not_compared[0].names) == {"T-1", "T-2"}
    assert "未能逐一比完" in say_not_compared(diff.not_compared[0], diff).say()


def test_a_pair_that_no_state_is_spent_on_is_a_region_that_is_not_proven() -> None:
    fields = BUNDLED.rulebook.fields
    table = BUNDLED.chain.in_force("layer", None)
    without = table.model_copy(update={"rules": table.rules[:-1]})
    open_, found = (list(compare.regions(table, without, fields, budget)) for budget in (0, 10))
    assert [(r.rule_before, r.after, r.proven) for r in open_] == [("LAY-LINE-PREFECTURE", "point", False)]
    assert [(r.rule_before, r.after, r.proven) for r in found] == [("LAY-LINE-PREFECTURE", "point", True)]
    assert open_[0].example is None and open_[0].facts["prefecture_cases"] == {"at_least": 2}


def test_the_problems_of_both_are_told_at_once(old: Path, tmp_path: Path) -> None:
    new = edited(tmp_path, track=("hit: first", "hit: frist"))
    replace(old / "track.yaml", "county", "nowhere")
    with pytest.raises(rk.RulebookError) as error:
        rk.diff(old, new)
    assert {problem.code for problem in error.value.problems} == {"RK130", "RK141"}
