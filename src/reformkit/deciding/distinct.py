"""Telling rows of numbers apart."""

from __future__ import annotations

import numpy as np

from reformkit.model.columns import Numbers, Words


def distinct(keys: Words) -> tuple[Numbers, Numbers]:
    """The first row of each different key, and for every row the number of its key."""
    if keys.shape[1] == 1:
        _, first, inverse = np.unique(keys[:, 0], return_index=True, return_inverse=True)
        return first, inverse
    mixed = np.zeros(len(keys), dtype=np.uint64)
    for column in keys.T:
        mixed = (mixed ^ column) * _PRIME
        mixed ^= mixed >> np.uint64(29)
    _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    if (keys == keys[first[inverse]]).all():
        return first, inverse
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)  # two keys mixed alike
    return first, inverse.reshape(-1)


_PRIME = np.uint64(0x9E3779B97F4A7C15)
