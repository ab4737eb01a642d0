"""A case: an id, its facts and its findings. Nobody is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, NoReturn

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PrivateAttr,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from reformkit.model.vocabulary import Facts, Value
from reformkit.problem import NOWHERE, Place, Problem


def _frozen(value: Any) -> Any:
    """Tags as a frozenset; what cannot be one is left for the check of the facts to refuse."""
    if isinstance(value, list | set | tuple) and all(isinstance(tag, str) for tag in value):
        return frozenset(value)
    return value


class FrozenFacts(dict[str, Any]):
    """A dict that refuses to be changed; reads cost what a dict's do.

    Texts stand in it as they are written. `compared` holds the facts as they are compared, texts in their normal
    form: the same dict where no text has another. `checked_by` is the checker that has passed the case that holds
    it, so that it is not checked twice.
    """

    __slots__ = ("checked_by", "compared")

    def __init__(self, facts: Any = (), compared: Facts | None = None, checked_by: object = None) -> None:
        super().__init__(facts)
        self.checked_by = checked_by
        self.compared: Facts = self if compared is None or compared is facts else compared

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the facts of a case cannot be changed; make a new Case")

    __setitem__ = __delitem__ = update = setdefault = pop = popitem = clear = __ior__ = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenFacts, (dict(self), None if self.compared is self else self.compared))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.of)

    @classmethod
    def of(cls, facts: object) -> FrozenFacts:
        """Facts that are known, from a mapping; raises ValueError for anything else."""
        if type(facts) is FrozenFacts:
            return facts
        if not isinstance(facts, Mapping):
            raise ValueError("facts must be a mapping from fact to value")
        return FrozenFacts((name, _frozen(value)) for name, value in facts.items() if value is not None)


_FACT = {
    "anyOf": [
        {"type": "string"},
        {"type": "boolean"},
        {"type": "number"},
        {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        {"type": "null"},
    ],
    "description": 'A choice or tag by its id, a text, a flag, a count, a number (as text it is exact: "12.50"), a day as 2022-03-01; null is unknown.',
}
_FACTS = {"type": "object", "additionalProperties": _FACT, "description": "What is known of the case, by fact."}


def _plain_facts(facts: FrozenFacts) -> dict[str, Any]:
    return {name: plain(value) for name, value in facts.items()}


Stated = Annotated[FrozenFacts, PlainSerializer(_plain_facts, when_used="json"), WithJsonSchema(_FACTS)]
"""Facts by name; in JSON an object."""


class FoundUnit(NamedTuple):
    """The unit that a finding is about where that is not the unit of the case (the authority above it, say).

    Its kind and industry are its own: those of the case's unit say nothing of it.
    """

    unit: str | None = None
    unit_kind: str | None = None
    industry: str | None = None


class Finding(BaseModel):
    """A cause that the analysis of the case found, the matter it is about, and the evidence.

    It is about the unit of the case unless it states a `unit` of its own, with its `unit_kind` and `industry`.

    >>> Finding(cause="supervision.subordinate_blind", unit="某旗农牧局").other
    FoundUnit(unit='某旗农牧局', unit_kind=None, industry=None)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cause: str
    matter: str | None = None
    evidence: str | None = None
    unit: str | None = None
    unit_kind: str | None = None
    industry: str | None = None

    @property
    def other(self) -> FoundUnit | None:
        """The unit of its own; None where it states nothing of one."""
        if self.unit is None and self.unit_kind is None and self.industry is None:
            return None
        return FoundUnit(self.unit, self.unit_kind, self.industry)

    def to_dict(self) -> dict[str, str]:
        """What is stated, as plain data."""
        return {name: value for name, value in self.__dict__.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Unread:
    """A case that could not be read: where it begins, and its id as far as it is known."""

    place: Place
    id: str = ""


class Case(BaseModel):
    """One case. A fact that is not stated is unknown; `findings` is None when nothing is said of them.

    `id` is empty where the case has none: it can be assessed, and is no case of any history. As JSON a case may stand
    flat, as files have it and `to_dict` gives it, or with its `facts` apart. Whether the facts are such as a rulebook
    knows is checked by the book that is given the case.

    >>> case = Case(id="X-1", facts={"form": "second"})
    >>> case.to_dict()
    {'id': 'X-1', 'form': 'second'}
    >>> Case.model_validate(case.to_dict()) == case
    True
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: str
    facts: Stated = FrozenFacts()
    findings: tuple[Finding, ...] | None = None
    _place: Place = PrivateAttr(default_factory=lambda: NOWHERE)
    _problems: tuple[Problem, ...] | None = PrivateAttr(default=None)  # None: nobody has looked yet

    _carried: Mapping[str, str] = PrivateAttr(default_factory=dict)  # what its table has beside the facts

    @classmethod
    def _made(
        cls,
        id: str,
        facts: FrozenFacts,
        findings: tuple[Finding, ...] | None,
        place: Place,
        problems: tuple[Problem, ...] | None = None,
        carried: Mapping[str, str] | None = None,
    ) -> Case:
        """A case of parts that were looked over already, for those who read and check cases: nothing is validated."""
        case = cls.__new__(cls)
        put = object.__setattr__
        put(case, "__dict__", {"id": id, "facts": facts, "findings": findings})
        put(case, "__pydantic_fields_set__", {"id", "facts", "findings"})
        put(case, "__pydantic_extra__", None)
        private = {"_place": place, "_problems": problems, "_carried": {} if carried is None else carried}
        put(case, "__pydantic_private__", private)
        return case

    if TYPE_CHECKING:

        def __init__(
            self, *, id: str, facts: Mapping[str, Any] = ..., findings: Iterable[Finding] | None = None
        ) -> None: ...

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, said: Any) -> Any:
        """Facts that stand flat beside the id are gathered."""
        if not isinstance(said, Mapping) or "facts" in said:
            return said
        apart = {name: said[name] for name in ("id", "findings") if name in said}
        return {**apart, "facts": {name: value for name, value in said.items() if name not in ("id", "findings")}}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core))
        schema["description"] = schema["description"].partition("\n\n>>>")[0]
        if handler.mode == "validation":
            schema["additionalProperties"] = _FACT  # a case may stand flat
        return schema

    @field_validator("facts", mode="plain")
    @classmethod
    def _freeze(cls, facts: Mapping[str, Any]) -> FrozenFacts:
        return FrozenFacts.of(facts)

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
        private = self.__pydantic_private__  # asked of every case of a history: a tenth of the time of `self._place`
        return NOWHERE if private is None else private["_place"]

    @property
    def carried(self) -> Mapping[str, str]:
        """What its table has in columns that are no facts and go through to the output, by their headings."""
        return self._carried

    @property
    def compared(self) -> Facts:
        """The facts as they are compared, texts in their normal form, once the case has been checked."""
        return self.facts.compared

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warnings that reading gave: what was taken in another way than it was written, or not at all."""
        private = self.__pydantic_private__  # see `place`
        return () if private is None else private["_problems"] or ()

    def to_dict(self) -> dict[str, Any]:
        """The case as flat plain data (dates and numbers as text, tags as sorted lists), as files hold it."""
        flat: dict[str, Any] = {"id": self.id}
        for name, value in self.facts.items():
            flat[name] = value if type(value) in _PLAIN else plain(value)  # most are, and are spared a call
        if self.findings is not None:
            flat["findings"] = [finding.to_dict() for finding in self.findings]
        return flat


_PLAIN = frozenset({str, bool, int})


def plain(value: Value) -> Any:
    """A fact's value as JSON holds it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
