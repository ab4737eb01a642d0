"""What a cell of a sheet may hold."""

from __future__ import annotations

from datetime import date

Cell = str | int | date | None

FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was."""
