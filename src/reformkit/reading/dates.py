"""Which facts of a vocabulary date a case, and which says when it is judged."""

from __future__ import annotations

from collections.abc import Mapping as Dict

from reformkit.model.vocabulary import Dates, Field
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Tree
from reformkit.reading.form import Form, quoted, scalar_of
from reformkit.reading.keywords import Keys
from reformkit.reading.values import Lexicon
from reformkit.text import Text

DATES = Keys(Text("日期", "`dates`"), may=("case", "assessed"))


def read_dates(form: Form, fields: Dict[str, Field], unread: frozenset[str], report: Report) -> Dates:
    """The days of a vocabulary; what is not written is as it is without."""
    inner = Form.of(form.get("dates"), DATES, report)
    if inner is None:
        return Dates()
    stated = {name: field for name, field in fields.items() if not field.of_finding}
    barred = {name: (field, "RK158") for name, field in fields.items() if field.of_finding}
    lexicon = Lexicon(stated, report, barred, unread)
    case = [date_fact(item, lexicon, report) for item in inner.items("case")]
    assessed = date_fact(inner.get("assessed"), lexicon, report)
    said: dict[str, object] = {"assessed": assessed, "place": inner.place}
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
