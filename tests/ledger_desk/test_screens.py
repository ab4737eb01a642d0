"""The desk over a ledger: items, acts with papers, letters, dispatch, figures, comparison; what is refused is shown."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest

import reformkit as rk
from reformkit.desk.desk import Desk
from reformkit.desk.workspace import FolderWorkspace
from reformkit.ledger_desk.screens import ledger_screens
from tests.books import bundled_book
from tests.desk.asking import Browser
from tests.desk.conftest import small
from tests.practising.story import COORDINATOR, HANDLER, LEAD, OF_UNIT, Story, begun

ITEM = "2022-点-001"


def open_at(story: Story, account: str) -> Browser:
    """A desk over the story's ledger, on which one account works."""
    return Browser(Desk(small()), more=ledger_screens(story.ledger, account))


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    told = begun(tmp_path / "九原.ledger", tmp_path, bundled_book())
    yield told
    told.ledger.close()


def form_of(page: str, verb: str, step: str = "") -> dict[str, str]:
    """The hidden fields of a form of the page."""
    forms = re.findall(r'<form class="act".*?</form>', page, re.S)
    for form in forms:
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))
        if hidden.get("verb") == verb and (not step or hidden.get("step") == step):
            return hidden
    raise AssertionError(f"no form {verb} {step}")


def do(browser: Browser, verb: str, step: str = "", **words: str) -> tuple[int, str]:
    """Fill a form of the item's page and send it; where it leads, and what that page says."""
    hidden = form_of(browser.get(f"/items/{ITEM}").text, verb, step)
    answer = browser.post(f"/items/{ITEM}/acts", {**hidden, **words})
    if answer.status_code == 303:
        return 303, browser.get(answer.headers["location"]).text
    return answer.status_code, answer.text


def test_items_are_listed_and_found(story: Story) -> None:
    browser = open_at(story, HANDLER)
    page = browser.get("/items").text
    assert f'<a href="/items/{ITEM}">{ITEM}</a>' in page and "研判中" in page and "某区供销合作社联合社" in page
    assert 'href="/dispatch"' in page  # the menu has the other screens
    for query, there in (
        ({"state": "gating"}, None),
        ({"case": "EX-01"}, True),
        ({"case": "EX-02"}, False),
        ({"unit": "某区农牧局"}, False),
        ({"overdue": "1"}, False),
        ({"page": "7"}, False),
    ):
        found = browser.get(f"/items?{urlencode(query)}")
        assert found.status_code == 200
        assert there is None or (f">{ITEM}</a>" in found.text) is there, query
    assert browser.get("/items/2022-点-099").status_code == 404


def test_an_item_is_opened_from_a_case_that_the_desk_was_given_and_once_only(story: Story, tmp_path: Path) -> None:
    cases = "编号,问题来源,机关层级,处置形态,阶段,案发单位,责任单位,第一关意见\nN-1,立案案件,县级,第二种形态,审查调查中,某旗林草局,某旗林草局,通过\nN-2,立案案件,县级,第二种形态,查处中,,,\n"
    given = tmp_path / "cases.csv"
    given.write_text(cases, encoding="utf-8")
    desk = Desk(FolderWorkspace(Path("rules/jiuyuan"), bundled_book(), [given], locked=True))
    browser = Browser(desk, more=ledger_screens(story.ledger, HANDLER))
    page = browser.get("/opening").text
    assert '<option value="N-1">N-1 某旗林草局</option>' in page and "有1件没有读出" in page
    form = {"id": re.findall(r'name="id" value="([^"]*)"', page)[0], "case": "N-1", "on": str(story.day)}
    refused = browser.post("/opening", {**form, "on": "2031-01-01"})
    assert refused.status_code == 409 and "没有立项，原因如下：" in refused.text and "RK610" in refused.text
    first, again = (browser.post("/opening", form) for _ in range(2))
    assert first.status_code == 303 and first.headers["location"] == again.headers["location"]
    assert "2022-点-002" in browser.get(first.headers["location"]).text
    assert '<option value="N-1"' not in browser.get("/opening").text
    matter = {"title": "巡察移交", "unit": "某旗住建局", "on": str(story.day), "procedure": "inspection"}
    assert browser.post("/opening", matter).status_code == 303
    assert "没有编号为“Z-9”的案件" in browser.post("/opening", {"case": "Z-9"}).text


