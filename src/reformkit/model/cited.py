"""A citation with the reference and the clause that it names."""

from __future__ import annotations

from dataclasses import dataclass

from reformkit.model.library import Citation, Clause, Reference


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as it may be shown: with its reference and clause, where it has them."""

    citation: Citation
    reference: Reference | None = None
    clause: Clause | None = None
