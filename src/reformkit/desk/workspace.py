"""Where the files of a desk stand: read, and written when someone saves. Nothing else of the desk touches a file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from reformkit.beside import alone, save
from reformkit.book import Book
from reformkit.editing.tables import Tables
from reformkit.parsing.endings import is_fixtures
from reformkit.sources.shelf import is_of_a_rulebook
from reformkit.staging.workbench import Workbench
from reformkit.testing.fixtures import fixture_files
from reformkit.text import Text

Contents = Mapping[str, bytes]
"""What files hold, by their path from the root of the workspace, with `/` between the parts."""

JOURNAL, LOCK = ".reformkit/desk.jsonl", ".reformkit/desk.lock"
_NOT_OURS = Text(
    "自带的规则册只供试用，不能改写；要改，先把规则册复制出来，再用 --rules 打开副本",
    "the bundled rulebook is here to be tried and is not written to; copy it and open the copy with --rules",
)


class ChangedUnderneath(Exception):
    """Files are no longer as they were when they were read; `now` is what they hold (None: they are gone)."""

    def __init__(self, now: Mapping[str, bytes | None]) -> None:
        super().__init__(", ".join(now))
        self.now = now


class Workspace(Protocol):
    """The files of a rulebook with its library, cases to hold an edit to, and fixtures.

    `bench` makes one of those that read them, `since_bench` says what these do not see. `locked` says why nothing can be saved; None where it can.
    """

    name: str
    locked: Text | None

    def bench(self) -> Workbench: ...
    def rulebook(self) -> Contents: ...
    def since_bench(self) -> Mapping[str, str]: ...
    def cases(self) -> Contents: ...
    def fixtures(self) -> Contents: ...
    def write(self, before: Mapping[str, bytes], after: Mapping[str, bytes], line: Mapping[str, Any]) -> None: ...
    def saves(self) -> Iterable[Mapping[str, Any]]: ...


@dataclass
class MemoryWorkspace:
    """Files that are held in memory: for the desk that is one file, and for tests."""

    name: str
    files: dict[str, bytes]
    case_files: dict[str, bytes] = field(default_factory=dict)
    fixture_files: dict[str, bytes] = field(default_factory=dict)
    locked: Text | None = None
    lines: list[dict[str, Any]] = field(default_factory=list)
    """What was written of every save."""

    def __post_init__(self) -> None:
        self._laid = dict(self.files)

    def bench(self) -> Workbench:
        """A workbench over the files as they were at first."""
        return Workbench(self._laid)

    def since_bench(self) -> Mapping[str, str]:
        """The texts of files that are no longer as workbenches have them."""
        return {path: data.decode() for path, data in self.files.items() if self._laid.get(path) != data}

    def rulebook(self) -> Contents:
        """The files as they are now."""
        return dict(self.files)

    def cases(self) -> Contents:
        """Files of cases."""
        return self.case_files

    def fixtures(self) -> Contents:
        """Files of fixtures."""
        return self.fixture_files

    def write(self, before: Mapping[str, bytes], after: Mapping[str, bytes], line: Mapping[str, Any]) -> None:
        """Put new files in the place of those that are as they were. Raises `ChangedUnderneath`."""
        _check(before, {path: self.files.get(path) for path in before})
        self.files.update(after)
        self.lines.append(_dated(line))

    def saves(self) -> Iterable[Mapping[str, Any]]:
        """What was noted of every save, the oldest first."""
        return tuple(self.lines)


class FolderWorkspace:
    """A rulebook's folder with the vocabulary and library that it names; cases and fixtures from files and folders."""

    def __init__(self, folder: Path, book: Book, given: Iterable[Path] = (), locked: bool = False) -> None:
        self._folder = folder.resolve()
        of_rules = Tables(book.rulebook, None).files
        of_library = Tables(book.rulebook, book.library).files - of_rules
        self._beside = sorted(file for file in of_rules if not file.is_relative_to(self._folder))
        library = Path(os.path.commonpath(sorted(file.parent for file in of_library))) if of_library else self._folder
        self._library = None if self._folder.is_relative_to(library) else library
        self._beside += sorted(of_library) if self._library is None else []
        homes = [self._folder, *(file.parent for file in self._beside), *([self._library] if self._library else [])]
        self._root = Path(os.path.commonpath(homes))
        self._given = tuple(given)
        self.name = self._folder.name
        self.locked: Text | None = _NOT_OURS if locked else None

    def bench(self) -> Workbench:
        """A workbench over the folder, which it reads as it then is."""
        return Workbench(self._folder, root=self._root)

    def since_bench(self) -> Mapping[str, str]:
        """Nothing: the workbench reads files as they are."""
        return {}

    def rulebook(self) -> Contents:
        """The files as they are on disk now: those of the rulebook's folder, and the library and vocabulary beside it."""
        files = {*_of_a_rulebook(self._folder), *(file for file in self._beside if file.is_file())}
        if self._library is not None:
            files |= {*_of_a_rulebook(self._library)}
        return {file.relative_to(self._root).as_posix(): file.read_bytes() for file in sorted(files)}

    def cases(self) -> Contents:
        """Files of cases that were given."""
        files = [path for path in self._given if path.is_file() and not is_fixtures(path.name)]
        return {path.as_posix(): path.read_bytes() for path in files}

    def fixtures(self) -> Contents:
        """Files of fixtures, given or in a folder that was."""
        places = [path for path in self._given if path.is_dir() or is_fixtures(path.name)]
        return {file.as_posix(): file.read_bytes() for place in places for file in fixture_files(place)}

    def write(self, before: Mapping[str, bytes], after: Mapping[str, bytes], line: Mapping[str, Any]) -> None:
        """Put new files in the place of those that are as they were, all or none, and a line in the journal.

        Raises `ChangedUnderneath`, OSError where another desk writes for long, or a file or the journal cannot be written (all files stay as they were).
        """
        with alone(self._folder / LOCK):  # another desk writes before or after, not between the look and the writing
            self._write(before, after, line)

    def _write(self, before: Mapping[str, bytes], after: Mapping[str, bytes], line: Mapping[str, Any]) -> None:
        _check(before, {path: _bytes_of(self._root / path) for path in before})
        written: list[str] = []
        try:
            for path, data in after.items():
                save(self._root / path, data)
                written.append(path)
            self._note(line)
        except OSError:
            for path in written:
                save(self._root / path, before[path])
            raise

    def _note(self, line: Mapping[str, Any]) -> None:
        journal = self._folder / JOURNAL
        journal.parent.mkdir(exist_ok=True)
        with journal.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(_dated(line), ensure_ascii=False)}\n")

    def saves(self) -> Iterable[Mapping[str, Any]]:
        """What was noted of every save, the oldest first; a line that cannot be read is left out."""
        try:
            lines = (self._folder / JOURNAL).read_text("utf-8", "replace").splitlines()
        except OSError:
            return
        for line in lines:
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict):
                yield said


def _dated(line: Mapping[str, Any]) -> dict[str, Any]:
    return {"at": datetime.now(UTC).isoformat(timespec="seconds"), **line}


def _check(before: Mapping[str, bytes], now: Mapping[str, bytes | None]) -> None:
    changed = {path: now[path] for path, data in before.items() if now[path] != data}
    if changed:
        raise ChangedUnderneath(changed)


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _of_a_rulebook(folder: Path) -> list[Path]:
    """The files of a folder that a rulebook or a library may be made of; hidden folders are left out."""
    inside = (path for path in folder.rglob("*") if is_of_a_rulebook(path.name) and path.is_file())
    return [path for path in inside if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
