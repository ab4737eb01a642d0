"""Whether an office can do what a rulebook's procedures ask: no duty without a holder, and apart what must be apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reformkit.model.office import OfficeRecord
from reformkit.model.procedure import Procedures, Step
from reformkit.problem import Problem
from reformkit.text import Text


def check_duties(office: OfficeRecord, procedures: Procedures, roles: Mapping[str, Text]) -> list[Problem]:
    """Everything that is wrong between an office and procedures, at its place in the office's file."""
    return [*_unheld(office, procedures, roles), *_together(office, procedures, roles)]


def _unheld(office: OfficeRecord, procedures: Procedures, roles: Mapping[str, Text]) -> Iterator[Problem]:
    """Roles that nobody holds, each once, with the first step that it does; and those in which nobody can act."""
    held: dict[str, set[str]] = {}
    for body in office.bodies.values():
        for role in body.holds:
            held.setdefault(role, set()).add(body.id)
    for unit in office.units.values():
        for role in unit.holds:
            held.setdefault(role, set()).add(unit.name)
    acting = {account.body for account in office.accounts.values()}
    seen = set[str]()
    for procedure in procedures.procedures.values():
        for step in procedure.steps.values():
            for role in (*step.roles, *([step.to] if step.to else [])):
                if role in seen:
                    continue
                seen.add(role)
                label = procedure.roles.get(role) or roles.get(role) or Text.same(role)
                if role not in held:
                    said = {"role": label, "procedure": procedure.title, "step": step.title}
                    yield Problem("RK233", office.place, said)
                elif not held[role] & acting and not _entered(office, role):
                    yield Problem("RK236", office.place, {"role": label})


def _entered(office: OfficeRecord, role: str) -> bool:
    """Whether the office enters what the holders of a role do."""
    return role == "responsible" and office.enter_for_units


def _together(office: OfficeRecord, procedures: Procedures, roles: Mapping[str, Text]) -> Iterator[Problem]:
    pairs = [*office.apart]
    for procedure in procedures.procedures.values():
        pairs += [pair for step in procedure.steps.values() for pair in _apart(step)]
    holders = [(body.title, body.holds, body.place) for body in office.bodies.values()]
    holders += [(Text.same(unit.name), unit.holds, unit.place) for unit in office.units.values()]
    for name, holds, place in holders:
        for one, other in dict.fromkeys(tuple(sorted(pair)) for pair in pairs):
            if one in holds and other in holds:
                labels = {"one": roles.get(one, Text.same(one)), "other": roles.get(other, Text.same(other))}
                yield Problem("RK234", place, {"body": name, **labels})


def _apart(step: Step) -> list[tuple[str, str]]:
    return [(mine, other) for mine in step.roles for other in step.apart_from if mine != other]
