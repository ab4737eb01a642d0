"""The accounts that enter an earlier ledger: for each act, one that may do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reformkit.model.office import OfficeRecord
from reformkit.practising.hand import RESPONSIBLE
from reformkit.reading.keys import key_of

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Enterers:
    """Accounts in the order in which they are asked; guards refuse the first where none of them may act."""

    accounts: tuple[str, ...]
    office: OfficeRecord

    def one(self, roles: Iterable[str], facts: Facts, units: Iterable[str]) -> str:
        """The first that holds the first of these roles that any holds; for a unit, an account of the office."""
        keys = tuple(map(key_of, units))
        for role in roles:
            for account, held in self._held(facts, keys):
                if role in held or (role == RESPONSIBLE and not self.office.accounts[account].unit):
                    return account
        return self.accounts[0]

    def other(self, first: str, roles: Iterable[str], facts: Facts, units: Iterable[str]) -> str | None:
        """One of another body than the first, who holds one of these roles too; None where there is none."""
        accounts, keys = self.office.accounts, tuple(map(key_of, units))
        if first not in accounts:
            return None
        wanted = set(roles)
        for account, held in self._held(facts, keys):
            if accounts[account].body != accounts[first].body and wanted & set(held):
                return account
        return None

    def _held(self, facts: Facts, keys: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for account in self.accounts:
            if account in self.office.accounts:
                yield account, self.office.roles_of_body(self.office.accounts[account], facts, keys)
