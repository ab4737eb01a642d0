"""The three tables of a ledger, the triggers that keep them, and the number of their schema.

`ledger` has one row: where the ledger ends. `act` has a row a line; its other columns repeat what the line says, so
that it can be looked up, and `verify` holds them to it. `file` says which act names which file. The lines themselves
never change shape in the database, whatever acts come to say (they carry a version of their own), so the schema
changes seldom: `UPGRADES` then has a function for each number, which brings a ledger of that schema to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, String, Table, Text, UniqueConstraint, text

SCHEMA = 1
"""The schema that is written now."""

UPGRADES: Mapping[int, Callable[[Connection], None]] = {}
"""For each earlier schema, what brings a ledger of it to the next."""

META = MetaData()
_WHOLE = BigInteger().with_variant(Integer, "sqlite")
LEDGER = Table(
    "ledger",
    META,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("schema", Integer, nullable=False),
    Column("seq", _WHOLE, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", String(40)),
)
ACT = Table(
    "act",
    META,
    Column("seq", _WHOLE, primary_key=True, autoincrement=False),
    Column("id", String(200), nullable=False, unique=True),
    Column("item", String(200), nullable=False),
    Column("n", Integer, nullable=False),
    Column("series", String(200)),
    Column("number", _WHOLE),
    Column("line", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("item", "n"),
    UniqueConstraint("series", "number"),
)
FILE = Table(
    "file",
    META,
    Column("sha256", String(64), primary_key=True),
    Column("seq", _WHOLE, primary_key=True, autoincrement=False),
)

_SAID = "a ledger is only added to"

# REPLACE deletes without calling a trigger on DELETE, so SQLite's triggers refuse the inserting that would replace.
_SQLITE = {
    "act_insert": f"""CREATE TRIGGER act_insert BEFORE INSERT ON act WHEN
NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM act) OR EXISTS (SELECT 1 FROM act WHERE id = NEW.id)
OR EXISTS (SELECT 1 FROM act WHERE item = NEW.item AND n = NEW.n)
OR EXISTS (SELECT 1 FROM act WHERE series = NEW.series AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, '{_SAID}'); END""",
    "act_update": f"CREATE TRIGGER act_update BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    "act_delete": f"CREATE TRIGGER act_delete BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    "file_insert": f"""CREATE TRIGGER file_insert BEFORE INSERT ON file WHEN
EXISTS (SELECT 1 FROM file WHERE sha256 = NEW.sha256 AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, '{_SAID}'); END""",
    "file_update": f"CREATE TRIGGER file_update BEFORE UPDATE ON file BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    "file_delete": f"CREATE TRIGGER file_delete BEFORE DELETE ON file BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    "ledger_insert": f"""CREATE TRIGGER ledger_insert BEFORE INSERT ON ledger WHEN
EXISTS (SELECT 1 FROM ledger) BEGIN SELECT RAISE(ABORT, '{_SAID}'); END""",
    "ledger_update": f"""CREATE TRIGGER ledger_update BEFORE UPDATE ON ledger WHEN
NEW.id <> OLD.id OR NEW.seq < OLD.seq OR NEW.schema < OLD.schema OR (NEW.seq = OLD.seq AND NEW.schema = OLD.schema)
BEGIN SELECT RAISE(ABORT, '{_SAID}'); END""",
    "ledger_delete": f"CREATE TRIGGER ledger_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
}

_REFUSE = f"""CREATE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION '{_SAID}'; END$$"""
_POSTGRESQL = {
    "act_kept": "CREATE TRIGGER act_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON act EXECUTE FUNCTION only_added()",
    "file_kept": "CREATE TRIGGER file_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON file EXECUTE FUNCTION only_added()",
    "ledger_kept": "CREATE TRIGGER ledger_kept BEFORE DELETE OR TRUNCATE ON ledger EXECUTE FUNCTION only_added()",
    "ledger_forward": """CREATE TRIGGER ledger_forward BEFORE UPDATE ON ledger FOR EACH ROW WHEN
(NEW.id <> OLD.id OR NEW.seq < OLD.seq OR NEW.schema < OLD.schema OR (NEW.seq = OLD.seq AND NEW.schema = OLD.schema))
EXECUTE FUNCTION only_added()""",
}


def make_tables(connection: Connection) -> None:
    """The tables, empty and without a head or triggers."""
    META.create_all(connection, checkfirst=False)


def make_triggers(connection: Connection) -> None:
    """The triggers; after them, rows can only be added."""
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in _SQLITE.values() if is_sqlite else (_REFUSE, *_POSTGRESQL.values()):
        connection.exec_driver_sql(statement)


def lost_triggers(connection: Connection) -> list[str]:
    """The triggers that are not there as they were made, or do not work."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        triggers = {row.name: row.sql for row in rows}
        return [name for name, sql in _SQLITE.items() if triggers.get(name) != sql]
    asked = text(
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgenabled IN ('O', 'A') AND pg_table_is_visible(tgrelid) AND relname IN ('ledger', 'act', 'file')"
    )
    there = set(connection.execute(asked).scalars())
    return [name for name in _POSTGRESQL if name not in there]
