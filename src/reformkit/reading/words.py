"""Ids and labels: what may be written in one position, and the word that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Protocol
from unicodedata import normalize

from reformkit.parsing import lookalikes
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.text import Text

_WRITE_INSTEAD = Text("，应写作“{known}”", "; write `{known}`")
_NEAREST = Text("{looks}，最接近的是“{nearest}”", "{looks}; the nearest is `{nearest}`")

_MOST_NAMED = 20
_NEAR = 0.7  # one wrong character of three or four


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

    def __init__(self, labels: Mapping[str, str], also: Mapping[str, str] | None = None) -> None:
        self._labels = labels
        self._also = also or {}  # more words, each with the id that it stands for
        self._ids = {normalize("NFC", word): id for word, id in self._also.items()}
        self._ids |= {normalize("NFC", label): id for id, label in labels.items()}
        self._ids |= {id: id for id in labels}

    def find(self, word: str) -> str | None:
        """The id that a word stands for."""
        return self._ids.get(word) or self._ids.get(normalize("NFC", word))

    def hint(self, word: str, *, only_ids: bool = False) -> Text:
        """The nearest known word and any look-alike character, as the tail of a sentence; empty if neither.

        A word that says the opposite is never the nearest, and a label that is known and not taken here leads to its id.
        `only_ids`: labels are not taken, so that the nearest is named by its id.
        """
        known = self.find(word)
        if known is not None and known != word:
            return _WRITE_INSTEAD.fill(known=known)
        looks = lookalikes.hint(word, self._characters)
        nearest = self._nearest(word)
        if nearest is None:
            return looks
        nearest = (self.find(nearest) if only_ids else None) or nearest
        return _NEAREST.fill(looks=looks, nearest=nearest)

    def _nearest(self, word: str) -> str | None:
        """The word that was probably meant: one that begins with what was typed, else the one that is most like it."""
        typed = lookalikes.plain(word[:100])
        meant = [plain for plain, known in self._plain.items() if known != word and not are_opposite(typed, plain)]
        begun = [plain for plain in meant if typed and plain.startswith(typed)]
        near = sorted(begun, key=len) or get_close_matches(typed, meant, n=1, cutoff=0.5)
        return self._plain[near[0]] if near else None

    def is_near(self, word: str) -> bool:
        """Whether a word is nearly a known one: a slip, and not another word."""
        return bool(get_close_matches(lookalikes.plain(word[:100]), self._plain, n=1, cutoff=_NEAR))

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
    def _plain(self) -> dict[str, str]:
        words = [*self._labels, *self._labels.values(), *self._also]
        return {lookalikes.plain(word): word for word in words}


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
