"""`reformkit desk`: the rules, a case and the effect of an edit in a browser, on this machine only."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformkit.extras import extra
from reformkit.loading import BUNDLED, bundled, load
from reformkit.printing.paper import paper
from reformkit.problem import WrongUse
from reformkit.terminal.opening import OfficeFile, ledger_of
from reformkit.terminal.options import NOT_THERE, Language, RulesFolder, folder
from reformkit.text import COMMA, Text

if TYPE_CHECKING:
    from reformkit.desk.asking import Action, Screen
    from reformkit.ledger.ledger import Ledger

_AT = Text("案头已打开：{address}", "the desk is open at {address}")
_HOW = Text(
    "地址只能用一次，只在本机有效；按 Ctrl-C 结束。保存之前不写任何文件。",
    "the address is good once, on this machine only; Ctrl-C ends it. Nothing is written before you save.",
)
_NO_LEDGER = Text("--as 与 --ledger 同用", "--as goes with --ledger")
_WHO = Text("用 --as 写明以哪个账号办理；机关文件中有：{known}", "say with --as which account acts; there are: {known}")
_NO_ACCOUNT = Text(
    "机关文件中没有账号“{account}”；有：{known}", "the office has no account `{account}`; there are: {known}"
)
_TAKEN = Text(
    "端口 {port} 已被占用；换一个，或者不写 --port", "port {port} is taken; name another, or leave --port out"
)


def desk(
    rules: RulesFolder = None,
    cases: Annotated[
        list[Path] | None,
        typer.Option(
            "--cases",
            metavar="PATH",
            help="Cases that an edit is held to, or a folder of fixtures; may be given again. 用来比较影响的案件文件，或测试案件文件夹，可写几次。",
            show_default=False,
        ),
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger",
            metavar="LEDGER",
            envvar="REFORMKIT_LEDGER",
            help="A ledger's file or URL: its items, letters, dispatch and figures too. 台账文件或地址，一并打开促改事项、文书、调度和指标。",
            show_default=False,
        ),
    ] = None,
    office: OfficeFile = None,
    account: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="ACCOUNT", help="Account that acts on the ledger. 办理台账的账号。", show_default=False
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; any that is free. 端口，默认任选。")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser. 不打开浏览器。")] = False,
    lang: Language = "zh",
) -> int:
    """Edit and try the rules in a browser, with the effect of each edit as you type. 在浏览器中看规则、试案件、改规则并即时看到影响。"""
    with extra("desk"):
        from reformkit.desk.desk import Desk  # noqa: PLC0415
        from reformkit.desk.workspace import FolderWorkspace  # noqa: PLC0415
        from reformkit.serving.loopback import serve  # noqa: PLC0415
    given = cases or []
    for path in given:
        if not path.exists():
            raise WrongUse(NOT_THERE.fill(path=path))
    home = bundled("rules") / BUNDLED if rules is None else folder(rules)
    book = load(home)
    if ledger is None and account is not None:
        raise WrongUse(_NO_LEDGER)
    held = None if ledger is None else ledger_of(book, ledger, office, create=False)
    more = ((), ()) if held is None else _over(held, account)
    opened = Desk(FolderWorkspace(home, book, given, locked=rules is None))
    console = paper(sys.stdout, lang)

    def say(address: str) -> None:
        console.say(_AT.fill(address=address))
        console.say(_HOW)
        sys.stdout.flush()

    try:
        serve(opened, port, lang, say, not no_open, more)
    except OSError as error:
        if not port:
            raise
        raise WrongUse(_TAKEN.fill(port=port)) from error
    except KeyboardInterrupt:
        pass
    finally:
        if held is not None:
            held.close()
    return 0


def _over(ledger: Ledger, account: str | None) -> tuple[Sequence[Screen], Sequence[Action]]:
    """The screens over a ledger, on which one account of the office works."""
    accounts = ledger.office.accounts
    if account not in accounts:
        ledger.close()
        known = COMMA.join(accounts)
        raise WrongUse(_WHO.fill(known=known) if account is None else _NO_ACCOUNT.fill(account=account, known=known))
    with extra("practice"):
        from reformkit.ledger_desk.screens import ledger_screens  # noqa: PLC0415

    return ledger_screens(ledger, account)
