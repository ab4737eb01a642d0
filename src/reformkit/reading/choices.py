"""The values that a fact may take, and the outcomes of a decision, each with its label and what comes with it."""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import normalize

from reformkit.model.gives import GivenValue
from reformkit.model.vocabulary import Choice
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Mapping, Scalar, Sequence, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.form import Form, mapping_of, named, quoted, scalar_of, sequence_of, text_of, words_of
from reformkit.reading.keywords import Keys
from reformkit.text import Text

ITEM = Keys(Text("取值", "a value"), must=("label",), may=("group", "note", "category", "was"))

OUTCOME = Keys(Text("结论项", "an outcome"), must=("label",), may=("gives", "group", "note", "category", "was"))

_GIVES = ("gives", keywords.ZH["gives"])
_WHAT = quoted(keywords.ZH["gives"], "gives")
_NAME = Text("附带的名称", "the name of a value")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")
_LIKE_A_NUMBER = re.compile(r"[-+＋－]?[0-9０-９.,，_．]*[0-9０-９][0-9０-９.,，_．eE+-]*[%％]?")
_NUMBER_WORDS, _TEXT_WORDS = Text("数", "a number"), Text("文字", "words")
_WHAT_VALUE = Text("取值", "value")


def is_record(node: Tree) -> bool:
    """Whether a value or an outcome is said by a mapping with keys of its own, its label one of them."""
    return isinstance(node, Mapping) and any(key.text in ("label", keywords.ZH["label"]) for key, _ in node.pairs)


def item_of(id: str, place: Place, node: Tree, report: Report, keys: Keys = ITEM) -> Choice | None:
    """One value: its label alone, or a mapping."""
    if isinstance(node, Mapping) and is_record(node):
        form = Form(node, keys, report)
        label, group = form.text("label"), form.id("group") if "group" in form else None
        was = tuple(old.zh for old in form.texts("was"))
        return None if label is None else Choice(id=id, label=label, group=group, was=was, place=place)
    label = text_of(node, _WHAT_VALUE, report)
    return None if label is None else Choice(id=id, label=label, place=place)


def items_of(node: Tree | None, report: Report, keys: Keys = ITEM) -> dict[str, Choice]:
    """The values of a fact or the outcomes of a decision: a mapping from ids to labels, or a list of ids."""
    if isinstance(node, Sequence):
        node = _as_mapping(node, report)
    mapping = mapping_of(node, _WHAT_VALUE, report)
    pairs = named(mapping, _WHAT_VALUE, report) if mapping else ()
    items = ((id, item_of(id, place, content, report, keys)) for id, place, content in pairs)
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


# --- what comes with outcomes ---------------------------------------------------------------------------


def read_gives(outcomes: Tree | None, report: Report) -> dict[str, dict[str, GivenValue]]:
    """What comes with each outcome of a decision, by the outcome's id; those with nothing are left out.

    A name means one kind of thing in a decision, numbers or words.
    """
    found: dict[str, dict[str, GivenValue]] = {}
    kinds: dict[str, tuple[bool, Place]] = {}
    for key, node in outcomes.pairs if isinstance(outcomes, Mapping) else ():
        if not isinstance(node, Mapping) or not is_record(node):
            continue
        given = next((value for name, value in node.pairs if name.text in _GIVES), None)
        values: dict[str, GivenValue] = {}
        mapping = mapping_of(given, _WHAT, report)
        for name, place, value in named(mapping, _NAME, report) if mapping is not None else ():
            read = given_value(name, place, value, report)
            if read is None:
                continue
            is_number, first = kinds.setdefault(name, (read.amount is not None, place))
            if is_number is not (read.amount is not None):
                kind = (_NUMBER_WORDS, _TEXT_WORDS)[is_number]
                report.add("RK251", place, name=name, kind=kind, first=first.line)
            values[name] = read
        if values:
            found[normalize("NFC", key.text)] = values
    return found


def given_value(name: str, place: Place, node: Tree, report: Report) -> GivenValue | None:
    """A number, or words: what is in quotes is words, however it looks."""
    said = scalar_of(node, quoted(name, name), report)
    if said is None:
        return None
    if not said.quoted and _LIKE_A_NUMBER.fullmatch(said.text):
        return _amount(said, place, report)
    words = words_of(said, quoted(name, name), report)
    return None if words is None else GivenValue(words=words, place=place)


def _amount(said: Scalar, place: Place, report: Report) -> GivenValue | None:
    if _NUMBER.fullmatch(said.text) is None:
        report.add("RK250", said.place, word=said.text)
        return None
    whole = "." not in said.text
    return GivenValue(amount=int(said.text) if whole else Decimal(said.text), place=place)
