"""The frame of a page, and the same content as a part of a notebook: words escaped, nothing fetched, nothing run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Literal

from reformkit.hypertext.style import LETTER_SHEET, SHEET, STYLE
from reformkit.text import LANGS, Lang, Text, visible

Look = Literal["", "letter"]
"""How a page looks: as a table of figures, or as what is signed."""

_TAG = Text("zh-CN", "en")
_NUMBER = re.compile("[0-9A-Za-z]+(?:-(?:[\u4e00-\u9fff](?=-)|[0-9A-Za-z]+))+")
_NOTHING_FETCHED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def words(text: Text | str, lang: Lang) -> str:
    """A text as it stands in HTML: in one line, and nothing in it is markup.

    >>> words("<b>\\u202e", "zh")
    '&lt;b&gt;\\\\u202e'
    """
    return escape(visible(text.say(lang) if isinstance(text, Text) else text))


def unbroken(escaped: str) -> str:
    """Words of a page, escaped, in which no line ends within a number of an item, a case, a rule or a day.

    >>> unbroken("事项2022-点-001已归档")
    '事项<span class="whole">2022-点-001</span>已归档'
    """
    return _NUMBER.sub(r'<span class="whole">\g<0></span>', escaped)


def framed(title: str, body: Iterable[str], lang: Lang, look: Look = "") -> Iterator[str]:
    """A whole page line by line. `title` and `body` are escaped already."""
    yield f'<!DOCTYPE html>\n<html lang="{_TAG.say(lang)}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_FETCHED}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{STYLE}{SHEET}{LETTER_SHEET if look else ''}</style>\n</head>\n<body>"
    yield f'<main class="{_class(look)}">'
    yield from body
    yield "</main>\n</body>\n</html>"


def fragment(body: Iterable[str], lang: Lang, look: Look = "") -> str:
    """The same as a part of a notebook: its style touches nothing around it, and it has no script."""
    return "\n".join([f'<style>{STYLE}</style><div class="{_class(look)}" lang="{_TAG.say(lang)}">', *body, "</div>"])


def table(heads: Iterable[Text], rows: Iterable[Iterable[Text | str | int]], lang: Lang) -> Iterator[str]:
    """A table in which numbers stand to the right."""
    yield f'<div class="wide" tabindex="0"><table><thead><tr>{"".join(f"<th>{words(head, lang)}</th>" for head in heads)}</tr></thead><tbody>'
    for row in rows:
        cells = (
            f'<td class="number">{cell}</td>' if isinstance(cell, int) else f"<td>{words(cell, lang)}</td>"
            for cell in row
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def notebook_language() -> Lang:
    """The language of a notebook, which cannot be asked: REFORMKIT_LANG, else Chinese."""
    wanted = os.environ.get("REFORMKIT_LANG", "")
    return {str(lang): lang for lang in LANGS}.get(wanted, LANGS[0])


def _class(look: Look) -> str:
    return f"reformkit {look}".strip()
