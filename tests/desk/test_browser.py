"""The desk in a browser, as a newcomer meets it: by mouse, by keyboard, on three sizes, in both languages, on paper."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.books import bundled_book
from tests.practising.story import COORDINATOR, begun

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(__file__).with_name("axe.min.js")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SIZES = {"desk": (1366, 768), "large": (1920, 1080), "phone": (390, 844)}
LINE = "#value-line_cases-0"

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium: apt-get install chromium fonts-noto-cjk (.ci/run does)"
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bundled rules, which may be written to."""
    top = tmp_path_factory.mktemp("rules")
    for name in ("rules", "measures"):
        shutil.copytree(ROOT / name, top / name)
    return top / "rules" / "jiuyuan"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of one item whose letter was sent, and the files of its office beside it."""
    folder = tmp_path_factory.mktemp("ledger")
    story = begun(folder / "a.ledger", folder, bundled_book())
    with story.ledger:
        story.to_the_letters()
        story.send()
    return folder / "a.ledger"


@pytest.fixture(scope="module")
def page(rules: Path, ledger: Path) -> Iterator[Any]:
    """A page of the one browser of this file, let in by the address that the command printed; whatever the console
    says against it is a failure in the end."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "reformkit", "desk", "--rules", rules, "--cases", "examples/year/cases.csv"]
    command += ["--cases", "tests/cases/rows.cases.yaml", "--no-open"]
    command += ["--ledger", ledger, "--office", "rules/office.yaml", "--as", COORDINATOR]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, env=env) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/#\S+", process.stdout.readline())
        assert found is not None
        address = found[0]
        with sync_playwright() as playwright:
            sandbox = [] if not hasattr(os, "geteuid") or os.geteuid() else ["--no-sandbox"]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox)
            context = browser.new_context(base_url=address.partition("/#")[0], viewport=_size("desk"))
            page = context.new_page()
            page.set_default_timeout(20_000)
            said: list[str] = []
            page.on("console", lambda message: said.append(message.text) if message.type != "log" else None)
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("request", lambda request: _is_ours(request.url, address) or said.append(request.url))
            page.goto(address)
            page.locator("#tablebox").wait_for()
            yield page
            browser.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert said == []


def _size(name: str) -> dict[str, int]:
    width, height = SIZES[name]
    return {"width": width, "height": height}


def _is_ours(url: str, address: str) -> bool:
    return url.startswith((address.partition("#")[0], "data:"))


def faults(page: Any, within: str = "html") -> list[str]:
    """What axe-core finds against the page as it is, or a part of it."""
    page.evaluate(f"{AXE.read_text('utf-8')};undefined")
    found = page.evaluate("within => axe.run(within, {resultTypes: ['violations']})", within)["violations"]
    return [f"{one['id']}: {node['html'][:120]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def look(page: Any, name: str) -> None:
    """Keep a picture where the environment names a folder for them."""
    if folder := os.environ.get("REFORMKIT_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", caret="initial")


def test_a_newcomer_changes_a_number_reads_what_it_does_saves_and_takes_it_back(page: Any, rules: Path) -> None:
    before = (rules / "parameters.yaml").read_bytes()
    page.goto("/")
    page.get_by_role("link", name="参数").click()
    page.fill(LINE, "3")
    page.press(LINE, "Tab")
    page.locator("#effect-cases .moves", has_text="28 件").wait_for()
    assert "线" in page.locator("#effect-cases").inner_text()
    page.locator("#effect-mutants").wait_for()
    assert faults(page) == []
    look(page, "parameters")
    assert (rules / "parameters.yaml").read_bytes() == before
    page.locator("#save").click()
    page.locator("#sheet .diff .new").wait_for()
    page.fill("#note", "线的阈值由2改为3，先试行")
    assert faults(page) == []
    look(page, "save")
    page.locator("#do-save").click()
    page.locator("#was-saved").wait_for()
    assert b"value: 3, since" in (rules / "parameters.yaml").read_bytes()
    page.locator("#unsave").click()
    page.locator("#was-saved").wait_for(state="detached")
    assert (rules / "parameters.yaml").read_bytes() == before


def test_everything_can_be_done_by_keyboard(page: Any) -> None:
    keys = page.keyboard
    page.goto("/d/startup")
    page.locator("#question a").first.wait_for()
    keys.press("n")  # the next question, and its first answer
    keys.press("Enter")
    page.locator("td.holds, td.fails").first.wait_for()
    assert "origin=" in page.url
    page.locator("#grid tbody th").first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "End", "ArrowLeft", "Home", "ArrowRight", "ArrowRight"):
        keys.press(key)
    cell = page.locator("#grid tbody td:focus")
    assert (cell.get_attribute("data-fact"), page.locator('#grid [tabindex="0"]').count()) == ("authority_level", 1)
    keys.press("Enter")
    keys.type("县级")
    keys.press("Escape")
    assert page.locator("#staged b").count() == 0
    keys.press("Enter")
    keys.press("Control+a")
    keys.type("县级")
    keys.press("Enter")
    page.locator("#effect-regions").wait_for()
    assert page.locator("#grid tbody td:focus").get_attribute("data-words") == "县级"
    keys.press("Control+z")
    page.locator("#staged b").wait_for(state="detached")
    page.locator("html.scripted #tablebox").wait_for()
    keys.press("/")
    keys.type("STA-C1")
    assert page.locator("#grid tbody tr:visible").count() == 1
    keys.press("Escape")
    page.locator("#grid tbody th").nth(3).focus()
    keys.press("?")
    page.locator("#keys[open]").wait_for()
    assert faults(page) == []
    keys.press("Escape")
    keys.press("Enter")  # on the id of a rule: its text
    page.locator(".cm-content").wait_for()


