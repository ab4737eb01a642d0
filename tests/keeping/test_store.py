"""Writing and reading, on both databases."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from reformkit.keeping import tables
from reformkit.keeping.line import START
from reformkit.keeping.store import Store
from reformkit.keeping.turn import Turn
from reformkit.keeping.verify import verify
from reformkit.problem import LedgerError, RefusedError
from tests.keeping.acting import CHINA, SERIES, Clock, appending, filled, opened
from tests.postgresql import schema


def codes(caught: pytest.ExceptionInfo[Any]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_lines_come_out_as_they_went_in_numbered_in_the_ledger_and_in_their_item(url: str) -> None:
    with filled(opened(url, clock=Clock())) as store:
        lines = list(store.lines())
        assert [line.seq for line in lines] == list(range(1, 13))
        assert [line.id for line in lines] == [f"act-{count}" for count in range(1, 13)]
        assert [(line.n, line.said["reason"]) for line in lines if line.item == "2022-点-002"] == [
            (n, f"第{count}次“核实”\t\\ 𠮷 é") for n, count in enumerate((1, 4, 7, 10), 1)
        ]
        assert [line.said["seq"] for line in store.lines(after=3, until=5)] == [4, 5]
        assert [line.n for line in store.lines("2022-点-002", after=2)] == [2, 3, 4]
        assert lines[0].at == datetime(2022, 3, 4, 9, 1, tzinfo=CHINA)
        assert lines[0].said["at"] == "2022-03-04T09:01:00+08:00"
        assert store.head().hash == lines[-1].hash
        with store.reading() as pages:
            assert [line.n for line in pages.lines("2022-点-002", after=2)] == [3, 4]
            assert [line.seq for line in pages.since(10)] == [11, 12]
            assert (pages.n("2022-点-001"), pages.n("none")) == (4, 0)
        assert verify(store, [store.head().anchor]) == []


def test_an_open_ledger_sees_what_another_writes(url: str) -> None:
    with opened(url) as one, opened(url) as two:
        one.write(appending("A", {"kind": "x"}))
        two.write(appending("A", {"kind": "y"}))
        assert [line.said["kind"] for line in one.lines("A")] == ["x", "y"]
        assert one.head() == two.head()


def test_pages_of_lines_follow_one_another_without_a_gap(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reformkit.keeping.pages.MANY", 5)
    with filled(opened(url, clock=Clock())) as store:
        assert [line.seq for line in store.lines()] == list(range(1, 13))
        assert len(list(store.lines("2022-点-001"))) == 4
        assert verify(store) == []


def test_a_retry_gives_the_lines_of_the_first_time_and_asks_nobody_again(url: str) -> None:
    def two(turn: Turn) -> str:
        turn.append("A", {"kind": "visited"})
        turn.append("A", {"kind": "escalated"})
        return "done"

    with opened(url) as store:
        first = store.write(two, id="one", asked={"kind": "visited"})
        assert (first.again, first.value, [line.id for line in first.lines]) == (False, "done", ["one", "one/2"])
        again = store.write(two, id="one", asked={"kind": "visited"}, seen={"A": 0})
        assert (again.again, again.value, again.lines) == (True, None, first.lines)
        assert store.head().seq == 2


@pytest.mark.parametrize("asked", [None, {"kind": "other"}])
def test_the_same_id_for_something_else_is_refused(url: str, asked: dict[str, Any] | None) -> None:
    with opened(url) as store:
        store.write(appending("A", {"kind": "x"}), id="one", asked={"kind": "x"})
        with pytest.raises(RefusedError, match="number 1 of the ledger, item A") as refused:
            store.write(appending("A", {"kind": "y"}), id="one", asked=asked)
        assert codes(refused) == ["RK526"]
        assert store.head().seq == 1


def test_items_that_moved_since_one_looked_are_all_named(url: str) -> None:
    with opened(url) as store:
        store.write(appending("A", {"kind": "x"}))
        store.write(appending("B", {"kind": "x"}))
        with pytest.raises(RefusedError) as refused:
            store.write(appending("A", {"kind": "y"}), seen={"A": 0, "B": 1, "C": 2})
        assert [p.message("en") for p in refused.value.problems] == [
            "the item A has moved since you looked: you saw 0 acts, it has 1",
            "the item C has moved since you looked: you saw 2 acts, it has 0",
        ]
        assert store.write(appending("A", {"kind": "y"}), seen={"A": 1}).lines[0].n == 2


def test_what_raises_in_its_turn_leaves_no_trace(url: str) -> None:
    def fail(turn: Turn) -> None:
        turn.append("A", {"kind": "x"}, series=SERIES, number=1)
        raise KeyError("guard")

    with opened(url) as store:
        with pytest.raises(KeyError):
            store.write(fail, id="one")
        assert (store.head().seq, store.head().hash, list(store.lines())) == (0, START, [])
        assert store.write(lambda turn: turn.last_number(SERIES), id="one").value == 0
        assert store.write(appending("A", {"kind": "x"}), id="one").again is False


def test_a_turn_sees_what_it_has_appended(url: str) -> None:
    def ask(turn: Turn) -> list[Any]:
        turn.append("A", {"kind": "x"}, series=SERIES, number=turn.last_number(SERIES) + 1)
        turn.append("A", {"kind": "y"}, series=SERIES, number=turn.last_number(SERIES) + 1)
        return [turn.n("A"), len(turn.lines("A")), turn.last_number(SERIES), len(turn.since(0))]

    with opened(url) as store:
        assert store.write(ask).value == [2, 2, 2, 2]


def test_numbers_of_a_series_are_taken_once_and_the_nearest_can_be_seen(url: str) -> None:
    with opened(url) as store:
        for number in (3, 9, 5):
            store.write(appending("A", {"kind": f"k{number}"}, series=SERIES, number=number))
        with pytest.raises(RefusedError, match="number 9 of 某监建〔2022〕 is taken: by act 2") as refused:
            store.write(appending("B", {"kind": "y"}, series=SERIES, number=9))
        assert codes(refused) == ["RK529"]
        assert store.write(appending("B", {"kind": "y"}, series="another", number=9)).lines[0].number == 9
        with store.reading() as pages:
            assert [line and line.number for line in pages.around(SERIES, 5)] == [3, 5, 9]
            assert [line and line.number for line in pages.around(SERIES, 10)] == [9, None, None]
            assert (pages.last_number(SERIES), pages.last_number("none")) == (9, 0)


def test_acts_that_name_a_file_are_found_by_it(url: str) -> None:
    paper = {"sha256": "a" * 64, "bytes": 3}
    with opened(url) as store:
        store.write(appending("A", {"evidence": [paper, paper]}))
        store.write(appending("B", {"data": {"file": paper}}))
        with store.reading() as pages:
            assert [line.item for line in pages.naming("a" * 64)] == ["A", "B"]
            assert pages.naming("b" * 64) == []


@pytest.mark.parametrize("said", [{"seq": 1}, {"at": "x", "kind": "x"}, {"evidence": [{"sha256": "../x", "bytes": 1}]}])
def test_what_only_the_store_may_say_is_an_error_of_the_program(url: str, said: dict[str, Any]) -> None:
    with opened(url) as store, pytest.raises(ValueError):
        store.write(appending("A", said))


@pytest.mark.parametrize("id", ["", " a", "a/2", "a\n", "x" * 201])
def test_an_id_is_text_that_can_be_seen(tmp_path: Path, id: str) -> None:
    with Store(tmp_path / "a.ledger") as store, pytest.raises(RefusedError) as refused:
        store.write(appending("A", {}), id=id)
    assert codes(refused) == ["RK527"]


def test_a_clock_that_goes_back_is_refused_naming_both_times(url: str) -> None:
    clock = Clock()
    with opened(url, clock=clock) as store:
        store.write(appending("A", {"kind": "x"}))
        clock.now -= timedelta(minutes=1, seconds=1)
        with pytest.raises(LedgerError) as refused:
            store.write(appending("A", {"kind": "x"}))
        assert refused.value.problems[0].message("en") == (
            "the clock went back: it is 2022-03-04T09:00:59+08:00, "
            "and the last act was written at 2022-03-04T09:01:00+08:00"
        )
        clock.now = datetime(2022, 3, 4, 1, 0, tzinfo=UTC)  # the same moment, told in another zone
        assert store.write(appending("A", {"kind": "x"})).lines[0].said["at"] == "2022-03-04T01:01:00+00:00"
        assert verify(store) == []


def test_a_clock_without_a_zone_tells_the_time_of_this_machine(tmp_path: Path) -> None:
    with Store(tmp_path / "a.ledger", clock=lambda: datetime(2022, 3, 4, 9)) as store:
        assert store.write(appending("A", {})).lines[0].at == datetime(2022, 3, 4, 9).astimezone()


def test_a_ledger_opened_for_reading_reads_and_does_not_write(url: str) -> None:
    with filled(opened(url)) as store, opened(url, read_only=True) as reader:
        assert reader.head() == store.head()
        assert list(reader.lines()) == list(store.lines())
        with pytest.raises(LedgerError) as refused:
            reader.write(appending("A", {}))
        assert codes(refused) == ["RK531"]
        with pytest.raises(LedgerError) as refused, reader.connected() as connection:
            connection.execute(text("INSERT INTO file (sha256, seq) VALUES ('x', 1)"))
        assert codes(refused) == ["RK531"]


@pytest.mark.parametrize("options", [{"read_only": True}, {"create": False}])
def test_where_no_ledger_is_none_is_made_unless_asked(url: str, options: dict[str, bool], tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as refused:
        opened(url, **options)  # type: ignore[arg-type]
    assert codes(refused) == ["RK522"]
    assert list(tmp_path.iterdir()) == []


def change(url: str, *statements: str) -> None:
    """Do to a database what its triggers forbid."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def without_triggers(url: str) -> list[str]:
    if url.startswith("sqlite"):
        return [f"DROP TRIGGER {name}" for name in tables._SQLITE]
    return [f"ALTER TABLE {name} DISABLE TRIGGER ALL" for name in ("ledger", "act", "file")]


