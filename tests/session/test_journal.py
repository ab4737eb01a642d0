"""A session restored from its journal equals the one that was lost, whatever happened to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reformkit as rk
from reformkit.model.telling import Telling
from reformkit.session.journal import Journal
from tests.books import bundled_book
from tests.session.killing import BOOK, opened, small
from tests.session.streams import Step, a_stream, assert_equal, follow, take

pytest.importorskip("fcntl")
ROOT = Path(__file__).parents[2]


def codes(raised: pytest.ExceptionInfo[rk.CaseError]) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in raised.value.problems]


@settings(max_examples=settings().max_examples // 4)
@given(a_stream(), st.integers(0, 20))
def test_restored_in_the_middle_and_at_the_end(tmp_path_factory: Any, steps: list[Step], broken_at: int) -> None:
    path = tmp_path_factory.mktemp("j") / "j.jsonl"
    session, told = opened(path), {}
    for number, step in enumerate(steps):
        if number == broken_at:
            session.close()
            session = opened(path)
        take(session, step)
        follow(told, step)
        assert_equal(session, BOOK, told, None)
    session.close()
    with opened(path) as restored:
        assert_equal(restored, BOOK, told, None)
        assert list(restored) == list(session) and restored.problems == () and restored.changes() == []
        assert {i: restored[i].to_dict() for i in restored} == {i: session[i].to_dict() for i in session}


def test_values_come_back_with_their_types(tmp_path: Path) -> None:
    facts = {
        "choice": "a",
        "flag": False,
        "open_count": (1 << 63) - 1,
        "day": date(2024, 2, 29),
        "words": "2024-02-29",
        "tags": frozenset({"q", "p"}),
    }
    with opened(tmp_path / "j") as session:
        session.tell("案件 1\n", facts, on=date(2024, 3, 1))
        session.tell("2", words='1 "\\ \u200b \U0001f600')
    with opened(tmp_path / "j") as restored:
        assert restored["案件 1\n"].case.facts == facts
        assert type(restored["案件 1\n"].case.facts["flag"]) is bool
        assert restored["2"].case == session["2"].case
    said = json.loads((tmp_path / "j").read_text(encoding="utf-8").splitlines()[1])
    assert (said["n"], said["on"], said["facts"]["tags"]) == (1, "2024-03-01", ["p", "q"])


@pytest.mark.parametrize(
    "wrong", [{"open_count": 1 << 63}, {"words": "\ud800"}, {"words": "a\u2028b"}, {"words": "\x00"}]
)
def test_what_no_column_could_hold_is_not_told(wrong: dict[str, Any], tmp_path: Path) -> None:
    with opened(tmp_path / "j") as session:
        with pytest.raises(rk.CaseError):
            session.tell("1", wrong)
        assert "1" not in session
    assert not (tmp_path / "j").read_text(encoding="utf-8").count('"tell"')


def test_findings_and_stated_causes_come_back_apart(tmp_path: Path) -> None:
    book = bundled_book()
    with book.session("compiled", journal=tmp_path / "j") as session:
        session.tell(
            "X", causes=["power.top_leader"], findings=[{"cause": "institution.asset_rules", "evidence": "账册"}]
        )
        before = session["X"].to_dict()
    with book.session("compiled", journal=tmp_path / "j") as restored:
        assert restored["X"].to_dict() == before
        restored.retract("X", "findings")
        assert restored["X"].case.facts["causes"] == {"power.top_leader"}


def three_tellings(path: Path) -> list[bytes]:
    with opened(path) as session:
        for number in range(3):
            session.tell(f"c{number}", choice="a", words=f"第{number}件")
    return path.read_bytes().splitlines(keepends=True)


def test_a_line_torn_at_any_byte_is_set_aside_and_said(tmp_path: Path) -> None:
    path, aside = tmp_path / "j", tmp_path / "j.torn"
    lines = three_tellings(path)
    whole = b"".join(lines)
    for kept in range(len(lines[-1])):
        path.write_bytes(whole[: len(whole) - len(lines[-1]) + kept])
        aside.unlink(missing_ok=True)
        with opened(path) as session:
            if kept == len(lines[-1]) - 1:  # all but the line break
                assert list(session) == ["c0", "c1", "c2"] and not session.problems and not aside.exists()
            else:
                assert list(session) == ["c0", "c1"]
                assert [p.code for p in session.problems] == (["RK502", "RK508"] if kept else ["RK508"])
                assert not kept or aside.read_bytes() == lines[-1][:kept] + b"\n"
            session.tell("c9", choice="b")
        with opened(path) as again:
            assert list(again)[-1] == "c9" and not again.problems


def test_whole_lines_cut_off_the_end_are_said_once_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "j"
    lines = three_tellings(path)
    for left in range(3):
        path.write_bytes(b"".join(lines[: left + 1]))
        with opened(path) as session:
            (problem,) = session.problems
            assert (problem.code, problem.line) == ("RK508", left + 1)
            assert dict(problem.values) == {"lost": 3 - left, "kept": 3, "found": left}
            assert list(session) == ["c0", "c1", "c2"][:left]
        assert json.loads(path.read_bytes().splitlines()[-1])["lost"] == 3 - left
        with opened(path) as again:
            assert again.problems == ()
            again.tell("c9", choice="b")
        with opened(path) as again:
            assert again.problems == ()


def test_lines_put_in_the_place_of_those_cut_off_are_said(tmp_path: Path) -> None:
    lines, other = three_tellings(tmp_path / "j"), tmp_path / "other"
    with opened(other) as session:
        for number in range(3):
            session.tell(f"c{number}", choice="b")
    (tmp_path / "j").write_bytes(b"".join([*lines[:3], other.read_bytes().splitlines(keepends=True)[3]]))
    with opened(tmp_path / "j") as session:
        assert [(problem.code, problem.line) for problem in session.problems] == [("RK509", 4)]
    with opened(tmp_path / "j") as session:
        assert session.problems == ()


def test_a_damaged_count_costs_no_telling(tmp_path: Path) -> None:
    path = tmp_path / "j"
    whole = b"".join(three_tellings(path))
    start = whole.index(b'"told":"') + 8
    for at in range(start, whole.index(b'"', start)):
        for flipped in (1, 4):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ flipped]) + whole[at + 1 :])
            try:
                with opened(path) as session:
                    assert list(session) == ["c0", "c1", "c2"]
                    assert [problem.code for problem in session.problems] == ["RK509"]
            except rk.CaseError as error:  # no count any more, so that the line is not as it was written
                assert [(problem.code, problem.line) for problem in error.problems] == [("RK501", 1)]


def test_a_process_killed_before_it_counts_leaves_a_journal_without_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "j"
    session = opened(path)
    session.tell("c0", choice="a")
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", lambda *_: 0)
        session.tell("c1", choice="a")
        session.close()
    with opened(path) as again:
        assert list(again) == ["c0", "c1"] and again.problems == ()


def test_a_journal_without_a_count_gets_one_and_keeps_its_tellings(tmp_path: Path) -> None:
    path = tmp_path / "j"
    lines = three_tellings(path)
    head = json.loads(lines[0])
    del head["told"], head["crc"]
    path.write_bytes(b"".join([summed(json.dumps(head, separators=(",", ":"))), *lines[1:]]))
    with opened(path) as session:
        assert list(session) == ["c0", "c1", "c2"] and session.problems == ()
        session.tell("c3", choice="a")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    with opened(path) as session:
        assert [problem.code for problem in session.problems] == ["RK508"]


def test_a_torn_first_line_is_set_aside_too(tmp_path: Path) -> None:
    path = tmp_path / "j"
    first = three_tellings(path)[0]
    for kept in range(1, len(first) - 1, 41):
        path.write_bytes(first[:kept])
        with opened(path) as session:
            assert [p.code for p in session.problems] == ["RK502"] and len(session) == 0


def test_a_last_line_that_was_acknowledged_and_then_changed_is_a_problem_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(path) as session:
        session.tell("c0", choice="a")
        session.tell("c1", choice="b")
    whole = path.read_bytes()
    *_, last = whole.splitlines(keepends=True)
    for at in range(len(whole) - len(last), len(whole) - 1):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        path.write_bytes(changed)
        with pytest.raises(rk.CaseError) as raised:
            opened(path)
        assert codes(raised) == [("RK501", 3)]
        assert path.read_bytes() == changed and not (tmp_path / "j.torn").exists()


@pytest.mark.parametrize("tail", [b"\n", b'{"n":3,"te\0\0\0\0\n'], ids=["blank", "zeros"])
def test_a_last_line_that_holds_nothing_or_zeros_is_set_aside(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "j"
    with opened(path) as session:
        session.tell("c0", choice="a")
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    with opened(path) as session:
        assert list(session) == ["c0"] and [p.code for p in session.problems] == ["RK502"]
    assert path.read_bytes() == whole


def test_a_changed_byte_in_the_middle_is_a_problem_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "j"
    lines = three_tellings(path)
    before = b"".join(lines[:2])
    for at in range(0, len(lines[2]) - 1, 3):
        changed = bytearray(lines[2])
        changed[at] ^= 4
        path.write_bytes(before + bytes(changed) + lines[3])
        with pytest.raises(rk.CaseError) as raised:
            opened(path)
        assert codes(raised) == [("RK501", 3)]
        assert path.read_bytes() == before + bytes(changed) + lines[3]
    path.write_bytes(lines[0] + lines[1] + lines[3])
    with pytest.raises(rk.CaseError, match="number 2 is missing") as raised:
        opened(path)
    assert codes(raised) == [("RK501", 3)]


@pytest.mark.parametrize(
    "said",
    [
        {"forget": "c0", "facts": {"choice": "b"}},
        {"tell": "c0", "facts": {"choice": "b"}, "retract": "c0"},
        {"retract": "c0", "facts": {"choice": None}},
        {"retract": "c9", "facts": ["choice"]},
        {"forget": "c9"},
        {"tell": "c0", "facts": {}, "crc32": 1},
        {"tell": "c0"},
    ],
)
def test_a_line_that_no_session_wrote_is_refused_though_its_checksum_holds(
    tmp_path: Path, said: dict[str, Any]
) -> None:
    path = tmp_path / "j"
    three_tellings(path)
    body = json.dumps({"n": 4, **said}, separators=(",", ":")).encode()
    with path.open("ab") as file:
        file.write(body[:-1] + f',"crc":"{crc32(body):08x}"}}\n'.encode())
    with pytest.raises(rk.CaseError, match="no telling") as raised:
        opened(path)
    assert codes(raised) == [("RK501", 5)]


@pytest.mark.parametrize("text", ["id: X-1\n", '{"id": "X-1"}\n', "\ufeff{}", "\n", "\x00\x00"])
def test_another_file_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(rk.CaseError) as raised:
        opened(path)
    assert codes(raised) == [("RK504", 1)]
    assert path.read_text(encoding="utf-8") == text and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("path", ["/dev/null", "/dev/full", "/dev/zero"])
def test_a_device_is_no_journal(path: str) -> None:
    if not Path(path).exists():
        pytest.skip("no such device here")
    with pytest.raises(rk.CaseError) as raised:
        opened(Path(path))
    assert codes(raised) == [("RK504", 1)]


def test_an_interrupt_after_writing_leaves_a_journal_that_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(journal: Journal, telling: Telling) -> None:
        append(journal, telling)
        raise KeyboardInterrupt

    append, path = Journal.append, tmp_path / "j"
    with opened(path) as session:
        session.tell("c0", choice="a")
        for choice in "bcb":
            with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
                patch.setattr(Journal, "append", interrupted)
                session.tell("c0", choice=choice)
            assert session["c0"].case.facts == {"choice": "a"}
        session.tell("c1", choice="c")
    with opened(path) as restored:
        assert {i: restored[i].case.facts["choice"] for i in restored} == {"c0": "a", "c1": "c"}


def test_two_sessions_on_one_journal_the_second_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "j"
    code = (
        "import sys, reformkit\nfrom tests.session.killing import opened\nfrom pathlib import Path\n"
        "for _ in sys.stdin:\n"
        "    try: session = opened(Path(sys.argv[1]))\n"
        "    except reformkit.CaseError as error: print(error.problems[0].code, flush=True)\n"
        "    else: print('open', flush=True)\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    other = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdin is not None and other.stdout is not None

    def another() -> str:
        assert other.stdin is not None and other.stdout is not None
        print(file=other.stdin, flush=True)
        return other.stdout.readline().strip()

    with other, other.stdin, other.stdout:
        with opened(path) as session:
            session.tell("c0", choice="a")
            with pytest.raises(rk.CaseError) as raised:
                opened(path)
            assert codes(raised) == [("RK503", 1)]
            assert another() == "RK503"
        assert another() == "open"
        with pytest.raises(rk.CaseError):
            opened(path)
        other.stdin.close()


def test_what_is_not_as_it_was_is_told(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(path) as session:
        session.tell("c0", choice="a")
    with opened(path, small("L", "2")) as restored:
        (problem,) = restored.problems
        assert problem.code == "RK505" and problem.values["differs"].en == "version 1 → 2; changed: decision d"
        assert problem.values["differs"].zh == "版本 1 → 2；有变：决策 d"
        assert restored["c0"].decisions["d"].outcome == "L"
    with opened(path, small("L", "2")) as again:
        assert again.problems == ()
    with small("L", "2").session("compiled", date(2022, 1, 1), path) as dated:
        assert dated.problems[0].values["differs"].zh == "研判日期 无 → 2022-01-01"
        dated.forget("c0")
    with bundled_book().session("compiled", date(2022, 1, 1), path) as other:
        assert (
            other.problems[0].values["differs"].en
            == f"rulebook small → jiuyuan; version 2 → {other.book.rulebook.version}"
        )


def test_facts_that_a_changed_rulebook_does_not_take_are_named_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(path) as session:
        session.tell("c0", choice="a")
        session.tell("c0", words="two")
    for _ in range(2):  # the file is let go of
        with pytest.raises(rk.CaseError) as raised:
            opened(path, small(without="words"))
        assert codes(raised) == [("RK129", 3)]
    with opened(path) as restored:
        assert restored.problems == ()  # it was never used with that rulebook
        assert restored["c0"].case.facts["words"] == "two"


def test_a_number_too_large_to_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(path) as session:
        session.tell("c0", open_count=1)
        before = path.read_bytes()
        with pytest.raises(rk.CaseError, match="RK133"):
            session.tell("c0", open_count=10**5000)
        assert session["c0"].case.facts["open_count"] == 1 and path.read_bytes() == before


def test_a_disk_that_is_full_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "j"
    write = os.write
    with opened(path) as session:
        session.tell("c0", choice="a")
        before = path.read_bytes()

        def half(file: int, raw: bytes) -> int:
            if len(raw) > 20:
                return write(file, raw[:20])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "write", half)
        with pytest.raises(OSError, match="No space") as raised:
            session.tell("c0", choice="b")
        assert raised.value.filename == str(path)
        monkeypatch.undo()
        assert session["c0"].case.facts["choice"] == "a" and path.read_bytes() == before
        session.tell("c0", choice="c")
    with opened(path) as restored:
        assert restored["c0"].case.facts["choice"] == "c"


# --- a journal that cannot keep a telling does not acknowledge it ----------------------------------------


def test_a_forked_process_cannot_tell_into_the_journal_of_another(tmp_path: Path) -> None:
    program = (
        "import os, sys, reformkit as rk\n"
        "from tests.session.killing import opened\n"
        "from pathlib import Path\n"
        "s = opened(Path(sys.argv[1])); s.tell('c0', choice='a'); sys.stdout.flush()\n"
        "pid = os.fork()\n"
        "try:\n"
        "    s.tell('child' if pid == 0 else 'parent', choice='a'); said = 'told'\n"
        "except rk.CaseError as error: said = error.problems[0].code\n"
        "if pid: os.waitpid(pid, 0)\n"
        'os.write(1, f\'{"parent" if pid else "child"} {said}\\n\'.encode())\n'
        "os._exit(0) if pid == 0 else s.close()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "j")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split("\n")[:2] == ["child RK506", "parent told"]
    with opened(tmp_path / "j") as again:
        assert list(again) == ["c0", "parent"]


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_journal_that_is_not_there_any_more_acknowledges_nothing(how: str, tmp_path: Path) -> None:
    path, other = tmp_path / "j", tmp_path / "other"
    with opened(path) as session:
        session.tell("c0", choice="a")
        path.unlink() if how == "deleted" else path.rename(other)
        if how == "replaced":
            path.write_bytes(b"")
        with pytest.raises(rk.CaseError) as raised:
            session.tell("c1", choice="a")
        assert [problem.code for problem in raised.value.problems] == ["RK507"]
        assert list(session) == ["c0"] and session["c0"].case.facts["choice"] == "a"
        if how != "deleted":
            other.replace(path)
            session.tell("c1", choice="b")
    if how != "deleted":
        with opened(path) as again:
            assert list(again) == ["c0", "c1"]


def test_of_two_sessions_on_one_name_only_the_one_that_holds_the_file_acknowledges(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with opened(path) as first:
        path.rename(tmp_path / "k")
        with opened(path) as second:
            second.tell("c1", choice="a")
            with pytest.raises(rk.CaseError):
                first.tell("c0", choice="a")


def summed(body: str) -> bytes:
    """A line with the right checksum."""
    return body[:-1].encode() + f',"crc":"{crc32(body.encode()):08x}"}}\n'.encode()


WRONG = [
    '{"n":1,"tell":"c0","facts":{"choice":NaN,}}',
    '{"n":1,"tell":"c0","facts":' + '{"a":' * 5000 + "1" + "}" * 5000 + "}",
    '{"n":1,"tell":"c0","facts":{"findings":' + "[" * 900 + "]" * 900 + "}}",
    '{"n":1,"tell":"c0","facts":{"open_count":' + "9" * 5000 + "}}",
    '{"n":1,"tell":"c0","facts":{"day":[["2022"]]}}',
    '{"n":1,"tell":"c0","facts":{"tags":{"a":1}}}',
    '{"n":1,"tell":"c0","facts":{"nothing":1}}',
    '{"n":1,"tell":"\\u001b[31m","facts":{"choice":"a"}}',
    '{"n":1,"tell":[],"facts":{}}',
    '{"n":1,"retract":"c0","facts":[[]]}',
    '{"n":[],"forget":"c0"}',
    '{"reformkit":"journal","parts":5}',
    "[1]",
]


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_a_line_with_the_right_sum_and_wrong_content_is_a_located_problem(body: str, tmp_path: Path) -> None:
    with opened(tmp_path / "j"):
        pass
    with (tmp_path / "j").open("ab") as file:
        file.write(summed(body))
    with pytest.raises(rk.CaseError) as raised:
        opened(tmp_path / "j")
    assert codes(raised) in [[(code, 2)] for code in ("RK501", "RK107", "RK119", "RK129", "RK130", "RK133", "RK134", "RK135", "RK136")]  # fmt: skip


def test_what_is_set_aside_follows_no_link(tmp_path: Path) -> None:
    with opened(tmp_path / "j") as session:
        session.tell("c0", choice="a")
    (tmp_path / "j").write_bytes((tmp_path / "j").read_bytes()[:-9])
    (tmp_path / "precious").write_text("x")
    (tmp_path / "j.torn").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError):
        opened(tmp_path / "j")
    assert (tmp_path / "precious").read_text() == "x"


def test_a_callback_may_wait_for_another_thread_that_reads(tmp_path: Path) -> None:
    read: list[str] = []

    def look(_: Any) -> None:
        other = Thread(target=lambda: read.append(str(session["c0"].case.facts["choice"])))
        other.start()
        other.join(30)

    session = BOOK.session("compiled", journal=tmp_path / "j", on_change=look)
    session.tell("c0", choice="a")
    assert read == ["a"]
    session.close()
