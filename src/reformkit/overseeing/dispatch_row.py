"""A line of the month's dispatch, and the sections that lines stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from reformkit.text import Lang, Text

SECTIONS = {
    "overdue": Text("逾期", "Overdue"),
    "due": Text("下次调度前到期", "Due by the next dispatch"),
    "gates": Text("待研判、复筛", "Waiting at a gate"),
    "unreceived": Text("文书未签收", "Letters not received"),
    "unanswered": Text("逾期未书面回复", "Letters not answered"),
    "awaiting": Text("待验收", "Waiting for acceptance"),
    "extended": Text("经批准延期", "Extended"),
    "suspended": Text("中止", "Suspended"),
    "review": Text("结论有变，须复核", "Decisions to be looked at again"),
    "unowned": Text("无机构承担", "Steps that no body holds"),
    "reused": Text("同一佐证用于两项", "The same paper in two items"),
    "late": Text("补录", "Late entries"),
    "provisional": Text("期限待放假安排公布后确定", "Dates that hang on days not published yet"),
    "moved": Text("期限因工作日历调整", "Dates moved by the office's calendar"),
}
"""What the sheet lists, in this order."""


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """One line of the sheet: what of which item, who has it to do, and the days that count.

    `holders` are the bodies or units; `first` is the first due day, `on` the present one; `late` counts workdays.
    """

    section: str
    item: str
    unit: str
    step: str | None = None
    title: Text | None = None
    roles: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    first: date | None = None
    on: date | None = None
    late: int = 0
    note: Text | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "section": self.section,
            "item": self.item,
            "unit": self.unit,
            "step": self.step,
            "title": _both(self.title),
            "roles": list(self.roles),
            "holders": list(self.holders),
            "first": None if self.first is None else self.first.isoformat(),
            "on": None if self.on is None else self.on.isoformat(),
            "late": self.late,
            "note": _both(self.note),
        }


def _both(text: Text | None) -> dict[Lang, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}
