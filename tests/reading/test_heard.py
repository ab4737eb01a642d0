"""Cases of JSON Lines by words that were heard before: the same as those of the reader that hears each word itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

import reformkit as rk
from reformkit.files.opening import cases_in
from reformkit.intake import heard, json_lines
from reformkit.intake.heard import HeardCases
from reformkit.model.case import Case
from reformkit.parsing.report import Report
from tests.books import bundled_book

ROOT = Path(__file__).resolve().parents[2]

odd = st.sampled_from(
    [
        *(
            None,
            True,
            False,
            0,
            1,
            -1,
            12.5,
            1e400,
            [],
            {},
            ["x"],
            [None],
            {"a": 1},
            "true",
            "null",
            "",
            " ",
            "3",
            "3.0",
        ),
        *("不详", "无", "点", "point", "第四种形态", "2022-13-01", "2022-03-01", "a\u0000b", "a\u202eb", "Ⅳ", "\ud800"),
        "150102199001011234",
    ]
)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """Lines of cases as files have them; in some, some entries are of another kind, called otherwise, or there twice."""
    book = bundled_book()
    files = sorted((ROOT / "examples" / "cases").iterdir())
    examples = [case.to_dict() for file in files for case in book.read_cases(file)]
    written = []
    for number in range(draw(st.integers(1, 6))):
        case: dict[str, Any] = json.loads(json.dumps(draw(st.sampled_from(examples)))) | {"id": f"L-{number}"}
        for _ in range(draw(st.integers(0, 2))):
            case[draw(st.sampled_from(sorted(case)))] = draw(odd)
        if draw(st.booleans()):
            labels = {name: book.fields[name].label.zh for name in case if name in book.fields}
            case = {labels.get(name, name): value for name, value in case.items()}
        listed = case.get("findings")
        if isinstance(listed, list) and listed and isinstance(listed[0], dict) and draw(st.booleans()):
            listed[0][draw(st.sampled_from(["cause", "matter", "evidence", "unit", "证据", "note"]))] = draw(odd)
        line = json.dumps(case, ensure_ascii=draw(st.booleans()))
        if draw(st.integers(0, 5)) == 0:
            line = f"{line[:-1]}, {json.dumps(draw(st.sampled_from(sorted(case))))}: {json.dumps(draw(odd))}}}"
        written.append(line.encode("utf-8", "replace").decode())
    return written


def read(path: Path, book: rk.Book) -> tuple[list[Any], list[Any]]:
    report = Report()
    met = list(cases_in(str(path), book.rulebook, report))
    said = [
        (case.id, list(case.facts.items()), case.findings, case.place, case.problems)
        if isinstance(case, Case)
        else case
        for case in met
    ]
    return said, report.problems()


@settings(max_examples=60, deadline=None)
@given(lines())
def test_words_heard_before_say_what_they_say_each_time(tmp_path_factory: Any, written: list[str]) -> None:
    path, book = tmp_path_factory.mktemp("heard") / "cases.jsonl", bundled_book()
    path.write_text("".join(f"{line}\n" for line in written), "utf-8")
    with mock.patch.object(json_lines.HeardCases, "case", lambda *_: None):
        expected = read(path, book)
    with mock.patch.object(heard, "MOST_REMEMBERED", 2):
        assert read(path, book) == expected
    assert read(path, book) == expected


def test_lines_of_the_examples_need_no_tree(tmp_path: Path) -> None:
    book = bundled_book()
    cases = [case for file in sorted((ROOT / "examples" / "cases").iterdir()) for case in book.read_cases(file)]
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(f"{json.dumps(case.to_dict())}\n" for case in cases), "utf-8")
    met = []
    hear = HeardCases.case

    def watched(self: HeardCases, *given: Any) -> Case | None:
        met.append(hear(self, *given))
        return met[-1]

    with mock.patch.object(json_lines.HeardCases, "case", watched):
        assert book.read_cases(path) == cases
    assert sum(case is not None for case in met) >= len(cases) - 1  # one has a finding about another unit
