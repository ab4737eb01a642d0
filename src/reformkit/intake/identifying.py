"""Ids of cases: how one is written, and that no two cases have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar
from reformkit.problem import Place, Problem
from reformkit.reading import as_written
from reformkit.reading.form import quoted, words_of
from reformkit.reading.keys import key_of
from reformkit.reading.taking import Fault, odd, spelt
from reformkit.text import Text

ID = quoted("编号", "id")
COUNTED = Text("参加计数的案件", "a case that is counted")
"""What lacks an id where cases are counted."""

_NAME = Text("编号", "id")


def case_id(word: Scalar | None, is_none: Callable[[str], bool], report: Report) -> str | None:
    """The id that a word gives, as it is written; None, with a problem, if it gives none.

    `is_none` knows words that are no id, such as `不详`.
    """
    with report.about(fact="id"):
        id = words_of(word, ID, report)
        if id is not None and word is not None:
            if is_none(id):
                report.add("RK263", word.place, word=id)
                return None
            for code, values in odd(id):
                report.add(code, word.place, fact=_NAME, **values)
        return id


def id_as_written(is_none: Callable[[str], bool], cell: Scalar, report: Report) -> str | None:
    """The id that a cell of an office table gives; what a program has made of it is said."""
    plain = as_written.id_as_text(cell.text)
    with report.about(fact="id"):
        if plain is not None:
            report.add("RK806", cell.place, fact=_NAME, word=cell.text, id=plain)
        elif as_written.is_scientific(cell.text):
            report.add("RK807", cell.place, fact=_NAME, word=cell.text)
    return case_id(cell if plain is None else Scalar(plain, True, cell.place), is_none, report)


def no_id(word: str, place: Place) -> Problem:
    """The problem of an id that says that there is none."""
    return Problem("RK263", place, {"word": word}, fact="id", case=word)


class Ids:
    """The ids of cases as they are met; they are compared in their normal form."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, Text]] = {}

    def copy(self) -> Ids:
        """The same ids, to which more can be added apart."""
        ids = Ids()
        ids._first = self._first.copy()
        return ids

    def fault(self, id: str, here: Text) -> Fault | None:
        """What is wrong with an id that an earlier case has, or one that is compared as the same; else it is taken in.

        `here` says where the case is, for those that come later.
        """
        key = key_of(id)
        if key in self._first:
            return clash(id, *self._first[key])
        self._first[key] = id, here
        return None

    def other(self, id: str) -> Fault | None:
        """What is wrong with an id that another case has too, but in another spelling."""
        found = self._first.get(key_of(id))
        return None if found is None or found[0] == id else clash(id, *found)


def clash(id: str, other: str, first: Text) -> Fault:
    """What is wrong with an id that is compared as an earlier one, met `first`."""
    if id == other:
        return "RK172", {"word": id, "first": first}
    return "RK805", spelt(id, other, first)


def id_problem(fault: Fault, place: Place) -> Problem:
    """A fault of an id at its place."""
    code, values = fault
    said: Mapping[str, Any] = {"fact": _NAME, **values}
    return Problem(code, place, said, fact="id", case=values.get("word"))


def lacking(place: Place) -> Problem:
    """The problem of a case that is to be counted and has no id."""
    return Problem("RK121", place, {"what": COUNTED, "key": ID}, fact="id")
