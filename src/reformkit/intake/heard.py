"""Cases of lines of JSON without a tree: what a word says of a fact is asked of the case reader once, and remembered.

A line in which anything is out of the ordinary gives no case, and is for the reader itself: an unknown key, a key twice,
a shape that is none of a case, whatever there is something to say of.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from reformkit.intake.case_trees import CaseReader
from reformkit.model.case import Case, Finding, FrozenFacts
from reformkit.model.vocabulary import Field, Value
from reformkit.parsing.source import CONTROL
from reformkit.parsing.tree import Scalar
from reformkit.problem import NOWHERE, Place

MOST_REMEMBERED = 10_000
"""Words of one fact that are kept; past it the memory starts afresh."""

_OF_FINDINGS = frozenset({"cause", "matter"})


class _OutOfTheOrdinaryError(Exception):
    """A line that the case reader has to read."""


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


def _refuse(token: str) -> Any:
    raise ValueError(token)


_DECODE = json.JSONDecoder(
    object_pairs_hook=tuple, parse_int=_Number, parse_float=_Number, parse_constant=_refuse
).decode


class _Heard(dict[object, Any]):
    """What each word says, by the word; one that is not a text in quotation marks stands in a tuple."""

    def __init__(self, ask: Callable[[Scalar], Any]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: object) -> Any:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        scalar = Scalar(word, True, NOWHERE) if type(word) is str else _bare(word)
        if CONTROL.search(scalar.text) is not None:
            raise _OutOfTheOrdinaryError
        said = self._ask(scalar)
        if said is None:
            raise _OutOfTheOrdinaryError
        self[word] = said
        return said


def _bare(word: object) -> Scalar:
    (value,) = word if isinstance(word, tuple) else (None,)
    if type(value) is bool:
        return Scalar("true" if value else "false", False, NOWHERE)
    if type(value) is not _Number:
        raise _OutOfTheOrdinaryError
    return Scalar(str(value), False, NOWHERE)


class HeardCases:
    """Reads lines in which nothing is out of the ordinary, by what a reader with a report of its own says of each word."""

    def __init__(self, reader: CaseReader) -> None:
        self._reader = reader
        self._named: dict[str, tuple[str, Field | None, _Heard]] = {}
        self._finding_keys: dict[str, str] = {}
        self._of_findings = {key: _Heard(self._asking_of_finding(key)) for key in _OF_FINDINGS}

    def case(self, line: str, place: Place) -> Case | None:
        """The case of a line, or None where the reader has to read it."""
        try:
            return self._case(_DECODE(line), place, CONTROL.search if "\\" in line else None)
        except (ValueError, TypeError, RecursionError, _OutOfTheOrdinaryError):
            return None
        finally:
            self._reader.report.take()

    def _case(self, pairs: Any, place: Place, control: Callable[[str], object] | None) -> Case | None:
        if type(pairs) is not tuple:
            return None
        named = self._named
        id: str | None = None
        facts: dict[str, Value] = {}
        findings: tuple[Finding, ...] | None = None
        seen = set()
        for key, value in pairs:
            name, field, heard = named.get(key) or self._name(key)
            if name in seen:
                return None
            seen.add(name)
            if field is None:
                if name == "id":
                    id = self._reader.id_of(self._text(value, control))
                elif value is not None:
                    findings = tuple([self._finding(one, control) for one in _listed(value)])
            elif value is None:
                continue
            elif field.type == "text":
                facts[name] = _known(self._reader.word(field, self._text(value, control)))
            elif field.type == "tags":
                facts[name] = frozenset([heard[tag if type(tag) is str else (tag,)] for tag in _listed(value)])
            else:
                facts[name] = heard[value if type(value) is str else (value,)]
        if id is None or self._reader.report.noted:
            return None
        return Case._made(id, FrozenFacts(facts), findings, place, ())

    def _name(self, key: str) -> tuple[str, Field | None, _Heard]:
        """What a key names: the id, the findings, or a fact with what its words say."""
        if CONTROL.search(key) is not None:
            raise _OutOfTheOrdinaryError
        name, field = self._reader.named(key)
        if name is None or (field is None and name not in ("id", "findings")):
            raise _OutOfTheOrdinaryError
        found = self._named[key] = name, field, _Heard(lambda word: None if field is None else self._one(field, word))
        return found

    def _one(self, field: Field, word: Scalar) -> Value | None:
        """What a word says of a fact, of tags as one of them; None where there is something to say of it."""
        said = self._reader.word(field, word)
        return None if self._reader.report.noted else said

    def _asking_of_finding(self, key: str) -> Callable[[Scalar], Any]:
        def ask(word: Scalar) -> str | None:
            said = self._reader.findings.value(key, word)
            return None if self._reader.report.noted else said

        return ask

    def _finding(self, pairs: Any, control: Callable[[str], object] | None) -> Finding:
        if type(pairs) is not tuple:
            raise _OutOfTheOrdinaryError
        said: dict[str, str | None] = {}
        for key, value in pairs:
            name = self._finding_keys.get(key) or self._finding_key(key)
            if name in said:
                raise _OutOfTheOrdinaryError
            if name in _OF_FINDINGS:
                heard = self._of_findings[name]
                said[name] = None if value is None else heard[value if type(value) is str else (value,)]
            elif name == "evidence":
                said[name] = None if value is None else self._reader.findings.evidence(self._text(value, control))
            else:
                raise _OutOfTheOrdinaryError
        return Finding(cause=_known(said.get("cause")), matter=said.get("matter"), evidence=said.get("evidence"))

    def _finding_key(self, key: str) -> str:
        name = self._reader.findings.words.find(key)
        if name is None:
            raise _OutOfTheOrdinaryError
        self._finding_keys[key] = name
        return name

    @staticmethod
    def _text(value: Any, control: Callable[[str], object] | None) -> Scalar:
        if type(value) is not str or (control is not None and control(value)):
            raise _OutOfTheOrdinaryError
        return Scalar(value, True, NOWHERE)


def _listed(value: Any) -> list[Any]:
    if type(value) is not list:
        raise _OutOfTheOrdinaryError
    return value


def _known(value: Any) -> Any:
    if value is None:
        raise _OutOfTheOrdinaryError
    return value
