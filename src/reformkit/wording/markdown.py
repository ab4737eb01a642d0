"""Heads and lines as a Markdown page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def page(title: str, sections: Iterable[tuple[str, list[str]]], level: int = 2) -> str:
    """A page with a head for each section and a list of its lines, details as a list inside.

    >>> print(page("题", [("节", ["一行", "  细目"])]))
    # 题
    <BLANKLINE>
    ## 节
    <BLANKLINE>
    - 一行
      - 细目
    """
    return "\n\n".join([f"# {plain(title)}", *blocks(sections, level)])


def blocks(sections: Iterable[tuple[str, list[str]]], level: int = 2) -> Iterator[str]:
    """The sections of a page, each a head and its list."""
    for head, lines in sections:
        listed = "\n".join(f"{'  ' if line.startswith('  ') else ''}- {plain(line.strip())}" for line in lines)
        yield f"{'#' * level} {plain(head)}\n\n{listed}".rstrip()


def plain(said: str) -> str:
    """A text with nothing in it that Markdown would take for a mark.

    >>> plain("$line_cases * 2")
    '$line\\\\_cases \\\\* 2'
    """
    return re.sub(r"([\\`*_<>\[\]|#~])", r"\\\1", said)
