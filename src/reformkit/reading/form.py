"""Mappings read key by key, and the plain things that stand under keys: texts, ids, words, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Literal
from unicodedata import normalize

from reformkit.model.period import ALWAYS, Period
from reformkit.parsing import lookalikes
from reformkit.parsing.identity import holds_identity_number
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Lost, Mapping, Scalar, Sequence, Tree
from reformkit.problem import Place
from reformkit.reading.as_written import day_meant
from reformkit.reading.keywords import FALSE, TRUE, Keys, with_chinese
from reformkit.reading.words import Words
from reformkit.text import Text

_QUOTED = Text("“{zh}”", "`{en}`")

_ID = re.compile(r"[^\W][\w.\-]*")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile("0|[1-9][0-9]{0,17}")
_LONGEST_ID = 100

WORD, LIST, MAPPING = Text("一个词", "one word"), Text("列表", "a list"), Text("若干“键: 值”", "keys with values")
_TEXT = Keys(Text("文字", "a text"), may=("zh", "en"))


def quoted(zh: str, en: str) -> Text:
    """The user's words, marked as such in either language."""
    return _QUOTED.fill(zh=zh, en=en)


class Form:
    """A mapping by canonical key. Unknown, repeated and missing keys are reported when it is made.

    Where it `is_faulty`, something within has been reported in parsing and is missing."""

    def __init__(self, mapping: Mapping, keys: Keys, report: Report, words: Words | None = None) -> None:
        self.place = mapping.place
        self.report = report
        self.what = keys.what
        self.is_faulty = mapping.faulty
        self._entries = entries(mapping, words or _words_of(keys), report, keys.what)
        for key in keys.must:
            if key not in self._entries and not mapping.faulty:
                report.add("RK121", mapping.place, what=keys.what, key=_key_name(key))

    @classmethod
    def of(cls, node: Tree | None, keys: Keys, report: Report) -> Form | None:
        """A node as a form, or None and a problem if it is no mapping."""
        mapping = mapping_of(node, keys.what, report)
        return None if mapping is None else cls(mapping, keys, report)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def get(self, key: str) -> Tree | None:
        """What stands under a key."""
        pair = self._entries.get(key)
        return pair[1] if pair else None

    def place_of(self, key: str) -> Place:
        """Where a key stands, or the form itself if it is left out."""
        pair = self._entries.get(key)
        return pair[0].place if pair else self.place

    def scalar(self, key: str) -> Scalar | None:
        """The one word under a key."""
        return scalar_of(self.get(key), _key_name(key), self.report)

    def text(self, key: str) -> Text | None:
        """The text in two languages under a key."""
        return text_of(self.get(key), _key_name(key), self.report)

    def id(self, key: str) -> str | None:
        """The id under a key."""
        node = self.scalar(key)
        return None if node is None else id_of(node, self.report)

    def word(self, key: str, words: dict[str, str]) -> str | None:
        """One of a position's fixed words under a key."""
        node = self.scalar(key)
        return None if node is None else fixed_word(node, words, _key_name(key), self.report)

    def flag(self, key: str, default: bool = False) -> bool:
        """Whether true stands under a key, or the default if it is left out."""
        node = self.scalar(key)
        word = None if node is None else flag_of(node.text)
        if node is not None and word is None:
            self.report.add("RK131", node.place, fact=_plain_key(key), word=node.text)
        return default if word is None else word

    def count(self, key: str) -> int | None:
        """The number, at least 1, under a key."""
        node = self.scalar(key)
        number = None if node is None else count_of(node.text)
        if node is not None and number == 0:
            self.report.add("RK133", node.place, fact=_plain_key(key), word=node.text, low="1", high="∞", limits="")
        elif node is not None and number is None:
            self.report.add("RK132", node.place, fact=_plain_key(key), word=node.text, hint=lookalikes.hint(node.text))
        return number or None

    def items(self, key: str) -> list[Tree]:
        """The items of the list under a key; none if it is left out."""
        node = self.get(key)
        sequence = sequence_of(node, _key_name(key), self.report)
        return sequence.items if sequence else []

    def texts(self, key: str) -> tuple[Text, ...]:
        """The texts of the list under a key."""
        texts = (text_of(item, _key_name(key), self.report) for item in self.items(key))
        return tuple(text for text in texts if text is not None)

    def named(self, key: str, what: Text) -> Iterator[tuple[str, Place, Tree]]:
        """Id, place and content of each entry of the mapping from ids under a key."""
        node = self.get(key)
        mapping = mapping_of(node, _key_name(key), self.report)
        yield from () if mapping is None else named(mapping, what, self.report)

    def period(self, otherwise: Period = ALWAYS) -> Period:
        """The time from `since` to `until`; what is left out is as in `otherwise`."""
        since = self.date("since") if "since" in self else otherwise.since
        until = self.date("until") if "until" in self else otherwise.until
        if since and until and since >= until:
            at = self.place_of("until" if "until" in self else "since")
            self.report.add("RK142", at, since=str(since), until=str(until))
            return ALWAYS
        return Period(since, until)

    def date(self, key: str) -> date | None:
        """The day under a key."""
        node = self.scalar(key)
        day = None if node is None else date_of(node.text)
        if node is not None and day is None:
            code, values = no_day(node.text)
            self.report.add(code, node.place, fact=_plain_key(key), **values)
        return day


