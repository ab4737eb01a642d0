"""Which kind of file a YAML file is, told by its keys and, for fixtures, by its name."""

from __future__ import annotations

from pathlib import Path

from reformkit.intake.rulebook_files import told_by
from reformkit.parsing.endings import is_fixtures
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.parsing.tree import Mapping, Scalar, Sequence, Tree
from reformkit.reading import keywords


def kind_of(path: Path, tree: Tree | None) -> str | None:
    """The kind of a file; None if it is none of reformkit's."""
    if isinstance(tree, Sequence):
        first = next((item for item in tree.items if isinstance(item, Mapping)), None)
        return _of_cases(path, first)
    if not isinstance(tree, Mapping):
        return None
    return told_by({key.text for key, _ in tree.pairs}) or _of_cases(path, tree)


def _of_cases(path: Path, case: Mapping | None) -> str | None:
    keys = {key.text for key, _ in case.pairs} if case else set()
    if not keys & {"id", keywords.ZH["id"]}:
        return None
    return "fixtures" if is_fixtures(path.name) else "cases"


def named_by(rules: Path) -> set[Path]:
    """The vocabulary and the folder of measures that a rulebook names, as far as that can be read."""
    report = Report()
    source = Source.read(rules / "rulebook.yaml", report)
    tree = read_yaml(source, report) if source else None
    pairs = tree.pairs if isinstance(tree, Mapping) else []
    names = {word for key in ("vocabulary", "measures") for word in (key, keywords.ZH[key])}
    words = [value.text for key, value in pairs if key.text in names and isinstance(value, Scalar)]
    return {(rules / word).resolve() for word in words}
