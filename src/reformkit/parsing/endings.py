"""The endings by which files are known."""

from __future__ import annotations

FIXTURES = (".cases.yaml", ".cases.yml")
"""Files of fixtures; the first is how they are called."""


def is_fixtures(name: str) -> bool:
    """Whether a file holds fixtures, by its name.

    >>> is_fixtures("startup.cases.yaml"), is_fixtures("STARTUP.CASES.YML"), is_fixtures("cases.yaml")
    (True, True, False)
    """
    return name.lower().endswith(FIXTURES)