def test_a_word_that_does_not_exist_is_underlined_as_one_types(page: Any) -> None:
    page.goto("/d/startup?_rule=STA-G2")
    page.locator(".cm-line", has_text="then:").click()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type('pe"')
    page.locator(".cm-lintRange-error").wait_for()
    assert page.locator(".cm-lintRange-error").inner_text() == '"nope"'
    assert "RK165" in page.locator("#notes").inner_text()
    assert faults(page) == []
    look(page, "problem")
    page.keyboard.press("Enter")
    page.keyboard.type("coordinator")  # a word is offered with what it means
    offered = page.locator(".cm-tooltip-autocomplete li").first
    offered.wait_for()
    assert "第一关意见" in offered.inner_text()
    page.keyboard.press("Escape")
    other = page.context.new_page()  # a second window on the same rule is told, and shown both texts
    other.goto("/d/startup?_rule=STA-G2")
    page.keyboard.type("  # one")
    page.locator("#effect").wait_for()
    page.wait_for_load_state("networkidle")
    other.locator(".cm-line", has_text="then:").click()
    other.keyboard.press("End")
    other.keyboard.type("  # two")
    other.locator("#stale").wait_for()
    assert "# one" in other.locator("#stale pre").first.inner_text() and "# two" in other.locator("#stale").inner_text()
    other.close()
    page.bring_to_front()
    page.locator("#undo").click()  # all that was typed in one window is one edit
    page.locator("#staged b").wait_for(state="detached")


def test_a_workbook_is_taken_out_changed_and_taken_back_by_keyboard_and_mouse(page: Any, tmp_path: Path) -> None:
    import openpyxl

    page.goto("/workbook")
    with page.expect_download() as began:
        page.locator("#take-out").press("Enter")
    rules = openpyxl.load_workbook(BytesIO(began.value.path().read_bytes()))
    sheet = rules["参数"]
    at = next(row for row in sheet.iter_rows() if row[0].value == "line_cases")
    number = next(cell for cell in at if cell.value in (2, "2"))
    number.value = 3
    rules.save(tmp_path / "改 <b>.xlsx")
    page.set_input_files("#given", tmp_path / "改 <b>.xlsx")
    page.locator("#workbook h3", has_text="改 <b>.xlsx").wait_for()
    page.get_by_role("link", name="看影响").click()
    page.locator("#workbook td .region").first.wait_for()
    assert faults(page) == []
    look(page, "workbook")
    page.locator("#take").press("Enter")
    page.locator("#sheet .diff .new", has_text="3").first.wait_for()
    page.locator("button", has_text="放弃全部").click()
    page.locator("#staged b").wait_for(state="detached")
    page.goto("/workbook")
    (tmp_path / "坏.xlsx").write_bytes(b"<script>alert(1)</script>")
    page.set_input_files("#given", tmp_path / "坏.xlsx")
    page.locator("#workbook .problem code").first.wait_for()
    assert faults(page) == []
    page.locator("form[action='/workbook/drop'] button").click()


