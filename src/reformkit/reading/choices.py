"""The values that a fact may take, and the outcomes of a decision, each with its label."""

from __future__ import annotations

from reformkit.model.vocabulary import Choice
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Mapping, Scalar, Sequence, Tree
from reformkit.problem import Place
from reformkit.reading.form import Form, mapping_of, named, sequence_of, text_of
from reformkit.reading.keywords import Keys
from reformkit.text import Text

ITEM = Keys(Text("取值", "a value"), must=("label",), may=("group", "note", "category", "was"))

_WHAT_VALUE = Text("取值", "value")


def item_of(id: str, place: Place, node: Tree, report: Report) -> Choice | None:
    """One value: its label alone, or a mapping."""
    if isinstance(node, Mapping) and any(key.text in ("label", "名称") for key, _ in node.pairs):
        form = Form(node, ITEM, report)
        label, group = form.text("label"), form.id("group") if "group" in form else None
        was = tuple(old.zh for old in form.texts("was"))
        return None if label is None else Choice(id=id, label=label, group=group, was=was, place=place)
    label = text_of(node, _WHAT_VALUE, report)
    return None if label is None else Choice(id=id, label=label, place=place)


def items_of(node: Tree | None, report: Report) -> dict[str, Choice]:
    """The values of a fact or the outcomes of a decision: a mapping from ids to labels, or a list of ids."""
    if isinstance(node, Sequence):
        node = _as_mapping(node, report)
    mapping = mapping_of(node, _WHAT_VALUE, report)
    pairs = named(mapping, _WHAT_VALUE, report) if mapping else ()
    items = ((id, item_of(id, place, content, report)) for id, place, content in pairs)
    return {id: item for id, item in items if item is not None}


def _as_mapping(node: Sequence, report: Report) -> Mapping:
    """A list of ids as the mapping that calls each by itself."""
    mapping = Mapping(node.place, faulty=node.faulty)
    for item in node.items:
        if isinstance(item, Scalar):
            mapping.pairs.append((item, item))
        else:
            sequence_of(None, _WHAT_VALUE, report)
            report.add("RK122", item.place)
    return mapping
