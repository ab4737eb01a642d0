"""The engine in the bundle's own Python (3.14, in WebAssembly) says of every case what it says here."""

from __future__ import annotations

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from reformkit.book import Book
from reformkit.bundling.compiling import Python, compiled
from reformkit.bundling.packing import engine, library, packages, pyodide_files, zipped
from reformkit.testing.fixtures import run_fixtures
from tests.books import bundled_book

ROOT = Path(__file__).parents[2]
CASES, FIXTURES = ROOT / "examples" / "year" / "cases.csv", ROOT / "tests" / "cases" / "rows.cases.yaml"


def test_the_year_and_the_fixtures_come_out_alike_in_a_browsers_python(
    assets: Path, file: Path, tmp_path: Path
) -> None:
    pyodide = pyodide_files(assets)
    book = Book.from_json(bundled_book().to_json())
    python = compiled(Python(library(pyodide), {**packages(assets), **engine()}), pyodide, book.to_json(), assets)
    assert python is not None  # the file was made of it
    parts = {**pyodide, "site.zip": zipped(python.site), "book.json": book.to_json().encode()}
    for name, data in parts.items():
        (tmp_path / name).write_bytes(data)
    for path in (CASES, FIXTURES):
        shutil.copy(path, tmp_path)
    words = ["node", str(Path(__file__).with_name("in_node.mjs")), str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    if done.returncode:
        pytest.fail(done.stderr[-3000:])
    found = json.loads(done.stdout)
    cases = book.read_cases(CASES)
    told = "".join(a.to_json() for a in book.assess_many(cases, cases))
    ran = run_fixtures(book, FIXTURES).results
    assert found["python"].startswith("3.14")
    assert found["digests"] == book.digests
    assert found["told"] == sha256(told.encode()).hexdigest()
    assert (found["passed"], found["failed"]) == (len(ran), 0)
