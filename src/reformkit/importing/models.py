"""A model of another tool made into a rulebook folder of its own."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from reformkit.beside import save
from reformkit.book import PathLike
from reformkit.dmn.opening import texts_of_model
from reformkit.importing.result import ImportChange, ImportResult
from reformkit.loading import read
from reformkit.problem import Place, Problem


def import_dmn(path: PathLike, folder: PathLike, dry_run: bool = False) -> ImportResult:
    """Write the rulebook that says the same as a DMN model on complete cases into a new folder.

    `changes` has each rule, at its line of the model. Nothing is written where something stands in the way (`problems`), nor
    with `dry_run`; a folder with something in it is left alone (RK898). Raises OSError where the model cannot be read or a
    file not be written (then none is).
    """
    made, problems = texts_of_model(path)
    book = None
    if made is not None:
        book, found = read(made.texts, None)
        problems += map(made.said, found)
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        problems = [*problems, Problem("RK898", Place(os.fspath(folder)), {"folder": os.fspath(folder)})]
    if made is None or book is None or any(problem.severity == "error" for problem in problems):
        return ImportResult(problems=tuple(problems))
    rules = [(table.id, rule) for table in book.rulebook.decisions.values() for rule in table.rules]
    changes = tuple(
        ImportChange("added", made.model_place(rule.place), f"decision:{decision}", rule.id) for decision, rule in rules
    )
    texts = {os.fspath(target / name): text for name, text in made.texts.items()}
    result = ImportResult(changes, tuple(problems), None, texts)
    if dry_run:
        return result
    _write(target, made.texts)
    return replace(result, written=tuple(texts))


def _write(target: Path, texts: dict[str, str]) -> None:
    """All files, or none: they are written beside the folder, which then takes its name."""
    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.absolute().parent, prefix=".reformkit-") as beside:
        new = Path(beside) / "new"
        for name, text in texts.items():
            save(new / name, text.encode())
        if target.exists():
            target.rmdir()
        new.rename(target)
