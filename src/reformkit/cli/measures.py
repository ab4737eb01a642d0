"""`reformkit measures`: the library as a list, or one measure in full."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import typer

from reformkit.book import Book
from reformkit.model.cited import Cited
from reformkit.model.library import Citation, Library, Measure
from reformkit.printing.pages import print_section
from reformkit.printing.paper import Paper, paper, speak
from reformkit.printing.records import Record
from reformkit.printing.setting import Cell, plain_table
from reformkit.problem import WrongUse
from reformkit.terminal.options import NO_LIBRARY, Language, MeasuresFolder, RulesFolder, known, open_book
from reformkit.text import COMMA, Text
from reformkit.wording.measure import sections

_HEADS = (
    Text("编号", "Id"),
    Text("措施", "Measure"),
    Text("主答症结", "Main for"),
    Text("牵头", "Lead"),
    Text("期限", "Days"),
)
_DAYS, _IN_ALL = Text("{days}日", "{days}"), Text("共 {number} 项。", "{number} in all.")
_TITLE = Text("{id} {title}（{point}）", "{id} {title} ({point})")


def measures(
    measure: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="One measure, in full. 某项措施，全文列出。", show_default=False),
    ] = None,
    *,
    weak_point: Annotated[str | None, typer.Option(help="Only those of a weak point. 按症结方向。")] = None,
    cause: Annotated[str | None, typer.Option(help="Only those that answer or touch a cause. 按症结。")] = None,
    industry: Annotated[
        str | None, typer.Option(help="Only those worded for a sector. 按系统（有专门写法的）。")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Only those meant for a layer. 按层次。")] = None,
    rules: RulesFolder = None,
    measures_folder: MeasuresFolder = None,
    lang: Language = "zh",
    format: Annotated[Literal["text", "json"], typer.Option(help="Format of the output. 输出格式。")] = "text",
) -> int:
    """List the measures, or show one in full. 查阅措施库。"""
    book = open_book(rules, measures_folder)
    library = book.library
    if library is None:
        raise WrongUse(NO_LIBRARY)
    chosen = list(library.measures.values())
    if measure is not None:
        titles = {m.id: m.title for m in chosen}
        chosen = [library.measures[known(measure, titles, Text("措施", "measure"))]]
    filters = {"weak_point": weak_point, "cause": cause, "industry": industry, "layer": layer}
    for name, word in filters.items():
        if word is not None:
            kept = _by(name, word, book, library)
            chosen = [m for m in chosen if m in kept]
    if format == "json":
        speak(sys.stdout, data=True)
        typer.echo(json.dumps([_record(m) for m in chosen], ensure_ascii=False, indent=2))
    elif measure is not None and chosen:
        _print_one(chosen[0], book, library, paper(sys.stdout, lang))
    else:
        _print_list(chosen, library, paper(sys.stdout, lang))
    return 0


def _by(name: str, word: str, book: Book, library: Library) -> Sequence[Measure]:
    match name:
        case "weak_point":
            points = {p.id: p.label for p in library.weak_points.values()}
            return library.by_weak_point(known(word, points, Text("症结方向", "weak point")))
        case "cause":
            causes = {c.id: c.label for c in library.causes.values()}
            return library.by_cause(known(word, causes, Text("症结", "cause")))
        case "industry":
            field = book.fields.get("industry")
            industries = {} if field is None else {i.id: i.label for i in field.values.values()}
            return library.by_industry(known(word, industries, Text("系统", "sector")))
        case _:
            return library.by_layer(known(word, _layers(book, library), Text("层次", "layer")))


def _layers(book: Book, library: Library) -> Mapping[str, Text]:
    """The layers that measures are meant for, by the labels of the layer decision where there is one."""
    table = book.rulebook.decisions.get("layer")
    labels = {} if table is None else {id: item.label for id, item in table.outcomes.items()}
    used = dict.fromkeys(layer for m in library.measures.values() for layer in m.layers)
    return {layer: labels.get(layer, Text.same(layer)) for layer in used}


def _print_list(measures: Sequence[Measure], library: Library, console: Paper) -> None:
    table = plain_table(map(console.words, _HEADS))
    table.columns[-1].no_wrap = True
    for m in measures:
        mains = dict.fromkeys(edge.cause for edge in m.addresses if edge.role == "main")
        causes = COMMA.join(library.causes[cause].label for cause in mains if cause in library.causes)
        cells = (m.id, m.title, causes, m.lead, _DAYS.fill(days=m.due_days))
        table.add_row(*(Cell(console.words(cell)) for cell in cells))
    console.print(table)
    console.say(_IN_ALL.fill(number=len(measures)))


def _print_one(measure: Measure, book: Book, library: Library, console: Paper) -> None:
    point = library.weak_points.get(measure.weak_point)
    under = measure.weak_point if point is None else point.label
    console.say(_TITLE.fill(id=measure.id, title=measure.title, point=under), "bold")
    layers, basis = _layers(book, library), [_cited(citation, library) for citation in measure.basis]
    for section in sections(measure, library, book.fields, layers=layers, basis=basis):
        print_section(section, console)


def _cited(citation: Citation, library: Library) -> Cited:
    """A citation with what it cites, whichever cases it binds."""
    reference = library.references.get(citation.ref or "")
    return Cited(citation, reference, None if reference is None else reference.clauses.get(citation.clause or ""))


def _record(measure: Measure) -> Record:
    return measure.plain()
