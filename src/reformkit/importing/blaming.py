"""Where in a workbook a fault of the texts comes from that it makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yaml import YAMLError

from reformkit.editing.drafting import under
from reformkit.editing.spans import Odd, Span, SpanMapping, SpanSequence, spans
from reformkit.grid.plans import PARAMETER_MARK
from reformkit.importing.merged_sheet import SheetMerge
from reformkit.problem import Place, Problem
from reformkit.reading import keywords

_ENTRIES = ("parameters", "causes", "measures")


def blamed(problem: Problem, merges: Sequence[SheetMerge], texts: Mapping[str, str]) -> Place:
    """The cell that is to blame for a problem of the new texts, the likeliest one where several may be.

    First the entry that stands at its place, then the parameter that it names (it may stand where that is asked), then
    its rule; else the first change of all.
    """
    changes = [change for merge in merges for change in merge.changes]
    id, key = _entry(problem.place, texts.get(problem.place.path, ""))
    at_entry = [change for change in changes if id and change.id in (id, _name(id))]
    at_key = [change for change in at_entry if key and change.heading.zh in _headings(key, change.of, merges)]
    word = problem.values.get("word")
    named = [c for c in changes if c.of == "parameters" and _name(c.id) == problem.values.get("name")]
    of_rule = [change for change in changes if change.id in (problem.rule, *problem.rules)]
    likeliest = (at_key, at_entry, [change for change in named if change.after == word], named, of_rule, changes)
    sheets = (merge.table.sheet.place() for merge in merges)
    return next((some[0].place for some in likeliest if some), next(sheets, Place("")))


def _entry(place: Place, text: str) -> tuple[str, str]:
    """The id of the parameter's value, cause or measure at a place of a text, and the key; blank where there is none."""
    try:
        root = spans(text)
    except (Odd, YAMLError):
        return "", ""
    for of in _ENTRIES:
        node = under(root, of)
        name, inner = _last(node, place)
        if not name:
            continue
        key, below = _last(inner, place)
        if of == "parameters" and isinstance(below, SpanSequence):
            at = sum(1 for item in below.items if item.line < place.line)
            return f"{name}{PARAMETER_MARK}{at}", _last(below.items[at - 1], place)[0] if at else ""
        return name, key
    return "", ""


def _last(node: Span | None, place: Place) -> tuple[str, Span | None]:
    """The last key of a mapping that does not stand behind a place, and its value."""
    pairs = node.pairs if isinstance(node, SpanMapping) else []
    before = [(key.text, value) for key, value in pairs if (key.line + 1, key.column + 1) <= (place.line, place.column)]
    return before[-1] if before else ("", None)


def _headings(key: str, of: str, merges: Sequence[SheetMerge]) -> Iterator[str]:
    """What may stand over the cells of a key of a file."""
    for merge in merges:
        if merge.plan.of == of:
            headings = merge.table.base.headings.items()
            yield from (said for name, said in headings if key in (name, keywords.spelt(name).zh))


def _name(id: str) -> str:
    return id.partition(PARAMETER_MARK)[0]
