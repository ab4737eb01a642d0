"""What a cluster's workers are sent: a book, opened once in each process and kept by its digest."""

from __future__ import annotations

import hashlib
import logging
import pickle
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import polars as pl

from reformkit.frames.answers import Frames
from reformkit.frames.given import given

MOST_KEPT = 4
"""Opened parcels that a process keeps."""

_log = logging.getLogger(__name__)
_opened: OrderedDict[str, OpenParcel] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class OpenParcel:
    """A book's answers for frames, and the history that was sent along."""

    frames: Frames
    history: pl.DataFrame | None


@dataclass(frozen=True)
class Parcel:
    """A rulebook with its library, and a history to count over if there is one, as bytes."""

    content: bytes = field(repr=False)
    digest: str

    @classmethod
    def of(cls, frames: Frames, history: Any = None) -> Parcel:
        """Pack a book, and of a history what says something of its cases."""
        sent = None
        if history is not None:
            held = given(history, frames.checker.wanted)
            sent = pl.DataFrame(list(held.columns.values()), height=held.height)
        content = zlib.compress(pickle.dumps((frames.book, sent), protocol=5))
        parcel = cls(content, hashlib.sha256(content).hexdigest())
        with _lock:  # whoever packs it needs not unpack it
            _keep(parcel.digest, OpenParcel(frames, sent))
        return parcel

    def open(self) -> OpenParcel:
        """What was packed; a process unpacks and compiles it once."""
        with _lock:
            if self.digest not in _opened:
                book, history = pickle.loads(zlib.decompress(self.content))
                _keep(self.digest, OpenParcel(Frames(book), history))
                _log.info("%s opened from %d bytes (%s)", book, len(self.content), self.digest[:12])
            _opened.move_to_end(self.digest)
            return _opened[self.digest]


def _keep(digest: str, opened: OpenParcel) -> None:
    _opened[digest] = opened
    _opened.move_to_end(digest)
    while len(_opened) > MOST_KEPT:
        _opened.popitem(last=False)
