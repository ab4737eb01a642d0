"""The papers of the project, and the fenced blocks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md"))]
LANGUAGES = ("console", "python", "yaml", "csv")
"""The kinds of block that are run or read. What is in a `text` block is shown only."""

_FENCE = re.compile(r"```(\w*)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its lines, and the line of the paper on which the first of them stands."""

    language: str
    lines: list[str]
    line: int
    after: int = field(default=0)
    """The number of lines between the block before and this one; 0 for the first."""


@dataclass(frozen=True)
class Command:
    """A command of a console block, with the lines shown as its output."""

    text: str
    shown: list[str]
    line: int


def blocks(text: str) -> list[Block]:
    """Every fenced block of a paper, in order."""
    found: list[Block] = []
    fence, start, end = "", 0, 0
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        opened = _FENCE.match(line)
        if not start and opened:
            fence, start = opened[1], number
        elif start and line == "```":
            found.append(Block(fence, lines[start : number - 1], start + 1, start - end if found else 0))
            start, end = 0, number
    return found


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block: each begins with `$ `; a line that ends with a backslash goes on."""
    command: Command | None = None
    for number, line in enumerate(block.lines, block.line):
        if line.startswith("$ "):
            if command:
                yield command
            command = Command(line[2:], [], number)
        elif command and command.text.endswith("\\") and not command.shown:
            command = Command(f"{command.text}\n{line}", [], command.line)
        elif command:
            command.shown.append(line)
        else:
            raise AssertionError(f"line {number}: a console block must begin with a command")
    if command:
        yield command


def missing(shown: list[str], printed: str) -> str | None:
    """What of the shown output does not stand in what was printed; a line `…` stands for anything left out.

    >>> missing(["a", "…", "d"], "a\\nb\\nc\\nd\\n") is None
    True
    >>> missing(["a", "d"], "a\\nb\\nc\\nd\\n")
    'd'
    """
    rest = [line.rstrip() for line in printed.split("\n") if line.strip()]
    anywhere = False
    for line in (line.rstrip() for line in shown if line.strip()):
        if line == "…":
            anywhere = True
        elif line in rest and (anywhere or rest[0] == line):
            rest = rest[rest.index(line) + 1 :]
            anywhere = False
        else:
            return line
    return None if anywhere or not rest else f"(left out without `…`) {rest[0]}"
