"""What every reader has at hand: one rulebook, good files in a folder; and what is held of problems."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import reformkit as rk
from reformkit.problem import NOWHERE, Problem
from tests.fuzz import good
from tests.fuzz.spoiling import spoilt_text

Dice = random.Random

TOLD = (rk.CaseError, rk.RulebookError, rk.LedgerError, rk.TableError, rk.LetterError, rk.RefusedError)
"""What a caller is told of, with its problems."""


class Bench:
    """A rulebook, good files by their names, and a folder for spoilt ones."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.book = folder, rk.load()
        self.rulebook, self.office = self.book.rulebook, rk.Office.example()
        self.files = good.the_files(folder, self.book)
        self.export = good.the_ledger(folder, self.book)
        self.table = good.the_table()
        self.small = Path(shutil.copytree(good.SMALL, folder / "small"))

    def written(self, name: str, data: bytes) -> Path:
        """A spoilt file in the folder; the last of its name stays for whoever looks for the cause."""
        path = self.folder / f"spoilt.{name}"
        path.write_bytes(data)
        return path

    def spoilt(self, dice: Dice, name: str) -> bytes:
        """A good text, spoilt."""
        return spoilt_text(dice, self.files[name].read_bytes())


Reader = Callable[[Bench, Dice], None]
"""Reads a spoilt copy; it fails by any exception that is none of `TOLD`."""


def check(problems: Iterable[Problem]) -> None:
    """Each problem has a place and can be said in both languages."""
    for problem in problems:
        assert problem.path or problem.place == NOWHERE, problem  # facts of a receipt stand in no file
        json.dumps(problem.to_dict(), ensure_ascii=False).encode()
        assert problem.message("zh") and problem.message("en"), problem
        str(problem)


def told(problem: Problem) -> tuple[Any, ...]:
    """A problem, however it was found."""
    return (str(problem.place), problem.code, problem.message("zh"), problem.fix("zh"), problem.fact or "")
