"""Fixture results as JUnit XML, which continuous integration reads."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from reformkit.problem import Problem
from reformkit.testing.failing import tell
from reformkit.testing.fixtures import FixtureReport, FixtureResult
from reformkit.text import Lang

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: FixtureReport, lang: Lang) -> str:
    """A suite a file: each fixture a test case, each problem an error."""
    by_file: dict[str, list[FixtureResult | Problem]] = {}
    for result in report.results:
        by_file.setdefault(result.fixture.case.place.path, []).append(result)
    for problem in report.problems:
        by_file.setdefault(problem.path, []).append(problem)
    root = ElementTree.Element("testsuites", name="reformkit")
    for path, entries in by_file.items():
        failed = sum(isinstance(entry, FixtureResult) and not entry.passed for entry in entries)
        errors = sum(isinstance(entry, Problem) for entry in entries)
        suite = ElementTree.SubElement(
            root, "testsuite", name=_clean(path), tests=str(len(entries)), failures=str(failed), errors=str(errors)
        )
        for entry in entries:
            _add(suite, entry, lang)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def _add(suite: ElementTree.Element, entry: FixtureResult | Problem, lang: Lang) -> None:
    place = entry.place if isinstance(entry, Problem) else entry.fixture.case.place
    name = entry.code if isinstance(entry, Problem) else f"{entry.fixture.case.id} {entry.fixture.name}".rstrip()
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=_clean(name),
        classname=_clean(place.path),
        file=_clean(place.path),
        line=str(place.line),
    )
    if isinstance(entry, Problem):
        message = f"{entry.message(lang)}\n{entry.fix(lang)}"
        ElementTree.SubElement(case, "error", message=_clean(entry.message(lang)), type=entry.code).text = _clean(
            message
        )
    elif not entry.passed:
        lines = [line.say(lang) for line in tell(entry)]
        story = _clean(f"{place}\n" + "\n".join(lines))
        ElementTree.SubElement(case, "failure", message=_clean(lines[0]), type="expectation").text = story


def _clean(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
