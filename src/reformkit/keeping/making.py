"""A ledger is made with its first act. Until then whatever is asked is tried in an empty one elsewhere.

So a refused act leaves nothing behind, not even an empty ledger, whatever the database.
"""

from __future__ import annotations

import shutil
import weakref
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Connection, insert, inspect, select, text, update

from reformkit.keeping import tables
from reformkit.keeping.database import Address, engine_of
from reformkit.keeping.line import START
from reformkit.problem import LedgerError, Problem
from reformkit.text import Text

_LOCK = 0x524B4C
"""Held while PostgreSQL makes the tables, so that two first openings do not meet."""
_MANY = 2_000

_OTHERS = Text("数据库里是别的表", "the database holds other tables")
_NO_SCHEMA = Text("读不出它的结构版本", "the number of its schema cannot be read")


class MadeMeanwhileError(Exception):
    """Another process was first to make the ledger."""


class Unmade:
    """A ledger that is not there yet: an empty one in a folder of its own, where turns are tried until one goes well.

    `pour` then writes it down where it belongs, in one transaction; `close` takes the folder away.
    """

    def __init__(self, wait: float) -> None:
        folder = mkdtemp(prefix="reformkit-")
        self._taken_away = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        address = Address.of_file(Path(folder, "empty.ledger"))
        self.engine = engine_of(address, read_only=False, wait=wait, lasting=False)
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            make(connection)

    def pour(self, connection: Connection) -> None:
        """Make the ledger through a connection, with all that was written meanwhile.

        Raises `MadeMeanwhileError` where another process was first.
        """
        if not _is_free(connection):
            raise MadeMeanwhileError
        tables.make_tables(connection)
        with self.engine.connect() as tried:
            for table in (tables.ACT, tables.FILE, tables.LEDGER):
                rows = tried.execute(select(table).order_by(*table.primary_key)).mappings()
                for some in rows.partitions(_MANY):
                    connection.execute(insert(table), [dict(row) for row in some])
        tables.make_triggers(connection)

    def close(self) -> None:
        """Take it away."""
        self.engine.dispose()
        self._taken_away()


def make(connection: Connection) -> None:
    """Make an empty ledger, unless another process was first."""
    if _is_free(connection):
        tables.make_tables(connection)
        first = {"id": 1, "schema": tables.SCHEMA, "seq": 0, "hash": START, "at": None}
        connection.execute(insert(tables.LEDGER).values(first))
        tables.make_triggers(connection)


def bring_up(connection: Connection, address: Address) -> None:
    """Bring a ledger of an earlier schema to this one."""
    now = schema_of(connection, address)
    if now is not None and now < tables.SCHEMA:  # else another process was first
        for number in range(now, tables.SCHEMA):
            tables.UPGRADES[number](connection)
        connection.execute(update(tables.LEDGER).values(schema=tables.SCHEMA))


def schema_of(connection: Connection, address: Address) -> int | None:
    """The schema of the ledger that is there; None where nothing is. Raises `LedgerError` for something else."""
    there = set(inspect(connection).get_table_names())
    wanted = set(tables.META.tables)
    if not wanted & there and (connection.dialect.name == "postgresql" or not there):
        return None
    if not wanted <= there:
        raise _no_ledger(address, _OTHERS)
    columns = {column["name"] for column in inspect(connection).get_columns("ledger")}
    if not {"schema", "seq", "hash"} <= columns:
        raise _no_ledger(address, _OTHERS)
    schema = connection.execute(text("SELECT schema FROM ledger WHERE id = 1")).scalar()
    if not isinstance(schema, int) or schema < 1:
        raise _no_ledger(address, _NO_SCHEMA)
    check_schema(schema, address)
    return schema


def check_schema(found: int, address: Address) -> None:
    """A ledger of a later schema is left alone. Raises `LedgerError` (RK523)."""
    if found > tables.SCHEMA:
        raise LedgerError([Problem("RK523", address.place, {"found": found, "known": tables.SCHEMA})])


def _is_free(connection: Connection) -> bool:
    """Whether no ledger is there; on PostgreSQL nobody else can make one until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    return not set(tables.META.tables) & set(inspect(connection).get_table_names())


def _no_ledger(address: Address, why: Text) -> LedgerError:
    return LedgerError([Problem("RK521", address.place, {"path": address.shown, "why": why})])
