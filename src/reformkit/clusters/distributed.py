"""What every engine answers for its frames: what is asked, what is sent along, and which of two ways it goes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import Any

from reformkit.clusters.engines import no_check, shippable
from reformkit.clusters.job import Assessing, DecideJob, Job
from reformkit.clusters.parcel import Parcel
from reformkit.frames.answers import Frames, is_self
from reformkit.frames.request import FrameRequest


class Distributed(ABC):
    """A book's answers for the frames of an engine; nothing is worked on before the engine is asked for it."""

    def __init__(self, frames: Frames) -> None:
        self.frames = frames

    def decide(self, decision: str, frame: Any, as_of: date | None, needs: bool, on_problem: str) -> Any:
        """The frame with the columns of one decision."""
        return self.by_part(frame, Job(DecideJob(decision, as_of, needs, on_problem)), Parcel.of(self.frames))

    def assess(self, frame: Any, history: Any, asked: FrameRequest) -> Any:
        """The frame with every decision, causes, measures and questions, and what signals counted."""
        shippable(history)
        over_all = history is not None and is_self(history)
        job = Job(Assessing(over_all, asked))
        if not over_all or not self.frames.rulebook.signals:
            return self.by_part(frame, job, Parcel.of(self.frames, None if over_all else history))
        return self.over_all(frame, job, Parcel.of(self.frames))

    def check(self, frame: Any, history: Any = None) -> Any:
        """Raises TypeError: what is wrong is looked at in memory."""
        raise no_check()

    @abstractmethod
    def by_part(self, frame: Any, job: Job, parcel: Parcel) -> Any:
        """A frame whose parts are processed independently."""

    @abstractmethod
    def over_all(self, frame: Any, job: Job, parcel: Parcel) -> Any:
        """A frame whose signals are counted over all parts."""
