"""Texts of a column in the normal form by which they are compared: each different one is worked out once."""

from __future__ import annotations

import polars as pl

from reformkit.reading.keys import AS_IT_IS, key_of


def keyed(words: pl.Series) -> pl.Series:
    """A column of texts in their normal form; the same series where each has it already."""
    odd = words.filter(~words.str.contains(AS_IT_IS)).unique().to_list()
    keys = {word: key for word in odd if (key := key_of(word)) != word}
    return words.replace(keys) if keys else words
