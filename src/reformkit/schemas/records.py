"""What `to_dict()` holds, as types: for a program that reads it, a checker of types, and `Book.assessment_schema`."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from reformkit.model.decision import Status
from reformkit.problem_codes import Severity

_closed = with_config(ConfigDict(extra="forbid"))
"""A record has these keys and no other."""


@_closed
class TextData(TypedDict, total=False):
    """A text by language; with `to_dict(lang=...)` in that language alone."""

    zh: str
    en: str


@_closed
class FindingData(TypedDict):
    """A cause that the analysis of the case found."""

    cause: str
    matter: NotRequired[str]
    evidence: NotRequired[str]
    unit: NotRequired[str]
    unit_kind: NotRequired[str]
    industry: NotRequired[str]


@_closed
class AskedData(TypedDict):
    """An unknown fact on which a decision hangs."""

    fact: str
    ask: TextData | None


@_closed
class OptionData(TypedDict):
    """A value that may be answered."""

    value: str
    label: TextData


@_closed
class NeedData(TypedDict):
    """A question worth asking: its fact, how it is asked and answered, and what hangs on it.

    `type` is that of the fact; `cases` where the history is unknown. `options` are the values of a choice and of tags.
    `why` names decisions, signals, and `measures` for recommendations that stay open.
    """

    fact: str
    ask: TextData | None
    label: TextData
    type: Literal["choice", "flag", "count", "number", "date", "tags", "text", "cases"]
    options: list[OptionData]
    why: list[str]


@_closed
class BasisData(TypedDict):
    """What a rule rests on."""

    kind: str
    at: TextData | None
    ref: str | None


@_closed
class DecisionData(TypedDict):
    """A decision of a case."""

    decision: str
    status: Status
    outcome: str | None
    outcomes: list[str]
    possible: list[str]
    rule: str | None
    rules: list[str]
    needs: list[AskedData]
    place: str
    because: TextData | None
    basis: BasisData | None
    approximate: bool
    gives: NotRequired[dict[str, Any] | list[dict[str, Any]] | None]


@_closed
class CauseData(TypedDict):
    """A cause of the case, found or suspected."""

    cause: str
    weak_point: str
    certainty: Literal["found", "suspected"]
    findings: list[FindingData]
    rules: list[str]


class DueData(TextData, total=False):
    """A term: so many days from a start, in words too."""

    days: int
    start: str


class StartData(TextData, total=False):
    """From when a term runs."""

    id: str


@_closed
class CitedData(TypedDict):
    """A law or practice that is cited, as far as it was checked."""

    kind: str
    ref: str | None
    use: str
    title: str | None
    at: TextData | None
    quote: str | None
    checked: str | None


@_closed
class SuggestionData(TypedDict):
    """One clause of what is suggested."""

    cause: str
    matter: str | None
    findings: list[FindingData]
    text: TextData
    criteria: list[TextData]
    due: DueData
    lead: TextData
    evidence: list[TextData]


@_closed
class RecommendationData(TypedDict):
    """A measure that is recommended, with its suggestions."""

    measure: str
    title: TextData
    weak_point: str
    role: str
    certainty: Literal["found", "suspected"]
    certain: bool
    open: list[str]
    hangs_on: list[str]
    covers: list[str]
    findings: list[FindingData]
    text: TextData
    suggestions: list[SuggestionData]
    why: TextData
    beat: list[str]
    layers: list[str]
    lead: TextData
    due_days: int | None
    due_from: StartData
    evidence: list[TextData]
    basis: list[CitedData]


@_closed
class ProblemData(TypedDict):
    """What is to be said of an input."""

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    end_column: int | None
    sheet: str
    message: TextData
    fix: TextData
    decision: str | None
    rule: str | None
    rules: list[str]
    outcome: str | None
    fact: str | None
    case: str | None
    heading: str | None
    content: str | None
    in_python: bool
    witness: dict[str, Any] | None
    as_of: str | None
    expect: dict[str, Any] | None
    values: dict[str, Any]
    excerpt: str | None


@_closed
class SignalData(TypedDict):
    """A signal as it was counted."""

    value: int | None
    counted: list[str]
    left_out: list[str]
    missing: list[str]
    possible: list[int]
    later: list[str]


@_closed
class RulebookData(TypedDict):
    """The rulebook that was used."""

    name: str
    version: str
    sha256: str
    digests: dict[str, str]


@_closed
class OutcomeData(TypedDict):
    """What a decision came to, as the receipt keeps it."""

    status: Status
    outcome: str | None
    outcomes: list[str]
    possible: list[str]
    rule: str | None
    rules: list[str]
    gives: NotRequired[dict[str, Any] | list[dict[str, Any]] | None]


@_closed
class ReceiptData(TypedDict):
    """What is needed to make the assessment again."""

    format: int
    reformkit: str
    case: dict[str, Any]
    as_of: str | None
    letter_on: str | None
    day: str | None
    history: bool
    signals: dict[str, SignalData]
    rulebook: RulebookData
    outcomes: dict[str, OutcomeData]
    measures: list[str]
    order: str | None


@_closed
class LabelsData(TypedDict):
    """What the ids in a record are called, in one language; `outcomes` by decision, `values` by fact."""

    decisions: dict[str, str]
    outcomes: dict[str, dict[str, str]]
    facts: dict[str, str]
    values: dict[str, dict[str, str]]
    causes: dict[str, str]
    weak_points: dict[str, str]
    matters: dict[str, str]
    measures: dict[str, str]


@_closed
class AssessmentData(TypedDict):
    """All that `Assessment.to_dict()` holds; `labels` where they were asked for."""

    id: str
    decisions: dict[str, DecisionData]
    weak_points: list[str]
    causes: list[CauseData]
    recommendations: list[RecommendationData]
    also: list[RecommendationData]
    suspected: list[RecommendationData]
    uncovered: list[str]
    stated: dict[str, str]
    problems: list[ProblemData]
    needs: list[NeedData]
    receipt: ReceiptData
    labels: NotRequired[LabelsData]
