"""The register says what rests on what, and what changes without it, as trying every case does."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

import reformkit as rk
from reformkit.comparing.register import Assumption, Register, register
from reformkit.deciding.boxes import cut
from reformkit.deciding.cells import domains
from reformkit.deciding.masks import stack
from reformkit.deciding.meaning import candidates
from reformkit.deciding.table import CompiledTable
from reformkit.model import condition
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Facts, Value
from reformkit.reporting import register as wording
from reformkit.reporting.practices import sections as practices_in_words
from tests.books import bundled_book


@pytest.fixture(scope="module")
def held(book: rk.Book) -> Register:
    return register(book.rulebook, book.library)


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def possible(book: rk.Book, now: DecisionTable, cases: Iterable[Facts]) -> list[tuple[str, ...]]:
    table = CompiledTable(stack(cut(now, book.chain.fields)))
    return [table.decide(case).settlement.possible for case in cases]


def every_case(book: rk.Book, now: DecisionTable) -> list[Facts]:
    """A value of each class that some test separates, for every fact; unknown too, where a rule asks for that.

    A fact of which rules ask only whether it is known has no such class: one value stands for all.
    """
    fields = book.chain.fields
    asked = {test.fact for rule in now.rules for test in condition.tests(rule.when) if test.known is not None}
    axes: list[list[tuple[str, Value | None]]] = [
        [(name, value) for value in (*domain.variable.samples, *[None] * (name in asked))]
        for name, domain in domains(now, fields).items()
    ]
    for name in sorted(asked - {axis[0][0] for axis in axes}):
        axes.append([(name, next(candidates(fields[name], ()))), (name, None)])
    return [{name: value for name, value in case if value is not None} for case in product(*axes)]


@pytest.mark.parametrize("decision", ["source", "startup", "layer"])
def test_without_an_assumed_rule_cases_change_as_trying_every_one_shows(
    book: rk.Book, held: Register, decision: str
) -> None:
    now = book.chain.in_force(decision, None)
    cases = every_case(book, now)
    before = possible(book, now, cases)
    assumed = [a for a in held.assumptions if a.decision == decision and a.kind == "rule"]
    assert assumed
    for entry in assumed:
        rest = now.model_copy(update={"rules": tuple(rule for rule in now.rules if rule.id != entry.id)})
        after = possible(book, rest, cases)
        tried = {(one, other) for b, a in zip(before, after, strict=True) for one in b for other in a if b != a}
        tried = {(one, other) for one, other in tried if one != other}
        assert {(c.before, c.after) for c in entry.changes} == tried, entry.id
        assert all(c.rule_before == entry.id and c.proven for c in entry.changes)


def test_every_rule_parameter_signal_and_measure_that_is_assumed_is_there_once(book: rk.Book, held: Register) -> None:
    rules = [
        r for t in book.rulebook.decisions.values() for r in t.rules if not r.basis or r.basis.kind == "assumption"
    ]
    kinds = [a.kind for a in held.assumptions]
    assert {a.id for a in held.assumptions if a.kind == "rule"} == {rule.id for rule in rules}
    assert kinds.count("rule") == len(rules)
    assert {a.id for a in held.assumptions if a.kind == "parameter"} == set(book.rulebook.parameters)
    assert {a.id for a in held.assumptions if a.kind == "signal"} == set(book.rulebook.signals)
    assert book.library is not None
    assert {a.id for a in held.assumptions if a.kind == "measure"} == set(book.library.measures)


def test_what_rests_on_a_parameter_is_the_rules_that_name_it(book: rk.Book, held: Register) -> None:
    for entry in (a for a in held.assumptions if a.kind == "parameter"):
        named = [
            rule.id
            for table in book.rulebook.decisions.values()
            for rule in table.rules
            if any(p.name == entry.id for test in condition.tests(rule.when) for p in condition.parameters(test))
        ]
        assert list(entry.rests) == named
        assert {change.rule_before for change in entry.changes} <= {*named, None}


def test_without_a_measure_its_causes_fall_to_those_that_other_matters_have(held: Register) -> None:
    found = {a.id: dict(zip(a.rests, a.instead, strict=True)) for a in held.assumptions if a.kind == "measure"}
    assert found["IN-07"]["institution.accountability"] == ("uncovered",)
    assert set(found["IN-03"]["institution.contract_rules"]) == {"IN-06", "PR-06", "uncovered"}
    assert set(found["PR-06"]["institution.contract_rules"]) == {"IN-03", "IN-06"}


def test_every_reference_is_there_with_what_cites_its_clauses(book: rk.Book, held: Register) -> None:
    assert book.library is not None
    assert [entry.reference.id for entry in held.references] == list(book.library.references)
    cited = {(e.reference.id, clause, id) for e in held.references for clause, ids in e.cited.items() for id in ids}
    for measure in book.library.measures.values():
        for citation in measure.basis:
            if citation.ref is not None:
                assert (citation.ref, citation.clause or "", measure.id) in cited


RULES = """
decision: layer
title: 层次
hit: %s
outcomes: {point: 点, line: 线}
rules:
  - {id: L1, when: {cases: {at_least: 2}}, then: line, basis: {kind: assumption, at: 自定}}
  - {id: L2, when: {cases: {at_least: 5}}, then: line, basis: {kind: report, at: 原文}}
  - {id: L3, when: {cases: {less_than: 2}}, then: point}
