"""What recommending starts from: the library, and the case as far as it is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from reformkit.model.case import Finding
from reformkit.model.library import Library
from reformkit.model.vocabulary import Facts, Field

Certainty = Literal["found", "suspected"]
"""Whether the causes were found by the analysis, or are only suspected."""


class Ground(NamedTuple):
    """What a recommendation is made from: the case as far as it is known, its texts as they are compared (`facts`)
    and as they are written (`said`)."""

    library: Library
    fields: Mapping[str, Field]
    facts: Facts
    said: Facts
    findings: tuple[Finding, ...]
    layer: str | None
    day: date | None
