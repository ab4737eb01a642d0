"""A digest vouches for what a rulebook means: any edit changes it, and no two edits change it to the same."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import reformkit
from reformkit.book import Book
from reformkit.model import condition, figure, letter, library, procedure, rulebook, vocabulary
from reformkit.model.condition import AllOf, AnyOf, Negation, Test
from reformkit.model.decision import Decision
from reformkit.model.digest import digest_of, practice_digests
from reformkit.model.library import Library
from reformkit.model.node import Node
from reformkit.model.rulebook import Rulebook
from reformkit.testing.mutants import mutants
from tests.books import bundled_book

ROOT = Path(__file__).resolve().parents[1]
RULEBOOKS = sorted(path.parent.name for path in (ROOT / "rules").glob("*/rulebook.yaml"))


@cache
def _book(name: str) -> Book:
    return reformkit.load(ROOT / "tests" / "written_by_0_1" / "book" if name == "small" else ROOT / "rules" / name)


def test_every_node_says_of_what_kind_it_is() -> None:
    kinds = [
        thing
        for room in (condition, figure, letter, library, procedure, rulebook, vocabulary)
        for thing in vars(room).values()
        if isinstance(thing, type)
        and issubclass(thing, Node)
        and thing is not Node
        and thing.__module__ == room.__name__
    ]
    assert len(kinds) > 20
    names = [thing.model_fields["node"].default for thing in kinds]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", [*RULEBOOKS, "small"])
def test_a_rulebook_made_from_its_own_dump_is_the_same(name: str) -> None:
    book = _book(name)
    for again in (
        Rulebook.model_validate(book.rulebook.model_dump(mode="json")),
        Rulebook.model_validate(book.rulebook.model_dump()),
        Rulebook.model_validate_json(book.rulebook.model_dump_json()),
    ):
        assert again == book.rulebook
        assert digest_of(again) == book.digests["rules"]
    if book.library is not None:
        again_library = Library.model_validate(json.loads(json.dumps(book.library.model_dump(mode="json"))))
        assert again_library == book.library
        assert digest_of(again_library) == book.digests["library"]


def test_a_rulebook_made_from_its_dump_decides_alike() -> None:
    book = _book("jiuyuan")
    assert book.library is not None
    again = Book(
        Rulebook.model_validate(book.rulebook.model_dump(mode="json")),
        Library.model_validate(book.library.model_dump(mode="json")),
    )
    cases = book.read_cases(ROOT / "examples" / "year" / "cases.csv")[:60]
    for before, after in zip(
        book.assess_many(cases, history=cases), again.assess_many(cases, history=cases), strict=True
    ):
        assert [_said(d) for d in after.decisions.values()] == [_said(d) for d in before.decisions.values()]
        assert [r.measure.id for r in after.recommendations] == [r.measure.id for r in before.recommendations]


def _said(decision: Decision) -> dict[str, Any]:
    return {name: part for name, part in decision.to_dict().items() if name != "place"}


def test_a_day_and_a_text_that_looks_like_one_stay_apart() -> None:
    day, text = (Test(fact="x", one_of=(value,)) for value in (date(2022, 1, 1), "2022-01-01"))
    assert day != text
    assert digest_of(day) != digest_of(text)
    for test in (day, text, Test(fact="x", one_of=(True,)), Test(fact="x", one_of=(1,))):
        again = Test.model_validate_json(test.model_dump_json())
        assert again == test
        assert again.one_of is not None
        assert test.one_of is not None
        assert type(again.one_of[0]) is type(test.one_of[0])


def test_any_of_some_conditions_is_not_all_of_them() -> None:
    items = (Test(fact="x", one_of=("a",)), Negation(item=Test(fact="y", known=True)))
    assert digest_of(AllOf(items=items)) != digest_of(AnyOf(items=items))


@pytest.mark.parametrize("name", RULEBOOKS)
def test_every_mutant_of_every_decision_has_a_digest_of_its_own(name: str) -> None:
    book = _book(name)
    for table in book.rulebook.decisions.values():
        rules = {rule.id: digest_of(rule) for rule in table.rules}
        seen: dict[object, object] = {}
        for number, mutant in enumerate(mutants(book.rulebook, table.id)):
            changed = {
                (decision, id): None if rule is None else digest_of(rule)
                for decision, replaced in mutant.replaced.items()
                for id, rule in replaced.items()
            }
            assert all(digest != rules[id] for (decision, id), digest in changed.items() if decision == table.id)
            key = tuple(sorted(changed.items(), key=str))
            assert key not in seen, (mutant, seen[key])
            seen[key] = mutant
            if len(rules) < 100 or number % 40 == 0:  # the digest of a table is that of its rules in a row
                mutated = digest_of(mutant.table(table))
                assert mutated != digest_of(table)
                assert mutated not in seen
                seen[mutated] = mutant


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("small", "rules"),
        ("small", "library"),
        ("jiuyuan", "rules"),
        ("jiuyuan", "library"),
        ("jiuyuan", "procedures"),
        ("jiuyuan", "letters"),
        ("jiuyuan", "figures"),
    ],
)
def test_an_edit_of_any_word_number_or_order_has_a_digest_of_its_own(name: str, part: str) -> None:
    book = _book(name)
    parts: dict[str, Node | None] = {"rules": book.rulebook, "library": book.library}
    node = parts[part] if part in parts else getattr(book.rulebook, part)
    assert node is not None
    said = node.model_dump(mode="json")
    edits = list(_edits(said, ()))
    if len(edits) > 1000 or part not in parts:  # of the bundled ones a few from everywhere
        edits = random.Random(1).sample(edits, 40 if part in parts else 12)
    seen, refused = {book.digests[part]: "unchanged"}, 0
    for path, value in edits:
        edited = _edited(said, path, value)
        try:
            digest = _digest_with(book, part, type(node).model_validate(edited))
        except ValidationError:  # an edit that no file could say
            refused += 1
            continue
        assert digest not in seen, (path, value, seen[digest])
        seen[digest] = str(path)
    assert refused < len(edits) / 2


def _digest_with(book: Book, part: str, node: Node) -> str:
    """The digest of a part where a book has another such part; all other parts keep theirs."""
    if part in ("rules", "library"):
        return digest_of(node)
    edited = practice_digests(book.rulebook.model_copy(update={part: node}))
    assert [name for name in edited if edited[name] != book.digests[name]] == [part]
    return edited[part]


def test_a_template_is_a_part_of_the_letters_and_their_folder_is_not(tmp_path: Path) -> None:
    book = _book("jiuyuan")
    letters = book.rulebook.letters
    assert letters is not None
    shutil.copytree(letters.folder, tmp_path, dirs_exist_ok=True)
    rulebook = book.rulebook.model_copy(update={"letters": letters.model_copy(update={"folder": str(tmp_path)})})
    assert practice_digests(rulebook)["letters"] == book.digests["letters"]
    kind = letters.kinds["supervision_advice"]
    (tmp_path / kind.template).write_bytes(b"another")
    assert practice_digests(rulebook)["letters"] != book.digests["letters"]
    (tmp_path / kind.template).unlink()
    assert practice_digests(rulebook)["letters"] != book.digests["letters"]


def test_how_items_are_carried_out_is_no_part_of_what_an_assessment_vouches_for() -> None:
    book = _book("jiuyuan")
    practice = dict.fromkeys(("procedures", "letters", "figures", "integrity"))
    bare = Book(book.rulebook.model_copy(update=practice), book.library)
    assert list(book.digests) == ["rules", "library", "procedures", "letters", "figures", "integrity"]
    assert list(bare.digests) == ["rules", "library"]
    assert bare.digest == book.digest
    assert book.assess({"id": "X-1"}).receipt() == bare.assess({"id": "X-1"}).receipt()


Path_ = tuple[str | int, ...]
_OTHER = {
    "all": "any",
    "any": "all",
    "first": "unique",
    "main": "also",
    "also": "main",
    "refer": "rely",
    "choice": "text",
}


def _edits(said: Any, path: Path_) -> Iterator[tuple[Path_, Any]]:
    """Every small edit of plain data: a path, and what would stand there."""
    match said:
        case dict():
            for name, part in said.items():
                yield from _edits(part, (*path, name))
        case list():
            if said:
                yield path, said[1:]
            if len(said) > 1 and said[0] != said[1]:
                yield path, [said[1], said[0], *said[2:]]
            for number, part in enumerate(said):
                yield from _edits(part, (*path, number))
        case bool():
            yield path, not said
        case int():
            yield path, said + 1
        case str():
            if path[-1] in ("since", "until", "date"):
                yield path, date.fromordinal(date.fromisoformat(said).toordinal() + 1).isoformat()
            else:
                yield path, _OTHER.get(said, said + "’")


def _edited(said: Any, path: Path_, value: Any) -> Any:
    if not path:
        return value
    first, *rest = path
    copy: Any = dict(said) if isinstance(said, dict) else list(said)
    copy[first] = _edited(said[first], tuple(rest), value)
    return copy


def test_reformkits_own_words_are_in_no_digest_and_a_vocabularys_are(monkeypatch: pytest.MonkeyPatch) -> None:
    book = bundled_book().rulebook
    before = digest_of(book)
    monkeypatch.setattr(vocabulary, "UNKNOWN_WORDS", (*vocabulary.UNKNOWN_WORDS, "一个新词"))
    monkeypatch.setattr(vocabulary, "CARRIED", ("序号",))
    assert "一个新词" in book.vocabulary.unknown_words and book.vocabulary.carried == ("序号",)
    assert digest_of(book) == before
    of_its_own = book.vocabulary.model_copy(update={"own_unknown_words": ("不详",)})
    assert digest_of(book.model_copy(update={"vocabulary": of_its_own})) != before
