"""The one file as people open it: by a double click, without a network; a first answer, a year, the desk, in both languages."""

from __future__ import annotations

import os
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.bundling.conftest import CHROMIUM, ROOT

AXE = ROOT / "tests" / "desk" / "axe.min.js"
MOST_BYTES = 16_000_000
LETTER = {"机关": "某区", "主送": "某区联社", "回复期限": "2022-12-01", "联系": "第一室", "回复机构": "第一室"}

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium: apt-get install chromium fonts-noto-cjk (.ci/run does)"
)


@pytest.fixture(scope="module")
def page(file: Path) -> Iterator[Any]:
    """The page, ready; what the console says against it, or what it would fetch, is a failure in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        sandbox = [] if not hasattr(os, "geteuid") or os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(60_000)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: request.url.startswith(("file:", "blob:")) or said.append(request.url))
        page.goto(file.as_uri(), wait_until="commit")
        page.locator("html[data-ready], html[data-failed]").wait_for()
        assert page.get_attribute("html", "data-failed") is None, page.text_content("#step")
        yield page
        browser.close()
    assert said == []


DROP = """([name, data]) => {
  const moved = new DataTransfer(), bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  moved.items.add(new File([bytes], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.querySelector("#drop").dispatchEvent(new DragEvent(kind, { dataTransfer: moved, bubbles: true, cancelable: true }));
}"""


def drop(page: Any, name: str, data: bytes) -> None:
    """Drop a file on the page, and wait until it is read or refused."""
    page.evaluate(DROP, [name, b64encode(data).decode()])
    page.locator("#told:not(:has-text('…'))").wait_for(state="attached")


def faults(frame: Any) -> list[str]:
    """What axe-core finds against a frame as it is."""
    frame.evaluate(f"{AXE.read_text('utf-8')};undefined")
    found = frame.evaluate(
        "async () => (await axe.run('html', {resultTypes: ['violations'], iframes: false})).violations"
    )
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def test_the_file_is_small_enough_for_a_mail(file: Path) -> None:
    assert file.stat().st_size < MOST_BYTES


def test_a_case_is_asked_about_until_it_is_decided(page: Any) -> None:
    page.click("#question button:text-is('立案案件')")
    page.click("#question button:text-is('市级')")
    for _ in range(12):
        if "尚不能确定" not in page.locator("#paper .sums li:has-text('是否启动以案促改') b").inner_text():
            break
        page.locator("#question .answers button").first.click()
    assert "问题来源：立案案件" in page.inner_text("#facts")
    assert page.locator("#trouble").is_hidden()
    page.click("#language")
    assert "What would change it" in page.inner_text("#paper")
    page.click("#language")


def test_a_dropped_table_is_summed_up_and_one_of_its_cases_taken_up(page: Any) -> None:
    page.click("nav button[data-view=many]")
    page.set_input_files("#files", ROOT / "examples" / "year" / "cases.csv")
    page.locator("#read").wait_for()
    page.click("#sum-up")
    page.locator("#year h1").wait_for()
    assert "案件146件" in page.inner_text("#year")
    page.select_option("#cases", "2022-002")
    page.click("#open-case")
    assert "2022-002" in page.inner_text("#paper h1")
    with page.expect_download() as download:
        page.click("#save-page")
    assert "2022-002" in Path(download.value.path()).read_text("utf-8")


def test_a_letter_is_drafted_and_saved_as_a_word_file(page: Any) -> None:
    page.click("nav button[data-view=many]")
    page.set_input_files("#files", next(ROOT.glob("examples/cases/01-*.yaml")))
    page.locator("#paper h1:has-text('EX-01')").wait_for()
    page.click("#letters summary")
    page.select_option("#kind", "supervision_advice")
    assert page.locator("#asked .lacking").count() == 5 and page.is_disabled("#save-letter")
    for name, words in LETTER.items():
        page.fill(f"#asked [name={name}]", words)
        page.press(f"#asked [name={name}]", "Tab")
    page.locator("#save-letter:enabled").wait_for()
    with page.expect_download() as download:
        page.click("#save-letter")
    assert download.value.suggested_filename == "监察建议书（草稿）-EX-01.docx"
    body = zipfile.ZipFile(download.value.path()).read("word/document.xml").decode()
    assert "某区监察委员会文件" in body and "3号库房连续6年未评估" in body and "〔待编号〕" in body


def test_a_file_that_is_dropped_is_read_or_refused_in_words(page: Any) -> None:
    page.click("nav button[data-view=many]")
    drop(page, "p.png", b"\x89PNG")
    assert "没有读入“p.png”" in page.inner_text("#trouble")
    drop(page, "cases.csv", (ROOT / "examples" / "year" / "cases.csv").read_bytes())
    page.locator("#number:has-text('146')").wait_for()
    assert page.locator("#trouble").is_hidden()


def test_the_workbook_that_it_gives_is_taken_back(page: Any, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.click("#template")
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book["案件"]
    heads = [cell.value for cell in sheet[1]]
    for name, value in {"编号": "B-7", "问题来源": "立案案件"}.items():
        sheet.cell(2, heads.index(name) + 1, value)
    book.save(tmp_path / "filled.xlsx")
    drop(page, "filled.xlsx", (tmp_path / "filled.xlsx").read_bytes())
    page.locator("#paper h1:has-text('B-7')").wait_for()
    assert "问题来源：立案案件" in page.inner_text("#facts")


def test_the_desk_shows_tables_and_the_effect_of_an_edit(page: Any) -> None:
    page.click("nav button[data-view=many]")
    drop(page, "cases.csv", (ROOT / "examples" / "year" / "cases.csv").read_bytes())
    page.click("nav button[data-view=desk]")
    frame = page.frame_locator("#frame")
    frame.locator("#grid").wait_for()
    assert "STA-G2" in frame.locator("#grid").inner_text()
    frame.locator("nav a", has_text="促改层次").click()
    frame.locator("#grid:has-text('LAY-')").wait_for()
    frame.locator("nav a", has_text="参数").click()
    threshold = frame.locator("#value-line_cases-0")
    threshold.fill("3")
    threshold.press("Tab")
    frame.locator("#effect:has-text('共 146 件')").wait_for()  # the table that was dropped before
    frame.locator("#effect-fixtures", has_text="未过").wait_for()
    frame.locator("#effect-mutants .unnoticed li").first.wait_for()
    with page.expect_download() as download:
        page.click("#save-rules")
    page.click("nav button[data-view=many]")
    drop(page, "rules.zip", Path(download.value.path()).read_bytes())
    page.locator("#told", has_text="已打开规则册").wait_for()
    page.click("nav button[data-view=desk]")
    frame.locator("nav a", has_text="参数").click()
    assert frame.locator("#value-line_cases-0").input_value() == "3"


def test_files_are_handed_in_to_the_desk_of_the_file(page: Any, tmp_path: Path) -> None:
    page.click("nav button[data-view=desk]")
    frame = page.frame_locator("#frame")
    frame.locator("nav a", has_text="年度").click()
    frame.locator("#given").set_input_files(ROOT / "examples" / "year" / "cases.csv")
    frame.locator("#year-title", has_text="2022年").wait_for()
    frame.locator("nav a", has_text="Excel").click()
    (tmp_path / "规则.xlsx").write_bytes(b"PK")
    frame.locator("#given").set_input_files(tmp_path / "规则.xlsx")
    frame.locator("h3", has_text="规则.xlsx").wait_for()
    assert "RK872" in frame.locator("#workbook").inner_text()
    frame.locator("form[action='/workbook/drop'] button").click()
    frame.locator("h3", has_text="规则.xlsx").wait_for(state="detached")


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_no_view_has_a_fault_that_axe_finds_in_either_language(page: Any, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.click("nav button[data-view=many]")
    drop(page, "cases.csv", (ROOT / "examples" / "year" / "cases.csv").read_bytes())
    page.locator("#number:has-text('146')").wait_for()
    page.click("#sum-up")
    page.locator("#year h1").wait_for()
    for _ in range(2 if size[0] > 1000 else 1):
        for view in ("assess", "many", "desk", "about"):
            page.click(f"nav button[data-view={view}]")
            assert faults(page.main_frame) == [], view
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.click("nav button[data-view=desk]")
        page.frame_locator("#frame").locator("#tablebox, #parameters, main").first.wait_for()
        assert faults(page.frames[1]) == []
        page.click("#language")
    page.evaluate("document.documentElement.lang === 'en' && document.querySelector('#language').click()")


def test_on_a_telephone_nothing_is_wider_than_the_screen(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("nav button[data-view=assess]")
    box = page.locator("#paper").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.set_viewport_size({"width": 1366, "height": 768})
