"""Evidence as it is handed in: a file, and the day that it bears."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper that proves something (佐证): a file, or its bytes under a name.

    `dated` is the day that the paper bears; `got` the day on which it came in (None: the day of writing). `criteria`
    are ids of the criteria that it is meant to prove. The ledger keeps the file by its SHA-256.
    """

    path: str | os.PathLike[str]
    dated: date
    got: date | None = None
    criteria: tuple[str, ...] = ()
    content: bytes | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return os.path.basename(os.fspath(self.path))  # noqa: PTH119 (a name may be that of another system)
