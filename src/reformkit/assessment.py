"""An assessment as people hold it: one case with its decisions, causes and measures, the questions and the words."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from reformkit.assessing import questions, receipts
from reformkit.assessing.questions import Branch
from reformkit.assessing.weighed import Weighed
from reformkit.model.decision import Need
from reformkit.model.rulebook import Rule
from reformkit.reporting.memo import memo
from reformkit.text import Lang


class Assessment(Weighed):
    """Everything that a rulebook and its library say of one case.

    The decisions are taken at once; causes, recommendations, questions and explanations are worked out when read.
    """

    # --- questions -------------------------------------------------------------------------------------

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The questions worth asking: what the decisions of one outcome hang on, then the open recommendations,
        then what a gate that has yet to speak would like to know, then what is collected, suspected causes last:
        these only where reform is not ruled out and the analysis has found no cause."""
        return questions.needs(self)

    @property
    def gate_to_speak(self) -> str | None:
        """The gate that has yet to speak (`coordinator_gate`, `lead_gate`); None when none has, one said no, or
        the matter has another source than a case and passes no gates."""
        return questions.gate_to_speak(self)

    @property
    def screened(self) -> tuple[Rule, ...]:
        """The rules of `screening` that hold and advise what it comes to: the reasons of the advice."""
        return questions.screened(self)

    def branches(self, name: str) -> tuple[Branch, ...]:
        """What an undetermined decision comes to under each answer to its first question; empty where it asks
        none, where the answers are too many to list, or where none of them settles it."""
        return questions.branches(self, name)

    @property
    def telling_counts(self) -> tuple[str, ...]:
        """The counted signals without which some decision would be another, or would be open."""
        return questions.telling_counts(self)

    # --- words and receipt -----------------------------------------------------------------------------

    def explain(self, lang: Lang = "zh") -> str:
        """The assessment as a study memo in plain text."""
        return memo(self, lang)

    def receipt(self) -> dict[str, Any]:
        """What is needed to make this again and see whether it still holds (`Book.replay`), as plain data."""
        return receipts.receipt(self)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, with the receipt."""
        return receipts.record(self, self.needs)