def test_a_step_is_done_by_its_form_and_a_retry_is_the_same_act(story: Story) -> None:
    browser = open_at(story, HANDLER)
    hidden = form_of(browser.get(f"/items/{ITEM}").text, "do", "register")
    first = browser.post(f"/items/{ITEM}/acts", {**hidden, "on": str(story.day)})
    again = browser.post(f"/items/{ITEM}/acts", {**hidden, "on": str(story.day)})
    assert (first.status_code, first.headers["location"]) == (303, again.headers["location"])
    assert "已记第2号：办结。" in browser.get(first.headers["location"]).text
    assert [act.kind for act in story.item.acts] == ["opened", "done"]


def test_what_is_refused_is_shown_with_all_its_reasons_and_the_words_stay(story: Story) -> None:
    browser = open_at(story, HANDLER)
    anchor = story.ledger.anchor()
    status, page = do(browser, "end", on="2022-01-01", reason="单位“撤并”<b>", late="")
    assert status == 409
    assert "没有记录，原因如下：" in page and "RK611" in page and "RK602" in page
    assert "单位“撤并”&lt;b&gt;" in page and "<b>单位" not in page
    english = browser.post(
        f"/items/{ITEM}/acts?_lang=en", {**form_of(browser.get(f"/items/{ITEM}").text, "end"), "on": "x", "reason": "r"}
    )
    assert english.status_code == 409 and "`x` is no day" in english.text
    assert story.ledger.anchor() == anchor


def test_an_act_on_an_item_that_moved_since_it_was_looked_at_is_refused(story: Story) -> None:
    browser = open_at(story, COORDINATOR)
    hidden = form_of(browser.get(f"/items/{ITEM}").text, "press")
    story.item.do("register", by=HANDLER, on=story.day)
    answer = browser.post(f"/items/{ITEM}/acts", {**hidden, "step": "first_gate", "on": str(story.day)})
    assert answer.status_code == 409 and "RK525" in answer.text


def test_papers_are_handed_in_and_go_with_an_act(story: Story) -> None:
    story.to_the_letters()
    story.receive(story.send())
    story.later(10)
    story.item.do("plan", by="u-12", on=story.day)
    story.later(20)
    browser = open_at(story, "u-12")
    octets = {"content-type": "application/octet-stream"}
    query = urlencode({"name": "C:\\材料\\排查表.txt", "dated": str(story.day)})
    sent = browser.post(f"/items/{ITEM}/papers?{query}", headers=octets, content="排查九处".encode())
    assert sent.status_code == 303
    empty = browser.post(f"/items/{ITEM}/papers?{query}", headers=octets, content=b"")
    assert empty.status_code == 409 and "文件没有内容" in empty.text
    page = browser.get(f"/items/{ITEM}").text
    assert "排查表.txt（" in page and "材料" not in page.split("排查表.txt")[0].rpartition(">")[2]
    files = story.folder / "files"
    before = sorted(files.rglob("*"))
    status, page = do(browser, "result", what="risk_point", count="九", on=str(story.day), paper="1")
    assert status == 409 and "须为整数" in page and sorted(files.rglob("*")) == before
    status, page = do(browser, "result", what="risk_point", count="9", on=str(story.day), paper="1")
    assert (status, story.item.acts[-1].evidence[0].name) == (303, "排查表.txt")
    assert "（待用" not in page and 'name="paper"' not in page
    status, page = do(browser, "result", what="risk_point", count="9", on=str(story.day), paper="1")
    assert status == 409 and "材料已经不在" in page
    browser.post(f"/items/{ITEM}/papers?{query}", headers=octets, content=b"more")
    assert browser.post(f"/items/{ITEM}/papers/back", {"paper": "2"}).status_code == 303
    assert 'name="paper"' not in browser.get(f"/items/{ITEM}").text


