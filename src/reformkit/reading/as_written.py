"""Values as people write them in office tables (CSV, workbooks): the looser of the two dialects.

Each function takes words that the strict dialect does not know, and gives the value that they plainly say, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from unicodedata import normalize

from reformkit.text import Text

YES, NO = frozenset("√✓✔☑") | {"true"}, frozenset("×✗✘") | {"false"}
ERRORS = frozenset(("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#spill!", "#calc!"))
"""What a spreadsheet writes where a formula failed, in lower case; saved as CSV they are texts, and no place or unit."""

COUNTED_IN = "人|名|位|件|个|起|次|项|家|户"
"""Measure words that may stand behind a count; none of them multiplies it."""

TAG_SEPARATORS = ";；"
"""What stands between the tags of a cell, beside line breaks."""

_DAY = re.compile(r"([0-9]{4}) ?([-./年]) ?([0-9]{1,2}) ?([-./月]) ?([0-9]{1,2}) ?(日?)(?: 0{1,2}:00(?::00)?)?")
_COUNT = re.compile(rf"([0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.0+)? ?(?:{COUNTED_IN})?")
_DECIMAL = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_NUMBERING = re.compile(r"(?:[0-9]{1,2}[.、．)）]|[（(][0-9]{1,2}[)）]|[①-⑳]) *")
_BETWEEN_TAGS = re.compile(f"[{TAG_SEPARATORS}\\r\\n]+")
_AS_TEXT = re.compile('="([^"]*)"')
_SCIENTIFIC = re.compile("[0-9](?:[.][0-9]+)?[Ee][+][0-9]+")
_MARKS = re.compile("[*＊\\s]|[（(](?:必填|选填|可选|必选|单选|多选|可多选|非必填)[)）]")
_MOST_DIGITS = 18
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]{1,15})?")
_EIGHT_DIGITS = re.compile(r"[12][0-9]{7}(?:\.0{1,15})?")
_LAST_BEFORE_THE_FIRST = date(1899, 12, 30)  # Excel's day 0, as it counts from March 1900 on
_A_SERIAL = Text("这是 Excel 的日期序列号（1900 日期系统）", "a serial number of Excel (1900 date system)")
_DIGITS_ALONE = Text("这是没有分隔的八位数字", "eight digits without hyphens")


def _typed(word: str) -> str:
    """Digits and marks of any width in the width that is typed; a raised or circled digit belongs to a note or a list.

    >>> _typed("２０２２－３"), _typed("3²"), _typed("2①")
    ('2022-3', '3²', '2①')
    """
    noted = any(character.isnumeric() and not character.isdecimal() for character in word)
    return word if noted else normalize("NFKC", word)


def flag_said(word: str) -> bool | None:
    """Whether a mark says yes or no.

    >>> flag_said("√"), flag_said("FALSE"), flag_said("有")
    (True, False, None)
    """
    said = normalize("NFKC", word).casefold()
    return True if said in YES else False if said in NO else None


def day_said(word: str) -> date | None:
    """A day with its year first.

    >>> day_said("2022/3/1"), day_said("2022年3月1日"), day_said("3/1/2022")
    (datetime.date(2022, 3, 1), datetime.date(2022, 3, 1), None)
    """
    match = _DAY.fullmatch(_typed(word))
    if match is None:
        return None
    year, first, month, second, day, last = match.groups()
    if (first, second) != ("年", "月") and (first != second or last):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def day_meant(word: str) -> tuple[Text, date] | None:
    """What a number is that is no day and plainly stands for one, and for which day.

    >>> [day_meant(word)[1].isoformat() for word in ("44621", "44621.5", "20220301")], day_meant("2022")
    (['2022-03-01', '2022-03-01', '2022-03-01'], None)
    """
    if _SERIAL.fullmatch(word):
        return _A_SERIAL, _LAST_BEFORE_THE_FIRST + timedelta(int(word.partition(".")[0]))
    if _EIGHT_DIGITS.fullmatch(word):
        try:
            return _DIGITS_ALONE, date(int(word[:4]), int(word[4:6]), int(word[6:8]))
        except ValueError:
            return None
    return None


def count_said(word: str) -> int | None:
    """A whole number, with a measure word or commas between thousands.

    >>> count_said("2人"), count_said("3.0"), count_said("1,200"), count_said("3.5"), count_said("2万元")
    (2, 3, 1200, None, None)
    """
    match = _COUNT.fullmatch(_typed(word))
    digits = "" if match is None else match[1].replace(",", "")
    return int(digits) if digits and len(digits) <= _MOST_DIGITS else None


def number_said(word: str) -> Decimal | None:
    """A number in digits of any width, with commas between thousands; never one with a unit, which might multiply it.

    >>> number_said("1,234.50"), number_said("３．５"), number_said("12万"), number_said("3.5元"), number_said("1,23")
    (Decimal('1234.50'), Decimal('3.5'), None, None, None)
    """
    match = _DECIMAL.fullmatch(_typed(word))
    digits = "" if match is None else match[2].replace(",", "")
    return Decimal(f"{match[1]}{digits}{match[3] or ''}") if match and len(digits + (match[3] or "")) <= 40 else None


def tags_said(cell: str, find: Callable[[str], str | None]) -> list[str]:
    """The words of a cell of tags: between semicolons or line breaks, without numbering before them.

    At `、` a word is split only where exactly one way of splitting gives nothing but values that `find` knows.
    """
    return [tag for word in _BETWEEN_TAGS.split(cell) if word.strip() for tag in _tags_of(word.strip(), find)]


def _tags_of(word: str, find: Callable[[str], str | None]) -> list[str]:
    if find(word) is not None:
        return [word]
    bare = _NUMBERING.sub("", word, count=1) if _NUMBERING.match(word) else word
    if find(bare) is not None or "、" not in bare:
        return [bare if bare and find(bare) is not None else word]
    ways = _ways(bare.split("、"), find)
    return ways[0] if len(ways) == 1 else [word]


def _ways(parts: list[str], find: Callable[[str], str | None]) -> list[list[str]]:
    """The ways, at most two, to join parts again so that each is a known word."""
    ways: list[list[list[str]]] = [[[]]]  # of the first parts, none, one, two …
    for end in range(1, len(parts) + 1):
        splits = []
        for start in range(end):
            word = "、".join(parts[start:end]).strip()
            if find(word) is not None:
                splits += [[*way, word] for way in ways[start]]
        ways.append(splits[:2])
    return ways[-1]


def id_as_text(cell: str) -> str | None:
    """What stands in a cell that a program wrote as a formula, to keep its zeros: `="001"`."""
    match = _AS_TEXT.fullmatch(cell)
    return None if match is None else match[1]


def is_scientific(cell: str) -> bool:
    """Whether an id was turned into a rounded number: `2.02203E+13`."""
    return _SCIENTIFIC.fullmatch(cell) is not None


def heading(cell: str) -> str:
    """The heading of a column without line breaks, stars and （必填）.

    >>> heading("机关\\n层级"), heading("* 立案日期（必填）")
    ('机关层级', '立案日期')
    """
    return _MARKS.sub("", cell)
