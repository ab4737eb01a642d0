"""What another text of a procedure would mean for an item of reform that is under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from reformkit.text import Text


@dataclass(frozen=True, slots=True)
class TermChange:
    """A step that would be due on another day; None where it has no term, or is not to be done then."""

    step: str
    title: Text
    before: date | None
    after: date | None

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        before, after = (None if day is None else day.isoformat() for day in (self.before, self.after))
        return {"step": self.step, "title": _both(self.title), "before": before, "after": after}


@dataclass(frozen=True, slots=True)
class ItemEffect:
    """An open item, were it moved to the new text of its procedure.

    `lost` are steps that were done and are there no longer, so that it cannot be moved; `gone` and `come` those that
    would not be, or would be, open; `terms` those that would be due on another day. `dropped`: its procedure is gone.
    """

    item: str
    unit: str
    procedure: str
    lost: tuple[Text, ...] = ()
    gone: tuple[Text, ...] = ()
    come: tuple[Text, ...] = ()
    terms: tuple[TermChange, ...] = ()
    dropped: bool = False

    def __bool__(self) -> bool:
        """Whether anything would be otherwise."""
        return bool(self.lost or self.gone or self.come or self.terms or self.dropped)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        steps = {name: [_both(title) for title in getattr(self, name)] for name in ("lost", "gone", "come")}
        return {
            "item": self.item,
            "unit": self.unit,
            "procedure": self.procedure,
            **steps,
            "terms": [change.to_dict() for change in self.terms],
            "dropped": self.dropped,
        }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
