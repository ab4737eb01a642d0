"""A ledger of any size, made without a database: the same bytes each time. `restore` makes a ledger of it.

`plain` acts are of the length of real ones and mean nothing; `lived` items are copies of a few that were really carried
through a ledger, each somewhere on its way. `python -m benchmarks.big_ledger FOLDER [ITEMS]` writes the latter.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import reformkit
from reformkit.keeping.line import ALWAYS
from reformkit.keeping.rebuilding import PlainAct, write_export
from tests.practising.story import Story, begun

ITEMS, ACTS = 10_000, 200_000
BEGIN = date(2022, 1, 4)
ITEM, LETTERS = "2022-点-001", "某监建〔2022〕"
"""What the item of a model and its letters are called."""

_ISO = re.compile(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b")
_DAY = re.compile("«(-?[0-9]+)»")


def plain(items: int = ITEMS, acts: int = ACTS) -> Iterator[PlainAct]:
    """Acts of about the length of real ones, each item's spread over half a year; they mean nothing."""
    each = acts // items
    for count in range(acts):
        step, place = divmod(count, items)
        paper = sha256(str(count).encode()).hexdigest()
        day = BEGIN + timedelta(days=step * 180 // each)
        evidence = [
            {"sha256": paper, "bytes": 1, "name": "整改情况.pdf", "dated": day.isoformat(), "got": day.isoformat()}
        ]
        act = {
            "kind": "done",
            "v": 1,
            "on": day.isoformat(),
            "by": f"{place % 40:04}",
            "body": "js1",
            "role": "lead",
            "reason": "责任单位报送的材料与现场抽查一致",
            "data": {"step": f"step_{step}", "papers": ["reply"]},
            "evidence": evidence if step % 3 == 0 else [],
        }
        if step == 1:
            yield PlainAct(f"2022-点-{place:05}", day, act, "某监建〔2022〕", place + 1)
        else:
            yield PlainAct(f"2022-点-{place:05}", day, act)


@dataclass(frozen=True, slots=True)
class Model:
    """An item that was carried through a ledger: its acts, as text with its names in it, and the days after its opening."""

    acts: tuple[tuple[int, str], ...]
    papers: frozenset[str]
    """The hashes of its own files, not of the procedure's text, which all items share."""

    def copied(self, number: int, opened: date) -> Iterator[PlainAct]:
        """The acts of its `number`th copy."""
        item, letter = f"{opened.year}-点-{number:05}", f"某监建〔{opened.year}〕"
        for later, text in self.acts:
            day = opened + timedelta(days=later)
            told = text.replace(ITEM, item).replace(f"{LETTERS}1号", f"{letter}{number}号").replace(LETTERS, letter)
            told = _DAY.sub(lambda found: (opened + timedelta(days=int(found[1]))).isoformat(), told)
            act = json.loads(told.replace('"EX-01"', f'"EX-{number}"'))
            series = act.pop("series", None)
            act.pop("number", None)
            if act["kind"] == "issued":
                act["data"] |= {"serial": number, "year": opened.year}
            yield PlainAct(
                item, day, _with_own_papers(act, self.papers, str(number)), *((series, number) if series else ())
            )


def modelled(story: Story) -> Model:
    """An item of a ledger as a model."""
    lines = [line for line in story.ledger._store.lines() if line.item == story.item.id]
    opened = date.fromisoformat(lines[0].said["on"])
    acts, papers = [], set[str]()
    for line in lines:
        said = {name: value for name, value in line.said.items() if name not in ALWAYS | {"asked"}}
        papers |= {sha256 for sha256, _size in line.named_files()} if line.n > 1 else set()

        def later(found: re.Match[str]) -> str:
            return f"«{(date.fromisoformat(found[0]) - opened).days}»"

        acts.append(
            (line.at.date().toordinal() - opened.toordinal(), _ISO.sub(later, json.dumps(said, ensure_ascii=False)))
        )
    return Model(tuple(acts), frozenset(papers))


def lived(items: int, models: Sequence[Model]) -> Iterator[PlainAct]:
    """Copies of models, each opened on a day of 2022 and 2023, in the order in which they were written."""
    acts: list[tuple[date, int, int, PlainAct]] = []
    for number in range(1, items + 1):
        opened = BEGIN + timedelta(days=number * 700 // items)
        for place, said in enumerate(models[number % len(models)].copied(number, opened)):
            acts.append((said.written, number, place, said))
    acts.sort(key=lambda act: act[:3])
    return (said for *_when, said in acts)


def models(folder: Path) -> list[Model]:
    """Ten items on their way: five archived, three before acceptance, one with a letter not received, one at the gates.

    `folder / "files"` holds the text of their procedure afterwards; a ledger of copies is opened with it.
    """
    book, found = reformkit.load(), dict[str, Model]()
    for name in ("archived", "reported", "sent", "gated"):
        story = begun(folder / f"{name}.ledger", folder, book)
        with story.ledger:
            if name in ("archived", "reported"):
                story.to_acceptance()
            else:
                story.to_the_letters()
            if name == "sent":
                story.send()
            if name == "archived":
                story.judge()
                story.accept()
                story.to_archive()
            found[name] = modelled(story)
    return [found[name] for name in ["archived"] * 5 + ["reported"] * 3 + ["sent", "gated"]]


def _with_own_papers(value: Any, papers: frozenset[str], mark: str) -> Any:
    if isinstance(value, dict):
        return {name: _with_own_papers(inner, papers, mark) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_own_papers(inner, papers, mark) for inner in value]
    return sha256((value + mark).encode()).hexdigest() if value in papers else value


if __name__ == "__main__":
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    head = write_export(into / "big.jsonl", lived(*map(int, sys.argv[2:] or [ITEMS]), models(into)))
    print(head.anchor)
