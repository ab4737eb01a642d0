"""Trying a case: what a decision comes to, the next question with its answers, what would change it, the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reformkit.desk.asking import Ask, address
from reformkit.desk.desk import Desk
from reformkit.desk.tried import CASE, Tried, words_of
from reformkit.model.decision import Decision, Need
from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.model.vocabulary import Field
from reformkit.problem import Problem
from reformkit.reporting.why import say_flip
from reformkit.text import Text
from reformkit.wording.decisions import say_basis, say_result
from reformkit.wording.values import FLAGS, say_value

MOST_BUTTONS, MOST_FLIPS, MOST_OFFERED = 8, 4, 400
"""Answers that are shown as buttons; changes that are told; cases that a list offers."""

NOTHING_YET = Text(
    "先答一问，或从右侧列表选一件案件：表中随即标出哪条规则成立、哪一格不符合。",
    "Answer a question, or pick a case: the table then shows which rule holds, and which cell does not.",
)


@dataclass(frozen=True)
class AnswerOption:
    """A value that a fact may have, and whether the tried case has it."""

    value: str
    label: Text
    is_chosen: bool = False


@dataclass(frozen=True)
class AnswerLink:
    """An answer to the next question, and the address at which it is given."""

    label: Text
    href: str


@dataclass(frozen=True)
class FactInput:
    """A fact as a form asks for it; `kind` is its type, `words` what is written. `follows`: it is derived and was not stated."""

    name: str
    label: Text
    ask: Text
    kind: str
    words: str
    options: tuple[AnswerOption, ...]
    is_needed: bool
    is_first: bool
    is_signal: bool
    follows: Text | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class TryCard:
    """The tried case beside a decision."""

    decision: str
    status: str
    result: Text | None
    rule: str | None
    because: Text | None
    basis: Text | None
    is_assumption: bool
    question: Text | None
    question_fact: str
    answers: tuple[AnswerLink, ...]
    flips: tuple[Text, ...]
    inputs: tuple[FactInput, ...]
    problems: tuple[Problem, ...]
    case: str
    cases: tuple[str, ...]
    case_key: str
    clear: str
    was: Text | None
    """What the case came to before the staged edits, where that is something else."""
    case_href: str | None


def try_card(desk: Desk, ask: Ask, table: DecisionTable, case: Tried) -> TryCard:
    """The card of a decision and a case."""
    book, name = desk.book, table.id
    decision = None if case.assessment is None else case.assessment.decisions[name]
    needs = book.chain.decide(name, {}).needs if decision is None else decision.needs
    question = needs[0] if needs else None
    basis = None if decision is None else decision.basis
    ids = [given.id for given in desk.case_file(book).cases[:MOST_OFFERED] if given.id]
    return TryCard(
        name,
        "" if decision is None else decision.status,
        None if decision is None else say_result(table, decision),
        None if decision is None else decision.rule,
        None if decision is None else decision.because,
        say_basis(basis),
        basis is not None and basis.kind == "assumption",
        None if question is None else question.ask or question.label,
        "" if question is None else question.fact,
        () if question is None else tuple(_answers(name, question, case)),
        tuple(_flips(case, decision)),
        tuple(_inputs(book.rulebook, table, case, needs)),
        case.problems,
        "" if case.case is None else case.case.id,
        tuple(ids),
        CASE,
        f"/d/{name}",
        _was(desk, case, decision),
        None if case.case is None else address("/case", {"id": case.case.id}),
    )


def _was(desk: Desk, case: Tried, decision: Decision | None) -> Text | None:
    """What the same facts came to with the files as they are, where that is something else."""
    before = desk.before
    if decision is None or before is desk.book or decision.decision not in before.rulebook.decisions:
        return None
    if not case.known.keys() <= before.rulebook.fields.keys():
        return None
    table = before.rulebook.decisions[decision.decision]
    assert case.assessment is not None
    was = before.chain.decide(decision.decision, case.assessment.facts)
    if (was.status, was.outcomes, was.possible) == (decision.status, decision.outcomes, decision.possible):
        return None
    return say_result(table, was)


def _answers(name: str, need: Need, case: Tried) -> Iterable[AnswerLink]:
    """The answers to a question that can be given with one click; none where there are many."""
    options: Iterable[tuple[str, Text]] = need.options
    if need.type == "flag":
        options = [(str(value).lower(), label) for value, label in FLAGS.items()]
    options = list(options)
    if need.type not in ("choice", "flag") or len(options) > MOST_BUTTONS:
        return
    for value, label in options:
        yield AnswerLink(label, address(f"/d/{name}", case.query(**{need.fact: [value]})))


def _flips(case: Tried, decision: Decision | None) -> Iterable[Text]:
    if decision is None or decision.status != "decided" or case.assessment is None:
        return
    for flip in decision.flips()[:MOST_FLIPS]:
        yield say_flip(case.assessment, decision, flip)


def facts_of(rulebook: Rulebook, table: DecisionTable) -> list[str]:
    """The facts that a decision may hang on, in the order of the vocabulary: its own, and those of what it builds on.

    Outcomes of other decisions are left out, as they follow; so are facts of findings, which no case states.
    """
    wanted, left = set[str](), [*table.facts]
    while left:
        fact = left.pop()
        if fact in wanted:
            continue
        wanted.add(fact)
        field = rulebook.fields[fact]
        if fact in rulebook.decisions:
            left += rulebook.decisions[fact].facts
        elif field.derived is not None and field.derived.source is not None:
            left.append(field.derived.source)
    return [name for name in rulebook.fields if name in wanted and name not in rulebook.decisions]


def _inputs(rulebook: Rulebook, table: DecisionTable, case: Tried, needs: Iterable[Need]) -> Iterable[FactInput]:
    asked = [need.fact for need in needs]
    problems: Mapping[str | None, Problem] = {problem.fact: problem for problem in case.problems}
    for name in facts_of(rulebook, table):
        yield _input(rulebook.fields[name], case, asked, problems.get(name))


def _input(field: Field, case: Tried, asked: list[str], problem: Problem | None) -> FactInput:
    name = field.name
    known = words_of(field, case.known.get(name))
    stated = case.words.get(name, known if case.case is not None else ())
    follows = None if any(stated) or not known or field.derived is None else say_value(field, case.known[name])
    options = [(value, choice.label) for value, choice in field.values.items()]
    if field.type == "flag":
        options = [(str(value).lower(), label) for value, label in FLAGS.items()]
    return FactInput(
        name,
        field.label,
        field.ask or field.label,
        field.type,
        next(iter(stated), ""),
        tuple(AnswerOption(value, label, value in stated) for value, label in options),
        name in asked,
        asked[:1] == [name],
        field.source == "signal",
        follows,
        problem,
    )
