"""The three lengths of one assessment: the brief for a leader (送阅版), the memo, the working paper (工作底稿)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, get_args

from reformkit.assessing.weighed import Weighed
from reformkit.reporting import annex, memo, short
from reformkit.text import Lang, Text
from reformkit.wording.section import Section

Length = Literal["short", "memo", "annex"]
LENGTHS: tuple[Length, ...] = get_args(Length)


class PageOfCase(NamedTuple):
    """An assessment in one length: its title and its sections; `brief`: it goes on one sheet in print.

    `results` are what it comes to at a glance, decision by decision: a page has them, a text does not.
    """

    title: Text
    sections: list[Section]
    brief: bool = False
    results: tuple[tuple[Text, Text], ...] = ()


class _Form(NamedTuple):
    title: Callable[[Weighed], Text]
    sections: Callable[[Weighed], Iterable[Section]]


_FORMS: dict[Length, _Form] = {
    "short": _Form(short.title, short.sections),
    "memo": _Form(memo.title, memo.sections),
    "annex": _Form(annex.title, annex.sections),
}


def page(assessment: Weighed, length: Length) -> PageOfCase:
    """An assessment in one length."""
    form = _FORMS[length]
    return PageOfCase(form.title(assessment), list(form.sections(assessment)), length == "short")


def said(assessment: Weighed, length: Length, lang: Lang = "zh") -> str:
    """An assessment in one length as plain text; its lines are never broken."""
    return "\n".join(lines(page(assessment, length), lang)) + "\n"


def lines(page: PageOfCase, lang: Lang) -> Iterator[str]:
    """The title, then head after head with its lines."""
    yield page.title.say(lang)
    for section in page.sections:
        head, body = section.say(lang)
        yield from ("", head, *body)
