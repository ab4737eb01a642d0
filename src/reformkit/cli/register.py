"""`reformkit register`: what a rulebook and its library rest on, printed or as a page."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.book import Book
from reformkit.comparing.practices import Practice
from reformkit.comparing.register import Assumption, ReferenceUse, Register
from reformkit.comparing.register import register as registered
from reformkit.model.procedure import Due
from reformkit.printing.endings import format_of
from reformkit.printing.pages import print_section
from reformkit.printing.paper import paper, sheet
from reformkit.printing.records import Record
from reformkit.reporting import register as wording
from reformkit.reporting.practices import sections as practice_sections
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder, open_book
from reformkit.text import Text
from reformkit.wording.markdown import page
from reformkit.wording.section import Section

Part = Literal["assumptions", "references", "practices"]

Format = Literal["text", "md", "json"]
_ENDINGS: dict[str, Format] = {".md": "md", ".json": "json"}
TITLES = {
    "assumptions": Text("假设登记", "Register of assumptions"),
    "references": Text("依据登记", "Register of references"),
    "practices": Text("他处做法登记", "Register of practices elsewhere"),
}


def register(
    part: Annotated[
        Part,
        typer.Argument(help="Which register. 登记什么：assumptions 假设，references 依据，practices 他处做法。"),
    ] = "assumptions",
    *,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
    format: Annotated[
        Format | None,
        typer.Option(
            help="Format of the output; by the ending of --out where it is not given, else text. 输出格式；不写的按输出文件的后缀，再则为文字。",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write here instead. 写入文件。")
    ] = None,
) -> int:
    """What a rulebook rests on: assumptions, what changes without them; references, how far checked; practices
    elsewhere. 假设、依据和他处做法登记。"""
    format = format_of(out, format, _ENDINGS, "text")
    book = open_book(rules, measures)
    entries = registered(book.rulebook, book.library)
    with sheet(out, sys.stdout, data=format == "json") as stream:
        if format == "json":
            json.dump(records(entries, part), stream, ensure_ascii=False, indent=2)
            stream.write("\n")
        elif format == "md":
            pages = (section.say(lang) for section in sections(entries, part, book))
            stream.write(f"{page(TITLES[part].say(lang), pages)}\n")
        else:
            console = paper(stream, lang, in_a_file=out is not None)
            console.say(TITLES[part], "bold")
            for section in sections(entries, part, book):
                print_section(section, console)
    return 0


def sections(entries: Register, part: Part, book: Book) -> Iterator[Section]:
    """One of the registers, in words."""
    if part == "references":
        return wording.references(entries.references)
    if part == "practices":
        return practice_sections(entries.practices, book.rulebook)
    return wording.assumptions(entries.assumptions, book.rulebook, book.library)


def records(entries: Register, part: Part) -> list[Record]:
    """One of the registers as plain data, with both languages."""
    held: dict[Part, Sequence[Assumption | ReferenceUse | Practice]] = {
        "assumptions": entries.assumptions,
        "references": entries.references,
        "practices": entries.practices,
    }
    return [_record(entry) for entry in held[part]]


def _record(entry: Assumption | ReferenceUse | Practice) -> Record:
    if isinstance(entry, Practice):
        terms = {name: _term(due) for name, due in (("offered", entry.offered), ("present", entry.present))}
        return {**asdict(replace(entry, offered=None, present=None)), **terms}
    if isinstance(entry, Assumption):
        return asdict(entry)
    return {**entry.reference.plain(), "cited": entry.cited}


def _term(due: Due | None) -> Record | None:
    return None if due is None else due.model_dump(mode="json", exclude={"place", "node"}, exclude_none=True)
