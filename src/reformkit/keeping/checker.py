"""Whether lines are as they were written, taken one after another; the same for a database and an exported file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from types import NoneType
from typing import Any

from reformkit.keeping.files import Files
from reformkit.keeping.line import ALWAYS, START, Anchor, Head, Line, chained, is_sha256
from reformkit.problem import Place, Problem
from reformkit.text import Text, visible

MOST = 100
"""Problems that are listed; the last one says how many more there are."""

UNREADABLE = Text("读不出来（{error}）", "it cannot be read ({error})")
_OUT_OF_ORDER = Text("编号次序不对", "its number is out of order")
_ENDS = Text("台账只到第 {seq} 号", "the ledger ends with act {seq}")
_BESIDE = Text("表中的 {name} 是 {column}，记录里是 {line}", "the table has {column} as {name}, and the line {line}")
_LOOSE = Text("写法不规范", "it is not written in the one canonical way")
NOT_NEXT = Text(
    "事项 {item} 的第 {expected} 条应在这里，却是第 {n} 条",
    "act {expected} of item {item} should stand here, and it is act {n}",
)
_ODD = Text("{name} 不能是 {said}", "its {name} cannot be {said}")
_EARLIER = Text("写入时间早于前一条", "it was written before the one before it")
_ID_TWICE = Text("编号（id）{id} 重复", "its id {id} stands twice")
_NUMBER_TWICE = Text("{series} 第 {number} 号重复", "number {number} of {series} stands twice")
_NOW = Text("现在的校验码是 {hash}", "its hash now begins with {hash}")
_NO_SHA256 = Text("“{word}”不是 SHA-256", "`{word}` is no SHA-256")
_NAMED_BY = Text("第 {seq} 号记录所附", "named by act {seq}")
_OTHER_HASH, _OTHER_TIME = Text("，校验码不同", ", with another hash"), Text("，时间不同", ", at another time")

COLUMNS = ("seq", "id", "item", "n", "series", "number")
"""What stands beside a line in a database, and in the line too."""

_TYPES = {
    "seq": (int,),
    "id": (str,),
    "item": (str,),
    "n": (int,),
    "series": (str, NoneType),
    "number": (int, NoneType),
}
"""What a line has under them."""
_FIT = frozenset(product(*_TYPES.values()))
"""The same, as the types of all of them at once: nearly every line is looked at once."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a ledger: all that does not hold, where it ends, and how many files its acts name."""

    problems: tuple[Problem, ...]
    head: Head
    files: int


