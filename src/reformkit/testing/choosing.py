"""Few cases that cover much: a greedy set cover, with a bound below which no set can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from reformkit.assessing.assessor import Assessor
from reformkit.editing.fixture_text import FixtureDraft
from reformkit.testing.coverage import Covering, Target
from reformkit.testing.mutation import Unnoticed
from reformkit.testing.proposing import Proposing
from reformkit.testing.saying import say_item, say_mutant
from reformkit.text import SEMICOLON, Lang, Text

MOST_TRIED, MOST_KEPT = 60, 6
"""Cases that are tried for each item, and those that are kept to choose from for each boundary."""
FEW_RULES = 40
"""With more rules than this, one case is kept for each item, and none for what another's case covers."""


@dataclass(slots=True)
class Chosen:
    """Fixtures with what each adds; `impossible` no case covers (or none was found within the budget).

    `at_least`: no set that covers the same can have fewer fixtures.
    """

    drafts: list[tuple[FixtureDraft, list[Target]]] = field(default_factory=list)
    impossible: list[Target] = field(default_factory=list)
    at_least: int = 0


def choose(book: Assessor, wanted: Sequence[Target], lang: Lang = "zh") -> Chosen:
    """Fixtures that cover items together: greedily, each time the one that adds most.

    A greedy cover is at most 1 + ln(n) times as large as the smallest one, n being what one case can cover;
    `at_least` says how near it is. Each case states only what its result needs.
    """
    chosen = Chosen()
    for decision in dict.fromkeys(item.decision for item in wanted):
        own = [item for item in wanted if item.decision == decision]
        part = _of_decision(book, decision, own, lang) if decision is not None else _of_library(book, own, lang)
        chosen.drafts += part.drafts
        chosen.impossible += part.impossible
        chosen.at_least += part.at_least
    return chosen


def _of_decision(book: Assessor, decision: str, wanted: list[Target], lang: Lang) -> Chosen:
    proposing, covering = Proposing(book), Covering(book)
    few = len(book.rulebook.decisions[decision].rules) <= FEW_RULES
    candidates: dict[str, tuple[FixtureDraft, set[Target]]] = {}
    coverable: set[Target] = set()
    for item in wanted:
        if item in coverable and not few:
            continue
        most = MOST_KEPT if item.kind == "boundary" and few else 1
        for draft in islice(proposing.all_for(item, lang), MOST_TRIED):
            key = repr((draft.facts, draft.as_of))
            if key not in candidates:
                taken = book.chain.taken(draft.facts, draft.as_of)[decision]
                day = draft.as_of or book.chain.day_of(draft.facts)
                candidates[key] = (draft, set(covering.of_decision(decision, taken, day)))
            coverable |= candidates[key][1]
            most -= item in candidates[key][1]
            if not most:
                break
    left = {item for item in wanted if item in coverable}
    chosen = Chosen(impossible=[item for item in wanted if item not in coverable])
    chosen.at_least = _at_least(book, decision, left)
    while left:
        # the one that adds most; of equals, one that is decided, with the fewest facts, then the first
        draft, covers = max(
            candidates.values(),
            key=lambda pair: (
                len(pair[1] & left),
                pair[0].expected[decision].status == "decided",
                -len(pair[0].facts),
            ),
        )
        adds = [item for item in wanted if item in covers & left]
        chosen.drafts.append((replace(draft, name=_name(book, adds, lang)), adds))
        left -= covers
    order = {item: i for i, item in enumerate(wanted)}
    chosen.drafts.sort(key=lambda pair: order[pair[1][0]])
    return chosen


def _of_library(book: Assessor, wanted: list[Target], lang: Lang) -> Chosen:
    """Causes and measures: the measures of a case are those of its causes, so that these come first."""
    proposing, chosen = Proposing(book), Chosen()
    covered: set[Target] = set()
    for item in wanted:
        if item in covered:
            continue
        draft = proposing.for_item(item, lang)
        if draft is None:
            chosen.impossible.append(item)
            continue
        adds = {item, *(Target("cause", finding.cause) for finding in draft.findings)}
        adds |= {Target("measure", measure) for measure in draft.measures}
        chosen.drafts.append((draft, [other for other in wanted if other in adds - covered]))
        covered |= adds
    chosen.at_least = max(
        sum(item.kind == kind and item in covered for item in wanted) for kind in ("cause", "measure")
    )
    return chosen


def _at_least(book: Assessor, decision: str, coverable: set[Target]) -> int:
    """As many as one case can cover only one of: rules that give the result, values of one fact."""
    table = book.rulebook.decisions[decision]
    rules = sum(item.kind == "rule" for item in coverable) if table.hit in ("first", "unique", "priority") else 0
    if rules and table.otherwise is not None:
        others = {rule.then for rule in table.rules}
        rules += table.otherwise.then not in others and Target("outcome", table.otherwise.then, decision) in coverable
    values: dict[str, int] = {}
    for item in coverable:
        if item.kind == "boundary" and item.tag is None and item.known is not True:
            values[item.name] = values.get(item.name, 0) + 1
    return max([rules, *values.values(), int(bool(coverable))])


def _name(book: Assessor, adds: list[Target], lang: Lang) -> str:
    """What a chosen case shows: the rule that decides; else the values at which it stands, or its outcomes."""

    def named(kind: str) -> list[Text]:
        return [say_item(book, item) for item in adds if item.kind == kind]

    rules = named("rule")
    words = rules if len(rules) == 1 else named("boundary")[:3] or named("outcome") or rules[:1]
    return SEMICOLON.join(words).say(lang)


def choose_for_mutants(
    book: Assessor, unnoticed: Iterable[Unnoticed], most: int | None = None, lang: Lang = "zh"
) -> list[tuple[FixtureDraft, list[Unnoticed]]]:
    """Fixtures that notice mutants, one after another, each with all of those that it notices; at most `most`."""
    proposing = Proposing(book)
    left = list(unnoticed)
    chosen: list[tuple[FixtureDraft, list[Unnoticed]]] = []
    while left and (most is None or len(chosen) < most):
        first = left[0]
        draft = proposing.for_mutant(first, say_mutant(book, first.mutant).say(lang))
        noticed = proposing.told_apart(first.decision, draft, left)
        chosen.append((draft, [one for one in left if one is first or one in noticed]))
        left = [one for one in left if one is not first and one not in noticed]
    return chosen
