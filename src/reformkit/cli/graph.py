"""`reformkit graph`: weak points, causes and measures, or decisions and their facts, as a picture or Mermaid text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.beside import save
from reformkit.book import Book
from reformkit.drawing import picture
from reformkit.drawing.decisions import decisions_diagram
from reformkit.drawing.diagram import Diagram, laid
from reformkit.drawing.fonts import required_font
from reformkit.drawing.knowledge import knowledge_diagram
from reformkit.drawing.mermaid import mermaid
from reformkit.drawing.procedures import procedure_diagram
from reformkit.printing.endings import format_of
from reformkit.printing.paper import paper, speak
from reformkit.problem import WrongUse
from reformkit.terminal.options import NO_LIBRARY, Language, MeasuresFolder, RulesFolder, known, open_book
from reformkit.text import Lang, Text

_FLAG_REFUSED = Text(
    "画这种图时不能用 {flag}；要用它，写 reformkit graph {what} {flag} …",
    "{flag} does not go with this kind of picture; write: reformkit graph {what} {flag} …",
)
_PICTURES = {"decision": "decisions", "procedure": "procedure"}
"""The picture that an option is of, where it is not the first."""
_ONE_OF_THREE = Text("方向、症结、措施只能选一个", "choose one of weak point, cause and measure")
_NO_PROCEDURES = Text("规则册没有流程", "the rulebook has no procedures")
_PNG_NEEDS_FILE = Text("PNG 要用 -o 写到文件", "a PNG needs -o, a file to write")
_NO_PICTURES = Text(
    "画 SVG、PNG 需要另装：pip install 'reformkit[pictures]'；也可改用 --format mermaid",
    "SVG and PNG need an extra: pip install 'reformkit[pictures]'; or use --format mermaid",
)

_WRITTEN = Text("已写 {out}", "{out} written")

Format = Literal["mermaid", "svg", "png"]
_ENDINGS: dict[str, Format] = {".mmd": "mermaid", ".mermaid": "mermaid", ".svg": "svg", ".png": "png"}
_BROAD = 30
"""Columns of a letter's width at which a label is broken."""


def graph(
    what: Annotated[
        Literal["knowledge", "decisions", "procedure"],
        typer.Argument(
            help="Causes and measures, decisions and their facts, or a procedure. 症结与措施、决策与事实，或者流程。"
        ),
    ] = "knowledge",
    *,
    weak_point: Annotated[str | None, typer.Option(help="Only what goes with a weak point. 只画某一方向。")] = None,
    cause: Annotated[str | None, typer.Option(help="Only what goes with a cause. 只画某一症结。")] = None,
    measure: Annotated[str | None, typer.Option(help="Only what goes with a measure. 只画某项措施。")] = None,
    decision: Annotated[str | None, typer.Option(help="Only what a decision hangs on. 只画某一决策。")] = None,
    procedure: Annotated[str | None, typer.Option(help="The procedure that is drawn. 画哪一流程。")] = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
    format: Annotated[
        Format | None,
        typer.Option(help="mermaid (text), svg or png; by the ending of -o if left out. 格式。", show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="File to write. 写到文件。", show_default=False)
    ] = None,
) -> int:
    """Draw weak points, causes and measures; decisions and their facts; or a procedure. 画出症结与措施、决策与事实、流程。"""
    wanted = format_of(out, format, _ENDINGS, "mermaid")
    book = open_book(rules, measures)
    if what == "decisions":
        _refuse(weak_point=weak_point, cause=cause, measure=measure, procedure=procedure)
        titles = {name: table.title for name, table in book.rulebook.decisions.items()}
        name = None if decision is None else known(decision, titles, Text("决策", "decision"))
        diagram = decisions_diagram(book.rulebook, lang, decision=name)
    elif what == "procedure":
        _refuse(weak_point=weak_point, cause=cause, measure=measure, decision=decision)
        diagram = _procedure(book, procedure, lang)
    else:
        _refuse(decision=decision, procedure=procedure)
        diagram = _knowledge(book, weak_point, cause, measure, lang)
    data = _drawn(diagram, wanted, out)
    if out is None:
        speak(sys.stdout, data=wanted == "svg")
        typer.echo(data.decode(), nl=False)
    else:
        save(out, data)
        paper(sys.stdout, lang).say(_WRITTEN.fill(out=str(out)))
    return 0


def _refuse(**options: str | None) -> None:
    """What does not go with the kind of picture is wrong use."""
    for name, given in options.items():
        if given is not None:
            flag = f"--{name.replace('_', '-')}"
            raise WrongUse(_FLAG_REFUSED.fill(flag=flag, what=_PICTURES.get(name, "knowledge")))


def _knowledge(book: Book, weak_point: str | None, cause: str | None, measure: str | None, lang: Lang) -> Diagram:
    library = book.library
    if library is None:
        raise WrongUse(NO_LIBRARY)
    if sum(given is not None for given in (weak_point, cause, measure)) > 1:
        raise WrongUse(_ONE_OF_THREE)
    if weak_point is not None:
        points = {p.id: p.label for p in library.weak_points.values()}
        return knowledge_diagram(library, lang, weak_point=known(weak_point, points, Text("症结方向", "weak point")))
    if cause is not None:
        causes = {c.id: c.label for c in library.causes.values()}
        return knowledge_diagram(library, lang, cause=known(cause, causes, Text("症结", "cause")))
    if measure is not None:
        titles = {m.id: m.title for m in library.measures.values()}
        return knowledge_diagram(library, lang, measure=known(measure, titles, Text("措施", "measure")))
    return knowledge_diagram(library, lang)


def _procedure(book: Book, word: str | None, lang: Lang) -> Diagram:
    procedures = {} if book.rulebook.procedures is None else book.rulebook.procedures.procedures
    if not procedures:
        raise WrongUse(_NO_PROCEDURES)
    titles = {id: one.title for id, one in procedures.items()}
    id = next(iter(procedures)) if word is None else known(word, titles, Text("流程", "procedure"))
    return procedure_diagram(procedures[id], book.rulebook.role_labels, lang)


def _drawn(diagram: Diagram, format: Format, out: Path | None) -> bytes:
    if format == "mermaid":
        return mermaid(diagram).encode()
    page = laid(diagram, _BROAD)
    try:
        if format == "svg":
            return picture.svg(page).encode() + b"\n"
        if out is None:
            raise WrongUse(_PNG_NEEDS_FILE)
        return picture.png(page, required_font())
    except ModuleNotFoundError as error:
        if error.name not in ("altair", "vl_convert"):
            raise
        raise WrongUse(_NO_PICTURES) from None
