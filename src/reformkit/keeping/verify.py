"""What in a ledger is not as it was written: lines, chain, end, numbers, files, triggers, printed anchors."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, text

from reformkit.keeping.checker import COLUMNS, Examined, LineChecker
from reformkit.keeping.pages import read_head, rows_of
from reformkit.keeping.store import Store
from reformkit.keeping.tables import FILE, lost_triggers
from reformkit.problem import LedgerError, Problem


def verify(store: Store, anchors: Iterable[str] = (), files: bool = True) -> list[Problem]:
    """All problems of a ledger; none where every line, its order, its end and every file is as it was written.

    `anchors` are copied from printed sheets (`12:5508d2b710e64bc4`): a ledger that was rewritten as a whole agrees
    with itself, and only with them it does not. `files`: whether evidence and issued letters are read too.

    >>> import tempfile, pathlib
    >>> with Store(pathlib.Path(tempfile.mkdtemp()) / "台账.ledger") as store:
    ...     _ = store.write(lambda turn: turn.append("2022-点-001", {"kind": "opened"}))
    ...     anchor = store.head().anchor
    ...     verify(store, [anchor]), [problem.code for problem in verify(store, ["1:0000000000000000"])]
    ([], ['RK544'])
    """
    return list(examined(store, anchors, files).problems)


def examined(store: Store, anchors: Iterable[str] = (), files: bool = True) -> Examined:
    """What `verify` finds, and with it where the ledger ends and how many files it names."""
    checker = LineChecker(store.address.shown, anchors, store.files if files and store.folder is not None else None)
    try:
        with store.connected() as connection:
            for row in rows_of(connection):
                checker.take(row.line, row.hash, row[: len(COLUMNS)])
            head = read_head(connection)
            if head is None:
                checker.say("RK543", 0, said="?", found="?", why="")
            else:
                checker.end(head.seq, head.hash, head.at)
            listed = {(row.sha256, row.seq) for row in connection.execute(select(FILE.c.sha256, FILE.c.seq))}
            for sha256, seq in sorted(listed ^ checker.named, key=lambda pair: (pair[1], pair[0])):
                checker.say("RK547", seq, sha256=sha256, seq=seq)
            if files and store.folder is None and checker.named:
                checker.say("RK538", 0)
            for name in lost_triggers(connection):
                checker.say("RK546", 0, name=name)
            if connection.dialect.name == "sqlite":
                for complaint in connection.execute(text("PRAGMA integrity_check(3)")).scalars():
                    if complaint != "ok":
                        checker.say("RK533", 0, what=complaint.splitlines()[-1])
    except LedgerError as error:  # the file itself is damaged
        return checker.examined(*error.problems)
    return checker.examined()
