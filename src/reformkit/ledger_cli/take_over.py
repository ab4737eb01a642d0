"""`reformkit ledger take-over`: an office's earlier ledger, kept as a table, becomes items with their acts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reformkit.extras import extra
from reformkit.printing.paper import paper
from reformkit.printing.problems import show_problems
from reformkit.terminal.opening import LedgerAt, OfficeFile, open_ledger
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder
from reformkit.text import Text

_ROW = Text("第{line}行 {id} → {item}：{acts}", "row {line} {id} -> {item}: {acts}")
_ACT = Text("{title} {on}", "{title} {on}")
_NOTHING = Text("没有新的记录（先前已转入 {already} 号）", "nothing new ({already} acts were taken over before)")
_TOTAL = Text("{rows} 行，新记 {acts} 号，均标补录。", "{rows} rows, {acts} acts written, all marked as entered late.")
_NONE = Text("{rows} 行，没有新的记录。", "{rows} rows, nothing new.")
_TRIED = Text(
    "试转入，没有写入：{rows} 行，将新记 {acts} 号。", "Tried only, nothing was written: {rows} rows, {acts} acts."
)
_BETWEEN = Text("、", ", ")


def take_over(
    table: Annotated[
        Path, typer.Argument(metavar="TABLE", help="The earlier ledger. 原有台账，.xlsx 或 .csv。", show_default=False)
    ],
    *,
    ledger: LedgerAt,
    by: Annotated[
        list[str],
        typer.Option(
            "--by",
            metavar="ACCOUNT",
            help="Accounts that enter it, one for each role. 录入账号，可重复；每一步由其中承担该角色的账号录入。",
            show_default=False,
        ),
    ],
    late: Annotated[
        str | None,
        typer.Option(
            metavar="REASON", help="Why it is entered late. 补录理由，默认“原有台账转入”。", show_default=False
        ),
    ] = None,
    fill_steps: Annotated[
        bool,
        typer.Option(
            "--fill-steps",
            help="Steps without a day: on that of the step after them. 没有日期的步骤按其后一步的日期补记并注明。",
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written. 只试，不写入。")] = False,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """Take over an earlier ledger kept in Excel, all rows or none. 转入原有台账：一行一事项，逐步补录。"""
    with open_ledger(ledger, office, rules, measures) as opened:
        with extra("practice"):
            from reformkit.ledger import taking_over  # noqa: PLC0415

        done = taking_over.take_over(opened, table, by=by, late=late, fill_steps=fill_steps, dry_run=dry_run)
    show_problems(done.problems, paper(sys.stderr, lang))
    console = paper(sys.stdout, lang)
    for row in done.rows:
        said = [_ACT.fill(title=title, on=str(on)) for title, on in row.told]
        acts = _BETWEEN.join(said) if said else _NOTHING.fill(already=row.already)
        console.say(_ROW.fill(line=row.place.line, id=row.id, item=row.item, acts=acts))
    total = _TRIED if done.tried else _TOTAL
    console.say(total.fill(rows=len(done.rows), acts=done.acts) if done.acts else _NONE.fill(rows=len(done.rows)))
    return 0
