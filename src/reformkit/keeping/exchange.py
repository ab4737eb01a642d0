"""A ledger as a file of JSON Lines, out and back bit for bit.

The first line says where the ledger ends; each line after it is `{"act":LINE,"hash":"HASH"}`, with the line exactly
as it is kept. So the file can be read by anything, lives in version control (it only grows), and is verified without
a database. Files (evidence, letters) are not in it: copy their folder with it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update

from reformkit.beside import beside
from reformkit.keeping import tables
from reformkit.keeping.checker import Examined, LineChecker
from reformkit.keeping.database import Address
from reformkit.keeping.files import Files
from reformkit.keeping.line import START, Head, Line
from reformkit.keeping.pages import read_head
from reformkit.keeping.store import Store
from reformkit.keeping.turn import files_of, row_of
from reformkit.problem import LedgerError, Place, Problem
from reformkit.text import Text

_ROW = re.compile(rb'\{"act":(\{.*\}),"hash":"([0-9a-f]{64})"\}\n')
_MANY = 2_000


def export(store: Store, path: str | os.PathLike[str]) -> Head:
    """Write a ledger to a file, whole or not at all, up to where it ends now. Raises OSError with the file's name."""
    head = store.head()
    with beside(Path(path)) as file:
        file.write(first_line(head))
        for line in store.lines(until=head.seq):
            file.write(act_line(line))
    return head


def first_line(head: Head) -> bytes:
    """The first line of an export."""
    at = None if head.at is None else head.at.isoformat(timespec="seconds")
    return _first(head.seq, head.hash, at, tables.SCHEMA)


def act_line(line: Line) -> bytes:
    """A line of the ledger as a line of an export."""
    return f'{{"act":{line.text},"hash":"{line.hash}"}}\n'.encode()


def verify_export(
    path: str | os.PathLike[str], anchors: Iterable[str] = (), folder: str | os.PathLike[str] | None = None
) -> list[Problem]:
    """All problems of an exported ledger, as `verify` has them; the files too where their `folder` is given."""
    return list(examined_export(path, anchors, folder).problems)


def examined_export(
    path: str | os.PathLike[str], anchors: Iterable[str] = (), folder: str | os.PathLike[str] | None = None
) -> Examined:
    """What `verify_export` finds, and with it where the ledger ends and how many files it names."""
    checker = LineChecker(os.fspath(path), anchors, None if folder is None else Files(Path(folder)))
    try:
        for _line in _read(Path(path), checker):
            pass
    except LedgerError as error:
        return checker.examined(*error.problems)
    return checker.examined()


def restore(path: str | os.PathLike[str], url: str | os.PathLike[str]) -> Head:
    """Make a ledger at a new address from an exported one. Returns where it ends.

    Its export is the same file, bit for bit. Raises `LedgerError` where the file does not verify (all its problems) or
    the address holds acts; then nothing of it is left there.
    """
    address = Address.read(url)
    is_new = address.path is not None and not address.path.exists()
    try:
        with Store(url) as store:
            store.make()
            return _filled(store, Path(path))
    except BaseException:
        if is_new and address.path is not None:
            address.path.unlink(missing_ok=True)
        raise


def _filled(store: Store, path: Path) -> Head:
    checker = LineChecker(os.fspath(path))
    with store.connected(writes=True) as connection:
        row = read_head(connection, to_write=True)
        if row is None or row.seq:
            values = {"path": store.address.shown, "seq": "?" if row is None else row.seq}
            raise LedgerError([Problem("RK534", store.address.place, values)])
        lines = _read(path, checker)
        last: Line | None = None
        while batch := list(islice(lines, _MANY)):
            if checker.has_found:  # nothing is kept of it; the rest is read for its problems
                continue
            connection.execute(insert(tables.ACT), [row_of(line) for line in batch])
            if files := files_of(batch):
                connection.execute(insert(tables.FILE), files)
            last = batch[-1]
        if problems := checker.examined().problems:
            raise LedgerError(problems)
        if last is None:
            return Head(0, START, None)
        connection.execute(update(tables.LEDGER).values(seq=last.seq, hash=last.hash, at=last.said["at"]))
    return Head(last.seq, last.hash, last.at)


def _read(path: Path, checker: LineChecker) -> Iterator[Line]:
    """The lines of an exported ledger, each taken by the checker, its end too."""
    try:
        with path.open("rb") as file:
            end = _end(path, file.readline())
            for number, raw in enumerate(file, 1):
                match = _ROW.fullmatch(raw)
                if match is None:
                    why = Text("这一行不是导出的样子", "the line is not as an export has it")
                    checker.say("RK542", number + 1, seq=number, why=why)
                    checker.skip()
                    continue
                line = checker.take(match[1].decode("utf-8", "surrogateescape"), match[2].decode())
                if line is not None:
                    yield line
    except OSError as error:
        what = error.strerror or str(error)
        raise LedgerError([Problem("RK532", Place(os.fspath(path)), {"what": what})]) from error
    checker.end(end["seq"], end["hash"], end["at"])


def _end(path: Path, raw: bytes) -> dict[str, Any]:
    """What the first line says. Raises `LedgerError` where it is none, or of a later schema."""
    place, shown = Place(os.fspath(path)), os.fspath(path)
    try:
        said = json.loads(raw)
        end, schema = {name: said[name] for name in ("seq", "hash", "at")}, said["schema"]
        is_first = _first(**end, schema=schema) == raw and schema >= 1
    except (ValueError, TypeError, KeyError, RecursionError):
        is_first = False
    if not is_first:
        why = Text("第一行不是导出的样子", "its first line is not as an export has it")
        raise LedgerError([Problem("RK548", place, {"path": shown, "why": why})])
    if schema > tables.SCHEMA:
        raise LedgerError([Problem("RK523", place, {"found": schema, "known": tables.SCHEMA})])
    return end


def _first(seq: Any, hash: Any, at: Any, schema: Any) -> bytes:
    said = {"at": at, "hash": hash, "reformkit": "ledger", "schema": schema, "seq": seq}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode() + b"\n"