def test_a_letter_is_filled_drawn_up_and_issued(story: Story) -> None:
    story.to_the_letters()
    story.later(3)
    browser = open_at(story, LEAD)
    assert f'href="/items/{ITEM}/letters/supervision_advice"' in browser.get(f"/items/{ITEM}").text
    at = f"/items/{ITEM}/letters/supervision_advice"
    page = browser.get(at).text
    assert "发文时填入" in page and "某区供销合作社联合社" in page
    told = {"标题": "关于规范社有资产管理的监察建议"}
    page = browser.get(f"{at}?{urlencode(told)}").text
    assert "不能发出的原因" not in page and told["标题"] in page
    draft = browser.get(f"{at}/draft.docx?{urlencode(told)}")
    assert draft.content[:2] == b"PK" and "attachment" in draft.headers["content-disposition"]
    late = browser.post(at, {**told, "on": "2022-03-08", "id": "a"})
    assert late.status_code == 409 and "没有发文" in late.text and story.item.standing.letters == []
    sent = browser.post(at, {**told, "on": str(story.day), "id": "b"})
    assert sent.status_code == 303
    page = browser.get(sent.headers["location"]).text
    assert "某监建〔2022〕1号" in page and "未签收：" in page
    file = re.search(rf'href="(/items/{ITEM}/files/[0-9]+)"', page)
    assert file is not None
    assert browser.get(file[1]).content == story.ledger.file_of("某监建〔2022〕1号").read_bytes()
    assert browser.get(f"/items/{ITEM}/files/1").status_code == 404
    assert browser.get(f"/items/{ITEM}/letters/none").status_code == 404
    bad = browser.get(f"{at}?{urlencode({'reply_by': '下周'})}")
    assert bad.status_code == 200 and "“下周”不是日期" in bad.text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_letter_is_previewed(story: Story) -> None:
    story.to_the_letters()
    told = urlencode({"标题": "关于规范社有资产管理的监察建议"})
    seen = open_at(story, LEAD).get(f"/items/{ITEM}/letters/supervision_advice/preview.pdf?{told}")
    assert seen.content[:5] == b"%PDF-"


def test_the_dispatch_is_read_and_fetched(story: Story) -> None:
    browser = open_at(story, COORDINATOR)
    page = browser.get("/dispatch?as_of=2022-06-30").text
    sheet = story.ledger.dispatch(date(2022, 6, 30))
    assert sheet.overdue and "逾期" in page and f'href="/items/{ITEM}"' in page
    assert sheet.anchor.partition(":")[2] in page
    assert all(holder in page for row in sheet.overdue for holder in row.holders)
    assert browser.get("/dispatch/docx?as_of=2022-06-30").content[:2] == b"PK"
    assert browser.get("/dispatch/exe").status_code == 404
    for far in ("0001-01-01", "9999-12-31"):
        assert f"{far} 离今天太远" in browser.get(f"/dispatch?as_of={far}").text
    assert "“明天”不是日期" in browser.get(f"/dispatch?{urlencode({'as_of': '明天'})}").text


def test_figures_are_counted_and_published_ones_held_to_the_ledger(story: Story) -> None:
    browser = open_at(story, COORDINATOR)
    page = browser.get("/figures").text
    assert "研判案件" in page and "RK550" in page  # the published ones are of another ledger
    assert "研判案件" in browser.get("/figures?period=2022&by=layer").text
    assert "不是统计期" in browser.get(f"/figures?{urlencode({'period': '去年'})}").text
    picture = browser.get("/figures/months.svg?period=2022")
    assert picture.status_code == 200 and b"<svg" in picture.content
    assert browser.get("/figures/months.svg?period=x").status_code == 404


