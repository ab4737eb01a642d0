"""What a rulebook and its library rest on: every assumption with what would change without it, every reference."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from reformkit.advising.mains import Mains
from reformkit.comparing.compare import regions
from reformkit.comparing.practices import Practice, practices
from reformkit.deciding.chain import Chain
from reformkit.model.condition import parameters, tests
from reformkit.model.decision import UNCOVERED
from reformkit.model.library import Library, Reference
from reformkit.model.rulebook import Basis, DecisionTable, Rule, Rulebook
from reformkit.text import Text

Kind = Literal["rule", "otherwise", "parameter", "signal", "measure", "procedure", "letter"]

MOST_CHANGES = 20
"""Changes that are named for one assumption."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """Cases that are decided otherwise without an assumption: by which rule (None: none holds) to what.

    `before` and `after` are outcomes, `conflict` or `uncovered`; of a decision that collects, `after` is
    `absent`. `proven` is False where a budget ran out before such a case was found or excluded.
    """

    decision: str
    rule_before: str | None
    before: str
    rule_after: str | None
    after: str
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption: what it is, the rules (or causes, of a measure) that rest on it, and what changes without it.

    Without a rule, it is left out; without a parameter or a signal, so are the rules that use it; without a
    measure, the causes in `rests` are answered by those in `instead`, in the same order; `uncovered` stands there
    where some or all cases then have no answer. Of a procedure the steps rest on it; of a letter, a set of letters or a
    name to issue in nothing is decided by it.
    `in_force` is False where nothing of it holds on the last day.
    """

    kind: Kind
    id: str
    label: Text
    at: Text | None
    rests: tuple[str, ...]
    decision: str | None = None
    changes: tuple[Consequence, ...] = ()
    instead: tuple[tuple[str, ...], ...] = ()
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class ReferenceUse:
    """One reference, with what cites each of its clauses (`""`: the document as such): ids of measures and rules."""

    reference: Reference
    cited: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Register:
    """The assumptions of a rulebook with its library, the references of the library, and what others practise."""

    assumptions: tuple[Assumption, ...]
    references: tuple[ReferenceUse, ...]
    practices: tuple[Practice, ...] = ()


def register(rulebook: Rulebook, library: Library | None) -> Register:
    """Everything that a rulebook and its library rest on without having read it in a document.

    Each decision is looked at by itself, on the last day, exactly over all cases: earlier outcomes and counted
    signals are facts like any other. A rule with no basis at all counts as an assumption.

    >>> import reformkit
    >>> book = reformkit.load()
    >>> held = {a.id: a for a in register(book.rulebook, book.library).assumptions}
    >>> held["line_cases"].rests
    ('LAY-LINE', 'LAY-LINE-PREFECTURE')
    """
    chain = Chain(rulebook)
    assumptions = [*_rules(chain), *_parameters(chain), *_signals(chain)]
    practised = [*_procedures(rulebook), *_letters(rulebook)]
    elsewhere = practices(rulebook, library)
    if library is None:
        return Register((*assumptions, *practised), (), elsewhere)
    entries = (*assumptions, *_measures(rulebook, library), *practised)
    return Register(entries, tuple(_references(rulebook, library)), elsewhere)


def _assumed(basis: Basis | None) -> bool:
    return basis is None or basis.kind == "assumption"


def _rules(chain: Chain) -> Iterator[Assumption]:
    for name, table in chain.rulebook.decisions.items():
        now = chain.in_force(name, None)
        standing = {rule.id for rule in now.rules}
        for rule in table.rules:
            if _assumed(rule.basis):
                changes = _without(chain, {rule.id}, [name])
                label, at = rule.title or Text.same(rule.id), rule.basis.at if rule.basis else None
                yield Assumption("rule", rule.id, label, at, (), name, changes, in_force=rule.id in standing)
        if table.otherwise is not None and _assumed(table.otherwise.basis):
            at = table.otherwise.basis.at if table.otherwise.basis else None
            bare = now.model_copy(update={"otherwise": None})
            yield Assumption("otherwise", name, table.title, at, (), name, tuple(_changes(chain, now, bare)))


def _parameters(chain: Chain) -> Iterator[Assumption]:
    for name, parameter in chain.rulebook.parameters.items():
        assumed = [value for value in parameter.values if _assumed(value.basis)]
        if assumed:
            at = next((v.basis.at for v in reversed(assumed) if v.basis), None)
            uses = {
                r.id
                for r in _every_rule(chain.rulebook)
                if any(p.name == name for t in tests(r.when) for p in parameters(t))
            }
            yield _resting(chain, "parameter", name, parameter.label, at, uses)


def _signals(chain: Chain) -> Iterator[Assumption]:
    for name, signal in chain.rulebook.signals.items():
        if _assumed(signal.basis):
            uses = {
                rule.id for rule in _every_rule(chain.rulebook) if any(test.fact == name for test in tests(rule.when))
            }
            yield _resting(chain, "signal", name, signal.label, signal.basis.at if signal.basis else None, uses)


