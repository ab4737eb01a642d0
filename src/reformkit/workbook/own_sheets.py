"""The sheets that reformkit writes beside what people work on: they hold no cases and no rules."""

from __future__ import annotations

from reformkit.grid.base import HIDDEN as HIDDEN  # noqa: PLC0414 (read from here too)
from reformkit.text import LANGS, Text

GUIDE, LISTS = Text("说明", "guide"), Text("词表", "lists")

OWN = frozenset((HIDDEN, *(title.say(lang) for title in (GUIDE, LISTS) for lang in LANGS)))
"""Their titles, in either language."""
