"""What can be looked up in a ledger, through one connection: lines, an item's lines, numbers that are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from reformkit.keeping.checker import COLUMNS, UNREADABLE
from reformkit.keeping.line import ALWAYS, Head, Line
from reformkit.keeping.tables import ACT, FILE, LEDGER
from reformkit.problem import LedgerError, Place, Problem
from reformkit.text import Text

MANY = 2_000
"""Lines that are read at a time."""
_ITEMS = 100
"""Items whose lines are read at a time."""

_OTHERWISE = Text("表中是第 {seq} 号", "the table has it as act {seq}")
_LINE = select(ACT.c.seq, ACT.c.line, ACT.c.hash)


def head_of(row: Row[Any] | None, place: Place) -> Head:
    """The end of a ledger, from its row. Raises `LedgerError` where there is none, or it says nothing sensible."""
    try:
        if row is not None and isinstance(row.seq, int):
            return Head(row.seq, row.hash, None if row.at is None else datetime.fromisoformat(row.at))
    except (ValueError, TypeError):
        pass
    what = Text("登记末尾的一行不在或读不出来", "the row that says where it ends is not there or cannot be read")
    raise LedgerError([Problem("RK533", place, {"what": what})])


class Pages:
    """A ledger as it stands in one transaction."""

    def __init__(self, connection: Connection, head: Head, place: Place) -> None:
        self._connection = connection
        self._place = place
        self.head = head

    def lines(self, item: str, after: int = 0) -> list[Line]:
        """The lines of an item beyond its `after`th, in order."""
        return self._read(_LINE.where(ACT.c.item == item, ACT.c.n > after).order_by(ACT.c.n))

    def since(self, seq: int) -> list[Line]:
        """All lines of the ledger beyond a number, in order: what others wrote since one looked."""
        pages = pages_of(self._connection, self._place, seq, self.head.seq)
        return [line for _until, page in pages for line in page]

    def n(self, item: str) -> int:
        """How many acts an item has; 0 where there is no such item."""
        return self._connection.execute(select(func.max(ACT.c.n)).where(ACT.c.item == item)).scalar() or 0

    def act(self, id: str) -> Line | None:
        """The act that a caller gave this id."""
        return self._first(_LINE.where(ACT.c.id == id))

    def last_number(self, series: str) -> int:
        """The highest number that is taken in a series, 0 where none is. A voided number stays taken."""
        return self._connection.execute(select(func.max(ACT.c.number)).where(ACT.c.series == series)).scalar() or 0

    def around(self, series: str, number: int) -> tuple[Line | None, Line | None, Line | None]:
        """In a series, the act with the nearest number below, with this number, and with the nearest above."""
        of_series = _LINE.where(ACT.c.series == series)
        return (
            self._first(of_series.where(ACT.c.number < number).order_by(ACT.c.number.desc())),
            self._first(of_series.where(ACT.c.number == number)),
            self._first(of_series.where(ACT.c.number > number).order_by(ACT.c.number)),
        )

    def naming(self, sha256: str) -> list[Line]:
        """The acts that name a file, in order."""
        named = select(FILE.c.seq).where(FILE.c.sha256 == sha256)
        return self._read(_LINE.where(ACT.c.seq.in_(named)).order_by(ACT.c.seq))

    # --- found by the columns, so that a ledger need not be read to be looked into ------------------------

    def items(self) -> list[str]:
        """The items of the ledger, in the order in which they were opened."""
        return list(self._connection.execute(select(ACT.c.item).where(ACT.c.n == 1).order_by(ACT.c.seq)).scalars())

    def lines_of(self, items: Sequence[str]) -> Iterator[Line]:
        """The lines of several items, item by item."""
        for start in range(0, len(items), _ITEMS):
            among = ACT.c.item.in_(items[start : start + _ITEMS])
            yield from self._read(_LINE.where(among, ACT.c.seq <= self.head.seq).order_by(ACT.c.item, ACT.c.n))

    def last_lines(self, wanted: Callable[[str], bool]) -> list[Line]:
        """The last line of each item, of those whose text is wanted."""
        last = select(ACT.c.item, func.max(ACT.c.n).label("n")).group_by(ACT.c.item).subquery()
        return self._read(_LINE.join_from(ACT, last, (ACT.c.item == last.c.item) & (ACT.c.n == last.c.n)), wanted)

    def saying(self, text: str, openings: bool = False) -> list[str]:
        """The items with a line that holds a text, in any order; `openings`: of each only its first line is looked at."""
        place = func.instr if self._connection.dialect.name == "sqlite" else func.strpos
        asked = select(ACT.c.item).where(place(ACT.c.line, text) > 0).distinct()
        if openings:
            asked = asked.where(ACT.c.seq.in_(select(ACT.c.seq).where(ACT.c.n == 1)))
        return list(self._connection.execute(asked).scalars())

    def shared_files(self) -> dict[str, list[str]]:
        """The files that acts of more than one item name, with these items; what items are opened with does not count."""
        many = select(FILE.c.sha256).group_by(FILE.c.sha256).having(func.count() > 1)
        asked = (
            select(FILE.c.sha256, ACT.c.item)
            .join_from(FILE, ACT, FILE.c.seq == ACT.c.seq)
            .where(ACT.c.n > 1, FILE.c.sha256.in_(many))
            .distinct()
            .order_by(FILE.c.sha256, ACT.c.item)
        )
        found: dict[str, list[str]] = {}
        for row in self._connection.execute(asked):
            found.setdefault(row.sha256, []).append(row.item)
        return {sha256: items for sha256, items in found.items() if len(items) > 1}

    def last_before(self, day: date, day_of: Callable[[datetime], date]) -> int:
        """The number of the last act that was written before a day; moments of writing never go back."""
        low, high = 0, self.head.seq
        while low < high:
            middle = (low + high + 1) // 2
            line = self._first(_LINE.where(ACT.c.seq == middle))
            if line is not None and day_of(line.at) < day:
                low = middle
            else:
                high = middle - 1
        return low

    def _read(self, asked: Select[Any], wanted: Callable[[str], bool] | None = None) -> list[Line]:
        rows = self._connection.execute(asked)
        return [_line(row, self._place) for row in rows if wanted is None or wanted(row.line)]

    def _first(self, asked: Select[Any]) -> Line | None:
        row = self._connection.execute(asked.limit(1)).first()
        return None if row is None else _line(row, self._place)


def pages_of(
    connection: Connection,
    place: Place,
    after: int,
    until: int,
    item: str | None = None,
    wanted: Callable[[str], bool] | None = None,
    kinds: Sequence[str] | None = None,
) -> Iterator[tuple[int, list[Line]]]:
    """Lines in order, a page at a time, each with the number up to which the ledger was read.

    Lines never change, so no transaction need span the pages. Texts that are not `wanted` are passed over unread;
    of `kinds`, a few lines that only speak of such a kind may come too.
    """
    place_of = func.instr if connection.dialect.name == "sqlite" else func.strpos
    of_kinds = [place_of(ACT.c.line, f'"kind":"{kind}"') > 0 for kind in kinds or ()]
    while True:
        asked = _LINE.where(ACT.c.seq > after, ACT.c.seq <= until).order_by(ACT.c.seq).limit(MANY)
        asked = asked.where(or_(*of_kinds)) if of_kinds else asked
        rows = connection.execute(asked if item is None else asked.where(ACT.c.item == item)).all()
        if not rows:
            return
        after = rows[-1].seq
        yield after, [_line(row, place) for row in rows if wanted is None or wanted(row.line)]


def rows_of(connection: Connection) -> Iterator[Row[Any]]:
    """Every row of `act` as it stands, whole or not, in order: first the `COLUMNS`, then line and hash."""
    columns, after = (*(ACT.c[name] for name in COLUMNS), ACT.c.line, ACT.c.hash), None
    while True:
        asked = select(*columns).order_by(ACT.c.seq).limit(MANY)
        page = connection.execute(asked if after is None else asked.where(ACT.c.seq > after)).all()
        yield from page
        if len(page) < MANY:
            return
        after = page[-1].seq


def read_head(connection: Connection, to_write: bool = False) -> Row[Any] | None:
    """The row that says where the ledger ends; `to_write` holds it until the transaction ends (PostgreSQL)."""
    asked = select(LEDGER).where(LEDGER.c.id == 1)
    return connection.execute(asked.with_for_update() if to_write else asked).first()


def _line(row: Any, place: Place) -> Line:
    """A row as a line. Raises `LedgerError` where it is none: somebody has been at it."""
    try:
        line = Line.read(row.line, row.hash)
        if line.said["seq"] == row.seq and line.said.keys() >= ALWAYS:
            return line
        why = _OTHERWISE.fill(seq=row.seq)
    except (ValueError, KeyError) as error:
        why = UNREADABLE.fill(error=str(error))
    raise LedgerError([Problem("RK542", place, {"seq": row.seq, "why": why})])
