"""Long work that another process may do, so that nothing else waits meanwhile; who that is, whoever serves the desk says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Pause = Callable[[], None]
"""Called between the pieces of a long step; what it raises cuts the step short."""


class NotFinished(Exception):
    """Work took longer, or more of the machine, than it may."""


class Worker(Protocol):
    """Does a piece of work elsewhere: a function of a module that is given a pause and what can be pickled.

    `run` returns what the work comes to. What its own `pause` raises ends the work and comes out. Raises `NotFinished`.
    """

    def run(self, pause: Pause, work: Callable[Concatenate[Pause, P], T], *given: P.args, **named: P.kwargs) -> T: ...


def go_on() -> None:
    """The pause of work that nobody cuts short."""
