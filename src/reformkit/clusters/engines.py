"""Which engine a frame belongs to, told by its type, so that none is loaded for a frame of another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from reformkit.frames.request import FrameRequest

if TYPE_CHECKING:
    from reformkit.frames.answers import Frames


class Answers(Protocol):
    """A book's answers for the frames of an engine."""

    def decide(self, decision: str, frame: Any, as_of: date | None, needs: bool, on_problem: str) -> Any:
        """The frame with the columns of one decision."""

    def assess(self, frame: Any, history: Any, asked: FrameRequest) -> Any:
        """The frame with every decision, causes, measures and questions, and what signals counted."""

    def check(self, frame: Any, history: Any = None) -> Any:
        """A frame of everything that is wrong with a frame, with a history also with the ids by which it is counted."""


def engine_of(frame: object) -> str | None:
    """`dask` or `pyspark` for a DataFrame of theirs, else None."""
    kinds = {(kind.__module__.partition(".")[0], kind.__name__) for kind in type(frame).__mro__}
    return next((engine for engine in ("dask", "pyspark") if (engine, "DataFrame") in kinds), None)


def answering(frames: Frames, frame: object) -> Answers:
    """What answers for a frame."""
    match engine_of(frame):
        case "dask":
            from reformkit.clusters.dask_frames import DaskFrames  # noqa: PLC0415

            return DaskFrames(frames)
        case "pyspark":
            from reformkit.clusters.spark_frames import SparkFrames  # noqa: PLC0415

            return SparkFrames(frames)
        case _:
            return frames


def shippable(history: object) -> None:
    """Raises TypeError for a history that would have to be gathered before it can be sent to the workers."""
    if engine_of(history) is not None:
        raise TypeError('a distributed frame is no history of another: use history="self", or a frame in memory')


def no_check() -> TypeError:
    """What to do instead of checking a distributed frame."""
    return TypeError(
        "a distributed frame is not checked at once: assess it, gather the rows whose status is problem "
        "and give them to check_frame"
    )
