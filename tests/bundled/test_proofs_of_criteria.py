"""Every criterion of every wording has a paper, among those that are asked for, that proves it."""

from __future__ import annotations

import re
from itertools import product

from reformkit.model.library import Library, Measure, Variant
from reformkit.text import Text

_TO_SEE = re.compile(r"（查([^（）]+)）$")
_BETWEEN = re.compile("[、，；和及]")
ALIKE = 3
"""So many characters in a row tell that two names are of one paper; of a shorter name all of it."""


def proves(asked: str, criterion: Text) -> bool:
    """Whether one of the papers that a criterion names is among those that are asked for."""
    (papers,) = _TO_SEE.findall(criterion.zh.replace("“", "").replace("”", ""))
    return any(_is_among(name, asked) for name in _BETWEEN.split(papers) if name)


def _is_among(name: str, asked: str) -> bool:
    length = min(ALIKE, len(name))
    return any(name[i : i + length] in asked for i in range(len(name) - length + 1))


def unproven(measure: Measure, variant: Variant | None, facts: dict[str, str]) -> list[str]:
    asked = "；".join(paper.zh for paper in measure.evidence_for(variant, facts))
    criteria = (variant.accept if variant else ()) or measure.accept
    return [criterion.zh for criterion in criteria if not proves(asked, criterion)]


def test_every_criterion_of_every_wording_has_what_proves_it(library: Library) -> None:
    lacking, looked_at = set(), 0
    units = ({}, {"unit_kind": "village"}, {"unit_kind": "enterprise"}, {"unit_kind": "department"})
    for measure, facts in product(library.measures.values(), units):
        for variant in (None, *measure.variants):
            looked_at += len((variant.accept if variant else ()) or measure.accept)
            lacking |= {(measure.id, *facts.values(), zh) for zh in unproven(measure, variant, facts)}
    assert looked_at > 1_000
    assert not lacking, "\n".join(map(str, sorted(lacking)))


def test_a_criterion_without_its_paper_is_noticed(library: Library) -> None:
    measure = library.measures["OV-02"]
    short = measure.model_copy(update={"evidence": measure.evidence[:1]})
    assert unproven(measure, None, {}) == []
    assert len(unproven(short, None, {})) >= 1
