"""Columns of an assessed frame as plain lists, for those who put them into words."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from reformkit.parsing.identity import masked

_BETWEEN = "\x1f"  # no id holds it


def good_rows(frame: pl.DataFrame, decision: str) -> pl.DataFrame:
    """The rows of an assessed frame whose values could be taken; `decision` is any that was taken of them."""
    return frame.filter(pl.col(f"{decision}_status") != "problem")


def texts(frame: pl.DataFrame, name: str) -> list[str]:
    """A column of texts in NFC; empty texts where it has nulls, or where there is no such column.

    >>> texts(pl.DataFrame({"unit": ["某局", None]}), "unit"), texts(pl.DataFrame({"id": ["X-1"]}), "unit")
    (['某局', ''], [''])
    """
    if name not in frame.columns:
        return [""] * frame.height
    return frame.get_column(name).cast(pl.String).fill_null("").str.normalize("NFC").to_list()


def carried_texts(frame: pl.DataFrame, name: str) -> list[str]:
    """A column that is no fact, as text without identity numbers; empty texts where it has nulls."""
    if name not in frame.columns:
        return [""] * frame.height
    words = frame.get_column(name).cast(pl.String).fill_null("")
    shown = {word: masked(word) for word in words.unique().to_list()}
    return [shown[word] for word in words.to_list()]


def worded(frame: pl.DataFrame, name: str, word: Callable[[list[str]], str]) -> list[str]:
    """A column of ids, or of lists of them, in words; each different value is worded once.

    >>> worded(pl.DataFrame({"measures": [["IN-06", "PO-01"], []]}), "measures", "；".join)
    ['IN-06；PO-01', '']
    """
    ids = frame.get_column(name)
    if ids.dtype == pl.List:
        ids = ids.list.join(_BETWEEN)
    ids = ids.fill_null("")
    words = {id: word(id.split(_BETWEEN)) if id else "" for id in ids.unique().to_list()}
    return [words[id] for id in ids.to_list()]
