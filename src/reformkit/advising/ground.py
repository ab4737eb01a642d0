"""What recommending starts from: the library, and the case as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from reformkit.model.case import Finding, FoundUnit
from reformkit.model.holes import OwnWords
from reformkit.model.library import Library
from reformkit.model.vocabulary import Facts, Field
from reformkit.reading.keys import key_of
from reformkit.text import Once, Text
from reformkit.wording.cut import parts_of_name, stays_as_it_is
from reformkit.wording.suggestion import addressee, blank

Certainty = Literal["found", "suspected"]
"""Whether the causes were found by the analysis, or are only suspected."""


TO = " to"
"""The name of the hole for whom a suggestion advises; no fact has such a name."""

UNNAMED_UNIT = Text("〔所涉单位：待填〕", "[the unit: to be filled in]")
"""Stands for another unit that findings are about where only its kind is told."""

_OF_UNIT = (*FoundUnit._fields, "responsible_unit")
"""The facts of a case that are about its unit."""


class Ground:
    """What a recommendation is made from: the case as far as it is known, its texts as they are compared (`facts`)
    and as they are written (`said`). What several of its recommendations say is worded once. `other`: the unit that it
    is about where that is not the unit of the case."""

    def __init__(
        self,
        library: Library,
        fields: Mapping[str, Field],
        facts: Facts,
        said: Facts,
        findings: tuple[Finding, ...],
        layer: str | None,
        day: date | None,
        other: FoundUnit | None = None,
    ) -> None:
        self.library = library
        self.fields = fields
        self.facts = facts
        self.said = said
        self.findings = findings
        self.layer = layer
        self.day = day
        self.other = other
        self.words = OwnWords(self._word)
        """What fills the holes of texts for this case, by language and name: whom a suggestion advises, the blanks, and
        what phrases have put there of what their clauses are about."""
        self._blanks: dict[str, Text] = {}
        self._stays: dict[str, bool] = {}
        self.by_subject = _by_subject(findings)
        """The findings by their cause and matter."""

    @property
    def is_about_others(self) -> bool:
        """Whether some finding is about another unit."""
        return any(finding.other is not None for finding in self.findings)

    @cached_property
    def by_unit(self) -> tuple[Ground, ...]:
        """The case as far as it is about its own unit, then as far as it is about each other one that findings name."""
        if not self.is_about_others:
            return (self,)
        own: list[Finding] = []
        others: dict[FoundUnit, list[Finding]] = {}
        for finding in self.findings:
            other = finding.other
            if other is None or (other.unit is not None and key_of(other.unit) == self.facts.get("unit")):
                own.append(finding)
            else:
                others.setdefault(other, []).append(finding)
        return (self._about(None, own), *[self._about(other, found) for other, found in others.items()])

    def _about(self, other: FoundUnit | None, findings: list[Finding]) -> Ground:
        facts, said = self.facts, self.said
        if other is not None:
            stated = {name: value for name, value in other._asdict().items() if value is not None}
            facts = {name: value for name, value in facts.items() if name not in _OF_UNIT} | stated
            said = {name: value for name, value in said.items() if name not in _OF_UNIT} | stated
        return Ground(self.library, self.fields, facts, said, tuple(findings), self.layer, self.day, other)

    @cached_property
    def addressee(self) -> Text:
        """Who is advised."""
        if self.other is not None and self.other.unit is None:
            return UNNAMED_UNIT
        return Once(addressee(self.fields, self.said, self.facts))

    def _word(self, name: str) -> str:
        lang, asked = parts_of_name(name)
        return (self.addressee if asked == TO else self.blank(asked)).say(lang)

    def blank(self, name: str) -> Text:
        """A fact's value in words, or a blank that names what is to be filled in."""
        found = self._blanks.get(name)
        if found is None:
            found = self._blanks[name] = Once(blank(name, self.fields, self.said))
        return found

    def stay_as_they_are(self, names: Iterable[str]) -> bool:
        """Whether the words of some blanks stay as they are at the edge of a text."""
        for name in names:
            if name not in self._stays:
                self._stays[name] = stays_as_it_is(self.blank(name))
            if not self._stays[name]:
                return False
        return True

    def found(self, cause: str, matter: str | None) -> tuple[Finding, ...]:
        """What the analysis found of a cause in a matter."""
        return self.by_subject.get((cause, matter), ())


def _by_subject(findings: tuple[Finding, ...]) -> dict[tuple[str, str | None], tuple[Finding, ...]]:
    found: dict[tuple[str, str | None], tuple[Finding, ...]] = {}
    for finding in findings:
        subject = finding.cause, finding.matter
        found[subject] = (*found.get(subject, ()), finding)
    return found
