"""An office: its bodies, what each holds, the units that it looks after, and its accounts. No person is named."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from reformkit.model.node import Node
from reformkit.text import Text

ANY_UNIT = "*"
"""In place of a unit's name: every unit that is not listed."""


class Body(Node):
    """A body of the office and the roles that it holds, for the cases that have one of these values of each fact.

    `contact` is what letters give for questions: a body and a telephone number, no name.
    """

    node: Literal["body"] = "body"
    id: str
    title: Text
    holds: tuple[str, ...]
    only: dict[str, tuple[str, ...]] = {}
    contact: Text | None = None

    def matches(self, facts: Mapping[str, object]) -> bool:
        """Whether the body is for a case with these facts; an unknown fact matches nothing."""
        return all(facts.get(fact) in values for fact, values in self.only.items())


class OfficeUnit(Node):
    """A unit that reforms (主体责任部门), with the roles that it holds; `*` stands for every other unit."""

    node: Literal["office_unit"] = "office_unit"
    name: str
    holds: tuple[str, ...]


class Account(Node):
    """An account, by its name in the host system, of a body of the office or of a unit."""

    node: Literal["account"] = "account"
    id: str
    body: str
    unit: bool = False


class Day(Node):
    """What the office's calendar says of one day."""

    node: Literal["day"] = "day"
    work: bool
    note: Text | None = None


class OfficeCalendar(Node):
    """The days that the office itself vouches for, before anything that a package knows."""

    node: Literal["calendar"] = "calendar"
    known_until: datetime.date | None = None
    days: dict[datetime.date, Day] = {}


class OfficeRecord(Node):
    """An office as it stands in `office.yaml`; it goes before what the rulebook says of who holds a role."""

    node: Literal["office"] = "office"
    name: str
    region: str | None = None
    code: dict[str, str] = {}
    enter_for_units: bool = True
    bodies: dict[str, Body]
    units: dict[str, OfficeUnit] = {}
    """By the normal form of their names; `name` is as it is written."""
    accounts: dict[str, Account]
    apart: tuple[tuple[str, str], ...] = ()
    late_workdays: int = 3
    numbering: Literal["ledger", "stated"] = "ledger"
    evidence_folder: str | None = None
    most_mb: int = 50
    calendar: OfficeCalendar = OfficeCalendar()

    def holders(self, role: str, facts: Mapping[str, object]) -> tuple[str, ...]:
        """The bodies that hold a role for a case with these facts.

        One whose `for` matches goes before those without.
        """
        holding = [body for body in self.bodies.values() if role in body.holds and body.matches(facts)]
        near = [body.id for body in holding if body.only]
        return tuple(near or [body.id for body in holding])

    def unit_of(self, key: str) -> OfficeUnit | None:
        """The unit of a name in normal form, or what is said of every other unit."""
        return self.units.get(key) or self.units.get(ANY_UNIT)

    def roles_of_body(self, account: Account, facts: Mapping[str, object], units: tuple[str, ...]) -> tuple[str, ...]:
        """The roles in which an account may act on an item of these facts and units (names in normal form)."""
        if not account.unit:
            body = self.bodies[account.body]
            return tuple(role for role in body.holds if body.id in self.holders(role, facts))
        for unit in units:
            held = self.unit_of(unit)
            if held is not None and account.body == held.name:
                return held.holds
        return ()
