"""What stands between the columns of a file that is called CSV, where it is no comma."""

from __future__ import annotations

import re
from collections.abc import Callable

from reformkit.intake.rows import Row
from reformkit.parsing.report import Report
from reformkit.text import Text

_SEPARATOR = re.compile("sep=(.)", re.IGNORECASE)
_SEPARATORS = {
    ";": Text("半角分号", "semicolons"),
    "\t": Text("制表符", "tabs"),
    "，": Text("全角逗号", "full-width commas"),
    "；": Text("全角分号", "full-width semicolons"),
    "|": Text("竖线", "bars"),
}


def report_separator(header: Row, is_header: Callable[[list[str]], bool], report: Report) -> bool:
    """Whether the cells of a table are not separated by commas, which is then reported. `is_header`: whether cells
    look like the header of the table that is read."""
    line = ",".join(header.cells)
    match = _SEPARATOR.match(line)
    for char, name in _SEPARATORS.items():
        if (match is not None and match[1] == char) or (char in line and is_header(line.split(char))):
            report.add("RK821", header.place(), separator=name)
            return True
    return False
