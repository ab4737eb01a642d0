"""`reformkit measures`: the library as a list, or one measure in full."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import typer

from reformkit.book import Book
from reformkit.cli.options import Language, MeasuresFolder, RulesFolder, known, open_book
from reformkit.model.cited import Cited
from reformkit.model.library import Citation, Library, Measure
from reformkit.printing.pages import print_section
from reformkit.printing.paper import Paper, paper, speak
from reformkit.printing.setting import Cell, plain_table
from reformkit.problem import WrongUse
from reformkit.text import Lang, Text
from reformkit.wording.measure import sections


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
        raise WrongUse("没有措施库", "there is no measure library")
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
        _print_one(chosen[0], book, library, lang, paper(sys.stdout))
    else:
        _print_list(chosen, library, lang, paper(sys.stdout))
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


def _print_list(measures: Sequence[Measure], library: Library, lang: Lang, console: Paper) -> None:
    zh = lang == "zh"
    table = plain_table(
        *(("编号", "措施", "主答症结", "牵头", "期限") if zh else ("Id", "Measure", "Main for", "Lead", "Days"))
    )
    table.columns[-1].no_wrap = True
    for m in measures:
        mains = dict.fromkeys(edge.cause for edge in m.addresses if edge.role == "main")
        causes = ("、" if zh else ", ").join(library.causes[c].label.say(lang) for c in mains if c in library.causes)
        cells = (m.id, m.title.say(lang), causes, m.lead.say(lang), f"{m.due_days}日" if zh else str(m.due_days))
        table.add_row(*map(Cell, cells))
    console.print(table)
    console.say(f"共 {len(measures)} 项。" if zh else f"{len(measures)} in all.")


def _print_one(measure: Measure, book: Book, library: Library, lang: Lang, console: Paper) -> None:
    point = library.weak_points.get(measure.weak_point)
    under = measure.weak_point if point is None else point.label.say(lang)
    title = f"{measure.id} {measure.title.say(lang)}"
    console.say(f"{title}（{under}）" if lang == "zh" else f"{title} ({under})", "bold")
    layers, basis = _layers(book, library), [_cited(citation, library) for citation in measure.basis]
    for head, lines in sections(measure, library, book.fields, layers=layers, basis=basis, lang=lang):
        print_section(head, lines, console)


def _cited(citation: Citation, library: Library) -> Cited:
    """A citation with what it cites, whichever cases it binds."""
    reference = library.references.get(citation.ref or "")
    return Cited(citation, reference, None if reference is None else reference.clauses.get(citation.clause or ""))


def _record(measure: Measure) -> dict[str, Any]:
    return measure.plain()