def test_a_ledger_of_a_newer_schema_is_refused_and_left_alone(url: str) -> None:
    filled(opened(url)).close()
    change(url, f"UPDATE ledger SET schema = {tables.SCHEMA + 1}")
    for read_only in (False, True):
        with pytest.raises(LedgerError) as refused:
            opened(url, read_only=read_only)
        assert refused.value.problems[0].message("en") == (
            "the ledger has schema 2, and this reformkit knows schemas up to 1"
        )


def test_a_ledger_of_an_older_schema_is_brought_to_this_one_and_its_lines_stay(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(opened(url)) as store:
        before, head = list(store.lines()), store.head()
        late = filled(opened(url))
    done: list[int] = []
    monkeypatch.setattr(tables, "SCHEMA", 3)
    steps: dict[int, Callable[[Any], None]] = {
        1: lambda connection: (done.append(1), connection.execute(text("CREATE TABLE more (x integer)")))[0],
        2: lambda connection: done.append(2),
    }
    monkeypatch.setattr(tables, "UPGRADES", steps)
    with pytest.raises(LedgerError, match="opened for writing once") as refused:
        opened(url, read_only=True)
    assert codes(refused) == ["RK531"]
    with opened(url) as store:
        assert done == [1, 2]
        assert (list(store.lines()), store.head()) == (before, head)
        assert verify(store) == []
        store.write(appending("A", {}))
    monkeypatch.setattr(tables, "SCHEMA", 1)  # a program of before that still has it open
    with late, pytest.raises(LedgerError) as refused:
        late.write(appending("A", {}))
    assert codes(refused) == ["RK523"]


def test_an_upgrade_that_fails_changes_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(opened(url)).close()

    def fail(connection: Any) -> None:
        connection.execute(text("CREATE TABLE more (x integer)"))
        raise KeyError("half way")

    with monkeypatch.context() as patch:
        patch.setattr(tables, "SCHEMA", 2)
        patch.setattr(tables, "UPGRADES", {1: fail})
        with pytest.raises(KeyError):
            opened(url)
    with opened(url) as store:
        assert verify(store) == []
        change(url, "CREATE TABLE more (x integer)")  # it is not there


def test_a_turn_waits_for_another_and_says_so_when_it_does_not_come(url: str) -> None:
    with opened(url) as store, opened(url, wait=0.2) as hasty:
        store.make()
        inside, out = threading.Event(), threading.Event()

        def hold(turn: Turn) -> None:
            turn.append("A", {"kind": "held"})
            inside.set()
            assert out.wait(30)

        thread = threading.Thread(target=store.write, args=(hold,))
        thread.start()
        try:
            assert inside.wait(30)
            with pytest.raises(LedgerError, match="did not come within 0\\.2 seconds") as refused:
                hasty.write(appending("A", {"kind": "hasty"}), id="one")
            assert codes(refused) == ["RK524"]
        finally:
            out.set()
            thread.join()
        assert hasty.write(appending("A", {"kind": "hasty"}), id="one").lines[0].n == 2


def write_many(url: str, name: str) -> None:
    with opened(url) as store:
        for count in range(15):
            store.write(
                lambda turn: turn.append("A", {"kind": "x"}, series=SERIES, number=turn.last_number(SERIES) + 1),
                id=f"{name}-{count}",
            )


def test_several_processes_write_to_one_ledger_and_neither_skip_nor_double_a_number(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_many, args=(url, name)) for name in "abc"]  # the ledger is not there yet
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with opened(url) as store:
        lines = list(store.lines())
        assert [line.number for line in lines] == list(range(1, 46))
        assert {line.id for line in lines} == {f"{name}-{count}" for name in "abc" for count in range(15)}
        assert verify(store) == []


