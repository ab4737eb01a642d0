"""What a signal takes of one case: how it stands, whether it is counted, what it gives."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

_NOTHING: frozenset[object] = frozenset()


class Standing(NamedTuple):
    """What a signal asks of a case, all of it known; `day` and `tags` stand empty where it does not ask."""

    key: tuple[object, ...]
    day: date
    tags: frozenset[str]


class Stood(NamedTuple):
    """All that a signal takes of a case, so that nothing is counted otherwise while it stays: how the case stands,
    whether it meets `where`, what it gives to a count, and its key as far as that is known."""

    standing: Standing | None
    meets: bool | None
    gift: frozenset[object] | None
    key: tuple[object, ...]

    @property
    def member(self) -> Standing | Literal[False] | None:
        """How it stands among those that are counted; False: it never is; None: that is unknown."""
        return self.standing if self.meets else False if self.meets is False else None

    @property
    def given(self) -> frozenset[object]:
        """What those who count it are given: nothing where that is unknown."""
        return self.gift if self.standing is not None and self.meets and self.gift is not None else _NOTHING
