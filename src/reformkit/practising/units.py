"""Units by their names: compared in the normal form, shown as they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from reformkit.reading.keys import key_of

_key = lru_cache(4096)(key_of)


def same_unit(one: str, other: str) -> bool:
    """Whether two names are of one unit.

    >>> same_unit("某区财政局", "某区 财政局\\u200b"), same_unit("某区财政局", "某县财政局")
    (True, False)
    """
    return one == other or _key(one) == _key(other)


def is_among(name: str, names: Collection[str]) -> bool:
    """Whether a name is of one of these units."""
    return name in names or _key(name) in set(map(_key, names))


def spelled(name: str, names: Collection[str]) -> str:
    """A name as one of these writes it that is of the same unit; else as it stands.

    >>> spelled("某区 财政局", ["某区教育局", "某区财政局"]), spelled("某局", ["某区财政局"])
    ('某区财政局', '某局')
    """
    if name in names:
        return name
    key = _key(name)
    return next((other for other in names if _key(other) == key), name)


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Each unit once, under the first of its spellings."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(_key(name), name)
    return tuple(first.values())
