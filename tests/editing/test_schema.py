"""The editor's schema takes what the reader takes, and underlines what has the wrong shape or an unknown word."""

from __future__ import annotations

from functools import cache
from inspect import ismodule
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from reformkit import intake, reading
from reformkit.editing import grammar
from reformkit.editing.key_notes import has_note
from reformkit.editing.schema import schemas
from reformkit.editing.tables import Tables
from reformkit.files.opening import read_cases
from reformkit.reading import keywords
from reformkit.reading.form import Keys
from reformkit.reading.keywords import ZH
from reformkit.reading.rulebook import read_rulebook
from tests.agreement.rulebooks import a_rulebook
from tests.agreement.writing import can_be_written, write
from tests.bad.reading import FILES as BAD
from tests.editing.files import GOOD, ROOT, as_data, book, book_of, kind, tables, tree_of


@cache
def _validators(rules: Path | None) -> dict[str, Any]:
    return {kind: Draft7Validator(made) for kind, made in schemas(tables(book(rules))).items()}


def _faults(path: Path, rules: Path | None = None) -> list[str]:
    return _faults_of(as_data(tree_of(path)), kind(path), rules)


def _faults_of(data: Any, kind: str, rules: Path | None = None) -> list[str]:
    return [f"{list(e.absolute_path)}: {e.message[:300]}" for e in _validators(rules)[kind].iter_errors(data)]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_good_file_is_not_underlined(path: Path) -> None:
    folder = (
        None
        if book_of(path) is book()
        else ROOT / Path(next(iter(book_of(path).rulebook.decisions.values())).place.path).parent
    )
    assert _faults(path, folder) == []


def test_every_schema_is_sound_draft_07() -> None:
    for made in schemas(tables(book())).values():
        assert made["$schema"] == "http://json-schema.org/draft-07/schema#"
        Draft7Validator.check_schema(made)


def _records(shape: grammar.Shape | None) -> list[grammar.Record]:
    match shape:
        case grammar.Record():
            return [shape, *(r for inner in shape.holds.values() for r in _records(inner))]
        case grammar.Each():
            return _records(shape.item)
        case grammar.ById():
            return _records(shape.entry)
        case grammar.TextOr():
            return _records(shape.record)
        case grammar.ByKind():
            return [r for s in (shape.scalar, shape.sequence, shape.mapping) for r in _records(s)]
    return []


RECORDS = [grammar.FINDING_SHAPE, *(r for shape in grammar.FILES.values() for r in _records(shape))]


def test_the_grammar_has_every_key_that_the_reader_takes() -> None:
    for record in RECORDS:
        assert set(record.holds) == {*record.keys.must, *record.keys.may}, record.keys.what.en
        assert all(has_note(key) for key in record.holds), record.keys.what.en


def test_the_grammar_has_every_key_of_a_fixture() -> None:
    assert grammar.OF_FIXTURES.keys() == keywords.OF_FIXTURES.keys()
    assert all(has_note(key) for key in keywords.OF_FIXTURES)


def test_the_grammar_has_every_record_of_the_reader() -> None:
    named = {
        id(value): name
        for room in filter(ismodule, (*vars(intake).values(), *vars(reading).values()))
        for name, value in vars(room).items()
        if isinstance(value, Keys) and name.isupper() and not name.startswith("_")
    }
    assert set(named) == {id(record.keys) for record in RECORDS}


# --- what a schema can see ------------------------------------------------------------------------------

_SEEN = {"RK119", "RK120", "RK121", "RK123", "RK129", "RK130", "RK131", "RK141", "RK143", "RK144", "RK145"}
_SEEN |= {"RK149", "RK152", "RK153", "RK154", "RK158", "RK164", "RK169", "RK170", "RK209", "RK211"}
_BASE = ROOT / "tests" / "bad" / "base" / "book"


@pytest.mark.parametrize("path", [p for p in BAD if p.name[:5] in _SEEN and p.suffix == ".yaml"], ids=lambda p: p.name)
def test_a_fault_of_shape_or_word_is_underlined(path: Path) -> None:
    stem = path.name.split(".")[1]
    kinds = {"startup": "decision", "cases": "cases", "institution": "measures", "power": "measures"}
    assert _faults_of(as_data(tree_of(path)), kinds.get(stem, stem), _BASE), path.read_text("utf-8")


