"""Tests that a sentence stands once, as a `Text`: no control flow asks for the language, no blank is left open (ADR 0029)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import reformkit
from reformkit.text import Text

SOURCE = Path(reformkit.__file__).parent
ALLOWED = {"text.py"}
"""Files that may ask, and why: `text.py` is where it is asked."""

_NAMES = ("lang", "zh", "en")


def asking(code: str) -> list[int]:
    """The lines of a module on which something hangs on a language."""
    return sorted({node.lineno for node in ast.walk(ast.parse(code)) if _asks(node)})  # type: ignore[attr-defined]


def _asks(node: ast.AST) -> bool:
    match node:
        case ast.If(test=asked) | ast.IfExp(test=asked) | ast.While(test=asked):
            return _is_language(asked)
        case ast.BoolOp(values=parts):
            return any(map(_is_language, parts))
        case ast.UnaryOp(op=ast.Not(), operand=asked):
            return _is_language(asked)
        case ast.Compare(left=left, comparators=others):
            return any(_is_language(side) or _is_word(side) for side in (left, *others))
        case ast.Subscript(slice=key):
            return _is_language(key)
        case ast.Match(subject=asked):
            return _is_language(asked)
        case ast.MatchValue(value=word):
            return _is_word(word)
    return False


def _is_language(node: ast.expr) -> bool:
    """A name that holds a language, or whether it is one."""
    match node:
        case ast.Name(id=name):
            return name in _NAMES
        case ast.Attribute(attr=name):
            return name in ("lang", "_lang", "_zh", "_en")
    return False


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in ("zh", "en")


@pytest.mark.parametrize(
    "code",
    [
        "x = 1 if lang == 'zh' else 2",
        "if 'en' != self._lang: pass",
        "x = a if zh else b",
        "x = words[lang]",
        "x = words[lang == 'en']",
        "x = basis and zh",
        "x = not zh",
        "match lang:\n  case _: pass",
        "match x:\n  case 'zh': pass",
    ],
)
def test_every_way_of_asking_is_seen(code: str) -> None:
    assert asking(code)


@pytest.mark.parametrize(
    "code", ["x = text.say(lang)", "x = text.zh", "y = {'zh': text.zh}", "f('zh')", "if text.zh: pass"]
)
def test_saying_is_not_asking(code: str) -> None:
    assert not asking(code)


def test_nothing_but_the_text_asks_for_the_language() -> None:
    places = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).as_posix() not in ALLOWED
        for line in asking(path.read_text(encoding="utf-8"))
    ]
    assert not places, places


def fills(module: ModuleType, code: str) -> Iterator[tuple[int, Text, set[str]]]:
    """Each `fill` of a text that stands in the module: the line, the text, and the names that it is given."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Attribute(value=filled, attr="fill"), args=[], keywords=given):
                names = [keyword.arg for keyword in given]
                if None not in names:
                    yield from ((node.lineno, text, set(names)) for text in _texts(module, filled))  # type: ignore[arg-type]


def _texts(module: ModuleType, node: ast.expr) -> Iterator[Text]:
    """The texts that an expression may be, as far as it names them."""
    match node:
        case ast.Name(id=name):
            named = getattr(module, name, None)
            if isinstance(named, Text):
                yield named
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(module, one)
            yield from _texts(module, other)
        case ast.Subscript(value=ast.Name(id=name)):
            table = getattr(module, name, None)
            if isinstance(table, dict):
                yield from (text for text in table.values() if isinstance(text, Text))


def test_every_text_stands_as_data_with_blanks() -> None:
    """A text put together where it is shown (`Text(f"…")`) could be worded otherwise a line on."""
    put_together = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Text"
        and any(isinstance(part, ast.JoinedStr) for argument in node.args for part in ast.walk(argument))
    ]
    assert not put_together


def test_every_text_is_given_all_of_its_blanks_and_no_more() -> None:
    seen, faults = 0, []
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE.parent)
        try:
            module = import_module(".".join(place.with_suffix("").parts).removesuffix(".__init__"))
        except ImportError:  # of an extra that is not installed
            continue
        for line, text, names in fills(module, path.read_text(encoding="utf-8")):
            seen += 1
            if names != text.blanks:
                faults.append(f"{place}:{line}: {sorted(names)} for {text}")
    assert seen > 300
    assert not faults, faults
