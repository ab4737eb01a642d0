"""The sheet of values from which drop-downs pick: a column for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reformkit.problem import letters
from reformkit.text import Lang, Text
from reformkit.workbook.own_sheets import LISTS


class ValueLists:
    """The values of the drop-downs of one workbook; equal lists stand there once."""

    def __init__(self, book: Any, lang: Lang) -> None:
        self._title = LISTS.say(lang)
        self._page = book.add_worksheet(self._title)
        self._page.set_landscape()
        self._page.set_paper(8)  # A3
        self._page.fit_to_pages(1, 0)
        self._page.repeat_rows(0)
        self._page.set_footer("&C&P / &N&R&A")
        self._page.freeze_panes(1, 0)
        self._head = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
        self._lang = lang
        self._columns: dict[tuple[str, ...], int] = {}

    def reference(self, label: Text, options: Sequence[Text]) -> str:
        """Where a list stands, as a drop-down names it; it is written when it is first asked for."""
        words = tuple(option.say(self._lang) for option in options)
        column = self._columns.setdefault(words, len(self._columns))
        if column == len(self._columns) - 1:
            self._page.write_string(0, column, label.say(self._lang), self._head)
            for row, word in enumerate(words, 1):
                self._page.write_string(row, column, word)
            self._page.set_column(column, column, max(10, min(40, 2 * max(map(len, words), default=4) + 2)))
        letter = letters(column + 1)
        return f"='{self._title}'!${letter}$2:${letter}${len(words) + 1}"