class LineChecker:
    """Takes rows in their order, then says all that does not hold.

    `take` has the text and hash of each line, and the `COLUMNS` that stand beside it in a database; `end` has what the
    ledger says of its own end. `examined()` closes the account. A line that is not as it was written is said once:
    those after it are held to the hash that stands beside it.
    """

    def __init__(self, shown: str, anchors: Iterable[str] = (), files: Files | None = None) -> None:
        self._shown = shown
        self._files = files
        self._problems: list[Problem] = []
        self._more = 0
        self._seq, self._hash, self._at = 0, START, ""
        self._moment: datetime | None = None
        self._n: dict[str, int] = {}
        self._ids: set[str] = set()
        self._numbers: set[tuple[Any, Any]] = set()
        self._sizes: dict[str, int] = {}
        self.named: set[tuple[str, int]] = set()
        """Which file is named by which act, as hash and number."""
        self._anchors: dict[int, list[tuple[str, str]]] = {}
        for words in anchors:
            try:
                anchor = Anchor.read(words)
            except ValueError:
                self.say("RK545", 0, anchor=words)
                continue
            self._anchors.setdefault(anchor.seq, []).append((anchor.digits, words))
        self._hold_to_anchors(0, START)

    def say(self, code: str, line: int, **values: Any) -> None:
        """One more problem, at a line."""
        if len(self._problems) < MOST:
            self._problems.append(Problem(code, Place(self._shown, max(line, 1)), values))
        else:
            self._more += 1

    def take(self, text: str, hash: str, columns: Sequence[Any] | None = None) -> Line | None:
        """The next line. Returned as read, None where it is none."""
        try:
            line = Line.read(text, hash)
            said = line.said.get("seq")
        except ValueError as error:
            line, said = None, self._seq + 1
            fault: Text | None = UNREADABLE.fill(error=visible(str(error)))
        seq = columns[0] if columns is not None else said if isinstance(said, int) else self._seq + 1
        if not isinstance(seq, int) or seq <= self._seq:  # a line too many: those after it are held to the one before
            why = _OUT_OF_ORDER
            self.say("RK542", self._seq + 1, seq=seq, why=why)
            return line
        matches = not self._hash or chained(self._hash, text) == hash
        if seq > self._seq + 1:
            self.say("RK540", seq, first=self._seq + 1, last=seq - 1)
            matches = True  # what came before it is not there to hold it to
        if line is not None:
            fault = self._fault(line, columns)
        if not matches:
            self.say("RK541", seq, seq=seq)
        elif fault is not None:
            self.say("RK542", seq, seq=seq, why=fault)
        self._hold_to_anchors(seq, hash)
        self._seq, self._hash = seq, hash
        if line is not None:
            self._take_files(line, seq)
        return line

    def skip(self) -> None:
        """A line that could not even be told from its hash: the next is held to nothing before it."""
        self._seq, self._hash = self._seq + 1, ""

    @property
    def has_found(self) -> bool:
        """Whether anything does not hold so far."""
        return bool(self._problems)

    def end(self, seq: int, hash: str, at: str | None) -> None:
        """What the ledger says of its end."""
        if seq != self._seq:
            self.say("RK543", self._seq, said=seq, found=self._seq, why="")
        elif hash != self._hash:
            why = _OTHER_HASH
            self.say("RK543", self._seq, said=seq, found=self._seq, why=why)
        elif (at or "") != self._at:
            why = _OTHER_TIME
            self.say("RK543", self._seq, said=seq, found=self._seq, why=why)

    def examined(self, *more: Problem) -> Examined:
        """Everything that does not hold, the files too."""
        for seq, anchors in sorted(self._anchors.items()):
            for _digits, words in anchors:
                why = _ENDS.fill(seq=self._seq)
                self.say("RK544", self._seq, seq=seq, anchor=words, why=why)
        self._anchors.clear()
        if self._files is not None:
            self._look_at(self._files)
        if self._more:
            more = (*more, Problem("RK549", Place(self._shown, self._seq), {"more": self._more}))
        head = Head(self._seq, self._hash, self._moment)
        return Examined((*self._problems, *more), head, len({sha256 for sha256, _seq in self.named}))

    def _fault(self, line: Line, columns: Sequence[Any] | None) -> Text | None:
        """Why a line is not one that the store writes."""
        try:
            return self._misfit(line, columns)
        except (ValueError, KeyError, TypeError) as error:
            return UNREADABLE.fill(error=visible(str(error)))

    def _misfit(self, line: Line, columns: Sequence[Any] | None) -> Text | None:
        said = line.said
        beside = tuple(map(said.get, COLUMNS))
        if tuple(map(type, beside)) not in _FIT:
            return _odd(said)
        n, item, moment = said["n"], said["item"], line.at
        expected, self._n[item] = self._n.get(item, 0) + 1, n
        earlier = self._moment is not None and moment < self._moment
        self._moment, self._at = moment, said["at"]
        if columns is not None and tuple(columns) != beside:
            name, column = next(pair for pair in zip(COLUMNS, columns, strict=True) if pair[1] != said.get(pair[0]))
            return _BESIDE.fill(name=name, column=visible(str(column)), line=visible(str(said.get(name))))
        if not line.is_canonical():
            return _LOOSE
        if n != expected:
            return NOT_NEXT.fill(item=visible(item), expected=expected, n=str(n))
        if earlier:
            return _EARLIER
        if line.id in self._ids:
            return _ID_TWICE.fill(id=visible(line.id))
        self._ids.add(line.id)
        if line.series is not None:
            number = (line.series, line.number)
            if number in self._numbers:
                return _NUMBER_TWICE.fill(series=visible(line.series), number=str(number[1]))
            self._numbers.add(number)
        return None

    def _hold_to_anchors(self, seq: int, hash: str) -> None:
        for digits, words in self._anchors.pop(seq, ()):
            if not hash.startswith(digits):
                why = _NOW.fill(hash=hash[:16])
                self.say("RK544", seq, seq=seq, anchor=words, why=why)

    def _take_files(self, line: Line, seq: int) -> None:
        for sha256, size in line.named_files():
            if not is_sha256(sha256):
                why = _NO_SHA256.fill(word=visible(sha256))
                self.say("RK542", seq, seq=seq, why=why)
                continue
            self.named.add((sha256, seq))
            self._sizes.setdefault(sha256, size)

    def _look_at(self, files: Files) -> None:
        first: dict[str, int] = {}
        for sha256, seq in sorted(self.named, key=lambda pair: pair[1]):
            first.setdefault(sha256, seq)
        for sha256, seq in first.items():
            state = files.state(sha256, self._sizes[sha256])
            if state != "whole":
                named = _NAMED_BY.fill(seq=seq)
                code = "RK536" if state == "missing" else "RK537"
                self.say(code, seq, sha256=sha256, named=named, folder=str(files.folder))


def _odd(said: Mapping[str, Any]) -> Text:
    """Which of a line's fields is no such thing. Raises KeyError where one that every line has is missing."""
    values = {name: said[name] if name in ALWAYS else said.get(name) for name in COLUMNS}
    name = next(name for name, value in values.items() if type(value) not in _TYPES[name])
    return _ODD.fill(name=name, said=repr(values[name])[:60])
