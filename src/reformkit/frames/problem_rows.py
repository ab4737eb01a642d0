"""Everything that is wrong with a frame, as rows of another one."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from reformkit.frames.checking import Fault

PROBLEM_COLUMNS = {
    "row": pl.Int64,
    "id": pl.String,
    "column": pl.String,
    "value": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "message": pl.String,
    "fix": pl.String,
    "message_en": pl.String,
    "fix_en": pl.String,
}


def problem_rows(faults: Sequence[Fault]) -> pl.DataFrame:
    """Faults as a frame, in the order of rows and columns."""
    rows = [
        (
            f.row,
            p.case,
            f.column,
            f.value,
            p.code,
            p.severity,
            p.message("zh"),
            p.fix("zh"),
            p.message("en"),
            p.fix("en"),
        )
        for f in sorted(faults, key=lambda fault: fault.problem.place)
        for p in (f.problem,)
    ]
    return pl.DataFrame(rows, schema=PROBLEM_COLUMNS, orient="row")
