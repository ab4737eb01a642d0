"""Cases that fixtures lack: for a rule, an outcome, a boundary, a measure or a mutant, a case that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from reformkit.assessing.assessor import Assessor
from reformkit.deciding.boxes import Box, cut
from reformkit.deciding.cells import Variable
from reformkit.deciding.cover import Point, Space, Unproven
from reformkit.deciding.stands import Taken
from reformkit.editing.fixture_text import FixtureDraft
from reformkit.intake.fixtures import Fixture, Wanted
from reformkit.model.case import Case, Finding
from reformkit.model.decision import Decision
from reformkit.model.gives import Amount, CollectedGives
from reformkit.model.vocabulary import Facts
from reformkit.testing.coverage import Covering, Target
from reformkit.testing.mutation import Unnoticed
from reformkit.testing.noticing import Noticing
from reformkit.testing.saying import say_item
from reformkit.testing.stating import Must, Stating, rivals, ways
from reformkit.text import Lang, Text

_CAUSE = Text("查明“{label}”", "{label} is found")
_MEASURE = Text("提出 {id} {title}", "{id} {title} is recommended")


class Proposing:
    """Proposes fixtures for a rulebook, each with the outcome that comes out at present."""

    def __init__(self, book: Assessor) -> None:
        self.book = book
        self.stating = Stating(book)
        self.covering = Covering(book)

    # --- for what is not covered -----------------------------------------------------------------------

    def for_item(self, item: Target, lang: Lang = "zh") -> FixtureDraft | None:
        """A fixture that covers an item; None where no case does, or none was found in the budget."""
        return next(self.all_for(item, lang), None)

    def all_for(self, item: Target, lang: Lang = "zh") -> Iterator[FixtureDraft]:
        """Fixtures that cover an item, by different rules where it is a boundary."""
        if item.decision is None:
            draft = self._for_cause(item.name, lang) if item.kind == "cause" else self._for_measure(item.name, lang)
            yield from () if draft is None else (draft,)
            return
        for day in self.book.chain.spans(item.decision):
            space = self.stating.space(item.decision, day)
            for point in _points(space, item):
                facts = space.witness(point)
                if item.kind == "boundary":
                    facts = _at(item, facts)
                yield self.draft(
                    item.decision, facts, day, say_item(self.book, item).say(lang), *self._stays(item, day)
                )

    def _stays(self, item: Target, day: date | None) -> tuple[Must | None, Must | None]:
        """That a rule stays true, or that a fact stays at its boundary, be it stated, derived or an earlier
        outcome; and that the result hangs on it."""
        decision, chain = item.decision, self.book.chain
        if item.kind == "outcome" or decision is None:
            return None, None
        rules = {rule.id: rule for rule in chain.in_force(decision, day).rules}

        def taken(facts: Facts) -> Taken:
            return chain.taken(facts, self.stating.as_of(decision, facts, day))[decision]

        def at_it(facts: Facts) -> bool:
            return item.holds(taken(facts).state.get(item.name))

        def hangs_on_it(facts: Facts) -> bool:
            return at_it(facts) and self.covering.matters(item, taken(facts), day)

        if item.kind == "rule":
            rule = rules[item.name]
            return (lambda facts: self.covering.holds(decision, rule, taken(facts), day)), None
        return at_it, hangs_on_it

    def draft(
        self,
        decision: str,
        facts: Facts,
        day: date | None,
        name: str,
        must: Must | None = None,
        keep: Must | None = None,
    ) -> FixtureDraft:
        """A case of one decision as a fixture that expects what comes out at present (see `Stating.stated`)."""
        stated = self.stating.stated(decision, facts, day, must, keep)
        as_of = self.stating.as_of(decision, stated, day)
        came = self.book.chain.decide(decision, stated, as_of)
        id = came.rule or came.outcome or came.status
        return FixtureDraft(f"{decision}-{id}", name, stated, as_of, expected={decision: came})

    # --- for mutants -----------------------------------------------------------------------------------

    def for_mutant(self, unnoticed: Unnoticed, name: str) -> FixtureDraft:
        """A fixture that tells a mutant apart; its facts as found where fewer do not notice it."""
        decision, day = unnoticed.decision, unnoticed.day

        def noticed(facts: Facts) -> bool:
            as_of = self.stating.as_of(decision, facts, day)
            return self._watching(decision, facts, as_of).noticed_by(unnoticed.mutant) is not None

        must = noticed if noticed(unnoticed.facts) else None
        return self.draft(decision, unnoticed.facts, day, name, must)

    def told_apart(self, decision: str, draft: FixtureDraft, unnoticed: Iterable[Unnoticed]) -> list[Unnoticed]:
        """Those of some mutants that a fixture notices."""
        watching = self._watching(decision, draft.facts, draft.as_of)
        return [one for one in unnoticed if watching.noticed_by(one.mutant) is not None]

    def _watching(self, decision: str, facts: Facts, as_of: date | None) -> Noticing:
        """One fixture of these facts, which expects what comes out at present."""
        case = Case(id="proposed", facts=facts)
        came = self.book.chain.decide(decision, facts, as_of)
        outcomes, possible = frozenset(came.outcomes), frozenset(came.possible)
        wanted = Wanted(came.status, came.outcome, outcomes, possible, None, came.rule, gives=given_of(came))
        fixture = Fixture(case, "", as_of, None, {decision: wanted})
        return Noticing(self.book, [(fixture, self.book.assess(case, as_of=as_of))])

    # --- for causes and measures -----------------------------------------------------------------------

    def _for_cause(self, cause: str, lang: Lang) -> FixtureDraft | None:
        name = _CAUSE.fill(label=self.book.cause_items[cause].label).say(lang)
        return self._measured({}, Finding(cause=cause), name, None)

    def _for_measure(self, measure: str, lang: Lang) -> FixtureDraft | None:
        """A case whose one finding has the measure as its main one."""
        planner, library = self.book.planner, self.book.library
        if planner is None or library is None:
            return None
        name = _MEASURE.fill(id=measure, title=library.measures[measure].title).say(lang)
        fields = {**self.book.rulebook.vocabulary.case_fields, **self.book.rulebook.vocabulary.finding_fields}
        for cause, table in planner.mains.tables.items():
            if measure not in table.outcomes:
                continue
            space = Space(cut(table.table, fields))
            for box, by in ways(space, measure):
                point = _uncovered(space, box, by)
                if point is not None:
                    facts = space.witness(point)
                    matter = facts.pop("matter", None)
                    finding = Finding(cause=cause, matter=None if matter is None else str(matter))
                    draft = self._measured(facts, finding, name, measure)
                    if draft is not None:
                        return draft
        return None

    def _measured(self, facts: Facts, finding: Finding, name: str, measure: str | None) -> FixtureDraft | None:
        case = Case(id="proposed", facts=facts, findings=(finding,))
        assessment = self.book.assess(case)
        recommended = tuple(r.measure.id for r in assessment.recommendations)
        if not recommended or measure not in (None, *recommended):
            return None
        return FixtureDraft(measure or finding.cause, name, facts, None, (finding,), {}, recommended)


def given_of(came: Decision) -> tuple[tuple[str | None, str, Amount | str], ...]:
    """All that came with the outcomes of a decision, as a fixture expects it."""
    gives = came.gives
    if isinstance(gives, CollectedGives):
        return tuple(
            (o, n, v) for o, of_outcome in zip(came.outcomes, gives, strict=True) for n, v in of_outcome.items()
        )
    return tuple((None, name, value) for name, value in (gives or {}).items())


# --- points of a space that cover an item --------------------------------------------------------------


def _points(space: Space, item: Target) -> Iterator[Point]:
    table = space.cut.table
    match item.kind:
        case "rule":
            boxes = ((bit, box) for bit, (n, box) in enumerate(space.cut.boxes) if table.rules[n].id == item.name)
            points: Iterable[Point | None] = (_uncovered(space, box, rivals(space, table, bit)) for bit, box in boxes)
        case "outcome":
            points = (_uncovered(space, box, by) for box, by in ways(space, item.name))
        case _:
            points = _at_boundary(space, item)
    yield from (point for point in points if point is not None)


def _at_boundary(space: Space, item: Target) -> Iterator[Point | None]:
    """Points at a boundary: first where a rule that tests the fact decides, then where it just fails to."""
    numbered = next(((n, v) for n, v in enumerate(space.variables) if _is_of(v, item)), None)
    if numbered is None:
        return
    number, variable = numbered
    cells = _cells(variable, item, space)
    table = space.cut.table
    for accepted in (True, False):
        for bit, (rule, box) in enumerate(space.cut.boxes):
            if number in box and bool(box[number] & cells) is accepted:
                own = sum(1 << b for b, (n, _) in enumerate(space.cut.boxes) if n == rule)
                by = rivals(space, table, bit) | (0 if accepted else own)
                for cell in range(len(variable.samples)):
                    if cells >> cell & 1 and bool(box[number] >> cell & 1) is accepted:
                        yield _uncovered(space, {**box, number: 1 << cell}, by)
    for cell in range(len(variable.samples)):
        if cells >> cell & 1:
            yield _uncovered(space, {number: 1 << cell}, 0)


def _is_of(variable: Variable, item: Target) -> bool:
    aspect = "known" if item.known is not None else "tag" if item.tag is not None else "value"
    return variable.fact == item.name and variable.aspect == aspect and variable.tag == item.tag


def _cells(variable: Variable, item: Target, space: Space) -> int:
    """The cells of a variable in which a boundary lies."""
    if item.known is not None:
        return 1 << int(item.known)
    if item.tag is not None:
        return 1 << int(bool(item.value))
    if not item.other:
        return 1 << variable.cell_of(item.value)
    field = space.cut.fields[variable.fact]
    if field.values:
        return sum({1 << variable.cell_of(value) for value in field.values if value not in item.other})
    return 1 << len(variable.samples) - 1  # the text that no test names comes last


def _at(item: Target, facts: Facts) -> Facts:
    """The facts with the one of a boundary just at it."""
    if item.known is False:
        return {name: value for name, value in facts.items() if name != item.name}
    if item.tag is None and item.known is None and not item.other:
        return {**facts, item.name: item.value}
    return facts


def _uncovered(space: Space, box: Box, by: int) -> Point | None:
    """An uncovered point of a box: one in which every fact is known, if there is one."""
    known = {n: 0b10 for n, v in enumerate(space.variables) if v.aspect == "known" and n not in box}
    for narrowed in ({**box, **known}, box) if known else (box,):
        try:
            point = space.uncovered(narrowed, by)
        except Unproven:
            continue
        if point is not None:
            return point
    return None
