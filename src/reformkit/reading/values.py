"""Words to facts and values, by what their position wants and never by how they look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal
from unicodedata import normalize

from reformkit.model.condition import Scalar as Value
from reformkit.model.vocabulary import MOST_COUNT, Field
from reformkit.reading import lookalikes
from reformkit.reading.form import count_of, date_of, flag_of
from reformkit.reading.identity import holds_identity_number
from reformkit.reading.report import Report
from reformkit.reading.tree import Scalar
from reformkit.reading.words import Words
from reformkit.text import Text

NO_LIMIT = "∞"


class Lexicon:
    """The facts that may be named in one position, with the values that each may take.

    `barred` are facts that are known and may not be named here, each with the code of the problem that
    says so. Names in `quiet` could not be read and have been reported. `unread` says what else could not:
    of `some` facts only what is nearly known is called unknown, of `all` nothing is.
    """

    def __init__(
        self,
        fields: Mapping[str, Field],
        report: Report,
        barred: Mapping[str, tuple[Field, str]] | None = None,
        quiet: frozenset[str] = frozenset(),
        unread: Literal["none", "some", "all"] = "none",
    ) -> None:
        self.fields = fields
        self.report = report
        self._barred = barred or {}
        self._quiet = quiet
        self._unread = unread
        self._words = Words({name: f.label.zh for name, f in fields.items()})
        self._barred_words = Words({name: f.label.zh for name, (f, _) in self._barred.items()})
        self._values = {name: Words({id: i.label.zh for id, i in f.values.items()}) for name, f in fields.items()}

    def find(self, word: str) -> str | None:
        """The name of the fact that a word names, if it names one."""
        return self._words.find(word)

    def field(self, node: Scalar) -> Field | None:
        """The fact that a word names, or None and a problem."""
        name = self._words.find(node.text)
        if name is not None:
            return self.fields[name]
        barred = self._barred_words.find(node.text)
        if barred is not None:
            field, code = self._barred[barred]
            self.report.add(code, node.place, fact=field)
        elif node.text not in self._quiet and self._unread != "all":
            hint = self._words.hint(node.text) if self._unread == "some" else None
            if hint != lookalikes.NOTHING:
                self.report.add("RK129", node.place, word=node.text, hint=lambda: hint or self._words.hint(node.text))
        return None

    def value(self, node: Scalar, field: Field, report: Report | None = None) -> Value | None:
        """One value of a fact (of tags: one tag), or None and a problem."""
        report = report or self.report
        match field.type:
            case "choice" | "tags":
                return self._choice(node, field, report)
            case "flag":
                return _flag(node, field, report)
            case "count" | "date":
                return _bounded(node, field, report)
            case "text":
                return _text(node, field, report)

    def _choice(self, node: Scalar, field: Field, report: Report) -> str | None:
        words = self._values[field.name]
        found = words.find(node.text)
        if found is None and field.values:
            hint = lambda: words.hint(node.text)  # noqa: E731
            report.add("RK130", node.place, fact=field, word=node.text, hint=hint, known=words.known)
        return found


def _flag(node: Scalar, field: Field, report: Report) -> bool | None:
    found = flag_of(node.text)
    if found is None:
        report.add("RK131", node.place, fact=field, word=node.text)
    return found


def _bounded(node: Scalar, field: Field, report: Report) -> int | date | None:
    found = count_of(node.text) if field.type == "count" else date_of(node.text)
    if found is None:
        code = "RK132" if field.type == "count" else "RK134"
        report.add(code, node.place, fact=field, word=node.text, hint=_count_hint(node.text))
        return None
    low, high = field.min, field.max
    if field.type == "count" and high is None and found > MOST_COUNT:  # type: ignore[operator]
        high = MOST_COUNT
    if (low is not None and found < low) or (high is not None and found > high):  # type: ignore[operator]
        first = 0 if field.type == "count" else date.min
        shown = {"low": str(first if low is None else low), "high": str(NO_LIMIT if high is None else high)}
        report.add("RK133", node.place, fact=field, word=node.text, **shown)
        return None
    return found


def _text(node: Scalar, field: Field, report: Report) -> str | None:
    found = normalize("NFC", node.text).strip()
    if not found:
        report.add("RK135", node.place, fact=field, word=node.text)
    elif holds_identity_number(found):
        report.add("RK139", node.place, fact=field)
    else:
        return found
    return None


def _count_hint(word: str) -> Text:
    if len(word) > 18 and word.isascii() and word.isdigit():
        return Text("，数字过大", ", which is too large")
    return lookalikes.hint(word)
