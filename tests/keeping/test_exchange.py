"""Out as JSON Lines, and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reformkit.keeping.exchange import export, restore, verify_export
from reformkit.keeping.line import START, Head, Line, canonical, chained
from reformkit.keeping.store import Store
from reformkit.keeping.verify import verify
from reformkit.problem import LedgerError
from tests.keeping.acting import Clock, appending, filled, opened


@pytest.mark.parametrize("acts", [0, 1, 12])
def test_an_export_comes_back_bit_for_bit_from_either_database(url: str, tmp_path: Path, acts: int) -> None:
    one, two = tmp_path / "一.jsonl", tmp_path / "二.jsonl"
    with filled(opened(url, clock=Clock(), folder=tmp_path / "files"), acts) as store:
        head = export(store, one)
        assert head == store.head()
    assert verify_export(one, [head.anchor], tmp_path / "files") == []
    assert restore(one, tmp_path / "b.ledger") == head
    with Store(tmp_path / "b.ledger", clock=Clock(), folder=tmp_path / "files") as restored:
        assert verify(restored, [head.anchor]) == []
        export(restored, two)
        assert one.read_bytes() == two.read_bytes()
    with Store(tmp_path / "b.ledger") as restored:  # and is written on
        assert restored.write(appending("A", {"kind": "x"})).lines[0].seq == acts + 1


def test_an_export_of_sqlite_is_restored_to_postgresql(url: str, tmp_path: Path) -> None:
    with filled(Store(tmp_path / "other.ledger", clock=Clock(), folder=tmp_path / "files")) as store:
        export(store, tmp_path / "a.jsonl")
    restore(tmp_path / "a.jsonl", url)
    with opened(url, folder=tmp_path / "files") as restored:
        assert verify(restored) == []
        assert restored.write(appending("2022-点-001", {"kind": "x"})).lines[0].seq == 13
        export(restored, tmp_path / "b.jsonl")
    first, second = ((tmp_path / name).read_bytes().splitlines()[1:] for name in ("a.jsonl", "b.jsonl"))
    assert second[:12] == first


def test_an_export_is_json_lines_that_anything_reads(tmp_path: Path) -> None:
    with filled(Store(tmp_path / "a.ledger"), 4) as store:
        export(store, tmp_path / "a.jsonl")
        end, *acts = (json.loads(raw) for raw in (tmp_path / "a.jsonl").read_bytes().splitlines())
        assert (end["reformkit"], end["seq"], end["hash"]) == ("ledger", 4, store.head().hash)
        assert [act["act"]["id"] for act in acts] == ["act-1", "act-2", "act-3", "act-4"]
        assert [act["hash"] for act in acts] == [line.hash for line in store.lines()]


def test_an_export_holds_the_ledger_up_to_its_end_while_others_write_on(tmp_path: Path) -> None:
    with filled(Store(tmp_path / "a.ledger"), 4) as store:
        head = store.head()
        filled_on = store.lines(until=head.seq)
        next(filled_on)
        store.write(appending("A", {"kind": "x"}))
        assert len(list(filled_on)) == 3


def test_nothing_is_restored_over_a_ledger_that_holds_acts(url: str, tmp_path: Path) -> None:
    with filled(Store(tmp_path / "a.ledger"), 4) as store:
        export(store, tmp_path / "a.jsonl")
    with filled(opened(url), 3) as store:
        before = list(store.lines())
        with pytest.raises(LedgerError) as refused:
            restore(tmp_path / "a.jsonl", url)
        assert [problem.code for problem in refused.value.problems] == ["RK534"]
        assert list(store.lines()) == before


def test_a_broken_export_leaves_nothing_where_it_was_to_be_restored(url: str, tmp_path: Path) -> None:
    with filled(Store(tmp_path / "a.ledger", clock=Clock()), 4) as store:
        export(store, tmp_path / "a.jsonl")
    content = (tmp_path / "a.jsonl").read_bytes()
    (tmp_path / "a.jsonl").write_bytes(
        content.replace("第2次".encode(), "第9次".encode()).replace(b'"at":"2022', b'"at":"2021', 2)
    )
    with pytest.raises(LedgerError) as refused:
        restore(tmp_path / "a.jsonl", url)
    assert [(p.code, p.line) for p in refused.value.problems] == [("RK541", 1), ("RK541", 2), ("RK543", 4)]
    assert not list(tmp_path.glob("台账*"))
    with opened(url) as store:
        assert store.head() == Head(0, START, None)


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"[]\n", b'{"id": "JY-1"}\n', b"\xff\xfe", b"[" * 100_000])
def test_a_file_of_another_kind_is_no_export(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    assert [problem.code for problem in verify_export(tmp_path / "a.jsonl")] == ["RK548"]
    with pytest.raises(LedgerError, match="RK548"):
        restore(tmp_path / "a.jsonl", tmp_path / "b.ledger")
    assert not (tmp_path / "b.ledger").exists()


def test_an_export_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert [problem.code for problem in verify_export(tmp_path / "no.jsonl")] == ["RK532"]
    assert [problem.code for problem in verify_export(tmp_path)] == ["RK532"]


def test_an_export_of_a_newer_schema_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("reformkit.keeping.tables.SCHEMA", 2)
        with filled(Store(tmp_path / "a.ledger"), 4) as store:
            export(store, tmp_path / "a.jsonl")
    assert [problem.code for problem in verify_export(tmp_path / "a.jsonl")] == ["RK523"]


FORGED = {
    "the one canonical way": '{"at":"2022-03-04T09:01:00+08:00", "id":"x","item":"A","n":1,"seq":1}',
    "out of order": {"seq": 3},
    "act 1 of item A should stand here": {"n": 2},
    "`x` is no SHA-256": {"evidence": [{"sha256": "x", "bytes": 1}]},
    "its seq cannot be [1]": {"seq": [1]},
    "its number cannot be 'x'": {"number": "x"},
    "its id cannot be 3": {"id": 3},
    "it cannot be read": {"at": "yesterday"},
    "it cannot be read ": '{"a":1}',
}


@pytest.mark.parametrize("why", FORGED)
def test_a_line_that_the_store_would_not_write_is_found_though_its_hash_matches(tmp_path: Path, why: str) -> None:
    base = {"at": "2022-03-04T09:01:00+08:00", "id": "x", "item": "A", "n": 1, "seq": 1}
    said = FORGED[why]
    text = said if isinstance(said, str) else canonical({**base, **said})
    line = Line.read(text, chained(START, text))
    end = {"at": base["at"], "hash": line.hash, "reformkit": "ledger", "schema": 1, "seq": 1}
    path = tmp_path / "a.jsonl"
    path.write_text(f'{canonical(end)}\n{{"act":{text},"hash":"{line.hash}"}}\n', encoding="utf-8")
    problems = verify_export(path)
    assert problems
    assert any(why.strip() in problem.message("en") or problem.code == "RK540" for problem in problems)
