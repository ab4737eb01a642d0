"""What the cells of a sheet say, as the text that a CSV would hold, or why they say nothing that is certain."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from decimal import Decimal
from math import inf, isfinite
from typing import Any

from reformkit.parsing.source import forbidden
from reformkit.text import Text
from reformkit.workbook.number_formats import PLAIN, NumberFormat, moment
from reformkit.workbook.parts import MOST_IN_CELL, unescaped
from reformkit.workbook.sheet_rows import Stored, column_of

_IS_ERROR = Text("是错误值 {text}", "it is the error {text}")
_NO_NUMBER = Text("{text} 不是数字", "{text} is no number")
_NO_RESULT = Text("公式 {word} 的结果没有存在文件中", "the result of the formula {word} is not stored")
_NO_SUCH_DAY = Text("{number} 按日期格式显示，但没有这一天", "{number} is shown as a date, and there is no such day")
_SHOWN_OTHERWISE = Text(
    "存的是 {number}，按格式 {code} 显示为别的内容；请改为文本",
    "it holds {number} and shows it otherwise by the format {code}; make it a text",
)

Wrong = tuple[str, Mapping[str, Any]]
"""The code and values of a problem."""

MOST_COLUMNS = 16_384
"""No sheet has more columns."""

_MOST_DIGITS = 10**15  # of more, Excel keeps zeros only
_MOST_KEPT = 1 << 16
_NUMBER = re.compile("[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T00:00(?::00(?:[.]0+)?)?Z?)?")
_SCALED = Text(
    "存的是 {number}，按格式 {code} 显示为另一个数；请改用普通数字格式",
    "it holds {number} and shows another number by the format {code}; give it a plain number format",
)
_TOO_LONG = Text("超过 {most} 个字符", "it has more than {most} characters").fill(most=MOST_IN_CELL)


class Saying:
    """Says what cells say: `texts` are those that cells share, `formats` the number formats by style.

    `percentages`: a number that is shown as a percentage is said as one.
    """

    def __init__(
        self, texts: Sequence[str], formats: Sequence[NumberFormat], from_1904: bool, percentages: bool = False
    ) -> None:
        self._shared = _Shared(texts)
        self._columns = _Columns()
        self._formats = formats
        self._from_1904 = from_1904
        self._percentages = percentages
        self._numbers: dict[tuple[str, str, bool], str | Wrong] = {}

    def row(
        self, cells_stored: Sequence[Stored], as_shown: Container[int] | None
    ) -> tuple[list[str], dict[int, Wrong]]:
        """What the cells of a row say, and what is wrong with some; numbers of columns `as_shown` (None: all) are what
        the cell shows, others what they are.

        Raises ValueError or IndexError where a cell names a text that there is not, or stands before another.
        """
        columns, shared = self._columns, self._shared
        cells = [""] * (columns[cells_stored[-1][0]] + 1 if cells_stored else 0)
        wrong: dict[int, Wrong] = {}
        last = -1
        for letters, style, kind, formula, text in cells_stored:
            column = columns[letters]
            if column <= last:
                raise ValueError("cells go back")
            last = column
            said: str | Wrong = (
                shared[text]
                if kind == "s" and text
                else self._say(kind, style, text, formula, as_shown is None or column in as_shown)
            )
            if type(said) is str:
                cells[column] = said
            else:
                wrong[column] = said  # type: ignore[assignment]
        return cells, wrong

    def _say(self, kind: str, style: str, text: str | None, formula: str | None, as_shown: bool) -> str | Wrong:
        """What a cell says that holds no shared text."""
        if formula and not text and kind != "str":
            return _no_result(formula)
        if not text:
            return ""
        if len(text) > MOST_IN_CELL:
            return "RK198", {"reason": _TOO_LONG}
        match kind:
            case "n" | "":
                key = text, style, as_shown
                said = self._numbers.get(key)
                if said is None:
                    said = self._of_number(text, style, as_shown)
                    if len(self._numbers) < _MOST_KEPT:
                        self._numbers[key] = said
                return said
            case "b":
                return "true" if text.strip() in ("1", "true") else "false"
            case "e":
                return "RK198", {"reason": _IS_ERROR.fill(text=text)}
            case "d":
                day = _DAY.fullmatch(text)
                return day[1] if day else text.replace("T", " ")
        return _of_text(unescaped(text))

    def _of_number(self, text: str, style: str, as_shown: bool) -> str | Wrong:
        number = float(text) if _NUMBER.fullmatch(text) else inf
        if not isfinite(number):
            return "RK198", {"reason": _NO_NUMBER.fill(text=text[:40])}
        number_of_style = int(style) if style.isdecimal() else 0
        its_format = self._formats[number_of_style] if number_of_style < len(self._formats) else PLAIN
        if its_format.is_date:
            return moment(number, self._from_1904) or _beyond(text)
        if abs(number) >= _MOST_DIGITS:
            said = Text(
                "数字超过 15 位，Excel 已丢失末尾几位", "it has more than 15 digits, of which Excel has lost the last"
            )
            return "RK198", {"reason": said}
        if self._percentages and its_format.is_percentage:
            hundredfold = Decimal(f"{number:.15g}") * 100  # Excel keeps 15 digits
            return f"{hundredfold.normalize():f}%"
        if its_format.scales and not as_shown:
            return "RK198", {"reason": _SCALED.fill(number=text[:40], code=its_format.code[:40])}
        if number != int(number):
            return str(number)
        return (its_format.shown(int(number)) if as_shown else str(int(number))) or _unclear(text, its_format.code)


class _Shared(dict[str, str | Wrong]):
    """What the texts that cells share say, by their numbers as cells write them."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, text: str) -> str | Wrong:
        number = int(text)
        if number < 0:
            raise IndexError(text)
        said = self[text] = _of_text(self._texts[number])
        return said


class _Columns(dict[str, int]):
    """The numbers of columns, counted from 0, by their letters."""

    def __missing__(self, letters: str) -> int:
        column = column_of(letters) - 1
        if column >= MOST_COLUMNS:
            raise ValueError("a column beyond the last")
        self[letters] = column
        return column


def _of_text(text: str) -> str | Wrong:
    if len(text) > MOST_IN_CELL:
        return "RK198", {"reason": _TOO_LONG}
    return text if text.isprintable() else forbidden(text) or text


def _no_result(formula: str) -> Wrong:
    word = f"={formula}"[:40]
    return "RK198", {"reason": _NO_RESULT.fill(word=word)}


def _beyond(number: str) -> Wrong:
    said = _NO_SUCH_DAY.fill(number=number[:40])
    return "RK198", {"reason": said}


def _unclear(number: str, code: str) -> Wrong:
    said = _SHOWN_OTHERWISE.fill(number=number[:40], code=code[:40])
    return "RK198", {"reason": said}
