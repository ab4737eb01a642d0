"""What an edit changes: for which cases each decision comes out otherwise, and what else is not as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from reformkit.comparing.case_changes import CaseChanges
from reformkit.comparing.changes import library_changes, rulebook_changes
from reformkit.comparing.ground import ground, tested
from reformkit.comparing.over_time import day_in, regions_over_time
from reformkit.comparing.region import Region
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.deciding.chain import Chain
from reformkit.editing.fixture_text import expectation
from reformkit.model.case import plain
from reformkit.model.difference import Difference
from reformkit.model.item_effect import ItemEffect
from reformkit.model.library import Library
from reformkit.model.node import Node
from reformkit.model.rulebook import Rulebook

Reason = Literal["added", "removed", "collects", "facts", "boxes", "budget"]


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A decision that could not be compared, or not in full, and why.

    `added`, `removed`: only one rulebook has it. `collects`: just one of them collects. `facts`: it tests
    facts (`names`) of which the two have no value in common. `boxes`: a rule has too many alternatives.
    `budget`: the comparison grew too large, and of the rules `names` not every pair was looked at.
    """

    decision: str
    reason: Reason
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diff:
    """What is different between two rulebooks.

    `regions`: where the outcome of a decision differs, each decision by itself. `changes`: what differs
    and is no outcome. `not_compared`: decisions that could not be compared. `cases`: what becomes of
    stored cases, where some were given; `items`: what of the open items of a ledger, where one was given.
    """

    old: Rulebook
    new: Rulebook
    regions: list[Region] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)
    not_compared: list[NotCompared] = field(default_factory=list)
    cases: CaseChanges | None = None
    items: tuple[ItemEffect, ...] | None = None
    names: tuple[str, str] = ("", "")

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.regions or self.changes or self.not_compared)

    @property
    def unproven(self) -> list[Region]:
        """The pairs of rules for which the budget ran out: there may or may not be such cases."""
        return [region for region in self.regions if not region.proven]

    def fixture(self, region: Region) -> dict[str, Any] | None:
        """The example of a region as a fixture that passes under the new rulebook; None without an example."""
        if region.example is None:
            return None
        day = day_in(region.days)
        facts = {name: value for name, value in region.witness.items() if name in self.new.fields}
        decision = self._chain.decide(region.decision, facts, day)
        expect = {region.decision: expectation(self.new.decisions[region.decision], decision)}
        if decision.rule is not None:
            expect["rules"] = {region.decision: decision.rule}
        head = {"id": region.example["id"], **({} if day is None else {"as_of": day.isoformat()})}
        return {**head, **{name: plain(value) for name, value in facts.items()}, "expect": expect}

    @cached_property
    def _chain(self) -> Chain:
        return Chain(self.new)

    @cached_property
    def newly_asked(self) -> dict[str, tuple[str, ...]]:
        """By decision, the facts that only the new rulebook asks for.

        The regions are those of cases whose facts are known. A case without one of these facts may be undetermined
        where it was decided.
        """
        newly: dict[str, tuple[str, ...]] = {}
        for name in self.new.order:
            if name in self.old.decisions:
                before, after = (table.decisions[name].facts for table in (self.old, self.new))
                asked = tuple(fact for fact in self.new.fields if fact in after - before)
                newly |= {name: asked} if asked else {}
        return newly

    def to_dict(self, boxes: bool = False) -> dict[str, Any]:
        """Plain data for JSON; with `boxes`, each region also as disjoint boxes."""
        return {
            "old": self.names[0],
            "new": self.names[1],
            "regions": [self._region(region, boxes) for region in self.regions],
            "changes": [_change(change) for change in self.changes],
            "not_compared": [
                {"decision": n.decision, "reason": n.reason, "names": list(n.names)} for n in self.not_compared
            ],
            "newly_asked": {name: list(facts) for name, facts in self.newly_asked.items()},
            "cases": None if self.cases is None else self.cases.to_dict(),
            "items": None if self.items is None else [item.to_dict() for item in self.items],
        }

    def _region(self, region: Region, boxes: bool) -> dict[str, Any]:
        said = {
            "decision": region.decision,
            "outcome": region.outcome,
            "before": region.before,
            "after": region.after,
            "rule_before": region.rule_before,
            "rule_after": region.rule_after,
            "conflicting": list(region.conflicting),
            "proven": region.proven,
            "days": [{"since": plain_day(p.since), "until": plain_day(p.until)} for p in region.days],
            "facts": region.facts,
            "exact": region.exact,
            "except_rules": list(region.except_rules),
            "except_before": list(region.except_before),
            "except_after": list(region.except_after),
            "example": self.fixture(region),
        }
        return {**said, "boxes": region.boxes()} if boxes else said


def diff(old: Rulebook, new: Rulebook, old_library: Library | None, new_library: Library | None) -> Diff:
    """Compare two rulebooks and their libraries; the cases, if any, are assessed elsewhere."""
    changes = [*rulebook_changes(old, new), *library_changes(old_library, new_library)]
    return replace(diff_of(old, new), changes=changes)


def diff_of(
    old: Rulebook, new: Rulebook, decisions: Collection[str] | None = None, pause: Callable[[], None] | None = None
) -> Diff:
    """The regions of two rulebooks alone, of all decisions or of some; what `pause` raises after a question ends it."""
    regions: list[Region] = []
    not_compared: list[NotCompared] = []
    fields, strange = ground(old, new)
    for name in dict.fromkeys([*new.order, *old.order]):
        if decisions is not None and name not in decisions:
            continue
        before, after = old.decisions.get(name), new.decisions.get(name)
        if before is None or after is None:
            not_compared.append(NotCompared(name, "added" if before is None else "removed"))
        elif (before.hit == "collect") is not (after.hit == "collect"):
            not_compared.append(NotCompared(name, "collects"))
        elif unknown := tested(before, after) & strange:
            not_compared.append(NotCompared(name, "facts", tuple(sorted(unknown))))
        else:
            try:
                of_decision, left = regions_over_time(before, after, fields, pause=pause)
            except TooManyBoxes as error:
                not_compared.append(NotCompared(name, "boxes", (error.rule.id,)))
                continue
            regions += of_decision
            if left:
                not_compared.append(NotCompared(name, "budget", left))
    return Diff(old, new, list(_numbered(regions)), [], not_compared)


def _numbered(regions: Iterable[Region]) -> Iterator[Region]:
    """Each region under a name of its own: a pair of rules may stand in several spans of time."""
    named: Counter[str] = Counter()
    for region in regions:
        named[region.name] += 1
        yield region if named[region.name] == 1 else region.called(f"{region.name}-{named[region.name]}")


def plain_day(day: date | None) -> str | None:
    """A day as text; None for none."""
    return None if day is None else day.isoformat()


def _change(change: Difference) -> dict[str, Any]:
    return {
        "part": change.part,
        "name": change.name,
        "decision": change.decision,
        "aspect": change.aspect,
        "before": _plain(change.before),
        "after": _plain(change.after),
        "used_by": list(change.used_by),
    }


def _plain(value: Any) -> Any:
    """Anything that the models hold, as JSON has it."""
    if isinstance(value, Node):
        return value.plain()
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    return plain_day(value) if isinstance(value, date) else value