# --- what is no ledger -----------------------------------------------------------------------------------


def test_an_address_that_is_none_is_refused_in_words() -> None:
    for url in ("mysql://x/y", "sqlite://", "sqlite:///:memory:", "://", "postgresql+nothing://"):
        with pytest.raises(LedgerError) as refused:
            opened(url, wait=0.1)
        assert codes(refused) in (["RK520"], ["RK532"]), url


def test_a_password_is_never_shown() -> None:
    with pytest.raises(LedgerError) as refused:
        Store("postgresql://clerk:hidden-word@127.0.0.1:1/x")
    assert codes(refused) == ["RK532"]
    assert "hidden-word" not in str(refused.value)


@pytest.mark.parametrize("content", [b"hello", b"PK\3\4" + b"x" * 2000, b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_of_another_kind_is_no_ledger_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ledger"
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(LedgerError) as refused:
            Store(path, read_only=read_only)
        assert codes(refused)[0] in ("RK521", "RK533")
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE other (x)"],
        ["CREATE TABLE act (x)"],
        ["CREATE TABLE act (x)", "CREATE TABLE file (x)", "CREATE TABLE ledger (x)"],
    ],
)
def test_a_database_of_another_program_is_no_ledger_and_stays_as_it_is(tmp_path: Path, statements: list[str]) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    content = path.read_bytes()
    with pytest.raises(LedgerError, match="holds other tables") as refused:
        Store(path)
    assert codes(refused) == ["RK521"]
    assert path.read_bytes() == content


