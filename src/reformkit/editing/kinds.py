"""Which kind of file a YAML file is, told by its keys and, for fixtures, by its name."""

from __future__ import annotations

from pathlib import Path

from reformkit.editing.grammar import FILES, Record
from reformkit.parsing.endings import is_fixtures
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.parsing.tree import Mapping, Scalar, Sequence, Tree
from reformkit.reading import keywords

_TELLING = {
    "decision": ("decision",),
    "rulebook": ("name", "vocabulary"),
    "parameters": ("parameters",),
    "signals": ("signals",),
    "vocabulary": ("fields",),
    "causes": ("weak_points", "causes"),
    "references": ("references",),
    "measures": ("weak_point", "measures"),
    "rules": ("rules",),
    "procedure": ("procedures",),
    "letters": ("letters", "placeholders"),
    "figures": ("figures",),
    "integrity": ("indicators",),
    "office": ("office", "bodies"),
    "calendar": ("known_until",),
}
"""The keys by which a kind is told."""


def kind_of(path: Path, tree: Tree | None) -> str | None:
    """The kind of a file; None if it is none of reformkit's."""
    if isinstance(tree, Sequence):
        first = next((item for item in tree.items if isinstance(item, Mapping)), None)
        return _of_cases(path, first)
    if not isinstance(tree, Mapping):
        return None
    keys = {key.text for key, _ in tree.pairs}
    for kind, telling in _TELLING.items():
        shape = FILES[kind]
        assert isinstance(shape, Record)
        if all(keys & {key, shape.words[key]} for key in telling):
            return kind
    return _of_cases(path, tree)


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
