"""Keys made of text: places, units and ids are compared in one normal form, and shown as they are written.

The normal form is NFKC with a small table beyond it; invisible and control characters are out, white space is out
beside any Chinese character and one blank elsewhere, and both ends are stripped.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, name, normalize

from reformkit.parsing import lookalikes
from reformkit.text import Text

_BLANK = Text("空格（{code}）", "a blank ({code})")
_INVISIBLE = Text("看不见的字符（{code}）", "{en} ({code})")
_CHARACTER = Text("“{char}”（{code}）", "`{char}` ({code})")

ALIKE = {"○": "〇", "◯": "〇", "⭘": "〇"}
"""Circles that are typed for the zero of 二〇二二; NFKC leaves them."""
ALIKE |= dict.fromkeys("•・‧∙⋅", "·")
ALIKE |= dict.fromkeys("‐‒–−", "-")
"""Dots and hyphens that look the same; NFKC leaves them."""

_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef"
_CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_AT_HOME = "！＂＃＇（）＊，．／：；＜＞？［］＿｛｜｝～…"
PLAIN = f"^[!-~\u00b7\u3001-\u3003\u3007-\u3011\u2014\u2018\u2019\u201c\u201d\u4e00-\u9fff{re.escape(_AT_HOME)}]*$"
"""A pattern of texts of which nothing is to be said: no blanks, nothing invisible, nothing that looks like another
character. Of them only punctuation is written in another way in the normal form, as it is in Chinese text."""

AS_IT_IS = "^[!-~\u00b7\u3001-\u3003\u3007-\u3011\u2014\u2018\u2019\u201c\u201d\u4e00-\u9fff]*$"
"""A pattern of texts that are their own normal form."""

MARKS = " ()[]{}<>〔〕【】〈〉《》「」『』\"'“”‘’`.。,、:;!?…·*#_~^=+-—/\\|×√○●△□■◇◆※@&%$"
"""What may stand around a word for what is not known, and says nothing alone."""

_NO_LETTERS = re.compile(r"[\W\d_]*")
_PLAIN, _AS_IT_IS = re.compile(PLAIN), re.compile(AS_IT_IS)
_BLANK_BESIDE_CHINESE = re.compile(f" (?=[{_CHINESE}])|(?<=[{_CHINESE}]) ")
_FILLER = re.compile(f"[{_FILLERS}]")
_TABLE = str.maketrans(ALIKE)


LONGEST_REMEMBERED = 60
"""Characters of a text whose normal form is remembered: places, units and ids come again and again."""


class Oddity(NamedTuple):
    """The first character of a text that its normal form has otherwise: where it stands, and what it is called."""

    number: int
    char: Text


def key_of(text: str) -> str:
    """The normal form of a text, by which it is compared.

    >>> key_of(" 九原 区\\u200b"), key_of("二○二二〔１〕 号"), key_of("Unit  A")
    ('九原区', '二〇二二〔1〕号', 'Unit A')
    """
    return _remembered(text) if len(text) <= LONGEST_REMEMBERED else _normal(text)


@lru_cache(maxsize=16_384)
def _remembered(text: str) -> str:
    return _normal(text)


def _normal(text: str) -> str:
    if _AS_IT_IS.fullmatch(text):
        return text
    alike = normalize("NFKC", text).translate(_TABLE)
    if _AS_IT_IS.fullmatch(alike):  # mostly it was full-width punctuation
        return alike
    known = "".join(c for c in alike if c.isspace() or not _is_out(c))
    spaced = " ".join(normalize("NFC", known).split())
    return _BLANK_BESIDE_CHINESE.sub("", spaced)


def bare(text: str) -> str:
    """A text in its normal form and in lower case, without marks and brackets at its ends, by which words for what is
    not known are found.

    >>> bare("（待查。）"), bare("N/A"), bare("——")
    ('待查', 'n/a', '')
    """
    return key_of(text).casefold().strip(MARKS)


def is_bare_number(text: str) -> bool:
    """Whether a text has digits and no letter: it is hardly the name of anything.

    >>> is_bare_number("3"), is_bare_number("3.5 %"), is_bare_number("3社"), is_bare_number("—")
    (True, True, False, False)
    """
    key = key_of(text)
    return _NO_LETTERS.fullmatch(key) is not None and any(map(str.isdigit, key))


def oddity(text: str) -> Oddity | None:
    """What a warning says of a text, stripped of blanks at its ends, that is not written in its normal form.

    Full-width punctuation is at home in Chinese text, and nothing is said of it.

    >>> oddity("九原区（东）"), oddity("九原\\u200b区").char.en
    (None, 'a zero-width space (U+200B)')
    """
    if _PLAIN.fullmatch(text):
        return None
    for number, char in enumerate(text, 1):
        before, after = text[number - 2 : number - 1], text[number : number + 1]
        if not _PLAIN.fullmatch(char) and key_of(f"{before}{char}{after}") != key_of(before) + char + key_of(after):
            return Oddity(number, said(char))
    return None


def said(char: str) -> Text:
    """What a character is called, with its U+ code."""
    try:
        return lookalikes.name(char)
    except KeyError:
        pass
    code = f"U+{ord(char):04X}"
    if char in "\r\n":
        return Text("换行", "a line break")
    if char.isspace():
        return _BLANK.fill(code=code)
    if _is_out(char):
        en = name(char, "an invisible character").lower()
        return _INVISIBLE.fill(code=code, en=en)
    return _CHARACTER.fill(char=char, code=code)


def _is_out(char: str) -> bool:
    return category(char) in ("Cf", "Cc", "Cs") or _FILLER.match(char) is not None
