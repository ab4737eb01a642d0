"""Letters in the one file: drafted without lxml from what an assessment knows; what it does not know is asked for."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from reformkit.bundling.clerk import Clerk
from reformkit.bundling.letters_inside import LettersInside, packed_letters
from reformkit.bundling.packing import zipped
from reformkit.desk.workspace import FolderWorkspace
from reformkit.loading import BUNDLED, bundled
from tests.books import bundled_book

ROOT = Path(__file__).parents[2]
SAID = {"机关": "某区", "主送": "某区联社党组", "联系": "第一监督检查室", "回复机构": "第一监督检查室"}
SAID |= {"回复期限": "2022-12-01", "事项编号": "2022-点-001", "层次": "点", "意见": "同意", "理由": "事实清楚。"}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the letters, and the zip of the rulebook's texts."""
    folder, book = tmp_path_factory.mktemp("letters"), bundled_book()
    texts = FolderWorkspace(bundled("rules") / BUNDLED, book).rulebook()
    assert book.rulebook.letters is not None
    (folder / "letters.json").write_bytes(packed_letters(book.rulebook.letters, texts))
    (folder / "texts.zip").write_bytes(zipped(texts))
    return folder


@pytest.fixture(scope="module")
def clerk(packed: Path) -> Clerk:
    return Clerk(bundled_book().to_json(), packed)


@pytest.fixture(scope="module")
def case() -> dict[str, Any]:
    (case,) = bundled_book().read_cases(ROOT / "examples" / "cases" / "01-供销-某区联社.yaml")
    return case.to_dict()


def state(clerk: Clerk, kind: str, case: dict[str, Any], said: dict[str, str], lang: Any = "zh") -> dict[str, Any]:
    told = json.dumps({"kind": kind, "case": case, "said": said})
    found: dict[str, Any] = json.loads(clerk.answer("letter", told, b"", lang))
    return found


def kinds(clerk: Clerk) -> list[str]:
    return [one["value"] for one in json.loads(clerk.answer("letter", "{}"))["kinds"]]


def lacking(found: dict[str, Any]) -> set[str]:
    return {one["name"] for one in found["asked"] if one["lacking"]}


def test_the_letters_are_those_that_need_no_item(clerk: Clerk) -> None:
    assert kinds(clerk) == [
        *("reminder_letter", "reform_notice", "discipline_advice", "supervision_advice", "joint_advice", "study_form")
    ]


def test_every_letter_asks_for_what_it_lacks_and_is_written_only_then(clerk: Clerk, case: dict[str, Any]) -> None:
    for kind in kinds(clerk):
        bare = state(clerk, kind, case, {})
        assert bare["blanks"] and lacking(bare) <= SAID.keys(), kind
        refused = clerk.answer("letter_file", json.dumps({"kind": kind, "case": case, "said": {}}))
        assert isinstance(refused, str) and json.loads(refused)["problems"]
        found = state(clerk, kind, case, SAID)
        assert (found["blanks"], found["problems"], lacking(found)) == (0, [], set()), kind
        data = clerk.answer("letter_file", json.dumps({"kind": kind, "case": case, "said": SAID}))
        assert isinstance(data, bytes)
        body = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
        assert "{{" not in body and "{%" not in body
        assert found["name"].endswith("（草稿）-EX-01.docx")


def test_a_draft_says_the_findings_and_is_neither_numbered_nor_dated(clerk: Clerk, case: dict[str, Any]) -> None:
    data = clerk.answer("letter_file", json.dumps({"kind": "supervision_advice", "case": case, "said": SAID}))
    assert isinstance(data, bytes)
    body = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    for words in ("某区监察委员会文件", "〔待编号〕", "（待发文）", "2022年12月1日", case["findings"][0]["evidence"]):
        assert words in body, words


def test_a_case_without_findings_is_asked_for_them_and_not_written(clerk: Clerk) -> None:
    found = state(clerk, "supervision_advice", {"id": "A-1", "origin": "filed_case", "unit": "某乡"}, SAID)
    assert {"问题清单", "建议清单"} <= lacking(found)
    assert "剖析发现" in next(one["ask"] for one in found["asked"] if one["name"] == "问题清单")
    english = state(clerk, "supervision_advice", {"id": "A-1"}, {}, "en")
    assert any(one["ask"].startswith("What facts and causes") for one in english["asked"])


def test_a_letter_to_party_organisations_goes_to_no_other(clerk: Clerk, case: dict[str, Any]) -> None:
    found = state(clerk, "discipline_advice", case, {**SAID, "主送": "某区供销合作社联合社"})
    assert lacking(found) == {"主送"}
    assert "只发给党组织" in next(one["ask"] for one in found["asked"] if one["name"] == "主送")


def test_what_may_not_go_out_is_said(clerk: Clerk, case: dict[str, Any]) -> None:
    found = state(clerk, "supervision_advice", case, {**SAID, "联系": "××室"})
    assert [one["message"] for one in found["problems"]] and not found["blanks"]
    assert "××" in found["problems"][0]["message"]


def test_what_is_packed_fills_to_the_same_bytes_as_the_template(packed: Path, case: dict[str, Any]) -> None:
    from reformkit.writing.template import read_template

    inside = LettersInside.read((packed / "letters.json").read_bytes(), (packed / "texts.zip").read_bytes())
    letters, assessment = bundled_book().rulebook.letters, bundled_book().assess(case)
    assert letters is not None
    for kind, mould in inside.moulds.items():
        draft = inside.draft(kind, assessment, SAID)
        template = read_template(letters.template_of(letters.kinds[kind]), letters)
        assert (mould.used, mould.sources, mould.parts) == (
            *(template.mould.used, template.mould.sources, template.mould.parts),
        )
        assert draft.template.filled(draft.fields, "题") == template.filled(draft.fields, "题")


def test_nothing_of_the_machine_that_made_it_is_in_it(packed: Path) -> None:
    assert str(ROOT) not in (packed / "letters.json").read_text("utf-8")
