"""The starter sheets: as GB/T 9704 lays them out, measured on the page where LibreOffice can render one."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm

from reformkit import Book
from reformkit.model.letter import Letters
from reformkit.problem import LetterError
from reformkit.writing import preview as previewing
from reformkit.writing import sheets
from reformkit.writing.draft import drafted
from reformkit.writing.starters import STARTERS, write_starters
from reformkit.writing.template import check_template
from tests.writing.letters import about

HAS_OFFICE = shutil.which("soffice") is not None and shutil.which("pdftotext") is not None
rendered = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice or poppler is not installed")


Lines = list[tuple[float, float, str]]


def page_lines(pdf: Path) -> list[Lines]:
    """For each page of a PDF, its lines: bottom and left in mm, and words."""
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    pages = []
    for page in said.split("<page ")[1:]:
        lines: dict[float, list[tuple[float, str]]] = {}
        for left, bottom, words in re.findall(r'xMin="([\d.]+)".*?yMax="([\d.]+)">(.*?)</word>', page):
            lines.setdefault(round(float(bottom)), []).append((float(left), words))
        mm = 25.4 / 72
        pages.append(
            [(y * mm, min(row)[0] * mm, "".join(w for _, w in sorted(row))) for y, row in sorted(lines.items())]
        )
    return pages


@pytest.fixture(scope="module")
def advice_pages(book: Book, letters: Letters, tmp_path_factory: pytest.TempPathFactory) -> list[Lines]:
    draft = drafted(letters, "supervision_advice", about("supervision_advice"), book.library)
    return page_lines(draft.preview(tmp_path_factory.mktemp("pages") / "a.pdf").paths[0])


def test_committed_templates_are_those_that_the_script_makes(letters: Letters, tmp_path: Path) -> None:
    written = write_starters(tmp_path)
    assert {path.name for path in written} == {Path(kind.template).name for kind in letters.kinds.values()}
    for path in written:
        committed = Path(letters.folder, "letters", path.name)
        assert path.read_bytes() == committed.read_bytes(), f"make letters: {path.name} is not what the script makes"


def test_every_starter_may_be_used_at_once(letters: Letters, tmp_path: Path) -> None:
    for path in write_starters(tmp_path):
        assert check_template(path, letters) == []


def test_page_has_the_measures_of_the_standard() -> None:
    section = STARTERS["监察建议书"]().sections[0]
    said = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(length / Mm(1)) for length in said] == [210, 297, 37, 28]
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert (round(width / Mm(1)), round(height / Mm(1))) == (156, 225)


@rendered
def test_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    document = sheets.new_sheet()
    for _ in range(30):
        sheets.write(document, "国" * 28, first=0)
    document.save(str(tmp_path / "grid.docx"))
    seen = previewing.preview((tmp_path / "grid.docx").read_bytes(), tmp_path / "grid.pdf")
    first = [words for _, _, words in page_lines(seen.paths[0])[0] if "国" in words]
    assert [len(words) for words in first] == [28] * 22


@rendered
def test_page_numbers_stand_outside_and_a_letter_has_none_on_its_first_page(
    advice_pages: list[Lines], book: Book, letters: Letters, tmp_path: Path
) -> None:
    pages = advice_pages
    numbers = [[(left, words) for _, left, words in page if re.fullmatch("—\\d—", words)] for page in pages]
    assert [words for page in numbers for _, words in page] == [f"—{n}—" for n in range(1, len(pages) + 1)]
    assert all((left > 105) == (n % 2 == 0) for n, page in enumerate(numbers) for left, _ in page)
    slip = drafted(letters, "supervision_slip", about("supervision_slip"), book.library).preview(tmp_path / "b.pdf")
    assert not any(re.fullmatch("—\\d—", words) for _, _, words in page_lines(slip.paths[0])[0])


@rendered
def test_seal_and_day_stand_below_the_text_with_the_record_at_the_foot(advice_pages: list[Lines]) -> None:
    last = advice_pages[-1]
    at = {words: bottom for bottom, _, words in last}
    assert any(words.startswith("联系方式") for words in at), "the seal stands alone on its page"
    foot = next(bottom for words, bottom in at.items() if words.endswith("印发"))
    seal = next(bottom for words, bottom in at.items() if words == "某区监察委员会")
    assert seal < foot
    assert 255 < foot < 263  # mm from the top: the text ends at 262


@rendered
def test_preview_names_what_stands_in_for_missing_fonts(book: Book, letters: Letters, tmp_path: Path) -> None:
    seen = drafted(letters, "supervision_slip", about("supervision_slip"), book.library).preview(tmp_path / "单.png")
    assert seen.paths[0].name == "单.png" and seen.paths[0].read_bytes().startswith(b"\x89PNG")
    assert set(seen.stand_ins) <= set(previewing.STAND_INS)


def test_without_libreoffice_there_is_no_preview_but_a_word(
    book: Book, letters: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "PROGRAMS", ("no-such-program",))
    draft = drafted(letters, "supervision_slip", about("supervision_slip"), book.library)
    with pytest.raises(LetterError) as raised:
        draft.preview(tmp_path / "单.pdf")
    assert [(p.code, p.message("zh")) for p in raised.value.problems] == [("RK748", "不能预览：没有安装 LibreOffice")]
    with pytest.raises(ValueError, match=r"\.pdf"):
        draft.preview(tmp_path / "单.jpg")


def test_templates_carry_no_writer(letters: Letters) -> None:
    for kind in letters.kinds.values():
        properties = Document(str(letters.template_of(kind))).core_properties
        assert (properties.author, properties.comments) == ("", "")


def told(data: bytes) -> list[str]:
    """What the paragraphs and cells of a letter say; what its text boxes hold stands in a file once or twice."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [words for words in (*(paragraph.text for paragraph in document.paragraphs), *cells) if words.strip()]
