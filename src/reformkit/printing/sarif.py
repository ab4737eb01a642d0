"""Problems as SARIF 2.1.0, which code hosts and editors show beside the lines concerned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import reformkit
from reformkit.printing.records import Record
from reformkit.problem import NOWHERE, Problem
from reformkit.problem_codes import CODES
from reformkit.text import Lang, Text

_MESSAGE = Text("{message}。{fix}", "{message}. {fix}")
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(problems: Sequence[Problem], lang: Lang) -> str:
    """One run with a result for each problem; paths below the present folder are given from there."""
    codes = sorted({problem.code for problem in problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].message.say(lang)},
            "help": {"text": CODES[code].fix.say(lang)},
            "defaultConfiguration": {"level": CODES[code].severity},
        }
        for code in codes
    ]
    run = {
        "tool": {"driver": {"name": "reformkit", "version": reformkit.__version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code), lang) for problem in problems],
    }
    return json.dumps(
        {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2, default=str
    )


def _result(problem: Problem, index: int, lang: Lang) -> Record:
    result: Record = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": _MESSAGE.fill(message=problem.message(lang), fix=problem.fix(lang)).say(lang)},
    }
    if problem.place != NOWHERE:
        region = {"startLine": problem.line, "startColumn": problem.column}
        if problem.end_column is not None and problem.end_column > problem.column:
            region["endColumn"] = problem.end_column
        result["locations"] = [
            {"physicalLocation": {"artifactLocation": {"uri": _uri(problem.path)}, "region": region}}
        ]
    about = {
        name: value for name, value in problem.to_dict().items() if name in _PROPERTIES and value not in (None, [])
    }
    if about:
        result["properties"] = about
    return result


_PROPERTIES = ("decision", "rule", "rules", "outcome", "fact", "witness", "as_of", "expect")


def _uri(path: str) -> str:
    place = Path(path)
    if not place.is_absolute():
        return quote(place.as_posix())
    here = Path.cwd()
    return quote(place.relative_to(here).as_posix()) if place.is_relative_to(here) else place.as_uri()
