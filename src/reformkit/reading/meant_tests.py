"""What people write in a rule that is no test: the test that was meant, or why there is none.

`大于3`, `>= 3`, `3人以上`, `非县级` stand for `{多于: 3}` and its like. Facts against facts, arithmetic, functions and patterns
of texts would leave the cells in which everything exact is worked out (docs/adr/0055): what they come to is a fact of
its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unicodedata import normalize

from reformkit.model.vocabulary import Field
from reformkit.reading.as_written import count_said, day_said, number_said
from reformkit.reading.form import count_of, date_of
from reformkit.reading.keywords import spelt
from reformkit.reading.values import Lexicon
from reformkit.text import Text

COMPARED = {
    "at_least": ">= ≥ => 不少于 不小于 不低于 不早于 大于等于 大于或等于 至少 最少 ge gte min",
    "at_most": "<= ≤ =< 不超过 不多于 不大于 不高于 不晚于 小于等于 小于或等于 至多 最多 le lte max",
    "more_than": "> 大于 多于 超过 高于 晚于 gt over after greater_than",
    "less_than": "< 小于 少于 低于 不足 不到 早于 lt under before smaller_than",
    "not": "!= ≠ <> 不等于 不是 不为 非 ne",
}
"""How people say each comparison before what they compare with; longer words come before those that begin them."""
_BEHIND = {
    "at_least": "及以上 以上",
    "at_most": "及以下 以下 以内 之内",
    "less_than": "以前 之前",
    "more_than": "以后 之后",
}
_BETWEEN = re.compile(r"(.+?) *(?:-|~|—|到|至) *(.+)")
_TRUE, _FALSE = Text("是", "true"), Text("否", "false")
_KNOWN = {**dict.fromkeys(("不为空", "非空", "已填"), _TRUE), **dict.fromkeys(("为空", "空", "未填"), _FALSE)}

_BEFORE_WORDS = sorted(
    ((word, key) for key, words in COMPARED.items() for word in words.split()), key=lambda w: -len(w[0])
)
_BEHIND_WORDS = [(word, key) for key, words in _BEHIND.items() for word in words.split()]

MEANT = dict(_BEFORE_WORDS)
"""The key of a test by other words for it."""


_ORDERED: dict[str, Callable[[str], object]] = {"count": count_said, "number": number_said, "date": day_said}
_ONE = Text("{{{key}: {value}}}", "{{{key}: {value}}}")
_BOTH = Text("{{至少: {low}, 至多: {high}}}", "{{at_least: {low}, at_most: {high}}}")


def meant_test(field: Field, word: str, find: Callable[[str], str | None]) -> Text | None:
    """The test that words say of a fact, as it is written; None where they say none.

    `find` knows the values of a choice.
    """
    typed = " ".join(normalize("NFKC", word[:100]).split())
    if typed in _KNOWN:
        return _ONE.fill(key=spelt("known"), value=_KNOWN[typed])
    is_ordered = field.is_ordered
    for key, rest in compared(typed):
        value = _ordered(field, rest) if is_ordered else rest if key == "not" and find(rest) is not None else None
        if value is not None:
            return _ONE.fill(key=spelt(key), value=value)
    between = _BETWEEN.fullmatch(typed)
    if is_ordered and between is not None:
        low, high = (_ordered(field, end) for end in between.groups())
        if low is not None and high is not None:
            return _BOTH.fill(low=low, high=high)
    return None


def compared(typed: str) -> Iterator[tuple[str, str]]:
    """Each way to take words for a comparison: its key, and with what it compares."""
    for word, key in _BEFORE_WORDS:
        if typed.startswith(word):
            yield key, typed[len(word) :].strip()
    for word, key in _BEHIND_WORDS:
        if typed.endswith(word):
            yield key, typed[: -len(word)].strip()


def _ordered(field: Field, word: str) -> str | None:
    """A count, a number, a day or a parameter, as a rule writes it."""
    if word.startswith("$") and word[1:]:
        return word
    value = _ORDERED[field.type](word)
    return None if value is None else str(value)


# --- what the language leaves out -------------------------------------------------------------------------

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
