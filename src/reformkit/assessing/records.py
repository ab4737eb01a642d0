"""An assessment as plain data. Of cases that are asked alike the record is made once; each fills in what is its own.

What a record says hangs on a case's own words, days and evidence, which stand in holes, and on how every decision stands,
what was found and what the library asks of the case, which is the key under which the rest is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from reformkit.advising.phrasing import Phrases
from reformkit.advising.recommend import Recommendation
from reformkit.assessing.causes import AssessedCause
from reformkit.assessing.questions import GATES
from reformkit.assessing.receipts import Own, receipt_tree
from reformkit.assessing.weighed import Weighed
from reformkit.deciding.afterwards import Afterwards
from reformkit.model.decision import Need, decision_tree
from reformkit.model.holes import Hole
from reformkit.model.mould import Cast, Mould
from reformkit.text import LANGS, Lang

MOST_REMEMBERED = 2_000
"""Records of which the parts that are the same are kept; past it the memory starts afresh."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What the records of cases that are asked alike have in common.

    `found`: the phrases that speak of what a case found; `at_edges`: the blanks with which some text of them begins or ends.
    """

    mould: Mould
    found: tuple[Phrases, ...]
    at_edges: frozenset[str]

    def cast(self, a: Weighed) -> Cast:
        """The record of one of the cases."""
        values = tuple([hole.of(a) for hole in self.mould.holes if hole.of])
        ground = a.ground
        if ground is None:
            return Cast(self.mould, values, None, plain=True)
        for phrases in self.found:
            phrases.own_words(ground)
        return Cast(self.mould, values, ground.words, plain=True)


def record(a: Weighed, langs: tuple[Lang, ...], asked: Callable[[], Sequence[Need]]) -> Cast | dict[str, Any]:
    """An assessment as a tree for `plain_data` and `json_text`; `asked` gives the questions that it leaves open.

    What is the same for cases asked alike is kept from the second of them on.
    """
    key, kept = _key(a, langs), a.book.shared.records
    if key is None:
        return record_tree(a, asked(), receipt_tree(a), langs)
    alike: Alike | None = kept.get(key)
    if alike is None and key in kept:
        alike = kept[key] = _alike(a, asked(), langs)
    elif alike is None:
        if len(kept) >= MOST_REMEMBERED:
            kept.clear()
        kept[key] = None
    if alike is None or not (a.ground is None or a.ground.stay_as_they_are(alike.at_edges)):
        return record_tree(a, asked(), receipt_tree(a), langs)
    return alike.cast(a)


def record_tree(
    a: Weighed, needs: Sequence[Need], receipt: dict[str, Any], langs: tuple[Lang, ...] = LANGS
) -> dict[str, Any]:
    """An assessment as a tree for `plain_data` and `json_text`, with the questions that it leaves open and its receipt."""
    return _tree(a, needs, receipt, lambda of: of(a), lambda each: each.tree(langs), langs)


def _alike(a: Weighed, needs: Sequence[Need], langs: tuple[Lang, ...]) -> Alike | None:
    """What all cases asked like one have in common; None where the words of this one would change at the joints."""
    phrases = [each.phrases for each in (*a.recommendations, *a.also, *a.suspected)]
    at_edges = frozenset[str]().union(*[each.at_edges for each in phrases])
    ground = a.ground
    if ground is not None and not ground.stay_as_they_are(at_edges):
        return None
    tree = _tree(a, needs, receipt_tree(a, Hole), Hole, lambda each: _for_all_alike(each, langs), langs)
    found = () if ground is None else tuple([each for each in phrases if each.is_found_in(ground)])
    return Alike(Mould(tree), found, at_edges)


def _for_all_alike(recommendation: Recommendation, langs: tuple[Lang, ...]) -> Cast:
    cast = recommendation.for_all_alike(recommendation.phrases, langs)
    return Cast(cast.mould, tuple([_of_ground(v.of) if type(v) is Hole and v.of else v for v in cast.values]), None)


def _of_ground(of: Callable[[Any], Any]) -> Hole:
    return Hole(lambda a: of(a.ground))


def _tree(
    a: Weighed,
    needs: Sequence[Need],
    receipt: dict[str, Any],
    own: Own,
    recommended: Callable[[Recommendation], Any],
    langs: tuple[Lang, ...],
) -> dict[str, Any]:
    return {
        "id": own(lambda a: a.case.id),
        "decisions": {name: decision_tree(decision, langs) for name, decision in a.decisions.items()},
        "weak_points": list(dict.fromkeys([c.weak_point for c in a.causes])),
        "causes": [_cause(a, cause, own) for cause in a.causes],
        "recommendations": [recommended(r) for r in a.recommendations],
        "also": [recommended(r) for r in a.also],
        "suspected": [recommended(r) for r in a.suspected],
        "uncovered": list(a.uncovered),
        "stated": a.stated,
        "problems": own(lambda a: [problem.to_dict(langs) for problem in a.problems]),
        "needs": [_need(a, need, langs) for need in needs],
        "receipt": receipt,
    }


def _need(a: Weighed, need: Need, langs: tuple[Lang, ...]) -> Mould:
    return a.book.shared.moulds.of(need, langs, lambda: Mould(need.to_dict(langs)))


def _cause(a: Weighed, cause: AssessedCause, own: Own) -> Mould | dict[str, Any]:
    """A cause; one that is suspected is the same object for all cases alike, so its data are made once."""
    if cause.certainty == "suspected":
        return a.book.shared.moulds.of(cause, None, lambda: Mould(_plain_cause(cause, [])))
    return _plain_cause(cause, own(lambda a: [f.to_dict() for f in a.case.findings or () if f.cause == cause.cause]))


def _plain_cause(cause: AssessedCause, findings: Any) -> dict[str, Any]:
    return {
        "cause": cause.cause,
        "weak_point": cause.weak_point,
        "certainty": cause.certainty,
        "findings": findings,
        "rules": list(cause.rules),
    }


def _key(a: Weighed, langs: tuple[Lang, ...]) -> Hashable | None:
    """Equal for cases whose records differ only in what stands in holes; None where no such key is known.

    Without one are a case with findings about another unit, an order of the caller's own, decisions taken one by one.
    """
    book, facts, ground = a.book, a.facts, a.ground
    decider = next((decision.decider for decision in a.decisions.values()), None)
    if not isinstance(decider, Afterwards) or any(d.decider is not decider for d in a.decisions.values()):
        return None
    if book.recommendation_order is not None:
        return None
    advised: Hashable = None
    if ground is not None:
        planner, repeated = book.planner, book.shared.repeated
        if planner is None or repeated is None or ground.is_about_others:
            return None
        asked = [facts.get(name) for name in (*planner.asked, *repeated.asked)]
        advised = (ground.layer, repeated.citing.span(ground.day), tuple(ground.by_subject), *asked)
    return (
        langs,
        decider.stand,
        a.as_of is None,  # whether there is a day of judging
        tuple(facts),  # what is known
        tuple([a.case.facts.get(gate) for gate in GATES]),
        a.settled("source"),
        a.found,
        tuple(a.stated.items()),
        a.has_history,
        tuple([(name, count.missing) for name, count in a.counts.items()]),
        advised,
    )
