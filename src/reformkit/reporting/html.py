"""Assessments as one HTML page that needs nothing else, and prints on A4: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain

from reformkit.hypertext.frame import Look, framed, unbroken, words
from reformkit.reporting.lengths import PageOfCase
from reformkit.text import Lang, visible


def html(pages: Iterable[PageOfCase], lang: Lang, look: Look = "letter") -> Iterator[str]:
    """The page line by line, an assessment after another, each on a sheet of its own in print; nothing where none is."""
    each = iter(pages)
    first = next(each, None)
    if first is not None:
        body = (line for page in chain([first], each) for line in section(page, lang))
        yield from framed(words(first.title, lang), body, lang, look)


def section(page: PageOfCase, lang: Lang) -> Iterator[str]:
    """One assessment: its title, what it comes to at a glance where the page has that, its sections."""
    yield f'<section class="page{" brief" if page.brief else ""}">\n<h1>{unbroken(words(page.title, lang))}</h1>'
    if page.results:
        results = (
            f"<li>{words(title, lang)}<b>{unbroken(words(result, lang))}</b></li>" for title, result in page.results
        )
        yield f'<ul class="sums">{"".join(results)}</ul>'
    for part in page.sections:
        head, lines = part.say(lang)
        yield f"<h2>{words(head, lang)}</h2>"
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            yield f"<p{_kind(line, following)}>{unbroken(escape(visible(line.strip())))}</p>"
    yield "</section>"


def _kind(line: str, following: str) -> str:
    """A line with details under it leads them; a detail is indented, and what stands in brackets stands back."""
    depth = (len(line) - len(line.lstrip())) // 2
    if line.lstrip().startswith(("（", "(")) and depth:
        return ' class="detail aside"'
    if depth:
        return ' class="deeper"' if depth > 1 else ' class="detail"'
    return ' class="lead"' if following.startswith(" ") else ""
