"""`reformkit figures`: the figures of a ledger, as they stand or stood, and whether published ones come out of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reformkit.model.figure import DIMENSIONS
from reformkit.overseeing.monthly_sheet import ENDINGS
from reformkit.printing.figures import figure_records, group_labels, print_figures, print_groups, print_months
from reformkit.printing.paper import paper
from reformkit.printing.problems import show_problems
from reformkit.problem import WrongUse
from reformkit.reading.keys import key_of
from reformkit.reading.words import Words
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.opening import LedgerAt, OfficeFile, open_ledger
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder, known
from reformkit.terminal.targets import WRITTEN
from reformkit.text import Lang, Text

if TYPE_CHECKING:
    from reformkit.ledger.ledger import Ledger

_NOT_OF = Text("--of 写成 属性=取值，现为“{words}”", "--of is PROPERTY=VALUE, not `{words}`")
_PROPERTY = Text("属性", "property")
_NOBODY = Text("台账中没有{name}为“{word}”的事项{hint}", "no item of the ledger has the {name} `{word}`{hint}")
_NO_ACT = Text("台账只有 {acts} 号，没有第 {at_seq} 号", "the ledger has {acts} acts, and no act {at_seq}")
_NO_PERIOD = Text(
    "“{period}”不是统计期，写成 2022、2022-03 或 2022-Q1", "`{period}` is no period; write 2022, 2022-03 or 2022-Q1"
)

_NOT_WITH_MONTHS = Text("--monthly 不与 {given} 同用", "--monthly does not go with {given}")
_ONLY_MONTHS = Text("-o 只与 --monthly 同用", "-o goes with --monthly only")
_ENDING_REFUSED = Text("逐月情况只能写为 {endings}", "months are written as one of {endings}")
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
            help="Told apart by layer, source, industry, region, township, department, unit or responsible_unit. "
            "按哪一项分组：层次、来源、行业、地区、镇街、承办部门、单位、责任单位。",
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
    monthly: Annotated[
        bool,
        typer.Option(
            "--monthly",
            help="Month by month: opened, accepted, overdue at the end. 逐月列出立项、验收通过和月末逾期。",
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="With --monthly: a .svg, .png, .xlsx, .html or .json. 逐月情况写到文件。",
            show_default=False,
        ),
    ] = None,
    format: Annotated[Literal["text", "json"], typer.Option(help="Format of the output. 输出格式。")] = "text",
    office: OfficeFile = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """The figures of a ledger. 由台账计数：报送与验收并列，可按期、按项、按当时重算。"""
    if monthly:
        others = {"--by": by, "--of": of, "--at-seq": at_seq, "--check": check or None}
        given = [name for name, value in others.items() if value is not None and value != []]
        if given:
            raise WrongUse(_NOT_WITH_MONTHS.fill(given=" ".join(given)))
        return _months(period, output, format, (ledger, office, rules, measures), lang)
    if output is not None:
        raise WrongUse(_ONLY_MONTHS)
    by = None if by is None else known(by, DIMENSIONS, _PROPERTY)
    wanted = _properties(of or ())
    with open_ledger(ledger, office, rules, measures, read_only=True) as opened:
        properties = {name: _values(name, words, opened, lang) for name, words in wanted.items()}
        try:
            chosen = opened.figures(period, at_seq=at_seq).by(**properties)
            now = None if at_seq is None else opened.figures(period).by(**properties)
        except ValueError:
            raise _wrong(period, at_seq, opened) from None
        groups = None if by is None else chosen.groups(by)
        problems = chosen.check() if check else []
        labels = group_labels(opened.book.rulebook, by or "")
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


def _months(
    period: str | None,
    output: Path | None,
    format: str,
    where: tuple[str, Path | None, Path | None, str | None],
    lang: Lang,
) -> int:
    """The months of a period, on the terminal or into a file."""
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise WrongUse(_ENDING_REFUSED.fill(endings=" ".join(ENDINGS)))
    with open_ledger(*where, read_only=True) as opened:
        try:
            found = opened.monthly(period)
        except ValueError:
            raise _wrong(period, None, opened) from None
    console = paper(sys.stdout, lang)
    if output is not None:
        found.save(output, lang)
        console.say(WRITTEN.fill(path=output))
    elif format == "json":
        typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        print_months(found, console)
    return 0


def _properties(of: Sequence[str]) -> dict[str, list[str]]:
    """What items must be, by property."""
    properties: dict[str, list[str]] = {}
    for words in of:
        name, sign, value = words.partition("=")
        if not sign or not value:
            raise WrongUse(_NOT_OF.fill(words=words))
        properties.setdefault(known(name, DIMENSIONS, _PROPERTY), []).append(value)
    return properties


def _values(name: str, words: Sequence[str], ledger: Ledger, lang: Lang) -> list[str]:
    """The values of a property that are asked for: ids where it has a list of them, else names as the ledger has them.

    A name that no item has is said, for its figures are all nothing.
    """
    labels = group_labels(ledger.book.rulebook, name)
    if labels:
        return [known(word, labels, DIMENSIONS[name]) for word in words]
    there = {key_of(value): value for value in ledger.figures().groups(name) if value is not None}
    for word in words:
        if key_of(word) not in there:
            near = Words({value: value for value in there.values()}).hint(word)
            paper(sys.stderr, lang).say(_NOBODY.fill(name=DIMENSIONS[name], word=word, hint=near))
    return [there.get(key_of(word), word) for word in words]


def _wrong(period: str | None, at_seq: int | None, ledger: Ledger) -> WrongUse:
    """Why a period or a number of an act cannot be taken."""
    acts = ledger.anchor().partition(":")[0]
    if at_seq is not None and not 0 <= at_seq <= int(acts):
        return WrongUse(_NO_ACT.fill(acts=acts, at_seq=at_seq))
    return WrongUse(_NO_PERIOD.fill(period=str(period)))
