"""The tags of a template: found among the words of a paragraph, and what else looks as if it were meant as one.

{{ 主送 }}                     a field, or a field with a filter: {{ 抄送 | 顿号 }}
{% if 附件 %} … {% endif %}    within one paragraph
{%p for 问题 in 问题清单 %}      in a paragraph of its own, up to the paragraph {%p endfor %}
{%tr for 建议 in 建议清单 %}     in a row of its own, up to the row {%tr endfor %}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reformkit.text import Text

_FULL_WIDTH_BRACES = Text("用了全角符号：{words}", "its braces are full-width: {words}")
_BLANK_BETWEEN_BRACES = Text("两个花括号之间有空格：{words}", "a blank stands between its braces: {words}")
_NO_COMMENTS = Text("模板里不能写注释：{words}", "a template holds no comments: {words}")
_NOT_CLOSED = Text("同一段内没有写完，缺少“{closing}”：{words}", "`{closing}` is missing in its paragraph: {words}")
_LEFT_OVER = Text("多出了“{words}”", "`{words}` is left over")
_ONE_BRACE = Text("只有一个花括号：{words}", "it has one brace only: {words}")

Level = Literal["within", "paragraph", "row"]

_TAG = re.compile(r"\{\{(?P<field>[^{}｛｝]*)\}\}|\{%(?:(?P<level>p|tr)(?=\s))?(?P<statement>[^{}｛｝]*)%\}")
_STRAY = re.compile(r"[{｛][{｛\s]*[^{}｛｝]{0,40}(?:[}｝][}｝\s]*)?|[}｝][}｝\s]*")
_LEVELS: dict[str | None, Level] = {None: "within", "p": "paragraph", "tr": "row"}
_BRACE = re.compile("[{}｛｝]")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: where it stands among its paragraph's words, what it says, and how much it repeats."""

    start: int
    end: int
    source: str
    said: str
    is_field: bool
    level: Level = "within"


def tags_in(words: str) -> list[Tag]:
    """The tags of a paragraph, in their order."""
    return [_tag(match) for match in _TAG.finditer(words)]


def strays_in(words: str) -> Iterator[tuple[str, Text]]:
    """What looks like a tag and is none, with what is wrong with it."""
    rest = _TAG.sub(lambda match: " " * len(match.group()), words)
    if _BRACE.search(rest) is None:
        return
    for match in _STRAY.finditer(rest):
        yield match.group().strip(), _wrong_with(match.group())


def _tag(match: re.Match[str]) -> Tag:
    field = match["field"]
    said = match["statement"] if field is None else field
    return Tag(match.start(), match.end(), match.group(), said, field is not None, _LEVELS[match["level"]])


def _wrong_with(stray: str) -> Text:
    said = stray.strip()
    if re.search("[｛｝％]", said):
        return _FULL_WIDTH_BRACES.fill(words=said)
    if re.match(r"\{\s+[{%]", said) or re.search(r"[}%]\s+\}$", said):
        return _BLANK_BETWEEN_BRACES.fill(words=said)
    if said.startswith("{#"):
        return _NO_COMMENTS.fill(words=said)
    if said.startswith(("{{", "{%")):
        closing = "%}" if said.startswith("{%") else "}}"
        return _NOT_CLOSED.fill(closing=closing, words=said)
    if said.startswith("}") or "{" not in said:
        return _LEFT_OVER.fill(words=said)
    return _ONE_BRACE.fill(words=said)
