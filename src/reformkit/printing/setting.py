"""How text is set in lines: Chinese breaks anywhere but before a closing mark and after an opening one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text as Styled

_OPENING = "（《〈「『【〔“‘(["
_CLOSING = "）》〉」』】〕”’)],.;:!?%，。；：、！？％…"
_WORDS = re.compile(rf"[{re.escape(_OPENING)}]*(?:[!-~À-ɏ]+|\S)[{re.escape(_CLOSING)}]*|\s+")


def wrapped(text: str, width: int, hang: str = "  ") -> list[str]:
    """A text in as many lines as it needs; those after the first hang by two, and all keep its indentation.

    >>> wrapped("  建议某社、某局（含下属单位）办理。", 16)
    ['  建议某社、某局', '    （含下属单', '    位）办理。']
    """
    indent = text[: len(text) - len(text.lstrip())]
    hang = indent + hang
    lines, line = [], indent
    for word in _WORDS.findall(text[len(indent) :]):
        if cell_len(line) + cell_len(word) > width and line.strip():
            lines.append(line.rstrip())
            line = hang
        if word.isspace() and not line.strip():
            continue
        # A word wider than the line is cut; of one without width (a line break alone) nothing is left.
        *whole, rest = chop_cells(word, max(2, width - cell_len(line))) or [""]
        for piece in whole:
            lines.append(line + piece)
            line = hang
        line += rest
    return [*lines, line.rstrip()]


class Cell:
    """A table cell whose text is set as running text is."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Styled("\n".join(wrapped(self.text, options.max_width, hang="")))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max(map(cell_len, _WORDS.findall(self.text)), default=0)
        return Measurement(widest, max(widest, cell_len(self.text))).with_maximum(options.max_width)


def plain_table(heads: Iterable[str]) -> Table:
    """A table without lines; its first column is never broken."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold")
    table.columns[0].no_wrap = True
    return table
