"""The page on what the report leaves unsaid names all eighteen points, and only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import reformkit as rk

PAGE = Path(__file__).parents[2] / "docs" / "silent.md"


def test_every_point_is_there_once_and_what_rests_on_it_exists(book: rk.Book) -> None:
    rows = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    numbered = {row[0].strip("| "): row[-1] for row in rows[2:]}
    assert "".join(numbered) == "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱"
    assert book.library is not None
    rules = {rule.id for table in book.rulebook.decisions.values() for rule in table.rules}
    known = {*rules, *book.fields, *book.rulebook.parameters, *book.library.measures}
    for number, rests in numbered.items():
        named = re.findall(r"`([^`]+)`", rests)
        assert bool(named) is ("无" not in rests), number
        assert set(named) <= known, number


def test_every_assumed_rule_of_starting_and_layers_rests_on_some_point(book: rk.Book) -> None:
    named = set(re.findall(r"`([^`]+)`", PAGE.read_text(encoding="utf-8")))
    for decision in ("source", "startup"):
        for rule in book.rulebook.decisions[decision].rules:
            if rule.basis is None or rule.basis.kind == "assumption":
                assert rule.id in named or rule.id == "STA-C6", (
                    rule.id
                )  # the first form at city level is none of the eighteen
