"""Words in the two languages of reformkit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Chinese and English.

    >>> Text("启动", "Start").say("en")
    'Start'
    """

    zh: str
    en: str

    def say(self, lang: Lang = "zh") -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en

    @classmethod
    def same(cls, words: str) -> Text:
        """A text that reads the same in both languages."""
        return cls(words, words)
