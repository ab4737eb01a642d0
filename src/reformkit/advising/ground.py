"""What recommending starts from: the library, and the case as far as it is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from reformkit.model.case import Finding
from reformkit.model.library import Library
from reformkit.model.vocabulary import Facts, Field
from reformkit.text import Once, Text
from reformkit.wording.suggestion import addressee, blank, say_about

Certainty = Literal["found", "suspected"]
"""Whether the causes were found by the analysis, or are only suspected."""

Covers = tuple[tuple[str, tuple[str, ...]], ...]
"""Causes, each with the evidence for it."""


class Ground:
    """What a recommendation is made from: the case as far as it is known, its texts as they are compared (`facts`)
    and as they are written (`said`). What several of its recommendations say is worded once."""

    def __init__(
        self,
        library: Library,
        fields: Mapping[str, Field],
        facts: Facts,
        said: Facts,
        findings: tuple[Finding, ...],
        layer: str | None,
        day: date | None,
    ) -> None:
        self.library = library
        self.fields = fields
        self.facts = facts
        self.said = said
        self.findings = findings
        self.layer = layer
        self.day = day

    @cached_property
    def addressee(self) -> Text:
        """Who is advised."""
        return Once(addressee(self.fields, self.said, self.facts))

    @cached_property
    def _blanks(self) -> dict[str, Text]:
        return {}

    def blank(self, name: str) -> Text:
        """A fact's value in words, or a blank that names what is to be filled in."""
        found = self._blanks.get(name)
        if found is None:
            found = self._blanks[name] = Once(blank(name, self.fields, self.said))
        return found

    @cached_property
    def _by_subject(self) -> dict[tuple[str, str | None], tuple[Finding, ...]]:
        found: dict[tuple[str, str | None], list[Finding]] = {}
        for finding in self.findings:
            found.setdefault((finding.cause, finding.matter), []).append(finding)
        return {subject: tuple(findings) for subject, findings in found.items()}

    def found(self, cause: str, matter: str | None) -> tuple[Finding, ...]:
        """What the analysis found of a cause in a matter."""
        return self._by_subject.get((cause, matter), ()) if self.findings else ()

    @cached_property
    def _abouts(self) -> dict[tuple[Covers, Certainty], Text]:
        return {}

    def about(self, covers: Covers, certainty: Certainty) -> Text:
        """What a suggestion answers, in the words of the evidence."""
        found = self._abouts.get((covers, certainty))
        if found is None:
            said = say_about(dict(covers), self.library, found=certainty == "found")
            found = self._abouts[covers, certainty] = Once(said)
        return found
