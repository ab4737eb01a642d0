"""`reformkit figures`: the figures of a ledger, as they stand or stood, and whether published ones come out of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reformkit.book import Book
from reformkit.model.figure import DIMENSIONS
from reformkit.printing.figures import figure_records, print_figures, print_groups
from reformkit.printing.paper import paper
from reformkit.printing.problems import show_problems
from reformkit.problem import WrongUse
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.opening import LedgerAt, OfficeFile, open_ledger
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder
from reformkit.text import Text

if TYPE_CHECKING:
    from reformkit.ledger.ledger import Ledger

_NOT_OF = Text("--of 写成 属性=取值，现为“{words}”", "--of is PROPERTY=VALUE, not `{words}`")
_NO_PROPERTY = Text("没有属性“{name}”，可用的有：{known}", "there is no property `{name}`; there are {known}")
_NO_ACT = Text("台账只有 {acts} 号，没有第 {at_seq} 号", "the ledger has {acts} acts, and no act {at_seq}")
_NO_PERIOD = Text(
    "“{period}”不是统计期，写成 2022、2022-03 或 2022-Q1", "`{period}` is no period; write 2022, 2022-03 or 2022-Q1"
)

_ALL_AGREE = Text("公布的 {figures} 个数字都能由台账算出。", "All {figures} published numbers come out of the ledger.")


def figures(
    ledger: LedgerAt,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="2022|2022-03|2022-Q1", help="Period; else all time. 统计期，默认全部。", show_default=False
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="PROPERTY",
            help="Told apart by layer, source, industry, region, township, department, unit. 按哪一项分组。",
            show_default=False,
        ),
    ] = None,
    of: Annotated[
        list[str] | None,
        typer.Option(metavar="PROPERTY=VALUE", help="Only of these items. 只计这些事项，可重复。", show_default=False),
    ] = None,
    at_seq: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="As they stood after act N, with what came since. 截至第 N 号的数字，并列出追补。",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Hold the published numbers to the ledger. 复算已公布的数字。")
    ] = False,
    format: Annotated[Literal["text", "json"], typer.Option(help="Format of the output. 输出格式。")] = "text",
    office: OfficeFile = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """The figures of a ledger. 由台账计数：报送与验收并列，可按期、按项、按当时重算。"""
    properties = _properties([*(of or ()), *([f"{by}=*"] if by else [])])
    properties.pop(by or "", None)
    with open_ledger(ledger, office, rules, measures, read_only=True) as opened:
        try:
            chosen = opened.figures(period, at_seq=at_seq).by(**properties)
            now = None if at_seq is None else opened.figures(period).by(**properties)
        except ValueError:
            raise _wrong(period, at_seq, opened) from None
        groups = None if by is None else chosen.groups(by)
        problems = chosen.check() if check else []
        labels = _labels(opened.book, by)
    console = paper(sys.stdout, lang)
    if check:
        show_problems(problems, paper(sys.stderr, lang))
        if not problems:
            numbers = sum(len(row.values) for row in chosen.rules.published)
            console.say(_ALL_AGREE.fill(figures=numbers))
        return FAULTS if problems else 0
    if format == "json":
        said = (
            figure_records(chosen, lang, now)
            if groups is None
            else [{"group": name, "figures": figure_records(of_group, lang)} for name, of_group in groups.items()]
        )
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
    elif groups is not None:
        print_groups(groups, labels, console)
    else:
        print_figures(chosen, console, now)
    return 0


def _properties(of: Sequence[str]) -> dict[str, list[str]]:
    """What items must be, by property."""
    properties: dict[str, list[str]] = {}
    for words in of:
        name, sign, value = words.partition("=")
        if not sign or not value:
            raise WrongUse(_NOT_OF.fill(words=words))
        if name not in DIMENSIONS:
            known = ", ".join(DIMENSIONS)
            raise WrongUse(_NO_PROPERTY.fill(name=name, known=known))
        properties.setdefault(name, []).append(value)
    return properties


def _wrong(period: str | None, at_seq: int | None, ledger: Ledger) -> WrongUse:
    """Why a period or a number of an act cannot be taken."""
    acts = ledger.anchor().partition(":")[0]
    if at_seq is not None and not 0 <= at_seq <= int(acts):
        return WrongUse(_NO_ACT.fill(acts=acts, at_seq=at_seq))
    return WrongUse(_NO_PERIOD.fill(period=str(period)))


def _labels(book: Book, by: str | None) -> dict[str, Text]:
    """What the values of a property are called: of a fact, or of a decision that gives it."""
    field, table = book.rulebook.vocabulary.fields.get(by or ""), book.rulebook.decisions.get(by or "")
    named = field.values if field is not None else table.outcomes if table is not None else {}
    return {id: item.label for id, item in named.items()}
