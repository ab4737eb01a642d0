"""The tables of a year's paper stand within the margins, however many columns they have."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from reformkit.reporting.year_table import YearPart, YearRow, YearTable
from reformkit.text import Text
from reformkit.writing.year_paper import document


@pytest.mark.parametrize("word", ["并入他项的", "a", "undetermined", "某区供销合作社联合社某库房"])
@pytest.mark.parametrize("columns", [1, 4, 9, 14])
def test_a_table_is_no_wider_than_the_text(columns: int, word: str) -> None:
    cells = (Text.same(word),) * columns
    table = YearTable("t", Text.same("t"), cells, (YearRow("r", cells[0], cells[1:]),))
    made = Document(BytesIO(document(Text.same("t"), [YearPart("p", Text.same("p"), (), (table,))], (), {}, "zh")))
    section, (drawn,) = made.sections[0], made.tables
    text = int(section.page_width) - int(section.left_margin) - int(section.right_margin)
    assert 0.9 * text < sum(int(column.width) for column in drawn.columns) <= text
