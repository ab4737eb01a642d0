"""What a measure may cite for a case: clauses in force on its day, that bind it, and that are about its causes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import Any

from reformkit.advising.plan import Subject
from reformkit.deciding.meaning import holds
from reformkit.model.cited import Cited
from reformkit.model.condition import Condition, tests
from reformkit.model.library import Citation, Library, Measure
from reformkit.model.period import boundaries
from reformkit.model.vocabulary import Facts
from reformkit.text import Lang

MOST_REMEMBERED = 5_000
"""Bases of one measure that are kept."""


class Citing:
    """What the measures of a library may cite; of cases alike it is worked out once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._bases = {measure.id: _Basis(measure, library) for measure in library.measures.values()}
        self.asked = frozenset().union(*[basis.asked for basis in self._bases.values()])
        """The facts of a case on which its citations depend, beside its causes and its day."""
        self._days = sorted({day for basis in self._bases.values() for day in basis.days})

    def span(self, day: date | None) -> int | None:
        """The number of the span of days in which all citations are the same."""
        return None if day is None else bisect_right(self._days, day)

    def of(self, measure: Measure, facts: Facts, day: date | None, subjects: tuple[Subject, ...]) -> tuple[Cited, ...]:
        """`citations`; equal tuples are one."""
        return self._bases[measure.id].of(facts, day, subjects)


class _Basis:
    """What one measure may cite: the same on all days of a span for cases that agree in what its citations ask."""

    def __init__(self, measure: Measure, library: Library) -> None:
        self._measure = measure
        self._library = library
        conditions = [citation.when for citation in measure.basis if citation.when is not None]
        self.asked = tuple(dict.fromkeys(test.fact for condition in conditions for test in tests(condition)))
        cited = (library.references.get(c.ref or "") for c in measure.basis)
        clauses = (clause for reference in cited if reference is not None for clause in reference.clauses.values())
        self.days = boundaries(clause.period for clause in clauses)
        self._remembered: dict[object, tuple[Cited, ...]] = {}

    def of(self, facts: Facts, day: date | None, subjects: tuple[Subject, ...]) -> tuple[Cited, ...]:
        span = None if day is None else bisect_right(self.days, day)
        key = (subjects, span, *map(facts.get, self.asked))
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = citations(self._measure, self._library, facts, day, subjects)
        return found


def citations(
    measure: Measure, library: Library, facts: Facts, day: date | None, subjects: Iterable[Subject]
) -> tuple[Cited, ...]:
    """A measure's basis for some causes of a case, each with its matter, in the order of the library.

    Given are the citations that are about one of the causes, bind the case, and whose clause is in force. Without a
    day only clauses that have not been superseded are given. A citation limited to some cases or matters is left out
    where it is not known that this is one of them. What is relied on and referred to under the same number is
    given once.
    """
    each = [(cause, facts if matter is None else {**facts, "matter": matter}) for cause, matter in subjects]
    found: dict[object, Cited] = {}
    for citation in measure.basis:
        cited = _in_force(citation, library, day)
        if cited is None or not any(_is_about(citation, cause, known) for cause, known in each):
            continue
        key: object = (citation.ref, citation.clause) if citation.ref else citation.at
        if key not in found or citation.use == "rely":
            found[key] = cited
    return tuple(found.values())


def _in_force(citation: Citation, library: Library, day: date | None) -> Cited | None:
    if citation.ref is None:
        return Cited(citation)
    reference = library.references.get(citation.ref)
    if reference is None or not reference.citable:
        return None
    clause = reference.clauses.get(citation.clause or "")
    if clause is not None and not (clause.period.holds(day) if day is not None else clause.period.until is None):
        return None
    return Cited(citation, reference, clause)


def _is_about(citation: Citation, cause: str, facts: Facts) -> bool:
    if citation.causes and cause not in citation.causes:
        return False
    return citation.when is None or _binds(citation.when, facts)


def _binds(when: Condition, facts: Facts) -> bool:
    return all(test.fact in facts or not test.tests_value for test in tests(when)) and holds(when, facts, facts)


def cited_tree(cited: Cited, langs: tuple[Lang, ...]) -> dict[str, Any]:
    """A citation as plain data."""
    at = cited.clause.at if cited.clause is not None else cited.citation.at
    checked = cited.clause.checked if cited.clause else cited.reference.checked if cited.reference else None
    return {
        "kind": cited.citation.kind,
        "ref": cited.citation.ref,
        "use": cited.citation.use,
        "title": _title(cited),
        "at": None if at is None else at.to_dict(langs),
        "quote": None if cited.clause is None else cited.clause.quote,
        "checked": checked,
    }


def _title(cited: Cited) -> str | None:
    if cited.reference is None:
        return None
    return (cited.clause.document if cited.clause and cited.clause.document else cited.reference.title).zh
