"""The measures of the library: what each asks, which causes it answers; for a tried case, whether it is recommended and why."""

from __future__ import annotations

from dataclasses import dataclass

from reformkit.desk.asking import Ask, NotThere, Screen, address
from reformkit.desk.desk import Desk
from reformkit.desk.tried import CASE, tried
from reformkit.model.library import Measure
from reformkit.text import Text
from reformkit.wording.suggestion import blanks_of, filled

PATH = "/measures"


@dataclass(frozen=True)
class MeasureRow:
    """A measure. `is_recommended` and `why` are of the tried case; `why` is None where none is tried."""

    id: str
    title: Text
    text: Text
    causes: tuple[Text, ...]
    category: Text
    is_recommended: bool
    why: Text | None


@dataclass(frozen=True)
class MeasuresView:
    """The measures, those that are recommended for the tried case first; the cases that can be tried."""

    rows: tuple[MeasureRow, ...]
    case: str
    cases: tuple[str, ...]
    case_key: str
    back: str
    """Where the same case is tried in a table."""


def measures_view(desk: Desk, ask: Ask) -> MeasuresView:
    """The view of the measures. Raises `NotThere` without a library."""
    library, case = desk.book.library, tried(desk, ask)
    if library is None:
        raise NotThere
    assessment = case.assessment
    recommended = {} if assessment is None else {each.measure.id: each for each in assessment.recommendations}
    rows = []
    for id, measure in library.measures.items():
        found = recommended.get(id)
        point = library.weak_points[measure.weak_point]
        why = None if assessment is None else assessment.not_recommended(id) if found is None else found.reasons
        text = said_of(measure, desk) if found is None else found.words
        causes = tuple(library.causes[edge.cause].label for edge in measure.addresses)
        rows.append(MeasureRow(id, measure.title, text, causes, point.category or point.label, found is not None, why))
    rows.sort(key=lambda row: not row.is_recommended)
    ids = tuple(given.id for given in desk.case_file(desk.book).cases if given.id)
    back = address("/d/startup", case.query()) if "startup" in desk.book.rulebook.decisions else "/"
    return MeasuresView(tuple(rows), "" if case.case is None else case.case.id, ids[:400], CASE, back)


def said_of(measure: Measure, desk: Desk) -> Text:
    """The text of a measure, with words in the place of what a case would fill in."""
    return filled(measure.text, measure, blanks_of(desk.book.rulebook.fields, {}))


SCREENS = (
    Screen(PATH, "measures.html", measures_view, Text("措施", "Measures"), lambda desk: desk.book.library is not None),
)
