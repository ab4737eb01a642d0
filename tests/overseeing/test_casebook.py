"""The casebook holds what consents, says how many it leaves out and why, and is not written while it tells who it was."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

import reformkit as rk
from reformkit.keeping.rebuilding import PlainAct, write_export
from reformkit.overseeing.casebook_room import SIZES, type_for
from reformkit.overseeing.traces import KnownNames, traces
from reformkit.reporting.lengths import PageOfCase
from reformkit.text import Text
from reformkit.wording.section import Section
from reformkit.writing.preview import preview
from tests.books import bundled_book

TELLING = "联社主任王建国挪用货款，存入账户6222020200000000000，电话13812345678，证号110101199001010000"
WORDS = """
2022-点-002:
  改写:
    联社主任王建国: 联社负责人
    账户6222020200000000000，电话13812345678，证号110101199001010000: 个人账户
  可借鉴处: 收款和记账分由两人办理
"""
rendered = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdfinfo") is None, reason="LibreOffice or poppler is not installed"
)


WHO = {"by": "0042", "body": "sc1", "role": "handler"}
TEXT = "针对“库房未上会出租”问题，建议某区供销合作社联合社自收到本文书之日起90日内，逐宗清查合同。验收：合同已清查。"


@cache
def book() -> rk.Book:
    return bundled_book()


def item(number: int, issue: str, *, consent: bool | None = True, ended: str | None = None) -> list[PlainAct]:
    """An item of a point from its opening to the archive; `consent` None: it goes on; `ended`: it ends at once."""
    procedures = book().rulebook.procedures
    assert procedures is not None
    point, id, day = procedures.procedures["point"], f"2022-点-{number:03}", date(2022, 3, 4)
    text = {"sha256": point.digest, "name": "point.json", "bytes": len(point.text.encode())}
    unit = "某区供销合作社联合社"
    case = {
        "id": f"EX-{number:02}",
        "issue": issue,
        "unit": unit,
        "industry": "supply_coop",
        "unit_kind": "institution",
    }
    found = {"cause": "institution.outdated", "label": "制度陈旧", "evidence": "库房未上会出租"}
    opened = {"procedure": "point", "text": text, "source": "case", "case": case, "unit": unit, "issues": [found]}
    asked = {"id": f"{id}-1", "text": TEXT, "measure": "IN-06", "criteria": [{"id": f"{id}-1.1", "text": "合同已清查"}]}
    name = {"number": f"甲〔2022〕{number}号", "series": "甲〔2022〕", "year": 2022, "serial": number}
    paper = {"sha256": f"{number:064}", "name": "排查表", "bytes": 1, "dated": "2022-05-06", "got": "2022-05-06"}
    acts = [("opened", opened | {"responsible_unit": unit}), ("issued", {"step": "letters", "letter": "supervision_advice", "to": [unit], "suggestions": [asked], **name}), ("received", {"number": name["number"], "unit": unit}), ("result", {"what": "risk_point", "count": 9}), ("judged", {"suggestion": f"{id}-1", "criterion": f"{id}-1.1", "met": True}), ("accepted", {"step": "acceptance"}), ("visited", {"step": "revisit_1", "ok": True}), ("visited", {"step": "revisit_2", "ok": True}), ("done", {"step": "archive", "consent": bool(consent), "ended": "archived"})]  # fmt: skip
    acts = [acts[0], ("ended", {"state": ended})] if ended else acts[:-1] if consent is None else acts
    days = [day + timedelta(days=30 * place) for place in range(len(acts))]
    evidence = {"result": [paper]}
    return [PlainAct(id, on, {"kind": kind, "v": 1, "on": on.isoformat(), "data": data, "evidence": evidence.get(kind, []), **WHO}) for on, (kind, data) in zip(days, acts, strict=True)]  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rk.Ledger]:
    """Two archived with consent (the second tells who it was), one without, one that goes on, one not started."""
    folder = tmp_path_factory.mktemp("casebook")
    items = [item(1, "低价出租社有房产"), item(2, TELLING), item(3, TELLING, consent=False)]
    items += [item(4, TELLING, consent=None), item(5, TELLING, ended="declined")]
    write_export(folder / "a.jsonl", sorted((act for acts in items for act in acts), key=lambda act: act.written))
    with rk.Ledger.restore(folder / "a.jsonl", folder / "a.ledger", book(), rk.Office.example()) as opened:
        yield opened


@pytest.fixture
def words(tmp_path: Path) -> Path:
    (tmp_path / "改写.yaml").write_text(WORDS, encoding="utf-8")
    return tmp_path / "改写.yaml"


def test_nothing_is_written_while_a_text_tells_who_it_was(ledger: rk.Ledger, tmp_path: Path) -> None:
    casebook = ledger.casebook()
    with pytest.raises(rk.LetterError) as raised:
        casebook.save(tmp_path / "案例汇编.docx")
    told = {(problem.values["field"].zh, problem.values["what"].zh) for problem in raised.value.problems}
    assert {kind for _, kind in told} == {"电话号码", "账号或者其他长号码", "人名", "证件号码"}
    assert "110101199001010000" not in "".join(str(problem) for problem in raised.value.problems)
    assert {field for field, _ in told} == {"案情概要"}
    assert all(problem.values["item"] == "2022-点-002" for problem in raised.value.problems)
    assert list(tmp_path.iterdir()) == []


def test_words_are_replaced_and_the_front_page_says_what_is_left_out(
    ledger: rk.Ledger, words: Path, tmp_path: Path
) -> None:
    casebook = ledger.casebook(words=words)
    assert casebook.problems == ()
    text = casebook.save(tmp_path / "案例汇编.txt").read_text("utf-8")
    assert "联社负责人挪用货款，存入个人账户" in text
    assert "收款和记账分由两人办理" in text
    assert "没有收录的有3项：未同意收录1项，尚未归档1项，未启动、终止或并入他项1项。" in text
    assert "IN-06 资产资源清查与公开处置：案例1、案例2" in text
    assert "供销：案例1、案例2" in text
    assert "：案例1、案例2" in text.partition("按症结方向索引")[2]
    assert "排查廉政风险点9个" in text
    for told in ("王建国", "13812345678", "2022-点-00", "EX-0"):
        assert told not in text
    page = casebook.save(tmp_path / "案例汇编.html", lang="en").read_text("utf-8")
    assert page.count('<section class="page">') == 3
    assert not re.search(r"<script|https?://|@import", page)
    with pytest.raises(ValueError, match=r"\.pdf"):
        casebook.save(tmp_path / "案例汇编.pdf")


def test_a_case_may_be_left_out_by_the_office_and_what_is_not_used_is_said(ledger: rk.Ledger, tmp_path: Path) -> None:
    path = tmp_path / "改写.yaml"
    path.write_text(
        "2022-点-002: {omit: 当事人在申诉}\n2022-点-001: {replace: {甲乙丙: 某人}}\n2022-点-077: {lesson: 无}\n",
        "utf-8",
    )
    casebook = ledger.casebook(words=path)
    assert [case.item for case in casebook.cases] == ["2022-点-001"]
    assert casebook.left_out[Text("机关决定不收录", "left out by the office")] == 1
    assert [(problem.code, problem.line) for problem in casebook.problems] == [("RK834", 2), ("RK834", 3)]
    path.write_text("2022-点-002: {repace: {a: b}}\n", "utf-8")
    with pytest.raises(rk.LetterError) as raised:
        ledger.casebook(words=path)
    assert [problem.code for problem in raised.value.problems] == ["RK120"]


def test_a_period_is_that_of_the_archive(ledger: rk.Ledger) -> None:
    year = next(item for item in ledger.items() if item.id == "2022-点-001").standing.ended_on
    assert year is not None
    before = ledger.casebook(str(year.year - 1))
    assert (before.cases, before.problems) == ((), ())
    assert len(ledger.casebook(str(year.year)).cases) == 2
    with pytest.raises(ValueError, match="no period"):
        ledger.casebook("22")


@rendered
def test_each_case_takes_one_page(ledger: rk.Ledger, words: Path, tmp_path: Path) -> None:
    data = ledger.casebook(words=words).save(tmp_path / "案例汇编.docx").read_bytes()
    (pdf,) = preview(data, tmp_path / "案例汇编.pdf").paths
    said = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    pages = said.split("\f")[:-1]
    assert len(pages) == 3
    for number, page in enumerate(pages[1:], 1):
        assert re.sub(r"\s", "", page).startswith(f"案例{number}")


def _page(lines: int, wide: int) -> PageOfCase:
    section = Section(Text.same("一、案情概要"), [Text.same("国" * wide)] * lines)
    return PageOfCase(Text.same("案例1　供销：资产清查"), [section])


def test_type_grows_smaller_as_a_case_grows_longer_until_no_page_holds_it() -> None:
    sizes = [type_for(_page(lines, 20)) for lines in range(5, 60, 5)]
    known = [SIZES.index(size) if size else len(SIZES) for size in sizes]
    assert known == sorted(known)
    assert (known[0], known[-1]) == (0, len(SIZES))


TOLD = {
    "局长王建国收受": ["人名 王建国"],
    "由张伟同志负责": ["人名 张伟"],
    "找王局长说情": ["人名 王局长"],
    "单位负责人为张红": ["人名 张红"],
    "欧阳建华先生": ["人名 欧阳建华"],
    "会计张丽的账户6222 0202 0000 0000 000": ["账号或者其他长号码 6222 0202 0000 0000 000", "人名 张丽"],
    "电话１３８ ００００ ００００": ["电话号码 138 0000 0000"],
    "座机0472-2345678": ["电话号码 0472-2345678"],
    "九监建〔2022〕12号": ["文号或者案号 九监建〔2022〕12号"],
    "蒙B·12345": ["车牌号 蒙B·12345"],
    "内蒙古鹿城建设有限责任公司虚开": ["企业全称 内蒙古鹿城建设有限责任公司"],
    "鹿城区白音镇卫生院": ["单位或者地方全称 鹿城区白音镇卫生院"],
    "91150207MA0N0000XA": ["统一社会信用代码 91150207MA0N0000XA"],
    "证号110101 19900101 0000": ["证件号码 ********************"],
}
SILENT = ("局长王某某、李某与某区供销社", "担任书记期间首先表态", "项目负责人到场签字", "会计周期、当事人陈述、主任何时审批", "2022年3月，欠租27.6万元，9张变更签证", "包头市某某有限公司", "出纳管理印章、校长章程")  # fmt: skip


def test_what_tells_who_it_was_is_found_and_plain_words_are_left_alone() -> None:
    names = KnownNames(["鹿城区白音镇卫生院", "某区供销社", "区"])
    found = {text: [f"{trace.kind.zh} {trace.words}" for trace in traces(text, names)] for text in TOLD}
    assert found == TOLD
    assert [text for text in SILENT if traces(text, names)] == []


def test_no_text_of_the_library_looks_as_if_it_told_who_it_was() -> None:
    library = book().library
    assert library is not None
    for measure in library.measures.values():
        for text in (measure.title, measure.text, *measure.accept, *(v.text for v in measure.variants if v.text)):
            assert traces(text.zh, KnownNames()) == [], measure.id
