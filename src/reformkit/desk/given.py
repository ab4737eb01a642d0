"""A workbook that was given to be taken back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class GivenFile:
    """A file that was handed in, held in memory: what it is called, and its bytes."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """Which one it is."""
        return hashlib.sha256(self.data).hexdigest()