"""
VOCABULARY = "fields: {cases: {type: count, min: 0, max: 9, label: 案件数}}"


def of_my_own(folder: Path, hit: str) -> dict[str, Assumption]:
    (folder / "rulebook.yaml").write_text("name: mine\nvocabulary: vocabulary.yaml\n", encoding="utf-8")
    (folder / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    (folder / "layer.yaml").write_text(RULES % hit, encoding="utf-8")
    book = rk.load(folder)
    return {a.id: a for a in register(book.rulebook, book.library).assumptions}


def test_a_rulebook_of_ones_own_has_its_own_register(tmp_path: Path) -> None:
    held = of_my_own(tmp_path, "first")
    assert list(held) == ["L1", "L3"]  # L2 has a source; L3 has none, and counts as assumed
    assert held["L3"].at is None
    assert [(c.before, c.after) for c in held["L1"].changes] == [("line", "uncovered")]


def test_of_a_decision_that_collects_only_what_no_other_rule_gives_is_lost(tmp_path: Path) -> None:
    held = of_my_own(tmp_path, "collect")
    assert [(c.before, c.after) for c in held["L1"].changes] == [("line", "absent")]
    (tmp_path / "layer.yaml").write_text(RULES.replace("at_least: 5", "at_least: 2") % "collect", encoding="utf-8")
    book = rk.load(tmp_path)
    (first, _) = register(book.rulebook, None).assumptions
    assert (first.id, first.changes) == ("L1", ())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_entry_is_said_in_words(book: rk.Book, held: Register, lang: rk.Lang) -> None:
    said = dict(section.say(lang) for section in wording.assumptions(held.assumptions, book.rulebook, book.library))
    lines = [line for part in said.values() for line in part]
    assert all(any(line.startswith(f"{a.id} ") for line in lines) for a in held.assumptions)
    (layer,) = (part for head, part in said.items() if head in ("规则 · 促改层次", "Rules · Layer of the reform"))
    wanted = (
        "  没有它：有的案件由“线（行业性专项促改）”变为“点（新办理个案促改）”"
        if lang == "zh"
        else "  Without it: some cases turn from “Line (reform across a sector)” to “Point (reform of the single case)”"
    )
    assert wanted in layer


def test_procedures_and_letters_that_are_assumed_are_registered_with_what_rests_on_them() -> None:
    book = bundled_book()
    assumptions = register(book.rulebook, book.library).assumptions
    entries = {(entry.kind, entry.id): entry for entry in assumptions if entry.kind == "letter"}
    point = [entry for entry in assumptions if (entry.kind, entry.id) == ("procedure", "point")]
    assert len({entry.at for entry in point}) == len(point) > 1  # an entry for each of the words that steps rest on
    assumed = [step for entry in point for step in entry.rests]
    assert len(set(assumed)) == len(assumed)
    assert "acceptance" in assumed
    assert "announce" not in assumed  # a practice, not an assumption
    assert entries["letter", "three_docs"].at is not None
    assert ("letter", "tianjin_six") not in entries  # nothing is assumed of it
    uses = {use.reference.id: use.cited for use in register(book.rulebook, book.library).references}
    assert "supervision_advice" in uses["L01"]["2018-62"]


def test_practices_elsewhere_are_listed_with_where_they_were_seen_and_change_no_term(
    book: rk.Book, held: Register
) -> None:
    practices = held.practices
    assert all(p.at.zh != p.at.en for p in practices)
    places = ["恩施", "昆山", "甘肃", "峨山", "镇沅", "衡东", "安徽", "某市2018年", "平昌", "枣阳"]
    for place in places:
        entries = [p for p in practices if place in p.at.zh]
        assert entries, place
        assert all("检索所见" in p.at.zh for p in entries), place
        assert not any(p.used for p in entries), place  # the default is what the rulebook sets
    offered = {p.id: (p.offered, p.present) for p in practices if p.offered is not None}
    assert list(offered) == ["point.reply", "line.rules", "feedback.reply"]
    procedures = book.rulebook.procedures
    assert procedures is not None
    for id, (other, present) in offered.items():
        procedure, _, step = id.partition(".")
        assert procedures.procedures[procedure].steps[step].due == present != other


def test_the_register_of_practices_says_what_may_be_set_and_where(book: rk.Book, held: Register) -> None:
    said = "\n".join(line.zh for section in practices_in_words(held.practices, book.rulebook) for line in section.lines)
    assert "期限可设为自“签收”起2个月，现为自“签收”起90日：改 procedure.yaml 中 line.rules 的 due" in said
    assert "《中国共产党巡视工作条例》（2024）期限条款未读到" in said


def test_the_term_of_a_practice_is_checked_like_any_term(tmp_path: Path) -> None:
    source = Path("rules/jiuyuan/procedure.yaml").read_text(encoding="utf-8")
    files = {path.name: path.read_text(encoding="utf-8") for path in Path("rules/jiuyuan").glob("*.yaml")}
    assert source.count("due: {months: 2, from: receipt}") == 1
    files["procedure.yaml"] = source.replace("due: {months: 2, from: receipt}", "due: {months: 2, from: nowhere}")
    for path in Path("rules").rglob("*.yaml"):
        to = tmp_path / path
        to.parent.mkdir(parents=True, exist_ok=True)
        own = path.parent.name == "jiuyuan" and path.name in files
        to.write_text(files[path.name] if own else path.read_text(encoding="utf-8"), encoding="utf-8")
    shutil.copytree("measures", tmp_path / "measures")
    shutil.copytree("rules/jiuyuan/letters", tmp_path / "rules/jiuyuan/letters")
    codes = [problem.code for problem in rk.check(tmp_path / "rules" / "jiuyuan")]
    assert "RK223" in codes
