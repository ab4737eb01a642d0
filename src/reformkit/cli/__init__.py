"""The commands, a file each; Typer and rich are imported only here and in `printing/`.

Comes in: the arguments of a command.
To read: `guard` (whatever goes wrong becomes a message and an exit code), `options` (what several commands share),
    then any command; `case_files`, `case_columns` and `case_stream` are the three ways of `assess`.
Goes out: an exit code; what is shown is made in `printing/`.
"""

from __future__ import annotations

import platform
from typing import Annotated

import typer

import reformkit
from reformkit.cli import (
    acts,
    assess,
    check,
    compare,
    diff,
    dispatch,
    doctor,
    drafts,
    figures,
    fmt,
    graph,
    item,
    item_letter,
    ledger,
    letter,
    measures,
    new_cases,
    replay,
    schema,
    test,
    watch,
)
from reformkit.cli.guard import Speaking, guarded
from reformkit.cli.options import Language
from reformkit.cli.register import register

app = typer.Typer(
    name="reformkit",
    cls=Speaking,
    help="Rules as code for reform through cases. 以案促改规则研判：是否启动、在哪一层、症结何在、以何措施促改。",
    epilog="Output is Chinese; --lang en, or REFORMKIT_LANG=en, gives English. 默认输出中文。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_COMMANDS = (
    assess.assess,
    check.check,
    diff.diff,
    test.test,
    measures.measures,
    register,
    replay.replay,
    graph.graph,
    watch.watch,
    fmt.fmt,
    schema.schema,
    doctor.doctor,
    dispatch.dispatch,
    figures.figures,
    compare.compare,
)
for command in _COMMANDS:
    app.command()(guarded(command))

new = typer.Typer(
    help="Write something new, to be gone over by a person. 起草新的内容，由人审定。", no_args_is_help=True
)
for draft in (drafts.rule, drafts.measure, drafts.decision, new_cases.cases):
    new.command()(guarded(draft))
app.add_typer(new, name="new")

of_ledger = typer.Typer(
    help="The ledger as a whole: whether it is as it was written, out and back. 台账：核验、校验码、导出、恢复。",
    no_args_is_help=True,
)
for of_all in (ledger.verify, ledger.anchor, ledger.export, ledger.restore):
    of_ledger.command()(guarded(of_all))
app.add_typer(of_ledger, name="ledger")

of_items = typer.Typer(
    help="Items of reform: opened, found, carried on by acts that are guarded. 促改事项：立项、查找、办理。",
    no_args_is_help=True,
)
of_items.command("open")(guarded(item.open_item))
of_items.command("list")(guarded(item.list_of))
for looked in (item.show, item.menu):
    of_items.command()(guarded(looked))
for verb in acts.VERBS:
    of_items.command()(guarded(verb))
app.add_typer(of_items, name="item")

of_letters = typer.Typer(
    help="Letters: their templates checked, drawn up, looked at, issued. 文书：查模板、拟稿、预览、发文。",
    no_args_is_help=True,
)
of_letters.command("list")(guarded(letter.list_letters))
for of_one in (letter.check, item_letter.fill, item_letter.preview, item_letter.issue, letter.sheets):
    of_letters.command()(guarded(of_one))
app.add_typer(of_letters, name="letter")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reformkit {reformkit.__version__} (Python {platform.python_version()})")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version. 显示版本。")
    ] = False,
    lang: Language = "zh",
) -> None:
    """Rules as code for reform through cases. 以案促改规则研判：是否启动、在哪一层、症结何在、以何措施促改。"""


__all__ = ["app"]
