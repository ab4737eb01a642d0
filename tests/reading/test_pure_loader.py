"""Where PyYAML has no C parser, its parser in Python reads the same: the bundled knowledge, and what the two once took apart."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reformkit.parsing.pure_loader import PureLoader

ROOT = Path(__file__).parents[2]
TEXTS = {
    "a_question": "a: {ask: {zh: 是不是？, en: Is it?}}\n",
    "within_words": "[what? no, a ?b, c?]\n",
    "at_the_end": "{a: b?}\n",
    "a_colon": "{a: b:c, d: 'x'}\n",
    "many_lines": "{a: one\n  two?, b: [c,\n d]}\n",
    "a_comment": "a: b # c?\nd: e#f\n",
}


def events(text: str, loader: type) -> list[tuple[object, ...]]:
    return [
        (
            type(event).__name__,
            getattr(event, "value", None),
            event.start_mark.line,
            event.start_mark.column,
            event.end_mark.column,
        )
        for event in yaml.parse(text, Loader=loader)
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_a_flow_is_read_as_the_c_parser_reads_it(name: str) -> None:
    pytest.importorskip("yaml._yaml")
    assert events(TEXTS[name], PureLoader) == events(TEXTS[name], yaml.CSafeLoader)


@pytest.mark.parametrize("file", ["letters.yaml", "vocabulary.yaml", "startup.yaml"])
def test_the_bundled_rules_are_read_alike(file: str) -> None:
    pytest.importorskip("yaml._yaml")
    path = next((ROOT / "rules").rglob(file))
    text = path.read_text(encoding="utf-8")
    assert events(text, PureLoader) == events(text, yaml.CSafeLoader)
