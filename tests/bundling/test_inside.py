"""What runs inside the one file, asked as its script asks: a case, its questions, files, a year, the desk."""

from __future__ import annotations

import asyncio
import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import reformkit as rk
from reformkit.bundling.clerk import Clerk
from reformkit.bundling.desk_inside import DeskInside
from reformkit.bundling.inside_words import WORDS
from reformkit.bundling.one_file import desk_scripts, hash_of, notices
from reformkit.bundling.packing import zipped
from reformkit.desk.workspace import FolderWorkspace
from reformkit.loading import BUNDLED, bundled
from tests.books import bundled_book

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "reformkit" / "bundling" / "static"
CASE = {"id": "A-1", "origin": "filed_case", "authority_level": "city", "form": "fourth"}


@pytest.fixture(scope="module")
def clerk() -> Clerk:
    return Clerk(bundled_book().to_json())


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
