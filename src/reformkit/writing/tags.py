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
    return [_tag(found) for found in _TAG.finditer(words)]


def strays_in(words: str) -> Iterator[tuple[str, Text]]:
    """What looks like a tag and is none, with what is wrong with it."""
    rest = _TAG.sub(lambda found: " " * len(found.group()), words)
    if _BRACE.search(rest) is None:
        return
    for found in _STRAY.finditer(rest):
        yield found.group().strip(), _wrong_with(found.group())


def _tag(found: re.Match[str]) -> Tag:
    field = found["field"]
    said = found["statement"] if field is None else field
    return Tag(found.start(), found.end(), found.group(), said, field is not None, _LEVELS[found["level"]])


def _wrong_with(stray: str) -> Text:
    said = stray.strip()
    if re.search("[｛｝％]", said):
        return Text(f"用了全角符号：{said}", f"its braces are full-width: {said}")
    if re.match(r"\{\s+[{%]", said) or re.search(r"[}%]\s+\}$", said):
        return Text(f"两个花括号之间有空格：{said}", f"a blank stands between its braces: {said}")
    if said.startswith("{#"):
        return Text(f"模板里不能写注释：{said}", f"a template holds no comments: {said}")
    if said.startswith(("{{", "{%")):
        closing = "%}" if said.startswith("{%") else "}}"
        return Text(f"同一段内没有写完，缺少“{closing}”：{said}", f"`{closing}` is missing in its paragraph: {said}")
    if said.startswith("}") or "{" not in said:
        return Text(f"多出了“{said}”", f"`{said}` is left over")
    return Text(f"只有一个花括号：{said}", f"it has one brace only: {said}")
