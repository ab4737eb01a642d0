"""The way to the database of a ledger: transactions in it, and in an empty one as long as the ledger is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine

from reformkit.keeping import tables
from reformkit.keeping.database import Address, check_file, engine_of, in_words
from reformkit.keeping.making import Unmade, bring_up, make, schema_of
from reformkit.keeping.pages import read_head
from reformkit.problem import LedgerError, Problem
from reformkit.text import Text

_OLDER = Text(
    "它的结构是第 {schema} 版，须先以可写方式打开一次，升级到第 {now} 版",
    "it has schema {schema} and must be opened for writing once, which brings it to {now}",
)


class Access:
    """The way to a ledger. `wait` is for how many seconds a turn is waited for; `create`: whether one may be made.

    A ledger that is not there is made by the first transaction that writes an act and ends well. Raises `LedgerError`
    where it cannot be opened.
    """

    def __init__(self, address: Address, read_only: bool, wait: float, create: bool) -> None:
        self.address = address
        self._wait = wait
        self._joint: Connection | None = None
        self._lock = RLock()
        self._unmade: Unmade | None = None
        self._made = False
        if address.path is not None:
            check_file(address.path, read_only, create)
        self._engine = engine_of(address, read_only, wait)
        try:
            self._open(read_only, create and not read_only)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
        if self._unmade is not None:
            self._unmade.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction to look in."""
        if self._joint is not None:
            yield self._joint
            return
        with self._begun(self._engine if self._is_made() else self._elsewhere.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction to write in. Raises `MadeMeanwhileError` where it would have made the ledger, and another
        process has done so; then nothing of it was written."""
        if self._joint is not None:
            with self._joint.begin_nested():
                yield self._joint
            return
        with ExitStack() as held:
            if not self._is_made():
                held.enter_context(self._lock)  # one thread at a time makes it
            if self._is_made():
                with self._begun(self._engine, writes=True) as connection:
                    yield connection
                return
            with self._begun(self._elsewhere.engine, writes=True) as connection:
                yield connection
                row = read_head(connection)
            if row is not None and row.seq:
                self._pour()

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written in the block is one transaction. Raises as `writing` does."""
        with self.writing() as connection:
            self._joint = connection
            try:
                yield
            finally:
                self._joint = None

    def make(self) -> None:
        """Make the ledger now, empty, where it is not there yet."""
        if not self._is_made():
            with self._lock, self._begun(self._engine, writes=True) as connection:
                make(connection)

    # --- whether it is there ---------------------------------------------------------------------------

    def _open(self, read_only: bool, create: bool) -> None:
        schema = self._schema()
        self._made = schema is not None
        if schema is None and not create:
            raise LedgerError([Problem("RK522", self.address.place, {"path": self.address.shown})])
        if schema is None or schema == tables.SCHEMA:
            return
        if read_only:
            what = _OLDER.fill(schema=schema, now=tables.SCHEMA)
            raise LedgerError([Problem("RK531", self.address.place, {"what": what})])
        with self._begun(self._engine, writes=True) as connection:
            bring_up(connection, self.address)

    def _is_made(self) -> bool:
        """Whether the ledger is there by now."""
        self._made = self._made or self._schema() is not None
        return self._made

    def _schema(self) -> int | None:
        """The schema of the ledger that is there, None where none is. Looking for a file makes none."""
        path = self.address.path
        if path is not None and not (path.exists() and path.stat().st_size):
            return None
        with self._begun(self._engine) as connection:
            return schema_of(connection, self.address)

    @property
    def _elsewhere(self) -> Unmade:
        """Where a ledger that is not there is tried."""
        self._unmade = self._unmade or Unmade(self._wait)
        return self._unmade

    def _pour(self) -> None:
        """Make the ledger of what was written elsewhere."""
        try:
            with self._begun(self._engine, writes=True) as connection:
                self._elsewhere.pour(connection)
        except BaseException:
            tried, self._unmade = self._elsewhere, None
            tried.close()
            raise
        self._made = True

    @contextmanager
    def _begun(self, engine: Engine, writes: bool = False) -> Iterator[Connection]:
        """A transaction on a database; what it refuses is said in words."""
        steady = engine.dialect.name == "postgresql" and not writes  # SQLite's reading is steady as it is
        options: dict[str, Any] = {"isolation_level": "REPEATABLE READ"} if steady else {"writes": writes}
        with (
            in_words(self.address, self._wait),
            engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection
