"""The YAML and CSV that a paper shows, written where it says and read."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import reformkit
from reformkit.problem import Problem
from tests.papers.blocks import Block

PROBLEM = re.compile(r"RK\d{3}")
_PATH = re.compile(r"# (?P<path>[\w./-]+\.ya?ml)(?:\s*[（(](?P<how>.+)[)）])?$")
_BEFORE = re.compile(r"(?:before|加在) ?(?P<word>\S+?)(?: ?之前)?$")
_CHANGED = re.compile(r"changed|改")
_BUNDLED = Path("rules/jiuyuan")
_SAID = {"en": ("error", "warning", "fix: "), "zh": ("错误", "提醒", "修改：")}


class Files:
    """The files of one paper. The first line of a YAML block says what it is.

    `# rules/mine/startup.yaml`: a whole file. `# … (before STA-C3)`, `# …（加在 STA-C3 之前）`: lines that go before
    that entry. `# … (changed)`, `# …（改…）`: entries in place of those with the same keys. `# a case`, `# 案件`, `# a
    condition`, `# 条件`, `# a rule`, `# 规则`, `# a decision`, `# 决策`: a piece, read where it belongs.
    """

    def __init__(self, folder: Path, blocks: Sequence[Block]) -> None:
        self._folder = folder
        self._whole = {
            Path(found["path"]): block
            for block in blocks
            if block.language == "yaml" and (found := _PATH.match(block.lines[0])) and not found["how"]
        }

    def read(self, block: Block, beneath: Block | None) -> None:
        """A block gives no problem, or exactly the one that is shown beneath it."""
        found = _PATH.match(block.lines[0])
        problems = self._file(Path(found["path"]), found["how"], block) if found else self._piece(block)
        where = f"line {block.line}: {block.lines[0]}\n"
        if beneath is not None and beneath.language == "console":  # `check`, which shows what it prints
            shown = PROBLEM.findall("\n".join(beneath.lines))
            assert {p.code for p in problems} <= set(shown), where + said(problems)
        elif beneath is not None and beneath.language == "text" and PROBLEM.search(beneath.lines[0]):
            lang = "en" if beneath.lines[0].isascii() else "zh"
            assert said(problems, lang) == "\n".join(filter(None, beneath.lines)), where + said(problems, lang)
        else:
            assert not problems, where + said(problems)

    def cases(self, block: Block, ending: str) -> list[Problem]:
        """The problems of cases that stand in a block."""
        path = self._folder / f"line-{block.line}{ending}"
        path.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        try:
            return reformkit.load(self._rulebook()).read_case_file(path).problems
        finally:
            path.unlink()

    def _rulebook(self) -> Path:
        """The rulebook that the paper has made, or the bundled one."""
        mine = self._folder / "rules" / "mine"
        return mine if mine.exists() else self._folder / _BUNDLED

    def _file(self, path: Path, how: str | None, block: Block) -> list[Problem]:
        """The problems of a file after it is written or edited; those of other files are not looked at."""
        if path.parts[0] not in ("rules", "measures"):
            return self.cases(block, path.suffix) or self._write(path, block)
        rulebook = Path(*path.parts[:2]) if path.parts[0] == "rules" and len(path.parts) > 2 else _BUNDLED
        if not (self._folder / rulebook).exists():
            self._begin(rulebook)
        if how:
            self._edit(self._folder / path, block, how)
        else:
            self._write(path, block)
        own = (self._folder / path).resolve()
        return [p for p in _readable(self._folder / rulebook) if Path(p.path).resolve() == own]

    def _begin(self, rulebook: Path) -> None:
        """All the files that the paper gives a new rulebook, or else a copy of the bundled one."""
        if rulebook / "rulebook.yaml" not in self._whole:
            shutil.copytree(self._folder / _BUNDLED, self._folder / rulebook)
            return
        for path, block in self._whole.items():
            if path.is_relative_to(rulebook):
                self._write(path, block)

    def _write(self, path: Path, block: Block) -> list[Problem]:
        (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self._folder / path).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        return []

    def _edit(self, path: Path, block: Block, how: str) -> None:
        lines, new = path.read_text(encoding="utf-8").split("\n"), block.lines[1:]
        before = _BEFORE.match(how)
        if before:
            at = next(i for i, line in enumerate(lines) if line.split()[-1:] == [before["word"]])
            lines[at:at] = [*new, ""]
        else:
            assert _CHANGED.match(how), f"line {block.line}: cannot tell where these lines go: {how}"
            for entry in entries(new):
                key = entry[0].partition(":")[0]
                at = next(i for i, line in enumerate(lines) if line.partition(":")[0] == key)
                lines[at : at + len(entries(lines[at:])[0])] = entry
        path.write_text("\n".join(lines), encoding="utf-8")

    def _piece(self, block: Block) -> list[Problem]:
        """The problems of a piece that is no file, over the paper's rulebook."""
        what, body = block.lines[0].removeprefix("# ").removeprefix("a ").split(" ")[0], block.lines[1:]
        if what in ("case", "cases", "案件"):
            return self.cases(block, ".yaml")
        outcomes = ["yes"]
        if what in ("condition", "条件"):
            body = ["- id: SCRATCH", "  then: yes", "  when:", *(f"    {line}" for line in body)]
        elif what in ("rule", "rules", "规则"):
            outcomes = sorted({m[1] for line in body if (m := re.search(r"(?:then|结论): *([^\s,}]+)", line))})
        else:
            assert what in ("decision", "决策"), f"line {block.line}: cannot tell what this is: {block.lines[0]}"
        if what not in ("decision", "决策"):
            body = ["decision: scratch", "hit: first", f"outcomes: [{', '.join(outcomes)}]", "rules:", *body]
        scratch = self._rulebook() / "scratch.yaml"
        scratch.write_text("\n".join(body) + "\n", encoding="utf-8")
        try:
            return _readable(scratch.parent)
        finally:
            scratch.unlink()


def _readable(rulebook: Path) -> list[Problem]:
    """What is wrong with the reading and structure of a rulebook that a paper builds piece by piece."""
    return [p for p in reformkit.check(rulebook) if p.code < "RK300"]


def said(problems: Iterable[Problem], lang: Any = "en") -> str:
    """Problems as `check` prints them, without their places."""
    error, warning, fix = _SAID[lang]
    lines = (
        (f"{error if p.severity == 'error' else warning} {p.code}", p.message(lang), fix + p.fix(lang))
        for p in problems
    )
    return "\n".join(line for three in lines for line in three)


def entries(lines: list[str]) -> list[list[str]]:
    """Lines cut at those that are indented as the first is, as far as none is indented less.

    >>> entries(["  a: 1", "  b:", "    c: 2", "d: 3"])
    [['  a: 1'], ['  b:', '    c: 2']]
    """
    first = len(lines[0]) - len(lines[0].lstrip())
    found: list[list[str]] = []
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent < first:
            break
        if line.strip() and indent == first:
            found.append([line])
        else:
            found[-1].append(line)
    return found
