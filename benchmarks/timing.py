"""Medians of repeated runs; these machines are noisy."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median


def seconds(work: Callable[[], object], repeat: int = 7) -> float:
    """The median time of one run of `work`, in seconds, after one run that does not count."""
    work()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def each(work: Callable[[], object], count: int, repeat: int = 7) -> float:
    """Microseconds for one of the `count` items that a run of `work` handles."""
    return seconds(work, repeat) / count * 1e6
