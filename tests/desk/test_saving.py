"""Edits written into files: only what was looked over, only where files are as they were; and taken back to the byte."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Thread

import pytest

import reformkit
import reformkit.desk.workspace as workspace_module
from reformkit.beside import alone
from reformkit.desk.desk import Desk
from reformkit.desk.rule_screen import rule_at
from reformkit.desk.workspace import FolderWorkspace, MemoryWorkspace
from tests.desk.asking import Browser
from tests.desk.conftest import FILES, WAY

CRLF = WAY.replace("\n", "\r\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small rulebook in a folder; one file of it is written as Windows writes."""
    for name, text in FILES.items():
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "way.yaml").write_bytes(CRLF.encode())
    return tmp_path


def opened(folder: Path) -> Desk:
    return Desk(FolderWorkspace(folder, reformkit.load(folder)))


def edit(desk: Desk, rule: str, old: str, new: str) -> None:
    block = desk.block(rule, rule_at("way", rule))
    assert old in block.text
    desk.stage(block, rule, block.text.replace(old, new), block.sha)


def save(desk: Desk, note: str = "试改", number: int | None = None) -> tuple[int, str]:
    form = {"number": str(desk.staging.number if number is None else number), "note": note}
    answer = Browser(desk).post("/save", form)
    return answer.status_code, answer.text


def test_a_save_changes_the_edited_words_and_no_other_byte(folder: Path) -> None:
    desk = opened(folder)
    edit(desk, "W-2", "$many", "4")
    assert save(desk)[0] == 303
    assert (folder / "way.yaml").read_bytes() == CRLF.replace("$many", "4").encode()
    assert {name: (folder / name).read_text() for name in FILES if name != "way.yaml"} == {
        name: text for name, text in FILES.items() if name != "way.yaml"
    }
    assert desk.staging.pieces == () and desk.book.decide("way", {"level": "county", "people": 3}).outcome is None


def test_a_save_is_taken_back_to_the_byte(folder: Path) -> None:
    desk = opened(folder)
    edit(desk, "W-2", "$many", "4")
    save(desk)
    assert Browser(desk).post("/unsave").status_code == 303
    assert (folder / "way.yaml").read_bytes() == CRLF.encode()
    assert Browser(desk).post("/unsave").status_code == 303  # there is nothing more, and nothing happens


def test_what_was_changed_since_is_not_taken_back(folder: Path) -> None:
    desk = opened(folder)
    edit(desk, "W-2", "$many", "4")
    save(desk)
    (folder / "way.yaml").write_text("# mine\n", "utf-8")
    assert Browser(desk).post("/unsave").status_code == 409
    assert (folder / "way.yaml").read_text("utf-8") == "# mine\n"


def test_every_save_is_a_line_of_the_journal(folder: Path) -> None:
    desk = opened(folder)
    edit(desk, "W-2", "$many", "4")
    save(desk, "提高人数线")
    Browser(desk).post("/unsave")
    saved, back = map(json.loads, (folder / ".reformkit" / "desk.jsonl").read_text("utf-8").splitlines())
    assert (saved["note"], saved["edits"]) == ("提高人数线", [{"path": "way.yaml", "what": "W-2"}])
    assert saved["effect"] == {"cases": 0, "of": 0, "failing fixtures": 0}
    assert back["taken back"] == ["W-2"] and back["after"] == saved["before"]


def test_an_edit_of_another_rule_of_the_same_file_does_not_collide(folder: Path) -> None:
    """Two desks on one folder."""
    mine, other = opened(folder), opened(folder)
    edit(mine, "W-2", "$many", "4")
    edit(other, "W-1", "紧急的快办", "急件快办")
    assert (save(other)[0], save(mine)[0]) == (303, 303)
    assert (folder / "way.yaml").read_bytes() == CRLF.replace("$many", "4").replace("紧急的快办", "急件快办").encode()


def test_of_two_desks_that_save_at_a_time_one_is_told_and_no_edit_is_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other desk saves between this one's look at the files and its writing: it waits, and then sees what changed."""
    mine, other = opened(folder), opened(folder)
    edit(mine, "W-2", "$many", "4")
    edit(other, "W-1", "紧急的快办", "急件快办")
    real, started = workspace_module.save, list[Thread]()
    answers: list[int] = []

    def slowly(path: Path, data: bytes) -> None:
        if not started:
            started.append(Thread(target=lambda: answers.append(save(other)[0])))
            started[0].start()
            started[0].join(0.3)  # it would have written by now
        real(path, data)

    monkeypatch.setattr(workspace_module, "save", slowly)
    answers.append(save(mine)[0])
    started[0].join()
    assert sorted(answers) in ([303, 303], [303, 409])
    text = (folder / "way.yaml").read_bytes()
    assert CRLF.replace("$many", "4").encode() in (text, text.replace("急件快办".encode(), "紧急的快办".encode()))
    if 409 in answers:  # whoever was told still has the edit, and saves it then
        assert save(other)[0] == 303
    assert (folder / "way.yaml").read_bytes() == CRLF.replace("$many", "4").replace("紧急的快办", "急件快办").encode()