@pytest.mark.parametrize("day", ["2022-02-30", "2100-02-29", "2022-04-31", "0000-01-01", "2022-13-01"])
def test_a_day_that_there_is_not_is_underlined(day: str) -> None:
    assert _faults_of([{"id": "A", "filed_on": day}], "cases")
    assert _faults_of({"rules": [{"id": "A", "when": {}, "then": "x", "because": "y", "since": day}]}, "rules")
    assert not _faults_of([{"id": "A", "filed_on": "2024-02-29"}], "cases")


@pytest.mark.parametrize("key", ["cases", "fixtures"])
def test_a_case_without_id_is_underlined(key: str) -> None:
    assert _faults_of([{"机关层级": "县级"}], key)
    assert not _faults_of(
        [{"编号": 1, "机关层级": "县级", "涉案人数": 3, "立案日期": "2022-01-01", "findings": []}], key
    )


# --- agreement with the reader --------------------------------------------------------------------------


@settings(max_examples=settings().max_examples // 4)
@given(st.data())
def test_what_the_reader_takes_the_schema_takes(data: st.DataObject) -> None:
    """And what the schema refuses, after one change, the reader refuses too."""
    rulebook = data.draw(a_rulebook(decisions=2))
    assume(can_be_written(rulebook))
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(rulebook, folder, data.draw(st.booleans()))
        read, _, _ = read_rulebook(folder)
        assume(read is not None)
        assert read is not None
        made = schemas(Tables(read, None))
        files = sorted(folder.glob("*.yaml"))
        for path in files:
            assert not list(Draft7Validator(made[kind(path)]).iter_errors(as_data(tree_of(path)))), path.read_text(
                "utf-8"
            )
        path = data.draw(st.sampled_from(files))
        _spoil(path, data)
        if list(Draft7Validator(made[_kind(path, files)]).iter_errors(as_data(tree_of(path)))):
            spoilt, _, problems = read_rulebook(folder)
            assert spoilt is None, (path.read_text("utf-8"), problems)


def _kind(path: Path, files: list[Path]) -> str:
    return path.stem if path.stem in grammar.FILES else "decision"


def _spoil(path: Path, data: st.DataObject) -> None:
    """Change one word of a file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    words = ["x", "[]", "{}", "[x]", "true", "是", "2", "2022-01-01", "{known: true}", "~", "''", "$p0", "any", "全部"]
    key, colon, _ = lines[number].partition(":")
    if data.draw(st.booleans()) and colon:
        lines[number] = f"{key}: {data.draw(st.sampled_from(words))}"
    else:
        indent = len(key) - len(key.lstrip(" -"))
        word = data.draw(st.sampled_from(["x", "not", "非", "any", "id", "规则", "at_least", "choice", "flag", "tags"]))
        lines[number] = key[:indent] + word + lines[number][len(key) :]
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("key", sorted(ZH))
def test_no_chinese_key_means_two_things_in_one_record(key: str) -> None:
    for record in RECORDS:
        words = list(record.words.values())
        assert len(words) == len(set(words))


def test_cases_that_the_schema_refuses_are_refused_by_the_reader(tmp_path: Path) -> None:
    values = ["~", "[]", "[无制度]", "无", "3", "'3'", "03", "true", "是", "2022-02-01", "县级", "county", "{}", "文字"]
    facts = [
        "机关层级",
        "涉案人数",
        "立案日期",
        "具有典型意义",
        "案发单位",
        "已查明症结",
        "findings",
        "matter",
        "unit",
        "startup",
    ]
    for fact in facts:
        for value in values:
            path = tmp_path / "x.yaml"
            path.write_text(f"编号: A\n{fact}: {value}\n", encoding="utf-8")
            taken = not read_cases(path, book().rulebook).problems
            refused = bool(_faults_of(as_data(tree_of(path)), "cases"))
            assert not (taken and refused), (fact, value)
