"""A hint leads to the word that was meant, never to its opposite."""

from __future__ import annotations

from pathlib import Path

import pytest

import reformkit
from reformkit.model.vocabulary import Field
from reformkit.reading.meant_tests import meant_test
from reformkit.reading.taking import Taker
from reformkit.reading.words import Words, are_opposite
from reformkit.text import Text
from tests.books import bundled_book

FIELDS = bundled_book().rulebook.fields


def _words(fact: str) -> Words:
    return Words({name: item.label.zh for name, item in FIELDS[fact].values.items()})


@pytest.mark.parametrize("fact", [name for name, field in FIELDS.items() if field.values])
def test_a_negated_label_is_never_answered_with_the_label(fact: str) -> None:
    words = _words(fact)
    for item in FIELDS[fact].values.values():
        label = item.label.zh
        for negated in (
            f"不{label}",
            f"非{label}",
            f"未{label}",
            f"没{label}",
            f"{label}不",
            label.replace("已", "未"),
        ):
            if words.find(negated) is None and are_opposite(negated, label):
                assert f"“{label}”" not in words.hint(negated).zh, negated


@pytest.mark.parametrize("fact", [name for name, field in FIELDS.items() if field.values])
def test_what_begins_a_label_leads_to_one_that_begins_so(fact: str) -> None:
    words = _words(fact)
    labels = [item.label.zh for item in FIELDS[fact].values.values()]
    for label in labels:
        begun = label[: max(2, len(label) // 2)]
        if words.find(begun) is None and not are_opposite(begun, label):
            assert any(f"“{other}”" in words.hint(begun).zh for other in labels if other.startswith(begun)), begun


@pytest.mark.parametrize(
    ("fact", "typed", "hint"),
    [
        ("coordinator_gate", "不通过", "未通过"),
        ("coordinator_gate", "没通过", "未通过"),
        ("coordinator_gate", "通過", "通过"),
        ("authority_level", "县极", "县级"),
        ("layer", "点", "点（新办理个案促改）"),
    ],
)
def test_what_was_meant_is_named(fact: str, typed: str, hint: str) -> None:
    assert _words(fact).hint(typed).zh == f"，最接近的是“{hint}”"


def test_a_label_where_an_id_is_wanted_leads_to_the_id() -> None:
    with pytest.raises(reformkit.CaseError) as raised:
        bundled_book().assess({"authority_level": "县级"})
    assert "; write `county`" in raised.value.problems[0].message("en")
    assert "the nearest is `县级`" not in raised.value.problems[0].message("en")


def test_brackets_that_a_label_has_are_no_fault() -> None:
    assert "全角" not in _words("layer").hint("点（新办理个案促攻）").zh


TESTED = {
    "count": Field(name="people", type="count", label=Text("人数", "People")),
    "number": Field(name="amount", type="number", places=2, label=Text("金额", "Amount")),
    "date": Field(name="decided_on", type="date", label=Text("处分决定日期", "Decided on")),
    "choice": FIELDS["authority_level"],
}


@pytest.mark.parametrize(
    ("kind", "typed", "zh", "en"),
    [
        ("count", "大于3", "{多于: 3}", "{more_than: 3}"),
        ("count", ">3", "{多于: 3}", "{more_than: 3}"),
        ("count", "＞＝3", "{至少: 3}", "{at_least: 3}"),
        ("count", "不少于 2", "{至少: 2}", "{at_least: 2}"),
        ("count", "3人以上", "{至少: 3}", "{at_least: 3}"),
        ("count", "不足3人", "{少于: 3}", "{less_than: 3}"),
        ("count", "不大于3", "{至多: 3}", "{at_most: 3}"),
        ("count", "不超过$most", "{至多: $most}", "{at_most: $most}"),
        ("count", "不等于3", "{非: 3}", "{not: 3}"),
        ("count", "2至4", "{至少: 2, 至多: 4}", "{at_least: 2, at_most: 4}"),
        ("number", "高于12.50", "{多于: 12.50}", "{more_than: 12.50}"),
        ("date", "早于2022年3月1日", "{少于: 2022-03-01}", "{less_than: 2022-03-01}"),
        ("date", "2022-03-01以后", "{多于: 2022-03-01}", "{more_than: 2022-03-01}"),
        ("choice", "非县级", "{非: 县级}", "{not: 县级}"),
        ("choice", "不为空", "{已知: 是}", "{known: true}"),
    ],
)
def test_words_for_a_test_lead_to_the_test(kind: str, typed: str, zh: str, en: str) -> None:
    meant = meant_test(TESTED[kind], typed, _words("authority_level").find)
    assert meant == Text(zh, en)


@pytest.mark.parametrize(("kind", "typed"), [("count", "三"), ("count", "多"), ("date", "去年"), ("choice", "非区级")])
def test_words_that_say_no_test_lead_to_none(kind: str, typed: str) -> None:
    assert meant_test(TESTED[kind], typed, _words("authority_level").find) is None


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("处分时间", "处分决定日期"),
        ("立案时间", "立案日期"),
        ("案件编号", "编号"),
        ("案号", "编号"),
        ("机关级别", "机关层级"),
        ("单位性质", "单位类型"),
        ("案发单位名称", "案发单位"),
        ("四种形态", "处置形态"),
        ("涉案金额", "涉案金额（万元）"),
        ("立案机关", None),
        ("承办人", None),
        ("所属地区", None),
    ],
)
def test_a_heading_leads_to_a_fact_of_its_kind_or_honestly_to_none(heading: str, meant: str | None) -> None:
    book = bundled_book()
    columns = Words({name: field.label.zh for name, field in book.rulebook.vocabulary.fields.items()}, beside=["编号"])
    assert columns.hint(heading).zh == ("" if meant is None else f"，最接近的是“{meant}”")


def test_a_table_without_ids_names_the_column_that_is_meant_for_them(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("案件编号,机关层级,来源\nA-1,县级,案件\n", encoding="utf-8")
    found = bundled_book().read_case_file(tmp_path / "cases.csv").problems
    assert [(problem.code, problem.message("zh")) for problem in found] == [
        ("RK129", "词表中没有“案件编号”这项事实，最接近的是“编号”"),
        ("RK809", "列“来源”不是事实，未予采用，最接近的是“问题来源”、“促改来源类别”"),
    ]


@pytest.mark.parametrize("between", ["，", ",", "/", "|", " ", "和", "与", "＋", ";"])
def test_a_cell_of_several_tags_is_told_the_separator(between: str) -> None:
    taker = Taker(FIELDS)
    said = taker.take_as_written(FIELDS["disciplines"], f"群众纪律{between}廉洁纪律")
    assert dict(said.faults)["RK130"]["hint"].zh == "，几项之间用“；”分开：群众纪律；廉洁纪律"
    said = taker.take(FIELDS["disciplines"], f"群众纪律{between}廉洁记律")
    assert dict(said.faults)["RK130"]["hint"].zh == (
        "，几项要分开写成列表：[群众纪律, 廉洁记律]，其中没有“廉洁记律”这个取值，最接近的是“廉洁纪律”"
    )
