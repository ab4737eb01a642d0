"""A Dask DataFrame on a cluster of processes says what the same rows say in one frame."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import pandas as pd
import polars as pl
import pytest
from distributed import Client, LocalCluster

import reformkit as rk
from tests.clusters import on_workers
from tests.clusters.year import new_columns, some_cases, with_bad_values

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*[Pp]ort .* is already in use:UserWarning"),
    pytest.mark.filterwarnings("ignore:Sending large graph:UserWarning"),
    # On a busy machine a connection of distributed may be collected before it was closed.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return rk.load()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            local_directory=str(tmp_path_factory.mktemp("dask")),
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def distributed(frame: pl.DataFrame, parts: int = 3) -> Any:
    return dd.from_pandas(frame.to_pandas(use_pyarrow_extension_array=True), npartitions=parts)


def in_polars(frame: pd.DataFrame) -> pl.DataFrame:
    return pl.from_pandas(frame.reset_index(drop=True))


def agree(made: Any, wanted: pl.DataFrame, given: pl.DataFrame) -> None:
    found, wanted = new_columns(in_polars(made.compute()), given), new_columns(wanted, given)
    assert found.columns == wanted.columns
    for name in wanted.columns:
        assert found[name].to_list() == wanted[name].to_list(), name


# --- the same answers ----------------------------------------------------------------------------------


def test_a_decision(book: rk.Book, cluster: Client) -> None:
    frame = with_bad_values(some_cases(book, 60, seed=1))
    made = book.decide_frame("startup", distributed(frame), needs=True)
    assert isinstance(made, dd.DataFrame) and made.npartitions == 3
    agree(made, book.decide_frame("startup", frame, needs=True), frame)


@pytest.mark.parametrize("counted", [False, True])
def test_signals_over_the_whole_frame(book: rk.Book, cluster: Client, counted: bool) -> None:
    frame = with_bad_values(some_cases(book, 400, seed=2, ids=300))
    made = book.assess_frame(distributed(frame), "self", counted=counted)
    wanted = book.assess_frame(frame, "self", counted=counted)
    assert wanted["town_cases"].drop_nulls().max() >= 4  # cases of one town are in several parts
    assert (wanted["startup_status"] == "problem").any()
    agree(made, wanted, frame)


def test_signals_of_cases_without_ids(book: rk.Book, cluster: Client) -> None:
    frame = some_cases(book, 60, seed=3).drop("id")
    agree(book.assess_frame(distributed(frame), "self"), book.assess_frame(frame, "self"), frame)


def test_a_history_in_memory_is_sent_along(book: rk.Book, cluster: Client) -> None:
    frame, history = some_cases(book, 30, seed=4), some_cases(book, 60, seed=5)
    made = book.assess_frame(distributed(frame), history, needs=False, texts=True)
    agree(made, book.assess_frame(frame, history, needs=False, texts=True), frame)


def test_an_empty_part_and_one_with_bad_rows_alone(book: rk.Book, cluster: Client) -> None:
    frame = some_cases(book, 40, seed=6)
    frame = frame.with_columns(pl.when(pl.int_range(pl.len()) >= 10).then("form").otherwise(pl.lit("x")).alias("form"))
    parts = distributed(frame, 4)
    chosen = parts[parts["form"] == "x"]
    wanted = frame.filter(pl.col("form") == "x")
    agree(book.assess_frame(chosen, "self"), book.assess_frame(wanted, "self"), wanted)


# --- as a part of Dask ---------------------------------------------------------------------------------


def test_what_is_promised_of_the_columns_is_what_comes(book: rk.Book, cluster: Client, tmp_path: Path) -> None:
    frame = some_cases(book, 40, seed=7)
    made = book.assess_frame(distributed(frame), "self", counted=True).persist()
    assert [made.get_partition(i).compute().dtypes.equals(made._meta.dtypes) for i in (0, 2)] == [True, True]
    made.to_parquet(tmp_path, write_index=False)
    wanted = book.assess_frame(frame, "self", counted=True)
    written = pl.concat([pl.read_parquet(path) for path in sorted(tmp_path.glob("part.*.parquet"))])
    assert written["measures"].to_list() == wanted["measures"].to_list()
    assert written["town_cases"].to_list() == wanted["town_cases"].to_list()


def test_each_worker_opens_the_book_once(book: rk.Book, cluster: Client) -> None:
    cluster.run(on_workers.watch)
    frame = some_cases(book, 60, seed=8)
    book.decide_frame("startup", distributed(frame, 4)).compute()
    book.assess_frame(distributed(frame, 2), "self").compute()
    opened = cluster.run(on_workers.seen)
    assert [len(messages) for messages in opened.values()] == [1, 1]


def test_a_worker_killed_in_the_middle_changes_nothing(book: rk.Book, cluster: Client, tmp_path: Path) -> None:
    frame = some_cases(book, 100, seed=9)
    killed = tmp_path / "killed"
    mortal = distributed(frame, 4).map_partitions(on_workers.once_killing, str(killed), meta=distributed(frame)._meta)
    agree(book.assess_frame(mortal, "self"), book.assess_frame(frame, "self"), frame)
    assert killed.exists()


# --- what goes wrong -----------------------------------------------------------------------------------


def test_bad_rows_are_raised_where_that_is_wished(book: rk.Book, cluster: Client) -> None:
    frame = with_bad_values(some_cases(book, 30, seed=10))
    with pytest.raises(rk.CaseError, match="nowhere"):
        book.decide_frame("startup", distributed(frame), on_problem="raise").compute()


def test_what_cannot_be_done_is_said_before_anything_is_sent(book: rk.Book) -> None:
    frame = distributed(some_cases(book, 10, seed=11))
    with pytest.raises(KeyError, match="no decision"):
        book.decide_frame("start", frame)
    with pytest.raises(TypeError, match="no history of another"):
        book.assess_frame(frame, frame)
    with pytest.raises(TypeError, match="check_frame"):
        book.check_frame(frame)
    with pytest.raises(ValueError, match='a frame or "self"'):
        book.assess_frame(frame, "all")
    with pytest.raises(TypeError, match="a frame is"):
        book.assess_frame(some_cases(book, 10, seed=11), frame)