def _every_rule(rulebook: Rulebook) -> Iterator[Rule]:
    for table in rulebook.decisions.values():
        yield from table.rules


def _resting(chain: Chain, kind: Kind, id: str, label: Text, at: Text | None, uses: Collection[str]) -> Assumption:
    rests = tuple(rule.id for rule in _every_rule(chain.rulebook) if rule.id in uses)
    changes = _without(chain, uses, chain.rulebook.decisions)
    standing = {rule.id for name in chain.rulebook.decisions for rule in chain.in_force(name, None).rules}
    return Assumption(kind, id, label, at, rests, changes=changes, in_force=bool(standing & set(rests)))


def _without(chain: Chain, dropped: Collection[str], decisions: Collection[str]) -> tuple[Consequence, ...]:
    """What changes when some rules are left out; of a table that collects, only rules of their outcomes matter."""
    consequences: list[Consequence] = []
    for name in decisions:
        now = chain.in_force(name, None)
        outcomes = {rule.then for rule in now.rules if rule.id in dropped}
        if not outcomes:
            continue
        if now.hit == "collect" and now.otherwise is None:
            now = now.model_copy(update={"rules": tuple(rule for rule in now.rules if rule.then in outcomes)})
        rest = now.model_copy(update={"rules": tuple(rule for rule in now.rules if rule.id not in dropped)})
        consequences += _changes(chain, now, rest)
    return tuple(consequences)


def _changes(chain: Chain, before: DecisionTable, after: DecisionTable) -> Iterator[Consequence]:
    for r in islice(regions(before, after, chain.fields), MOST_CHANGES):
        yield Consequence(before.id, r.rule_before, r.before, r.rule_after, r.after, r.proven)


def _measures(rulebook: Rulebook, library: Library) -> Iterator[Assumption]:
    for measure in library.measures.values():
        at = next((c.at for c in measure.basis if c.kind == "assumption"), None)
        others = {id: other for id, other in library.measures.items() if id != measure.id}
        parts = {"weak_points": library.weak_points, "causes": library.causes, "references": library.references}
        mains = Mains(Library.model_validate({**parts, "measures": others}), rulebook.vocabulary)
        causes = tuple(dict.fromkeys(edge.cause for edge in measure.addresses if edge.role == "main"))
        left = [mains.of(cause, {}) for cause in causes]
        instead = tuple((*main.measures, *[UNCOVERED] * main.none) for main in left)
        yield Assumption("measure", measure.id, measure.title, at, causes, instead=instead)


def _procedures(rulebook: Rulebook) -> Iterator[Assumption]:
    """For each procedure, its assumed steps, together where they rest on the same words."""
    for procedure in rulebook.procedures.procedures.values() if rulebook.procedures else ():
        steps: dict[Text | None, list[str]] = {}
        for step in procedure.steps.values():
            if _assumed(step.basis):
                steps.setdefault(step.basis.at if step.basis else None, []).append(step.id)
        for at, ids in steps.items():
            yield Assumption("procedure", procedure.id, procedure.title, at, tuple(ids))


def _letters(rulebook: Rulebook) -> Iterator[Assumption]:
    """The sets of letters, names to issue in, and letters that are assumed."""
    letters = rulebook.letters
    if letters is None:
        return
    held: list[tuple[str, Text, Basis | None]] = [(one.id, one.title, one.basis) for one in letters.sets.values()]
    held += [(kind.id, kind.title, kind.basis) for kind in letters.kinds.values()]
    held += [(name.id, name.head, name.basis) for name in letters.names.values()]
    for id, label, basis in held:
        if _assumed(basis):
            yield Assumption("letter", id, label, basis.at if basis else None, ())


def _references(rulebook: Rulebook, library: Library) -> Iterator[ReferenceUse]:
    cited: dict[str, dict[str, dict[str, None]]] = {}
    for measure in library.measures.values():
        for citation in measure.basis:
            if citation.ref is not None:
                cited.setdefault(citation.ref, {}).setdefault(citation.clause or "", {})[measure.id] = None
    for rule in _every_rule(rulebook):
        if rule.basis is not None and rule.basis.ref in library.references:
            cited.setdefault(rule.basis.ref, {}).setdefault("", {})[rule.id] = None
    for kind in rulebook.letters.kinds.values() if rulebook.letters else ():
        for citation in (*kind.legal_basis, *kind.consequences_basis):
            cited.setdefault(citation.ref or "", {}).setdefault(citation.clause or "", {})[kind.id] = None
    for reference in library.references.values():
        yield ReferenceUse(reference, {clause: tuple(ids) for clause, ids in cited.get(reference.id, {}).items()})
