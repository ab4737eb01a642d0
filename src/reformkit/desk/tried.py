"""The case that is tried: facts from an address, perhaps over those of a case that was given, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.desk.asking import Ask, whole_number
from reformkit.desk.desk import Desk
from reformkit.model.case import Case
from reformkit.model.vocabulary import Field, Value
from reformkit.problem import CaseError, Problem

CASE = "_case"
"""What the address calls the case that is tried."""

_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True)
class Tried:
    """The facts that are tried, as an address has them; what they come to, or what is wrong with them.

    `case` is the given case under them; `known` are all facts that are known, by name, signals that were counted too.
    """

    words: Mapping[str, tuple[str, ...]]
    case: Case | None
    assessment: Assessment | None
    known: Mapping[str, Value]
    problems: tuple[Problem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is tried."""
        return not self.known and not self.problems

    def query(self, **changes: Sequence[str]) -> dict[str, Sequence[str]]:
        """The query of an address at which the same is tried, but for some facts."""
        own: dict[str, Sequence[str]] = {name: words for name, words in self.words.items() if any(words) or self.case}
        if self.case is not None:
            own[CASE] = [self.case.id]
        return {**own, **changes}


def tried(desk: Desk, ask: Ask) -> Tried:
    """The case that an address says, decided with the book that is shown."""
    return tried_with(desk, ask, desk.book)


def tried_with(desk: Desk, ask: Ask, book: Book) -> Tried:
    """The case that an address says, decided with a book."""
    case = desk.case(ask.of_query(CASE)) if ask.of_query(CASE) else None
    fields = book.rulebook.fields
    said = {name: words for name, words in ask.facts.items() if name in fields}
    facts: dict[str, Any] = dict(case.facts) if case is not None else {}
    for name, words in said.items():
        facts[name] = value_of(fields[name], words)
    stated = {name: value for name, value in facts.items() if value is not None}
    if not stated and case is None:
        return Tried(said, None, None, {})
    if case is not None:
        stated |= {"id": case.id, "findings": case.to_dict().get("findings", [])}
    try:
        history = None if case is None else desk.case_file(book).cases
        assessment = book.assess(stated, history=history)
    except CaseError as error:
        return Tried(said, case, None, {}, tuple(error.problems))
    return Tried(said, case, assessment, book.chain.derive(assessment.facts, None))


def value_of(field: Field, words: Sequence[str]) -> Any:
    """What a form says of a fact, as Python has it; None where it says nothing. What cannot be is left to be refused.

    >>> from reformkit.text import Text
    >>> value_of(Field(name="people", type="count", label=Text.same("people")), ["3"])
    3
    """
    given = [word.strip() for word in words if word.strip()]
    if not given:
        return None
    match field.type:
        case "tags":
            return given
        case "flag":
            return _FLAGS.get(given[-1], given[-1])
        case "count":
            number = whole_number(given[-1])
            return given[-1] if number is None else number
    return given[-1]


def words_of(field: Field, value: Value | None) -> tuple[str, ...]:
    """A fact's value as a form says it; the other way round of `value_of`."""
    match value:
        case None:
            return ()
        case bool():
            return (str(value).lower(),)
        case frozenset():
            return tuple(sorted(value))
    return (str(value),)
