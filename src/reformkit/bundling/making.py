"""The one file made: a rulebook read, what it needs gathered and compiled, the page put together."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from reformkit.bundling.compiling import Python, compiled
from reformkit.bundling.one_file import FileParts, one_file
from reformkit.bundling.packing import engine, library, licences, packages, pyodide_files
from reformkit.desk.workspace import FolderWorkspace
from reformkit.loading import BUNDLED, bundled, load
from reformkit.text import Lang


class Made(NamedTuple):
    """The file, and whether Python in it is compiled."""

    page: bytes
    is_compiled: bool


def made(assets: Path, rules: Path | None, lang: Lang) -> Made:
    """The one file of a rulebook folder, or of the bundled one. Raises `RulebookError` for one that cannot be used."""
    home = bundled("rules") / BUNDLED if rules is None else rules
    book = load(home)
    pyodide, third = pyodide_files(assets), packages(assets)
    given = Python(library(pyodide), {**third, **engine()})
    python = compiled(given, pyodide, book.to_json(), assets)
    texts = FolderWorkspace(home, book).rulebook()
    page = one_file(FileParts(pyodide, python or given, book, texts, licences(third)), lang)
    return Made(page, python is not None)
