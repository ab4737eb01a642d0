"""Cases for distributed frames: generated, with unknowns, bad values and ids that come twice."""

from __future__ import annotations

import random
from typing import Any

import polars as pl

import reformkit as rk
from tests.agreement.test_assessed_columns import a_case, frame_of


def some_cases(book: rk.Book, count: int, seed: int, ids: int | None = None) -> pl.DataFrame:
    """Generated cases; with `ids` there are only so many different ids, so that some come twice."""
    rng = random.Random(seed)
    return frame_of(book, [a_case(book, rng, f"C{i % (ids or count)}") for i in range(count)])


def with_bad_values(frame: pl.DataFrame) -> pl.DataFrame:
    """The same cases, every seventh with an authority that there is not, and some without an id."""
    place = pl.int_range(pl.len())
    return frame.with_columns(
        pl.when(place % 7 == 3).then(pl.lit("nowhere")).otherwise("authority_level").alias("authority_level"),
        pl.when(place % 5 != 1).then("id"),
    )


def new_columns(made: Any, given: pl.DataFrame) -> pl.DataFrame:
    """What was added to a Polars frame (a fact that stood in the way is new too)."""
    kept = set(given.columns) - {name.removesuffix("_stated") for name in made.columns if name.endswith("_stated")}
    return made.select(name for name in made.columns if name not in kept)
