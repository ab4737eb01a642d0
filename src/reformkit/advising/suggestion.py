"""One suggestion of a recommendation: for a cause and a matter, in the wording that fits them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reformkit.advising.ground import Certainty, Ground
from reformkit.advising.plan import PlannedMeasure
from reformkit.model.case import Finding
from reformkit.model.library import Start, Variant
from reformkit.model.mould import plain_data
from reformkit.text import LANGS, Lang, Text
from reformkit.wording.suggestion import START, criteria_of, say_about, say_suggestion

TO_VERIFY = Text("（待核实）{suggestion}", "(to be verified) {suggestion}")
"""A suggestion for a cause that is only suspected."""

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


class _WordedSubject(NamedTuple):
    """A cause and a matter with what was found of them, and the wording for it (None: the measure's own)."""

    cause: str
    matter: str | None
    findings: tuple[Finding, ...]
    variant: Variant | None

    @property
    def evidence(self) -> list[str]:
        return [finding.evidence for finding in self.findings if finding.evidence]


def suggestions_of(
    choice: PlannedMeasure, certainty: Certainty, ground: Ground, *, together: bool = False
) -> Iterator[AdvisedSuggestion]:
    """The suggestions of a measure, one for each cause and matter; `together`: one for each wording."""
    measure, subjects = choice.measure, _subjects(choice, ground)
    due = SuggestionDue(measure.due_days, measure.due_from)
    groups = _alike(subjects) if together else [[subject] for subject in subjects]
    for number, group in enumerate(groups):
        first, variant = group[0], group[0].variant
        clause = (_about(group, certainty, ground), variant)
        layer = None if number else ground.layer  # the practice of the layer is said once
        said = say_suggestion(measure, ground.fields, ground.said, [clause], layer, with_criteria=False)
        yield AdvisedSuggestion(
            first.cause,
            first.matter,
            tuple(finding for subject in group for finding in subject.findings),
            said if certainty == "found" else TO_VERIFY.fill(suggestion=said),
            criteria_of(measure, variant, ground.fields, ground.said),
            due,
            measure.lead_for(variant, ground.facts),
            measure.evidence_for(variant, ground.facts),
        )


def said_whole(choice: PlannedMeasure, certainty: Certainty, ground: Ground) -> Text:
    """All that a measure suggests, with its criteria, in one piece."""
    groups = _alike(_subjects(choice, ground))
    clauses = [(_about(group, certainty, ground), group[0].variant) for group in groups]
    said = say_suggestion(choice.measure, ground.fields, ground.said, clauses, ground.layer)
    return said if certainty == "found" else TO_VERIFY.fill(suggestion=said)


def _subjects(choice: PlannedMeasure, ground: Ground) -> list[_WordedSubject]:
    facts = {name: ground.facts.get(name) for name in ("industry", "unit_kind")}
    return [
        _WordedSubject(
            cause,
            matter,
            tuple([f for f in ground.findings if f.cause == cause and f.matter == matter]),
            choice.measure.wording({**facts, "cause": cause, "matter": matter}),
        )
        for cause, matter in choice.subjects
    ]


def _alike(subjects: Sequence[_WordedSubject]) -> list[list[_WordedSubject]]:
    """Subjects that have one wording, together."""
    groups: dict[int, list[_WordedSubject]] = {}
    for subject in subjects:
        groups.setdefault(id(subject.variant), []).append(subject)
    return list(groups.values())


def _about(group: Sequence[_WordedSubject], certainty: Certainty, ground: Ground) -> Text:
    covers: dict[str, list[str]] = {}
    for subject in group:
        covers.setdefault(subject.cause, []).extend(subject.evidence)
    return say_about(covers, ground.library, found=certainty == "found")
