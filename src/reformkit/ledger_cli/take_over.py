"""`reformkit ledger take-over`: an office's earlier ledger, kept as a table, becomes items with their acts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from reformkit.extras import extra
from reformkit.printing.paper import paper
from reformkit.printing.problems import show_problems
from reformkit.problem import LedgerError
from reformkit.terminal.opening import LedgerAt, OfficeFile, open_ledger
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder
from reformkit.text import Text

if TYPE_CHECKING:
    from reformkit.ledger.ledger import Ledger

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
    where = _tried_on if dry_run else open_ledger
    with where(ledger, office, rules, measures) as opened:
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


@contextmanager
def _tried_on(ledger: str, office: Path | None, rules: Path | None, measures: str | None) -> Iterator[Ledger]:
    """The ledger that is there; where none is, an empty one elsewhere, so that a trial leaves nothing."""
    try:
        there = open_ledger(ledger, office, rules, measures, create=False)
    except LedgerError as error:
        if [problem.code for problem in error.problems] != ["RK522"]:
            raise
    else:
        with there:
            yield there
        return
    with extra("practice"):
        from reformkit.keeping.database import Address, check_file  # noqa: PLC0415

    path = Address.read(ledger).path
    if path is not None:
        check_file(path, read_only=False, create=True)  # whether one could be made there
    with TemporaryDirectory() as folder, open_ledger(f"{folder}/empty.ledger", office, rules, measures) as empty:
        yield empty
