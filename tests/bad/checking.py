"""Checking a bad file in its place among good ones."""

from __future__ import annotations

import shutil
from pathlib import Path

from reformkit.book import Book
from reformkit.loading import examine
from reformkit.problem import Problem

HERE = Path(__file__).parent / "check"
FILES = sorted(p for p in HERE.glob("RK*") if p.suffix == ".yaml")
_OF_MEASURES = ("causes.yaml", "references.yaml", "institution.yaml")


def examined(bad: Path, folder: Path) -> tuple[Book | None, list[Problem]]:
    """What check finds in the base rulebook and library with one file put in (`….prefer`: the mended one)."""
    shutil.copytree(HERE / "base", folder, dirs_exist_ok=True)
    name = bad.name.removesuffix(".prefer").split(".", 1)[1]
    shutil.copy(bad, folder / ("measures" if name in _OF_MEASURES else "book") / name)
    return examine(folder / "book")
