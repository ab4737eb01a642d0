"""What another text of a procedure would mean for open items is what moving them there makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import reformkit as rk
from reformkit.book import Book
from reformkit.model.act import Term
from reformkit.model.item_effect import ItemEffect
from reformkit.model.procedure import Due, Step
from tests.practising.story import COORDINATOR, Story, begun, office


def with_steps(book: Book, **steps: Step | None) -> Book:
    """The book with other steps in its procedure of a point; None takes one away."""
    procedures = book.rulebook.procedures
    assert procedures is not None
    point = procedures.procedures["point"]
    kept = {name: step for name, step in {**point.steps, **steps}.items() if step is not None}
    newer = point.model_copy(update={"steps": kept})
    changed = procedures.model_copy(update={"procedures": {**procedures.procedures, "point": newer}})
    return Book(book.rulebook.model_copy(update={"procedures": changed}), book.library)


def step_of(book: Book, name: str) -> Step:
    assert book.rulebook.procedures is not None
    return book.rulebook.procedures.procedures["point"].steps[name]


@pytest.fixture
def story(tmp_path: Path, book: Book) -> Story:
    told = begun(tmp_path / "九原.ledger", tmp_path, book)
    told.to_the_letters()
    told.receive(told.send())
    return told


def test_a_longer_term_moves_the_day_and_moving_the_item_makes_it_so(story: Story, book: Book) -> None:
    longer = step_of(book, "plan").model_copy(update={"due": Due(term=Term(unit="days", count=25), start="receipt")})
    newer = with_steps(book, plan=longer)
    before = {step.id: step.due and step.due.on for step in story.item.menu()}
    (effect,) = story.ledger.effects(newer)
    with rk.Ledger(
        story.folder / "九原.ledger", newer, office(), clock=story.clock, folder=story.folder / "files"
    ) as ledger:
        item = ledger.item(story.item.id)
        item.move_to("point", "流程修订", by=COORDINATOR, on=story.day)
        after = {step.id: step.due and step.due.on for step in item.menu()}
        assert ledger.effects(newer) == []
    changed = {id: (before[id], after[id]) for id in before if before[id] != after[id]}
    assert changed.keys() == {"plan"}
    assert {term.step: (term.before, term.after) for term in effect.terms} == changed
    assert (effect.lost, effect.gone, effect.come) == ((), (), ())


def test_a_step_that_went_is_named_where_it_was_done_and_where_it_was_to_be_done(story: Story, book: Book) -> None:
    plan = step_of(book, "plan")
    rectify = step_of(book, "rectify").model_copy(update={"after": ("receipt",)})
    reply = step_of(book, "reply").model_copy(update={"after": ("receipt",)})
    (open_now,) = story.ledger.effects(with_steps(book, plan=None, rectify=rectify, reply=reply))
    assert (open_now.gone, open_now.lost) == ((plan.title,), ())
    assert open_now.come == (rectify.title, reply.title)
    story.item.do("plan", by="u-12", on=story.day)
    (done,) = story.ledger.effects(with_steps(book, plan=None, rectify=rectify, reply=reply))
    assert (done.lost, done.gone) == ((plan.title,), ())


def test_items_that_ended_or_are_not_touched_are_left_out(story: Story, book: Book) -> None:
    assert story.ledger.effects(book) == []
    none = Book(book.rulebook.model_copy(update={"procedures": None}), book.library)
    assert story.ledger.effects(none) == [
        ItemEffect(story.item.id, story.item.standing.opened.unit, "point", dropped=True)
    ]
    story.item.end("单位撤并", by=COORDINATOR, on=story.day)
    assert story.ledger.effects(none) == []
