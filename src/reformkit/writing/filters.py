"""How fields may be written: the few filters that templates have, and what each takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

_DIGITS = "零一二三四五六七八九"
OF_NUMBER = re.compile(r"(?<=\d)-(?=\w)|(?<=\w)-(?=\d)")
"""The hyphen of a telephone number, an item's or a case's: no line ends with it."""


def day_said(day: date | str) -> str:
    """A day as official documents write it, without padding; words that stand for a day stay as they are.

    >>> day_said(date(2022, 3, 4))
    '2022年3月4日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if isinstance(day, date) else day


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese, as items are numbered; others in digits.

    >>> numeral(3), numeral(10), numeral(21)
    ('三', '十', '二十一')
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def joined(words: Sequence[str]) -> str:
    """Several texts in one sentence.

    >>> joined(["某区供销合作社联合社", "某区委组织部"])
    '某区供销合作社联合社、某区委组织部'
    """
    return "、".join(words)


def listed(words: Sequence[str]) -> str:
    """Several clauses in one sentence; a full stop that ends one of them is left out.

    >>> listed(["租赁合同全部清查。", "差异逐项处理"])
    '租赁合同全部清查；差异逐项处理'
    """
    return "；".join(word.rstrip("。；") for word in words)


FILTERS: dict[str, tuple[Callable[[Any], str], str]] = {
    "日期": (day_said, "day"),
    "中文数字": (numeral, "number"),
    "顿号": (joined, "list"),
    "分号": (listed, "list"),
}
"""Each filter by its name, with the shape that it takes."""
