"""Number formats: what of a number a cell shows, as far as an id or a day hangs on it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

_DAYS = {14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58}
"""Built-in formats of days, those of Chinese Excel among them (ECMA-376, 18.8.30)."""

_TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56}
_PERCENT = {9: "0%", 10: "0.00%"}
_SCALING = re.compile("%|[0#?],+(?![0#?,])")  # a comma behind the last digit leaves three digits out
_ONLY_PERCENT = re.compile("[#,0]*0(?:[.][0#?]+)? *%(?:_.)?")
_BESIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General', re.I)
_OF_DATES = re.compile("[ymdhs]|aaa", re.I)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<money>[^\]\-]*)[^\]]*\]|\[(?P<sign>[^\]]*)\]'
    r"|(?P<general>General|@)|(?P<digit>[0#?])|(?P<odd>[.%/]|E[+-])|(?P<grouping>,)|(?P<literal>.)",
    re.I | re.S,
)
_COLOUR = re.compile(
    r"(Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Colou?r ?\d+|黑色|蓝色|青色|绿色|洋红|红色|白色|黄色)", re.I
)
_RESERVED = re.compile("reserved-0x[0-9a-f]+", re.I)  # how some programs name a format that they do not know
_FIRST_DAY, _FIRST_DAY_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_NO_LEAP_DAY = 60  # Excel believes in 1900-02-29


class Piece(NamedTuple):
    """A part of a format: a literal text, the place of a digit (`0`, `#`), or of the whole number (`@`)."""

    kind: Literal["literal", "digit", "number"]
    text: str


class NumberFormat(NamedTuple):
    """What a format makes of numbers. `pieces` are those for numbers above, below and at zero; where a format shows
    a whole number as it is, None. A format that is not understood is `unclear`; one that `scales` shows another number
    than the cell holds: per cent, thousands."""

    is_date: bool = False
    pieces: tuple[tuple[Piece, ...] | None, ...] = (None,)
    unclear: bool = False
    code: str = ""
    scales: bool = False

    @property
    def is_percentage(self) -> bool:
        """Whether a cell shows nothing but a hundred times its number, and a sign of per cent behind it."""
        return self.scales and _ONLY_PERCENT.fullmatch(self.code) is not None

    def shown(self, number: int) -> str | None:
        """A whole number as the cell shows it; None where that is not understood."""
        if self.unclear:
            return None
        section = 1 if number < 0 and len(self.pieces) > 1 else 2 if number == 0 and len(self.pieces) > 2 else 0
        pieces = self.pieces[section]
        if pieces is None:
            return str(number)
        return ("-" if number < 0 and section == 0 else "") + _filled(pieces, str(abs(number)))


PLAIN = NumberFormat()


def format_of(number: int, code: str | None) -> NumberFormat:
    """What the format of a number (with its code, unless it is built in) makes of numbers."""
    if code is None or _RESERVED.fullmatch(code):
        return NumberFormat(is_date=number in _DAYS | _TIMES, code=_PERCENT.get(number, ""), scales=number in _PERCENT)
    sections = _sections(code)
    if _OF_DATES.search(_BESIDE.sub("", sections[0])):
        return NumberFormat(is_date=True, code=code)
    read = [_pieces(section) for section in sections[:3]]
    unclear = "unclear" in read
    pieces = (None,) if unclear else tuple(read)
    scales = _SCALING.search(_BESIDE.sub("", code)) is not None
    return NumberFormat(pieces=pieces, unclear=unclear, code=code, scales=scales)  # type: ignore[arg-type]


def moment(number: float, from_1904: bool) -> str | None:
    """The day that a number is, or the time (`2022-03-01`, `2022-03-01 09:00:00`, `09:00:00`); None for none."""
    days, part = divmod(number, 1)
    within = timedelta(milliseconds=round(part * 86_400_000))
    if 0 <= number < 1 and not within.days:
        return str((datetime.min + within).time())
    if not from_1904:
        if days == _NO_LEAP_DAY:
            return None
        days += 0 < days < _NO_LEAP_DAY
    try:
        at = (_FIRST_DAY_OF_1904 if from_1904 else _FIRST_DAY) + timedelta(days) + within
    except OverflowError:
        return None
    if number < 0:
        return None
    return str(at.date() if at.time() == datetime.min.time() else at)


def _sections(code: str) -> list[str]:
    """The parts of a code between its semicolons."""
    sections = [""]
    for match in _TOKEN.finditer(code):
        if match.group() == ";":
            sections.append("")
        else:
            sections[-1] += match.group()
    return sections


def _pieces(section: str) -> tuple[Piece, ...] | Literal["unclear"] | None:
    """What a section of a code makes of a whole number; None: the number as it is."""
    pieces: list[Piece] = []
    odd = False
    for match in _TOKEN.finditer(section):
        match match.lastgroup:
            case "quoted" | "escaped" | "literal" | "money":
                pieces.append(Piece("literal", match[match.lastgroup]))
            case "general":
                pieces.append(Piece("number", ""))
            case "digit":
                pieces.append(Piece("digit", match.group()))
            case "odd" | "grouping":
                odd = True
            case "sign" if not _COLOUR.fullmatch(match["sign"]):
                return "unclear"  # a condition, or other digits
    kinds = [piece.kind for piece in pieces]
    literal = any(piece.kind == "literal" and piece.text.strip() for piece in pieces)
    if "digit" not in kinds and "number" not in kinds:
        return None  # the cell shows the same for all numbers: the number is what was meant
    if odd:
        return "unclear" if literal and _joins_words(pieces) else None
    if not literal and sum(piece.text == "0" for piece in pieces) < 2:
        return None
    return tuple(pieces)


def _joins_words(pieces: list[Piece]) -> bool:
    """Whether there are letters beside the number, and not only signs of money or brackets."""
    return any(piece.kind == "literal" and any(map(str.isalnum, piece.text)) for piece in pieces)


def _filled(pieces: tuple[Piece, ...], digits: str) -> str:
    """Digits in their places, from the right; those too many stand at the first."""
    places = [index for index, piece in enumerate(pieces) if piece.kind == "digit"]
    shown = [piece.text if piece.kind == "literal" else digits if piece.kind == "number" else "" for piece in pieces]
    rest = digits
    for index in reversed(places):
        if index == places[0]:
            shown[index] = rest or ("0" if pieces[index].text == "0" else "")
        elif rest:
            rest, shown[index] = rest[:-1], rest[-1]
        else:
            shown[index] = "0" if pieces[index].text == "0" else ""
    return "".join(shown)
