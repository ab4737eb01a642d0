"""The commands, a file each: arguments in, a call, printing out.

Comes in: the arguments of a command.
To read: any command, with what it shares in `terminal/`; `case_columns` and `case_stream` are how `assess` takes large
    files; the commands over a ledger have a folder of their own, `ledger_cli/`.
Goes out: an exit code; what is shown is made in `printing/`.
"""

from __future__ import annotations

import platform
from typing import Annotated

import typer

import reformkit
from reformkit.cli import (
    assess,
    bundle,
    check,
    desk,
    diff,
    doctor,
    drafts,
    explain,
    export,
    fmt,
    graph,
    import_rules,
    measures,
    new_cases,
    new_workbook,
    page,
    replay,
    schema,
    test,
    watch,
    year,
)
from reformkit.cli.register import register
from reformkit.ledger_cli import add_ledger_commands
from reformkit.terminal.guard import Speaking, guarded
from reformkit.terminal.options import Language

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
    year.year,
    page.page,
    check.check,
    explain.explain,
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
    export.export,
    bundle.bundle,
    desk.desk,
)
for command in _COMMANDS:
    app.command()(guarded(command))

app.command("import")(guarded(import_rules.import_rules))

new = typer.Typer(
    help="Write something new, to be gone over by a person. 起草新的内容，由人审定。", no_args_is_help=True
)
for draft in (drafts.rule, drafts.measure, drafts.decision, new_cases.cases, new_workbook.workbook):
    new.command()(guarded(draft))
app.add_typer(new, name="new")

add_ledger_commands(app)


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
