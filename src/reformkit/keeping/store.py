"""The store of a ledger: opened by its address, read at any time, written in turns."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, update

from reformkit.keeping import tables
from reformkit.keeping.access import Access
from reformkit.keeping.database import Address
from reformkit.keeping.files import Files, WaitingFiles
from reformkit.keeping.line import Head, Line, canonical
from reformkit.keeping.making import MadeMeanwhileError, check_schema
from reformkit.keeping.pages import Pages, head_of, pages_of, read_head
from reformkit.keeping.turn import Turn, name_fault
from reformkit.problem import LedgerError, Problem, RefusedError
from reformkit.text import Text

T = TypeVar("T")

_MADE = Text("另一个程序刚刚建立了它", "another program has just made it")


def local_clock() -> datetime:
    """Now, with this machine's distance from UTC."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """What a turn wrote. `again`: it had been written before, under the same id, and `lines` are those of then.

    `value` is what the caller's function returned, None when it was not called again.
    """

    lines: tuple[Line, ...]
    again: bool
    value: T | None


class Store:
    """A ledger's store. `url` is `sqlite:///name.ledger`, `postgresql+psycopg://…`, or the path of a file.

    `clock` says the moment of writing (a time without a zone is this machine's); `folder` is where files are kept: for
    SQLite beside the ledger, `name.ledger.files` by default; for PostgreSQL it must be named; `wait` is for how many
    seconds a turn is waited for. `create`: whether a ledger is made where none is, by its first act. Raises `LedgerError` where it cannot be opened.

    >>> import tempfile
    >>> store = Store(Path(tempfile.mkdtemp()) / "台账.ledger")
    >>> done = store.write(lambda turn: turn.append("2022-点-001", {"kind": "opened"}), id="a")
    >>> again = store.write(lambda turn: turn.append("2022-点-001", {"kind": "opened"}), id="a")
    >>> done.lines == again.lines, again.again, store.head().seq
    (True, True, 1)
    >>> store.close()
    """

    def __init__(
        self,
        url: str | os.PathLike[str],
        *,
        clock: Callable[[], datetime] | None = None,
        read_only: bool = False,
        folder: str | os.PathLike[str] | None = None,
        most_mb: int = 50,
        wait: float = 30.0,
        create: bool = True,
    ) -> None:
        self.address = Address.read(url)
        self.read_only = read_only
        self.folder = self._folder(folder)
        self._most_mb = most_mb
        self._clock = clock or local_clock
        self._waiting: list[WaitingFiles] | None = None
        self._access = Access(self.address, read_only, wait, create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database. Nothing is lost: what was acknowledged is on disk."""
        self._access.close()

    @property
    def files(self) -> Files:
        """Where evidence and issued letters are kept. Raises `LedgerError` (RK538) where no folder was named."""
        if self.folder is None:
            raise LedgerError([Problem("RK538", self.address.place)])
        if self._waiting is None:
            return Files(self.folder, self._most_mb)
        files = WaitingFiles(self.folder, self._most_mb)
        self._waiting.append(files)
        return files

    def head(self) -> Head:
        """Where the ledger ends now."""
        with self.reading() as pages:
            return pages.head

    def lines(
        self,
        item: str | None = None,
        after: int = 0,
        until: int | None = None,
        wanted: Callable[[str], bool] | None = None,
        kinds: Sequence[str] | None = None,
    ) -> Iterator[Line]:
        """Lines in order, of the whole ledger or of an item, with numbers (of the ledger) above `after` up to `until`.

        They are read a page at a time, in short transactions: reading keeps nobody from writing, whatever the length.
        `wanted` says by its text whether a line is to be read at all; `kinds`: only acts of these are.
        """
        end = self.head().seq if until is None else until
        while True:
            with self.connected() as connection:
                page_and_end = next(pages_of(connection, self.address.place, after, end, item, wanted, kinds), None)
            if page_and_end is None:
                return
            after, page = page_and_end
            yield from page

    @contextmanager
    def reading(self) -> Iterator[Pages]:
        """What stands in the ledger now, to look up; keep it short, for a writer to SQLite waits meanwhile."""
        with self.connected() as connection:
            yield self._pages(connection)

    def write(
        self,
        ask: Callable[[Turn], T],
        *,
        id: str | None = None,
        asked: Mapping[str, Any] | None = None,
        seen: Mapping[str, int] | None = None,
    ) -> Written[T]:
        """Take a turn: `ask` looks at the ledger and appends, while nobody else can write. On return it is on disk.

        Where `ask` raises, nothing is written. `id` is the caller's for what is asked (without `/`): a second call
        with the same id writes nothing and gives the first one's lines. `asked`, plain data of what is asked, lets the
        store tell a retry from another act with the same id (RK526). `seen` says of items how many acts the caller
        saw; one that has moved since is refused (RK525). Raises `RefusedError` for these, and `LedgerError` where the
        ledger cannot be written: in use, full, or by a clock that has gone back (RK528).
        """
        if self.read_only:
            what = Text("它是以只读方式打开的", "it was opened for reading only")
            raise LedgerError([Problem("RK531", self.address.place, {"what": what})])
        name, digest = self._named(id), None if asked is None else _digest(asked)
        try:
            return self._written(ask, name, digest, seen or {})
        except MadeMeanwhileError:  # asked again, of the ledger that another process has made
            return self._written(ask, name, digest, seen or {})

    def _written(self, ask: Callable[[Turn], T], name: str, digest: str | None, seen: Mapping[str, int]) -> Written[T]:
        with self.connected(writes=True) as connection:
            pages = self._pages(connection, to_write=True)
            before = self._before(pages, name, digest)
            if before:
                return Written(before, True, None)
            turn = Turn(connection, pages.head, self._moment(pages.head), name, digest, self.address.place)
            self._check_seen(turn, seen)
            value = ask(turn)
            if turn.written:
                end = {"seq": turn.head.seq, "hash": turn.head.hash, "at": turn.at.isoformat(timespec="seconds")}
                connection.execute(update(tables.LEDGER).values(end))
        return Written(tuple(turn.written), False, value)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Whatever is written meanwhile is one transaction: all of it is kept, or, where the block raises, nothing.

        Nobody else can write meanwhile. A `write` that raises leaves nothing, and others may follow it. Files are
        kept when all has gone well.
        """
        try:
            with self._access.together():
                self._waiting = []
                try:
                    yield
                    waiting, self._waiting = self._waiting, None
                    for files in waiting:
                        files.keep_all()
                finally:
                    self._waiting = None
        except MadeMeanwhileError:
            raise LedgerError([Problem("RK524", self.address.place, {"what": _MADE, "wait": 0})]) from None

    def make(self) -> None:
        """Make the ledger now, empty, where it is not there yet; else it is made with its first act."""
        self._access.make()

    @contextmanager
    def connected(self, writes: bool = False) -> Iterator[Connection]:
        """A transaction; what the database refuses in it is said in words."""
        with self._access.writing() if writes else self._access.reading() as connection:
            yield connection

    def _folder(self, folder: str | os.PathLike[str] | None) -> Path | None:
        path = self.address.path
        if path is None:
            return None if folder is None else Path(folder)
        return path.with_name(path.name + ".files") if folder is None else path.parent / folder

    def _pages(self, connection: Connection, to_write: bool = False) -> Pages:
        row = read_head(connection, to_write)
        head = head_of(row, self.address.place)
        if row is not None:  # another process may have brought it to a newer schema
            check_schema(row.schema, self.address)
        return Pages(connection, head, self.address.place)

    # --- writing ---------------------------------------------------------------------------------------

    def _named(self, id: str | None) -> str:
        if id is None:
            return uuid4().hex
        fault = name_fault(id)
        if fault is None and "/" in id:
            fault = Text("不能含有“/”", "must not hold `/`")
        if fault is not None:
            raise RefusedError([Problem("RK527", self.address.place, {"where": "id", "what": fault})])
        return id

    def _before(self, pages: Pages, id: str, digest: str | None) -> tuple[Line, ...]:
        """The lines that were written under an id already."""
        lines: list[Line] = []
        while (line := pages.act(id if not lines else f"{id}/{len(lines) + 1}")) is not None:
            lines.append(line)
        if lines and digest != lines[0].said.get("asked"):
            values = {"id": id, "seq": lines[0].seq, "item": lines[0].item}
            raise RefusedError([Problem("RK526", self.address.place, values)])
        return tuple(lines)

    def _moment(self, head: Head) -> datetime:
        said = self._clock()
        now = (said if said.tzinfo is not None else said.astimezone()).replace(microsecond=0)
        if head.at is not None and now < head.at:
            values = {"now": now.isoformat(), "last": head.at.isoformat()}
            raise LedgerError([Problem("RK528", self.address.place, values)])
        return now

    def _check_seen(self, turn: Turn, seen: Mapping[str, int]) -> None:
        moved = [(item, n, now) for item, n in seen.items() if (now := turn.n(item)) != n]
        if moved:
            values = [{"item": item, "seen": n, "now": now} for item, n, now in moved]
            raise RefusedError([Problem("RK525", self.address.place, each) for each in values])


def _digest(asked: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(asked).encode()).hexdigest()[:16]
