"""An office as people hold it: read from `office.yaml`, asked who holds which role for a case."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Self

from reformkit.book import Book
from reformkit.loading import bundled, load
from reformkit.model import office as model
from reformkit.model.case import Case
from reformkit.problem import RulebookError
from reformkit.reading.keys import key_of
from reformkit.reading.office import read_office

EXAMPLE = "office.yaml"


class Office(model.OfficeRecord):
    """Bodies, units and accounts of one office, with what each holds.

    >>> office = Office.example()
    >>> office.roles_of("0023", {"industry": "supply_coop"}), office.roles_of("0024", {"industry": "supply_coop"})
    (('lead', 'acceptance'), ())
    """

    @classmethod
    def read(cls, path: str | os.PathLike[str], book: Book | None = None) -> Self:
        """An office from its file, with the `calendar.yaml` beside it, over a rulebook's roles and facts.

        Without `book` those of the bundled rulebook hold. Raises `RulebookError` with every problem.
        """
        rulebook = (book or load()).rulebook
        office, problems = read_office(path, rulebook.role_labels, rulebook.vocabulary.case_fields)
        if office is None:
            raise RulebookError(problems)
        return cls(**{name: getattr(office, name) for name in model.OfficeRecord.model_fields})

    @classmethod
    def example(cls) -> Self:
        """The invented office that comes with the package."""
        return cls.read(bundled("rules") / EXAMPLE)

    def roles_of(self, account: str, case: Case | Mapping[str, Any] | None = None) -> tuple[str, ...]:
        """The roles in which an account may act for a case; without one, whatever it holds for any.

        A body that is for cases of such facts goes before one that is for all. Raises KeyError for an unknown account.
        """
        known = self.accounts[account]
        facts = {} if case is None else case.facts if isinstance(case, Case) else case
        units = tuple(key_of(str(unit)) for name in ("responsible_unit", "unit") if (unit := facts.get(name)))
        if case is None:
            return self.units[key_of(known.body)].holds if known.unit else self.bodies[known.body].holds
        return self.roles_of_body(known, facts, units[:1] or (key_of(known.body),))
