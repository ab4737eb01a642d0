"""A kind of problem: severity, message and fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reformkit.text import Text

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem. Blanks in braces are filled from the problem's values.

    `python` is the fix for a program that gave the value, where it is another than for who writes a file.
    """

    severity: Severity
    message: Text
    fix: Text
    python: Text | None = None


def error(zh: str, en: str, fix_zh: str, fix_en: str, python: Text | None = None) -> Code:
    return Code("error", Text(zh, en), Text(fix_zh, fix_en), python)


def warning(zh: str, en: str, fix_zh: str, fix_en: str) -> Code:
    return Code("warning", Text(zh, en), Text(fix_zh, fix_en))


def note(zh: str, en: str, fix_zh: str, fix_en: str) -> Code:
    return Code("note", Text(zh, en), Text(fix_zh, fix_en))
