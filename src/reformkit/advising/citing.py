"""What a measure may cite for a case: clauses in force on its day, that bind it, and that are about its causes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reformkit.advising.plan import Subject
from reformkit.deciding.meaning import holds
from reformkit.model.cited import Cited
from reformkit.model.condition import Condition, tests
from reformkit.model.library import Citation, Library, Measure
from reformkit.model.vocabulary import Facts


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
