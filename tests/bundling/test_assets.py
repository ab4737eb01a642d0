"""What a bundle is made from: each part by its hash, and in words how to get what is not there."""

from __future__ import annotations

import io
import py_compile
import zipfile
from pathlib import Path

import pytest

from reformkit.bundling import assets as of
from reformkit.bundling import bringing, compiling
from reformkit.bundling.compiling import Python, compiled
from reformkit.bundling.packing import NOT_USED, engine, library, zipped
from reformkit.problem import WrongUse


def test_an_asset_with_another_hash_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of, "ASSETS", of.WHEELS[1:2])
    (tmp_path / of.WHEELS[1].file).write_bytes(b"another")
    with pytest.raises(WrongUse, match="is not the file it should be"):
        of.check_assets(tmp_path)


def test_without_npm_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="there is no npm"):
        bringing.main([str(tmp_path / "assets")])


def test_the_folder_is_that_which_is_named_then_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(of.VARIABLE, "elsewhere")
    assert of.assets_folder(Path("named")) == Path("named")
    assert of.assets_folder(None) == Path("elsewhere")
    monkeypatch.delenv(of.VARIABLE)
    assert of.assets_folder(None) == Path("build/bundle-assets")


def test_reformkit_goes_in_without_commands_and_without_bytecode() -> None:
    names = engine()
    assert "reformkit/bundling/clerk.py" in names
    assert "reformkit/desk/static/desk.css" in names
    assert not [
        name for name in names if name.startswith(("reformkit/cli/", "reformkit/rules/")) or name.endswith(".pyc")
    ]


def test_what_is_left_out_of_the_library_is_nothing_else() -> None:
    given = {"pdb.py": b"", "pdbx/a.py": b"", "json/__init__.py": b"", "unittest/mock.py": b""}
    assert library({"python_stdlib.zip": zipped(given)}).keys() == {"pdbx/a.py", "json/__init__.py"}
    assert not [name for name in NOT_USED if not name.endswith((".py", "/"))]


def test_the_same_files_are_packed_alike() -> None:
    first, second = zipped({"b": b"2", "a": b"1"}), zipped({"a": b"1", "b": b"2"})
    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).namelist() == ["a", "b"]


def test_what_was_compiled_is_taken_only_if_it_is_of_these_sources(tmp_path: Path) -> None:
    source, other = b"a = 1\n", b"a = 2\n"
    sources = {"site/one.py": source, "site/data.txt": b"words"}
    (tmp_path / "one.py").write_bytes(source)
    way = py_compile.PycInvalidationMode.UNCHECKED_HASH
    file = py_compile.compile(str(tmp_path / "one.py"), str(tmp_path / "one.pyc"), invalidation_mode=way)
    assert file is not None
    made = {"site/one.pyc": Path(file).read_bytes(), "site/data.txt": b"words"}
    assert compiling.is_of(zipped(made), sources)
    for spoilt in (
        {**made, "site/data.txt": b"other"},
        {**made, "site/more.py": b""},
        {name: data for name, data in made.items() if name != "site/data.txt"},
        {**made, "site/one.pyc": made["site/one.pyc"][:4] + bytes(12) + made["site/one.pyc"][16:]},
        {**made, "site/one.pyc": b""},
    ):
        assert not compiling.is_of(zipped(spoilt), sources)
    assert not compiling.is_of(zipped(made), {**sources, "site/one.py": other})
    assert not compiling.is_of(zipped(made)[:-9], sources)


def test_a_node_that_fails_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("false", "no-such-program"):
        monkeypatch.setattr(compiling, "node", lambda program=program: program)
        with pytest.raises(WrongUse, match=f"{program} could not compile; use Node 20"):
            compiled(Python({}, {}), {"pyodide.asm.wasm": b""}, "", tmp_path)
    assert list(tmp_path.iterdir()) == []
