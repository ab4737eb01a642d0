"""How many cases share a tag with each case, counted by sets of tags."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from reformkit.columns.cases import Flags, Numbers, TagColumn, Words
from reformkit.columns.distinct import distinct
from reformkit.columns.reach import Ints, Reach
from reformkit.columns.windows import Timeline

FEW_TAGS = 4
"""Tags of a case up to which common tags are counted by sets of tags; more are looked at pair by pair."""


def sharing(reach: Reach, gives: Flags) -> Ints:
    """How many of those that give something share a tag with each case.

    Those that share one of the tags are, by inclusion and exclusion, those that hold each odd set of them
    less those that hold each even one. Where either has many tags the pairs are looked at one by one.
    """
    history, cases = reach.history, reach.cases
    total = np.zeros(cases.height, dtype=np.int64)
    members = reach.members[gives[reach.members]]
    few_members = members[history.tag_count[members] <= FEW_TAGS]
    few = reach.rows[cases.tag_count[reach.rows] <= FEW_TAGS]
    many_members = members[history.tag_count[members] > FEW_TAGS]
    many = reach.rows[cases.tag_count[reach.rows] > FEW_TAGS]
    entry, entry_set = tag_sets(history.shared, few_members)
    case, case_set = tag_sets(cases.shared, few)
    keys = np.concatenate(
        (
            np.column_stack((reach.group_of_history[entry].astype(np.uint64), entry_set)),
            np.column_stack((reach.group_of_case[case].astype(np.uint64), case_set)),
        )
    )
    group = distinct(keys)[1]
    line = Timeline(group[: len(entry)], history.day[entry])
    ranges = line.ranges(group[len(entry) :], reach.start[case], reach.end[case])
    signed = np.where(_sizes(case_set) % 2 == 1, 1, -1) * (ranges[1] - ranges[0])
    np.add.at(total, case, signed)
    for rows, others in ((many, members), (few, many_members)):
        for row, _ in reach.pairs(rows, others):
            total += np.bincount(row, minlength=len(total))
    return total


def tag_sets(column: TagColumn, rows: Numbers) -> tuple[Numbers, Words]:
    """Every set of some of a row's tags (at most four), and its row; a set as a word with sixteen bits a tag."""
    lengths = np.diff(column.starts)
    found_rows, found_sets = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.uint64)]
    for count in range(1, FEW_TAGS + 1):
        of_count = rows[lengths[rows] == count]
        places = column.starts[of_count][:, None] + np.arange(count)
        tags = np.sort(column.flat[places], axis=1).astype(np.uint64) + np.uint64(1)
        for size in range(1, count + 1):
            for chosen in combinations(range(count), size):
                word = np.zeros(len(of_count), dtype=np.uint64)
                for place, tag in enumerate(chosen):
                    word |= tags[:, tag] << np.uint64(16 * place)
                found_rows.append(of_count)
                found_sets.append(word)
    return np.concatenate(found_rows), np.concatenate(found_sets)[:, None]


def _sizes(sets: Words) -> Numbers:
    """How many tags each set has."""
    places = np.uint64(16) * np.arange(FEW_TAGS, dtype=np.uint64)
    sizes: Numbers = ((sets >> places) & np.uint64(0xFFFF) != 0).sum(axis=1)
    return sizes
