"""An assessment as people hold it: one case with its decisions, causes and measures, the questions and the words."""

from __future__ import annotations

import os
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from typing import Any, Self, cast

from reformkit.assessing import questions, receipts
from reformkit.assessing.assessor import Assessor
from reformkit.assessing.kept import KeptAdvice, KeptBook
from reformkit.assessing.labels import labels
from reformkit.assessing.questions import Branch
from reformkit.assessing.records import record, record_tree
from reformkit.assessing.weighed import Weighed
from reformkit.hypertext.frame import fragment, notebook_language
from reformkit.model.decision import Need
from reformkit.model.mould import Cast, json_bytes, json_text, plain_data
from reformkit.model.rulebook import Rule
from reformkit.problem import Problem
from reformkit.reporting.case_page import case_page
from reformkit.reporting.html import html, section
from reformkit.reporting.lengths import Length
from reformkit.reporting.lengths import said as said_in
from reformkit.schemas.records import AssessmentData
from reformkit.text import Lang, Text, languages, one_language


class Assessment(Weighed):
    """Everything that a rulebook and its library say of one case.

    The decisions are taken at once; causes, recommendations, questions and explanations are worked out when read.
    Pickled, it is a snapshot: its decisions, causes, measures, questions, receipt and `to_dict()` stay, the rest
    (`explain`, `branches`, …) raises `RuntimeError` in words until `with_book` gives it a book.
    """

    # --- questions -------------------------------------------------------------------------------------

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """The questions worth asking: what the decisions of one outcome hang on, then the open recommendations,
        then what a gate that has yet to speak would like to know, then what is collected, suspected causes last:
        these only where reform is not ruled out and the analysis has found no cause."""
        return questions.needs(self)

    @property
    def history_need(self) -> Need | None:
        """The question for the history, where none was given and an open decision hangs on what would be counted."""
        return questions.history_need(self)

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
        """The assessment as a study memo (研判意见) in plain text."""
        return said_in(self, "memo", one_language(lang))

    def short(self, lang: Lang = "zh") -> str:
        """The assessment on one page, for whoever decides (送阅版), in plain text."""
        return said_in(self, "short", one_language(lang))

    def annex(self, lang: Lang = "zh") -> str:
        """The assessment in full, with every rule and source (工作底稿), in plain text."""
        return said_in(self, "annex", one_language(lang))

    def save(self, path: str | os.PathLike[str], length: Length = "memo", lang: Lang = "zh") -> Path:
        """Write it to a .docx, .html or .txt in one of the three lengths, whole or not at all.

        Raises ValueError for another ending or length, `MissingExtra` for a .docx without the extra `practice`.
        """
        from reformkit.writing.memo_file import save  # noqa: PLC0415 (most never write one)

        return save([self], path, length, one_language(lang))

    def page(self, lang: Lang = "zh") -> str:
        """The assessment as one HTML page that needs nothing else: what it comes to, why, what would change it, what to do."""
        return "".join(f"{line}\n" for line in html([case_page(self)], one_language(lang), ""))

    def _repr_html_(self) -> str | None:
        """What a notebook shows."""
        lang = notebook_language()
        return fragment(section(case_page(self), lang), lang)

    def receipt(self) -> dict[str, Any]:
        """What is needed to make this again and see whether it still holds (`Book.replay`), as plain data."""
        return receipts.receipt(self)

    def to_dict(self, lang: Lang | None = None, labels: Lang | None = None) -> AssessmentData:
        """Plain data for JSON, with the receipt, the caller's to change: every text in both languages, or in one.

        With a `lang` the other language is left out, and everything else stands where it stood. With `labels`, a
        part `labels` says what the ids are called, in that language. Its `needs` are those of the assessment and then
        `history_need`. Raises ValueError for a language that is none of the two.

        >>> from reformkit import load
        >>> a = load().assess({"id": "X-1", "form": "fourth"})
        >>> a.to_dict("en")["needs"][0]["ask"].keys(), a.to_dict()["needs"][0]["ask"].keys()
        (dict_keys(['en']), dict_keys(['zh', 'en']))
        >>> a.to_dict(labels="en")["labels"]["values"]
        {'form': {'fourth': 'Fourth form'}}
        """
        data: AssessmentData = plain_data(self._record(lang, labels))
        return data

    def to_json(self, lang: Lang | None = None, labels: Lang | None = None) -> str:
        """What `to_dict` gives, as JSON in one line, from parts that were written before.

        >>> import json
        >>> from reformkit import load
        >>> a = load().assess({"id": "X-1", "form": "fourth"})
        >>> a.to_json() == json.dumps(a.to_dict(), ensure_ascii=False)
        True
        """
        return json_text(self._record(lang, labels))

    def to_json_bytes(self, lang: Lang | None = None, labels: Lang | None = None) -> bytes:
        """What `to_json` gives, in UTF-8: what files and web servers write, for less than to encode it.

        >>> from reformkit import load
        >>> a = load().assess({"id": "X-1", "form": "fourth"})
        >>> a.to_json_bytes() == a.to_json().encode()
        True
        """
        return json_bytes(self._record(lang, labels))

    def _record(self, lang: Lang | None, called: Lang | None) -> Cast | dict[str, Any]:
        tree = self._tree(languages(lang))
        if called is None:
            return tree
        (in_one,) = languages(called)
        called_so = labels(self, self._asked, in_one)
        return {**plain_data(tree), "labels": called_so}

    def _tree(self, langs: tuple[Lang, ...]) -> Cast | dict[str, Any]:
        return record(self, langs, lambda: self._asked)

    @property
    def _asked(self) -> tuple[Need, ...]:
        history = self.history_need
        return self.needs if history is None else (*self.needs, history)

    # --- copies ----------------------------------------------------------------------------------------

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of the rulebook and of the library that gave this, by part."""
        return dict(self.book.deciding)

    def with_book(self, book: Assessor[Assessment]) -> Assessment:
        """The same assessment with the book that made it, after it was pickled.

        Raises ValueError for a book with another rulebook, library or order of recommendations.

        >>> import pickle
        >>> from reformkit import load
        >>> book = load()
        >>> kept = pickle.loads(pickle.dumps(book.assess({"id": "X-1", "form": "fourth"})))
        >>> kept.with_book(book).explain() == book.assess({"id": "X-1", "form": "fourth"}).explain()
        True
        """
        if not isinstance(book, Assessor):
            raise TypeError(f"with_book() takes a Book, not {type(book).__name__}")
        if book.digest != self.digest:
            raise ValueError(f"this assessment was made with the rulebook {self.digest[:12]}, not {book.digest[:12]}")
        if book.order_name != self.book.order_name:
            orders = [name or "that of the library" for name in (self.book.order_name, book.order_name)]
            raise ValueError(f"this assessment has the order of recommendations {orders[0]}, not {orders[1]}")
        decisions = {name: decision.with_book(book) for name, decision in self.decisions.items()}
        return book.made(self.case, self._facts, decisions, self.as_of, self.counts, self.has_history, self.letter_on)

    def __copy__(self) -> Self:
        return type(self)(
            self.book,
            self.case,
            self._facts,
            dict(self.decisions),
            self.as_of,
            self.counts,
            self.has_history,
            self.letter_on,
        )

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()  # what it holds beside its decisions does not change

    def __reduce__(self) -> tuple[Any, ...]:
        advice = self.advice
        kept_advice = advice and KeptAdvice(advice.recommendations, advice.also, advice.suspected, advice.uncovered)
        kept = {
            "book": KeptBook(self.digest, self.digests, self.book.causes_fact, self.book.dates, self.book.order_name),
            "case": self.case,
            "decisions": self.decisions,
            "as_of": self.as_of,
            "letter_on": self.letter_on,
            "counts": dict(self.counts),
            "has_history": self.has_history,
            "_facts": self._facts,
            "_advice": kept_advice,
            "_advised": True,
            "_problems": self.problems,
            "causes": self.causes,
            "needs": self.needs,
            "_history_need": self.history_need,
            "_withheld": self.withheld,
            "_receipt": self.receipt(),
        }
        return _restored, (kept,)


class KeptAssessment(Assessment):
    """An assessment out of a pickle."""

    _receipt: dict[str, Any]
    _history_need: Need | None
    _withheld: Text | None
    _problems: tuple[Problem, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warnings of the case."""
        return self._problems

    def _repr_html_(self) -> str | None:
        """Without its book it has no words: a notebook shows it as plain text."""
        return None

    @property
    def withheld(self) -> Text | None:
        """Why nothing is recommended; None when recommending goes on."""
        return self._withheld

    @property
    def history_need(self) -> Need | None:
        """The question for the history, where none was given and an open decision hangs on what would be counted."""
        return self._history_need

    def receipt(self) -> dict[str, Any]:
        """What is needed to make this again and see whether it still holds (`Book.replay`), as plain data."""
        return deepcopy(self._receipt)

    def _tree(self, langs: tuple[Lang, ...]) -> dict[str, Any]:
        return record_tree(self, self._asked, self.receipt(), langs)

    def __copy__(self) -> Self:
        return cast(Self, _restored(dict(self.__dict__)))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (dict(self.__dict__),)


def _restored(kept: dict[str, Any]) -> KeptAssessment:
    assessment = KeptAssessment.__new__(KeptAssessment)
    assessment.__dict__.update(kept)
    return assessment
