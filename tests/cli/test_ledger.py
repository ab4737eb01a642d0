"""A ledger as a whole, on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reformkit.keeping.store import Store
from reformkit.loading import bundled
from tests.cli.conftest import Run
from tests.keeping.acting import Clock, filled
from tests.keeping.test_store import change, without_triggers

EXAMPLES = Path(__file__).parents[2] / "examples"
TABLE = EXAMPLES / "old-ledger" / "台账.csv"
CASE = min((EXAMPLES / "cases").glob("01-*.yaml"))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "九原.ledger"
    filled(Store(path, clock=Clock()), 5).close()
    return path


def test_a_ledger_that_is_whole_says_so_and_that_only_paper_tells_the_rest(run: Run, ledger: Path) -> None:
    anchor = run("ledger", "anchor", ledger).stdout.strip()
    assert anchor.startswith("5:")
    result = run("ledger", "verify", ledger)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"台账共 5 号，每一号都是当初写入的样子，校验码 {anchor}。" in result.stdout
    assert "佐证和已发文书 1 个，内容未变。" in result.stdout
    assert "整本重写的台账只有对照打印的校验码才看得出" in result.stdout
    result = run("ledger", "verify", ledger, "--anchor", anchor, "--skip-files", "--lang", "en")
    assert result.stdout.splitlines() == [
        f"5 acts, each as it was written; anchor {anchor}.",
        "1 files of evidence and letters, not looked at.",
        "It agrees with the printed anchors.",
    ]


def test_what_does_not_hold_is_said_at_its_act_with_the_way_out(run: Run, ledger: Path) -> None:
    url = f"sqlite:///{ledger}"
    change(url, *without_triggers(url), "UPDATE act SET line = replace(line, '第3次', '第4次') WHERE seq = 3")
    result = run("ledger", "verify", ledger, "--anchor", "9:" + "0" * 16)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"错误 RK541  {ledger}:3:1" in result.stderr
    assert "错误 RK544" in result.stderr
    assert "提醒 RK546" in result.stderr


def test_an_exported_ledger_verifies_without_a_database_and_comes_back(run: Run, ledger: Path, tmp_path: Path) -> None:
    anchor = run("ledger", "anchor", ledger).stdout.strip()
    result = run("ledger", "export", ledger, "-o", tmp_path / "台账.jsonl")
    assert result.exit_code == 0
    assert "".join(result.stdout.split()).startswith(f"已导出5号到{tmp_path}/台账.jsonl，校验码{anchor}。佐证")
    kept = tmp_path / "九原.ledger.files"
    result = run("ledger", "verify", tmp_path / "台账.jsonl", "--anchor", anchor, "--files", kept)
    assert "佐证和已发文书 1 个，内容未变。" in result.stdout
    result = run("ledger", "restore", tmp_path / "台账.jsonl", tmp_path / "新.ledger")
    assert result.exit_code == 0, result.stderr
    assert "已恢复 5 号到" in result.stdout
    result = run("ledger", "verify", tmp_path / "新.ledger")
    assert "错误 RK536" in result.stderr
    shutil.copytree(kept, tmp_path / "新.ledger.files")
    assert run("ledger", "verify", tmp_path / "新.ledger", "--anchor", anchor).exit_code == 0
    result = run("ledger", "restore", tmp_path / "台账.jsonl", tmp_path / "新.ledger")
    assert result.exit_code == 1
    assert "那里已有5条记录" in "".join(result.stderr.split())


def test_the_folder_of_evidence_is_the_one_that_the_office_names(run: Run, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "九原.ledger.files").rename(tmp_path / "佐证")
    office = tmp_path / "office.yaml"
    text = (bundled("rules") / "office.yaml").read_text(encoding="utf-8")
    office.write_text(text.replace("evidence: {", "evidence: {folder: 佐证, "), encoding="utf-8")
    assert run("ledger", "verify", ledger).exit_code == 1
    result = run("ledger", "verify", ledger, "--office", office)
    assert result.exit_code == 0, result.stderr
    assert "佐证和已发文书 1 个，内容未变。" in result.stdout


@pytest.mark.parametrize("command", ["verify", "anchor", "export", "restore"])
def test_what_is_no_ledger_is_said_in_words(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("hello\n")
    for name in ("file", "nothing.ledger", "."):
        arguments = [tmp_path / name, *(["-o", tmp_path / "out"] if command == "export" else [])]
        result = run("ledger", command, *arguments, *([tmp_path / "new.ledger"] if command == "restore" else []))
        assert result.exit_code == 1, name
        assert "错误 RK5" in result.stderr
        assert "Traceback" not in result.stderr
    assert not (tmp_path / "new.ledger").exists()


@pytest.mark.parametrize(
    "command",
    [
        "item do 2022-点-001 register --by 0042",
        "item menu 2022-点-001",
        "letter fill 2022-点-001 监察建议书 -o 稿.docx",
        "letter issue 2022-点-001 监察建议书 --by 0023 --on 2022-04-06 -o 监察建议书.docx",
        "dispatch",
    ],
)
def test_only_an_opening_makes_a_ledger(run: Run, tmp_path: Path, command: str) -> None:
    result = run(*command.split(), "--ledger", tmp_path / "新.ledger")
    assert (result.exit_code, "RK522" in result.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


REFUSED = {
    "an account that is none": ["item", "open", CASE, "--by", "9999"],
    "a unit's account": ["item", "open", CASE, "--by", "u-12"],
    "a day to come": ["item", "open", CASE, "--by", "0017", "--on", "2999-01-01"],
    "a late one without reason": ["item", "open", CASE, "--by", "0017", "--on", "2022-03-04"],
    "no such procedure": ["item", "open", CASE, "--by", "0017", "--procedure", "点线面"],
    "a matter without a unit": ["item", "open", "--by", "0017", "--procedure", "special", "--matter", "title=专项"],
    "no case": ["item", "open", CASE.with_name("无.yaml"), "--by", "0017"],
    "several cases": ["item", "open", CASE.parent, "--by", "0017"],
    "a table of another kind": ["ledger", "take-over", CASE, "--by", "0017"],
    "a table with steps unsaid": ["ledger", "take-over", TABLE, "--by", "0017", "--by", "0042"],
    "nobody who may enter it": ["ledger", "take-over", TABLE, "--fill-steps", "--by", "u-12"],
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_makes_no_ledger(run: Run, tmp_path: Path, name: str) -> None:
    result = run(*REFUSED[name], "--ledger", tmp_path / "新.ledger")
    assert result.exit_code in (1, 2), result.output
    assert result.stderr and "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_trial_of_taking_over_leaves_nothing(run: Run, tmp_path: Path) -> None:
    command = ("ledger", "take-over", TABLE, "--fill-steps", "--dry-run", "--ledger")
    by = [word for account in ("0017", "0042", "0023", "0024", "0031") for word in ("--by", account)]
    tried = run(*command, tmp_path / "新.ledger", *by)
    assert (tried.exit_code, "没有写入" in tried.stdout) == (0, True)
    nowhere = run(*command, tmp_path / "无" / "新.ledger", *by)
    assert (nowhere.exit_code, "RK521" in nowhere.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []
