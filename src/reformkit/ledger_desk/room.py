"""A ledger as one account works on it at the desk, with the papers that were handed in for an act to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path

from reformkit.desk.asking import NotThere
from reformkit.ledger.item import Item
from reformkit.ledger.ledger import Ledger
from reformkit.model.evidence import Evidence
from reformkit.problem import Problem
from reformkit.text import Text

HERE = "reformkit.ledger_desk"
"""Where the templates of these screens stand."""
MOST_BYTES = 200 << 20
"""Of papers that wait for an act, in memory."""

_TOO_MANY = Text(
    "待用材料合计不能超过 200 MB；先办理或撤下已交的", "papers that wait may have 200 MB; use some, or take some back"
)
_EMPTY = Text("文件没有内容", "the file is empty")
_NO_NAME = Text("文件没有名称", "the file has no name")


@dataclass(frozen=True)
class WaitingPaper:
    """A paper that was handed in and stands in no act yet."""

    number: int
    name: str
    dated: date
    content: bytes = field(repr=False)

    @property
    def evidence(self) -> Evidence:
        """The paper as an act takes it."""
        return Evidence(self.name, self.dated, content=self.content)


@dataclass
class LedgerRoom:
    """A ledger and the account that acts. Papers are held in memory until an act takes them."""

    ledger: Ledger
    account: str
    papers: dict[str, list[WaitingPaper]] = field(default_factory=dict)
    casebook_words: tuple[str, bytes] | None = None
    """The file of words that stand instead of others in the casebook: its name and its bytes."""
    _numbers: count[int] = field(default_factory=lambda: count(1))

    @property
    def today(self) -> date:
        return self.ledger.today()

    def item(self, id: str, seen: int | None = None) -> Item:
        """An item. Raises `NotThere`."""
        try:
            return self.ledger.item(id, seen)
        except KeyError:
            raise NotThere from None

    def hand_in(self, item: str, name: str, dated: date, content: bytes) -> Text | None:
        """Hold a paper for an act of an item. Returns why it cannot be held, None where it is."""
        plain = name.replace("\\", "/").rpartition("/")[2].strip()
        held = sum(len(paper.content) for papers in self.papers.values() for paper in papers)
        if not plain:
            return _NO_NAME
        if not content:
            return _EMPTY
        if held + len(content) > MOST_BYTES:
            return _TOO_MANY
        self.papers.setdefault(item, []).append(WaitingPaper(next(self._numbers), plain, dated, content))
        return None

    def taken(self, item: str, numbers: set[int]) -> list[WaitingPaper]:
        """The papers of these numbers, which stay held until `drop`."""
        return [paper for paper in self.papers.get(item, ()) if paper.number in numbers]

    def drop(self, item: str, numbers: set[int]) -> None:
        """Hold these papers no longer."""
        self.papers[item] = [paper for paper in self.papers.get(item, ()) if paper.number not in numbers]


def at_name(problems: Iterable[Problem], path: Path, name: str) -> tuple[Problem, ...]:
    """Problems of a file that was handed in, at the name that it has for whoever did."""
    return tuple(
        replace(problem, place=replace(problem.place, path=name)) if problem.place.path == str(path) else problem
        for problem in problems
    )
