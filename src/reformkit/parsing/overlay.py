"""Texts that stand in the place of files while these are read, so that an edit is read before it is saved."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

Named = str | os.PathLike[str]


class Overlay:
    """Texts by the paths of the files in whose place they stand; None stands for a file that is taken away.

    Paths are compared as they are written from the root on: a link is a file of its own.

    >>> overlay = Overlay({"rules/small.yaml": "decision: small", "rules/old.yaml": None})
    >>> overlay.text("rules/../rules/small.yaml"), overlay.hides("rules/old.yaml"), overlay.text("rules/other.yaml")
    ('decision: small', True, None)
    """

    def __init__(self, texts: Mapping[str, str | None]) -> None:
        self._texts = {_whole(path): text for path, text in texts.items()}

    def text(self, path: Named) -> str | None:
        """The text in the place of a file; None where there is none."""
        return self._texts.get(_whole(path)) if self._texts else None

    def hides(self, path: Named) -> bool:
        """Whether a file is taken away."""
        return bool(self._texts) and self._texts.get(_whole(path), "") is None

    def is_in(self, folder: Named) -> bool:
        """Whether there is a text in a folder, or in one below it."""
        within = f"{_whole(folder)}{os.sep}" if self._texts else ""
        return any(path.startswith(within) for path, text in self._texts.items() if text is not None)

    def names(self, folder: Named, there: set[str]) -> set[str]:
        """The names of what a folder holds, where `there` are those of its own: with what is added, without what is gone."""
        if not self._texts:
            return there
        whole, names = Path(_whole(folder)), set(there)
        for path, text in self._texts.items():
            if Path(path).parent == whole:
                (names.discard if text is None else names.add)(Path(path).name)
        return names


def _whole(path: Named) -> str:
    return os.path.normpath(Path(path).absolute())


NO_OVERLAY = Overlay({})
"""Nothing stands in the place of anything: files are read as they are."""