def test_a_file_is_handed_in_to_see_its_year(page: Any, tmp_path: Path) -> None:
    page.goto("/year?_lang=zh")
    text = (
        (ROOT / "examples" / "year" / "cases.csv")
        .read_text("utf-8-sig")
        .replace("2021-", "2018-")
        .replace("2022-", "2019-")
        .replace("2023-", "2020-")
    )
    (tmp_path / "往年.csv").write_text(text, encoding="utf-8")
    page.locator("#given").set_input_files(tmp_path / "往年.csv")
    page.locator("#year-title", has_text="2019年").wait_for()
    assert page.locator("#year-file").input_value() == "*"
    look(page, "year-handed-in")
    assert faults(page) == []
    (tmp_path / "表.pdf").write_bytes(b"%PDF")
    page.locator("#given").set_input_files(tmp_path / "表.pdf")
    page.locator(".problem code").first.wait_for()


def test_a_rule_shows_what_it_does(page: Any) -> None:
    page.goto("/d/startup?_rule=STA-G2&_lang=zh")
    page.locator("#use a").press("Enter")
    page.locator(".use .sign").wait_for()
    look(page, "rule-use")
    assert faults(page) == []
    page.locator(".use a").first.click()
    page.locator("#grid").wait_for()
    assert "_case=" in page.url


@pytest.mark.parametrize("size", SIZES)
def test_every_page_can_be_read_on_every_size_in_both_languages(page: Any, size: str) -> None:
    page.set_viewport_size(_size(size))
    pages = ["/d/startup?_case=2022-006&_rule=STA-G2"]
    pages += (
        ["/d/diagnosis?_case=2022-006", "/parameters?", "/year?", "/measures?_case=2022-030"] if size == "desk" else []
    )
    for number, path in enumerate(pages):
        for lang in ("zh", "en") if size == "desk" and not number else ("zh",):
            page.goto(f"{path}&_lang={lang}")
            look(page, f"{size}-{number}-{lang}")
            assert (
                faults(page, "#rules > li:nth-child(-n+9)" if "diagnosis" in path or "measures" in path else "html")
                == []
            ), (path, lang)
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (path, lang)
    if size == "phone":  # a rule is a card: its cells stand below each other
        page.goto("/d/startup?_lang=zh")
        cells = page.locator("#grid tbody tr").first.locator("td:visible").all()
        left = {cell.bounding_box()["x"] for cell in cells}
        assert len(left) == 1
    page.set_viewport_size(_size("desk"))


@pytest.mark.parametrize(("size", "lang"), [("desk", "en"), ("phone", "zh")])
def test_every_page_over_a_ledger_can_be_read(page: Any, size: str, lang: str) -> None:
    page.set_viewport_size(_size(size))
    item = "/items/2022-点-001"
    days = "as_of=2022-06-30"
    for path in (
        "/items?",
        f"{item}?",
        f"{item}/letters/supervision_advice?",
        "/opening?",
        f"/dispatch?{days}",
        "/figures?period=2022",
        "/comparison?",
        "/casebook?",
    ):
        page.goto(f"{path}&_lang={lang}")
        look(page, f"ledger-{size}-{path.strip('/?').replace('/', '-')}")
        assert faults(page) == [], (path, lang)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (path, lang)
    page.set_viewport_size(_size("desk"))


def test_an_item_is_opened_and_passed_on_by_forms(page: Any) -> None:
    page.goto("/opening?_lang=zh")
    page.select_option("select[name=case]", "2022-006")
    page.get_by_role("button", name="立项").click()
    page.locator(".sign.good").wait_for()
    assert "已记第" in page.locator(".sign.good").inner_text()
    page.goto("/items?_lang=zh&case=2022-006")
    page.locator("tbody a").first.click()
    page.get_by_text("其他办理").click()
    page.locator("summary", has_text="转督办").click()
    escalate = page.locator("form.act", has=page.locator("input[name=verb][value=escalate]"))
    escalate.locator("input[name=reason]").fill("问题反复")
    escalate.get_by_role("button").press("Enter")
    page.locator(".sign.good").wait_for()
    assert "转督办" in page.locator(".sign.good").inner_text()


def test_a_table_prints_without_what_only_a_screen_needs(page: Any) -> None:
    page.goto("/d/startup?_case=2022-006&_lang=zh")
    page.emulate_media(media="print")
    look(page, "print")
    assert not page.locator("#facts").is_visible() and not page.locator("header nav").first.is_visible()
    assert page.locator("tr.lit th").is_visible()
    if folder := os.environ.get("REFORMKIT_PICTURES"):
        page.pdf(path=f"{folder}/print.pdf", prefer_css_page_size=True)
    page.emulate_media(media="screen")
