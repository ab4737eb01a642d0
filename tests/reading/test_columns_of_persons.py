"""A column that says who a person is: an error through every way in, and never passed on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import reformkit as rk
from reformkit.files.opening import read_cases
from reformkit.intake.personal import PERSONAL
from tests.books import bundled_book

ROWS = pl.DataFrame({"id": ["A-1"], "姓名": ["某"], "备注": ["已核"], "authority_level": ["county"]})


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


KINDS: dict[str, tuple[Callable[[], Any], Callable[[Any], list[str]]]] = {
    "polars": (lambda: ROWS, lambda frame: list(frame.columns)),
    "lazy": (ROWS.lazy, lambda frame: list(frame.collect().columns)),
    "pandas": (lambda: pd.DataFrame(ROWS.to_dict(as_series=False)), lambda frame: list(frame.columns)),
    "table": (ROWS.to_arrow, lambda frame: list(frame.schema.names)),
    "batch": (lambda: ROWS.to_arrow().to_batches()[0], lambda frame: list(frame.schema.names)),
    "reader": (lambda: ROWS.to_arrow().to_reader(), lambda frame: list(frame.read_all().schema.names)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_comes_back_without_it_and_with_all_others(book: rk.Book, kind: str) -> None:
    frame, names = KINDS[kind]
    for answered in (book.assess_frame(frame()), book.decide_frame("layer", frame())):
        assert names(answered)[:3] == ["id", "备注", "authority_level"]
        assert "姓名" not in names(answered)


@pytest.mark.parametrize("name", ["姓名", "身份证号", "*联系电话（必填）"])
def test_a_frame_with_it_is_a_problem_of_the_column(book: rk.Book, name: str) -> None:
    frame = ROWS.rename({"姓名": name})
    problems = book.check_frame(frame)
    assert problems.select("row", "column", "code", "severity").rows() == [(None, name, "RK808", "error")]
    with pytest.raises(rk.CaseError) as raised:
        book.assess_frame(frame, on_problem="raise")
    assert [(p.code, p.column) for p in raised.value.problems] == [("RK808", 2)]


def test_a_parquet_file_with_it_is_not_read(book: rk.Book, tmp_path: Path) -> None:
    path = tmp_path / "cases.parquet"
    ROWS.write_parquet(path)
    found = read_cases(path, book.rulebook)
    assert [(p.code, p.column) for p in found.problems] == [("RK808", 2)]
    assert (found.cases, found.whole) == ([], False)
    pl.from_arrow(pa.table(ROWS.drop("姓名").to_arrow())).write_parquet(path)  # type: ignore[union-attr]
    assert [case.id for case in read_cases(path, book.rulebook).cases] == ["A-1"]


def test_no_fact_of_the_bundled_rulebook_is_called_so(book: rk.Book) -> None:
    assert not {name for field in book.fields.values() for name in (field.name, field.label.zh)} & PERSONAL
