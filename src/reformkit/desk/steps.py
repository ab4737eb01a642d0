"""The edits that were made one after another, so that one can go back and forth over them."""

from __future__ import annotations

from dataclasses import dataclass, field

from reformkit.desk.staging import Staging

MOST_STEPS = 1_000
"""Steps back that are kept; of more the oldest go."""


@dataclass
class Steps:
    """The stagings so far, and at which of them the desk is; those after it can be done again.

    `typed` is the last one's tab and what it changed, where it came letter by letter.
    """

    all: list[Staging] = field(default_factory=lambda: [Staging()])
    at: int = 0
    typed: tuple[str, str, str] | None = None

    @property
    def now(self) -> Staging:
        return self.all[self.at]

    @property
    def can_undo(self) -> bool:
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        return self.at < len(self.all) - 1

    def add(self, staging: Staging, typed: tuple[str, str, str] | None) -> None:
        """One step more; letters typed one after another in the same place are one step."""
        if typed is not None and typed == self.typed and self.at == len(self.all) - 1 > 0:
            self.all[self.at] = staging
        else:
            self.all[self.at + 1 :] = [staging]
            del self.all[: -MOST_STEPS - 1]
            self.at = len(self.all) - 1
        self.typed = typed

    def go(self, way: int, number: int) -> None:
        """Go a step back or forth, as far as there is one; the staging that stands there gets a new number."""
        self.at = min(max(self.at + way, 0), len(self.all) - 1)
        self.all[self.at] = self.now.numbered(number)
        self.typed = None
