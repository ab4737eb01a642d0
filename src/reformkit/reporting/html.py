"""Assessments as one HTML page that needs nothing else, and prints on A4: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from reformkit.reporting.lengths import PageOfCase
from reformkit.text import Lang, Text, visible

_TAG = Text("zh-CN", "en")
_STYLE = """
@page { size: A4; margin: 25mm 22mm; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.5rem 4rem; color: #1f2328;
  font: 17px/1.75 "FangSong", "仿宋", "STFangsong", "Noto Serif CJK SC", "SimSun", serif; }
h1 { font: 600 1.5rem/1.4 "Noto Sans CJK SC", "SimHei", "Microsoft YaHei", sans-serif; text-align: center; margin: 0 0 1.2rem; }
h2 { font: 600 1.05rem/1.6 "Noto Sans CJK SC", "SimHei", "Microsoft YaHei", sans-serif; margin: 1.1rem 0 .2rem; break-after: avoid; }
p { margin: .15rem 0; overflow-wrap: anywhere; text-align: justify; }
p.lead { font-weight: 600; margin-top: .6rem; break-after: avoid; } p.detail { padding-left: 2em; } p.deeper { padding-left: 4em; }
p.aside { color: #59636e; font-size: .9em; }
section.page + section.page { break-before: page; margin-top: 3rem; border-top: 1px solid #d1d9e0; padding-top: 2rem; }
@media print { body { max-width: none; padding: 0; font-size: 12pt; } section.page + section.page { border: 0; margin: 0; padding: 0; }
  section.brief { font-size: 11pt; line-height: 1.42; } section.brief h1 { margin-bottom: .6rem; } section.brief h2 { margin-top: .6rem; }
  section.brief p { margin: 0; } }
"""


def html(pages: Iterable[PageOfCase], lang: Lang) -> Iterator[str]:
    """The page line by line, an assessment after another, each on a sheet of its own in print."""
    title, opened = "", False
    for page in pages:
        title = escape(visible(page.title.say(lang)))
        if not opened:
            yield f'<!DOCTYPE html>\n<html lang="{_TAG.say(lang)}">\n<head>\n<meta charset="utf-8">'
            yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
            yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
            opened = True
        yield f'<section class="page{" brief" if page.brief else ""}">\n<h1>{title}</h1>'
        for section in page.sections:
            head, lines = section.say(lang)
            yield f"<h2>{escape(visible(head))}</h2>"
            for line, following in zip(lines, [*lines[1:], ""], strict=True):
                yield f"<p{_kind(line, following)}>{escape(visible(line.strip()))}</p>"
        yield "</section>"
    if opened:
        yield "</body>\n</html>"


def _kind(line: str, following: str) -> str:
    """A line with details under it leads them; a detail is indented, and what stands in brackets stands back."""
    depth = (len(line) - len(line.lstrip())) // 2
    if line.lstrip().startswith(("（", "(")) and depth:
        return ' class="detail aside"'
    if depth:
        return ' class="deeper"' if depth > 1 else ' class="detail"'
    return ' class="lead"' if following.startswith(" ") else ""
