"""The vocabulary: the facts of a field of work, with their types, values and labels."""

from __future__ import annotations

import os
from collections.abc import Mapping as Dict
from datetime import date
from decimal import Decimal
from pathlib import Path

from reformkit.model.scale import MOST_PLACES, on_scale
from reformkit.model.vocabulary import (
    MOST_COUNT,
    ORDERED,
    Choice,
    Derived,
    Field,
    FieldType,
    FindingPart,
    Vocabulary,
)
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.parsing.tree import Mapping, Scalar, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.checks import read_checks, read_dates
from reformkit.reading.choices import items_of
from reformkit.reading.form import (
    Form,
    count_of,
    id_of,
    mapping_of,
    quoted,
    scalar_of,
    sequence_of,
    words_of,
)
from reformkit.reading.keywords import Keys
from reformkit.reading.taking import Taker
from reformkit.reading.together import check_together
from reformkit.reading.words import check_unambiguous
from reformkit.text import Text

VOCABULARY = Keys(Text("词表", "a vocabulary"), must=("fields",), may=("dates", "unknown_words", "carried", "checks"))
FIELD = Keys(
    Text("事实", "a fact"),
    must=("type",),
    may=("label", "ask", "values", "of", "places", "min", "max", "personal", "derived", "of_finding"),
)
DERIVED = Keys(Text("推得", "`derived`"), may=("same_year", "days_since", "group_of", "findings"))

_WHAT_FACT = Text("事实", "fact")
_GOES_WITH = {
    "values": ("choice", "tags"),
    "of": ("choice", "tags"),
    "places": ("number",),
    "min": ORDERED,
    "max": ORDERED,
}
_MATTER: FindingPart = "matter"


def read_vocabulary(
    path: str, report: Report, named_at: Place | None = None
) -> tuple[Vocabulary | None, frozenset[str]]:
    """A vocabulary file, and the names of facts in it that could not be read; None if it says no facts at all."""
    source = Source.read(path, report, named_at)
    tree = read_yaml(source, report, of_rules=True) if source else None
    form = Form.of(tree, VOCABULARY, report)
    if form is None or mapping_of(form.get("fields"), VOCABULARY.what, report) is None:
        return None, frozenset()
    reader = _FieldReader(Path(path).parent, report)
    read = {name: reader.field(name, place, node) for name, place, node in form.named("fields", _WHAT_FACT)}
    fields = {name: field for name, field in read.items() if field is not None}
    unread = frozenset(read.keys() - fields.keys())
    made = report.remembered(
        ("vocabulary", unread), (tree, *fields.values()), lambda: _vocabulary(form, fields, unread, report)
    )
    return made, unread


def _vocabulary(form: Form, fields: dict[str, Field], unread: frozenset[str], report: Report) -> Vocabulary:
    check_together(fields, report)
    fields = {name: _with_matters(field, fields) for name, field in fields.items()}
    dates = read_dates(form, fields, unread, report)
    return Vocabulary(
        fields=fields,
        dates=dates,
        own_unknown_words=_words(form, "unknown_words", report),
        own_carried=_words(form, "carried", report),
        checks=read_checks(form, fields, unread, report),
        place=form.place,
    )


def _words(form: Form, key: str, report: Report) -> tuple[str, ...] | None:
    """The words of a list, each of which stands for itself; None where there is no list."""
    if key not in form:
        return None
    what = _key(key)
    listed = sequence_of(form.get(key), what, report)
    words = [words_of(scalar_of(item, what, report), what, report) for item in (listed.items if listed else ())]
    return tuple(word for word in words if word is not None)


