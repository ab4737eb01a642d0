"""What a measure may cite for a case: only clauses in force on its day, and only those that bind it."""

from __future__ import annotations

from datetime import date

from reformkit.deciding.meaning import holds
from reformkit.model.cited import Cited
from reformkit.model.condition import Condition, tests
from reformkit.model.library import Library, Measure
from reformkit.model.vocabulary import Facts


def citations(measure: Measure, library: Library, facts: Facts, day: date | None) -> tuple[Cited, ...]:
    """A measure's basis for a case: its citations that bind the case and whose clause is in force.

    Without a day only clauses that have not been superseded are given. A citation limited to some cases
    is left out where it is not known that the case is one of them.
    """
    found = []
    for citation in measure.basis:
        if citation.when is not None and not _binds(citation.when, facts):
            continue
        if citation.ref is None:
            found.append(Cited(citation))
            continue
        reference = library.references.get(citation.ref)
        if reference is None or not reference.citable:
            continue
        clause = reference.clauses.get(citation.clause or "")
        if clause is None or (clause.period.holds(day) if day is not None else clause.period.until is None):
            found.append(Cited(citation, reference, clause))
    return tuple(found)


def _binds(when: Condition, facts: Facts) -> bool:
    return all(test.fact in facts or not test.tests_value for test in tests(when)) and holds(when, facts, facts)
