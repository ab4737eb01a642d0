"""One suggestion of a recommendation: for a cause and a matter, in the wording that fits them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from reformkit.model.case import Finding
from reformkit.model.library import Start
from reformkit.model.mould import plain_data
from reformkit.text import LANGS, Lang, Text
from reformkit.wording.suggestion import START

_DUE = Text("自{start}起{days}日内", "within {days} days of {start}")


class SuggestionDue(NamedTuple):
    """By when something is to be done: so many days from some day."""

    days: int
    start: Start

    @property
    def words(self) -> Text:
        """`自收到本文书之日起60日内`."""
        return _DUE.fill(start=START[self.start], days=self.days)

    def __str__(self) -> str:
        return self.words.zh


@dataclass(frozen=True, slots=True)
class AdvisedSuggestion:
    """What a unit is advised to do about one cause in one matter.

    `findings` are what the analysis found of them, `words` the suggestion without its criteria, `wanted` the criteria.
    """

    cause: str
    matter: str | None
    findings: tuple[Finding, ...]
    words: Text
    wanted: tuple[Text, ...]
    due: SuggestionDue
    lead: Text
    evidence: tuple[Text, ...]

    @property
    def finding(self) -> Finding | None:
        """The first finding of the cause in the matter; None where it is only suspected, or stated without findings."""
        return self.findings[0] if self.findings else None

    @property
    def text(self) -> str:
        """The suggestion in Chinese; `words` has both languages."""
        return self.words.zh

    @property
    def criteria(self) -> tuple[str, ...]:
        """By what it is accepted, in Chinese; `wanted` has both languages."""
        return tuple(each.zh for each in self.wanted)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, with both languages."""
        data: dict[str, Any] = plain_data(suggestion_tree(self))
        return data


def suggestion_tree(s: AdvisedSuggestion, langs: tuple[Lang, ...] = LANGS) -> dict[str, Any]:
    """A suggestion as a tree for `plain_data` and `json_text`."""
    return {
        "cause": s.cause,
        "matter": s.matter,
        "findings": [finding.to_dict() for finding in s.findings],
        "text": s.words.to_dict(langs),
        "criteria": [each.to_dict(langs) for each in s.wanted],
        "due": {"days": s.due.days, "start": s.due.start, **s.due.words.to_dict(langs)},
        "lead": s.lead.to_dict(langs),
        "evidence": [each.to_dict(langs) for each in s.evidence],
    }
