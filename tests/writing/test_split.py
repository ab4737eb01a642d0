"""A template that a secretary has edited: placeholders split in runs, in tables, text boxes, headers and notes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from reformkit import Book
from reformkit.model.letter import Letters
from reformkit.writing.draft import Draft, drafted
from reformkit.writing.template import check_template
from tests.writing.letters import DAY, about
from tests.writing.templates import notes, split_in_runs, template, text_box, with_document, with_parts, with_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def draft_of(data: bytes, book: Book, letters: Letters, folder: Path, kind: str = "acceptance_form") -> Draft:
    """A draft of some kind of letter with another template."""
    (folder / "t.docx").write_bytes(data)
    assert [p.message("en") for p in check_template(folder / "t.docx", letters) if p.severity == "error"] == []
    changed = letters.kinds[kind].model_copy(update={"template": "t.docx"})
    return drafted(
        letters.model_copy(update={"folder": str(folder), "kinds": {kind: changed}}), kind, about(kind), book.library
    )


def lines(data: bytes) -> list[str]:
    tree = Document(io.BytesIO(data)).element
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in tree.iter(f"{W}p") if next(p.iter(f"{W}p")) is p]


@pytest.mark.parametrize(
    "pieces",
    [
        ("{{ 单位 }}：",),
        ("{", "{ 单", "位 }", "}："),
        ("{{", " 单位 ", "}}", "："),
        ("{{ 单", "", "位 }}："),
        ("前{{ 单位 }}、{", "{ 单位 }}后"),
    ],
)
def test_placeholder_split_in_runs_is_filled(
    pieces: tuple[str, ...], book: Book, letters: Letters, tmp_path: Path
) -> None:
    draft = draft_of(with_document(lambda d: split_in_runs(d, *pieces)), book, letters, tmp_path)
    unit = draft.about.unit or ""
    assert lines(draft.filled(None, DAY)) == ["".join(pieces).replace("{{ 单位 }}", unit)]


def test_formatting_around_a_placeholder_is_kept(book: Book, letters: Letters, tmp_path: Path) -> None:
    data = with_document(lambda d: split_in_runs(d, "致", "{{ 单位", " }}", "：完"))
    runs = Document(io.BytesIO(draft_of(data, book, letters, tmp_path).filled(None, DAY))).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs if run.text] == [
        ("致", False),
        ("某区供销合作社联合社", True),
        ("：完", True),
    ]


def test_paragraphs_repeat_and_rows_repeat(book: Book, letters: Letters, tmp_path: Path) -> None:
    def write(document: Any) -> None:
        for words in (
            "{%p for 问题 in 问题清单 %}",
            "{{ loop.index | 中文数字 }}、{{ 问题.症结 }}",
            "{%p endfor %}",
            "其后",
        ):
            document.add_paragraph(words)
        table = document.add_table(rows=4, cols=2)
        for row, pair in zip(
            table.rows,
            (("序", "标准"), ("{%tr for 建议 in 建议清单 %}", ""), ("", ""), ("{%tr endfor %}", "")),
            strict=True,
        ):
            row.cells[0].text, row.cells[1].text = pair
        inner = table.rows[2]
        inner.cells[0].text = "{% if loop.first %}首{% else %}次{% endif %}{{ loop.index }}"
        inner.cells[1].text = "{%p for 标准 in 建议.标准 %}"
        inner.cells[1].add_paragraph("{{ 标准 }}")
        inner.cells[1].add_paragraph("{%p endfor %}")

    filled = draft_of(with_document(write), book, letters, tmp_path).filled(None, DAY)
    document = Document(io.BytesIO(filled))
    assert [p.text for p in document.paragraphs] == ["一、资产处置缺规", "二、合同失管", "其后"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["序", "标准"],
        ["首1", "租赁合同全部清查，账实差异逐项有处理意见\n抽查10宗租赁（不足10宗的全查），审批、评估、公示资料完整"],
        ["次2", "制度已印发并组织培训"],
    ]


def test_cell_whose_paragraphs_are_all_left_out_keeps_one(book: Book, letters: Letters, tmp_path: Path) -> None:
    def write(document: Any) -> None:
        cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
        cell.text = "{%p if 附件 %}"
        for words in ("附件", "{%p endif %}"):
            cell.add_paragraph(words)

    filled = draft_of(with_document(write), book, letters, tmp_path).filled(None, DAY)
    assert Document(io.BytesIO(filled)).tables[0].rows[0].cells[0].text == ""


def test_headers_text_boxes_and_notes_are_filled(book: Book, letters: Letters, tmp_path: Path) -> None:
    def write(document: Any) -> None:
        document.sections[0].header.paragraphs[0].add_run("{{ 事项编号 }}")
        with_xml(document, text_box("{%p if 单位 %}\n{{ 单位 }}\n{%p endif %}"))

    data = with_parts(with_document(write), notes("{{ 检查日期 }}"))
    filled = draft_of(data, book, letters, tmp_path).filled(None, DAY)
    document = Document(io.BytesIO(filled))
    assert document.sections[0].header.paragraphs[0].text == "2022-点-014"
    boxes = list(document.element.iter(f"{W}txbxContent"))
    assert ["".join(t.text or "" for t in box.iter(f"{W}t")) for box in boxes] == ["某区供销合作社联合社"] * 2
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        assert "2022年7月1日" in archive.read("word/footnotes.xml").decode()


def test_characters_that_delimit_for_jinja_may_stand_in_a_template(
    book: Book, letters: Letters, tmp_path: Path
) -> None:
    data = template("{{ 单位 }}", "\ue000 50% 与 #号 %\ue000 \ue001")
    assert lines(draft_of(data, book, letters, tmp_path).filled(None, DAY))[1] == "\ue000 50% 与 #号 %\ue000 \ue001"
