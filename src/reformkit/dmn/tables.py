"""From the tree of a .dmn file to a model of decision tables; whatever cannot be taken is a problem at its line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from reformkit.dmn.entries import cell_in, constant_in, constants_in, name_in, own_of, spaced, text_of, text_place
from reformkit.dmn.feel import Constant
from reformkit.dmn.item_types import ItemTypes, Untyped
from reformkit.dmn.model import DmnInput, DmnModel, DmnOutput, DmnRow, DmnTable, HitPolicy, Typed
from reformkit.dmn.xml import Element
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.text import Text

NAMESPACES = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
_POLICIES = get_args(HitPolicy)
_AGGREGATIONS = ("", "SUM", "MIN", "MAX", "COUNT")
_SILENT = frozenset(
    [
        "description",
        "extensionElements",
        "import",
        "itemDefinition",
        "inputData",
        "decision",
        "textAnnotation",
        "association",
        "knowledgeSource",
        "decisionService",
        "group",
        "elementCollection",
        "performanceIndicator",
        "organizationUnit",
        "artifact",
        "businessContextElement",
        "DMNDI",
    ]
)
_LOGIC = frozenset(
    [
        "literalExpression",
        "context",
        "invocation",
        "list",
        "relation",
        "functionDefinition",
        "conditional",
        "filter",
        "for",
        "some",
        "every",
    ]
)

_NOT_DMN = Text("根元素不是 DMN 1.2 至 1.5 的 definitions", "the root is no `definitions` of DMN 1.2 to 1.5")
_NO_TABLE = Text("决策“{name}”没有决策表", "the decision `{name}` has no decision table")
_OTHER_LOGIC = Text("决策“{name}”用的是 {what}，不是决策表", "the decision `{name}` is a {what}, not a decision table")
_ELEMENT = Text("元素 {what}（“{name}”）", "the element `{what}` (`{name}`)")
_NOTHING = Text("模型里没有决策", "the model has no decision")
_IMPORT = Text("引用了另一个模型“{name}”", "it imports another model, `{name}`")
_POLICY = Text("命中策略“{what}”", "the hit policy `{what}`")
_AGGREGATION = Text("聚合方式“{what}”", "the aggregation `{what}`")
_EXPRESSION = Text(
    "输入列“{what}”是表达式，不是输入数据或决策的名称",
    "the input column `{what}` is an expression, no name of input data or of a decision",
)


def read_model(root: Element, report: Report) -> DmnModel | None:
    """The decision tables of a file with what they ask; None, with problems, where something cannot be taken (RK890 to RK893)."""
    before = report.errors
    if NAMESPACES.get(root.namespace) is None or root.name != "definitions":
        report.add("RK890", root.place, why=_NOT_DMN)
        return None
    model = _Reading(root, report).model()
    return model if report.errors == before else None


class _Reading:
    def __init__(self, root: Element, report: Report) -> None:
        self._root = root
        self._report = report
        self._types = ItemTypes(root, report)

    def model(self) -> DmnModel:
        for child in self._root.children:
            name = child.attributes.get("name", "")
            if child.namespace == self._root.namespace and child.name not in _SILENT:
                self._not_here(child.place, _ELEMENT.fill(what=child.name, name=name))
            elif child.name == "import" and child.namespace == self._root.namespace:
                self._not_here(child.place, _IMPORT.fill(name=name or child.attributes.get("namespace", "")))
        decisions = self._named("decision")
        if not decisions:
            self._not_here(self._root.place, _NOTHING)
        tables = {name: element for name, e in decisions.items() if (element := self._table_of(name, e)) is not None}
        given = self._named("inputData")
        read = {name: self._table(name, decisions[name], table, {*given, *decisions}) for name, table in tables.items()}
        asked = {name for table in read.values() for name in table.asks}
        inputs = {name: self._input(name, e, read) for name, e in given.items() if name in asked}
        title = self._root.attributes.get("name", "")
        return DmnModel(title, {k: v for k, v in inputs.items() if v is not None}, read, self._root.place)

    def _not_here(self, place: Place, what: Text) -> None:
        self._report.add("RK891", place, what=what)

    def _named(self, kind: str) -> dict[str, Element]:
        """The elements of a kind by their name; a name that is missing or stands twice is a problem (RK892)."""
        named: dict[str, Element] = {}
        for element in self._root.all(kind):
            name = spaced(element.attributes.get("name", ""))
            if not name or name in named:
                self._report.add("RK892", element.place, what=kind, name=name)
            named.setdefault(name, element)
        return named

    def _table_of(self, name: str, decision: Element) -> Element | None:
        table = decision.first("decisionTable")
        if table is None:
            other = next((c for c in decision.children if c.name in _LOGIC), None)
            why = _NO_TABLE.fill(name=name) if other is None else _OTHER_LOGIC.fill(name=name, what=other.name)
            self._not_here((other or decision).place, why)
        return table

    def _input(self, name: str, element: Element, tables: dict[str, DmnTable]) -> DmnInput | None:
        variable = element.first("variable")
        columns = [(t, i) for t in tables.values() for i, asked in enumerate(t.asks) if asked == name]
        ref = variable.attributes.get("typeRef") if variable is not None else None
        ref = ref or next((t.asked_types[i] for t, i in columns if t.asked_types[i]), None)
        cells = [row.cells[i] for table, i in columns for row in table.rows]
        try:
            typed = self._types.typed(name, ref, cells)
        except Untyped as error:
            self._not_here((variable or element).place, error.why)
            return None
        if typed.allowed is None:
            narrower = (cell_in(c, self._report) for c in self._input_values(name))
            typed = Typed(typed.type, next((cell for cell in narrower if cell is not None), None))
        return DmnInput(name, typed, element.place, own_of(element))

    def _input_values(self, name: str) -> Iterable[Element | None]:
        for table in (t for d in self._root.all("decision") for t in d.all("decisionTable")):
            for column in table.all("input"):
                expression = column.first("inputExpression")
                if expression is not None and name_in(expression) == name:
                    yield column.first("inputValues")

    # --- tables -----------------------------------------------------------------------------------------

    def _table(self, name: str, decision: Element, table: Element, names: set[str]) -> DmnTable:
        policy = table.attributes.get("hitPolicy", "UNIQUE")
        if policy not in _POLICIES:
            self._not_here(table.place, _POLICY.fill(what=policy))
        aggregation = table.attributes.get("aggregation", "")
        if aggregation not in _AGGREGATIONS:
            self._not_here(table.place, _AGGREGATION.fill(what=aggregation))
        expressions = [column.first("inputExpression") or column for column in table.all("input")]
        asks = tuple(name_in(expression) for expression in expressions)
        for asked, expression in zip(asks, expressions, strict=True):
            if asked not in names:
                self._not_here(text_place(expression), _EXPRESSION.fill(what=asked))
        variable = decision.first("variable")
        order = self._types.order(variable.attributes.get("typeRef") if variable is not None else None)
        outputs = [self._output(name, column, order) for column in table.all("output")]
        return DmnTable(
            name,
            policy if policy in _POLICIES else "UNIQUE",  # type: ignore[arg-type]
            aggregation,
            asks,
            tuple(expression.attributes.get("typeRef") for expression in expressions),
            tuple(outputs),
            tuple(self._rows(table, len(asks), len(outputs))),
            table.place,
            own_of(decision),
        )

    def _output(self, decision: str, column: Element, order: tuple[Constant, ...]) -> DmnOutput:
        values, default = column.first("outputValues"), column.first("defaultOutputEntry")
        own_order = constants_in(values, self._report) if values is not None else None
        return DmnOutput(
            spaced(column.attributes.get("name") or decision),
            own_order or order,
            None if default is None else constant_in(default, self._report),
            default is not None,
            column.place,
        )

    def _rows(self, table: Element, inputs: int, outputs: int) -> Iterable[DmnRow]:
        for number, rule in enumerate(table.all("rule"), 1):
            tests, given = list(rule.all("inputEntry")), list(rule.all("outputEntry"))
            if (len(tests), len(given)) != (inputs, outputs):
                self._report.add("RK893", rule.place, cells=len(tests) + len(given), columns=inputs + outputs)
                continue
            said = [text_of(entry) for entry in rule.all("annotationEntry")]
            description = rule.first("description")
            yield DmnRow(
                dict(own_of(rule)).get("rule") or str(number),
                tuple(cell_in(entry, self._report) for entry in tests),
                tuple(text_place(entry) for entry in tests),
                tuple(constant_in(entry, self._report) for entry in given),
                spaced(description.text if description is not None else rule.attributes.get("label", "")),
                dict(own_of(rule)).get("because") or "；".join(filter(None, said)),
                rule.place,
            )
