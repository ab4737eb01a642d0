"""A case: an id, its facts and its findings. Nobody is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, PrivateAttr, field_validator

from reformkit.model.vocabulary import Value
from reformkit.problem import NOWHERE, Place


class FrozenFacts(dict[str, Any]):
    """A dict that refuses to be changed; reads cost what a dict's do.

    `checked_by` is the checker that has passed the case that holds it, so that it is not checked twice.
    """

    __slots__ = ("checked_by",)

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        self.checked_by: object = None

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the facts of a case cannot be changed; make a new Case")

    __setitem__ = __delitem__ = update = setdefault = pop = popitem = clear = __ior__ = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenFacts, (dict(self),))


class Finding(BaseModel):
    """A cause that the analysis of the case found, the matter it is about, and the evidence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cause: str
    matter: str | None = None
    evidence: str | None = None


class Case(BaseModel):
    """One case. A fact that is not stated is unknown; `findings` is None when nothing is said of them.

    >>> Case(id="X-1", facts={"form": "second"}).to_dict()
    {'id': 'X-1', 'form': 'second'}
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: str
    facts: FrozenFacts = FrozenFacts()
    findings: tuple[Finding, ...] | None = None
    _place: Place = PrivateAttr(default_factory=lambda: NOWHERE)

    @field_validator("facts", mode="plain")
    @classmethod
    def _freeze(cls, facts: Mapping[str, Any]) -> FrozenFacts:
        if not isinstance(facts, Mapping):
            raise ValueError("facts must be a mapping from fact to value")
        return FrozenFacts((name, _frozen(value)) for name, value in facts.items() if value is not None)

    # INVARIANT: two cases are equal when all they say is equal, wherever they were read.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return (self.id, self.facts, self.findings) == (other.id, other.facts, other.findings)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def place(self) -> Place:
        """Where the case was read from."""
        return self._place

    def to_dict(self) -> dict[str, Any]:
        """The case as flat plain data (dates as text, tags as sorted lists), as files hold it."""
        flat: dict[str, Any] = {"id": self.id}
        flat.update((name, plain(value)) for name, value in self.facts.items())
        if self.findings is not None:
            flat["findings"] = [f.model_dump(exclude_none=True) for f in self.findings]
        return flat


def _frozen(value: Any) -> Any:
    """Tags as a frozenset; what cannot be one is left for the check of the facts to refuse."""
    if isinstance(value, list | set | tuple) and all(isinstance(tag, str) for tag in value):
        return frozenset(value)
    return value


def plain(value: Value) -> Any:
    """A fact's value as JSON holds it."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value
