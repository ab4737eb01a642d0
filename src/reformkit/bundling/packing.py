"""What goes into a bundle: the packages, reformkit itself, its rulebook as it was read and as it is written."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from reformkit.bundling.assets import PYODIDE, WHEELS

Files = Mapping[str, bytes]
"""What files hold, by their path."""

_COMMANDS, _LEDGERS = ("cli", "ledger_cli", "terminal", "printing"), ("ledger_desk", "ledger", "keeping", "overseeing")
NOT_INSIDE = (*_COMMANDS, *_LEDGERS, "serving", "clusters", "columns", "rules", "measures", "docs")
"""The rooms that a bundle has no use for: commands, ledgers, a server, columns and clusters; and the bundled knowledge, of which it
has one rulebook."""

OWN_PAGE, FRAME = "bundling/static/", "bundling/static/frame.js"
"""The page itself, which need not be in it again; what runs in the desk's frame is asked for once it is open."""

_OF_PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")
NOT_USED = (
    "_pyrepl/",
    "idlelib/",
    "pydoc_data/",
    "unittest/",
    "wsgiref/",
    "xmlrpc/",
    "tkinter/",
    "turtledemo/",
    "ensurepip/",
    "lib2to3/",
    "curses/",
    "multiprocessing/",
    "test/",
    "pdb.py",
    "pydoc.py",
    "doctest.py",
    "mailbox.py",
    "turtle.py",
    "smtplib.py",
    "imaplib.py",
    "ftplib.py",
    "pydantic/v1/",
    "pydantic/mypy.py",
    "anyio/_backends/_trio.py",
    "anyio/pytest_plugin.py",
    "starlette/testclient.py",
    "idna/uts46data.py",
    "concurrent/futures/process.py",
    "http/server.py",
    "logging/config.py",
    "logging/handlers.py",
    "tomllib/",
    *(
        f"{module}.py"
        for module in ["_pyio", "_pydatetime", "_pydecimal", "bdb", "cmd", "compileall", "fileinput", "modulefinder"]
    ),
    *(
        f"{module}.py"
        for module in ["optparse", "pickletools", "plistlib", "poplib", "profile", "pstats", "socketserver", "symtable"]
    ),
    *(f"{module}.py" for module in ["tabnanny", "timeit", "trace", "wave"]),
)
"""Of Python's library and the packages: what nothing here imports."""
_CODE_PAGES = re.compile(
    r"encodings/(cp(?!437)\d|hp_|iso8859_|johab|koi8|kz1048|mac_|palmos|ptcp|tis_|euc_|shift_|iso2022)"
)
"""Encodings that no file of cases is in; zip archives have cp437."""
_LEFT_OUT = {".so", ".pyi", ".pyx", ".pxd", ".c", ".h", ".typed"}


def pyodide_files(folder: Path) -> dict[str, bytes]:
    """The files of Pyodide by their name."""
    found = {}
    with tarfile.open(folder / PYODIDE.file) as archive:
        for name in _OF_PYODIDE:
            member = archive.extractfile(f"package/{name}")
            assert member is not None  # its digest was checked
            found[name] = member.read()
    return found


def library(pyodide: Files) -> dict[str, bytes]:
    """Python's own library, but for what nothing here imports."""
    found = unzipped(pyodide["python_stdlib.zip"])
    return {name: data for name, data in found.items() if not name.startswith(NOT_USED) and not _CODE_PAGES.match(name)}


def packages(folder: Path) -> dict[str, bytes]:
    """The files of every wheel but what only another machine could run; the licences of each stay."""
    found = {}
    for wheel in WHEELS:
        with zipfile.ZipFile(folder / wheel.file) as archive:
            for name in archive.namelist():
                path = PurePosixPath(name)
                unusable = path.suffix in _LEFT_OUT and not (path.suffix == ".so" and "wasm32" in path.name)
                told = path.parts[0].endswith(".dist-info") and "licenses" not in path.parts
                if not name.endswith("/") and not unusable and not told and not name.startswith(NOT_USED):
                    found[name] = archive.read(name)
    return found


def licences(package_files: Files) -> dict[str, str]:
    """The licence texts that the wheels have with them, by package."""
    return {
        path.parts[0].partition("-")[0]: data.decode("utf-8", "replace")
        for name, data in package_files.items()
        if (path := PurePosixPath(name)).parts[0].endswith(".dist-info") and "licenses" in path.parts
    }


def engine() -> dict[str, bytes]:
    """The files of reformkit itself, as it is installed here, but for the rooms of `NOT_INSIDE`."""
    return {f"reformkit/{name}": data for name, data in _walked(files("reformkit"), "")}


def _walked(folder: Traversable, under: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{under}{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__" and name not in NOT_INSIDE:
                yield from _walked(entry, f"{name}/")
        elif not name.endswith((".pyc", ".map")) and (not name.startswith(OWN_PAGE) or name == FRAME):
            yield name, entry.read_bytes()


def zipped(contents: Files) -> bytes:
    """A zip of files as they are: the page packs it as a whole, which is smaller. The same files give the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, held in sorted(contents.items()):
            archive.writestr(zipfile.ZipInfo(name), held)
    return data.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
