"""What is asked of an assessment of many cases."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from reformkit.text import Lang


class FrameRequest(NamedTuple):
    """What `assess_frame` was asked for beside decisions, causes and measures, and by which day and language."""

    as_of: date | None = None
    needs: bool = True
    counted: bool = False
    texts: bool = False
    lang: Lang = "zh"
    on_problem: str = "mark"
    letter_on: date | None = None
