"""`reformkit letter fill`, `preview` and `issue`: a letter of an item drawn up, looked at, sent out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reformkit.beside import beside
from reformkit.ledger_cli.item import found
from reformkit.ledger_cli.letter import kind_named, letters_of
from reformkit.model.letter import Letters
from reformkit.printing.paper import paper
from reformkit.printing.problems import show_problems
from reformkit.problem import WrongUse
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.opening import LedgerAt, OfficeFile, day_of, open_ledger
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder, a_day, taking
from reformkit.text import DETAIL, Lang, Text

if TYPE_CHECKING:
    from reformkit.ledger.ledger import Ledger
    from reformkit.ledger.letter import Letter

_DOCX_ONLY = Text("发出的文书写为 .docx", "an issued letter is written as .docx")
_NO_FIELD = Text("“{field}”应写成 占位符=内容", "`{field}` must be written as placeholder=words")

_GIVE = Text("可随命令填写：{given}", "They can be filled in with the command: {given}")
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
ItemId = Annotated[str, typer.Argument(metavar="ITEM", help="Id of an item. 促改事项编号。", show_default=False)]
Kind = Annotated[str, typer.Argument(metavar="LETTER", help="Kind of letter, id or title. 文书。", show_default=False)]
Recipients = Annotated[
    list[str] | None,
    typer.Option("--to", help="Whom it goes to; else the ledger says. 主送，可重复。", show_default=False),
]
ReplyBy = Annotated[
    datetime | None,
    a_day("Day for the answer. 回复期限。"),
]
Fields = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=WORDS", help="A placeholder's words. 填写占位符，可重复。", show_default=False),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write. 写到哪里。", show_default=False)
]


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """What is said of every letter that is drawn up."""

    item: ItemId
    kind: Kind
    output: Output
    ledger: LedgerAt
    office: OfficeFile = None
    to: Recipients = None
    reply_by: ReplyBy = None
    fields: Fields = None
    rules: RulesFolder = None
    measures: MeasuresFolder = None
    lang: Language = "zh"

    def open(self, read_only: bool = True) -> Ledger:
        """The ledger."""
        return open_ledger(self.ledger, self.office, self.rules, self.measures, read_only=read_only, create=False)

    def letter(self, ledger: Ledger) -> Letter:
        """The letter, as it is asked for."""
        letters = letters_of(ledger.book)
        item = found(ledger, self.item)
        told = _told(self.fields, letters)
        return item.letter(kind_named(self.kind, letters), self.to or None, day_of(self.reply_by), **told)


@taking(LetterOptions)
def fill(options: LetterOptions) -> int:
    """Draw up a letter of an item, not numbered yet. 由促改事项拟出文书初稿，未编号。"""
    with options.open() as ledger:
        letter = options.letter(ledger)
        if _lacks(letter, options.lang):
            return FAULTS
        letter.save(options.output)
        _say_basis(letter, options.lang)
    paper(sys.stdout, options.lang).say(_SAVED.fill(path=options.output))
    return 0


@taking(LetterOptions)
def preview(options: LetterOptions) -> int:
    """Print a letter to a .pdf or .png by LibreOffice. 预览文书，说明以什么字体代替。"""
    with options.open() as ledger:
        letter = options.letter(ledger)
        if _lacks(letter, options.lang):
            return FAULTS
        seen = letter.preview(options.output)
    console = paper(sys.stdout, options.lang)
    console.say(_PRINTED.fill(paths=" ".join(map(str, seen.paths))))
    for font, other in seen.stand_ins.items():
        console.say(_NO_STAND_IN.fill(font=font) if other is None else _STAND_IN.fill(font=font, other=other))
    return 0


@taking(LetterOptions)
def issue(
    options: LetterOptions,
    by: Annotated[str, typer.Option(metavar="ACCOUNT", help="Who issues it. 发文的账号。", show_default=False)],
    on: Annotated[datetime, a_day("Day of issue. 成文日期。")],
    number: Annotated[
        str | None,
        typer.Option(help="Number, where the office gives it. 文号，由办公室编号的填写。", show_default=False),
    ] = None,
    id: Annotated[
        str | None, typer.Option(help="Of this act, so that a retry is the same. 本次操作的编号。", show_default=False)
    ] = None,
    late: Annotated[str | None, typer.Option(help="Reason of a late entry. 补录的理由。", show_default=False)] = None,
) -> int:
    """Issue a letter: it gets its number, and the file is kept. 发文：编号、存档，写出文书。"""
    if options.output.suffix.lower() != ".docx":
        raise WrongUse(_DOCX_ONLY)
    with options.open(read_only=False) as ledger:
        letter = options.letter(ledger)
        if _lacks(letter, options.lang):
            return FAULTS
        given = letter.issue(by=by, on=on.date(), number=number, id=id, late=late)
        with beside(options.output) as file:
            file.write(ledger.file_of(given).read_bytes())
    paper(sys.stdout, options.lang).say(_ISSUED.fill(number=given, path=options.output))
    return 0


def _told(fields: list[str] | None, letters: Letters) -> dict[str, Any]:
    """Placeholders as they are filled on the command line; the texts of a list have `；` between them."""
    said: dict[str, Any] = {}
    for field in fields or ():
        name, equals, words = (part.strip() for part in field.partition("="))
        if not equals or not name:
            raise WrongUse(_NO_FIELD.fill(field=field))
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
    problems, console = letter.problems, paper(sys.stderr, lang)
    if problems:
        show_problems(problems, console)
        holders = letter.letters.placeholders  # what is none of these is a part of an entry, which no command gives
        fields = [str(problem.values["field"]) for problem in problems if problem.code == "RK740"]
        given = [f"--set {name}=…" for name in fields if name in holders and isinstance(holders[name].shape, str)]
        if given:
            console.say(_GIVE.fill(given=" ".join(given)))
    return bool(problems)


def _say_basis(letter: Letter, lang: Lang) -> None:
    console = paper(sys.stdout, lang)
    if letter.basis:
        console.say(_RESTS_ON)
    for one in letter.basis:
        at = one.citation.at or (one.clause.at if one.clause else Text.same(""))
        checked = one.clause.checked if one.clause else one.reference.checked if one.reference else "none"
        title = one.reference.title if one.reference else Text.same("")
        console.say(DETAIL.fill(words=_BASIS.fill(title=title, at=at, checked=_CHECKED[checked])))
