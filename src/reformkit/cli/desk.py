"""`reformkit desk`: the rules, a case and the effect of an edit in a browser, on this machine only."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reformkit.extras import extra
from reformkit.loading import BUNDLED, bundled, load
from reformkit.printing.paper import paper
from reformkit.problem import WrongUse
from reformkit.terminal.options import NOT_THERE, Language, RulesFolder, folder
from reformkit.text import Text

_AT = Text("案头已打开：{address}", "the desk is open at {address}")
_HOW = Text(
    "地址只能用一次，只在本机有效；按 Ctrl-C 结束。保存之前不写任何文件。",
    "the address is good once, on this machine only; Ctrl-C ends it. Nothing is written before you save.",
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
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; any that is free. 端口，默认任选。")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser. 不打开浏览器。")] = False,
    lang: Language = "zh",
) -> int:
    """Edit and try the rules in a browser, with the effect of each edit as you type. 在浏览器中看规则、试案件、改规则并即时看到影响。"""
    with extra("desk"):
        from reformkit.desk.desk import Desk  # noqa: PLC0415
        from reformkit.desk.serving import serve  # noqa: PLC0415
        from reformkit.desk.workspace import FolderWorkspace  # noqa: PLC0415
    given = cases or []
    for path in given:
        if not path.exists():
            raise WrongUse(NOT_THERE.fill(path=path))
    home = bundled("rules") / BUNDLED if rules is None else folder(rules)
    opened = Desk(FolderWorkspace(home, load(home), given, locked=rules is None))
    console = paper(sys.stdout, lang)

    def say(address: str) -> None:
        console.say(_AT.fill(address=address))
        console.say(_HOW)
        sys.stdout.flush()

    try:
        serve(opened, port, lang, say, not no_open)
    except OSError as error:
        if not port:
            raise
        raise WrongUse(_TAKEN.fill(port=port)) from error
    except KeyboardInterrupt:
        pass
    return 0
