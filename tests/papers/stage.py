"""A temporary copy of what the papers speak of, where they are played from beginning to end."""

from __future__ import annotations

import doctest
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.papers.blocks import ROOT, Block, Command, commands, missing
from tests.papers.files import PROBLEM, Files, said

LEFT_OUT = ("make demo", "make test")
"""What CI runs on a fresh clone; no test runs within another."""

TERMINAL = {"LANG": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1"}


class Stage:
    """Plays one paper, block after block; AssertionError where the paper is wrong.

    Each command is run by itself in the stage's folder, 100 columns wide and without colour; `reformkit` is the one in
    `commands`, a folder.
    """

    def __init__(self, folder: Path, blocks: Sequence[Block], commands: Path) -> None:
        self._folder = folder
        self._commands = commands
        self._blocks = blocks
        self._names: dict[str, Any] = {}
        self._files = Files(folder, blocks)
        for name in ("rules", "measures", "examples", "tests/cases"):
            shutil.copytree(ROOT / name, folder / name)
        (folder / ".venv").symlink_to(sys.prefix)

    def play(self) -> None:
        """The whole paper. The current folder must be the stage's."""
        for number, block in enumerate(self._blocks, 1):
            following = self._blocks[number] if number < len(self._blocks) else None
            match block.language:
                case "console":
                    for command in commands(block):
                        self._run(command)
                case "python":
                    self._execute(block)
                case "yaml":
                    self._files.read(block, following if following and following.after <= 3 else None)
                case "csv":
                    problems = self._files.cases(block, ".csv")
                    assert not problems, f"line {block.line}\n{said(problems)}"

    def _run(self, command: Command) -> None:
        """A command prints what is shown, and fails only where a problem or a change is shown."""
        if command.text in LEFT_OUT:
            return
        paths = (self._commands, Path(sys.executable).parent, os.environ["PATH"])
        environment = TERMINAL | {"PATH": os.pathsep.join(map(str, paths)), "HOME": str(self._folder)}
        done = subprocess.run(
            ["bash", "-c", command.text],
            cwd=self._folder,
            env=environment,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        where = f"line {command.line}: $ {command.text}"
        lacks = missing(command.shown, done.stdout)
        assert lacks is None, f"{where}\ndoes not print as shown: {lacks}\n--- it prints\n{done.stdout}"
        fails = any(PROBLEM.search(line) or line.startswith("×") for line in command.shown)
        assert done.returncode == int(fails), f"{where}\nexits with {done.returncode}\n{done.stdout}"

    def _execute(self, block: Block) -> None:
        """A Python block runs; one with `>>>` prints what is shown. The names of earlier blocks are known."""
        text = "\n".join(block.lines) + "\n"
        if ">>> " not in text:
            exec(compile(text, f"<line {block.line}>", "exec"), self._names)
            return
        example = doctest.DocTestParser().get_doctest(text, self._names, "paper", None, block.line - 1)
        wrong: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=wrong.append, clear_globs=False)
        self._names.update(example.globs)
        assert not wrong, "".join(wrong)
