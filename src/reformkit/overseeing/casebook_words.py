"""The words that an office puts in place of others in its casebook, and what it adds or leaves out: a file of YAML."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.problem import NOWHERE, LetterError, Place
from reformkit.reading.form import Form, mapping_of, named
from reformkit.reading.form import scalar_of as word_of
from reformkit.reading.keywords import Keys
from reformkit.text import Text

_FILE, _ITEM = Text("改写文件", "a file of words"), Text("案例", "a case")
_OF_ITEM = Keys(_ITEM, may=("replace", "lesson", "omit"))
_REPLACE, _INSTEAD = Text("改写", "words to be replaced"), Text("改成的字句", "the words instead")


@dataclass(frozen=True, slots=True)
class CaseWords:
    """What the office says of one item: `replace` words by others, `lesson` to be learnt from it, `omit` it and why."""

    replace: Mapping[str, str] = field(default_factory=dict)
    lesson: str | None = None
    omit: str | None = None
    place: Place = field(default=NOWHERE, compare=False)


def read_words(path: str | os.PathLike[str]) -> dict[str, CaseWords]:
    """What is said of each item, by its id. Raises `LetterError` with everything that is wrong with the file."""
    report = Report()
    source = Source.read(path, report)
    mapping = mapping_of(read_yaml(source, report) if source else None, _FILE, report)
    said = {} if mapping is None else dict(_read(Form.of(node, _OF_ITEM, report), id, place, report) for id, place, node in named(mapping, _ITEM, report))  # fmt: skip
    if report.errors:
        raise LetterError(report.problems())
    return said


def _read(form: Form | None, id: str, place: Place, report: Report) -> tuple[str, CaseWords]:
    if form is None:
        return id, CaseWords(place=place)
    lesson, omit = form.scalar("lesson"), form.scalar("omit")
    replace = dict(_pairs(form, report))
    return id, CaseWords(replace, None if lesson is None else lesson.text, None if omit is None else omit.text, place)


def _pairs(form: Form, report: Report) -> Iterator[tuple[str, str]]:
    node = form.get("replace")
    mapping = None if node is None else mapping_of(node, _REPLACE, report)
    for key, value in () if mapping is None else mapping.pairs:
        instead = word_of(value, _INSTEAD, report)
        if instead is not None:
            yield key.text, instead.text
