"""What Python hands in before anything is read of it: of the right kind, or a TypeError that says what is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reformkit.model.case import Case


def check_statement(given: object) -> None:
    """Raise TypeError for what is neither a case nor a mapping of facts.

    >>> check_statement(None)
    Traceback (most recent call last):
    TypeError: a case is a Case or a dict of facts, not None
    """
    if not isinstance(given, Case | Mapping):
        raise TypeError(f"a case is a Case or a dict of facts, not {kind_of(given)}")


def given_statement(given: Case | Mapping[str, Any]) -> Case | Mapping[str, Any]:
    """What is given, where it is a case or a mapping of facts; raises TypeError as `check_statement` does."""
    check_statement(given)
    return given


def check_cases(given: object, name: str) -> None:
    """Raise TypeError for what is no series of cases; a single case is none."""
    if isinstance(given, Case | Mapping):
        raise TypeError(f"{name} is a list of cases, not one case: put it into a list")
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise TypeError(f"{name} is a list of cases, not {kind_of(given)}")


def check_facts(given: object) -> None:
    """Raise TypeError for what is no mapping of facts."""
    if not isinstance(given, Mapping):
        raise TypeError(f"what is told of a case is a dict of facts, not {kind_of(given)}")


def check_receipt(given: object) -> None:
    """Raise ValueError for what is no mapping."""
    if not isinstance(given, Mapping):
        raise ValueError(f"this is not a receipt: a receipt is a dict, not {kind_of(given)}")


def kind_of(given: object) -> str:
    """What Python calls the kind of a value."""
    return "None" if given is None else type(given).__name__
