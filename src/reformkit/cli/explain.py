"""`reformkit explain`: what a kind of problem means, how to mend it, and an example."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reformkit.printing.explained import explained
from reformkit.printing.paper import paper
from reformkit.problem_codes import CODES
from reformkit.terminal.options import Language, known
from reformkit.text import Text

_CODE = Text("问题代码", "code of a problem")


def explain(
    code: Annotated[
        str, typer.Argument(help="A code such as RK130. 问题代码，如 RK130。", metavar="CODE", show_default=False)
    ],
    lang: Language = "zh",
) -> int:
    """What a kind of problem means, how to mend it, and an example. 说明一种问题：含义、改法、实例。"""
    found = known(code.strip(), {one: Text.same(one) for one in CODES}, _CODE)
    sheet = paper(sys.stdout, lang)
    for sentence, block in explained(found):
        sheet.say(sentence)
        for line in block.splitlines():
            sheet.print(f"    {line}", soft_wrap=True)
    return 0
