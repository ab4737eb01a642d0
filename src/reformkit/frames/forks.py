"""Frames and forked processes: the threads of Polars do not live on in a child, which would wait for them for ever."""

from __future__ import annotations

import os

_used_in: set[int] = set()


class ForkedError(RuntimeError):
    """Frames were worked on in a process before it was forked; in the child nothing of Polars ends."""

    def __init__(self) -> None:
        super().__init__(
            "frames were used before this process was forked, and Polars does not work in it; start processes with "
            "multiprocessing.get_context('spawn') or 'forkserver' / 进程复制（fork）之前已按列研判，子进程中不能再用；请改用 spawn"
        )


def check_process() -> None:
    """Note that this process works on frames. Raises `ForkedError` where the one that it was forked from did."""
    process = os.getpid()
    if process not in _used_in:
        if _used_in:
            raise ForkedError
        _used_in.add(process)
