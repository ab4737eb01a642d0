"""What is recommended for a case: measures with their filled text.

Long because a recommendation, one out of a pickle and the plain data of both have the same fields.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from reformkit.advising.citing import cited_tree
from reformkit.advising.ground import Certainty, Ground
from reformkit.advising.phrasing import Phrases
from reformkit.advising.plan import PlannedMeasure
from reformkit.advising.repeated import Repeated
from reformkit.advising.suggestion import AdvisedSuggestion, suggestion_tree
from reformkit.model.case import Finding
from reformkit.model.cited import Cited
from reformkit.model.holes import HOLE, Hole
from reformkit.model.library import Measure
from reformkit.model.mould import Cast, Mould, plain_data
from reformkit.text import LANGS, Lang, Text
from reformkit.wording.suggestion import START


class Recommendation:
    """One measure for one case.

    `certainty`: the causes were `found`, or are `suspected` and to be verified. `certain` is False where it
    hangs on the facts in `hangs_on` whether this is the main measure of any cause. `role` is `main`, or
    `also` for a measure that touches the same causes and is offered apart.
    """

    __slots__ = ("_repeated", "certainty", "choice", "ground")

    def __init__(self, choice: PlannedMeasure, certainty: Certainty, ground: Ground, repeated: Repeated) -> None:
        self.choice = choice
        self.certainty = certainty
        self.ground = ground
        self._repeated = repeated

    @property
    def phrases(self) -> Phrases:
        """What it says, worded for all cases alike."""
        return self._repeated.phrasing.of(self.choice, self.certainty, self.ground)

    @property
    def measure(self) -> Measure:
        return self.choice.measure

    @property
    def weak_point(self) -> str:
        return self.choice.measure.weak_point

    @property
    def role(self) -> str:
        return self.choice.role

    @property
    def covers(self) -> tuple[str, ...]:
        """The causes that it answers (for `also`: touches)."""
        return self.choice.covers

    @property
    def certain(self) -> bool:
        return self.choice.certain

    @property
    def hangs_on(self) -> tuple[str, ...]:
        """The unknown facts on which it hangs whether this is the main measure."""
        return self.choice.hangs_on

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that it answers."""
        subjects = set(self.choice.subjects)
        return tuple(f for f in self.ground.findings if (f.cause, f.matter) in subjects)

    @property
    def words(self) -> Text:
        """The suggestion in full, in both languages."""
        return self.phrases.words(self.ground)

    @property
    def suggestions(self) -> tuple[AdvisedSuggestion, ...]:
        """What is suggested, one for each cause and matter, in the wording that fits these, the industry and the unit."""
        return tuple(self.phrases.suggestions(self.ground))

    @property
    def clauses(self) -> tuple[AdvisedSuggestion, ...]:
        """The suggestions with those that read the same put together: the clauses of a letter, each asked once."""
        return tuple(self.phrases.clauses(self.ground))

    @property
    def text(self) -> str:
        """The suggestion in Chinese; `words` has both languages."""
        return self.words.zh

    def say(self, lang: Lang = "zh") -> str:
        """The suggestion in full, in one language."""
        return self.words.say(lang)

    @property
    def addressee(self) -> Text:
        """Who is advised: the unit of the case, or another one that findings name."""
        return self.ground.addressee

    @property
    def lead(self) -> Text:
        """Who leads, in this kind of unit."""
        return self.phrases.leads[0]

    @property
    def evidence(self) -> tuple[Text, ...]:
        """The papers that show that it was done, each once."""
        return tuple(dict.fromkeys(paper for papers in self.phrases.papers for paper in papers))

    @property
    def reasons(self) -> Text:
        """Why it was chosen, in both languages: the reason on each edge, and what is open."""
        return self.phrases.reasons

    @property
    def why(self) -> str:
        """Why it was chosen, in Chinese; `reasons` has both languages."""
        return self.reasons.zh

    def say_why(self, lang: Lang = "zh") -> str:
        """Why it was chosen, in one language."""
        return self.reasons.say(lang)

    @property
    def basis(self) -> tuple[Cited, ...]:
        """What it may cite for this case: only clauses in force on its day, and about the causes that it covers."""
        return self._repeated.citing.of(self.measure, self.ground.facts, self.ground.day, self.choice.subjects)

    @property
    def beat(self) -> tuple[str, ...]:
        """The measures that also touch the same causes but do not answer them."""
        return tuple(b.measure.id for b in self.choice.beat)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled, it keeps its words instead of the library that they were made with."""
        choice = replace(self.choice, beat=())
        said = _SaidInFull(
            self.words, self.reasons, self.suggestions, self.clauses, self.addressee, self.lead, self.evidence
        )
        kept = (choice, self.certainty, self.findings, said, self.basis, self.beat)
        return KeptRecommendation, kept

    def __copy__(self) -> Recommendation:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Recommendation:
        return self  # nothing of it changes

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, with both languages."""
        data: dict[str, Any] = plain_data(self.tree())
        return data

    def tree(self, langs: tuple[Lang, ...] = LANGS) -> Cast | dict[str, Any]:
        """Its plain data, for `plain_data` and `json_text`: what the case adds, in the mould of what it does not."""
        phrases, ground = self.phrases, self.ground
        cast = self.for_all_alike(phrases, langs)
        values = [value.of(ground) if type(value) is Hole and value.of else value for value in cast.values]
        return cast.mould.cast(*values, words=phrases.own_words(ground))

    def for_all_alike(self, phrases: Phrases, langs: tuple[Lang, ...]) -> Cast:
        """Its tree for all cases that have the same found and say it in the same `phrases`: without words, and with holes
        that find in a case's ground what it found."""
        basis, moulds = self.basis, self._repeated.moulds
        cited = moulds.of(basis, langs, lambda: Mould([cited_tree(each, langs) for each in basis]))
        if not phrases.is_found_in(self.ground):
            bare = moulds.of(phrases, langs, lambda: Mould(self._alike(phrases, langs, findings=[])))
            return Cast(bare, (cited,), None)
        mould = moulds.of(phrases, (langs, HOLE), lambda: Mould(self._alike(phrases, langs, findings=HOLE)))
        return Cast(mould, (*phrases.findings, cited), None)

    def _alike(self, phrases: Phrases, langs: tuple[Lang, ...], findings: Any) -> dict[str, Any]:
        """What it is for all cases alike, with holes and templates for what a case adds: its basis, the words of its own,
        and its findings if it has any."""
        said = phrases.without_evidence if findings is not HOLE else {}
        suggestions = [
            {
                **suggestion_tree(suggestion, langs),
                "findings": findings,
                "text": phrases.alone[number].templates(langs, said),
                "criteria": [criterion.templates(langs) for criterion in phrases.wanted[number]],
            }
            for number, suggestion in enumerate(self.suggestions)
        ]
        whole = phrases.whole.templates(langs, said)
        own = {"findings": findings, "text": whole, "suggestions": suggestions, "basis": HOLE}
        return {**recommendation_tree(self, langs), **own}


