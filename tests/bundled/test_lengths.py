"""Three lengths of one assessment: a page for the leader, a memo that can be signed, a working paper with everything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

import reformkit as rk
from reformkit.files.opening import read_cases
from reformkit.reporting.html import html
from reformkit.reporting.lengths import LENGTHS, Length, lines, page
from reformkit.reporting.short import MOST_CHARACTERS, characters

EXAMPLES = sorted(Path("examples/cases").glob("*.yaml"))


@pytest.fixture(scope="module")
def assessed(book: rk.Book) -> list[rk.Assessment]:
    cases = read_cases("examples/year/cases.csv", book.rulebook).cases
    examples = [case for path in EXAMPLES for case in read_cases(path, book.rulebook).cases]
    return [*book.assess_many(examples), *book.assess_many(cases, cases)]


def test_the_brief_has_at_most_600_characters_whatever_the_case(assessed: list[rk.Assessment]) -> None:
    lengths = [characters(page(a, "short").sections) for a in assessed]
    assert max(lengths) <= MOST_CHARACTERS == 600
    assert min(lengths) > 60


def test_a_long_case_is_cut_to_the_page(book: rk.Book) -> None:
    findings = [{"cause": cause, "evidence": "证据" * 200} for cause in list(book.cause_items)[:30]]
    case = {"id": "长", "origin": "filed_case", "unit": "某局", "issue": "问题" * 300, "findings": findings}
    brief = page(book.assess(case), "short")
    assert characters(brief.sections) <= MOST_CHARACTERS
    assert "另有26项" in book.assess(case).short()


def test_the_brief_says_case_advice_causes_measures_what_is_asked_and_three_things_to_verify(book: rk.Book) -> None:
    said = book.assess(read_cases(EXAMPLES[2], book.rulebook).cases[0]).short()
    heads = re.findall("^(案情|研判意见|症结|主要措施|请审定|待核实)$", said, re.MULTILINE)
    assert heads == ["案情", "研判意见", "症结", "主要措施", "请审定", "待核实"]
    assert len(said.partition("待核实\n")[2].strip().splitlines()) <= 3


def example(book: rk.Book, id: str, **facts: object) -> rk.Assessment:
    """An example with other facts; None takes one away."""
    (case,) = (case for path in EXAMPLES for case in read_cases(path, book.rulebook).cases if case.id == id)
    told = {"id": case.id, "findings": [f.model_dump(exclude_none=True) for f in case.findings or ()], **case.facts}
    return book.assess({name: value for name, value in {**told, **facts}.items() if value is not None}, history=[])


def under(said: str, head: str) -> str:
    """What stands under a head of the brief."""
    return said.partition(f"{head}\n")[2].partition("\n\n")[0]


def test_where_the_report_is_silent_the_office_is_asked_whether_to_start(book: rk.Book) -> None:
    asked = under(example(book, "EX-18").short(), "请审定")
    assert asked.startswith("请研究决定是否启动。\n决定启动的，建议按“点”办理。")
    assert "是否同意启动" not in asked
    assert "是否同意启动，按“点”办理" in under(example(book, "EX-04").short(), "请审定")


def test_measures_that_hang_on_something_unknown_are_no_main_measures_of_the_brief(book: rk.Book) -> None:
    a = example(book, "EX-19")
    assert not any(r.certain for r in a.recommendations)
    titles = "、".join(r.measure.title.zh for r in a.recommendations)
    assert under(a.short(), "主要措施") == f"“涉及事项”明确后，另选用：{titles}。"


def test_a_question_about_a_finding_says_which(book: rk.Book) -> None:
    a = example(book, "EX-19")
    for said in (a.short(), a.explain(), a.annex()):
        assert "“合同失管”：该项剖析发现涉及哪类事项？" in said
    assert "“Contracts not managed”: " in a.explain("en")


def test_what_follows_from_the_answer_to_another_question_is_not_asked(book: rk.Book) -> None:
    history = book.read_cases(EXAMPLES[0].parents[1] / "history" / "cases.yaml")
    (case,) = book.read_cases(EXAMPLES[14])
    a = book.assess(case, history=history)
    asked = [need.fact for need in a.needs]
    assert "causes" in asked
    assert "weak_points" not in asked


def test_measures_beyond_the_first_are_named_by_title_as_far_as_the_page_allows(book: rk.Book) -> None:
    a = example(book, "EX-02")
    last = a.recommendations[4].measure
    assert f"另有1项：{last.title.zh}。" in under(a.short(), "主要措施")
    long = example(book, "EX-02", issue="问题" * 300, unit="某区某局" * 20)
    assert characters(page(long, "short").sections) <= MOST_CHARACTERS
    assert f"另有1项：{last.id}。" in under(long.short(), "主要措施")


def test_the_first_gate_is_past_where_a_person_has_stated_the_start(book: rk.Book) -> None:
    before = example(book, "EX-03", coordinator_gate=None, lead_gate=None)
    assert before.gate_to_speak == "coordinator_gate"
    stated = example(book, "EX-03", coordinator_gate=None, lead_gate=None, startup="start")
    assert stated.gate_to_speak == "lead_gate"
    assert "第二关意见：请促改牵头部门表态。" in stated.short()
    assert "第一关意见" not in under(stated.short(), "请审定")
    assert "待第二关复筛" in stated.explain()
    refused = example(book, "EX-03", coordinator_gate=None, lead_gate=None, startup="no")
    assert refused.gate_to_speak == "coordinator_gate"


def test_evidence_is_never_in_brackets_behind_brackets(assessed: list[rk.Assessment]) -> None:
    assert not [a.case.id for a in assessed if re.search(r"）（(?!待核实|可能)", a.explain().partition("三、症结")[2])]


def test_counts_on_which_no_decision_waits_are_left_out_of_the_memo(book: rk.Book) -> None:
    a = example(book, "EX-06")
    assert a.counts["unit_personal_cases"].missing
    assert "同单位个人行为类案件数" not in a.explain()
    assert "同单位个人行为类案件数" in a.annex()


def test_only_the_brief_is_set_to_go_on_one_sheet_in_print(book: rk.Book) -> None:
    a = example(book, "EX-02")
    marked = {length: 'class="page brief"' in "".join(html([page(a, length)], "zh")) for length in LENGTHS}
    assert marked == {"short": True, "memo": False, "annex": False}


FIELD = {
    "rules/rulebook.yaml": "name: shop\nversion: 1.0\ntitle: {zh: 门店规则册, en: Rules of a shop}\nvocabulary: vocabulary.yaml\n",
    "rules/vocabulary.yaml": "fields:\n  big: {type: flag, label: {zh: 大店, en: A big shop}, ask: {zh: 是不是大店？, en: Is it big?}}\n",
    "rules/startup.yaml": """decision: startup
