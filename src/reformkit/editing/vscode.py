"""Which files of a workspace an editor checks against which schema, and the settings that say so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reformkit.editing.jsonc import NotJson, parse, with_member
from reformkit.editing.kinds import kind_of
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source

KEY = "yaml.schemas"
_OF_CASES = ("cases", "fixtures")
_PASSED_OVER = ("node_modules", "__pycache__")


def globs(workspace: Path, files: frozenset[Path]) -> dict[str, list[str]]:
    """For each kind of file, the patterns of a workspace's files: those of a rulebook, and all cases and fixtures.

    A folder with cases only, or fixtures only, is named with a star; new files in it are covered at once.
    """
    patterns: dict[str, list[str]] = {}
    for folder, kinds in _kinds(workspace, files):
        where = "" if folder == workspace else folder.relative_to(workspace).as_posix() + "/"
        (first, *others) = set(kinds.values())
        if first in _OF_CASES and not others and where:
            patterns.setdefault(str(first), []).append(f"{where}*.yaml")
            continue
        for name, kind in kinds.items():
            if kind is not None and (kind in _OF_CASES or (folder / name).resolve() in files):
                patterns.setdefault(kind, []).append(where + name)
    return patterns


def _kinds(workspace: Path, files: frozenset[Path]) -> Iterator[tuple[Path, dict[str, str | None]]]:
    """Each folder with YAML files, and their kinds; other rulebooks are left alone."""
    for name, folders, names in os.walk(workspace):
        folder = Path(name)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _PASSED_OVER)
        if "rulebook.yaml" in names and (folder / "rulebook.yaml").resolve() not in files:
            folders.clear()
            continue
        kinds = {file: _kind(folder / file) for file in sorted(names) if file.endswith(".yaml")}
        if kinds:
            yield folder, kinds


def _kind(path: Path) -> str | None:
    report = Report()
    source = Source.read(path, report)
    return kind_of(path, read_yaml(source, report)) if source else None


def settings(text: str, own: str, patterns: dict[str, list[str]]) -> str:
    """The settings with each schema file (below the folder `own`) bound to its patterns; all else is kept.

    A pattern that an older schema of reformkit has is taken from it: a file has one schema. Raises NotJson.
    """
    text = text if text.strip() else "{}\n"
    old = parse(text).plain
    bound = old.get(KEY, {}) if isinstance(old, dict) else None
    if not isinstance(bound, dict):
        raise NotJson(f"`{KEY}` is no object")
    taken = {pattern for listed in patterns.values() for pattern in listed}
    for schema, listed in bound.items():
        if own.rsplit("/", 1)[0] in schema and schema not in patterns and isinstance(listed, list):
            kept = [pattern for pattern in listed if pattern not in taken]
            if kept != listed:
                text = with_member(text, (KEY, schema), kept)
    for schema, listed in reversed(patterns.items()):
        text = with_member(text, (KEY, schema), listed)
    return text
