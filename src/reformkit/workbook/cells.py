"""What a cell of a sheet may hold."""

from __future__ import annotations

from datetime import date

Cell = str | int | date | None
