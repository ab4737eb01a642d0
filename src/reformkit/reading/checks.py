"""What a vocabulary says of whole cases: which facts date one, and what cannot both be true of it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dict

from reformkit.model.vocabulary import DATE_FACTS, Contradiction, Dates, Field
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar, Tree
from reformkit.problem import Place
from reformkit.reading.conditions import ConditionReader
from reformkit.reading.form import Form, count_of, mapping_of, quoted, scalar_of, sequence_of
from reformkit.reading.keywords import Keys
from reformkit.reading.parameters import Parameters
from reformkit.reading.values import Lexicon
from reformkit.text import Text

DATES = Keys(Text("日期", "`dates`"), may=("case", "assessed"))
CHECK = Keys(Text("核对", "a check"), may=("before", "years", "never"))

_CHECKS, _BEFORE, _YEARS = quoted("核对", "checks"), quoted("早于", "before"), quoted("年份", "years")


def read_dates(form: Form, fields: Dict[str, Field], unread: frozenset[str], report: Report) -> Dates:
    """The days of a vocabulary; where it does not say which facts date a case, the usual ones that are dates do."""
    usual = tuple(name for name in DATE_FACTS if name not in fields or fields[name].type == "date")
    inner = Form.of(form.get("dates"), DATES, report)
    if inner is None:
        return Dates(case=usual)
    stated = {name: field for name, field in fields.items() if not field.of_finding}
    barred = {name: (field, "RK158") for name, field in fields.items() if field.of_finding}
    lexicon = Lexicon(stated, report, barred, unread)
    case = [date_fact(item, lexicon, report) for item in inner.items("case")]
    assessed = date_fact(inner.get("assessed"), lexicon, report)
    said: dict[str, object] = {"assessed": assessed, "case": usual, "place": inner.place}
    if "case" in inner:
        said["case"] = tuple(dict.fromkeys(name for name in case if name is not None))
    return Dates.model_validate(said)


def date_fact(node: Tree | None, lexicon: Lexicon, report: Report) -> str | None:
    """The name of the date fact that a word names, or None and a problem."""
    word = scalar_of(node, quoted("日期", "dates"), report)
    field = None if word is None else lexicon.field(word)
    if word is not None and field is not None and field.type != "date":
        report.add("RK184", word.place, fact=field)
        return None
    return None if field is None else field.name


def read_checks(
    form: Form, fields: Dict[str, Field], unread: frozenset[str], report: Report
) -> tuple[Contradiction, ...]:
    """The checks of a vocabulary; a faulty one is reported and left out."""
    stated = {name: field for name, field in fields.items() if not field.of_finding}
    barred = {name: (field, "RK158") for name, field in fields.items() if field.of_finding}
    lexicon = Lexicon(stated, report, barred, unread)
    listed = sequence_of(form.get("checks"), _CHECKS, report)
    read = _CheckReader(lexicon, report).check
    return tuple(check for node in (listed.items if listed else []) if (check := read(node)) is not None)


class _CheckReader:
    def __init__(self, lexicon: Lexicon, report: Report) -> None:
        self._lexicon = lexicon
        self._report = report
        self._conditions = ConditionReader(lexicon, Parameters({}), report)

    def check(self, node: Tree) -> Contradiction | None:
        """One check, or None and its problems."""
        report, errors = self._report, self._report.errors
        form = Form.of(node, CHECK, report)
        if form is None:
            return None
        given = [key for key in CHECK.may if key in form]
        if len(given) != 1:
            report.add("RK186", form.place)
            return None
        (key,) = given
        ways: dict[str, Callable[[Tree | None, Place], Contradiction | None]]
        ways = {"before": self._before, "years": self._years, "never": self._never}
        found = ways[key](form.get(key), form.place)
        return found if report.errors == errors else None

    def _before(self, node: Tree | None, place: Place) -> Contradiction | None:
        listed = sequence_of(node, _BEFORE, self._report)
        days = [date_fact(item, self._lexicon, self._report) for item in (listed.items if listed else [])]
        if listed is not None and len(days) != 2:
            self._report.add("RK187", listed.place)
        if len(days) != 2 or days[0] is None or days[1] is None:
            return None
        return Contradiction(before=(days[0], days[1]), place=place)

    def _years(self, node: Tree | None, place: Place) -> Contradiction | None:
        mapping = mapping_of(node, _YEARS, self._report)
        if mapping is None:
            return None
        bounds: list[tuple[str, int, int]] = []
        for key, value in mapping.pairs:
            fact = date_fact(key, self._lexicon, self._report)
            listed = sequence_of(value, _YEARS, self._report)
            words = [scalar_of(item, _YEARS, self._report) for item in (listed.items if listed else [])]
            years = [_year(word) for word in words]
            if listed is not None and (len(years) != 2 or None in years):
                self._report.add("RK187", listed.place)
            elif fact is not None and len(years) == 2 and years[0] is not None and years[1] is not None:
                bounds.append((fact, years[0], years[1]))
        return Contradiction(years=tuple(bounds), place=place)

    def _never(self, node: Tree | None, place: Place) -> Contradiction | None:
        condition = self._conditions.read(node)
        return None if condition is None else Contradiction(never=condition, place=place)


def _year(word: Scalar | None) -> int | None:
    year = None if word is None else count_of(word.text)
    return year if year is not None and 1 <= year <= 9999 else None
