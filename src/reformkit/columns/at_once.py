"""Work on all cores: numpy and Polars let other threads run while they work."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Name = TypeVar("Name")
Given = TypeVar("Given")
Made = TypeVar("Made")


def at_once(work: Callable[[Given], Made], items: Mapping[Name, Given]) -> dict[Name, Made]:
    """What work makes of each item, under its name; several at a time where there are several.

    >>> at_once(len, {"a": "x", "b": "yz"})
    {'a': 1, 'b': 2}
    """
    if len(items) < 2 or cores() < 2:
        return {name: work(item) for name, item in items.items()}
    with ThreadPoolExecutor(cores()) as pool:
        return dict(zip(items, pool.map(work, items.values()), strict=True))


def cores() -> int:
    """The cores that this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
