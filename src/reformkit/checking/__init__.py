"""What holds of every case that a rulebook and its library may be given: a file a check.

Comes in: a rulebook compiled, and its library.
To read: `ground` (a decision between two days, the budget of a proof), then any check by itself; `joint` for
    decisions that build on each other; `showing` and `reasons` for what is said.
Goes out: problems 3xx and 4xx, each with a case that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from reformkit.checking.answered import ambiguous_causes, unanswered_causes
from reformkit.checking.calendar import days_without
from reformkit.checking.conflict import conflicts
from reformkit.checking.dead import dead_rules
from reformkit.checking.disabled import disabled_rules
from reformkit.checking.gap import gaps
from reformkit.checking.ground import MOST_STATES, ProofGround
from reformkit.checking.redundant import redundant_rules
from reformkit.checking.showing import if_it_fails
from reformkit.checking.undated import undated_decisions, undated_signals
from reformkit.checking.unproven import left_unproven
from reformkit.checking.unreached import unreached_outcomes
from reformkit.checking.unused import idle_measures, missing_criteria, uncited_references
from reformkit.checking.waiting import waiting_rules
from reformkit.deciding.chain import Chain
from reformkit.model.library import Library
from reformkit.model.rulebook import Rulebook
from reformkit.problem import Place, Problem

Check = Callable[[ProofGround], Iterator[Problem]]
MOST_A_FILE, UNPROVEN = 200, "RK308"
OF_DECISIONS = (
    gaps,
    conflicts,
    dead_rules,
    redundant_rules,
    unreached_outcomes,
    days_without,
    waiting_rules,
    left_unproven,
    undated_decisions,
    disabled_rules,
)
"""In the order of their codes; what was left unproven is known when the proofs of logic are done."""

OF_LIBRARY = (unanswered_causes, ambiguous_causes, idle_measures, missing_criteria)
"""Of a library over a vocabulary."""

OF_ALL_TOGETHER = (undated_signals, uncited_references)
"""Of signals, and of what decisions, letters and measures use together."""

Pause = Callable[[], None]


def prove(rulebook: Rulebook, chain: Chain, library: Library | None, budget: int | None = None) -> list[Problem]:
    """Every problem of logic (3xx) and of knowledge (4xx), in the order of files and lines.

    `budget` is the number of states that one proof may take (20,000), and all of them together 500 times as many
    (fewer where a rulebook has thousands of rules); what it leaves open is named by a note.
    """
    ground = ProofGround(rulebook, chain, library, MOST_STATES if budget is None else budget)
    return _found(ground, (*OF_DECISIONS, *OF_LIBRARY, *OF_ALL_TOGETHER))


def prove_decision(
    rulebook: Rulebook, chain: Chain, decision: str, budget: int | None = None, pause: Pause | None = None
) -> list[Problem]:
    """What `prove` finds of one decision, with a budget of its own; what `pause` raises after a proof ends it."""
    each = MOST_STATES if budget is None else budget
    return _found(ProofGround(rulebook, chain, None, each, (decision,), pause), OF_DECISIONS)


def prove_library(
    rulebook: Rulebook, chain: Chain, library: Library | None, budget: int | None = None, pause: Pause | None = None
) -> list[Problem]:
    """What `prove` finds of the library, which hangs on the vocabulary and on no decision."""
    each = MOST_STATES if budget is None else budget
    return _found(ProofGround(rulebook, chain, library, each, (), pause), OF_LIBRARY)


def look_over(rulebook: Rulebook, chain: Chain, library: Library | None) -> list[Problem]:
    """What `prove` finds beside: of signals, and of what decisions, letters and measures use together."""
    return _found(ProofGround(rulebook, chain, library, MOST_STATES, ()), OF_ALL_TOGETHER)


def _found(ground: ProofGround, checks: Iterable[Check]) -> list[Problem]:
    tables, chain = ground.rulebook.decisions, ground.chain
    problems = (problem for check in checks for problem in check(ground))
    shown = (if_it_fails(p, tables[p.decision], chain) if p.decision in tables else p for p in problems)
    return sorted(shown, key=lambda problem: problem.place)


def at_most(problems: Iterable[Problem], most: int = MOST_A_FILE) -> list[Problem]:
    """The first problems of each file, errors before others, and a count of the rest; what is unproven is always kept."""
    kept: list[Problem] = []
    counts: Counter[str] = Counter()
    for problem in sorted(problems, key=lambda p: _SEVERITIES.index(p.severity)):
        counts[problem.path] += problem.code != UNPROVEN
        if problem.code == UNPROVEN or counts[problem.path] <= most:
            kept.append(problem)
    rest = [Problem("RK309", Place(path), {"more": n - most}) for path, n in counts.items() if n > most]
    return sorted(kept, key=lambda problem: problem.place) + rest


_SEVERITIES = ("error", "warning", "note")
