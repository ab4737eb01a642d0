"""A Spark DataFrame says what the same rows say in one frame (`make test-spark`)."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest

import reformkit as rk
from tests.clusters.year import new_columns, some_cases, with_bad_values

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'reformkit[spark]'")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of pyspark's own making
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the sockets of its workers
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return rk.load()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": "3",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "20",
    }
    os.environ["PYSPARK_PYTHON"] = sys.executable  # the workers' Python: the one that has reformkit
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


def agree(spark: Any, call: Any, frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows, brought into the order in which they were given, have the same new columns."""
    frame = frame.with_columns(place=pl.int_range(pl.len()))
    made = call(spark.createDataFrame(frame.to_arrow()).repartition(3))
    found = pl.DataFrame(pl.from_arrow(made.toArrow())).sort("place")
    wanted = call(frame)
    assert found.columns == wanted.columns
    for name in new_columns(wanted, frame).columns:
        assert found[name].to_list() == wanted[name].to_list(), name
    return wanted


def test_a_decision(book: rk.Book, spark: Any) -> None:
    frame = with_bad_values(some_cases(book, 60, seed=1))
    agree(spark, lambda given: book.decide_frame("startup", given, needs=True), frame)


@pytest.mark.parametrize("counted", [False, True])
def test_signals_over_the_whole_frame(book: rk.Book, spark: Any, counted: bool) -> None:
    frame = with_bad_values(some_cases(book, 400, seed=2))
    wanted = agree(spark, lambda given: book.assess_frame(given, "self", counted=counted), frame)
    assert wanted["town_cases"].drop_nulls().max() >= 4  # type: ignore[operator]


def test_signals_of_cases_without_ids(book: rk.Book, spark: Any) -> None:
    agree(spark, lambda given: book.assess_frame(given, "self"), some_cases(book, 60, seed=3).drop("id"))


def test_a_history_in_memory_is_sent_along(book: rk.Book, spark: Any) -> None:
    frame, history = some_cases(book, 30, seed=4), some_cases(book, 60, seed=5)
    agree(spark, lambda given: book.assess_frame(given, history, texts=True), frame)
