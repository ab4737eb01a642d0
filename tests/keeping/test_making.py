"""A ledger is made with its first act, and by nothing that is refused, on both databases."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, make_url

from reformkit.keeping.making import Unmade
from reformkit.keeping.store import Store
from reformkit.keeping.turn import Turn
from reformkit.keeping.verify import verify
from reformkit.problem import LedgerError
from tests.keeping.acting import appending, filled, opened


def left(url: str) -> list[str]:
    """What is there: files of the folder in which the test stands, tables of the database."""
    if url.startswith("sqlite"):
        return sorted(path.name for path in Path().iterdir())
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        return sorted(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def refuse(turn: Turn) -> None:
    turn.append("A", {"kind": "x"})
    raise KeyError("guard")


def test_looking_and_what_is_refused_make_no_ledger(url: str) -> None:
    with opened(url) as store:
        assert (store.head().seq, list(store.lines()), verify(store)) == (0, [], [])
        with pytest.raises(KeyError):
            store.write(refuse)
        assert store.write(lambda turn: turn.n("A")).value == 0
        with pytest.raises(KeyError), store.together():
            store.write(appending("A", {"kind": "x"}))
            store.files.keep(b"paper", "paper.txt")
            raise KeyError
        assert store.head().seq == 0
        with pytest.raises(LedgerError, match="RK522"):
            opened(url, read_only=True)
    assert left(url) == []


def test_the_first_act_makes_it_whole_for_everybody(url: str) -> None:
    with opened(url) as early, opened(url) as store:
        filled(store)
        assert early.head() == store.head()
        early.write(appending("A", {"kind": "x"}))
        assert verify(store, [early.head().anchor]) == []
    with opened(url, read_only=True) as again:
        assert again.head().seq == 13


def test_several_acts_together_make_it(url: str) -> None:
    with opened(url) as store:
        with store.together():
            filled(store)
            assert store.head().seq == 12
        assert verify(store) == []
    assert left(url)


def test_an_act_follows_those_of_another_that_made_the_ledger_first(url: str) -> None:
    with opened(url) as store, opened(url) as other:
        asked: list[int] = []

        def ask(turn: Turn) -> int:
            asked.append(turn.head.seq)
            if len(asked) == 1:
                other.write(appending("A", {"kind": "first"}))
            return turn.append("A", {"kind": "second"}).n

        written = store.write(ask, id="one")
        assert (asked, written.value, written.lines[0].seq) == ([0, 1], 2, 2)
        assert [line.said["kind"] for line in other.lines()] == ["first", "second"]
        assert verify(store) == []


def test_acts_together_leave_nothing_where_another_made_the_ledger_first(url: str) -> None:
    with opened(url) as store, opened(url) as other:
        with pytest.raises(LedgerError, match="RK524"), store.together():
            store.write(appending("B", {"kind": "x"}))
            other.write(appending("A", {"kind": "first"}))
        assert [line.item for line in store.lines()] == ["A"]


def test_one_that_cannot_be_made_stays_unmade_and_can_be_tried_again(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pour = Unmade.pour

    def fail(self: Unmade, connection: Any) -> None:
        pour(self, connection)
        raise LedgerError([])

    with opened(url) as store:
        with monkeypatch.context() as broken:
            broken.setattr(Unmade, "pour", fail)
            with pytest.raises(LedgerError):
                store.write(appending("A", {"kind": "x"}), id="one")
        assert (store.head().seq, list(store.lines())) == (0, [])
        assert store.write(appending("A", {"kind": "x"}), id="one").again is False
        assert verify(store) == []


def test_many_threads_make_it_once(url: str) -> None:
    with opened(url) as store:
        begin, faults = threading.Barrier(6), []

        def run(name: str) -> None:
            begin.wait()
            try:
                store.write(appending(name, {"kind": "x"}))
            except Exception as error:
                faults.append(error)

        threads = [threading.Thread(target=run, args=(name,)) for name in "ABCDEF"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        assert sorted(line.item for line in store.lines()) == list("ABCDEF")
        assert verify(store) == []


def test_a_ledger_is_made_empty_where_that_is_asked_for(url: str) -> None:
    with opened(url) as store:
        store.make()
        store.make()
    with Store(url, read_only=True) as again:
        assert again.head().seq == 0
