"""A row of a table, whatever kind of file it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from reformkit.problem import Place


class Row(Protocol):
    """The cells of a row as text. `wrong` says of cells that have none why, as the code and values of a problem."""

    @property
    def path(self) -> str: ...

    @property
    def number(self) -> int: ...

    @property
    def cells(self) -> list[str]: ...

    @property
    def wrong(self) -> Mapping[int, tuple[str, Mapping[str, Any]]]: ...

    def place(self, index: int = 0) -> Place: ...
