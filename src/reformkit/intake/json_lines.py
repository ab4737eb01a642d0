"""Cases of JSON Lines: of words that were heard before, else read without places, and with them only if something is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reformkit.intake.case_trees import CaseReader
from reformkit.intake.heard import HeardCases
from reformkit.intake.lines import is_clean, open_lines
from reformkit.model.case import Case, Unread
from reformkit.parsing.located_json import read_json
from reformkit.parsing.report import Report
from reformkit.parsing.source import CONTROL
from reformkit.parsing.tree import MAX_DEPTH, Mapping, Scalar, Sequence, Tree
from reformkit.problem import NOWHERE, Place

_LONGEST = 1 << 20  # characters of a line; of longer ones the entries are counted
_PLAIN = {True: "true", False: "false", None: "null"}


class _Doubtful(Exception):
    """A line with the places of what stands in it."""


def cases_of_lines(path: str, reader: CaseReader, quick: CaseReader, report: Report) -> Iterator[Case | Unread]:
    """Case after case, or that a line holds none.

    `quick` reads into a report of its own, `reader` into `report`.
    """
    lines = open_lines(path, report)
    if lines is None:
        return
    heard = HeardCases(quick)
    for number, line in lines:
        if not line.strip():
            continue
        if not is_clean(number, line, lines, report):
            yield Unread(Place(path, number))
            continue
        place = Place(path, number, len(line) - len(line.lstrip(" \t")) + 1)
        case = None if len(line) > _LONGEST else heard.case(line, place)
        if case is None:
            case = _quick(line, quick)
        if case is None or reader.is_respelt(case, number):
            tree = read_json(path, line.rstrip("\r\n"), report, number)
            yield Unread(Place(path, number)) if tree is None else reader.case_or_unread(tree)
        else:
            case._problems = ()
            case._place = place
            yield case


def _quick(line: str, reader: CaseReader) -> Case | None:
    """The case of a line in which nothing is wrong."""
    try:
        tree = quick_tree(line)
    except (ValueError, RecursionError, _Doubtful):
        return None
    case = reader.case(tree)
    return None if reader.report.take() else case


def quick_tree(line: str) -> Tree:
    """What `read_json` makes of a line, without places.

    Raises ValueError (or another error) for whatever it would report, and for some that it would not.
    """
    if len(line) > _LONGEST:
        raise _Doubtful
    check = CONTROL.search if "\\" in line else None

    def tree(value: Any, depth: int) -> Tree:
        if isinstance(value, str):
            if check is not None and check(value):
                raise _Doubtful
            return Scalar(value, True, NOWHERE)
        if isinstance(value, Scalar):
            return value
        if depth > MAX_DEPTH:
            raise _Doubtful
        if isinstance(value, list):
            return Sequence(NOWHERE, [tree(item, depth + 1) for item in value])
        if isinstance(value, tuple):
            return Mapping(NOWHERE, [(tree(key, 0), tree(item, depth + 1)) for key, item in value])  # type: ignore[misc]
        return Scalar(_PLAIN[value], False, NOWHERE)

    return tree(_DECODER.decode(line), 1)


def _number(token: str) -> Scalar:
    return Scalar(token, False, NOWHERE)


def _refuse(token: str) -> Scalar:
    raise ValueError(token)


_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_int=_number, parse_float=_number, parse_constant=_refuse)