hit: first
outcomes: {start: {zh: 开业, en: Open}}
rules: [{id: S-1, when: {big: true}, then: start}]
""",
}


def test_a_rulebook_of_another_field_is_not_headed_as_reform(tmp_path: Path) -> None:
    for name, words in FIELD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words, encoding="utf-8")
    a = rk.load(tmp_path / "rules").assess({"id": "A", "big": True})
    assert a.short().startswith("送阅件（A）\n")
    assert a.explain().startswith("研判意见（A）\n")


MARKS = ("已读条文", "条文见于转载", "仅核到题名", "摘要 ", ".yaml:", "STA-", "SCR-", "LAY-", "假设：")
"""What belongs in the working paper alone: how far a source was checked, digests, places in files, rules."""


def test_the_memo_has_no_marks_of_citation_no_places_and_no_digest(assessed: list[rk.Assessment]) -> None:
    for a in assessed:
        for length in ("short", "memo"):
            said = "\n".join(lines(page(a, length), "zh"))  # type: ignore[arg-type]
            assert not [mark for mark in MARKS if mark in said], a.case.id


def test_the_working_paper_says_how_far_each_source_was_checked_and_how_each_rule_fared(
    assessed: list[rk.Assessment],
) -> None:
    started = next(a for a in assessed if a.recommendations)
    said = started.annex()
    for cited in (cited for r in started.recommendations for cited in r.basis if cited.reference is not None):
        assert (cited.clause.document if cited.clause and cited.clause.document else cited.reference.title).zh in said
    assert "规则经过" in said
    assert started.digest[:12] in said


def test_no_case_is_called_common_and_individual_at_once(assessed: list[rk.Assessment]) -> None:
    for a in assessed:
        said = a.explain()
        assert not ("属个别性问题" in said and "共性问题需普遍治理：是" in said), a.case.id


def _of(assessments: list[rk.Assessment]) -> Iterator[rk.Assessment]:
    yield assessments[0]
    yield next(a for a in assessments if a.not_started)
    yield next(a for a in assessments if a.startup.outcome is None or not a.recommendations)


@pytest.mark.parametrize("length", get_args(Length))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_length_is_written_as_text_and_html_with_the_same_words(
    assessed: list[rk.Assessment], tmp_path: Path, length: Length, lang: rk.Lang
) -> None:
    for number, a in enumerate(_of(assessed)):
        text = a.save(tmp_path / f"{number}.txt", length, lang).read_text(encoding="utf-8")
        assert text == {"short": a.short, "memo": a.explain, "annex": a.annex}[length](lang)
        page_ = a.save(tmp_path / f"{number}.html", length, lang).read_text(encoding="utf-8")
        assert page_.startswith("<!DOCTYPE html>")
        bare = re.sub("<style>.*?</style>|<title>.*?</title>|<[^>]+>", "", page_, flags=re.DOTALL)
        for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
            bare = bare.replace(entity, sign)
        assert "".join(bare.split()) == "".join(text.split())


@pytest.mark.parametrize("length", LENGTHS)
def test_each_length_is_a_word_document_with_the_same_words(
    assessed: list[rk.Assessment], tmp_path: Path, length: Length
) -> None:
    docx = pytest.importorskip("docx")
    path = assessed[2].save(tmp_path / "意见.docx", length)
    said = "".join("".join(paragraph.text.split()) for paragraph in docx.Document(str(path)).paragraphs)
    assert said == "".join("\n".join(lines(page(assessed[2], length), "zh")).split())


def test_another_ending_or_length_is_refused_and_nothing_written(assessed: list[rk.Assessment], tmp_path: Path) -> None:
    for name in ("意见.pdf", "意见", "意见.doc"):
        with pytest.raises(ValueError, match=r"\.docx, \.html, \.txt"):
            assessed[0].save(tmp_path / name)
    with pytest.raises(ValueError, match="short, memo, annex"):
        assessed[0].save(tmp_path / "意见.txt", length="long")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_no_length_gives_a_reason_of_rules_that_are_not_yet_in_force(book: rk.Book) -> None:
    early = book.assess({"id": "早", "origin": "filed_case", "stage": "sanctioned", "decided_on": date(2015, 12, 20)})
    assert early.startup.status == "uncovered"
    for said in (early.short(), early.explain(), early.annex()):
        assert "经研判" not in said
        assert "早于规则" in said
        assert "2022年1月1日" in said
        assert "先核实下列事项" not in said
    assert "规则未能定是否启动，请裁定。" in early.short()
    for said in (early.explain(), early.annex()):
        assert "促改层次：未作研判。" in said
        assert "是否启动以案促改：未作研判。" in said
    assert "2015年12月20日尚无施行的规则" in early.explain()
    assert "促改层次：未作研判。" in early.short()


def test_measures_of_suspected_causes_alone_are_not_said_to_be_suggested(book: rk.Book) -> None:
    only_suspected = book.assess({"id": "疑", "origin": "inspection_feedback", "behaviours": ["sham_rectification"]})
    assert only_suspected.suspected
    assert not only_suspected.recommendations
    for said in (only_suspected.explain(), only_suspected.annex()):
        assert "症结尚未查明，暂不提出措施建议。" in said
        assert "以下按“点”提出" not in said
        assert "同一症结列有多项措施的，核实后按所涉事项选用。" in said


def test_a_role_that_no_office_holds_is_told_by_what_it_does(assessed: list[rk.Assessment]) -> None:
    for said in (assessed[0].explain(), assessed[0].annex()):
        assert "\n组织领导：统一领导，批准专项治理方案\n" in said
        assert "促改统筹部门：案件监督管理室或者党风政风监督室（第一关研判" in said


def test_the_brief_asks_for_no_layer_where_there_is_none_and_says_once_what_a_person_set(book: rk.Book) -> None:
    feedback = book.assess({"id": "巡", "origin": "inspection_feedback"})
    assert feedback.layer.outcome == "none"
    assert "是否同意启动，并发出文书。" in feedback.short()
    stated = book.assess({"id": "定", "origin": "filed_case", "startup": "start", "layer": "area"}).short()
    assert "促改层次：面。已由人定，以此为准。\n" in stated
    assert "是否同意启动，按“面”办理并发出文书。" in stated


def test_the_counts_by_which_a_rule_gave_the_layer_are_told_though_another_rule_gives_it_too(book: rk.Book) -> None:
    case = read_cases(EXAMPLES[1], book.rulebook).cases[0]
    others = read_cases("examples/history/cases.yaml", book.rulebook).cases
    area = book.assess(case, others)
    assert area.layer.rule == "LAY-AREA-CASES"
    assert area.counts["town_leaders"].value >= 2  # by which LAY-AREA-LEADERS gives it too
    for said in (area.explain(), area.annex()):
        assert f"同街道、乡镇案件数：{area.counts['town_cases'].value}（另有：HX-06" in said


def test_what_hangs_on_a_gate_alone_is_not_asked_to_be_verified_first(book: rk.Book) -> None:
    case = {"id": "关", "origin": "filed_case", "authority_level": "county", "stage": "sanctioned", "form": "third"}
    waiting = book.assess({**case, "decided_on": date(2022, 5, 1), "common_issue": True}, as_of=date(2022, 6, 1))
    assert [need.fact for need in waiting.startup.needs] == ["coordinator_gate"]
    said = waiting.short()
    assert "请促改统筹部门表态。\n待其表态后，再定是否启动。" in said
    assert "先核实下列事项" not in said
    assert "）（“第一关意见”" not in waiting.explain()


def test_an_open_start_lists_its_outcomes_apart_though_one_has_a_comma(book: rk.Book) -> None:
    said = "尚不能确定，可能为：启动；课题报告未作规定，建议由本机关研究决定；不启动。"
    assert said in book.assess({"id": "Y"}).short()


def test_what_cannot_be_counted_and_asked_of_an_empty_case_is_said_once_and_shortly(book: rk.Book) -> None:
    memo = book.assess({"id": "X-1", "unit": "某局"}, history=[]).explain("zh")
    assert memo.count("不能计数") == 1
    assert "同类案件（6项）尚不能计数，本案缺：所在旗县区、" in memo
    asked = memo.partition("、尚待明确")[2].partition("、说明")[0].strip().splitlines()
    assert [line.partition(".")[0] for line in asked[:10]] == [str(n) for n in range(1, 11)]
    assert asked[10].startswith("另有")
    assert "（“问题来源”为其他的）" in memo
    assert memo.count("“信访反馈”") == 1


def test_one_count_that_cannot_be_made_keeps_its_name(book: rk.Book, examples: dict[str, rk.Case]) -> None:
    memo = book.assess(examples["EX-15"], history=[]).explain("zh")
    assert memo.count("不能计数") == 1
    assert "同地区同系统症结相同案件数：不能计数，本案缺：已查明症结" in memo
