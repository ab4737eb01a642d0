"""What a measure says of its causes and matters, worded once for all cases alike; each case fills what is its own."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from reformkit.advising.ground import Certainty, Ground
from reformkit.advising.plan import MOST_REMEMBERED, PlannedMeasure
from reformkit.advising.suggestion import AdvisedSuggestion, SuggestionDue
from reformkit.model.library import Variant
from reformkit.model.vocabulary import Facts
from reformkit.text import COMMA, Once, Text, Worded
from reformkit.wording.cut import CutText, has_blank_at_an_edge, hole
from reformkit.wording.suggestion import Blanks, criteria_of, say_about, say_suggestion

_TO_VERIFY = Text("（待核实）{suggestion}", "(to be verified) {suggestion}")

_REASON = Text("“{cause}”：{why}", "“{cause}”: {why}")
_BETWEEN_REASONS = Text("", " ")
_OPEN = Text(
    "是否为“{causes}”的主措施，取决于尚不清楚的：{facts}。",
    "Whether it is the main measure for {causes} hangs on what is not known: {facts}.",
)
_BETWEEN_CAUSES = Text("”“", ", ")

_TO = " to"  # no fact has such a name
_ABOUT = " about {number}"

WORDED_BY = ("industry", "unit_kind")
"""The facts of a case on which the wording of a measure hangs."""


class _WordedSubject(NamedTuple):
    """A cause and a matter, and the wording for them (None: the measure's own)."""

    cause: str
    matter: str | None
    variant: Variant | None


class Phrases:
    """What a measure says at one layer to one kind of unit.

    `blanks` and `to` are holes, or what fills them for one case.
    """

    def __init__(self, choice: PlannedMeasure, certainty: Certainty, ground: Ground, to: Text, blanks: Blanks) -> None:
        measure, known = choice.measure, _worded_by(ground.facts)
        self.choice = choice
        self.certainty = certainty
        self.subjects = [
            _WordedSubject(cause, matter, measure.wording({**known, "cause": cause, "matter": matter}))
            for cause, matter in choice.subjects
        ]
        self.groups = _alike(self.subjects)
        self.leads = [measure.lead_for(subject.variant, ground.facts) for subject in self.subjects]
        self.papers = [measure.evidence_for(subject.variant, ground.facts) for subject in self.subjects]
        self.reasons = Once(_reasons(choice, ground))
        self.due = SuggestionDue(measure.due_days, measure.due_from)
        self.wanted = [
            [CutText(criterion) for criterion in criteria_of(measure, subject.variant, blanks)]
            for subject in self.subjects
        ]
        self.whole = self._said([group[0] for group in self.groups], ground.layer, to, blanks, with_criteria=True)
        alone = range(len(self.subjects))
        self.alone = [self._said([n], None if n else ground.layer, to, blanks) for n in alone]  # the practice once
        self.together = [
            self._said([group[0]], None if n else ground.layer, to, blanks) for n, group in enumerate(self.groups)
        ]
        self._bare = {
            tuple(group): Once(say_about(dict(self._covers(group, None)), ground.library, found=certainty == "found"))
            for group in (*self.groups, *[[n] for n in alone])
        }

    def _said(
        self, firsts: Sequence[int], layer: str | None, to: Text, blanks: Blanks, *, with_criteria: bool = False
    ) -> CutText:
        clauses = [(hole(_ABOUT.format(number=n)), self.subjects[first].variant) for n, first in enumerate(firsts)]
        said = say_suggestion(self.choice.measure, to, blanks, clauses, layer, with_criteria=with_criteria)
        return CutText(said if self.certainty == "found" else _TO_VERIFY.fill(suggestion=said))

    def _covers(self, group: Sequence[int], ground: Ground | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The causes of some subjects, each with the evidence for it."""
        covers: dict[str, list[str]] = {}
        for n in group:
            cause, matter, _ = self.subjects[n]
            findings = () if ground is None else ground.found(cause, matter)
            covers.setdefault(cause, []).extend(f.evidence for f in findings if f.evidence)
        return tuple([(cause, tuple(evidence)) for cause, evidence in covers.items()])

    def _about(self, group: Sequence[int], ground: Ground) -> Text:
        if ground.findings:
            covers = self._covers(group, ground)
            if any(evidence for _, evidence in covers):
                return ground.about(covers, self.certainty)
        return self._bare[tuple(group)]

    def _filled(self, said: CutText, groups: Sequence[Sequence[int]], ground: Ground) -> Text:
        own = {_ABOUT.format(number=n): self._about(group, ground) for n, group in enumerate(groups)}
        own[_TO] = ground.addressee
        return said.fill(lambda name: own[name] if name in own else ground.blank(name))

    # --- for one case ------------------------------------------------------------------------------------

    def words(self, ground: Ground) -> Text:
        """All that the measure suggests, with its criteria, in one piece."""
        return self._filled(self.whole, self.groups, ground)

    def words_of(self, number: int, ground: Ground) -> Text:
        """The suggestion for one subject, without its criteria."""
        return self._filled(self.alone[number], [[number]], ground)

    def suggestions(self, ground: Ground) -> Iterator[AdvisedSuggestion]:
        """What is suggested, one for each cause and matter."""
        for number in range(len(self.subjects)):
            yield self._suggestion([number], self.words_of(number, ground), ground)

    def clauses(self, ground: Ground) -> Iterator[AdvisedSuggestion]:
        """The suggestions with those that have one wording put together."""
        for group, said in zip(self.groups, self.together, strict=True):
            yield self._suggestion(group, self._filled(said, [group], ground), ground)

    def _suggestion(self, group: Sequence[int], words: Text, ground: Ground) -> AdvisedSuggestion:
        first = group[0]
        found = (ground.found(self.subjects[n].cause, self.subjects[n].matter) for n in group)
        return AdvisedSuggestion(
            self.subjects[first].cause,
            self.subjects[first].matter,
            tuple(chain.from_iterable(found)),
            words,
            tuple([criterion.fill(ground.blank) for criterion in self.wanted[first]]),
            self.due,
            self.leads[first],
            self.papers[first],
        )


class Phrasing:
    """The phrases of a library's measures, made when they are first wanted and kept."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Phrases] = {}

    def of(self, choice: PlannedMeasure, certainty: Certainty, ground: Ground) -> Phrases:
        """What a planned measure says to the unit of a case."""
        # INVARIANT: phrases hold their choice, so that none other has its number while they are kept.
        key = (id(choice), certainty, ground.layer, *_worded_by(ground.facts).values())
        found = self._kept.get(key)
        if found is None:
            found = Phrases(choice, certainty, ground, hole(_TO), hole)
            if any(map(has_blank_at_an_edge, _texts(found))):
                return Phrases(choice, certainty, ground, ground.addressee, ground.blank)
            if len(self._kept) >= MOST_REMEMBERED:
                self._kept.clear()
            self._kept[key] = found
        return found


def _texts(phrases: Phrases) -> Iterator[Text]:
    """The texts of the library that phrases are made of."""
    measure = phrases.choice.measure
    yield from (measure.text, *measure.accept, *measure.practices.values())
    for subject in phrases.subjects:
        if subject.variant is not None:
            yield from (subject.variant.text, *subject.variant.accept)


def _reasons(choice: PlannedMeasure, ground: Ground) -> Text:
    """Why a measure was chosen: the reason on each edge, and what is open."""
    causes = ground.library.causes
    pairs = zip(choice.covers, choice.edges, strict=True)
    reasons = [_reason(causes[cause].label, edge.why) for cause, edge in pairs]
    if choice.open:
        reasons.append(
            _OPEN.fill(
                causes=_BETWEEN_CAUSES.join(causes[cause].label for cause in choice.open),
                facts=COMMA.join(ground.fields[name].label for name in choice.hangs_on),
            )
        )
    return _BETWEEN_REASONS.join(reasons)


def _reason(label: Text, why: Text) -> Text:
    """Why a measure answers a cause; the cause is named unless the reason begins with it."""
    named = _REASON.fill(cause=label, why=why)
    return Worded(lambda lang: (why if why.say(lang).startswith(label.say(lang)) else named).say(lang))


def _worded_by(facts: Facts) -> Facts:
    return {name: facts.get(name) for name in WORDED_BY}


def _alike(subjects: Sequence[_WordedSubject]) -> list[list[int]]:
    """The numbers of subjects that have one wording, together."""
    groups: dict[int, list[int]] = {}
    for number, subject in enumerate(subjects):
        groups.setdefault(id(subject.variant), []).append(number)
    return list(groups.values())
