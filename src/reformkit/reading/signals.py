"""Signals: facts that are counted over other cases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reformkit.model.condition import parameters, tests
from reformkit.model.rulebook import Signal, Window, signal_field
from reformkit.model.vocabulary import Field
from reformkit.parsing.lookalikes import NOTHING
from reformkit.parsing.report import Report
from reformkit.parsing.tree import Scalar, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.conditions import ConditionReader
from reformkit.reading.form import Form, quoted, scalar_of
from reformkit.reading.keywords import Keys
from reformkit.reading.parameters import basis_of
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

SIGNALS = Keys(Text("计数文件", "a file of signals"), must=("signals",))
SIGNAL = Keys(
    Text("计数", "a signal"), may=("label", "count", "share", "same", "within", "side", "sharing", "where", "basis")
)

_WHAT = Text("计数", "signal")
_WINDOW = re.compile("([1-9][0-9]{0,3}) *([a-z]+|[^\\s0-9a-z]+)")
UNITS = {"days": "days", "day": "days", "天": "days", "日": "days", "months": "months", "month": "months"}
UNITS |= {"个月": "months", "月": "months", "years": "years", "year": "years", "年": "years"}


@dataclass(frozen=True, slots=True)
class SignalHead:
    """A signal as a fact, before what it counts is read."""

    field: Field
    form: Form
    node: Tree


def read_heads(tree: Tree | None, report: Report) -> tuple[dict[str, SignalHead], set[str]]:
    """The signals of a file by name, and the names of those that cannot be read."""
    form = Form.of(tree, SIGNALS, report)
    pairs = form.named("signals", _WHAT) if form else ()
    read = {name: _head(name, place, node, report) for name, place, node in pairs}
    heads = {name: head for name, head in read.items() if head}
    return heads, read.keys() - heads.keys()


def _head(name: str, place: Place, node: Tree, report: Report) -> SignalHead | None:
    form = Form.of(node, SIGNAL, report)
    if form is None:
        return None
    label, share = form.text("label") or Text.same(name), "share" in form

    def field() -> Field:
        return signal_field(name, label, share).model_copy(update={"place": place})

    return SignalHead(report.remembered(("counted", name, label, share, place), (), field), form, node)


def read_signal(head: SignalHead, lexicon: Lexicon, conditions: ConditionReader, report: Report) -> Signal | None:
    """What a signal counts, over the facts of the vocabulary."""
    form, errors = head.form, report.errors
    if ("count" in form) == ("share" in form):
        report.add("RK169", form.place)
    if "side" in form and "within" not in form:
        report.add("RK185", form.place_of("side"))
    same = [lexicon.field(word) for item in form.items("same") if (word := scalar_of(item, _WHAT, report))]
    sharing = _fact(form.scalar("sharing"), lexicon)
    if sharing and sharing.type != "tags":
        report.add("RK171", form.place_of("sharing"), fact=sharing)
    parts: dict[str, Any] = {
        "distinct": _distinct(form, lexicon, report),
        "share": conditions.read(form.get("share")),
        "same": tuple(field.name for field in same if field),
        "within": _window(form.scalar("within"), report),
        "side": form.word("side", keywords.SIDES) or "before",
        "sharing": sharing.name if sharing else None,
        "where": conditions.read(form.get("where")),
        "basis": basis_of(form, report),
    }
    of_parameters = (condition for condition in (parts["share"], parts["where"]) if condition is not None)
    for test in (test for condition in of_parameters for test in tests(condition)):
        for parameter in parameters(test):  # a parameter has its value on a day, and a signal counts over many
            report.add("RK247", parameter.place, name=parameter.name)
    if report.errors > errors:
        return None
    return Signal(name=head.field.name, label=head.field.label, place=head.field.place, **parts)


def _fact(node: Scalar | None, lexicon: Lexicon) -> Field | None:
    return None if node is None else lexicon.field(node)


def _distinct(form: Form, lexicon: Lexicon, report: Report) -> str | None:
    """The fact of `count: distinct <fact>`; None for `count: cases`."""
    word, fact = _split(form.scalar("count"))
    if word is None:
        return None
    counted = Words(keywords.COUNTED)
    kind = counted.find(word.text)
    if kind is None or (kind == "distinct") != (fact is not None):
        shown = word.text if fact is None else f"{word.text} {fact.text}"
        what = quoted(keywords.ZH["count"], "count")
        known = Text("案件数、不同项 <事实>", "cases, distinct <fact>")
        report.add(
            "RK141", word.place, what=what, word=shown, hint=NOTHING if kind else counted.hint(word.text), known=known
        )
        return None
    field = _fact(fact, lexicon)
    return field.name if field else None


def _split(node: Scalar | None) -> tuple[Scalar | None, Scalar | None]:
    """`distinct weak_points` as its two words, each with its place."""
    if node is None:
        return None, None
    first, _, rest = node.text.partition(" ")
    if not rest.strip():
        return node, None
    column = node.place.column + node.quoted + len(first) + 1
    return (
        Scalar(first, node.quoted, node.place),
        Scalar(rest.strip(), node.quoted, Place(node.place.path, node.place.line, column)),
    )


def _window(node: Scalar | None, report: Report) -> Window | None:
    if node is None:
        return None
    match = _WINDOW.fullmatch(node.text.strip())
    unit = UNITS.get(match[2]) if match else None
    if match is None or unit is None:
        report.add("RK170", node.place, word=node.text)
        return None
    return Window.model_validate({"length": int(match[1]), "unit": unit, "place": node.place})