def test_a_ledger_in_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no" / "a.ledger", "RK521"), (tmp_path, "RK521")):
        with pytest.raises(LedgerError) as refused:
            Store(path)
        assert codes(refused) == [code]


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "空 #?%.ledger"
    path.touch()
    with filled(Store(path)) as store:
        assert verify(store) == []


def test_a_relative_address_is_found_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with filled(Store("sqlite:///九原.ledger")) as store:
        assert store.files.folder == Path("九原.ledger.files")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["九原.ledger", "九原.ledger.files"]
    with Store("九原.ledger", read_only=True) as store:
        assert store.head().seq == 12


def test_a_ledger_without_a_folder_for_files_keeps_acts_and_says_so_of_files(postgresql: str) -> None:
    with schema(postgresql) as url, Store(url) as store:
        store.write(appending("A", {"kind": "x"}))
        assert verify(store) == []
        with pytest.raises(LedgerError) as refused:
            store.files.keep(b"x")
        assert codes(refused) == ["RK538"]
        store.write(appending("A", {"file": {"sha256": "a" * 64, "bytes": 3}}))
        assert [problem.code for problem in verify(store)] == ["RK538"]
        assert verify(store, files=False) == []


def test_within_a_turn_the_same_store_can_be_read_as_it_stood_before(url: str) -> None:
    with filled(opened(url), 3) as store:

        def ask(turn: Turn) -> tuple[int, int, int]:
            turn.append("A", {"kind": "x"})
            return turn.head.seq, store.head().seq, len(list(store.lines()))

        assert store.write(ask).value == (4, 3, 3)


@pytest.mark.parametrize("how", [{"read_only": True}, {"create": False}])
def test_a_file_that_was_emptied_is_no_ledger_that_is_not_there(tmp_path: Path, how: dict[str, Any]) -> None:
    path = tmp_path / "a.ledger"
    path.touch()
    with pytest.raises(LedgerError) as refused:
        Store(path, **how)
    assert codes(refused) == ["RK533"] and "空的" in refused.value.problems[0].message("zh")
    assert path.read_bytes() == b""
