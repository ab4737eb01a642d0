"""A rulebook of an office's own may use the bundled vocabulary's names for facts and decisions of another kind."""

from __future__ import annotations

import polars as pl
import pytest

import reformkit as rk
from reformkit.assessing.tally import Tally
from reformkit.frames.tally import add
from reformkit.reporting.lengths import LENGTHS, lines, page

_FIELDS = """\
fields:
  decided_on: {type: text, label: {zh: 决定, en: Decided}}
  issue: {type: number, places: 1, label: {zh: 问题, en: Issue}}
  unit: {type: count, label: {zh: 单位数, en: Units}}
  behaviours: {type: flag, label: {zh: 行为, en: Behaviours}}
"""
_STARTUP = """\
decision: startup
hit: collect
title: {zh: 启, en: St}
outcomes: {a: {zh: 甲, en: Aa}, b: {zh: 乙, en: Bb}}
rules: [{id: S-1, when: {behaviours: true}, then: a}]
otherwise: [b]
"""
CASES = [{"id": "Q-1", "decided_on": "去年", "issue": "3.5", "unit": 0, "behaviours": True}, {"id": "Q-2"}]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> rk.Book:
    folder = tmp_path_factory.mktemp("own")
    for name, text in (
        ("rulebook", "name: own\nvocabulary: vocabulary.yaml\n"),
        ("vocabulary", _FIELDS),
        ("startup", _STARTUP),
    ):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return rk.load(folder)


def test_a_text_dates_no_case_and_every_length_is_written(book: rk.Book) -> None:
    assert book.rulebook.vocabulary.dates.case == ("filed_on",)
    for a in book.assess_many(CASES):
        assert all(lines(page(a, length), "zh") for length in LENGTHS)


def test_a_startup_that_collects_is_tallied_in_columns_as_case_by_case(book: rk.Book) -> None:
    alone, together = Tally(), Tally()
    for a in book.assess_many(CASES):
        alone.add(a)
    frame = pl.DataFrame(CASES, schema_overrides={"issue": pl.String})
    add(together, book.assess_frame(frame), book, None)
    assert alone.outcomes == together.outcomes == {"startup": {"decided": 1, "undetermined": 1}}
