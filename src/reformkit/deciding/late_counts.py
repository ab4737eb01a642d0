"""Counts that are worked out in full when one of them is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from reformkit.deciding.signals import Count

Lock = AbstractContextManager[object]


class LateCounts(Mapping[str, Count]):
    """The signals of a case as they were when this was made, counted when one of them is first read.

    To name every case that a signal counted or left out takes longer than all the rest; few ask for it.
    """

    # INVARIANT: who counts over cases that change has what was not read yet counted before anything changes.

    def __init__(self, names: tuple[str, ...], count: Callable[[], dict[str, Count]], lock: Lock | None = None) -> None:
        self._names = names
        self._count = count
        self._lock = lock or nullcontext()
        self._found: dict[str, Count] | None = None

    def read(self) -> dict[str, Count]:
        """The counts, worked out if they are not yet."""
        with self._lock:
            if self._found is None:
                self._found = self._count()
            return self._found

    def __getitem__(self, name: str) -> Count:
        return self.read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return repr(self.read())

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (self.read(),)
