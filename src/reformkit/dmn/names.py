"""Names of a model as ids and labels of a rulebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from reformkit.reading import keywords
from reformkit.text import LANGS

_WORDS = frozenset(word for key in ("any", "all", "not") for word in (key, keywords.ZH[key]))
_LONGEST_ID = 60


class Names:
    """Ids and labels of which none is given twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._labels: Counter[str] = Counter()

    def id(self, own: str | None, name: str) -> str:
        base = own or ident(name) or "x"
        if own is None and base in _WORDS:
            base = f"{base}_"
        id, number = base, 1
        while id in self._taken:
            number += 1
            id = f"{base}_{number}"
        self._taken.add(id)
        return id

    def label(self, label: Any) -> Any:
        key = str(label)
        self._labels[key] += 1
        return label if self._labels[key] == 1 else f"{label}（{self._labels[key]}）"


def ident(name: str) -> str:
    """A name as an id: `Applicant Age` and `ApplicantAge` as `applicant_age`, Chinese as it is.

    >>> ident("Applicant Age"), ident("FICOScore"), ident("申请类别（一）"), ident("—")
    ('applicant_age', 'fico_score', '申请类别_一', '')
    """
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"\W+", "_", apart).strip("_").lower()[:_LONGEST_ID].strip("_")


def label_of(own: Mapping[str, str], name: str, key: str = "") -> Any:
    """The label in both languages where reformkit noted them, else the name."""
    said = {lang: own.get(f"{lang}{key}") for lang in LANGS}
    return said if all(said.values()) else name
