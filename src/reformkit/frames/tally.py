"""What many assessments in columns come to together."""

from __future__ import annotations

from collections import Counter

import polars as pl

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.tally import FIRST_GATE, SCOPE, Tally, counted_decisions
from reformkit.frames.screening import Screening


def add(tally: Tally, frame: pl.DataFrame, book: Prepared, screening: Screening | None) -> None:
    """Count the rows of a batch that were assessed, as `Tally.add` counts one; the advice for the first gate only
    with a `screening`."""
    names = [name for name in book.rulebook.order if f"{name}_status" in frame.columns]
    frame = frame.filter(pl.col(f"{names[0]}_status") != "problem")
    tally.cases += frame.height
    scope = frame if SCOPE[0] not in names else frame.filter(pl.col(SCOPE[0]) == SCOPE[1])
    tally.in_scope += scope.height
    for name in (n for n in counted_decisions(book) if n in names):
        status, said = scope.get_column(f"{name}_status"), scope.get_column(name)
        said = status if said.dtype == pl.List else said.fill_null(status)  # a decision that collects has no outcome
        tally.outcomes.setdefault(name, Counter()).update(_counted(said))
    if screening is not None:
        screening.add(tally, scope)
    if FIRST_GATE[0] in scope.columns:
        gate = scope.get_column(FIRST_GATE[0]).drop_nulls().cast(pl.String)
        tally.judged += len(gate)
        tally.passed += int((gate == FIRST_GATE[1]).sum())
    points = {item.id: item.group for item in book.cause_items.values() if item.group is not None}
    for counter, column in ((tally.found, "causes_found"), (tally.suspected, "causes_suspected")):
        pairs = frame.select(pl.int_range(pl.len()).alias("row"), pl.col(column).alias("cause")).explode("cause")
        pairs = pairs.drop_nulls().with_columns(pl.col("cause").replace(points)).unique()
        counter.update(_counted(pairs.get_column("cause")))
    tally.measures.update(_counted(frame.get_column("measures").explode().drop_nulls()))


def _counted(words: pl.Series) -> dict[str, int]:
    return dict(words.value_counts().iter_rows())
