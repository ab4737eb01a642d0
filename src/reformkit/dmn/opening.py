"""A .dmn file as the texts of a rulebook."""

from __future__ import annotations

import os
from pathlib import Path

from reformkit.dmn.rulebook import rulebook_texts
from reformkit.dmn.tables import read_model
from reformkit.dmn.xml import read_xml
from reformkit.dmn.yaml_lines import RulebookTexts
from reformkit.parsing.report import Report
from reformkit.parsing.source import with_excerpts
from reformkit.problem import Problem

ENDING = ".dmn"


def is_model(source: object) -> bool:
    """Whether something that is named as a rulebook is a model of decision tables.

    >>> is_model("loans.dmn"), is_model("rules/jiuyuan"), is_model({})
    (True, False, False)
    """
    return isinstance(source, str | os.PathLike) and Path(source).suffix.lower() == ENDING and not Path(source).is_dir()


def texts_of_model(path: str | os.PathLike[str]) -> tuple[RulebookTexts | None, list[Problem]]:
    """The rulebook that says the same as a model on complete cases, and every problem; None where one is an error.

    Raises OSError where the file cannot be read.
    """
    report = Report()
    data = Path(path).read_bytes()
    root = read_xml(data, os.fspath(path), report)
    model = None if root is None else read_model(root, report)
    texts = None if model is None else rulebook_texts(model, report)
    problems = with_excerpts(report.problems())
    if texts is None or report.errors:
        return None, problems
    texts.model = data.decode("utf-8", "replace").splitlines()
    return texts, problems
