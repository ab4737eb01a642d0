"""The JSON Schema of what `Assessment.to_dict()` gives, made of its types."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from reformkit.schemas.case_facts import DRAFT
from reformkit.schemas.records import AssessmentData


def assessment_schema() -> dict[str, Any]:
    """The schema of an assessment's record, in one language or both, with labels or without.

    >>> sorted(assessment_schema()["properties"])[:4]
    ['also', 'causes', 'decisions', 'id']
    """
    return {"$schema": DRAFT, **TypeAdapter(AssessmentData).json_schema()}
