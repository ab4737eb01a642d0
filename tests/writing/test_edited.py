"""Templates that a secretary has edited in LibreOffice: checked, filled, issued under a number, printed."""

from __future__ import annotations

import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from reformkit import Book
from reformkit.model.letter import Letters
from reformkit.writing.draft import drafted
from reformkit.writing.preview import preview
from reformkit.writing.template import check_template
from tests.practising.story import LEAD, begun
from tests.writing.letters import DAY, about
from tests.writing.test_sheets import rendered, told

BOLD = (
    '<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold" '
    'style:font-weight-asian="bold" fo:color="#c00000"/></style:style>'
)
ADDED = "（此件由办公室核校）"
GONE = "联系方式"
"""How the paragraph begins that is taken out."""


def office(profile: Path, ending: str, folder: Path, *paths: Path) -> None:
    """Files opened in LibreOffice and saved there as another kind of file."""
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", folder, *paths], capture_output=True, check=True, timeout=120)


def edited(text: str) -> str:
    """What a secretary makes of a document: a part of each placeholder bold and red, a paragraph more, one less."""
    text = text.replace("</office:automatic-styles>", BOLD + "</office:automatic-styles>", 1)
    text = re.sub(
        r"(\{\{ [^{}<|]*?)([^{}<| ])( (?:\|[^{}<]*)?\}\})",
        r'\1<text:span text:style-name="Bold">\2</text:span>\3',
        text,
    )
    text = re.sub(rf"<text:p [^>]*>(?:<[^>]*>)*{GONE}.*?</text:p>", "", text, flags=re.S)
    return text.replace("</office:text>", f"<text:p>{ADDED}</text:p></office:text>", 1)


@pytest.fixture(scope="module")
def saved(letters: Letters, tmp_path_factory: pytest.TempPathFactory) -> Letters:
    """The bundled letters, each with its template edited and saved as Word again."""
    folder = tmp_path_factory.mktemp("edited")
    paths = [letters.template_of(kind) for kind in letters.kinds.values()]
    office(folder / "profile", "fodt", folder, *paths)
    for path in folder.glob("*.fodt"):
        path.write_text(edited(path.read_text(encoding="utf-8")), encoding="utf-8")
    office(folder / "profile", "docx:MS Word 2007 XML", folder, *folder.glob("*.fodt"))
    kinds = {k: kind.model_copy(update={"template": Path(kind.template).name}) for k, kind in letters.kinds.items()}
    return letters.model_copy(update={"folder": str(folder), "kinds": kinds})


@rendered
def test_every_edited_template_passes_its_check_and_says_the_same_but_for_the_edits(
    book: Book, letters: Letters, saved: Letters
) -> None:
    assert any(
        words.startswith(GONE) for words in told(letters.template_of(letters.kinds["supervision_advice"]).read_bytes())
    )
    for kind in letters.kinds:
        template = saved.template_of(saved.kinds[kind])
        with zipfile.ZipFile(template) as package:
            assert b"C00000" in package.read("word/document.xml").upper()
        assert check_template(template, saved) == []
        ours, theirs = (drafted(held, kind, about(kind), book.library) for held in (letters, saved))
        number = None if ours.code is None else f"{ours.code}〔2022〕3号"
        expected = [words for words in told(ours.filled(number, DAY)) if not words.startswith(GONE)]
        found = told(theirs.filled(number, DAY))
        assert ADDED in found, kind
        assert sorted(words for words in found if words != ADDED) == sorted(expected), kind


@rendered
def test_an_edited_template_is_issued_under_a_number_and_printed(book: Book, saved: Letters, tmp_path: Path) -> None:
    story = begun(tmp_path / "九原.ledger", tmp_path, book)
    with story.ledger:
        story.to_the_letters()
        letter = story.item.letter("supervision_advice", 标题="关于规范社有资产管理的监察建议")
        number = replace(letter, letters=saved).issue(by=LEAD, on=story.day)
        kept = story.ledger.file_of(number).read_bytes()
    printed = preview(kept, tmp_path / "建议.pdf").paths[0]
    words = subprocess.run(["pdftotext", printed, "-"], capture_output=True, check=True, text=True).stdout
    words = "".join(words.split())
    assert number in words
    assert ADDED in words and GONE not in words and "{{" not in words
