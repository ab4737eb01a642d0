"""What the ids in an assessment's record are called, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reformkit.assessing.weighed import Weighed
from reformkit.model.decision import Need
from reformkit.model.vocabulary import Choice
from reformkit.text import Lang


def labels(a: Weighed, needs: Iterable[Need], lang: Lang) -> dict[str, Any]:
    """The labels of what occurs in the record, by kind and id; `outcomes` by decision, `values` by fact."""
    book, facts = a.book, a.facts
    fields = book.fields
    named = dict.fromkeys([*a.case.facts, *facts, *[need.fact for need in needs], *a.counts])
    values = {name: said for name in facts if (said := _values(fields[name].values, facts[name], lang))}
    tables = {name: book.rulebook.decisions[name] for name in a.decisions}
    advised = [*a.recommendations, *a.also, *a.suspected]
    matters = fields["matter"].values if "matter" in fields else {}
    weak_points = dict.fromkeys([*[c.weak_point for c in a.causes], *[r.measure.weak_point for r in advised]])
    return {
        "decisions": {name: table.title.say(lang) for name, table in tables.items()},
        "outcomes": {n: _values(t.outcomes, a.decisions[n].possible, lang) for n, t in tables.items()},
        "facts": {name: fields[name].label.say(lang) for name in named if name in fields},
        "values": values,
        "causes": _values(book.cause_items, [cause.cause for cause in a.causes], lang),
        "weak_points": {w: label.say(lang) for w in weak_points if (label := book.weak_point_labels.get(w))},
        "matters": _values(matters, [f.matter for f in a.case.findings or () if f.matter], lang),
        "measures": {r.measure.id: r.measure.title.say(lang) for r in advised},
    }


def _values(known: Mapping[str, Choice], said: object, lang: Lang) -> dict[str, str]:
    """The labels of the ids among some values, or of the one id."""
    ids = [said] if isinstance(said, str) else said if isinstance(said, Iterable) else ()
    return {id: known[id].label.say(lang) for id in sorted(ids) if id in known}
