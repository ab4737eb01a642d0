"""What is advised for one case: recommendations for what was found and for what is suspected, and why not the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformkit.advising.ground import Certainty, Ground
from reformkit.advising.ordering import RecommendationOrder
from reformkit.advising.plan import Plan, PlannedMeasure, Planner, Subject
from reformkit.advising.recommend import Recommendation
from reformkit.advising.repeated import Repeated
from reformkit.model.library import Measure
from reformkit.text import COMMA, Text

_RECOMMENDED = Text("本措施已在建议之中。", "It is recommended.")
_BEATEN = Text(
    "它触及“{cause}”，但答这一症结的是 {id}“{title}”；它的作用是：{does}",
    "It touches “{cause}”, but what answers that cause is {id} “{title}”. What it does: {does}",
)
_SUSPECTED = Text(
    "它所答的症结只是疑似，尚待核实。", "The causes that it answers are only suspected and to be verified."
)
_NOT_FOUND = Text(
    "它所答的症结（{causes}）都不在已查明的症结之中。",
    "None of the causes that it answers ({causes}) has been found.",
)


class Advice:
    """Everything that a library advises for one case: for causes found, and apart for those suspected."""

    def __init__(
        self,
        planner: Planner,
        repeated: Repeated,
        ground: Ground,
        found: frozenset[str],
        suspected: frozenset[str],
        order: RecommendationOrder | None = None,
    ) -> None:
        self._planner = planner
        self._order = order
        self._in_order: dict[tuple[str, Certainty], tuple[Recommendation, ...]] = {}  # a key is asked once
        self._repeated = repeated
        self._ground = ground
        self._found = tuple(_plans(planner, ground, found)) if found else ()
        self._suspected = _NOTHING
        if suspected:
            self._suspected = planner.plan(suspected, (), ground.facts, ground.layer)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The main measures of the causes found, each once for each unit, the one that answers most first or as the caller
        orders; those for the unit of the case before those for others that findings are about."""
        return self._made([(ground, plan.mains) for ground, plan in self._found], "found")

    @property
    def also(self) -> tuple[Recommendation, ...]:
        """Measures that touch the causes found without being the answer to one."""
        return self._made([(ground, plan.also) for ground, plan in self._found], "found")

    @property
    def suspected(self) -> tuple[Recommendation, ...]:
        """The main measures of causes that are only suspected: to be verified first."""
        return self._made([(self._ground, self._suspected.mains)], "suspected")

    @property
    def _mains(self) -> list[PlannedMeasure]:
        return [choice for _, plan in self._found for choice in plan.mains]

    @property
    def hangs_on(self) -> list[str]:
        """The unknown facts on which the main measures of the causes found hang."""
        return [fact for choice in self._mains for fact in choice.hangs_on]

    @property
    def measures(self) -> list[str]:
        """The main measures of the causes found, by id, each once, in the order of the recommendations."""
        if self._order is None:
            return list(dict.fromkeys(choice.measure.id for choice in self._mains))
        return list(dict.fromkeys(recommendation.measure.id for recommendation in self.recommendations))

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Causes found for which the library has no main measure."""
        return tuple(dict.fromkeys(cause for _, plan in self._found for cause in plan.uncovered))

    def why_not(self, measure: Measure) -> Text:
        """Why a measure is not recommended (or that it is)."""
        causes = self._planner.library.causes
        if any(c.measure.id == measure.id for c in self._mains):
            return _RECOMMENDED
        for choice in self._mains:
            for beaten in choice.beat:
                if beaten.measure.id == measure.id:
                    answer = choice.measure
                    cause, does = causes[beaten.edge.cause].label, beaten.edge.why
                    return _BEATEN.fill(cause=cause, id=answer.id, title=answer.title, does=does)
        if any(c.measure.id == measure.id for c in self._suspected.mains):
            return _SUSPECTED
        answers = dict.fromkeys(edge.cause for edge in measure.addresses)
        return _NOT_FOUND.fill(causes=COMMA.join(causes[cause].label for cause in answers))

    def _made(
        self, chosen: Sequence[tuple[Ground, Sequence[PlannedMeasure]]], certainty: Certainty
    ) -> tuple[Recommendation, ...]:
        each = [(ground, choice) for ground, choices in chosen for choice in choices]
        if self._order is None or not each:
            return tuple([Recommendation(choice, certainty, ground, self._repeated) for ground, choice in each])
        which = each[0][1].role, certainty
        if which not in self._in_order:
            made = [Recommendation(choice, certainty, ground, self._repeated) for ground, choice in each]
            self._in_order[which] = self._order.ordered(made)
        return self._in_order[which]


def _plans(planner: Planner, ground: Ground, found: frozenset[str]) -> Iterator[tuple[Ground, Plan]]:
    """What the unit of the case is to do, then each other unit that findings are about."""
    own, *others = ground.by_unit
    theirs = {finding.cause for other in others for finding in other.findings}
    yield own, planner.plan(found - (theirs - _causes(own)), _subjects(own), own.facts, own.layer)
    for other in others:
        yield other, planner.plan(_causes(other), _subjects(other), other.facts, other.layer)


def _causes(ground: Ground) -> frozenset[str]:
    return frozenset(finding.cause for finding in ground.findings)


def _subjects(ground: Ground) -> tuple[Subject, ...]:
    return tuple([(finding.cause, finding.matter) for finding in ground.findings])


_NOTHING = Plan()
