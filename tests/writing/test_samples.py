"""The letters that tests and pictures show ask for what the library asks for now."""

from __future__ import annotations

import re

from reformkit.book import Book
from tests.writing.letters import ABOUT

_WHERE_TO_LOOK = re.compile("（查[^）]*）$")


def test_the_criteria_of_the_sample_letters_are_those_of_the_library(book: Book) -> None:
    assert book.library is not None
    (wanted,) = [one for one in ABOUT.suggestions if one.measure == "资产资源清查与公开处置"]
    (measure,) = [m for m in book.library.measures.values() if m.title.zh == wanted.measure]
    criteria = [each.zh for v in (measure, *measure.variants) for each in v.accept]
    known = [_WHERE_TO_LOOK.sub("", each).removeprefix("联社、基层社、社有企业") for each in criteria]
    assert set(wanted.criteria) <= set(known)
    assert "100%" not in "".join(one.text + "".join(one.criteria) for one in ABOUT.suggestions)
