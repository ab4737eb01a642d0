"""A rulebook once, and stories that stand at some point, for tests that only look or are refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reformkit.book import Book
from tests.books import bundled_book
from tests.practising.story import OF_UNIT, Story, again, begun


@pytest.fixture(scope="session")
def book() -> Book:
    return bundled_book()


@pytest.fixture
def story(tmp_path: Path, book: Book) -> Iterator[Story]:
    """An item that was just opened."""
    story = begun(tmp_path / "九原.ledger", tmp_path, book)
    yield story
    story.ledger.close()


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory, book: Book) -> Iterator[dict[str, Story]]:
    """One story as it stood at each stage. Refused acts leave no trace, so any number may be tried on them."""
    folder = tmp_path_factory.mktemp("story")
    telling = begun(folder / "九原.ledger", folder, book)
    made = {}
    for stage in _told(telling):
        copy = tmp_path_factory.mktemp(stage)
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        made[stage] = again(copy / "九原.ledger", copy, book, telling)
    telling.ledger.close()
    yield made
    for story in made.values():
        story.ledger.close()


def _told(story: Story) -> Iterator[str]:
    yield "opened"
    story.to_the_letters()
    yield "to_send"
    number = story.send()
    yield "sent"
    story.receive(number)
    yield "received"
    story.later(10)
    story.item.do("plan", by=OF_UNIT, on=story.day)
    story.later(20)
    yield "rectifying"
    story.report()
    yield "to_judge"
    story.judge()
    yield "judged"
    story.accept()
    yield "accepted"
