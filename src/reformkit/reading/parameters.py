"""Parameters: named values that change with time."""

from __future__ import annotations

from functools import partial
from itertools import combinations

from reformkit.model.rulebook import Basis, ParameterTable, ParameterValue
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.form import Form, quoted
from reformkit.reading.keywords import Keys
from reformkit.reading.words import Words, check_unambiguous
from reformkit.text import Text

PARAMETERS = Keys(Text("参数文件", "a file of parameters"), must=("parameters",))
PARAMETER = Keys(Text("参数", "a parameter"), must=("values",), may=("label",))
VALUE = Keys(Text("参数取值", "a value of a parameter"), must=("value",), may=("since", "until", "basis"))
BASIS = Keys(Text("依据", "a basis"), must=("kind",), may=("at", "ref"))

_WHAT = Text("参数", "parameter")


class Parameters:
    """The parameters of a rulebook by id and label; those in `quiet` have been reported and are not missed."""

    def __init__(
        self, tables: dict[str, ParameterTable], quiet: frozenset[str] = frozenset(), complete: bool = True
    ) -> None:
        self.tables = tables
        self._quiet = quiet
        self._complete = complete
        self._words = Words({name: table.label.zh for name, table in tables.items()})

    def __contains__(self, word: str) -> bool:
        return self._words.find(word.strip()) is not None

    def find(self, node: Scalar, report: Report) -> ParameterTable | None:
        """The parameter that `$name` names, or None and a problem."""
        word = node.text[1:].strip()
        name = self._words.find(word)
        if name is not None:
            return self.tables[name]
        if self._complete and word not in self._quiet:
            report.add("RK156", node.place, word=word, hint=lambda: self._words.hint(word))
        return None


def read_parameters(tree: Tree | None, report: Report) -> Parameters:
    """What a parameters file says; nothing, if there is no such file."""
    form = Form.of(tree, PARAMETERS, report)
    if form is None:
        return Parameters({}, complete=tree is None)
    read = {
        name: report.remembered(("parameter", name, place), (node,), partial(_table, name, place, node, report))
        for name, place, node in form.named("parameters", _WHAT)
    }
    tables = {name: table for name, table in read.items() if table is not None}
    check_unambiguous(tables, report)
    return Parameters(tables, frozenset(read.keys() - tables.keys()))


def _table(name: str, place: Place, node: Tree, report: Report) -> ParameterTable | None:
    form = Form.of(node, PARAMETER, report)
    if form is None:
        return None
    errors = report.errors
    values = [value for item in form.items("values") if (value := _value(item, report))]
    if report.errors == errors and not values:
        report.add("RK154", form.place_of("values"), what=quoted(keywords.ZH["values"], "values"))
    for one, other in combinations(values, 2):
        if one.period.overlaps(other.period):
            report.add("RK167", other.place, name=name, first=one.place.line)
    if report.errors > errors:
        return None
    return ParameterTable(name=name, label=form.text("label") or Text.same(name), values=tuple(values), place=place)


def _value(node: Tree, report: Report) -> ParameterValue | None:
    form = Form.of(node, VALUE, report)
    value = form.scalar("value") if form else None
    if form is None or value is None:
        return None
    return ParameterValue(value=value.text, period=form.period(), basis=basis_of(form, report), place=form.place)


def basis_of(form: Form, report: Report) -> Basis | None:
    """What a rule, a value or a signal rests on, as it stands under `basis`."""
    inner = Form.of(form.get("basis"), BASIS, report)
    kind = inner.word("kind", keywords.BASIS_KINDS) if inner else None
    if inner is None or kind is None:
        return None
    ref = inner.id("ref") if "ref" in inner else None
    return Basis.model_validate({"kind": kind, "at": inner.text("at"), "ref": ref, "place": inner.place_of("ref")})
