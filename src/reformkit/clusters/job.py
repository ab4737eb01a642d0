"""What is done to each part of a distributed frame: the same for every engine, and sent to its workers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from reformkit.clusters.messages import Message, Post
from reformkit.clusters.parcel import Parcel
from reformkit.frames.answers import Frames, Told
from reformkit.frames.given import Given, Work, adding
from reformkit.frames.request import FrameRequest


@dataclass(frozen=True)
class DecideJob:
    """One decision for every row of a part."""

    decision: str
    as_of: date | None
    needs: bool
    on_problem: str

    def work(self, frames: Frames, history: Any, told: Told | None) -> Work:
        """What makes the new columns of a part."""
        return frames.deciding(self.decision, self.as_of, self.needs, self.on_problem)


@dataclass(frozen=True)
class Assessing:
    """An assessment of every row of a part; `over_all`: signals count over the whole distributed frame."""

    over_all: bool
    asked: FrameRequest

    def work(self, frames: Frames, history: Any, told: Told | None) -> Work:
        """What makes the new columns of a part."""
        return frames.assessing("self" if self.over_all else history, self.asked, told)


@dataclass(frozen=True)
class Job:
    """What is asked, to be worked on wherever its parcel is. All of it can be pickled."""

    task: DecideJob | Assessing

    def columns(self, parcel: Parcel, held: Given, messages: Iterable[Message] | None = None) -> pl.DataFrame:
        """The new columns of a part; `messages`: what was counted for it."""
        return self._work(parcel, messages)(held)

    def batch(self, parcel: Parcel, batch: Any, messages: Iterable[Message] | None = None) -> Any:
        """An Arrow record batch in, the same rows with the new columns out."""
        checker = parcel.open().frames.checker
        work = self._work(parcel, messages)
        return adding(batch, work, lambda before: before, checker.wanted, barred=checker.is_barred)

    def _work(self, parcel: Parcel, messages: Iterable[Message] | None) -> Work:
        opened = parcel.open()
        told = None if messages is None else self.post(parcel, 1).told(messages)
        return self.task.work(opened.frames, opened.history, told)

    def post(self, parcel: Parcel, addresses: int) -> Post:
        """What has signals counted over the whole distributed frame."""
        assert isinstance(self.task, Assessing)
        asked = self.task.asked
        return Post(parcel.open().frames, asked.as_of, asked.counted, addresses)
