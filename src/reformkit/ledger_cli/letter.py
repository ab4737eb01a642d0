"""`reformkit letter list`, `check` and `sheets`: which letters there are, and their templates."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reformkit.extras import extra
from reformkit.model.letter import LetterKind, Letters
from reformkit.printing.paper import paper, speak
from reformkit.printing.problems import show_problems
from reformkit.printing.setting import Cell, plain_table
from reformkit.problem import WrongUse
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import Language, RulesFolder, known, open_book
from reformkit.text import COMMA, Lang, Text

if TYPE_CHECKING:
    from reformkit.book import Book

_ALREADY_THERE = Text("{folder} 中已有 {there}，不覆盖", "{folder} already holds {there}")
_NO_LETTERS = Text("规则册没有文书文件 letters.yaml", "the rulebook has no letters.yaml")

_HEADS = (
    Text("编号", "Id"),
    Text("文书", "Letter"),
    Text("版式", "Layout"),
    Text("成套", "Sets"),
    Text("模板", "Template"),
)
_FIELD_HEADS = (
    Text("占位符", "Placeholder"),
    Text("各项", "Parts"),
    Text("可免", "Optional"),
    Text("提问", "Question"),
)
_LAYOUTS = {"head": Text("文件", "document"), "letter": Text("信函", "letter"), "form": Text("表", "form")}
_YES = Text("是", "yes")
_SOUND = Text("模板 {count} 个，没有发现问题。", "{count} templates, no problems found.")
_STARTED = Text(
    "已写出 {count} 个模板到 {path}，用 Word 或 WPS 修改。",
    "{count} templates written to {path}; edit them in Word or WPS.",
)


def list_letters(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="LETTER", help="One letter, with its fields. 某种文书，列出占位符。", show_default=False
        ),
    ] = None,
    rules: RulesFolder = None,
    lang: Language = "zh",
    format: Annotated[Literal["text", "json"], typer.Option(help="Format of the output. 输出格式。")] = "text",
) -> int:
    """List the letters, or the fields of one. 列出各种文书；写明某种的，列出其模板所用的占位符。"""
    letters = letters_of(open_book(rules, None))
    if kind is not None:
        return _list_fields(letters, letters.kinds[kind_named(kind, letters)], lang, format)
    if format == "json":
        speak(sys.stdout, data=True)
        records = [one.plain() for one in letters.kinds.values()]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return 0
    console = paper(sys.stdout, lang)
    table = plain_table(map(console.words, _HEADS))
    for one in letters.kinds.values():
        sets = COMMA.join(held.title for held in letters.sets.values() if one.id in held.members)
        cells: tuple[Text | str, ...] = (one.id, one.title, _LAYOUTS[one.sheet], sets, one.template)
        table.add_row(*(Cell(console.words(cell)) for cell in cells))
    console.print(table)
    return 0


def check(
    templates: Annotated[
        list[Path] | None,
        typer.Argument(help="Templates; else all of the rulebook. 模板，默认规则册的全部。", show_default=False),
    ] = None,
    rules: RulesFolder = None,
    lang: Language = "zh",
    format: Annotated[Literal["text", "json"], typer.Option(help="Format of the output. 输出格式。")] = "text",
) -> int:
    """Everything wrong with templates, before they are used. 检查模板：逐段列出写错的占位符和不能用的内容。"""
    letters = letters_of(open_book(rules, None))
    with extra("practice"):
        from reformkit.writing.template import check_template  # noqa: PLC0415

    paths = templates or [letters.template_of(kind) for kind in letters.kinds.values()]
    problems = [problem for path in paths for problem in check_template(path, letters)]
    if format == "json":
        speak(sys.stdout, data=True)
        typer.echo(json.dumps([p.to_dict() for p in problems], ensure_ascii=False, indent=2))
    elif problems:
        show_problems(problems, paper(sys.stdout, lang))
    else:
        paper(sys.stdout, lang).say(_SOUND.fill(count=len(paths)))
    return FAULTS if any(p.severity == "error" for p in problems) else 0


def sheets(
    folder: Annotated[Path, typer.Argument(help="Folder to write to. 写到哪个文件夹。", show_default=False)],
    lang: Language = "zh",
) -> int:
    """Write the templates to begin with. 写出各种文书的起始模板，供在 Word 或 WPS 中修改。"""
    with extra("practice"):
        from reformkit.writing.starters import STARTERS, write_starters  # noqa: PLC0415

    there = [name for name in STARTERS if (folder / f"{name}.docx").exists()]
    if there:
        raise WrongUse(_ALREADY_THERE.fill(folder=folder, there=COMMA.join(there)))
    folder.mkdir(parents=True, exist_ok=True)
    written = write_starters(folder)
    paper(sys.stdout, lang).say(_STARTED.fill(count=len(written), path=str(folder)))
    return 0


def letters_of(book: Book) -> Letters:
    """The letters of a rulebook, which it must have."""
    if book.rulebook.letters is None:
        raise WrongUse(_NO_LETTERS)
    return book.rulebook.letters


def kind_named(word: str, letters: Letters) -> str:
    """A letter by its id or title; otherwise the nearest is offered."""
    return known(word, {kind.id: kind.title for kind in letters.kinds.values()}, Text("文书", "letter"))


def _list_fields(letters: Letters, kind: LetterKind, lang: Lang, format: str) -> int:
    with extra("practice"):
        from reformkit.writing.template import read_template  # noqa: PLC0415

    used = read_template(letters.template_of(kind), letters).fields
    holders = [letters.placeholders[name] for name in letters.placeholders if name in used]
    if format == "json":
        speak(sys.stdout, data=True)
        records = [holder.plain() for holder in holders]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return 0
    console = paper(sys.stdout, lang)
    table = plain_table(map(console.words, _FIELD_HEADS))
    for holder in holders:
        cells: tuple[Text | str, ...] = (
            *(holder.name, "、".join(holder.parts)),
            *(_YES if holder.optional else "", holder.ask or ""),
        )
        table.add_row(*(Cell(console.words(cell)) for cell in cells))
    console.print(table)
    return 0