def entries(
    mapping: Mapping, words: Words, report: Report, what: Text, code: str = "RK120"
) -> dict[str, tuple[Scalar, Tree]]:
    """A mapping's entries by canonical key; unknown keys are reported, and those that say one thing twice."""
    pairs: dict[str, tuple[Scalar, Tree]] = {}
    for key, value in mapping.pairs:
        name = words.find(key.text)
        if name is None:
            report.add(
                code, key.place, what=what, word=key.text, hint=lambda w=key.text: words.hint(w), known=words.known
            )
        elif name in pairs:
            report.add("RK110", key.place, key=key.text, first=pairs[name][0].place.line)
        else:
            pairs[name] = (key, value)
    return pairs


def named(mapping: Mapping, what: Text, report: Report) -> Iterator[tuple[str, Place, Tree]]:
    """Id, place and content of each entry of a mapping from ids; an id that stands twice is reported."""
    first: dict[str, int] = {}
    for key, value in mapping.pairs:
        name = id_of(key, report)
        if name is None:
            continue
        if name in first:
            report.add("RK110", key.place, key=key.text, first=first[name])
            continue
        first[name] = key.place.line
        yield name, key.place, value


def mapping_of(node: Tree | None, what: Text, report: Report) -> Mapping | None:
    """A node as a mapping, or None and a problem; a node that is not there is no problem."""
    if isinstance(node, Mapping) or node is None:
        return node
    _report_shape(node, what, MAPPING, report)
    return None


def sequence_of(node: Tree | None, what: Text, report: Report) -> Sequence | None:
    """A node as a list, or None and a problem; a node that is not there is no problem."""
    if isinstance(node, Sequence) or node is None:
        return node
    _report_shape(node, what, LIST, report)
    return None


def scalar_of(node: Tree | None, what: Text, report: Report) -> Scalar | None:
    """A node as one word, or None and a problem if it is a list, a mapping or nothing."""
    if isinstance(node, Scalar) and not node.is_null and node.text.strip():
        return node
    if node is not None:
        _report_shape(node, what, WORD, report)
    return None


def _report_shape(node: Tree, what: Text, want: Text, report: Report) -> None:
    match node:
        case Scalar() if node.is_null or not node.text.strip():
            report.add("RK123", node.place, what=what)
        case Scalar():
            word = quoted(node.text, node.text)
            report.add("RK119", node.place, what=what, want=want, word=word, hint=lookalikes.hint(node.text))
        case Sequence() | Mapping():
            shape = LIST if isinstance(node, Sequence) else MAPPING
            report.add("RK119", node.place, what=what, want=want, word=shape, hint=lookalikes.NOTHING)
        case Lost():
            pass


def text_of(node: Tree | None, what: Text, report: Report) -> Text | None:
    """A text in two languages: `{zh: …, en: …}`, one of them, or plain words for both."""
    if isinstance(node, Mapping):
        form = Form(node, _TEXT, report)
        given = [words_of(form.scalar(lang), what, report) for lang in ("zh", "en")]
        either = next(filter(None, given), None)
        if either is None:
            if not node.pairs:
                report.add("RK123", node.place, what=what)
            return None
        return Text(*(words or either for words in given))
    words = words_of(scalar_of(node, what, report), what, report)
    return None if words is None else Text.same(words)


def words_of(node: Scalar | None, what: Text, report: Report) -> str | None:
    """The words of a text, in NFC; None, with a problem, if they are none or hold an identity number."""
    if node is None:
        return None
    if not node.text.strip():
        report.add("RK123", node.place, what=what)
        return None
    if holds_identity_number(node.text):
        report.add("RK139", node.place, fact=Text(what.zh.strip("“”"), what.en.strip("`")))
        return None
    return normalize("NFC", node.text).strip()


def id_of(node: Scalar, report: Report) -> str | None:
    """A node as an id: letters of any script, digits, `_`, `-` and `.`, without spaces."""
    name = normalize("NFC", node.text)
    if _ID.fullmatch(name) and len(name) <= _LONGEST_ID:
        return name
    report.add("RK140", node.place, word=node.text, hint=lookalikes.hint(node.text))
    return None


def fixed_word(node: Scalar, words: dict[str, str], what: Text, report: Report) -> str | None:
    """One of a few fixed words, in English or Chinese."""
    known = Words(words)
    id = known.find(node.text)
    if id is None:
        report.add("RK141", node.place, what=what, word=node.text, hint=known.hint(node.text), known=known.known)
    return id


def flag_of(word: str) -> bool | None:
    """True or false, as written; None if it is neither."""
    return True if word in TRUE else False if word in FALSE else None


def date_of(word: str) -> date | None:
    """A day written YYYY-MM-DD; None if it is not, or no such day exists."""
    try:
        return date.fromisoformat(word) if _DATE.fullmatch(word) else None
    except ValueError:
        return None


def no_day(word: str) -> tuple[Literal["RK134", "RK264"], dict[str, Any]]:
    """What is wrong with a word that is no day: code and values of the problem, beside the fact."""
    if (meant := day_meant(word)) is None:
        return "RK134", {"word": word, "hint": lookalikes.hint(word)}
    return "RK264", {"word": word, "how": meant[0], "day": str(meant[1])}


def count_of(word: str) -> int | None:
    """A number of at most 18 ASCII digits; None if it is not one."""
    return int(word) if _COUNT.fullmatch(word) else None


@cache
def _words_of(keys: Keys) -> Words:
    return Words(with_chinese(keys.must + keys.may))


@cache
def _plain_key(key: str) -> Text:
    return Text(with_chinese((key,))[key], key)


@cache
def _key_name(key: str) -> Text:
    return quoted(with_chinese((key,))[key], key)
