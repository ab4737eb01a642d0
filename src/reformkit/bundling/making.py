"""The one file made: a rulebook read, what it needs gathered and compiled, the page put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reformkit.book import Book
from reformkit.bundling.compiling import Python, compiled
from reformkit.bundling.one_file import FileParts, one_file
from reformkit.bundling.packing import Files, engine, library, licences, packages, pyodide_files
from reformkit.desk.workspace import FolderWorkspace
from reformkit.extras import MissingExtra, extra
from reformkit.loading import BUNDLED, bundled, load
from reformkit.testing.fixtures import fixture_files
from reformkit.text import Lang


class Made(NamedTuple):
    """The file, whether Python in it is compiled, how many files of fixtures are in it, and whether the letters are."""

    page: bytes
    is_compiled: bool
    fixture_files: int
    has_letters: bool


def made(assets: Path, rules: Path | None, lang: Lang, fixtures: Sequence[Path] = ()) -> Made:
    """The one file of a rulebook folder, or of the bundled one, with fixtures of files and folders.

    Raises `RulebookError` for one that cannot be used, `LetterError` for a template of it that cannot.
    """
    home = bundled("rules") / BUNDLED if rules is None else rules
    book = load(home)
    pyodide, third = pyodide_files(assets), packages(assets)
    given = Python(library(pyodide), {**third, **engine()})
    python = compiled(given, pyodide, book.to_json(), assets)
    texts = FolderWorkspace(home, book).rulebook()
    letters = _letters(book, texts)
    held = dict(_fixtures([home, *fixtures]))
    page = one_file(FileParts(pyodide, python or given, book, texts, letters, held, licences(third)), lang)
    return Made(page, python is not None, len(held), letters is not None or book.rulebook.letters is None)


def _fixtures(places: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Fixtures by their name within the place that was named: nothing of this machine is in the file."""
    for place in places:
        for file in fixture_files(place):
            yield (file.relative_to(place.parent).as_posix() if place.is_dir() else file.name), file.read_bytes()


def _letters(book: Book, texts: Files) -> bytes | None:
    """The letters of the rulebook, packed; None where it has none, or the packages that read templates are not there."""
    if book.rulebook.letters is None:
        return None
    try:
        with extra("practice"):
            from reformkit.bundling.letters_inside import packed_letters  # noqa: PLC0415 (commands load without it)
        return packed_letters(book.rulebook.letters, texts)
    except MissingExtra:
        return None
