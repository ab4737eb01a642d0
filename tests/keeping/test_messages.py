"""Every problem of a ledger's store, made once, with exactly what is said of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from reformkit.keeping import tables
from reformkit.keeping.exchange import export, restore, verify_export
from reformkit.keeping.store import Store
from reformkit.keeping.turn import Turn
from reformkit.keeping.verify import verify
from reformkit.problem import LedgerError, Problem, RefusedError
from reformkit.problem_codes.ledgers import LEDGERS
from tests.keeping.acting import SERIES, Clock, appending, filled
from tests.keeping.test_store import change, without_triggers

Make = Callable[[Path], object]


def ledger(folder: Path, acts: int = 5) -> Store:
    return filled(Store(folder / "a.ledger", clock=Clock()), acts)


def changed(folder: Path, *statements: str) -> list[Problem]:
    """What `verify` says of a ledger after changes; of the triggers that went for them, nothing."""
    with ledger(folder) as store:
        url = f"sqlite:///{folder}/a.ledger"
        change(url, *without_triggers(url), *statements)
        return [problem for problem in verify(store) if problem.code != "RK546"]


def busy(folder: Path) -> None:
    ledger(folder).close()
    other = sqlite3.connect(folder / "a.ledger", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with Store(folder / "a.ledger", wait=0.1) as store:
            store.write(appending("A", {}))
    finally:
        other.close()


def clock_back(folder: Path) -> None:
    clock = Clock()
    with filled(Store(folder / "a.ledger", clock=clock), 2) as store:
        clock.now -= timedelta(hours=1)
        store.write(appending("A", {}))


def newer(folder: Path) -> None:
    ledger(folder).close()
    change(f"sqlite:///{folder}/a.ledger", "UPDATE ledger SET schema = 9")
    Store(folder / "a.ledger")


def twice(folder: Path) -> None:
    with ledger(folder) as store:
        store.write(appending("A", {}), id="act-2", asked={"count": 3})


def small(folder: Path) -> None:
    with ledger(folder) as store, store.connected(writes=True) as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=12")
        Turn(connection, store.head(), Clock().now, "x", None, store.address.place).append("A", {"a": "核" * 90_000})


def read_only(folder: Path) -> None:
    ledger(folder).close()
    with Store(folder / "a.ledger", read_only=True) as store:
        store.write(appending("A", {}))


def lost_table(folder: Path) -> None:
    with ledger(folder) as store:
        change(f"sqlite:///{folder}/a.ledger", "DROP TABLE act")
        store.write(appending("A", {}))


def damaged(folder: Path) -> None:
    ledger(folder).close()
    path = folder / "a.ledger"
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8000)
    Store(path)


def over_acts(folder: Path) -> None:
    with ledger(folder) as store:
        export(store, folder / "a.jsonl")
    restore(folder / "a.jsonl", folder / "a.ledger")


def kept(folder: Path, spoil: Callable[[Path], object]) -> list[Problem]:
    with ledger(folder) as store:
        (path,) = (path for path in store.files.folder.rglob("*") if path.is_file())
        path.chmod(0o644)
        spoil(path)
        return verify(store)


def without_folder(folder: Path) -> list[Problem]:
    with ledger(folder) as store:
        store.folder = None
        return verify(store)


def anchored(folder: Path, anchor: str) -> list[Problem]:
    with ledger(folder) as store:
        return verify(store, [anchor])


def one_trigger(folder: Path) -> list[Problem]:
    with ledger(folder) as store:
        change(f"sqlite:///{folder}/a.ledger", "DROP TRIGGER act_delete")
        return verify(store)


def many(folder: Path) -> list[Problem]:
    with filled(Store(folder / "a.ledger"), 105) as store:
        url = f"sqlite:///{folder}/a.ledger"
        change(url, "DROP TRIGGER act_update", "UPDATE act SET line = line || ' '", tables._SQLITE["act_update"])
        return verify(store)[100:]


def other_file(folder: Path) -> list[Problem]:
    (folder / "a.jsonl").write_text("{}\n")
    return verify_export(folder / "a.jsonl")


MADE: dict[str, Make] = {
    "RK520": lambda folder: Store("mysql://x/y"),
    "RK521": Store,
    "RK522": lambda folder: Store(folder / "a.ledger", read_only=True),
    "RK523": newer,
    "RK524": busy,
    "RK525": lambda folder: ledger(folder).write(appending("2022-点-001", {}), seen={"2022-点-001": 0}),
    "RK526": twice,
    "RK527": lambda folder: ledger(folder).write(appending("A", {"rate": 0.5})),
    "RK528": clock_back,
    "RK529": lambda folder: ledger(folder).write(appending("A", {}, series=SERIES, number=1)),
    "RK530": small,
    "RK531": read_only,
    "RK532": lost_table,
    "RK533": damaged,
    "RK534": over_acts,
    "RK535": lambda folder: ledger(folder).files.keep(b"", "空.pdf"),
    "RK536": lambda folder: kept(folder, Path.unlink),
    "RK537": lambda folder: kept(folder, lambda path: path.write_bytes(b"x")),
    "RK538": without_folder,
    "RK540": lambda folder: changed(folder, "DELETE FROM act WHERE seq IN (2, 3)")[:1],
    "RK541": lambda folder: changed(folder, "UPDATE act SET line = replace(line, '03-04', '03-01') WHERE seq = 3"),
    "RK542": lambda folder: changed(folder, "UPDATE act SET item = 'B' WHERE seq = 3"),
    "RK543": lambda folder: changed(folder, "DELETE FROM act WHERE seq = 5", "DELETE FROM file"),
    "RK544": lambda folder: anchored(folder, "9:" + "0" * 16),
    "RK545": lambda folder: anchored(folder, "9"),
    "RK546": one_trigger,
    "RK547": lambda folder: changed(folder, "DELETE FROM file"),
    "RK548": other_file,
    "RK549": many,
}


def said(problem: Problem, folder: Path) -> list[str]:
    """A problem as lines of the file of expected messages: where, and what in both languages, and the fix."""
    lines = [str(problem.place), *(f(lang) for lang in ("zh", "en") for f in (problem.message, problem.fix))]
    return [f"{problem.code} {problem.severity}"] + [
        line.replace(f"{folder}/", "").replace(str(folder), ".") for line in lines
    ]


def found(code: str, folder: Path) -> list[Problem]:
    try:
        problems = MADE[code](folder)
    except (LedgerError, RefusedError) as error:
        return error.problems
    assert isinstance(problems, list)
    return problems


@pytest.mark.parametrize("code", MADE)
def test_each_problem_says_exactly_this(code: str, tmp_path: Path) -> None:
    expected = (Path(__file__).parent / "messages" / f"{code}.expected").read_text(encoding="utf-8")
    assert "\n".join(line for problem in found(code, tmp_path) for line in said(problem, tmp_path)) + "\n" == expected


def test_every_problem_of_the_store_is_made_here() -> None:
    assert MADE.keys() == LEDGERS.keys()
