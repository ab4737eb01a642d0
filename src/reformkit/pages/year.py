"""A year as people hold it: one paper, which text, page, Word document, workbook and data all say alike."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from reformkit.beside import beside
from reformkit.extras import extra
from reformkit.hypertext.frame import notebook_language
from reformkit.pages.year_page import page, part_of_page
from reformkit.pages.year_pictures import drawings
from reformkit.pages.year_rows import write_year
from reformkit.pages.year_text import text_lines
from reformkit.reporting.tally import SUMMARY_SHEET
from reformkit.reporting.year_table import YearPart, YearTable
from reformkit.text import COMMA, Lang, Text

ENDINGS = (".docx", ".html", ".xlsx", ".txt", ".json")

_ENDING = Text(
    "年度情况可写成 {known}，不能写成 {ending}；请改文件名",
    "a year is written as {known}, not as {ending}; change the name",
)
_NO_ENDING = Text("没有后缀的文件", "a file without an ending")
_TITLE = Text("以案促改年度情况（{year}年）", "Reform through cases: the year {year}")
_TITLE_UP_TO = Text("以案促改年度情况（{year}年，截至{on}）", "Reform through cases: the year {year}, up to {on}")


@dataclass(frozen=True)
class Year:
    """A year of reform in parts, each with its sentences and tables. `of`: what it was made from.

    `until` is the last day that is looked at, None where that does not matter; `notes` always stand at the end.
    """

    year: int
    of: Literal["cases", "ledger"]
    parts: tuple[YearPart, ...]
    notes: tuple[Text, ...] = ()
    until: date | None = None

    @property
    def title(self) -> Text:
        """What the paper is headed with."""
        if self.until is None or (self.until.month, self.until.day) == (12, 31):
            return _TITLE.fill(year=self.year)
        return _TITLE_UP_TO.fill(year=self.year, on=self.until.isoformat())

    def part(self, id: str) -> YearPart:
        """A part by its id. Raises KeyError for one that is not there."""
        return {part.id: part for part in self.parts}[id]

    def table(self, id: str) -> YearTable:
        """A table by its id; `year.table("layers")["all"]` are the cells of a row. Raises KeyError as `part` does."""
        return {table.id: table for part in self.parts for table in part.tables}[id]

    def lines(self) -> Iterator[Text]:
        """The year in words, line by line, tables set in columns."""
        return text_lines(self.title, self.parts, self.notes)

    def explain(self, lang: Lang = "zh") -> str:
        """The year in words; its lines are never broken."""
        return "".join(f"{line.say(lang)}\n" for line in self.lines())

    def save(self, path: str | os.PathLike[str], lang: Lang = "zh") -> Path:
        """Write it to a .docx, .html, .xlsx, .txt or .json, whole or not at all.

        Pages and papers have charts where the extra `pictures` is installed; else a line says that they are left out.
        Raises ValueError for another ending, `MissingExtra` for a .docx without `practice` or an .xlsx without `excel`.
        """
        target = Path(path)
        data = self.made(target.suffix.lower(), lang)
        with beside(target) as file:
            file.write(data)
        return target

    def made(self, ending: str, lang: Lang = "zh") -> bytes:
        """What stands in a file with one of the endings of `save`, which raises the same."""
        match ending:
            case ".docx":
                return self._document(lang)
            case ".xlsx":
                return self._workbook(lang)
            case ".html":
                pictures, missing = drawings(self.parts, lang, "svg")
                return page(self.title, self.parts, (*self.notes, *missing), pictures, lang).encode()
            case ".txt":
                return self.explain(lang).encode()
            case ".json":
                return (json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n").encode()
        raise ValueError(_ENDING.fill(known=COMMA.join(ENDINGS), ending=ending or _NO_ENDING).en)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: every share with its two numbers, every text in both languages."""
        return {
            "year": self.year,
            "of": self.of,
            "until": None if self.until is None else self.until.isoformat(),
            "title": self.title.to_dict(),
            "parts": [part.to_dict() for part in self.parts],
            "notes": [note.to_dict() for note in self.notes],
        }

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.fragment(notebook_language())

    def fragment(self, lang: Lang = "zh") -> str:
        """The year as a part of a page; its tables have every number, so no charts are drawn."""
        return part_of_page(self.title, self.parts, self.notes, lang)

    def _document(self, lang: Lang) -> bytes:
        with extra("practice"):
            from reformkit.writing.year_paper import document  # noqa: PLC0415
        pictures, missing = drawings(self.parts, lang, "png")
        return document(self.title, self.parts, (*self.notes, *missing), pictures, lang)

    def _workbook(self, lang: Lang) -> bytes:
        with extra("excel"):
            from reformkit.workbook.writing import WorkbookFile  # noqa: PLC0415

        name, file = SUMMARY_SHEET.say(lang), BytesIO()
        with WorkbookFile(file, {name: [self.title.say(lang)]}, free=(name,)) as sheets:
            write_year(sheets, name, self.parts, self.notes, lang)
        return file.getvalue()
