"""What runs inside the one file, asked as its script asks: a case, its questions, files, a year, the desk."""

from __future__ import annotations

import asyncio
import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

import reformkit as rk
from reformkit.bundling.clerk import Clerk
from reformkit.bundling.desk_inside import DeskInside
from reformkit.bundling.inside_words import WORDS
from reformkit.bundling.one_file import desk_scripts, hash_of, notices
from reformkit.bundling.packing import unzipped, zipped
from reformkit.desk.workspace import FolderWorkspace
from reformkit.loading import BUNDLED, bundled
from tests.books import bundled_book

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "reformkit" / "bundling" / "static"
CASE = {"id": "A-1", "origin": "filed_case", "authority_level": "city", "form": "fourth"}


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Clerk:
    return Clerk(bundled_book().to_json(), tmp_path_factory.mktemp("packed"))


def ask(clerk: Clerk, verb: str, told: Any = None, data: bytes = b"", lang: rk.Lang = "zh") -> Any:
    return json.loads(clerk.answer(verb, json.dumps(told or {}), data, lang))


def test_a_case_has_its_page_and_the_questions_of_the_assessment(clerk: Clerk) -> None:
    found = ask(clerk, "assess", CASE)
    assert "<li>是否启动以案促改<b>启动</b></li>" in found["page"]
    assert [need["fact"] for need in found["needs"]] == [need.fact for need in bundled_book().assess(CASE).needs]
    english = ask(clerk, "assess", CASE, lang="en")
    assert "What would change it" in english["page"]


def test_a_value_that_cannot_be_is_told_and_not_guessed(clerk: Clerk) -> None:
    found = ask(clerk, "assess", {**CASE, "form": "sixth"})
    assert found["problems"][0]["severity"] == "error"
    assert "sixth" in found["problems"][0]["message"]
    assert "page" not in found


def test_every_question_can_be_answered_by_the_form(clerk: Clerk) -> None:
    form = ask(clerk, "form")
    facts = {field["fact"] for field in form["fields"]}
    assert {need["fact"] for need in ask(clerk, "assess", {"id": "A-1"})["needs"] if not need["of_finding"]} <= facts
    assert all(field["options"] for field in form["fields"] if field["type"] in ("choice", "tags"))
    assert form["causes"] and form["matters"]


def test_a_file_is_read_its_year_summed_up_and_a_case_taken_up(clerk: Clerk) -> None:
    data = (ROOT / "examples" / "year" / "cases.csv").read_bytes()
    read = ask(clerk, "read", {"name": "cases.csv"}, data)
    assert len(read["cases"]) == 146
    assert "案件146件" in ask(clerk, "sum_up")["page"]
    assert "以案促改年度情况（2022年）" in str(clerk.answer("year_page", "{}"), "utf-8")
    book = load_workbook(BytesIO(bytes(clerk.answer("year_book", "{}"))))
    assert book.sheetnames == ["汇总"]
    taken = ask(clerk, "case", {"id": read["cases"][1]})
    assert "前后各12个月内" in ask(clerk, "assess", taken)["page"]


def test_a_year_that_is_not_clear_is_told_in_the_language_of_the_page(clerk: Clerk) -> None:
    ask(clerk, "read", {"name": "cases.json"}, b'[{"id": "A-1", "origin": "filed_case"}]')
    assert "看不出年度" in ask(clerk, "sum_up")["problems"][0]["message"]
    assert "tells its year" in ask(clerk, "sum_up", lang="en")["problems"][0]["message"]
    assert ask(clerk, "sum_up", {"year": "2022"})["page"]


def test_a_workbook_for_cases_can_be_read_again(clerk: Clerk) -> None:
    book = load_workbook(BytesIO(bytes(clerk.answer("template", "{}"))))
    assert book.sheetnames[:2] == ["案件", "剖析发现"]


def test_the_page_asks_for_no_word_that_there_is_not() -> None:
    page = (STATIC / "page.html").read_text("utf-8")
    used = {
        *re.findall('data-word="([^"]+)"', page),
        *re.findall(r"words\.([a-z_]+)", (STATIC / "page.js").read_text("utf-8")),
    }
    assert used <= WORDS.keys()
    assert WORDS.keys() - used <= {"why", "read"}


def test_every_asset_is_named_with_its_licence() -> None:
    said = notices({})
    assert "Mozilla Public License" in said and "PYTHON SOFTWARE FOUNDATION LICENSE" in said
    assert "pydantic_core 2.50.5 (MIT)" in said


# --- what is opened ---------------------------------------------------------------------------------------------------------

