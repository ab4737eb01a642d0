"""What the lines of a ledger say of items: the acts that they hold, which of them open or end an item, and on which day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from sys import intern
from typing import Any

from pydantic import ValidationError

from reformkit.keeping.checker import UNREADABLE
from reformkit.keeping.line import OWN, Line
from reformkit.model.act import Act, Opened
from reformkit.problem import NOWHERE, LedgerError, Problem

BEIJING = timezone(timedelta(hours=8))
"""The day of a moment is the day in China, wherever the machine stands."""
_MAY_OPEN = re.compile('"kind":"(?:opened|corrected)"')


def ended_by(lines: Iterable[Line]) -> dict[str, str]:
    """The items that lines end, each with the day on which it ended."""
    said = [line.said for line in lines]
    over = [s for s in said if s.get("kind") in ("ended", "merged") or s.get("data", {}).get("ended") is not None]
    return {s["item"]: s["on"] for s in over}


def may_end(text: str) -> bool:
    """Whether the text of a line may be that of an act which ends an item."""
    return '"ended"' in text or '"merged"' in text


def may_open(text: str) -> bool:
    """Whether the text of a line may be that of an act which opens an item, or corrects one that did."""
    return _MAY_OPEN.search(text) is not None


def cases_of(opened: Opened) -> tuple[str, ...]:
    """The cases that an item was opened for, its own first."""
    return (*([opened.case["id"]] if opened.case else []), *opened.linked)


def act_of(line: Line) -> Act:
    """The act that a line holds. Raises `LedgerError` for a line that no reformkit wrote, whatever its hash."""
    said = _shared(line.said)
    for name in OWN & {"asked", "series", "number"}:
        said.pop(name, None)
    try:
        return Act.read(said)
    except ValueError as error:
        why = UNREADABLE.fill(error=_first_of(error))
        raise LedgerError([Problem("RK542", NOWHERE, {"seq": line.seq, "why": why})]) from error


def _shared(said: Any) -> Any:
    """Plain data of which each text stands in memory once, however many acts say it."""
    if type(said) is dict:
        return {name: intern(v) if type(v) is str else _shared(v) if v else v for name, v in said.items()}
    if type(said) is list:
        return [intern(v) if type(v) is str else _shared(v) for v in said]
    return intern(said) if type(said) is str else said


def _first_of(error: ValueError) -> str:
    """What is wrong, without the many lines of pydantic."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)


def day_of(moment: datetime) -> date:
    """The day of a moment, in China."""
    return moment.astimezone(BEIJING).date()
