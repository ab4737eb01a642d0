"""The number that a letter bears (发文字号): the office's code, the year in hexagonal brackets, a running number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_WRITTEN = re.compile(r"([^〔〕\[\]()（）【】［］\s\d]{1,20})〔([0-9]{4})〕([1-9][0-9]{0,5})号")


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """One number of a series; a series runs within one code and one year.

    >>> number = LetterNumber("某监建", 2022, 3)
    >>> str(number), number.series
    ('某监建〔2022〕3号', '某监建〔2022〕')
    """

    code: str
    year: int
    serial: int

    @property
    def series(self) -> str:
        """What all numbers of this code and year begin with."""
        return f"{self.code}〔{self.year}〕"

    def __str__(self) -> str:
        return f"{self.series}{self.serial}号"

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """A number as an office writes it; None where it is written otherwise (square brackets, 第, a padded number).

        >>> LetterNumber.parse("某监建〔2022〕3号")
        LetterNumber(code='某监建', year=2022, serial=3)
        >>> LetterNumber.parse("某监建[2022]03号") is None
        True
        """
        match = _WRITTEN.fullmatch(written.strip())
        return None if match is None else cls(match[1], int(match[2]), int(match[3]))