def test_a_desk_that_waits_too_long_for_another_says_so(folder: Path) -> None:
    desk = opened(folder)
    edit(desk, "W-2", "$many", "4")
    with alone(folder / workspace_module.LOCK), pytest.raises(OSError, match=r"desk\.lock"):  # noqa: SIM117
        with alone(folder / workspace_module.LOCK, wait=0):
            pass
    assert save(desk)[0] == 303


def test_what_changed_underneath_is_refused_with_both_texts(folder: Path) -> None:
    mine, other = opened(folder), opened(folder)
    edit(mine, "W-2", "$many", "4")
    edit(other, "W-2", "$many", "7")
    assert save(other)[0] == 303
    status, page = save(mine)
    assert status == 409
    assert "at_least: 4" in page and "at_least: 7" in page
    assert b"at_least: 7" in (folder / "way.yaml").read_bytes()
    assert Browser(mine).get("/d/way").status_code == 200  # and the desk goes on


def test_only_what_was_looked_over_is_saved(folder: Path) -> None:
    desk = opened(folder)
    edit(desk, "W-2", "$many", "4")
    seen = desk.staging.number
    edit(desk, "W-2", "4", "5")  # in another window, after the sheet was shown
    assert save(desk, number=seen)[0] == 409
    assert (folder / "way.yaml").read_bytes() == CRLF.encode()


def test_rules_that_cannot_be_read_are_not_saved(folder: Path) -> None:
    desk = opened(folder)
    edit(desk, "W-2", "then: fast", "then: fats")
    status, page = save(desk)
    assert status == 409 and "RK165" in page
    assert (folder / "way.yaml").read_bytes() == CRLF.encode()


def test_the_bundled_rulebook_is_not_written_to(folder: Path) -> None:
    desk = Desk(FolderWorkspace(folder, reformkit.load(folder), locked=True))
    edit(desk, "W-2", "$many", "4")
    assert save(desk)[0] == 409
    assert (folder / "way.yaml").read_bytes() == CRLF.encode()


def test_a_file_that_cannot_be_written_leaves_all_files_as_they_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = FolderWorkspace(folder, reformkit.load(folder))
    before = {name: (folder / name).read_bytes() for name in FILES}

    def full(path: Path, data: bytes) -> None:
        if path.name == "words.yaml":
            raise OSError(28, "No space left on device")
        path.write_bytes(data)

    monkeypatch.setattr("reformkit.desk.workspace.save", full)
    after = {"way.yaml": b"a: 1\n", "words.yaml": b"b: 1\n"}
    with pytest.raises(OSError, match="space"):
        workspace.write({name: before[name] for name in after}, after, {})
    assert {name: (folder / name).read_bytes() for name in FILES} == before
    assert not (folder / ".reformkit" / "desk.jsonl").exists()


def test_a_journal_that_cannot_be_written_leaves_all_files_and_says_so(folder: Path) -> None:
    (folder / ".reformkit").write_bytes(b"")  # a file where its folder would be
    desk = opened(folder)
    edit(desk, "W-2", "$many", "4")
    status, page = save(desk, "试改的说明")
    assert status == 500
    assert "写不进去，文件都照原样" in page and ".reformkit" in page and "试改的说明" in page
    assert (folder / "way.yaml").read_bytes() == CRLF.encode()
    (folder / ".reformkit").unlink()
    assert save(desk)[0] == 303  # what was staged is still there
    (folder / ".reformkit" / "desk.jsonl").unlink()
    (folder / ".reformkit" / "desk.jsonl").mkdir()
    assert Browser(desk).post("/unsave").status_code == 500
    assert (folder / "way.yaml").read_bytes() == CRLF.replace("$many", "4").encode()


def test_a_rulebook_in_memory_is_saved_and_taken_back(desk: Desk) -> None:
    workspace = desk.workspace
    assert isinstance(workspace, MemoryWorkspace)
    edit(desk, "W-2", "$many", "2")
    assert save(desk)[0] == 303
    assert workspace.files["way.yaml"] == WAY.replace("$many", "2").encode()
    assert desk.book.decide("way", {"level": "county", "people": 2, "urgent": False}).outcome == "fast"
    edit(desk, "W-2", "people", "urgent")
    Browser(desk).post("/drop")
    Browser(desk).post("/unsave")
    assert workspace.files["way.yaml"] == WAY.encode()
    assert desk.book.decide("way", {"level": "county", "people": 2, "urgent": False}).outcome == "slow"
