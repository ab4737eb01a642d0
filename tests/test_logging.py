"""What is logged under `reformkit`: how much was read, never what a case says."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

import reformkit as rk
from tests.test_retired import TEXTS


def test_reading_is_logged_and_deciding_is_not(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "reformkit"):
        book = rk.load(TEXTS)
        cases = book.read_cases("编号,人数\nSECRET-1,3\nSECRET-2,4\n", name="a.csv")
        history = book.counter(cases)
        read = len(caplog.records)
        for case in cases:
            book.assess(case, history).explain()
        assert len(caplog.records) == read
        with pytest.raises(rk.RulebookError):
            rk.load({})
        rk.check({**TEXTS, "way.yaml": "no"})
    said = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert said == [
        ("INFO", "rulebook small read from what was given, 0 warnings"),
        ("INFO", "2 cases read, 0 left out, 0 problems"),
        ("DEBUG", "a history of 2 cases is ready to be counted over"),
        ("INFO", "no rulebook read from what was given: 1 problems"),
    ]
    assert {record.name.partition(".")[0] for record in caplog.records} == {"reformkit"}
    assert "SECRET" not in caplog.text


def test_nothing_is_heard_where_nobody_listens() -> None:
    code = "import reformkit; reformkit.load().read_cases('编号\\nA-1\\n', name='a.csv')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""
