"""What changed procedures would mean for the open items of a ledger, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reformkit.model.item_effect import ItemEffect
from reformkit.text import COMMA, NONE, SEMICOLON, Text

_COUNT = Text(
    "此改动影响{count}件未办结的事项（改用新流程后）。", "{count} open items would be affected, were they moved."
)
_NOBODY = Text("未办结的事项都不受影响。", "No open item would be affected.")
_ITEM = Text("{item}（{unit}）：{what}", "{item} ({unit}): {what}")
_DROPPED = Text("其流程“{procedure}”已删去", "its procedure `{procedure}` is gone")
_LOST = Text("不能移入：已办的“{steps}”在新流程中没有", "cannot be moved: done and no longer there: {steps}")
_GONE = Text("不再待办“{steps}”", "no longer to be done: {steps}")
_COME = Text("新增待办“{steps}”", "newly to be done: {steps}")
_TERM = Text("“{step}”期限{before}改为{after}", "`{step}` due {after} instead of {before}")


def say_effects(items: tuple[ItemEffect, ...]) -> Iterator[Text]:
    """How many items, then a line an item."""
    yield _COUNT.fill(count=len(items)) if items else _NOBODY
    for one in items:
        yield _ITEM.fill(item=one.item, unit=one.unit, what=SEMICOLON.join(_parts(one)))


def _parts(one: ItemEffect) -> Iterator[Text]:
    if one.dropped:
        yield _DROPPED.fill(procedure=one.procedure)
    for steps, said in ((one.lost, _LOST), (one.gone, _GONE), (one.come, _COME)):
        if steps:
            yield said.fill(steps=COMMA.join(steps))
    for term in one.terms:
        yield _TERM.fill(step=term.title, before=_day(term.before), after=_day(term.after))


def _day(day: date | None) -> Text:
    return NONE if day is None else Text.same(day.isoformat())
