"""What is advised for one case: recommendations for what was found and for what is suspected, and why not the rest."""

from __future__ import annotations

from collections.abc import Sequence

from reformkit.advising.ground import Certainty, Ground
from reformkit.advising.ordering import RecommendationOrder
from reformkit.advising.plan import Plan, PlannedMeasure, Planner
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
        self._found = _NOTHING
        if found:
            subjects = tuple([(f.cause, f.matter) for f in ground.findings])
            self._found = planner.plan(found, subjects, ground.facts, ground.layer)
        self._suspected = _NOTHING
        if suspected:
            self._suspected = planner.plan(suspected, (), ground.facts, ground.layer)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The main measures of the causes found, each once, the one that answers most first or as the caller orders."""
        return self._made(self._found.mains, "found")

    @property
    def also(self) -> tuple[Recommendation, ...]:
        """Measures that touch the causes found without being the answer to one."""
        return self._made(self._found.also, "found")

    @property
    def suspected(self) -> tuple[Recommendation, ...]:
        """The main measures of causes that are only suspected: to be verified first."""
        return self._made(self._suspected.mains, "suspected")

    @property
    def hangs_on(self) -> list[str]:
        """The unknown facts on which the main measures of the causes found hang."""
        return [fact for choice in self._found.mains for fact in choice.hangs_on]

    @property
    def measures(self) -> list[str]:
        """The main measures of the causes found, by id, in the order of the recommendations."""
        if self._order is None:
            return [choice.measure.id for choice in self._found.mains]
        return [recommendation.measure.id for recommendation in self.recommendations]

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Causes found for which the library has no main measure."""
        return self._found.uncovered

    def why_not(self, measure: Measure) -> Text:
        """Why a measure is not recommended (or that it is)."""
        causes = self._planner.library.causes
        if any(c.measure.id == measure.id for c in self._found.mains):
            return _RECOMMENDED
        for choice in self._found.mains:
            for beaten in choice.beat:
                if beaten.measure.id == measure.id:
                    answer = choice.measure
                    cause, does = causes[beaten.edge.cause].label, beaten.edge.why
                    return _BEATEN.fill(cause=cause, id=answer.id, title=answer.title, does=does)
        if any(c.measure.id == measure.id for c in self._suspected.mains):
            return _SUSPECTED
        answers = dict.fromkeys(edge.cause for edge in measure.addresses)
        return _NOT_FOUND.fill(causes=COMMA.join(causes[cause].label for cause in answers))

    def _made(self, choices: Sequence[PlannedMeasure], certainty: Certainty) -> tuple[Recommendation, ...]:
        if self._order is None or not choices:
            return tuple([Recommendation(choice, certainty, self._ground, self._repeated) for choice in choices])
        which = choices[0].role, certainty
        if which not in self._in_order:
            made = [Recommendation(choice, certainty, self._ground, self._repeated) for choice in choices]
            self._in_order[which] = self._order.ordered(made)
        return self._in_order[which]


_NOTHING = Plan()
