"""Letters on the command line: listed, checked, drawn up, issued."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from reformkit.book import Book
from reformkit.loading import bundled
from tests.cli.conftest import Run, bundled_book
from tests.practising.story import LEAD, begun
from tests.writing.templates import template
from tests.writing.test_drafts import words


@pytest.fixture
def book() -> Book:
    return bundled_book()


@pytest.fixture
def ledger(tmp_path: Path, book: Book) -> tuple[Path, str, str]:
    """A ledger whose one item has come to its letters; its path, the item, and the day."""
    story = begun(tmp_path / "九原.ledger", tmp_path, book)
    story.to_the_letters()
    story.later(3)
    story.ledger.close()
    return tmp_path / "九原.ledger", story.item.id, story.day.isoformat()


def test_letters_are_listed_and_so_are_the_fields_of_one(run: Run) -> None:
    listed = run("letter", "list").stdout
    assert "监察建议书" in listed and "“三书”" in listed and "letters/送达回证.docx" in listed
    fields = run("letter", "list", "监察建议书", "--lang", "en").stdout
    assert "问题清单" in fields and "telephone" in fields
    assert len(json.loads(run("letter", "list", "--format", "json").stdout)) == 11
    assert {one["name"] for one in json.loads(run("letter", "list", "督办单", "--format", "json").stdout)} >= {"主送"}
    nearest = run("letter", "list", "监察建意书")
    assert (nearest.exit_code, nearest.stderr.strip()) == (
        2,
        "没有“监察建意书”这个文书；最接近的是：监察建议书（supervision_advice）、纪检监察建议书（joint_advice）",
    )


def test_templates_are_checked_before_they_are_used(run: Run, tmp_path: Path) -> None:
    sound = run("letter", "check")
    assert (sound.exit_code, sound.stdout.strip()) == (0, "模板 11 个，没有发现问题。")
    (tmp_path / "坏.docx").write_bytes(template("{{ 主送单位 }}：", "｛｛ 标题 ｝｝"))
    bad = run("letter", "check", tmp_path / "坏.docx")
    assert bad.exit_code == 1
    assert "RK721" in bad.stdout and "最接近的是“单位”" in bad.stdout and "RK720" in bad.stdout
    said = json.loads(run("letter", "check", tmp_path / "坏.docx", "--format", "json").stdout)
    assert [(one["code"], one["line"]) for one in said] == [("RK721", 1), ("RK720", 2)]


def test_letter_is_drawn_up_and_says_how_far_its_law_was_read(
    run: Run, ledger: tuple[Path, str, str], tmp_path: Path
) -> None:
    path, item, _ = ledger
    drawn = run(
        "letter", "fill", item, "监察建议书", "--ledger", path, "-o", tmp_path / "稿.docx",
        "--set", "标题=关于规范社有资产管理的监察建议", "--set", "抄送=某区委组织部；某区人民政府办公室",
    )  # fmt: skip
    assert (drawn.exit_code, drawn.stderr) == (0, "")
    assert "核查程度：条文" in drawn.stdout and "未编号" in drawn.stdout
    said = words((tmp_path / "稿.docx").read_bytes())
    assert "〔待编号〕" in said and "抄送：某区委组织部、某区人民政府办公室。" in said


def test_letter_that_lacks_something_asks_for_it_and_writes_nothing(
    run: Run, ledger: tuple[Path, str, str], tmp_path: Path
) -> None:
    path, item, _ = ledger
    lacking = run("letter", "fill", item, "纪律检查建议书", "--ledger", path, "-o", tmp_path / "稿.docx")
    assert lacking.exit_code == 1
    assert "缺少“主送”" in lacking.stderr and "主送哪个单位或者党组织？" in lacking.stderr
    assert not (tmp_path / "稿.docx").exists()
    wrong = run("letter", "fill", item, "监察建议书", "--ledger", path, "-o", tmp_path / "a.docx", "--set", "标题")
    assert (wrong.exit_code, wrong.stderr.strip()) == (2, "“标题”应写成 占位符=内容")
    day = run(
        "letter", "fill", item, "监察建议书", "--ledger", path, "-o", tmp_path / "a.docx", "--set", "回复期限=六月"
    )
    assert day.exit_code == 1 and "RK746" in day.stderr


def test_letter_is_issued_once_and_written_as_it_was_kept(
    run: Run, ledger: tuple[Path, str, str], tmp_path: Path
) -> None:
    path, item, day = ledger
    asked = (
        "letter", "issue", item, "supervision_advice", "--ledger", path, "--by", LEAD, "--on", day, "--id", "A-1",
        "--late", "系统上线前已发出", "--set", "标题=关于规范社有资产管理的监察建议",
    )  # fmt: skip
    first, again = (run(*asked, "-o", tmp_path / f"{n}.docx") for n in (1, 2))
    assert (first.exit_code, again.exit_code, first.stderr) == (0, 0, "")
    year = day[:4]
    assert f"已发 某监建〔{year}〕1号" in re.sub(r"\s", "", first.stdout).replace("已发", "已发 ")
    assert (tmp_path / "1.docx").read_bytes() == (tmp_path / "2.docx").read_bytes()
    assert f"某监建〔{year}〕1号" in words((tmp_path / "1.docx").read_bytes())
    refused = run(*asked[:-2], "-o", tmp_path / "3.pdf")
    assert (refused.exit_code, refused.stderr.strip()) == (2, "发出的文书写为 .docx")


def test_what_stands_in_the_way_of_a_letter_is_said(run: Run, ledger: tuple[Path, str, str], tmp_path: Path) -> None:
    path, item, day = ledger
    refused = run(
        "letter", "issue", item, "supervision_advice", "--ledger", path, "--by", "0042", "--on", day,
        "-o", tmp_path / "1.docx",
    )  # fmt: skip
    assert refused.exit_code == 1
    assert "错误 RK" in refused.stderr
    assert not (tmp_path / "1.docx").exists()


def test_starting_templates_are_written_and_never_over_others(run: Run, tmp_path: Path) -> None:
    written = run("letter", "sheets", tmp_path / "模板")
    assert written.exit_code == 0 and "已写出 11 个模板" in written.stdout
    made = tmp_path / "模板" / "督办单.docx"
    assert made.read_bytes() == (bundled("rules") / "jiuyuan" / "letters" / "督办单.docx").read_bytes()
    again = run("letter", "sheets", tmp_path / "模板")
    assert again.exit_code == 2 and "不覆盖" in again.stderr


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_letter_is_looked_at_before_it_is_issued(run: Run, ledger: tuple[Path, str, str], tmp_path: Path) -> None:
    path, item, _ = ledger
    seen = run("letter", "preview", item, "reminder_letter", "--ledger", path, "-o", tmp_path / "函.pdf")
    assert seen.exit_code == 0, seen.stderr
    assert (tmp_path / "函.pdf").read_bytes().startswith(b"%PDF")
