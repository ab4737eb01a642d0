"""A repeated id is found wherever it was first, within a batch or long before."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformkit.files.seen_ids import Met, SeenIds


@given(batches=st.lists(st.lists(st.none() | st.integers(0, 30), max_size=40), max_size=12))
def test_ids_are_found_as_a_dict_finds_them(batches: list[list[int | None]]) -> None:
    seen: dict[int, tuple[int, int]] = {}
    ids = SeenIds()
    for file, batch in enumerate(batches):
        lines = np.arange(7, 7 + len(batch))
        found = ids.repeated(pl.Series([None if i is None else f"C-{i}" for i in batch], dtype=pl.String), lines, file)
        expected = []
        for row, id in enumerate(batch):
            if id is not None:
                first = seen.setdefault(id, (file, 7 + row))
                if first != (file, 7 + row):
                    expected.append(Met(row, *first, f"C-{id}"))
        assert found == expected
        assert ids.held == len(seen)


def test_a_hundred_thousand_ids_are_found_in_pieces() -> None:
    ids, names = SeenIds(), pl.Series([f"C-{i}" for i in range(100_000)])
    lines = np.arange(100_000)
    for start in range(0, 100_000, 1 << 10):
        assert not ids.repeated(names[start : start + 1024], lines[start : start + 1024], 0)
    again = ids.repeated(names[::1000], np.arange(100), 1)
    assert again == [Met(i, 0, 1000 * i, f"C-{1000 * i}") for i in range(100)]


def test_beyond_its_room_ids_are_looked_up_and_not_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reformkit.files.seen_ids.MOST", 10)
    ids = SeenIds()
    ids.repeated(pl.Series([str(i) for i in range(9)]), np.arange(9), 0)
    assert not ids.is_full
    assert not ids.repeated(pl.Series(["x", "y", "z"]), np.arange(3), 1)
    assert ids.is_full and ids.held == 10
    assert ids.repeated(pl.Series(["3"]), np.arange(1), 2) == [Met(0, 0, 3, "3")]


def test_an_id_is_found_in_another_spelling_with_the_first_one_named() -> None:
    ids = SeenIds()
    assert not ids.repeated(pl.Series(["JY-①", "JY-2"]), np.arange(2), 0)
    again = ids.repeated(pl.Series(["JY-2 ".strip(), "JY-1", "JY-２"]), np.arange(3), 1)
    assert again == [Met(0, 0, 1, "JY-2"), Met(1, 0, 0, "JY-①"), Met(2, 0, 1, "JY-2")]
