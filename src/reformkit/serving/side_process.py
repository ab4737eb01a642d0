"""Long work done by a process of its own, one piece at a time: no thread here waits for the interpreter meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

from reformkit.staging.apart import NotFinished, Pause, go_on

T = TypeVar("T")

MOST_SECONDS = 120.0
"""How long a piece of work may take."""
_LOOK = 0.05
"""Seconds between two looks whether the work is done, or no longer wanted."""
_SPAWN = multiprocessing.get_context("spawn")
"""A process that begins afresh: one forked out of a process with threads may stand still."""


class SideProcess:
    """A worker (`staging.apart.Worker`) that is another process: begun with the first piece of work, ended with `close`.

    It is killed where what it does is no longer wanted (the pause raises) or takes too long, and another is begun. It
    ends by itself when this process is gone.
    """

    def __init__(self, most_seconds: float = MOST_SECONDS) -> None:
        self._most = most_seconds
        self._turn = Lock()
        self._running: tuple[BaseProcess, Connection] | None = None
        self._is_closed = False

    def run(self, pause: Pause, work: Callable[..., T], *given: Any, **named: Any) -> T:
        """What the work comes to over there; a second piece waits for the first. Raises what it raises."""
        while not self._turn.acquire(timeout=_LOOK):
            pause()
        try:
            found: T = self._run(pause, (work, given, named))
            return found
        finally:
            self._turn.release()

    def begin(self) -> None:
        """Begin the process before there is work for it: a second is spent on what it imports."""
        with self._turn:
            self._begun()

    def close(self) -> None:
        """End the process, whatever it does. Nothing runs after that."""
        self._is_closed = True
        self._kill()

    def _run(self, pause: Pause, piece: object) -> Any:
        ends = monotonic() + self._most
        try:
            _, pipe = self._begun()
            pipe.send(piece)
            while not pipe.poll(_LOOK):
                pause()
                if monotonic() > ends:
                    raise NotFinished
            found, error = pipe.recv()
        except (EOFError, OSError) as gone:  # killed by the machine, which may have had no memory left, or closed
            self._kill()
            raise NotFinished from gone
        except BaseException:
            self._kill()
            if not self._is_closed:
                self._begun()  # the next piece of work will find it ready
            raise
        if error is not None:
            raise error
        return found

    def _begun(self) -> tuple[BaseProcess, Connection]:
        if self._is_closed:
            raise NotFinished
        if self._running is None or not self._running[0].is_alive():
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_serve, args=(theirs,), name="reformkit-desk-proofs", daemon=True)
            with _without_interrupts():
                process.start()
            theirs.close()
            self._running = process, ours
        return self._running

    def _kill(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            process, pipe = running
            process.kill()
            process.join()
            with suppress(OSError):
                pipe.close()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C is for the desk, which ends the process: one that is begun here does not hear of it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: `_serve` says so itself
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- over there ----------------------------------------------------------------------------------------


def _serve(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_desk, daemon=True).start()
    while True:
        try:
            work, given, named = pipe.recv()
        except EOFError:
            return
        answer: tuple[object, Exception | None]
        try:
            answer = work(go_on, *given, **named), None
        except Exception as error:  # whoever asked is told
            answer = None, RuntimeError(f"{type(error).__name__}: {error}")
        pipe.send(answer)


def _end_with_the_desk() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
