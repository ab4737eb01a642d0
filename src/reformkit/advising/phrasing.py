"""What a measure says of its causes and matters, worded once for all cases alike; each case fills what is its own."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence, Set
from functools import cached_property, lru_cache
from itertools import chain, count
from typing import NamedTuple

from reformkit.advising.ground import TO, Certainty, Ground
from reformkit.advising.plan import MOST_REMEMBERED, PlannedMeasure, Subject
from reformkit.advising.suggestion import AdvisedSuggestion, SuggestionDue
from reformkit.model.holes import Hole, OwnWords
from reformkit.model.library import Variant
from reformkit.model.vocabulary import Facts
from reformkit.text import COMMA, LANGS, Once, Text, Worded
from reformkit.wording.cut import CutText, blanks_at_edges, hole, name_in
from reformkit.wording.suggestion import Blanks, criteria_of, say_about, say_suggestion

_TO_VERIFY = Text("（待核实）{suggestion}", "(to be verified) {suggestion}")

_REASON = Text("“{cause}”：{why}", "“{cause}”: {why}")
_BETWEEN_REASONS = Text("", " ")
_OPEN = Text(
    "是否为“{causes}”的主措施，取决于尚不清楚的：{facts}。",
    "Whether it is the main measure for {causes} hangs on what is not known: {facts}.",
)
_BETWEEN_CAUSES = Text("”“", ", ")

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
        self.whole = self._said(self.groups, ground.layer, to, blanks, with_criteria=True)
        alone = range(len(self.subjects))
        self.alone = [self._said([[n]], None if n else ground.layer, to, blanks) for n in alone]  # the practice once
        self.together = [
            self._said([group], None if n else ground.layer, to, blanks) for n, group in enumerate(self.groups)
        ]
        self.at_edges = frozenset(name for text in self._texts() for name in blanks_at_edges(text) if name != "days")
        """The blanks with which some text begins or ends; what fills them is to stay as it is there."""
        self.answers = frozenset((cause, matter) for cause, matter, _ in self.subjects)
        """The causes and matters that it answers."""
        groups = {self._about_name(group): group for group in (*self.groups, *[[n] for n in alone])}
        self._clauses = [([(lang, name_in(lang, name)) for lang in LANGS], group) for name, group in groups.items()]
        """The subjects of each clause, with what the hole for what it is about is called in each language."""
        self._library = ground.library

    def _texts(self) -> Iterator[Text]:
        """The texts of the library that these are made of."""
        measure = self.choice.measure
        yield from (measure.text, *measure.accept, *measure.practices.values())
        for subject in self.subjects:
            if subject.variant is not None:
                yield from (subject.variant.text, *subject.variant.accept)

    def _said(
        self, groups: Sequence[list[int]], layer: str | None, to: Text, blanks: Blanks, *, with_criteria: bool = False
    ) -> CutText:
        clauses = [(hole(self._about_name(group)), self.subjects[group[0]].variant) for group in groups]
        said = say_suggestion(self.choice.measure, to, blanks, clauses, layer, with_criteria=with_criteria)
        return CutText(said if self.certainty == "found" else _TO_VERIFY.fill(suggestion=said))

    def _about_name(self, group: Sequence[int]) -> str:
        return _about_name(self.certainty, tuple([self.subjects[n][:2] for n in group]))

    @cached_property
    def findings(self) -> tuple[Hole, ...]:
        """Holes for the findings of a case that it answers, together and then subject by subject."""
        return (
            _findings_hole(self.answers),
            *[_findings_hole({(cause, matter)}) for cause, matter, _ in self.subjects],
        )

    def is_found_in(self, ground: Ground) -> bool:
        """Whether a case has findings that it answers."""
        return not ground.by_subject.keys().isdisjoint(self.answers)

    @cached_property
    def without_evidence(self) -> dict[str, str]:
        """What the clauses are about where there is no evidence, by the names of their holes in each language."""
        said: dict[str, str] = {}
        self._say_about(said, None)
        return said

    def _say_about(self, said: dict[str, str], ground: Ground | None) -> None:
        """Add what the clauses are about to what is said, in the words of the evidence that a case has for their causes."""
        for names, group in self._clauses:
            if names[0][1] in said:
                continue
            covers: dict[str, list[str]] = {}
            for n in group:
                cause, matter, _ = self.subjects[n]
                findings = () if ground is None else ground.found(cause, matter)
                covers.setdefault(cause, []).extend([f.evidence for f in findings if f.evidence])
            about = say_about(covers, self._library, found=self.certainty == "found")
            for lang, name in names:
                said[name] = about.say(lang)

    def own_words(self, ground: Ground) -> OwnWords:
        """What a case fills in, with what the clauses are about in the words of its evidence."""
        words = ground.words
        if not self.is_found_in(ground):
            words.update(self.without_evidence)
        else:
            self._say_about(words, ground)
        return words

    def _filled(self, cut: CutText, ground: Ground) -> Text:
        return Worded(lambda lang: cut.say(lang, self.own_words(ground)))

    # --- for one case ------------------------------------------------------------------------------------

    def words(self, ground: Ground) -> Text:
        """All that the measure suggests, with its criteria, in one piece."""
        return self._filled(self.whole, ground)

    def suggestions(self, ground: Ground) -> Iterator[AdvisedSuggestion]:
        """What is suggested, one for each cause and matter."""
        for number in range(len(self.subjects)):
            yield self._suggestion([number], self._filled(self.alone[number], ground), ground)

    def clauses(self, ground: Ground) -> Iterator[AdvisedSuggestion]:
        """The suggestions with those that have one wording put together."""
        for group, said in zip(self.groups, self.together, strict=True):
            yield self._suggestion(group, self._filled(said, ground), ground)

    def _suggestion(self, group: Sequence[int], words: Text, ground: Ground) -> AdvisedSuggestion:
        first = group[0]
        found = (ground.found(self.subjects[n].cause, self.subjects[n].matter) for n in group)
        return AdvisedSuggestion(
            self.subjects[first].cause,
            self.subjects[first].matter,
            tuple(chain.from_iterable(found)),
            words,
            tuple([self._filled(criterion, ground) for criterion in self.wanted[first]]),
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
        facts = ground.facts
        key = (id(choice), certainty, ground.layer, *[facts.get(name) for name in WORDED_BY])
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST_REMEMBERED:
                self._kept.clear()
            found = self._kept[key] = Phrases(choice, certainty, ground, hole(TO), hole)
        if found.at_edges and not ground.stay_as_they_are(found.at_edges):
            return Phrases(choice, certainty, ground, ground.addressee, ground.blank)
        return found


@lru_cache(maxsize=10_000)
def _about_name(certainty: Certainty, subjects: tuple[Subject, ...]) -> str:
    """The name of the hole for what a clause is about: one for all measures that answer the same."""
    return f" about {next(_NUMBERS)}"


_NUMBERS = count()


def _findings_hole(answers: Set[Subject]) -> Hole:
    """A hole for what a case found of some causes and matters."""
    return Hole(lambda ground: [f.to_dict() for f in ground.findings if (f.cause, f.matter) in answers])


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
