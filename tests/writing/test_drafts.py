"""A letter says what its item knows, asks for what it lacks, and refuses what may not go out."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from reformkit import Book
from reformkit.model.letter import Letters
from reformkit.problem import LetterError
from reformkit.writing.about import Found, LetterAbout
from reformkit.writing.draft import Draft, drafted
from tests.writing.letters import ABOUT, DAY, UNIT, about

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = (
    *("reminder_letter", "reform_notice", "discipline_advice", "supervision_advice", "joint_advice"),
    *("supervision_slip", "study_form", "acceptance_form", "revisit_form", "receipt_slip", "dispatch_sheet"),
)


def words(data: bytes) -> str:
    """Everything that a letter says, the record at its foot included."""
    tree = Document(io.BytesIO(data)).element
    return "".join(said.text or "" if said.tag == f"{W}t" else "-" for said in tree.iter(f"{W}t", f"{W}noBreakHyphen"))


def advice(book: Book, letters: Letters, **other: Any) -> Draft:
    return drafted(letters, "supervision_advice", replace(ABOUT, **other), book.library)


def codes(error: pytest.ExceptionInfo[LetterError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_every_letter_of_the_design_is_there(letters: Letters) -> None:
    assert tuple(letters.kinds) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_letter_is_filled_and_nothing_of_its_template_is_left(kind: str, book: Book, letters: Letters) -> None:
    draft = drafted(letters, kind, about(kind), book.library)
    assert draft.blanks == ()
    number = None if draft.code is None else f"{draft.code}〔2022〕3号"
    said = words(draft.filled(number, DAY))
    assert not any(mark in said for mark in ("{", "}", "None", "待编号"))
    assert number is None or number in said
    assert draft.filled(number, DAY) == draft.filled(number, DAY)


def test_advice_says_everything_that_such_a_letter_needs(book: Book, letters: Letters) -> None:
    said = words(advice(book, letters).filled("某监建〔2022〕3号", DAY))
    for part in (
        *("某区监察委员会文件", "某监建〔2022〕3号", "关于规范社有资产管理的监察建议", f"{UNIT}：", "编号EX-01"),
        *("（一）3号库房连续6年未评估", "究其原因，主要是资产处置缺规（制度建设薄弱点）。", "（二）11份房产租赁合同"),
        *(
            "依据《中华人民共和国监察法》第十一条第三项、第四十五条第一款第五项，",
            "责任部门：资产管理科。",
            "完成期限：自收到本文书之日起90日内。",
        ),
        *(
            "验收时查看：租赁合同全部清查，账实差异逐项有处理意见；抽查10宗租赁",
            "于2022年6月10日前",
            "书面报送党风政风监督室",
        ),
        *(
            "10个工作日内书面提出",
            "依照《中华人民共和国监察法》第六十二条的规定处理。",
            "联系方式：党风政风监督室，电话0000000。",
        ),
        *("某区监察委员会2022年4月6日", "抄送：某区人民政府办公室、某区委组织部。", "2022年4月6日印发"),
    ):
        assert part in said, part


@pytest.mark.parametrize(
    ("day", "basis", "consequence"),
    [
        (date(2022, 4, 6), "第十一条第三项、第四十五条第一款第五项", "第六十二条"),
        (date(2025, 5, 31), "第十一条第三项、第四十五条第一款第五项", "第六十二条"),
        (date(2025, 6, 1), "第十一条第三项、第五十二条第一款第五项", "第七十一条"),
    ],
)
def test_letter_cites_the_law_of_its_own_day(
    day: date, basis: str, consequence: str, book: Book, letters: Letters
) -> None:
    said = words(advice(book, letters).filled(f"某监建〔{day.year}〕1号", day))
    assert f"依据《中华人民共和国监察法》{basis}，" in said
    assert f"依照《中华人民共和国监察法》{consequence}的规定" in said


def test_clause_seen_only_in_reprints_is_referred_to_and_not_relied_on(book: Book, letters: Letters) -> None:
    draft = drafted(letters, "discipline_advice", about("discipline_advice"), book.library)
    assert "参照《中国共产党纪律检查机关监督执纪工作规则》第十九条" in words(draft.filled("某纪建〔2022〕1号", DAY))
    assert [cited.clause.checked for cited in draft.basis if cited.clause] == ["reprint"]


def test_discipline_advice_goes_to_party_organisations_only(book: Book, letters: Letters) -> None:
    draft = drafted(letters, "discipline_advice", ABOUT, book.library)
    assert [blank.field for blank in draft.blanks] == ["主送"]
    assert draft.blanks[0].question.zh == "主送哪个单位或者党组织？写全称"


def test_several_recipients_stand_under_one_number(book: Book, letters: Letters) -> None:
    said = words(advice(book, letters, recipients=("甲单位", "乙单位")).filled("某监建〔2022〕3号", DAY))
    assert "甲单位、乙单位：" in said


def test_missing_value_is_an_error_with_its_question_and_never_a_blank(book: Book, letters: Letters) -> None:
    draft = advice(book, letters, contact=None, reply_by=None, matter=None, issues=())
    with pytest.raises(LetterError) as raised:
        draft.filled("某监建〔2022〕3号", DAY)
    asked = {problem.message("zh"): problem.fix("zh") for problem in raised.value.problems}
    assert asked == {
        "“监察建议书”缺少“标题”": "标题是什么？",
        "“监察建议书”缺少“问题清单”": "认定了哪些事实和原因？",
        "“监察建议书”缺少“回复期限”": "要求何时书面回复？",
        "“监察建议书”缺少“联系”": "联系机构和电话是什么？不写姓名",
    }
    with pytest.raises(LetterError):
        draft.unissued()


def test_empty_item_lacks_everything_and_nothing_breaks(book: Book, letters: Letters) -> None:
    for kind in KINDS:
        draft = drafted(letters, kind, LetterAbout(item="2022-点-001", office="某区"), book.library)
        assert draft.blanks
        assert all(problem.code == "RK740" for problem in draft.problems)


def test_part_of_an_entry_that_is_missing_is_named(book: Book, letters: Letters) -> None:
    form = drafted(letters, "acceptance_form", ABOUT, book.library)
    assert "建议清单第1项·结论" in [blank.field for blank in form.blanks]


def test_optional_parts_are_left_out_whole(book: Book, letters: Letters) -> None:
    said = words(advice(book, letters, copies=None).filled("某监建〔2022〕3号", DAY))
    assert "抄送" not in said and "附件" not in said
    assert "附件：清单、合同。" in words(
        advice(book, letters).told(附件=["清单", "合同。"]).filled("某监建〔2022〕3号", DAY)
    )


def test_what_a_person_says_goes_before_what_is_known(book: Book, letters: Letters) -> None:
    draft = advice(book, letters, contact=None).told(联系="办公室", 标题="关于某事的监察建议")
    assert draft.fields["标题"] == "关于某事的监察建议"
    assert "关于某事的监察建议" in words(draft.filled("某监建〔2022〕3号", DAY))


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("标题", "", "RK746"),
        ("标题", 3, "RK746"),
        ("回复期限", "2022年6月1日", "RK746"),
        ("抄送", "某区", "RK746"),
        ("问题清单", [{"事实": "一"}], "RK746"),
        ("主送单位", "某区", "RK745"),
    ],
)
def test_field_takes_only_what_fits_it(field: str, value: object, code: str, book: Book, letters: Letters) -> None:
    with pytest.raises(LetterError) as raised:
        advice(book, letters).told(**{field: value})
    assert codes(raised) == [code]


@pytest.mark.parametrize(
    ("words_of_it", "code"),
    [
        ("身份证110101199001010007", "RK741"),
        ("请{unit}整改", "RK742"),
        ("××单位", "RK742"),
        ("____单位", "RK742"),
        ("根据某纪[2022]3号", "RK743"),
        ("根据某纪（2022）03号", "RK743"),
        ("2022年04月06日查实", "RK743"),
        ("2022年4月06日查实", "RK743"),
        ("控制\x07字符", "RK744"),
    ],
)
def test_what_may_not_go_out_is_refused(words_of_it: str, code: str, book: Book, letters: Letters) -> None:
    draft = advice(book, letters, issues=(Found("合同失管", "制度建设薄弱点", words_of_it),))
    with pytest.raises(LetterError) as raised:
        draft.filled("某监建〔2022〕3号", DAY)
    assert set(codes(raised)) == {code}


def test_words_that_look_like_xml_or_tags_stay_words(book: Book, letters: Letters) -> None:
    found = Found("合同失管", "制度建设薄弱点", "A&B <w:p> “引号” 第一行\n第二行")
    assert "A&B <w:p> “引号” 第一行第二行" in words(
        advice(book, letters, issues=(found,)).filled("某监建〔2022〕3号", DAY)
    )


@pytest.mark.parametrize("number", [None, "某监建[2022]3号", "某监建〔2022〕03号", "某监建〔2022〕第3号", "3"])
def test_number_that_is_written_otherwise_is_refused(number: str | None, book: Book, letters: Letters) -> None:
    with pytest.raises(LetterError) as raised:
        advice(book, letters).filled(number, DAY)
    assert codes(raised) == ["RK747"]


def test_unissued_letter_is_marked_as_such(book: Book, letters: Letters, tmp_path: Path) -> None:
    saved = advice(book, letters).save(tmp_path / "稿.docx")
    said = words(saved.read_bytes())
    assert "某监建〔待编号〕" in said and "（待发文）" in said
    with pytest.raises(ValueError, match=r"\.docx"):
        advice(book, letters).save(tmp_path / "稿.doc")


def test_file_names_no_writer(book: Book, letters: Letters) -> None:
    with zipfile.ZipFile(io.BytesIO(advice(book, letters).filled("某监建〔2022〕3号", DAY))) as archive:
        said = archive.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in said
    assert "<dc:title>关于规范社有资产管理的监察建议</dc:title>" in said


def test_numbers_differ_by_series_and_files_by_number(book: Book, letters: Letters) -> None:
    made = {hashlib.sha256(advice(book, letters).filled(f"某监建〔2022〕{n}号", DAY)).digest() for n in range(1, 4)}
    assert len(made) == 3


def test_no_line_ends_within_a_number(book: Book, letters: Letters) -> None:
    filled = advice(book, letters, contact="办公室，电话0000-0000000，A-B<-1").filled("某监建〔2022〕3号", DAY)
    line = next(p for p in Document(io.BytesIO(filled)).paragraphs if "联系方式" in p.text)
    assert line.text.endswith("电话0000-0000000，A-B<-1。")
    assert "".join(text.text for text in line._p.iter(f"{W}t")).endswith("电话00000000000，A-B<-1。")


def test_unknown_letter_is_named(book: Book, letters: Letters) -> None:
    with pytest.raises(KeyError, match="supervision_advice"):
        drafted(letters, "advice", ABOUT, book.library)
