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


def beside(works: dict[str, tuple[Callable[[], object], int]], rounds: int = 41) -> dict[str, float]:
    """Microseconds an item of several works, run in turns so that a slow moment of the machine hits all.

    Each work comes with the number of items that one run of it handles; runs should be short.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for work, _ in works.values():
        work()
    for _ in range(rounds):
        for name, (work, count) in works.items():
            start = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - start) / count * 1e6)
    return {name: median(found) for name, found in times.items()}
