"""Python's bytecode for the bundle, made by its own Python in Node: a page that need not compile starts three times as fast."""

from __future__ import annotations

import _imp
import re
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

from reformkit.beside import save
from reformkit.bundling.packing import Files, unzipped, zipped
from reformkit.problem import WrongUse
from reformkit.text import Text

SECONDS = 600
_UNCHECKED_HASH = (1).to_bytes(4, "little")
_SAID = Text("（{said}）", " ({said})")
_OF_PYTHON = re.compile(r"\w+(Error|Exception)\b")
_NODE_FAILED = Text(
    "{program} 未能完成编译{why}；请换用 Node 20 以上，或者卸去 Node 再生成（打开时较慢）",
    "{program} could not compile{why}; use Node 20 or later, or none at all (the file then starts more slowly)",
)


class Python(NamedTuple):
    """What Python finds in the page: its own library, and the packages with reformkit."""

    library: Files
    site: Files


def node() -> str | None:
    """The Node of this machine, if there is one."""
    return shutil.which("node")


def compiled(given: Python, pyodide: Files, dump: str, kept: Path) -> Python | None:
    """The same with every module compiled that a first answer needs, kept in a folder by the digest of what it was made from.

    None where that was never compiled and there is no Node that could. What is kept is taken only where it is of these very sources;
    another is made anew. Raises `WrongUse` where Node fails.
    """
    sources = {**_put_under("library/", given.library), **_put_under("site/", given.site)}
    library, site = zipped(given.library), zipped(given.site)
    digest = sha256(pyodide["pyodide.asm.wasm"] + library + site).hexdigest()[:16]
    made = kept / f"compiled-{digest}.zip"
    if not made.is_file() or not is_of(made.read_bytes(), sources):
        program = node()
        if program is None:
            return None
        inputs = {**pyodide, "library.zip": library, "site.zip": site, "book.json": dump.encode()}
        save(made, _by_node(program, inputs))
        for older in kept.glob("compiled-*.zip"):  # of an engine that is no longer this one
            if older != made:
                older.unlink()
    found = unzipped(made.read_bytes())
    return Python(_under("library/", found), _under("site/", found))


def is_of(archive: bytes, sources: Files) -> bool:
    """Whether a zip holds these files and no other, each as it is or as bytecode that names the hash of its source.

    What the bytecode does no hash of ours vouches for; but Node makes the same bytes of the same sources on any machine.
    """
    try:
        found = unzipped(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return False
    of = {name.removesuffix("c") if name.endswith(".pyc") else name: name for name in found}
    return of.keys() == sources.keys() and all(
        found[name] == sources[source] if name == source else _names_hash(found[name], sources[source])
        for source, name in of.items()
    )


def _names_hash(bytecode: bytes, source: bytes) -> bool:
    """Whether bytecode has the hash of a source in its head, as PEP 552 puts it there."""
    magic, flags, named = bytecode[:4], bytecode[4:8], bytecode[8:16]
    return flags == _UNCHECKED_HASH and named == _imp.source_hash(int.from_bytes(magic, "little"), source)


def _by_node(program: str, inputs: Files) -> bytes:
    with (
        tempfile.TemporaryDirectory() as own,
        as_file(files("reformkit.bundling") / "static" / "compile.mjs") as script,
    ):
        folder = Path(own)
        for name, data in inputs.items():
            (folder / name).write_bytes(data)
        given = [str(folder / name) for name in ("library.zip", "site.zip", "book.json", "out.zip")]
        try:
            subprocess.run([program, str(script), own, *given], check=True, timeout=SECONDS, capture_output=True)
        except (subprocess.SubprocessError, OSError) as error:
            raise WrongUse(_NODE_FAILED.fill(program=program, why=_why(error))) from error
        return (folder / "out.zip").read_bytes()


def _why(error: Exception) -> Text:
    """The last thing that Python in Node said, of all that Node prints."""
    said = (getattr(error, "stderr", None) or b"").decode("utf-8", "replace")
    last = [line.strip()[:200] for line in said.splitlines() if _OF_PYTHON.match(line)][-1:]
    return _SAID.fill(said=last[0]) if last else Text.same("")


def _put_under(folder: str, files: Files) -> dict[str, bytes]:
    return {f"{folder}{name}": data for name, data in files.items()}


def _under(folder: str, found: Files) -> dict[str, bytes]:
    return {name.removeprefix(folder): data for name, data in found.items() if name.startswith(folder)}
