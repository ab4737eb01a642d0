"""What was made last of something: made once, however many ask for it at a time."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Held(Generic[K, V]):
    """The last value that was made, and what it was made of. Who asks while it is made waits for it.

    >>> held = Held[int, str](lambda one, other: one == other)
    >>> held.of(1, lambda: "made"), held.of(1, lambda: "made again"), held.of(2, lambda: "of two")
    ('made', 'made', 'of two')
    """

    def __init__(self, is_same: Callable[[K, K], bool]) -> None:
        self._is_same = is_same
        self._making = RLock()
        self._held: tuple[K, V] | None = None

    def of(self, source: K, make: Callable[[], V]) -> V:
        """What is held where it was made of the same; else what is made now."""
        with self._making:
            if self._held is None or not self._is_same(self._held[0], source):
                self._held = source, make()
            return self._held[1]

    def forget(self) -> None:
        """Hold nothing, for what it was made of has changed beside its source."""
        with self._making:
            self._held = None