class _SaidInFull(NamedTuple):
    """What a recommendation says."""

    words: Text
    reasons: Text
    suggestions: tuple[AdvisedSuggestion, ...]
    clauses: tuple[AdvisedSuggestion, ...]
    addressee: Text
    lead: Text
    evidence: tuple[Text, ...]


class KeptRecommendation(Recommendation):
    """A recommendation out of a pickle: with its words, without the library that they were made with."""

    __slots__ = ("_basis", "_beat", "_findings", "_said")

    def __init__(
        self,
        choice: PlannedMeasure,
        certainty: Certainty,
        findings: tuple[Finding, ...],
        said: _SaidInFull,
        basis: tuple[Cited, ...],
        beat: tuple[str, ...],
    ) -> None:
        self.choice = choice
        self.certainty = certainty
        self._findings = findings
        self._said = said
        self._basis = basis
        self._beat = beat

    def tree(self, langs: tuple[Lang, ...] = LANGS) -> dict[str, Any]:
        """Its plain data."""
        return recommendation_tree(self, langs)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that it answers."""
        return self._findings

    @property
    def words(self) -> Text:
        """The suggestion in full, in both languages."""
        return self._said.words

    @property
    def reasons(self) -> Text:
        """Why it was chosen, in both languages."""
        return self._said.reasons

    @property
    def suggestions(self) -> tuple[AdvisedSuggestion, ...]:
        """What is suggested, one for each cause and matter."""
        return self._said.suggestions

    @property
    def clauses(self) -> tuple[AdvisedSuggestion, ...]:
        """The suggestions with those that read the same put together."""
        return self._said.clauses

    @property
    def addressee(self) -> Text:
        """Who is advised."""
        return self._said.addressee

    @property
    def lead(self) -> Text:
        """Who leads, in this kind of unit."""
        return self._said.lead

    @property
    def evidence(self) -> tuple[Text, ...]:
        """The papers that show that it was done."""
        return self._said.evidence

    @property
    def basis(self) -> tuple[Cited, ...]:
        """What it may cite for this case."""
        return self._basis

    @property
    def beat(self) -> tuple[str, ...]:
        """The measures that also touch the same causes but do not answer them."""
        return self._beat


def recommendation_tree(r: Recommendation, langs: tuple[Lang, ...] = LANGS) -> dict[str, Any]:
    """A recommendation as a tree for `plain_data` and `json_text`."""
    m = r.measure
    return {
        "measure": m.id,
        "title": m.title.to_dict(langs),
        "weak_point": m.weak_point,
        "role": r.role,
        "certainty": r.certainty,
        "certain": r.certain,
        "open": list(r.choice.open),
        "hangs_on": list(r.hangs_on),
        "covers": list(r.covers),
        "findings": [finding.to_dict() for finding in r.findings],
        "text": r.words.to_dict(langs),
        "suggestions": [suggestion_tree(suggestion, langs) for suggestion in r.suggestions],
        "why": r.reasons.to_dict(langs),
        "beat": list(r.beat),
        "layers": list(m.layers),
        "lead": r.lead.to_dict(langs),
        "due_days": m.due_days,
        "due_from": {"id": m.due_from, **START[m.due_from].to_dict(langs)},
        "evidence": [paper.to_dict(langs) for paper in r.evidence],
        "basis": [cited_tree(cited, langs) for cited in r.basis],
    }
