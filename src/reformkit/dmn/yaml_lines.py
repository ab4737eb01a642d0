"""YAML a line at a time, each with the place that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import yaml

from reformkit.problem import Place, Problem


@dataclass
class RulebookTexts:
    """The files of a rulebook by name, for each line of each (from 1) the place in the model that it came from, and the
    lines of the model."""

    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, list[Place]] = field(default_factory=dict)
    model: Sequence[str] = ()

    def said(self, problem: Problem) -> Problem:
        """A problem of these files as one of the model: at the line behind its own."""
        place = self.model_place(problem.place)
        if place is problem.place:
            return problem
        excerpt = self.model[place.line - 1] if place.line <= len(self.model) else None
        return replace(problem, place=place, excerpt=excerpt)

    def model_place(self, place: Place) -> Place:
        """Where in the model a line of one of these files came from; any other place as it is."""
        lines = self.lines.get(place.path.rpartition("/")[2], [])
        return lines[place.line - 1] if 0 < place.line <= len(lines) else place


class PlacedLines:
    """The lines of a file."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: list[Place] = []

    def add(self, line: str, place: Place) -> None:
        self.lines.append(line)
        self.places.append(place)


class _Dumper(yaml.SafeDumper):
    """Plain data on one line, numbers as they are written."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    said = f"{value:f}"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in said else 'int'}", said)


_Dumper.add_representer(Decimal, _number)


def flow(data: Any) -> str:
    """Data on one line of YAML.

    >>> flow({"id": "R-1", "when": {"age": {"at_least": Decimal("17.5")}}, "then": "no"})
    "{id: R-1, when: {age: {at_least: 17.5}}, then: 'no'}"
    """
    said = yaml.dump(data, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1 << 30)
    return said.removesuffix("\n").removesuffix("\n...")
