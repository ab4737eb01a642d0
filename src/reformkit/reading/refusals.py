"""What people write in conditions and the language leaves out, told from slips of the pen: each has a reason and a way out.

Facts against facts, arithmetic, functions and patterns of texts would leave the cells in which everything exact is
worked out (docs/adr/0055): what they come to is a fact of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reformkit.model.vocabulary import Field
from reformkit.reading.form import count_of, date_of
from reformkit.reading.values import Lexicon
from reformkit.text import Text

Refusal = tuple[str, Mapping[str, Any]]
"""A problem's code and what fills its message."""

_FUNCTION = re.compile(r"\s*[^\W\d]\w*\s*[(（](.*)[)）]\s*")
_OPERATOR = re.compile(r"\s*[+*×÷^]\s*|\s+[-/%]\s+|(?<=[^\W\d])\s*[-/]\s*(?=\w)")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_PATTERN = re.compile(r"\^.*|.*\.[*+].*|.*\\[dwsb].*|[*%].+|.+[*%]")
_PATTERN_KEYS = frozenset(
    (
        *("matches", "match", "regex", "regexp", "pattern", "like", "glob", "contains", "containing"),
        *("starts_with", "startswith", "begins_with", "ends_with", "endswith", "prefix", "suffix"),
        *("匹配", "正则", "模式", "形如", "类似", "含有", "含文字", "开头", "结尾", "开头是", "结尾是", "前缀", "后缀"),
    )
)


def refused_key(word: str, said: str | None, field: Field, lexicon: Lexicon) -> Refusal | None:
    """Why a word is no test of a fact, where it is more than a slip; `said` is the one word under it."""
    if word in _PATTERN_KEYS and field.type != "tags":
        return "RK255", {"key": word}
    other = None if said is None else lexicon.find(said)
    if other is not None and other not in field.values:
        return "RK252", {"fact": field, "other": _named(lexicon.fields[other])}
    return None


def refused_fact(word: str, lexicon: Lexicon) -> Refusal | None:
    """Why a word names no fact, where it is an expression over facts."""
    if _is_call(word, lexicon):
        return "RK254", {"word": word}
    parts = _OPERATOR.split(word)
    if len(parts) > 1 and any(lexicon.find(part) for part in parts) and _all_operands(parts, lexicon):
        return "RK253", {"word": word}
    return None


def refused_value(word: str, field: Field, lexicon: Lexicon) -> Refusal | None:
    """Why a word is no value of a fact that is no text, where it is another fact or an expression."""
    if word.isdigit() or lexicon.is_value(word, field):
        return None
    other = lexicon.find(word)
    if other is not None:
        return "RK252", {"fact": field, "other": _named(lexicon.fields[other])}
    if _is_call(word, lexicon):
        return "RK254", {"word": word}
    parts = _OPERATOR.split(word)
    if len(parts) > 1 and date_of(word) is None and _all_operands(parts, lexicon):
        return "RK253", {"word": word}
    return None


def doubted_value(word: str, field: Field, lexicon: Lexicon) -> Refusal | None:
    """What the value of a text test may have been meant for: it is taken as it stands, with a warning."""
    other = lexicon.find(word)
    doubtful = (other is not None and other != field.name) or _PATTERN.fullmatch(word)
    return ("RK256", {"word": word}) if doubtful else None


def _named(field: Field) -> Text:
    return Text(field.label.zh, field.name)


def _is_call(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a name with facts or numbers in brackets after it; a label with a note in brackets is not."""
    call = _FUNCTION.fullmatch(word)
    arguments = [part for part in re.split("[,，]", call[1]) if part.strip()] if call else []
    return call is not None and _all_operands(arguments, lexicon)


def _all_operands(parts: list[str], lexicon: Lexicon) -> bool:
    """Whether each part of an expression is a number, a day, a parameter or a fact."""
    return all(
        _NUMBER.fullmatch(part) or date_of(part) or count_of(part) is not None or part[:1] == "$" or lexicon.find(part)
        for part in (part.strip() for part in parts)
    )
