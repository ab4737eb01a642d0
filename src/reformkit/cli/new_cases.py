"""`reformkit new cases`: a small set of fixtures that covers rules and boundaries, to be confirmed by a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reformkit.book import Book
from reformkit.cli.options import Language, MeasuresFolder, RulesFolder, known, open_book
from reformkit.editing.fixture_text import fixture_text
from reformkit.printing.fixture_reports import numbered_draft
from reformkit.printing.paper import paper, sheet
from reformkit.problem import WrongUse
from reformkit.testing.choosing import Chosen, choose
from reformkit.testing.coverage import items
from reformkit.testing.fixtures import ENDING
from reformkit.testing.saying import say_item
from reformkit.text import Lang, Text


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
    console = paper(sys.stderr)
    for line in _told(book, chosen, lang):
        console.say(line)
    return 0


def _check(out: Path) -> None:
    if not out.name.endswith(ENDING):
        raise WrongUse(f"{out} 不合：文件名应以 {ENDING} 结尾", f"{out}: the name should end in {ENDING}")
    if out.exists():
        raise WrongUse(f"{out} 已经存在，请另写一个文件名", f"{out} exists already; name another file")
    if not out.parent.is_dir():
        raise WrongUse(f"找不到文件夹 {out.parent}", f"there is no folder {out.parent}")


def _page(book: Book, chosen: Chosen, lang: Lang) -> str:
    head = (
        "# 预期均为现有规则得出的结论，逐例核对以后，把“已确认”改为“是”。\n"
        if lang == "zh"
        else "# What is expected is what the rules give now; look at each, then set `confirmed: true`.\n"
    )
    drafts = [numbered_draft(draft, number) for number, (draft, _) in enumerate(chosen.drafts, 1)]
    return head + "\n".join(fixture_text(draft.to_dict(book.rulebook), book.rulebook, lang) for draft in drafts)


def _told(book: Book, chosen: Chosen, lang: Lang) -> list[str]:
    number, zh = len(chosen.drafts), lang == "zh"
    said = [
        f"共 {number} 例，逐例选取覆盖最多的一例而得，不一定最少；要覆盖同样的内容至少须 {chosen.at_least} 例。"
        if zh
        else f"{number} cases, each chosen for covering most of what was left; perhaps not the fewest, "
        f"but no set that covers the same has fewer than {chosen.at_least}."
    ]
    if chosen.impossible:
        left = ("；" if zh else "; ").join(say_item(book, item).say(lang) for item in chosen.impossible)
        said.append(f"没有找到结论取决于此的案件：{left}" if zh else f"no case was found that hangs on: {left}")
    return said
