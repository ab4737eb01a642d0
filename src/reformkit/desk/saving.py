"""Staged edits written into the files, and a save taken back: bytes in the place of bytes that are as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from reformkit.desk.desk import Desk
from reformkit.desk.staging import StagedPiece


@dataclass(frozen=True)
class Saved:
    """What the last save put in the place of what."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    what: tuple[str, ...]


_LAST: WeakKeyDictionary[Desk, Saved] = WeakKeyDictionary()


def last_save(desk: Desk) -> Saved | None:
    """The save that can be taken back."""
    return _LAST.get(desk)


def save_staged(desk: Desk, note: str, effect: Mapping[str, Any]) -> Saved:
    """Write what is staged. Raises `Clash` where a file no longer holds what an edit replaces, `ChangedUnderneath`
    where one changes at this very moment, OSError where it cannot be written."""
    desk.refresh()
    files = desk.staging.over(desk.ground.files)
    after = {path: file.data for path, file in files.items()}
    before = {path: desk.ground.contents[path] for path in after}
    pieces = desk.staging.pieces
    saved = Saved(before, after, tuple(piece.what for piece in pieces))
    line = {
        "note": note,
        "edits": [_said(piece) for piece in pieces],
        "effect": dict(effect),
        **_digests(before, after),
    }
    desk.workspace.write(before, after, line)
    _LAST[desk] = saved
    desk.nothing_staged()
    return saved


def take_back(desk: Desk) -> None:
    """Put the bytes back that the last save replaced. Raises as `save_staged` does, KeyError without a save."""
    saved = _LAST[desk]
    desk.workspace.write(
        saved.after, saved.before, {"taken back": list(saved.what), **_digests(saved.after, saved.before)}
    )
    del _LAST[desk]
    desk.refresh()


def _said(piece: StagedPiece) -> dict[str, str]:
    return {"path": piece.path, "what": piece.what}


def _digests(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    return {
        "before": {path: hashlib.sha256(data).hexdigest() for path, data in before.items()},
        "after": {path: hashlib.sha256(data).hexdigest() for path, data in after.items()},
    }
