"""`reformkit letter`: which letters there are, their templates checked, and one drawn up, looked at, issued."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from reformkit.beside import beside
from reformkit.cli.guard import FAULTS
from reformkit.cli.opening import LedgerAt, OfficeFile, day_of, open_ledger
from reformkit.cli.options import Language, MeasuresFolder, RulesFolder, known, open_book
from reformkit.extras import extra
from reformkit.model.letter import LetterKind, Letters
from reformkit.printing.paper import paper, speak
from reformkit.printing.problems import show_problems
from reformkit.printing.setting import Cell, plain_table
from reformkit.problem import WrongUse
from reformkit.text import Lang, Text

if TYPE_CHECKING:
    from reformkit.book import Book
    from reformkit.ledger.ledger import Ledger
    from reformkit.ledger.letter import Letter

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
_LACKS = Text("还缺：", "It lacks:")
_SAVED = Text(
    "已写到 {path}；未编号、未写日期，不能发出。", "Written to {path}: not numbered, not dated, not to be sent."
)
_ISSUED = Text("已发 {number}，文书存为 {path}。", "Issued {number}; the letter is {path}.")
_PRINTED = Text("预览：{paths}", "Preview: {paths}")
_STAND_IN = Text("没有“{font}”，以“{other}”代替。", "`{font}` is not installed; `{other}` stands in.")
_NO_STAND_IN = Text(
    "没有“{font}”，也没有合适的替代字体。", "`{font}` is not installed, and nothing suitable stands in."
)
_BASIS = Text("{title} {at}（核查程度：{checked}）", "{title} {at} (checked: {checked})")
_RESTS_ON = Text("本文书的依据：", "It rests on:")
_CHECKED = {
    "clause": Text("条文", "clause read"),
    "reprint": Text("转载，未见原件", "seen in reprints only"),
    "title": Text("只核到题名", "title only"),
    "none": Text("未核", "not checked"),
}
_STARTED = Text(
    "已写出 {count} 个模板到 {path}，用 Word 或 WPS 修改。",
    "{count} templates written to {path}; edit them in Word or WPS.",
)

ItemId = Annotated[str, typer.Argument(metavar="ITEM", help="Id of an item. 促改事项编号。", show_default=False)]
Kind = Annotated[str, typer.Argument(metavar="LETTER", help="Kind of letter, id or title. 文书。", show_default=False)]
Recipients = Annotated[
    list[str] | None,
    typer.Option("--to", help="Whom it goes to; else the ledger says. 主送，可重复。", show_default=False),
]
ReplyBy = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Day for the answer. 回复期限。", show_default=False),
]
Fields = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=WORDS", help="A placeholder's words. 填写占位符，可重复。", show_default=False),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write. 写到哪里。", show_default=False)
]


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
    letters = _letters(open_book(rules, None))
    if kind is not None:
        return _list_fields(letters, letters.kinds[_kind(kind, letters)], lang, format)
    if format == "json":
        speak(sys.stdout, data=True)
        records = [one.plain() for one in letters.kinds.values()]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return 0
    table = plain_table(head.say(lang) for head in _HEADS)
    for one in letters.kinds.values():
        sets = [s.title.say(lang) for s in letters.sets.values() if one.id in s.members]
        cells = (one.id, one.title.say(lang), _LAYOUTS[one.sheet].say(lang), " ".join(sets), one.template)
        table.add_row(*map(Cell, cells))
    paper(sys.stdout, lang).print(table)
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
    letters = _letters(open_book(rules, None))
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


def fill(
    item: ItemId,
    kind: Kind,
    output: Output,
    ledger: LedgerAt,
    office: OfficeFile = None,
    to: Recipients = None,
    reply_by: ReplyBy = None,
    fields: Fields = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """Draw up a letter of an item, not numbered yet. 由促改事项拟出文书初稿，未编号。"""
    with open_ledger(ledger, office, rules, measures, read_only=True) as opened:
        letter = _drawn(opened, item, kind, to, reply_by, fields)
        if _lacks(letter, lang):
            return FAULTS
        letter.save(output)
        _say_basis(letter, lang)
    paper(sys.stdout, lang).say(_SAVED.fill(path=str(output)))
    return 0


def preview(
    item: ItemId,
    kind: Kind,
    output: Output,
    ledger: LedgerAt,
    office: OfficeFile = None,
    to: Recipients = None,
    reply_by: ReplyBy = None,
    fields: Fields = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """Print a letter to a .pdf or .png by LibreOffice. 预览文书，说明以什么字体代替。"""
    with open_ledger(ledger, office, rules, measures, read_only=True) as opened:
        letter = _drawn(opened, item, kind, to, reply_by, fields)
        if _lacks(letter, lang):
            return FAULTS
        seen = letter.preview(output)
    console = paper(sys.stdout, lang)
    console.say(_PRINTED.fill(paths=" ".join(map(str, seen.paths))))
    for font, other in seen.stand_ins.items():
        said = _NO_STAND_IN if other is None else _STAND_IN
        console.say(said.fill(font=font, other=other or ""))
    return 0


def issue(
    item: ItemId,
    kind: Kind,
    output: Output,
    ledger: LedgerAt,
    by: Annotated[str, typer.Option(metavar="ACCOUNT", help="Who issues it. 发文的账号。", show_default=False)],
    on: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Day of issue. 成文日期。", show_default=False)
    ],
    number: Annotated[
        str | None,
        typer.Option(help="Number, where the office gives it. 文号，由办公室编号的填写。", show_default=False),
    ] = None,
    id: Annotated[
        str | None, typer.Option(help="Of this act, so that a retry is the same. 本次操作的编号。", show_default=False)
    ] = None,
    late: Annotated[str | None, typer.Option(help="Reason of a late entry. 补录的理由。", show_default=False)] = None,
    office: OfficeFile = None,
    to: Recipients = None,
    reply_by: ReplyBy = None,
    fields: Fields = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """Issue a letter: it gets its number, and the file is kept. 发文：编号、存档，写出文书。"""
    if output.suffix.lower() != ".docx":
        raise WrongUse("发出的文书写为 .docx", "an issued letter is written as .docx")
    with open_ledger(ledger, office, rules, measures) as opened:
        letter = _drawn(opened, item, kind, to, reply_by, fields)
        if _lacks(letter, lang):
            return FAULTS
        given = letter.issue(by=by, on=on.date(), number=number, id=id, late=late)
        with beside(output) as file:
            file.write(opened.file_of(given).read_bytes())
    paper(sys.stdout, lang).say(_ISSUED.fill(number=given, path=str(output)))
    return 0


def sheets(
    folder: Annotated[Path, typer.Argument(help="Folder to write to. 写到哪个文件夹。", show_default=False)],
    lang: Language = "zh",
) -> int:
    """Write the templates to begin with. 写出各种文书的起始模板，供在 Word 或 WPS 中修改。"""
    with extra("practice"):
        from reformkit.writing.starters import STARTERS, write_starters  # noqa: PLC0415

    there = [name for name in STARTERS if (folder / f"{name}.docx").exists()]
    if there:
        raise WrongUse(f"{folder} 中已有 {'、'.join(there)}，不覆盖", f"{folder} already holds {', '.join(there)}")
    folder.mkdir(parents=True, exist_ok=True)
    written = write_starters(folder)
    paper(sys.stdout, lang).say(_STARTED.fill(count=len(written), path=str(folder)))
    return 0


def _letters(book: Book) -> Letters:
    if book.rulebook.letters is None:
        raise WrongUse("规则册没有文书文件 letters.yaml", "the rulebook has no letters.yaml")
    return book.rulebook.letters


def _kind(word: str, letters: Letters) -> str:
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
    table = plain_table(head.say(lang) for head in _FIELD_HEADS)
    for holder in holders:
        asked = holder.ask.say(lang) if holder.ask else ""
        optional = _YES.say(lang) if holder.optional else ""
        table.add_row(*map(Cell, (holder.name, "、".join(holder.parts), optional, asked)))
    paper(sys.stdout, lang).print(table)
    return 0


def _drawn(
    ledger: Ledger, item: str, kind: str, to: Sequence[str] | None, reply_by: datetime | None, fields: list[str] | None
) -> Letter:
    """A letter of an item of a ledger, as it is asked for on the command line."""
    ids = {one.id: Text.same(one.id) for one in ledger.items()}
    if not ids:
        raise WrongUse("台账中还没有促改事项", "the ledger holds no items yet")
    letters = _letters(ledger.book)
    held = ledger.item(known(item, ids, Text("促改事项", "item")))
    return held.letter(_kind(kind, letters), to or None, day_of(reply_by), **_told(fields, letters))


def _told(fields: list[str] | None, letters: Letters) -> dict[str, Any]:
    """Placeholders as they are filled on the command line; the texts of a list have `；` between them."""
    said: dict[str, Any] = {}
    for field in fields or ():
        name, equals, words = (part.strip() for part in field.partition("="))
        if not equals or not name:
            raise WrongUse(f"“{field}”应写成 占位符=内容", f"`{field}` must be written as placeholder=words")
        shape = letters.placeholders[name].shape if name in letters.placeholders else "words"
        said[name] = _day(words) if shape == "day" else words.split("；") if shape == "list" else words
    return said


def _day(words: str) -> date | str:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return words  # refused where the letter takes it, with its name


def _lacks(letter: Letter, lang: Lang) -> bool:
    """Whether a letter lacks something; then it is said, each with its question."""
    problems = letter.problems
    if problems:
        show_problems(problems, paper(sys.stderr, lang))
    return bool(problems)


def _say_basis(letter: Letter, lang: Lang) -> None:
    basis = letter.basis
    if basis:
        paper(sys.stdout, lang).say(_RESTS_ON)
    for one in basis:
        at = one.citation.at or (one.clause.at if one.clause else None)
        checked = one.clause.checked if one.clause else one.reference.checked if one.reference else "none"
        title = one.reference.title.say(lang) if one.reference else ""
        said = _BASIS.fill(title=title, at=at.say(lang) if at else "", checked=_CHECKED[checked].say(lang))
        console = paper(sys.stdout, lang)
        console.say(f"  {console.words(said)}")
