"""Break each guard of the floor in turn, and see that a test notices: `python -m tests.practising.breaking [WORD …]`.

A guard is a statement that refuses, checks, keeps apart or calls for something; it is broken by leaving it out. With
words, only guards whose file and line hold one of them (`hand.py:2`, `RK603`). Ends with 1 where one goes unnoticed.
"""

from __future__ import annotations

import ast
import gc
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "src" / "reformkit"
FILES = sorted((HOUSE / "practising").glob("*.py")) + [HOUSE / "ledger" / f"{name}.py" for name in ("ledger", "letter")]
TESTS = ("test_guards.py", "test_every_verb.py", "test_needs.py", "test_ledger.py", "test_taking_over.py")
_VERBS = ("refuse", "check", "need", "keep_apart", "misdated", "enter_for", "open_as", "act_as")


@dataclass(frozen=True, slots=True)
class Guard:
    """A statement that stands in somebody's way."""

    file: Path
    line: int
    text: str

    @property
    def name(self) -> str:
        return f"{self.file.relative_to(HOUSE)}:{self.line}"

    @property
    def module(self) -> str:
        return f"reformkit.{self.file.parent.name}.{self.file.stem}"


def guards() -> Iterator[Guard]:
    """Every guard, in the order of the files."""
    for file in FILES:
        source = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.stmt) and _is_guard(node):
                text = " ".join((ast.get_source_segment(source, node) or "").split())
                yield Guard(file, node.lineno, text)


def _is_guard(node: ast.stmt) -> bool:
    match node:
        case ast.AugAssign(target=ast.Attribute(attr="problems")):
            return True
        case ast.Return(value=ast.List(elts=[ast.Call(func=ast.Name(id="_problem"))])):
            return True
        case ast.Return(value=ast.ListComp(elt=ast.Call(func=ast.Name(id="_problem")))):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))) | ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return name.lstrip("_").startswith(_VERBS) or ast.unparse(node).startswith(
                ("acted.add", "standing.acted.add")
            )
    return False


def without(file: Path, line: int) -> CodeType:
    """The code of a file with the guard on a line left out."""
    tree = _Leaving(line).visit(ast.parse(file.read_text(encoding="utf-8")))
    return compile(ast.fix_missing_locations(tree), str(file), "exec")


class _Leaving(ast.NodeTransformer):
    def __init__(self, line: int) -> None:
        self.line = line

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.stmt) and node.lineno == self.line and _is_guard(node):
            nothing = ast.parse("return []" if isinstance(node, ast.Return) else "pass").body[0]
            return ast.copy_location(nothing, node)
        return super().generic_visit(node)


def leave_out(guard: Guard) -> None:
    """From now on its module does without a guard: its functions, wherever they were imported, have other code."""
    fresh: dict[str, Any] = {"__name__": guard.module, "__file__": str(guard.file)}
    exec(without(guard.file, guard.line), fresh)  # our own source, a statement shorter
    for name, old in vars(importlib.import_module(guard.module)).items():
        if getattr(old, "__module__", None) == guard.module:
            _take_code(old, fresh[name])
    from reformkit.practising.records import Records  # not before pytest has begun

    for thing in gc.get_objects():  # what was folded by the whole code is folded again
        if isinstance(thing, Records):
            thing._states.clear()


def _take_code(old: Any, new: Any) -> None:
    if isinstance(old, FunctionType):
        old.__code__ = new.__code__
    elif isinstance(old, type):
        for name, method in vars(old).items():
            if isinstance(method, FunctionType) and method.__module__ == old.__module__:
                _take_code(method, vars(new)[name])


class Breaking:
    """A plugin of pytest that runs the tests once as they are, then once for each guard, in a process of its own.

    What the tests set up once is shared; what a broken guard lets through into their files is taken back.
    """

    def __init__(self, guards: Sequence[Guard]) -> None:
        self.guards = guards
        self.unnoticed: list[Guard] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._run(session)
        if session.testsfailed:
            raise session.Failed("the tests fail as they are")
        where = Path(session.config._tmp_path_factory.getbasetemp())  # type: ignore[attr-defined]
        kept = where.with_name(f"{where.name}-kept")
        shutil.copytree(where, kept, symlinks=True)
        for guard in (None, *self.guards):
            process = os.fork()
            if process == 0:
                if guard is not None:
                    leave_out(guard)
                self._run(session)
                os._exit(1 if session.testsfailed else 0)
            noticed = os.waitpid(process, 0)[1] != 0
            if guard is None and noticed:
                raise session.Failed("the tests fail a second time with every guard in its place")
            if guard is not None and not noticed:
                self.unnoticed.append(guard)
                print(f"\nunnoticed: {guard.name}  {guard.text}", flush=True)
            _take_back(kept, where)
        shutil.rmtree(kept)
        return True

    @staticmethod
    def _run(session: pytest.Session) -> None:
        """Every test, until one fails; what is set up for all of them stays."""
        for item, following in zip(session.items, [*session.items[1:], session.items[0]], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return


def _take_back(kept: Path, where: Path) -> None:
    """Every file as it was, in its place: the databases are still open."""
    for path in sorted(where.rglob("*"), reverse=True):
        was = kept / path.relative_to(where)
        if path.is_file() and was.is_file():
            if path.read_bytes() != was.read_bytes():
                path.write_bytes(was.read_bytes())
        elif not was.exists():
            path.rmdir() if path.is_dir() else path.unlink()
    for was in sorted(kept.rglob("*")):
        path = where / was.relative_to(kept)
        if was.is_file() and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(was, path)


def main(words: list[str]) -> int:
    """Break them, and say which went unnoticed."""
    chosen = [g for g in guards() if not words or any(word in f"{g.name} {g.text}" for word in words)]
    plugin = Breaking(chosen)
    tests = [str(Path(__file__).parent / name) for name in TESTS]
    with tempfile.TemporaryDirectory() as folder:
        options = ["-q", "-n", "0", "-s", "-p", "no:cacheprovider", f"--basetemp={folder}/tests"]
        failed = pytest.main([*options, *tests], plugins=[plugin])
    print(f"{len(chosen)} guards broken in turn, {len(plugin.unnoticed)} of them unnoticed")
    return 1 if failed or plugin.unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