class _FieldReader:
    """Reads one field after another; the other files that fields take values from are read once."""

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._report = report
        self._files: dict[str, Tree | None] = {}

    def field(self, name: str, place: Place, node: Tree) -> Field | None:
        """A fact, or None and its problems."""
        things = (node, self._file_of(node))
        return self._report.remembered(("fact", name, place), things, lambda: self._field(name, place, node))

    def _field(self, name: str, place: Place, node: Tree) -> Field | None:
        report = self._report
        form = Form.of(node, FIELD, report)
        if form is None:
            return None
        errors = report.errors
        kind: FieldType | None = form.word("type", keywords.FIELD_TYPES)  # type: ignore[assignment]
        if kind is None:
            return None
        for key, kinds in _GOES_WITH.items():
            if key in form and kind not in kinds:
                report.add("RK143", form.place_of(key), key=_key(key), type=_type(kind))
        if "of" in form and "values" in form:
            report.add("RK145", form.place_of("of"))
        values = self._taken_from(name, form) if "of" in form else items_of(form.get("values"), report)
        derived = self._derived(form)
        if derived is not None and derived.findings == _MATTER:
            if values:
                report.add("RK183", form.place_of("of" if "of" in form else "values"), fact=Text.same(name))
        elif kind in ("choice", "tags") and not values and report.errors == errors:
            report.add("RK144", place, fact=Text.same(name))
        label = form.text("label") or Text.same(name)
        places = self._places(form, kind)
        low, high = (self._bound(form, key, kind, places) for key in ("min", "max"))
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            report.add("RK146", form.place_of("max"), low=str(low), high=str(high))
            low = high = None
        field = Field(
            name=name,
            type=kind,
            label=label,
            ask=form.text("ask"),
            values=values,
            places=places,
            min=low,
            max=high,
            personal=form.flag("personal"),
            derived=derived,
            of_finding=form.flag("of_finding"),
            source="derived" if derived else "stated",
            place=place,
        )
        if field.of_finding and name != "matter":
            report.add("RK147", form.place_of("of_finding"), fact=field)
        kept = (keywords.EMPTY_SET,) if kind == "tags" else ()
        check_unambiguous(values, report, kept)
        return field

    def _taken_from(self, name: str, form: Form) -> dict[str, Choice]:
        node = form.scalar("of")
        if node is None:
            return {}
        path, tree = self._file(node)
        if tree is None:
            return {}
        pairs = tree.pairs if isinstance(tree, Mapping) else []
        sequence = next((value for key, value in pairs if key.text in (name, keywords.spelt(name).zh)), None)
        if sequence is None:
            self._report.add("RK148", node.place, path=path, key=name)
        return items_of(sequence, self._report)

    def _file_of(self, node: Tree) -> Tree | None:
        """The file that a fact takes its values from, if it names one."""
        pairs = node.pairs if isinstance(node, Mapping) else ()
        named = (value for key, value in pairs if key.text in ("of", keywords.ZH["of"]) and isinstance(value, Scalar))
        return next((self._file(value)[1] for value in named), None)

    def _file(self, node: Scalar) -> tuple[str, Tree | None]:
        """The path that a word names, and what that file says."""
        path = os.path.normpath(self._folder / node.text)
        if path not in self._files:
            source = Source.read(path, self._report, node.place)
            self._files[path] = read_yaml(source, self._report, of_rules=True) if source else None
        return path, self._files[path]

    def _derived(self, form: Form) -> Derived | None:
        node = form.get("derived")
        inner = Form.of(node, DERIVED, self._report)
        if inner is None:
            return None
        given = {key: inner.scalar(key) for key in DERIVED.may if key in inner}
        if len(given) != 1:
            self._report.add("RK149", inner.place)
            return None
        ((key, word),) = given.items()
        if word is None:
            return None
        if key == "findings":
            part = inner.word(key, keywords.FINDING_PARTS)
            return None if part is None else Derived.model_validate({key: part, "place": word.place})
        name = id_of(word, self._report)
        return None if name is None else Derived.model_validate({key: name, "place": word.place})

    def _places(self, form: Form, kind: FieldType) -> int | None:
        """The decimal places of a number, which has to say them; as many as there may be where it does not say them well.

        So nothing that the fact is tested with is called too long for a scale that nobody has set.
        """
        if kind != "number":
            return None
        key = _key("places")
        node = form.scalar("places")
        if node is None:
            if "places" not in form:
                self._report.add("RK121", form.place, what=FIELD.what, key=quoted(key.zh, key.en))
            return MOST_PLACES
        found = count_of(node.text)
        if found is None:
            self._report.add("RK132", node.place, fact=key, word=node.text, hint="")
        elif found > MOST_PLACES:
            self._report.add("RK133", node.place, fact=key, word=node.text, low="0", high=str(MOST_PLACES), limits="")
        return MOST_PLACES if found is None else min(found, MOST_PLACES)

    def _bound(self, form: Form, key: str, kind: FieldType, places: int | None) -> int | Decimal | date | None:
        node = form.scalar(key) if kind in ORDERED else None
        if node is None:
            return None
        least = None if places is None else on_scale(-MOST_COUNT, places)
        said = Taker({}).take(Field(name=key, type=kind, label=_key(key), places=places, min=least), node.text)
        for code, values in said.faults:
            self._report.add(code, node.place, fact=_key(key), **values)
        return said.value  # type: ignore[return-value]


def _with_matters(field: Field, fields: Dict[str, Field]) -> Field:
    """A fact with the values that it takes from the matters of findings, if it does."""
    takes = field.derived is not None and field.derived.findings == _MATTER and _MATTER in fields
    return field.model_copy(update={"values": fields[_MATTER].values}) if takes else field


def _type(kind: str) -> Text:
    return Text(keywords.FIELD_TYPES[kind], kind)


def _key(key: str) -> Text:
    return Text(keywords.ZH.get(key, key), key)
