"""What somebody does who has the database in his hands: refused by a trigger, or found by `verify`."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from reformkit.keeping.line import START, chained
from reformkit.keeping.store import Store
from reformkit.keeping.verify import verify
from reformkit.problem import LedgerError
from tests.keeping.acting import Clock, filled, opened
from tests.keeping.test_store import change, without_triggers

REFUSED = [
    "UPDATE act SET line = 'x' WHERE seq = 3",
    "UPDATE act SET n = n",
    "DELETE FROM act WHERE seq = 12",
    "DELETE FROM act",
    "UPDATE file SET seq = 1",
    "DELETE FROM file",
    "DELETE FROM ledger",
    "UPDATE ledger SET seq = 3",
    "UPDATE ledger SET hash = 'x'",
    "UPDATE ledger SET schema = 0",
]
REFUSED_BY_SQLITE = [
    "INSERT OR REPLACE INTO act SELECT * FROM act WHERE seq = 3",
    "INSERT OR REPLACE INTO act SELECT 13, id, item, n, series, number, line, hash FROM act WHERE seq = 3",
    "INSERT OR REPLACE INTO act SELECT 13, 'x', item, n, series, number, line, hash FROM act WHERE seq = 3",
    "INSERT OR REPLACE INTO act SELECT 13, 'x', item, 9, series, number, line, hash FROM act WHERE seq = 4",
    "INSERT INTO act SELECT 15, 'x', item, 9, NULL, NULL, line, hash FROM act WHERE seq = 4",
    "INSERT OR REPLACE INTO file SELECT * FROM file",
    "INSERT OR REPLACE INTO ledger VALUES (1, 1, 0, 'x', NULL)",
    "INSERT INTO ledger VALUES (2, 1, 0, 'x', NULL)",
    "UPDATE OR REPLACE act SET seq = 1 WHERE seq = 2",
]
REFUSED_BY_POSTGRESQL = ["TRUNCATE act", "TRUNCATE file", "TRUNCATE ledger"]


def test_rows_are_neither_changed_nor_replaced_nor_removed(url: str) -> None:
    more = REFUSED_BY_SQLITE if url.startswith("sqlite") else REFUSED_BY_POSTGRESQL
    with filled(opened(url)) as store:
        before = list(store.lines()), store.head()
        for statement in REFUSED + more:
            with (
                pytest.raises(LedgerError, match="a ledger is only added to"),
                store.connected(writes=True) as connection,
            ):
                connection.execute(text(statement))
            assert (list(store.lines()), store.head()) == before, statement
        assert verify(store) == []


FOUND = {
    "a date": ("UPDATE act SET line = replace(line, '03-04', '03-01') WHERE seq = 3", ["RK541"]),
    "an act in the middle": ("DELETE FROM act WHERE seq = 3", ["RK540", "RK542"]),
    "two acts in the middle": ("DELETE FROM act WHERE seq IN (6, 7)", ["RK540", "RK542", "RK542"]),
    "the first act": ("DELETE FROM act WHERE seq = 1", ["RK540", "RK542"]),
    "the last act": ("DELETE FROM act WHERE seq = 12", ["RK543"]),
    "two acts that change places": (
        "UPDATE act SET seq = seq + 1000 WHERE seq IN (6, 7); UPDATE act SET seq = 1013 - seq WHERE seq > 1000",
        ["RK541", "RK541", "RK541"],
    ),
    "a file's row": ("DELETE FROM file WHERE seq = 10", ["RK547"]),
    "an act before the first": (
        "INSERT INTO act SELECT -4, 'x', item, 99, NULL, NULL, line, hash FROM act WHERE seq = 1",
        ["RK542"],
    ),
    "an act beyond the last": (
        "INSERT INTO act SELECT 13, 'x', item, 99, NULL, NULL, line, hash FROM act WHERE seq = 1",
        ["RK541", "RK543"],
    ),
}


@pytest.mark.parametrize("what", FOUND)
def test_what_is_done_with_the_triggers_away_is_found(tmp_path: Path, what: str) -> None:
    statement, expected = FOUND[what]
    url = f"sqlite:///{tmp_path}/a.ledger"
    with filled(opened(url)) as store:
        change(url, *without_triggers(url), *statement.split(";"))
        assert [problem.code for problem in verify(store) if problem.code != "RK546"] == expected


def test_triggers_that_were_taken_away_are_named(url: str) -> None:
    with filled(opened(url)) as store:
        change(url, *without_triggers(url))
        problems = verify(store)
        assert {problem.code for problem in problems} == {"RK546"}
        assert {problem.severity for problem in problems} == {"warning"}
        assert "act_" in problems[0].message("en")


def test_a_trigger_that_was_made_harmless_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.ledger"
    with filled(opened(url)) as store:
        idle = "CREATE TRIGGER act_delete BEFORE DELETE ON act BEGIN SELECT 1; END"
        change(url, "DROP TRIGGER act_delete", idle)
        assert [problem.values["name"] for problem in verify(store)] == ["act_delete"]


@pytest.fixture
def printed(url: str) -> tuple[str, list[str]]:
    """A ledger, and the anchors that were printed of it after acts 4, 8 and 12."""
    clock = Clock()
    with opened(url, clock=clock) as store:
        filled(store)
        anchors = [f"{line.seq}:{line.hash[:16]}" for line in store.lines() if line.seq % 4 == 0]
        assert anchors[-1] == store.head().anchor
        assert verify(store, anchors) == []
        change(url, *without_triggers(url))
    return url, anchors


def test_a_tail_that_was_cut_off_with_the_end_mended_is_found_by_the_anchor(printed: tuple[str, list[str]]) -> None:
    url, anchors = printed
    end = "(SELECT {} FROM act WHERE seq = 5)"
    change(
        url,
        "DELETE FROM act WHERE seq > 5",
        "DELETE FROM file WHERE seq > 5",
        f"UPDATE ledger SET seq = 5, hash = {end.format('hash')}",
    )
    with opened(url) as store:
        at = list(store.lines())[-1].said["at"]
        change(url, f"UPDATE ledger SET at = '{at}'")
        assert {problem.code for problem in verify(store)} == {"RK546"}
        found = [problem for problem in verify(store, anchors) if problem.code != "RK546"]
        assert [problem.code for problem in found] == ["RK544", "RK544"]
        assert found[0].message("en").endswith("the ledger ends with act 5")


def test_a_ledger_rewritten_whole_agrees_with_itself_and_not_with_the_anchor(printed: tuple[str, list[str]]) -> None:
    url, anchors = printed
    with opened(url) as store:
        previous = START
        with store.connected(writes=True) as connection:
            rows = connection.execute(text("SELECT seq, line FROM act ORDER BY seq")).all()
            for seq, line in rows:
                forged = line.replace('"on":"2022-03-04"', '"on":"2022-03-01"') if seq == 6 else line
                previous = chained(previous, forged)
                connection.execute(
                    text("UPDATE act SET line = :line, hash = :hash WHERE seq = :seq"),
                    {"line": forged, "hash": previous, "seq": seq},
                )
            connection.execute(text("UPDATE ledger SET hash = :hash"), {"hash": previous})
        assert {problem.code for problem in verify(store)} == {"RK546"}
        assert [(p.code, p.line) for p in verify(store, anchors) if p.code != "RK546"] == [("RK544", 8), ("RK544", 12)]


def test_a_ledger_of_many_faults_says_a_hundred_and_how_many_more(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.ledger"
    with filled(opened(url), 130) as store:
        change(url, *without_triggers(url), "UPDATE act SET line = replace(line, '03-04', '03-01')")
        problems = verify(store)
        assert [problem.code for problem in problems] == ["RK541"] * 100 + ["RK549"]
        assert problems[-1].values["more"] == 30 + len(without_triggers(url))


def test_reading_an_act_that_is_none_any_more_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.ledger"
    with filled(opened(url)) as store:
        change(url, *without_triggers(url), "UPDATE act SET line = 'x' WHERE seq = 3")
        with pytest.raises(LedgerError, match="RK542 act 3 is not as the store writes them"):
            list(store.lines())


def test_a_damaged_page_of_the_file_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with filled(Store(path), 60) as store:
        whole = path.read_bytes()
        assert len(whole) > 8 * 4096
    for page in range(len(whole) // 4096):
        path.write_bytes(whole[: page * 4096] + b"\xff" * 4096 + whole[(page + 1) * 4096 :])
        try:
            with Store(path) as store:
                assert verify(store), page
        except LedgerError as error:
            assert error.problems, page
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LedgerError), Store(path) as store:
        raise LedgerError(verify(store))


def test_a_schema_that_is_no_text_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    filled(Store(path), 3).close()
    whole = path.read_bytes()
    for at in (whole.index(b"CREATE TABLE"), whole.index(b"CREATE TRIGGER") + 3):
        path.write_bytes(whole[:at] + b"\x94" + whole[at + 1 :])
        with pytest.raises(LedgerError) as raised:
            Store(path).close()
        assert [problem.code for problem in raised.value.problems] == ["RK533"], at


@pytest.mark.parametrize("words", ["", "12", "12:xyz"])
def test_an_anchor_that_is_none_is_said_beside_the_rest(tmp_path: Path, words: str) -> None:
    with filled(Store(tmp_path / "a.ledger"), 3) as store:
        problems = verify(store, [words, "9:" + "0" * 16, "0:" + "1" * 16])
        assert [problem.code for problem in problems] == ["RK545", "RK544", "RK544"]


def test_a_file_with_two_hard_links_or_an_open_transaction_of_a_dead_writer_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with filled(Store(path)) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO file VALUES ('x', 1)")
        assert verify(store) == []  # what is not committed is not there
        other.close()
        assert verify(store) == []


def test_a_changed_byte_of_an_index_is_found(tmp_path: Path) -> None:
    """An index by which acts and files are looked up holds its own copy of their ids."""
    path = tmp_path / "a.ledger"
    with filled(Store(path)) as store:
        (line, *_rest) = [line for line in store.lines() if line.named_files()]
        words = [line.id.encode(), next(iter(line.named_files()))[0].encode()]
    whole = path.read_bytes()
    for word in words:
        places = [found.start() for found in re.finditer(re.escape(word), whole)]
        assert len(places) > 1, word  # in its table or line, and in an index
        for at in places:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            with Store(path, read_only=True) as store:
                assert verify(store, files=False), (word, at)
