"""A workbook of rules taken into the folder from which it was exported: written whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reformkit.beside import save
from reformkit.book import PathLike
from reformkit.editing.tables import Tables
from reformkit.importing.result import ImportResult
from reformkit.importing.staging import stage_workbook
from reformkit.loading import load
from reformkit.problem import Problem
from reformkit.sources.revisions import is_committed
from reformkit.staging.workbench import Workbench

_BESIDE = ".before-import"


def import_workbook(path: PathLike, folder: PathLike, dry_run: bool = False, *, delete: bool = False) -> ImportResult:
    """Take a workbook of rules back into the folder from which it was exported.

    What the workbook changes since it was exported is put into the YAML, each changed cell as one changed span; what
    only the folder has changed since stays. Nothing is written where something stands in the way (`problems`), nor
    with `dry_run`. `delete` confirms that rules whose rows are gone are deleted. Before a file is written that git does
    not have as it is, it is copied beside itself. Raises `RulebookError` for a folder with errors, OSError where a
    file cannot be written (then none is).
    """
    home = Path(os.path.normpath(Path(folder).absolute()))
    book = load(folder)
    root = os.path.commonpath([home.resolve(), *(file.parent for file in Tables(book.rulebook, book.library).files)])
    inward = os.path.relpath(home.resolve(), root)

    def from_here(name: str) -> str:
        """The path of a file by its name on the workbench, as the folder is written."""
        return os.path.normpath(Path(folder) / os.path.relpath(name, inward))

    def in_folder(problem: Problem) -> Problem:
        return replace(problem, place=replace(problem.place, path=from_here(problem.place.path)))

    with Workbench(home.resolve(), root=root) as bench:
        result = stage_workbook(path, bench, delete=delete)
        texts = {from_here(name): text for name, text in result.texts.items()}
    checked = None if result.checked is None else tuple(map(in_folder, result.checked))
    diff = None if result.diff is None else replace(result.diff, names=(os.fspath(folder), os.fspath(path)))
    result = replace(result, texts=texts, checked=checked, diff=diff)
    if dry_run or not result.sound or not texts:
        return result
    backups = _write(texts)
    return replace(result, written=tuple(texts), backups=tuple(backups))


def _write(texts: Mapping[str, str]) -> list[str]:
    """Write every file, or none: where one cannot be written, those before it get their old bytes back."""
    old = {path: Path(path).read_bytes() for path in texts}
    backups = []
    for path, data in old.items():
        if not is_committed(Path(path)):
            copy = _free(Path(path))
            save(copy, data)
            backups.append(str(copy))
    done: list[str] = []
    try:
        for path, text in texts.items():
            save(Path(path), text.encode())
            done.append(path)
    except OSError:
        for path in done:
            save(Path(path), old[path])
        raise
    return backups


def _free(path: Path) -> Path:
    """A name beside a file that is not taken."""
    number = 1
    while (copy := path.with_name(f"{path.name}{_BESIDE}{'' if number == 1 else f'-{number}'}")).exists():
        number += 1
    return copy
