"""Rules that each ask one or two facts, as a matrix: a row a condition, a column an outcome, a mark where a rule leads from one
to the other.

It stands beside the list of such a decision, whose rules it shows once more; a mark put or taken away is a rule more or less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from reformkit.grid.plan import PlanColumn, PlanRecord, SheetPlan
from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.model.vocabulary import Field
from reformkit.text import Lang, Text

MATRIX = "matrix:"
"""Before the id of the decision, in what a sheet holds."""

MARK = "√"
_FEWEST, _SHARE = 60, 0.25
_TITLE = Text("{title}矩阵", "{title} matrix")
_SAID = Text(
    "“{title}”中只问{facts}的 {rules} 条规则：一行一种条件，一列一项结论，打“√”的就有一条规则。补“√”是加一条，清空是删一条；条件和理由在“{title}”中改。",
    "The {rules} rules of `{title}` that ask {facts} only: a row a condition, a column an outcome, √ where there is a rule. A new √ is a new rule, a blank deletes one; conditions and reasons are changed in `{title}`.",
)
_AND = Text("、", " and ")


def matrix_plan(listed: SheetPlan, table: DecisionTable, rulebook: Rulebook, lang: Lang) -> SheetPlan | None:
    """The matrix of a decision that is listed; None where its rules are too few or ask too many facts.

    The id of a record is `row_key` of its condition.
    """
    if table.hit != "collect":
        return None
    facts = _axes(listed, rulebook.fields)
    rules = {rule.id: rule for rule in table.rules}
    rows: dict[str, dict[str, str]] = {}
    places: dict[str, PlanRecord] = {}
    count = 0
    for record in listed.records:
        tests = tests_of(record, rulebook.fields)
        if record.id not in rules or tests is None or not (tests.keys() <= set(facts)):
            continue
        key = row_key(tests)
        places.setdefault(key, record)
        row = rows.setdefault(key, dict(tests))
        row[rules[record.id].then] = MARK
        count += 1
    if count < _FEWEST or len(facts) > 2:
        return None
    outcomes = [PlanColumn(id, item.label, "mark", 4, None, (Text.same(MARK),)) for id, item in table.outcomes.items()]
    named = _AND.join(rulebook.fields[fact].label for fact in facts)
    columns = [
        PlanColumn(fact, rulebook.fields[fact].label, "test", width)
        for fact, width in zip(facts, (34, 18), strict=False)
    ]
    order = sorted(
        rows, key=lambda key: [_position(rows[key].get(fact, ""), rulebook.fields[fact], lang) for fact in facts]
    )
    return SheetPlan(
        f"{MATRIX}{table.id}",
        _TITLE.fill(title=table.title),
        _SAID.fill(title=table.title, facts=named, rules=count),
        (*columns, *outcomes),
        tuple(PlanRecord(key, (rows[key],), places[key].place) for key in order),
        may_grow=True,
    )


def tests_of(record: PlanRecord, fields: Mapping[str, Field]) -> dict[str, str] | None:
    """What a rule asks by fact; None where it takes several rows or stands in YAML only."""
    if len(record.rows) > 1 or "when" in record.fixed:
        return None
    return {key: words for key, words in record.rows[0].items() if key in fields} or None


def row_key(tests: Mapping[str, str]) -> str:
    """What names a row: what it asks, fact by fact.

    >>> row_key({"b": "甲", "a": "含 乙"})
    'a=含 乙|b=甲'
    """
    return "|".join(f"{fact}={tests[fact]}" for fact in sorted(tests))


def _axes(listed: SheetPlan, fields: Mapping[str, Field]) -> list[str]:
    """The fact that most rules ask, and another that many ask beside it."""
    asked = Counter(fact for record in listed.records for fact in tests_of(record, fields) or ())
    most = len(listed.records) * _SHARE
    return [fact for fact, times in asked.most_common(2) if times >= most]


def _position(words: str, field: Field, lang: Lang) -> tuple[int, str]:
    """Where what is asked stands: nothing first, then by the first value that is named."""
    labels = [item.label.say(lang) for item in field.values.values()]
    found: Iterable[int] = (at for at, label in enumerate(labels) if label in words)
    return (next(iter(found), len(labels)) if words else -1, words)
