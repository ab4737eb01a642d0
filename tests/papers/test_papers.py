"""What the papers say is so: commands print what is shown, snippets run, YAML is read, pages are fresh, links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.papers.blocks import PAPERS, ROOT, Block, Command, blocks, commands, missing
from tests.papers.stage import TERMINAL, Stage
from tests.papers.warm import warm_command

LINKED = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").rglob("*.md")),
]
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def reformkit_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a `reformkit` that is imported already."""
    with warm_command(tmp_path_factory.mktemp("bin"), TERMINAL) as folder:
        yield folder


def _name(paper: Path) -> str:
    return paper.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("paper", PAPERS, ids=_name)
def test_what_a_paper_shows_is_what_happens(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reformkit_at: Path
) -> None:
    found = blocks(paper.read_text(encoding="utf-8"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REFORMKIT_LANG", raising=False)
    Stage(tmp_path, found, reformkit_at).play()


@pytest.mark.parametrize("paper", LINKED, ids=_name)
def test_links_of_a_paper_lead_somewhere(paper: Path) -> None:
    text = _CODE.sub("", paper.read_text(encoding="utf-8"))
    broken = [link for link in _LINK.findall(text) if "://" not in link and not _leads_somewhere(paper, link)]
    assert not broken


def _leads_somewhere(paper: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (paper.parent / name).resolve() if name else paper
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(paper: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", paper.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_generated_pages_name_no_place_on_this_machine() -> None:
    for page in ("problems", "vocabulary", "api", "commands", "language"):
        text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert "object at 0x" not in text


# --- the test itself notices what is wrong ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "lacks"),
    [
        ("a b c", None),
        ("a … c", None),
        ("… c", None),
        ("…", None),
        ("", "(left out without `…`) a"),
        ("a c", "c"),
        ("a b", "(left out without `…`) c"),
        ("… x", "x"),
        ("c … a", "c"),
    ],
)
def test_shown_output_must_be_printed_and_gaps_marked(shown: str, lacks: str | None) -> None:
    assert missing(shown.split(), "a\n\nb \nc\n") == lacks


def test_a_command_goes_on_after_a_backslash() -> None:
    block = Block("console", ["$ echo \\", "    hello", "hello", "$ true"], 7)
    assert list(commands(block)) == [Command("echo \\\n    hello", ["hello"], 7), Command("true", [], 10)]


@pytest.mark.parametrize(
    "paper",
    [
        "```console\n$ echo one\ntwo\n```",
        "```console\n$ exit 2\n```",
        "```python\nassert 1 == 2\n```",
        "```python\n>>> 1 + 1\n3\n```",
        "```yaml\n# a condition\nform: fifth\n```",
        "```yaml\n# a case\nform: first\n```",
        "```yaml\n# rules/mine/startup.yaml (before STA-G1)\n  - {id: STA-G1}\n```",
        "```yaml\n# a condition\nform: fifth\n```\n\n```text\nerror RK130\nsomething else\n```",
        "```yaml\n# a poem\nroses: red\n```",
    ],
)
def test_a_false_paper_is_noticed(paper: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError):
        Stage(tmp_path, blocks(paper), tmp_path).play()


def test_commands_that_ci_runs_on_a_fresh_clone_are_left_out(tmp_path: Path) -> None:
    Stage(tmp_path, blocks("```console\n$ make demo\n$ make test\n```"), tmp_path).play()
