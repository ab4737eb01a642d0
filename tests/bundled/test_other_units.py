"""A finding may be about another unit than that of the case: the suggestion goes to it, worded and cited for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import reformkit as rk

TOWN = "某旗丁镇人民政府"
OWN = {"cause": "supervision.grassroots_power", "matter": "subsidy", "evidence": "名额由一人提名"}
ABOVE = {
    "cause": "supervision.eligibility_check",
    "matter": "subsidy",
    "evidence": "镇里未入户核对",
    "unit": TOWN,
    "unit_kind": "local_committee",
}
VILLAGE = {
    "id": "他单位",
    "origin": "filed_case",
    "authority_level": "county",
    "stage": "under_investigation",
    "coordinator_gate": "passed",
    "unit": "某旗丁镇某嘎查",
    "responsible_unit": "某旗丁镇党委",
    "township": "丁镇",
    "unit_kind": "village",
    "industry": "village",
}


def assessed(book: rk.Book, *findings: dict[str, str], **facts: Any) -> rk.Assessment:
    return book.assess({**VILLAGE, **facts, "findings": list(findings)}, history=[])


def test_each_unit_is_asked_for_what_was_found_in_it(book: rk.Book) -> None:
    own, theirs = assessed(book, OWN, ABOVE).recommendations
    assert (own.measure.id, theirs.measure.id) == ("IN-05", "IN-05")
    assert "建议某旗丁镇党委督促某旗丁镇某嘎查自收到本文书" in own.text
    assert f"针对“镇里未入户核对”问题，建议{TOWN}自收到本文书" in theirs.text
    assert [f.evidence for f in own.findings] == ["名额由一人提名"]
    assert [f.unit for f in theirs.findings] == [TOWN]
    assert "村党组织" in own.lead.zh
    assert "村党组织" not in theirs.lead.zh
    assert "村里受理" in own.text  # the wording of a village is for the village
    assert "村里受理" not in theirs.text


def test_the_law_cited_is_the_law_of_that_unit(book: rk.Book) -> None:
    village = {"cause": "supervision.disclosure_lacking", "matter": "finance", "evidence": "未公示"}
    own, theirs = assessed(
        book, village, {**village, **{k: ABOVE[k] for k in ("unit", "unit_kind")}, "industry": "general"}
    ).recommendations
    assert {"L24", "L25"} & {c.citation.ref for c in own.basis}
    assert {c.citation.ref for c in theirs.basis if c.citation.ref} == {"L23"}


def test_a_unit_of_unknown_kind_gets_the_general_wording(book: rk.Book) -> None:
    nameless = {"cause": "supervision.industry_vacuum", "evidence": "三年未检查", "unit": "某旗某局"}
    (theirs,) = assessed(book, nameless).recommendations
    assert theirs.lead == theirs.measure.lead
    assert theirs.suggestions[0].text.startswith("针对“三年未检查”问题，建议某旗某局自")


def test_a_kind_without_a_name_leaves_a_blank_that_is_seen(book: rk.Book) -> None:
    (theirs,) = assessed(book, {"cause": "supervision.industry_vacuum", "unit_kind": "department"}).recommendations
    assert "建议〔所涉单位：待填〕自" in theirs.text


def test_the_unit_of_the_case_named_again_is_the_unit_of_the_case(book: rk.Book) -> None:
    again = {**OWN, "unit": "某旗丁镇 某嘎查"}
    assert assessed(book, again).recommendations[0].text == assessed(book, OWN).recommendations[0].text


def test_memo_and_letter_say_who_is_to_do_what(book: rk.Book) -> None:
    a = assessed(book, OWN, ABOVE)
    memo = a.explain("zh")
    heading = "补贴、补偿和项目资金全流程监管（IN-05）"
    assert (f"1. {heading}\n" in memo, f"2. {heading}：对{TOWN}\n" in memo) == (True, True)
    assert f"2. 补贴、补偿和项目资金全流程监管：对{TOWN}（" in a.short("zh")
    assert f"镇里未入户核对（所涉单位：{TOWN}）" in memo
    assert f"{TOWN}：落实上列“补贴、补偿和项目资金全流程监管”中针对本单位问题的建议" in memo
    assert "整改主体：某旗丁镇某嘎查党组织、村民委员会；督促：某旗丁镇党委" in memo


def test_no_unit_of_its_own_changes_nothing(book: rk.Book, examples: dict[str, rk.Case]) -> None:
    for case in examples.values():
        plain = {**case.to_dict(), "findings": [
            {k: v for k, v in f.items() if k not in ("unit", "unit_kind", "industry")}
            for f in case.to_dict().get("findings", [])
        ]}  # fmt: skip
        for r in book.assess(plain, history=[]).recommendations:
            assert r.ground.other is None


def test_every_way_in_says_the_same(tmp_path: Path, book: rk.Book) -> None:
    case = {**VILLAGE, "findings": [OWN, ABOVE]}
    wanted = book.assess(case, history=[]).to_dict()["recommendations"]
    said = "编号: 他单位\n" + "".join(
        f"{book.fields[name].label.zh}: {value}\n" for name, value in VILLAGE.items() if name != "id"
    )
    said += "剖析发现:\n  - {症结: 小微权力失管, 事项: 补贴救助, 证据: 名额由一人提名}\n"
    said += f"  - {{症结: 资格核验流于形式, 事项: 补贴救助, 证据: 镇里未入户核对, 所涉单位: {TOWN}, 单位类型: 街道、乡镇党委政府}}\n"
    for name, text in (("a.yaml", said), ("b.json", json.dumps(case)), ("c.jsonl", json.dumps(case))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (read,) = book.read_cases(tmp_path / name)
        assert book.assess(read, history=[]).to_dict()["recommendations"] == wanted, name
    frame = book.assess_frame(pl.DataFrame([case]), texts=True)
    assert frame.get_column("texts").to_list() == [[r["text"]["zh"] for r in wanted]]
    assert frame.get_column("measures").to_list() == [["IN-05"]]


@pytest.mark.parametrize("file", sorted((Path(__file__).parents[2] / "examples" / "cases").glob("0[678]*.yaml")))
def test_reform_without_a_case_names_no_one_who_handles_a_case(book: rk.Book, file: Path) -> None:
    (case,) = book.read_cases(file)
    a = book.assess(case, history=[])
    for words in (a.explain("zh"), a.annex("zh")):
        duties = words.partition("、责任分工")[2].partition("以上由哪个机构承担")[0]
        assert "促改牵头部门：对口监督检查室" in duties
        for out_of_place in ("承办", "第二关", "审查调查室"):
            assert out_of_place not in duties


PAPERS = ["账册", "采购合同、付款凭证", "询问笔录和银行流水", "现金日记账。"]
PROBLEMS = ["未公示", "三年未签合同", "会计一人保管全部印章和票据", "伪造收据", "验收单均为一人补签"]


@pytest.mark.parametrize("evidence", [*PAPERS, *PROBLEMS])
def test_the_name_of_a_paper_is_no_problem_and_its_blank_is_seen(book: rk.Book, evidence: str) -> None:
    finding = {"cause": "institution.contract_rules", "matter": "contract", "evidence": evidence}
    (recommended,) = assessed(book, finding).recommendations
    if evidence in PAPERS:
        shown = evidence.strip("。")
        assert f"针对“合同失管”这一症结〔问题表现：待填；证据：{shown}〕，建议" in recommended.text
    else:
        assert f"针对“{evidence}”问题，建议" in recommended.text
