"""Files of rules: parts of a decision, in a folder below the rulebook's own."""

from __future__ import annotations

import os
from pathlib import Path

from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import FILE, NO_HINT, Source, is_file, names_in, slash_hint
from reformkit.parsing.tree import Scalar, Tree
from reformkit.problem import Place


class Parts:
    """The files of rules of one rulebook: each read once, none forgotten."""

    def __init__(self, folder: str, report: Report) -> None:
        self._folder = Path(os.path.normpath(folder))
        self._report = report
        self._named: dict[Path, Place] = {}

    def tree(self, name: Scalar) -> Tree | None:
        """What a file of rules says; None, with a problem, if it cannot be taken."""
        path = Path(os.path.normpath(self._folder / name.text))
        hint = slash_hint(name.text)
        if hint != NO_HINT and not is_file(path, self._report):
            self._report.add("RK101", name.place, path=name.text, want=FILE, hint=hint)
            return None
        if self._folder not in path.parents or path.parent == self._folder:
            self._report.add("RK173", name.place, path=name.text)
            return None
        first = self._named.setdefault(path, name.place)
        if first is not name.place:
            self._report.add("RK174", name.place, path=name.text, first=str(first))
            return None
        source = Source.read(path, self._report, name.place)
        return read_yaml(source, self._report, of_rules=True) if source else None

    def warn_of_unread(self) -> None:
        """Report the files beside those that were read which no decision names."""
        for folder in sorted({path.parent for path in self._named if is_file(path, self._report)}):
            for name in names_in(os.fspath(folder), self._report):
                if Path(name).suffix.lower() in (".yaml", ".yml") and folder / name not in self._named:
                    self._report.add("RK175", Place(os.fspath(folder / name)), path=name)