WRONG = {
    "a.docx": (b"PK", "不能打开这种文件（.docx）"),
    "p.png": (b"\x89PNG", "不能打开这种文件（.png）"),
    "cases": (b"id", "没有扩展名"),
    "a.parquet": (b"PAR1", "不能读 Parquet"),
    "empty.csv": (b"", "这个文件是空的"),
    "blank.json": (b" \n", "这个文件是空的"),
    "研判.html": (b"<html>", "网页不能再读回来"),
    "a.cases.json": (b"[]", "须以 .cases.yaml 结尾"),
    "cut.json": (b'[{"id": "A-1", "origin": "filed', "读不下去"),
    "other.json": (b'[{"id": "A-1", "form": "sixth"}]', "没有“sixth”这个取值"),
    "fake.xlsx": (b"\x89PNG", "不是工作簿"),
    "broken.zip": (b"PK\x03\x04", "不是 zip"),
    "words.zip": (zipped({"word/document.xml": b"<w/>"}), "没有 rulebook.yaml"),
    "bad.cases.yaml": (b"- {case: 3", ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_cannot_be_taken_is_refused_in_words_and_changes_nothing(clerk: Clerk, name: str) -> None:
    ask(clerk, "read", {"name": "cases.json"}, b'[{"id": "A-1", "origin": "filed_case"}]')
    data, words = WRONG[name]
    for lang in rk.text.LANGS:
        found = ask(clerk, "read", {"name": name}, data, lang)
        assert not found.get("cases") and not found.get("fixtures") and not found.get("rules")
        assert found["problems"] and (lang == "en" or words in found["problems"][0]["message"])
    assert [case.id for case in clerk.given.cases] == ["A-1"]


def test_fixtures_that_are_dropped_are_held_to(clerk: Clerk) -> None:
    data = (ROOT / "tests" / "cases" / "rows" / "层次.cases.yaml").read_bytes()
    found = ask(clerk, "read", {"name": "层次.cases.yaml"}, data)
    assert found["fixtures"] == len(yaml.safe_load(data)) > 0
    assert clerk.fixtures["层次.cases.yaml"] == data


# --- the desk -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> DeskInside:
    path = tmp_path_factory.mktemp("texts") / "texts.zip"
    path.write_bytes(zipped(FolderWorkspace(bundled("rules") / BUNDLED, bundled_book()).rulebook()))
    return DeskInside(str(path))


def asked(desk: DeskInside, path: str, lang: rk.Lang = "zh") -> tuple[int, dict[str, str], str]:
    status, headers, content = asyncio.run(desk.ask("GET", path, {}, "", lang))
    return status, headers, content.decode()


def test_the_desk_answers_without_a_server_in_either_language(desk: DeskInside) -> None:
    status, headers, _ = asked(desk, "/")
    assert (status, headers["location"]) == (303, "/d/startup")
    assert "STA-G2" in asked(desk, "/d/startup")[2]
    assert '<html lang="en">' in asked(desk, "/d/startup", "en")[2]
    assert asked(desk, "/d/nothing")[0] == 404


def test_a_page_of_the_desk_in_its_frame_fetches_nothing_and_runs_only_what_the_policy_names(desk: DeskInside) -> None:
    page = desk.page(asked(desk, "/d/startup")[2])
    assert "<link" not in page
    assert 'src="' not in page
    scripts = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    assert [hash_of(script) for script in scripts] == [hash_of(script) for script in desk_scripts()]


def test_a_rulebook_that_is_saved_has_the_staged_edits_and_opens_again(desk: DeskInside, clerk: Clerk) -> None:
    inner, path = desk._desk, "rules/jiuyuan/parameters.yaml"
    text = inner.text(path)
    inner.stage_texts({path: text.replace("value: 2, since", "value: 3, since", 1)})
    data = desk.zipped()
    assert (
        data is not None and unzipped(data)[path].decode().count("value: 3, since") == text.count("value: 3, since") + 1
    )
    told = ask(clerk, "read", {"name": "rules.zip"}, data)
    assert told["rules"].startswith("九原区") and clerk.given.cases == []
    assert clerk.book.digests["rules"] != bundled_book().digests["rules"]
    inner.stage_texts({path: inner.text(path).replace("value: 3, since", "value: [, since", 1)})
    assert desk.zipped() is None
    inner.undo()
    inner.undo()


def test_a_file_of_cases_that_is_opened_later_is_what_edits_are_held_to(tmp_path: Path) -> None:
    texts, held = tmp_path / "texts.zip", dict[str, bytes]()
    texts.write_bytes(zipped(FolderWorkspace(bundled("rules") / BUNDLED, bundled_book()).rulebook()))
    desk = DeskInside(str(texts), held)
    assert desk._desk.case_file(desk._desk.book).cases == []
    held["a.json"] = b'[{"id": "A-1", "origin": "filed_case"}]'
    desk.given_anew()
    assert [case.id for case in desk._desk.case_file(desk._desk.book).cases] == ["A-1"]
