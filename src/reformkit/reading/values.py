"""Words to facts and values, by what their position wants and never by how they look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from reformkit.model.condition import Scalar as Value
from reformkit.model.own_words import UNKNOWN_WORDS
from reformkit.model.vocabulary import Field
from reformkit.parsing import lookalikes
from reformkit.parsing.report import Report
from reformkit.parsing.source import CONTROL
from reformkit.parsing.tree import Scalar
from reformkit.reading import keywords
from reformkit.reading.as_written import heading, tags_said
from reformkit.reading.keys import key_of
from reformkit.reading.taking import Said, Taker
from reformkit.reading.words import Words
from reformkit.text import Text


class Lexicon:
    """The facts that may be named in one position, with the values that each may take.

    `barred` are facts that are known and may not be named here, each with the code of the problem that
    says so. Names in `quiet` could not be read and have been reported. `unread` says what else could not:
    of `some` facts only what is nearly known is called unknown, of `all` nothing is. `unknown` are the words for
    what is not known, `carried` the columns of tables that are no facts, `beside` what else may be meant by an unknown
    name. `of_rules`: what is named is tested, and texts are taken as they are compared. `ids`: headings
    of the column of ids beside its own.
    """

    def __init__(
        self,
        fields: Mapping[str, Field],
        report: Report,
        barred: Mapping[str, tuple[Field, str]] | None = None,
        quiet: frozenset[str] = frozenset(),
        unread: Literal["none", "some", "all"] = "none",
        unknown: Iterable[str] = UNKNOWN_WORDS,
        of_rules: bool = False,
        carried: Iterable[str] = (),
        beside: Iterable[str] = (),
        ids: Iterable[str] = (),
    ) -> None:
        self.fields = fields
        self.report = report
        self._barred = barred or {}
        self._quiet = quiet
        self._unread = unread
        self.is_unread = unread == "all"
        self._words = Words({name: f.label.zh for name, f in fields.items()}, beside=beside)
        self._barred_words = Words({name: f.label.zh for name, (f, _) in self._barred.items()})
        self.unknown = tuple(unknown)
        """The words for what is not known."""
        self._taker = Taker(fields, self.unknown)
        self._of_rules = of_rules
        self.carried = frozenset(map(heading, carried))
        self.ids = frozenset(ids)

    def find(self, word: str) -> str | None:
        """The name of the fact that a word names, if it names one."""
        return self._words.find(word)

    def context(self) -> object:
        """One object for all lexicons of these facts that take words in the same way; equal facts are one."""
        what = ("lexicon", self.unknown, self._of_rules)
        return self.report.remembered(what, tuple(map(self.report.one_of_equals, self.fields.values())), object)

    def has_still(self, word: str, field: Field) -> bool:
        """Whether a word still names a fact that is as this one is, wherever it stands."""
        name = self._words.find(word)
        return name == field.name and self.report.one_of_equals(self.fields[name]) is self.report.one_of_equals(field)

    def is_value(self, word: str, field: Field) -> bool:
        """Whether a word is one of the values that a fact lists."""
        return bool(field.values) and self._taker.values[field.name].find(word) is not None

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
        """One value of a fact (of tags: one tag); None, and a problem, where it says none that is known."""
        report = report or self.report
        said = self._taker.take(field, node.text)
        if field.type == "text" and CONTROL.search(node.text) is not None:  # which the file's reader has said
            return None
        if self._of_rules and field.type == "text":
            return self._tested(said, node, field, report)
        for code, values in said.faults:
            report.add(code, node.place, fact=field, **values)
        return said.value  # type: ignore[return-value]

    def is_no_id(self, word: str) -> bool:
        """Whether a word is none that a case could be known by, such as `不详`."""
        return self._taker.is_no_id(word)

    def takes(self, node: Scalar, field: Field) -> bool:
        """Whether a word is a value of a fact."""
        return self._taker.take(field, node.text).value is not None

    def choice(self, word: str, field: Field) -> str | None:
        """The id of a value of a choice that a word stands for."""
        return self._taker.values[field.name].find(word)

    def as_written(self, cell: Scalar, field: Field, report: Report) -> Value | frozenset[str] | None:
        """What a cell of an office table says of a fact; None, and a problem, where it says nothing that is known."""
        words = [cell.text]
        if field.type == "tags":
            if cell.text == keywords.EMPTY_SET:
                return frozenset()
            words = tags_said(cell.text, self._taker.values[field.name].find) or words
        said = [self._taker.take_as_written(field, word) for word in words]
        for code, values in (fault for one in said for fault in one.faults):
            report.add(code, cell.place, fact=field, **values)
        if field.type != "tags":
            return said[0].value
        return None if any(one.value is None for one in said) else frozenset(str(one.value) for one in said)

    def hint(self, word: str) -> Text:
        """What may be meant by a word that names no fact, as the tail of a sentence; empty if nothing is."""
        return self._words.hint(word)

    def is_near(self, word: str) -> bool:
        """Whether a word is nearly the name of a fact that may be named here, or of one that may not."""
        return self._words.is_near(word) or self._barred_words.find(word) is not None

    def _tested(self, said: Said, node: Scalar, field: Field, report: Report) -> str | None:
        """A text as a rule tests it: in the normal form. What is not known is no text that a fact could be."""
        for code, values in said.faults:
            if code in ("RK803", "RK804"):
                report.add("RK155", node.place, fact=field)
            elif code != "RK262":
                report.add(code, node.place, fact=field, **values)
        return None if said.value is None else key_of(str(said.value))
