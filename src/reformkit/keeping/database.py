"""The database of a ledger: SQLite in one file, or PostgreSQL, by its URL; what it refuses is said in words.

SQLite is used so that a ledger is one file that can be copied: no write-ahead log (it keeps files beside the ledger
and does not work on network drives), every transaction on disk before it is acknowledged (`synchronous=EXTRA`), and
the writer's lock taken at the beginning (`BEGIN IMMEDIATE`), so that no two can build on the same last line.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from reformkit.problem import LedgerError, Place, Problem
from reformkit.text import Text

_FIRST_BYTES = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a ledger is. `path` is the file of SQLite, None for PostgreSQL; `shown` never holds a password."""

    url: URL
    path: Path | None
    shown: str

    @classmethod
    def read(cls, words: str | os.PathLike[str]) -> Address:
        """An address from a URL or the path of a file. Raises `LedgerError` (RK520)."""
        said = os.fspath(words)
        if "://" not in said:
            return cls.of_file(Path(said))
        try:
            url = make_url(said)
        except (ArgumentError, ValueError):
            raise _no_address(said, Text("写法不对", "it is not written as one")) from None
        shown = url.render_as_string(hide_password=True)
        match url.get_backend_name():
            case "sqlite" if url.database and url.database != ":memory:":
                return cls.of_file(Path(url.database))
            case "sqlite":
                raise _no_address(
                    shown, Text("没有文件名，关闭后什么也留不下", "without a file, nothing would be kept")
                )
            case "postgresql":
                return cls(url.set(drivername="postgresql+psycopg"), None, shown)
        raise _no_address(shown, Text("只支持 SQLite 和 PostgreSQL", "only SQLite and PostgreSQL are supported"))

    @classmethod
    def of_file(cls, path: Path) -> Address:
        return cls(URL.create("sqlite", database=os.fspath(path)), path, os.fspath(path))

    @property
    def place(self) -> Place:
        """The ledger as the place of a problem."""
        return Place(self.shown)


def _no_address(shown: str, why: Text) -> LedgerError:
    return LedgerError([Problem("RK520", Place(shown), {"url": shown, "why": why})])


def engine_of(address: Address, read_only: bool, wait: float, lasting: bool = True) -> Engine:
    """What connects to a ledger. Nothing is opened yet. `lasting`: whether each transaction is to be on disk."""
    if address.path is not None:
        return _sqlite(address.path, read_only, wait, "EXTRA" if lasting else "OFF")
    try:
        engine = create_engine(address.url, isolation_level="READ COMMITTED", pool_pre_ping=True)
    except NoSuchModuleError:
        raise _no_address(address.shown, Text("写法不对", "it is not written as one")) from None

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {int(wait * 1000)}")
            cursor.execute("SET synchronous_commit = on")
            if read_only:
                cursor.execute("SET default_transaction_read_only = on")
        connection.commit()

    return engine


def _sqlite(path: Path, read_only: bool, wait: float, synchronous: str) -> Engine:
    where = path.absolute().as_uri() + ("?mode=ro" if read_only else "?mode=rwc")

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(where, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        connection.text_factory = _text
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute(f"PRAGMA synchronous={synchronous}")
        except UnicodeDecodeError as error:  # sqlite names what is damaged by words of the file itself
            connection.close()
            damaged = sqlite3.DatabaseError("malformed database schema")
            damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damaged from error
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _text(raw: bytes) -> str:
    """Text from a row; bytes that are no UTF-8, which only tampering puts there, are kept for `verify` to name."""
    return raw.decode("utf-8", "surrogateescape")


_EMPTY = Text("文件是空的，一个字节也没有", "it is empty, without a single byte")


def check_file(path: Path, read_only: bool, create: bool) -> None:
    """Whether a file can be a ledger, before anything opens it. Raises `LedgerError`; changes nothing."""
    place, values = Place(os.fspath(path)), {"path": os.fspath(path)}
    try:
        if path.is_dir():
            raise LedgerError([Problem("RK521", place, {**values, "why": Text("这是文件夹", "it is a folder")})])
        if not path.exists():
            if read_only or not create:
                raise LedgerError([Problem("RK522", place, values)])
            if not path.parent.is_dir():
                why = Text("它的文件夹不存在", "its folder is not there")
                raise LedgerError([Problem("RK521", place, {**values, "why": why})])
            return
        with path.open("rb") as file:
            first = file.read(len(_FIRST_BYTES))
    except OSError as error:
        raise LedgerError([Problem("RK532", place, {"what": error.strerror or str(error)})]) from error
    if first and first != _FIRST_BYTES:
        why = Text("它是别的文件", "it is a file of another kind")
        raise LedgerError([Problem("RK521", place, {**values, "why": why})])
    if not first and (read_only or not create):
        raise LedgerError([Problem("RK533", place, {"what": _EMPTY})])


@contextmanager
def in_words(address: Address, wait: float) -> Iterator[None]:
    """What a database refuses becomes a `LedgerError` that says it, its kind by the database's own number."""
    try:
        yield
    except DBAPIError as error:
        what = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
        code = _code(error.orig)
        raise LedgerError([Problem(code, address.place, {"what": what, "wait": f"{wait:g}"})]) from error


_SQLITE_CODES = {
    sqlite3.SQLITE_BUSY: "RK524",
    sqlite3.SQLITE_LOCKED: "RK524",
    sqlite3.SQLITE_FULL: "RK530",
    sqlite3.SQLITE_READONLY: "RK531",
    sqlite3.SQLITE_CORRUPT: "RK533",
    sqlite3.SQLITE_NOTADB: "RK533",
}
_POSTGRESQL_CODES = {"55P03": "RK524", "53100": "RK530", "25006": "RK531", "42501": "RK531", "XX001": "RK533"}


def _code(error: BaseException | None) -> str:
    if isinstance(error, sqlite3.Error):
        extended = getattr(error, "sqlite_errorcode", 0)
        return _SQLITE_CODES.get(extended & 0xFF, "RK532")
    return _POSTGRESQL_CODES.get(getattr(error, "sqlstate", None) or "", "RK532")
