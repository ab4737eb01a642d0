"""`reformkit new cases`: a small set of fixtures that covers rules and boundaries, to be confirmed by a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reformkit.book import Book
from reformkit.editing.fixture_text import fixture_text
from reformkit.parsing.endings import is_fixtures
from reformkit.printing.fixture_reports import NOT_FOUND, numbered_draft
from reformkit.printing.paper import paper, sheet
from reformkit.problem import WrongUse
from reformkit.terminal.options import NO_FOLDER, Language, MeasuresFolder, RulesFolder, known, open_book
from reformkit.testing.choosing import Chosen, choose
from reformkit.testing.coverage import items
from reformkit.testing.fixtures import ENDING
from reformkit.testing.saying import say_item
from reformkit.text import SEMICOLON, Lang, Text

_WRONG_ENDING = Text("{out} 不合：文件名应以 {ending} 结尾", "{out}: the name should end in {ending}")
_ALREADY_THERE = Text("{out} 已经存在，请另写一个文件名", "{out} exists already; name another file")

_TO_CONFIRM = Text(
    "预期均为现有规则得出的结论，逐例核对以后，把“已确认”改为“是”。",
    "What is expected is what the rules give now; look at each, then set `confirmed: true`.",
)
_CHOSEN = Text(
    "共 {number} 例，逐例选取覆盖最多的一例而得，不一定最少；要覆盖同样的内容至少须 {least} 例。",
    "{number} cases, each chosen for covering most of what was left; perhaps not the fewest, "
    "but no set that covers the same has fewer than {least}.",
)


def cases(
    *,
    decision: Annotated[
        str | None, typer.Option(help="For this decision only. 只为某项决策生成。", show_default=False)
    ] = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help=f"A new file to write to, *{ENDING}. 写入的新文件，*{ENDING}。", show_default=False
        ),
    ] = None,
) -> int:
    """A small set of fixtures that covers every rule and boundary, with what comes out now. 生成测试案件，逐例待人确认。"""
    if out is not None:
        _check(out)
    book = open_book(rules, measures)
    if decision is not None:
        titles = {name: table.title for name, table in book.rulebook.decisions.items()}
        decision = known(decision, titles, Text("决策", "decision"))
    chosen = choose(book, list(items(book, decision)), lang)
    with sheet(out, sys.stdout, data=True) as stream:
        stream.write(_page(book, chosen, lang))
    console = paper(sys.stderr, lang)
    console.say(_CHOSEN.fill(number=len(chosen.drafts), least=chosen.at_least))
    if chosen.impossible:
        console.say(NOT_FOUND.fill(items=SEMICOLON.join(say_item(book, item) for item in chosen.impossible)))
    return 0


def _check(out: Path) -> None:
    if not is_fixtures(out.name):
        raise WrongUse(_WRONG_ENDING.fill(out=out, ending=ENDING))
    if out.exists():
        raise WrongUse(_ALREADY_THERE.fill(out=out))
    if not out.parent.is_dir():
        raise WrongUse(NO_FOLDER.fill(path=out.parent))


def _page(book: Book, chosen: Chosen, lang: Lang) -> str:
    drafts = [numbered_draft(draft, number) for number, (draft, _) in enumerate(chosen.drafts, 1)]
    return f"# {_TO_CONFIRM.say(lang)}\n" + "\n".join(
        fixture_text(draft.to_dict(book.rulebook), book.rulebook, lang) for draft in drafts
    )
