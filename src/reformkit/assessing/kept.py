"""What an assessment keeps when it is pickled, in place of its book and of what advises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

from reformkit.advising.recommend import Recommendation
from reformkit.assessing.prepared import Prepared
from reformkit.assessing.shared import Shared
from reformkit.model.decision import WithoutBookError
from reformkit.model.vocabulary import Dates


class KeptBook:
    """The digests of a book, and the names that it was read by; asked for anything else, it says that the book is not there."""

    diagnosis = Prepared.diagnosis
    screening = Prepared.screening

    def __init__(
        self, digest: str, deciding: Mapping[str, str], causes_fact: str, dates: Dates, order_name: str | None
    ) -> None:
        self.digest = digest
        self.deciding = dict(deciding)
        self.causes_fact = causes_fact
        self.dates = dates
        self.order_name = order_name

    @cached_property
    def shared(self) -> Shared:
        """Nothing but what was made since."""
        return Shared({}, {}, {}, None, diagnosis=self.diagnosis, screening=self.screening)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise WithoutBookError("what was asked of this assessment")


@dataclass(frozen=True, slots=True)
class KeptAdvice:
    """What a library advised for a case."""

    recommendations: tuple[Recommendation, ...]
    also: tuple[Recommendation, ...]
    suspected: tuple[Recommendation, ...]
    uncovered: tuple[str, ...]

    @property
    def measures(self) -> list[str]:
        """The main measures of the causes found, by id, each once."""
        return list(dict.fromkeys(recommendation.measure.id for recommendation in self.recommendations))

    def why_not(self, measure: object) -> NoReturn:
        raise WithoutBookError("Assessment.not_recommended()")
