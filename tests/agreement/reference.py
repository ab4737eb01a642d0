"""What stands before the tables, said once more: which facts follow from which, days, and what signals count.

A reference written apart: it imports the models and nothing that derives or decides, and is as slow and
plain as the definition in docs/language.md.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from reformkit.model.condition import Condition
from reformkit.model.rulebook import Rulebook, Signal, Window
from reformkit.model.vocabulary import Field, Vocabulary

Facts = dict[str, Any]
Meets = Callable[[Condition, Facts], bool | None]
"""Whether facts meet a condition; None where that is unknown (conditions have a reference of their own)."""


def completed(vocabulary: Vocabulary, facts: Facts, as_of: date | None) -> Facts:
    """The facts with all that follow from them, whatever the order in which they are declared."""
    found = {name: value_of(vocabulary, name, facts, as_of) for name in vocabulary.fields}
    return {name: value for name, value in found.items() if value is not None} | facts


def value_of(vocabulary: Vocabulary, name: str, facts: Facts, as_of: date | None) -> Any:
    """What is stated of a fact, else what follows, else None."""
    if name in facts:
        return facts[name]
    derived = vocabulary.fields[name].derived
    if derived is None:
        return None
    if derived.same_year is not None:
        day, judged = value_of(vocabulary, derived.same_year, facts, as_of), judged_on(vocabulary, facts, as_of)
        return None if day is None or judged is None else (day.year == judged.year)
    if derived.days_since is not None:
        day, judged = value_of(vocabulary, derived.days_since, facts, as_of), judged_on(vocabulary, facts, as_of)
        return None if day is None or judged is None or day > judged else judged.toordinal() - day.toordinal()
    if derived.group_of is not None:
        tags = value_of(vocabulary, derived.group_of, facts, as_of)
        groups = {item.id: item.group for item in vocabulary.fields[derived.group_of].values.values()}
        return None if tags is None else frozenset(groups[tag] for tag in tags) - {None}
    return None


def with_nothing_derived(rulebook: Rulebook) -> Rulebook:
    """The same rulebook over facts that all have to be stated."""
    fields = {name: _stated(field) for name, field in rulebook.vocabulary.fields.items()}
    return rulebook.model_copy(update={"vocabulary": rulebook.vocabulary.model_copy(update={"fields": fields})})


def _stated(field: Field) -> Field:
    return field.model_copy(update={"derived": None, "source": "stated"})


# --- days ----------------------------------------------------------------------------------------------


def judged_on(vocabulary: Vocabulary, facts: Facts, as_of: date | None) -> date | None:
    """The day of judging: the day asked about, else the one that the case states."""
    return as_of or facts.get(vocabulary.dates.assessed or "")


def own_day(vocabulary: Vocabulary, facts: Facts) -> date | None:
    """The day of the case itself: the first that is known of those that date it."""
    known = [facts[name] for name in vocabulary.dates.case if name in facts]
    return known[0] if known else None


def rules_of(vocabulary: Vocabulary, facts: Facts, as_of: date | None) -> date | None:
    """The day whose rules apply; None for the last state."""
    return judged_on(vocabulary, facts, as_of) or own_day(vocabulary, facts)


def law_of(vocabulary: Vocabulary, facts: Facts, as_of: date | None, letter_on: date | None) -> date | None:
    """The day whose law a demand cites."""
    return letter_on or rules_of(vocabulary, facts, as_of)


# --- counting ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tallied:
    """A signal of a case: its value, and the ids of those counted, left out, and counted though they came later."""

    value: int | None
    counted: tuple[str, ...]
    left_out: tuple[str, ...]
    later: tuple[str, ...]


def counted(
    signal: Signal, vocabulary: Vocabulary, case: Facts, everyone: Mapping[str, Facts], meets: Meets
) -> Tallied:
    """A signal of a case of which all that it asks is known, over everyone (the case itself among them)."""
    verdicts = {id: _belongs(signal, vocabulary, case, other, meets) for id, other in everyone.items()}
    gifts = {id: _gift(signal, everyone[id], meets) for id, verdict in verdicts.items() if verdict}
    giving = {id: gift for id, gift in gifts.items() if gift is not None}
    left_out = [id for id, verdict in verdicts.items() if verdict is None] + [id for id in gifts if id not in giving]
    day = own_day(vocabulary, case)
    later = [
        id
        for id in giving
        if signal.within and day and (its := own_day(vocabulary, everyone[id])) is not None and its > day
    ]
    return Tallied(
        _value(signal, list(giving.values())),
        tuple(sorted(giving)),
        tuple(sorted(left_out)),
        tuple(sorted(later)),
    )


def _belongs(signal: Signal, vocabulary: Vocabulary, case: Facts, other: Facts, meets: Meets) -> bool | None:
    said: list[bool | None] = [other[name] == case[name] if name in other else None for name in signal.same]
    if signal.within is not None:
        mine, its = own_day(vocabulary, case), own_day(vocabulary, other)
        assert mine is not None, "a case without a day has no window"
        said.append(None if its is None else _is_near(signal.within, signal.side == "both", mine, its))
    if signal.sharing is not None:
        tags = other.get(signal.sharing)
        said.append(None if tags is None else not tags.isdisjoint(case[signal.sharing]))
    if signal.where is not None:
        said.append(meets(signal.where, other))
    return False if False in said else None if None in said else True


def _is_near(window: Window, both: bool, mine: date, its: date) -> bool:
    """Whether a day lies in the window of another: not a whole length of time before it, nor after it."""
    if its > mine:
        return both and _is_near(window, both, its, mine)
    if window.unit == "days":
        return (mine - its).days < window.length
    months = window.length * (12 if window.unit == "years" else 1)
    year, month = divmod(mine.year * 12 + mine.month - 1 - months, 12)
    if year < 1:
        return True
    back = min(mine.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, 1) + timedelta(days=back - 1) < its


def _gift(signal: Signal, other: Facts, meets: Meets) -> frozenset[Any] | None:
    """What a case adds to a count: whether it meets the condition of a share, its values, or itself."""
    if signal.share is not None:
        met = meets(signal.share, other)
        return None if met is None else frozenset({met})
    if signal.distinct is None:
        return frozenset({"itself"})
    value = other.get(signal.distinct)
    return value if value is None or isinstance(value, frozenset) else frozenset({value})


def _value(signal: Signal, gifts: list[frozenset[Any]]) -> int | None:
    if signal.share is not None:
        return 100 * sum(True in gift for gift in gifts) // len(gifts) if gifts else None
    return len(frozenset().union(*gifts)) if signal.distinct is not None else len(gifts)