def test_a_table_of_indicators_is_set_beside_the_ledger(story: Story) -> None:
    browser = open_at(story, COORDINATOR)
    octets = {"content-type": "application/octet-stream"}

    def hand_in(name: str, text: str, by: str = "township") -> tuple[int, str]:
        query = urlencode({"name": name, "by": by, "period": ""})
        answer = browser.post(f"/comparison?{query}", headers=octets, content=text.encode())
        return answer.status_code, answer.text

    status, page = hand_in("指标.csv", "镇街,立案\n甲街道,3\n<script>,4\n")
    assert status == 200 and "甲街道" in page and "data:image/svg+xml;base64," in page and "<script>," not in page
    status, page = hand_in("指标.csv", "镇街,立案\n甲街道,三\n甲街道,3\n")
    assert status == 422 and "指标.csv:2" in page and "RK556" in page
    assert hand_in("指标.exe", "MZ")[0] == 422
    assert hand_in("../../etc/passwd", "镇街,立案\n")[0] == 422
    assert hand_in("指标.csv", "镇街,立案\n甲街道,3\n", by="moon")[0] == 422
    assert browser.get("/comparison").status_code == 200


def test_nothing_is_let_in_from_elsewhere(story: Story) -> None:
    browser = open_at(story, HANDLER)
    hidden = form_of(browser.get(f"/items/{ITEM}").text, "do", "register")
    anchor = story.ledger.anchor()
    foreign = browser.post(
        f"/items/{ITEM}/acts", hidden, headers={"sec-fetch-site": "cross-site", "origin": "http://evil.example"}
    )
    assert foreign.status_code == 403
    stranger = Browser(Desk(small()), enters=False, more=ledger_screens(story.ledger, HANDLER))
    assert stranger.get(f"/items/{ITEM}").status_code == 401
    assert story.ledger.anchor() == anchor
    assert isinstance(story.ledger, rk.Ledger)


def test_a_ledger_that_cannot_be_read_is_said_in_words(story: Story) -> None:
    browser = open_at(story, HANDLER)
    hidden = form_of(browser.get(f"/items/{ITEM}").text, "do", "register")
    path = story.folder / "九原.ledger"
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 20_000)
    for answer in (browser.get("/items"), browser.get("/dispatch"), browser.get("/figures")):
        assert answer.status_code == 503 and "台账现在读不了" in answer.text and "RK53" in answer.text
    sent = browser.post(f"/items/{ITEM}/acts", {**hidden, "on": str(story.day)})
    assert sent.status_code == 503 and "RK53" in sent.text


def test_what_a_form_says_of_the_account_is_not_believed(story: Story) -> None:
    browser = open_at(story, HANDLER)
    story.item.do("register", by=HANDLER, on=story.day)
    status, page = do(browser, "do", "first_gate", opinion="passed", on=str(story.day), by=COORDINATOR)
    assert status == 409 and "RK602" in page
    status, page = do(browser, "do", "first_gate", opinion="passed", on=str(story.day), id="x/2")
    assert status == 409 and "RK527" in page
    status, page = do(browser, "accept", on=str(story.day), **{"with": "u-12"})
    assert status == 409
    assert [act.kind for act in story.item.acts] == ["opened", "done"]
    big = browser.post(f"/items/{ITEM}/acts", headers={"content-type": "text/plain"}, content=b"x" * (2 << 20))
    assert big.status_code == 413


