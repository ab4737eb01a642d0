"""Ids and labels: what may be written in one position, and the word that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from typing import Protocol
from unicodedata import normalize

from reformkit.parsing import lookalikes
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar
from reformkit.problem import Place
from reformkit.text import Text

_WRITE_INSTEAD = Text("，应写作“{known}”", "; write `{known}`")
_SEVERAL_NEAREST = Text("{looks}，最接近的是{nearest}", "{looks}; the nearest are {nearest}")
_QUOTED, _COMMA = Text("“{word}”", "`{word}`"), Text("、", ", ")
_NEAREST = Text("{looks}，最接近的是“{nearest}”", "{looks}; the nearest is `{nearest}`")

_MOST_NAMED = 20
_NEAR = 0.7  # one wrong character of three or four
_LIKE = 0.5
_LONGEST_APART = 1_000
_BETWEEN_WORDS = [
    re.compile(f" *(?:{between}) *")
    for between in ("、", "[,，]", "[;；]", "[/／|｜+＋&\\\\]", "和|与|及|以及", "[、,，;；/／|｜+＋&]", "\\s+")
]
"""What people write between several words, one after the other so that a word may hold the others."""
_MOST_NEAREST = 3

_SAME_KIND = {
    "时间": "日期",
    "年月": "日期",
    "编码": "编号",
    "案号": "编号",
    "性质": "类型",
    "种类": "类型",
    "类别": "类型",
    "级别": "层级",
    "名称": "",
    "全称": "",
}
"""How offices end the same heading, by the ending under which the word is looked for."""
_KINDS = ("日期", "编号", "类型", "层级", "人数", "金额", "单位")
"""Endings that say what a word is of; a word of one kind is never meant by that of another."""
_ENDS = re.compile(f"({'|'.join(_SAME_KIND)})$")
_CHINESE = re.compile("[\u4e00-\u9fff]")


_NEGATIONS = re.compile(r"[不未没無无非否]|(?:^|_|\b)(?:not?|non|none|un|never|without)(?=_|\b|$)")
_OPPOSITES = tuple(
    (pair[0], pair[1])
    for pair in ["有无", "是否", "已未", "内外", "上下", "前后", "先后", "多少", "大小", "高低", "同异"]
)


def are_opposite(one: str, other: str) -> bool:
    """Whether one of two words may say the opposite of the other: it negates where the other does not, or has the
    other of a pair of contraries.

    >>> are_opposite("不通过", "通过"), are_opposite("不通过", "未通过"), are_opposite("县内", "县外")
    (True, False, True)
    """
    if bool(_NEGATIONS.search(one)) is not bool(_NEGATIONS.search(other)):
        return True
    return any(
        (a in one and b not in one and b in other and a not in other)
        or (b in one and a not in one and a in other and b not in other)
        for a, b in _OPPOSITES
    )


class Words:
    """The words of one position; each is written as its id or as its Chinese label.

    >>> words = Words({"county": "县级"})
    >>> words.find("县级"), words.hint("县极").say("zh")
    ('county', '，最接近的是“县级”')
    """

    def __init__(
        self,
        labels: Mapping[str, str],
        also: Mapping[str, str] | None = None,
        beside: Iterable[str] = (),
        meant: Mapping[str, str] | None = None,
    ) -> None:
        self._labels = labels
        self._also = also or {}  # more words, each with the id that it stands for
        self._beside = tuple(beside)  # what may be meant and is found by others
        self._meant = meant or {}  # words that are not taken, each with the id that it plainly means
        self._ids = {normalize("NFC", word): id for word, id in self._also.items()}
        self._ids |= {normalize("NFC", label): id for id, label in labels.items()}
        self._ids |= {id: id for id in labels}

    def find(self, word: str) -> str | None:
        """The id that a word stands for."""
        return self._ids.get(word) or self._ids.get(normalize("NFC", word))

    def apart(self, word: str) -> list[str] | None:
        """The words that one plainly holds, most of them known, between commas, bars, blanks or 和; None if it does not.

        >>> Words({"a": "甲组", "b": "乙组"}).apart("甲组，乙组"), Words({"a": "甲组", "b": "乙组"}).apart("甲和乙")
        (['甲组', '乙组'], None)
        """
        for pattern in _BETWEEN_WORDS:
            parts = [part for part in pattern.split(word[:_LONGEST_APART].strip()) if part]
            known = sum(self.find(part) is not None for part in parts)
            if len(parts) > 1 and known and 2 * known >= len(parts):
                return parts
        return None

    def hint(self, word: str, *, only_ids: bool = False) -> Text:
        """The nearest known word and any look-alike character, as the tail of a sentence; empty if neither.

        A word that says the opposite is never the nearest, and a label that is known and not taken here leads to its id.
        `only_ids`: labels are not taken, so that the nearest is named by its id.
        """
        known = self.find(word)
        if known is not None and known != word:
            return _WRITE_INSTEAD.fill(known=known)
        plain = self._meant.get(lookalikes.plain(word))
        if plain is not None:
            return _WRITE_INSTEAD.fill(known=Text(self._labels[plain], plain))
        looks = lookalikes.hint(word, self._characters)
        nearest = self._nearest(word)
        if not nearest:
            return looks
        named = list(dict.fromkeys((self.find(near) if only_ids else None) or near for near in nearest))
        if len(named) == 1:
            return _NEAREST.fill(looks=looks, nearest=named[0])
        return _SEVERAL_NEAREST.fill(looks=looks, nearest=_COMMA.join([_QUOTED.fill(word=near) for near in named]))

    def _nearest(self, word: str) -> list[str]:
        """The words that were probably meant: those that begin or end with what was typed, else the one most like it."""
        typed = _folded(word[:100])
        meant = [folded for folded, known in self._folded.items() if known != word and not are_opposite(typed, folded)]
        if not typed:
            return []
        whole = [folded for folded in meant if folded.startswith(typed)]
        whole += [folded for folded in meant if len(typed) > 1 and typed in folded[1:] and folded not in whole]
        if not whole:
            fits = [folded for folded in meant if _may_mean(typed, folded)]
            whole = get_close_matches(typed, fits, n=1, cutoff=_LIKE)
        return [self._folded[folded] for folded in sorted(whole, key=len)[:_MOST_NEAREST]]

    def is_near(self, word: str) -> bool:
        """Whether a word is nearly a known one: a slip, and not another word."""
        typed = _folded(word[:100])
        own = (folded for folded, known in self._folded.items() if known not in self._beside)
        fits = [folded for folded in own if not are_opposite(typed, folded) and _may_mean(typed, folded)]
        return bool(get_close_matches(typed, fits, n=1, cutoff=_NEAR))

    @cached_property
    def known(self) -> Text:
        """What may be written, as far as it fits into a sentence."""
        more = len(self._labels) > _MOST_NAMED
        ids = list(self._labels)[:_MOST_NAMED]
        zh = "、".join(i if self._labels[i] == i else f"{self._labels[i]}（{i}）" for i in ids)
        return Text(zh + ("等" if more else ""), ", ".join(ids) + (", …" if more else ""))

    @cached_property
    def _characters(self) -> frozenset[str]:
        """Every character that a known word has: none of them is a slip."""
        return frozenset("".join([*self._labels, *self._labels.values(), *self._also]))

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_folded(word): word for word in [*self._labels, *self._labels.values(), *self._also, *self._beside]}


def _folded(word: str) -> str:
    """A word as it is looked for: without look-alikes and case, and with one ending for those that say the same.

    >>> _folded("处分时间"), _folded("单位名称"), _folded("案号")
    ('处分日期', '单位', '编号')
    """
    plain = lookalikes.plain(word)
    match = _ENDS.search(plain)
    if match is None:
        return plain
    return plain[: match.start()] + _SAME_KIND[match[1]] or plain


def _share(one: str, other: str) -> bool:
    return not one or not other or not set(one).isdisjoint(other)


def _may_mean(typed: str, known: str) -> bool:
    """Whether two words, as they are looked for, can be of one kind: in Chinese the last word says what a thing is.

    >>> _may_mean("案件编号", "案件类型"), _may_mean("立案时间", "立案日期"), _may_mean("立案机关", "立案日期")
    (False, False, False)
    """
    kind, other = (next((kind for kind in _KINDS if word.endswith(kind)), "") for word in (typed, known))
    if kind and (kind != other or not _share(typed.removesuffix(kind), known.removesuffix(kind))):
        return False
    if len(typed) < 3 or typed[-1] == known[-1:] or typed.startswith(known) or not _CHINESE.search(known[-1:]):
        return True
    return SequenceMatcher(None, typed, known).ratio() >= _NEAR


class Named(Protocol):
    """What has a label and a place, and is known by an id or a name."""

    @property
    def label(self) -> Text: ...

    @property
    def place(self) -> Place: ...


def check_unambiguous(
    items: Mapping[str, Named], report: Report, reserved: Iterable[str] = (), among: Container[str] | None = None
) -> None:
    """Report each label that names two things in one position, and each word that the language keeps for itself.

    With `among`, only faults of these are reported; the rest has been looked over before.
    """
    kept = frozenset(reserved)
    owners: dict[str, str] = {}
    for id, item in items.items():
        word = normalize("NFC", item.label.zh)
        owner = owners.setdefault(word, id)
        if owner == id and word in items:
            owner = word
        if among is not None and id not in among and owner not in among:
            continue
        if owner != id:
            report.add("RK137", item.place, word=word, one=owner, other=id)
        for kept_word in sorted({id, word} & kept):
            report.add("RK138", item.place, word=kept_word)


def warn_of_repeats(read: Iterable[tuple[object, Scalar]], report: Report) -> None:
    """Warn of each word of a list that says what another has said, in another way; the same word is found in parsing."""
    met: dict[object, list[str]] = {}
    for value, node in read:
        if value is None:
            continue
        words = met.setdefault(getattr(value, "name", value), [])
        if words and node.text not in words:
            report.add("RK265", node.place, word=node.text)
        words.append(node.text)
