"""The endings by which files are known."""

from __future__ import annotations

import re

FIXTURES = (".cases.yaml", ".cases.yml")
"""Files of fixtures; the first is how they are called."""


def is_fixtures(name: str) -> bool:
    """Whether a file holds fixtures, by its name.

    >>> is_fixtures("startup.cases.yaml"), is_fixtures("STARTUP.CASES.YML"), is_fixtures("cases.yaml")
    (True, True, False)
    """
    return name.lower().endswith(FIXTURES)


_NEARLY = re.compile(r"\.(?:cases?\.jsonl?|case\.ya?ml|cases?\.ya?ml\.txt)", re.IGNORECASE)


def is_nearly_fixtures(name: str) -> bool:
    """Whether a file was probably meant to hold fixtures, and is not called so.

    >>> [is_nearly_fixtures(n) for n in ("a.cases.json", "a.case.yaml", "a.cases.yaml.txt", "a.cases.yaml", "cases.json")]
    [True, True, True, False, False]
    """
    match = _NEARLY.search(name)
    return match is not None and match.end() == len(name)
