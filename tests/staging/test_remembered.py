"""What a workbench remembers changes nothing: every edit is read and proven as if nothing had been read before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reformkit.book import Book
from reformkit.model.node import Node
from reformkit.staging.workbench import Workbench
from tests.bad.reading import FILES, HERE
from tests.books import bundled_book
from tests.staging.test_workbench import ROOT, RULES

BASE = HERE / "base"


def exact(thing: Any) -> Any:
    """Everything that a model says, places and what is left out of dumps included."""
    match thing:
        case Node():
            return [type(thing).__name__, *[(name, exact(getattr(thing, name))) for name in type(thing).model_fields]]
        case dict():
            return [(key, exact(value)) for key, value in thing.items()]
        case list() | tuple():
            return [exact(value) for value in thing]
        case _:
            return thing


def read(bench: Workbench, texts: dict[str, str | None]) -> list[Any]:
    """All that reading and proving come to."""
    staged = bench.read(texts)
    said = [problem.to_dict() for problem in staged.problems]
    book = staged.book
    if book is None:
        return said
    proven = [problem.to_dict() for name in book.rulebook.decisions for problem in staged.proofs(name)]
    proven += [problem.to_dict() for problem in staged.other_proofs()]
    return [said, proven, exact(book.rulebook), exact(book.library), compiled(book)]


def compiled(book: Book) -> list[Any]:
    """What is compiled for each span of each decision: the rules in force, their boxes, and the facts' cells."""
    chain = book.chain
    cuts = [chain.cut(name, day) for name in book.rulebook.decisions for day in chain.spans(name)]
    return [
        (exact(cut.table), cut.boxes, [(v.fact, v.aspect, v.tag, v.samples) for v in cut.variables]) for cut in cuts
    ]


def spoilt() -> Iterator[dict[str, str | None]]:
    """The small rulebook of tests/bad with each of its faults: a file that is another one, or one more."""
    for bad in FILES:
        if bad.parent.name in ("book", "measures"):
            target = bad.name.split(".", 1)[1]
            try:
                yield {f"{bad.parent.name}/{target}": bad.read_text(encoding="utf-8")}
            except UnicodeDecodeError:
                continue


def moved(texts: dict[str, str], chance: random.Random) -> dict[str, str | None]:
    """A few lines of one or two files put elsewhere, doubled, taken away, or with a word of another line."""
    edited: dict[str, str | None] = {}
    for name in chance.sample(sorted(texts), chance.choice([1, 1, 2])):
        lines = texts[name].splitlines(keepends=True)
        for _ in range(chance.choice([1, 1, 2])):
            at = chance.randrange(len(lines))
            match chance.randrange(6):
                case 0:
                    lines.insert(at, "\n")
                case 1:
                    lines.insert(at, lines[chance.randrange(len(lines))])
                case 2 if len(lines) > 1:
                    del lines[at]
                case 3:
                    lines.insert(at, "# 说明\n")
                case 4:
                    words = lines[at].split()
                    other = chance.choice(lines).split()
                    if words and other:
                        lines[at] = lines[at].replace(chance.choice(words), chance.choice(other), 1)
                case _:
                    lines[at] = lines[at].replace("2", "3", 1).replace("1", "4", 1)
        edited[name] = "".join(lines)
    return edited


def small_texts() -> dict[str, str]:
    return {path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8") for path in BASE.rglob("*.yaml")}


def test_every_fault_of_a_small_rulebook_is_said_as_if_nothing_had_been_read_before() -> None:
    edits = list(spoilt())
    assert len(edits) > 150
    chance = random.Random(5)
    with Workbench(BASE / "book", root=BASE) as bench:
        for edit in edits:
            with Workbench(BASE / "book", root=BASE) as other:
                assert read(bench, edit) == read(other, edit), edit
            if chance.random() < 0.3:
                bench.read()


@pytest.mark.parametrize("seed", range(3))
def test_any_edits_of_a_small_rulebook_are_read_as_if_nothing_had_been_read_before(seed: int) -> None:
    chance, texts = random.Random(seed), small_texts()
    good = 0
    with Workbench(BASE / "book", root=BASE) as bench:
        for _ in range(60):
            edit = moved(texts, chance)
            with Workbench(BASE / "book", root=BASE) as other:
                wanted = read(other, edit)
            assert read(bench, edit) == wanted, edit
            good += len(wanted) == 5
    assert good > 5


def test_edits_of_the_bundled_rulebook_are_read_as_if_nothing_had_been_read_before() -> None:
    names = [f"{RULES}/{name}.yaml" for name in ("startup", "parameters", "diagnosis/position", "signals")]
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in [*names, "measures/power.yaml"]}
    chance = random.Random(3)
    with Workbench(Path(ROOT / RULES), root=ROOT) as bench:
        bench.read()
        for _ in range(5):
            edit = moved(texts, chance)
            with Workbench(Path(ROOT / RULES), root=ROOT) as other:
                assert read(bench, edit) == read(other, edit), edit
        assert bench.read().book.digests == bundled_book().digests  # type: ignore[union-attr]
