"""The practices in a rulebook and its library: what others do, found by search; none binds, and none is used unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reformkit.model.basis import Basis
from reformkit.model.library import Library
from reformkit.model.procedure import Due
from reformkit.model.rulebook import Rulebook
from reformkit.text import Text

PracticeKind = Literal["rule", "parameter", "signal", "step", "letter", "measure"]


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice: what it is about, and where it was seen.

    `used`: the rule, step or letter rests on it; else it is offered beside what the rulebook or the measure sets. `offered`
    is the term that it gives a step, `present` the one that the rulebook sets.
    """

    kind: PracticeKind
    id: str
    label: Text
    at: Text
    used: bool
    offered: Due | None = None
    present: Due | None = None


def practices(rulebook: Rulebook, library: Library | None) -> tuple[Practice, ...]:
    """Every practice that a rulebook and its library name, in the order of their files.

    >>> import reformkit
    >>> book = reformkit.load()
    >>> offered = [p.id for p in practices(book.rulebook, book.library) if p.offered is not None]
    >>> offered
    ['point.reply', 'line.rules', 'feedback.reply']
    """
    return (*_of_rules(rulebook), *_of_steps(rulebook), *_of_letters(rulebook), *_of_measures(library))


def _of_rules(rulebook: Rulebook) -> Iterator[Practice]:
    for table in rulebook.decisions.values():
        for rule in table.rules:
            yield from _resting("rule", rule.id, rule.title or table.title, rule.basis)
    for name, parameter in rulebook.parameters.items():
        for value in parameter.values:
            yield from _resting("parameter", name, parameter.label, value.basis)
    for name, signal in rulebook.signals.items():
        yield from _resting("signal", name, signal.label, signal.basis)


def _of_steps(rulebook: Rulebook) -> Iterator[Practice]:
    for procedure in rulebook.procedures.procedures.values() if rulebook.procedures else ():
        for step in procedure.steps.values():
            id = f"{procedure.id}.{step.id}"
            yield from _resting("step", id, step.title, step.basis)
            for other in step.elsewhere:
                yield Practice("step", id, step.title, other.at, False, other.due, step.due)


def _of_letters(rulebook: Rulebook) -> Iterator[Practice]:
    letters = rulebook.letters
    if letters is None:
        return
    for one in letters.sets.values():
        yield from _resting("letter", one.id, one.title, one.basis)
    for kind in letters.kinds.values():
        yield from _resting("letter", kind.id, kind.title, kind.basis)
    for name in letters.names.values():
        used = any(name.id == kind.name for kind in letters.kinds.values())
        yield from _resting("letter", name.id, name.head, name.basis, used)


def _of_measures(library: Library | None) -> Iterator[Practice]:
    for measure in library.measures.values() if library else ():
        for citation in measure.basis:
            if citation.kind == "practice" and citation.at is not None:
                yield Practice("measure", measure.id, measure.title, citation.at, False)


def _resting(kind: PracticeKind, id: str, label: Text, basis: Basis | None, used: bool = True) -> Iterator[Practice]:
    if basis is not None and basis.kind == "practice" and basis.at is not None:
        yield Practice(kind, id, label, basis.at, used)