def test_a_casebook_is_shown_and_taken_once_nothing_tells_who_it_was(story: Story) -> None:
    story.to_acceptance()
    story.judge()
    story.accept()
    story.to_archive()
    browser = open_at(story, COORDINATOR)
    year = story.day.year
    page = browser.get("/casebook").text
    assert "以案促改案例汇编" in page and 'href="/casebook/docx"' in page
    file = browser.get(f"/casebook/docx?period={year}")
    assert file.status_code == 200 and file.content[:2] == b"PK"
    assert browser.get("/casebook/html").content.startswith(b"<!DOCTYPE html>")
    assert "不是统计期" in browser.get(f"/casebook?{urlencode({'period': '去年'})}").text
    assert browser.get(f"/casebook/docx?{urlencode({'period': '去年'})}").status_code == 404
    assert browser.get("/casebook/pdf").status_code == 404

    octets = {"content-type": "application/octet-stream"}
    query = urlencode({"name": "改写.yaml", "period": year})
    refused = browser.post(f"/casebook?{query}", headers=octets, content=f"{ITEM}: {{repace: {{a: b}}}}".encode())
    assert refused.status_code == 422 and "RK120" in refused.text and "改写.yaml:1" in refused.text
    assert "已按" not in browser.get("/casebook").text  # what cannot be read is not kept
    telling = f"{ITEM}: {{lesson: 联系王某某，电话 13800138000。}}"
    told = browser.post(f"/casebook?{query}", headers=octets, content=telling.encode())
    assert told.status_code == 200 and "RK833" in told.text and 'href="/casebook/docx' not in told.text
    assert browser.get("/casebook/docx").status_code == 422
    left_out = browser.post(f"/casebook?{query}", headers=octets, content=f"{ITEM}: {{omit: 当事人在申诉}}".encode())
    assert "已按 改写.yaml 改写字句" in left_out.text and "机关决定不收录" in left_out.text
    assert browser.get("/casebook/docx").status_code == 200


def test_years_are_periods_of_their_own_in_a_comparison(story: Story) -> None:
    browser = open_at(story, COORDINATOR)
    octets = {"content-type": "application/octet-stream"}

    def said(by: str, period: str) -> str:
        query = urlencode({"name": "指标.csv", "by": by, "period": period})
        return browser.post(f"/comparison?{query}", headers=octets, content="年度,立案\n2022,3\n".encode()).text

    assert "按年度比对的" in said("year", "2022")
    assert "不能按“moon”比对" in said("moon", "")
    assert "“去年”不是统计期" in said("township", "去年")


def test_a_receipt_is_entered_late_for_a_recipient_that_has_not_received(story: Story) -> None:
    story.to_the_letters()
    story.later(3)
    unit, other = story.item.standing.opened.responsible_unit, "某区农牧局"
    letter = story.item.letter("supervision_advice", to=[unit, other], 标题="关于规范社有资产管理的监察建议")
    number = letter.issue(by=LEAD, on=story.day)
    story.item.receive(number, by=OF_UNIT, on=story.day)
    received = story.day
    story.later(30)
    browser = open_at(story, HANDLER)
    page = browser.get(f"/items/{ITEM}").text
    form = next(form for form in re.findall(r'<form class="act".*?</form>', page, re.S) if 'value="receive"' in form)
    offered = re.search(r'<select name="unit".*?</select>', form, re.S)
    assert offered is not None and re.findall(r'value="([^"]+)"', offered[0]) == [other]
    octets = {"content-type": "application/octet-stream"}
    query = urlencode({"name": "送达回证.txt", "dated": str(received)})
    browser.post(f"/items/{ITEM}/papers?{query}", headers=octets, content="签收".encode())
    said = {"number": number, "unit": other, "on": str(received), "paper": "1"}
    status, page = do(browser, "receive", **said)
    assert status == 409 and "须写明补录理由" in page and f'value="{other}" selected' in page
    status, page = do(browser, "receive", **said, late="该局未设账号，回证后到")
    assert status == 303 and "补录：该局未设账号，回证后到" in page
    assert story.item.standing.letters[0].received == {unit: received, other: received}
    assert story.item.standing.letters[0].unreceived == ()
