"""The house as it is built: rooms without circles, extras in their own folders, files of a size to be read."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "reformkit"
MODULES = sorted(HOUSE.rglob("*.py"))

EXTRAS = {
    "polars": {"columns", "frames", "files", "clusters"},
    "pyarrow": {"frames", "files", "clusters"},
    "numpy": {"columns", "frames", "files", "clusters"},
    "pandas": {"frames", "clusters"},
    "openpyxl": {"workbook"},
    "xlsxwriter": {"workbook"},
    "altair": {"drawing"},
    "vl_convert": {"drawing"},
    "dask": {"clusters"},
    "distributed": {"clusters"},
    "pyspark": {"clusters"},
    "durable": {"durable"},
    "sqlalchemy": {"keeping"},
    "psycopg": {"keeping"},
    "chinese_calendar": {"practising"},
    "docx": {"writing", "overseeing"},
    "docxtpl": {"writing", "overseeing"},
    "jinja2": {"writing", "overseeing", "desk"},
    "lxml": {"writing", "overseeing"},
    "starlette": {"desk"},
    "uvicorn": {"serving"},
}
"""Packages of optional extras, and the folders that may import them: lazily, for types or at once."""

LONGEST, MOST_FILES, MOST_MODULES = 300, 30, 12
REASON = "Long because"
"""How the docstring of a file of more lines begins the sentence that says why."""


def room(path: Path) -> str:
    """The folder of a module, or the module itself where it stands at the top."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Every name of a module that is imported, wherever it stands in the file; submodules as far as they are named."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                yield from (f"{module}.{alias.name}" for alias in node.names)
            case ast.ImportFrom():
                pytest.fail(f"{path}: a relative import")


def rooms() -> nx.DiGraph:
    graph = nx.DiGraph()
    for path in MODULES:
        graph.add_node(room(path))
        for name in imported(path):
            parts = name.split(".")
            if (parts[0] == "reformkit" and len(parts) > 1 and (HOUSE / f"{parts[1]}.py").exists()) or (
                parts[0] == "reformkit" and len(parts) > 1 and (HOUSE / parts[1]).is_dir()
            ):
                graph.add_edge(room(path), parts[1])
    graph.remove_edges_from(nx.selfloop_edges(graph))
    return graph


def layers() -> list[str]:
    """The rooms from the top, as the layers contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert contracts["exclude_type_checking_imports"] is False
    lines: list[str] = next(c["layers"] for c in contracts["contracts"] if c["type"] == "layers")
    return [name.strip(" ()").removeprefix("reformkit.") for line in lines for name in line.split("|")]


def test_rooms_import_in_no_circle_type_only_and_lazy_imports_included() -> None:
    graph = rooms()
    graph.remove_nodes_from(["__init__", "__main__"])
    assert list(nx.simple_cycles(graph)) == []


def test_every_room_has_its_layer() -> None:
    there = {room(path) for path in MODULES} - {"__init__", "__main__"}
    assert there <= set(layers())


def test_packages_of_an_extra_are_imported_in_its_folders_only() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)} imports {package}"
        for path in MODULES
        for package in {name.split(".")[0] for name in imported(path)}
        if package in EXTRAS and room(path) not in EXTRAS[package]
    ]
    assert wrong == []


def test_every_optional_package_is_watched() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {"xlsxwriter": "xlsxwriter", "vl-convert-python": "vl_convert", "chinesecalendar": "chinese_calendar"}
    names["python-docx"] = "docx"
    for extra, packages in project["optional-dependencies"].items():
        if extra in ("dev", "guides", "bench"):
            continue
        for package in packages:
            name = re.match(r"[\w-]+", package)
            assert name is not None
            word = name[0].lower()
            assert word == "reformkit" or names.get(word, word.replace("-", "_")) in EXTRAS, package


def test_few_modules_stand_directly_in_the_house() -> None:
    assert len([path for path in MODULES if path.parent == HOUSE]) <= MOST_MODULES
    assert [path for path in MODULES if len(path.relative_to(HOUSE).parts) > 2] == []  # depth two


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES} - {HOUSE}), ids=lambda f: f.name)
def test_a_folder_can_be_taken_in_at_a_glance_and_says_how_to_read_it(folder: Path) -> None:
    assert len(list(folder.glob("*.py"))) <= MOST_FILES
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert all(f"\n{head}: " in said for head in ("Comes in", "To read", "Goes out")), folder.name
    named = set(re.findall(r"`(\w+)`", said.partition("To read: ")[2].partition("\nGoes out")[0]))
    assert {name for name in named if name.islower()} <= {path.stem for path in folder.glob("*.py")}, folder.name


def test_a_long_file_says_why() -> None:
    long = [path for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST]
    silent = [path for path in long if REASON not in (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "")]
    assert [str(path.relative_to(HOUSE)) for path in silent] == []


def test_no_class_name_stands_for_two_things() -> None:
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(str(path.relative_to(HOUSE)))
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_what_architecture_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"`(\w+/(?:\w+\.py)?|\w+\.py)`", text)):
        assert (HOUSE / name).exists() or (ROOT / name).exists(), name
    there = {f"{path.parent.name}/" for path in MODULES if path.parent != HOUSE}
    assert there <= set(re.findall(r"`(\w+/)`", text))


def test_the_tree_of_exceptions_is_true() -> None:
    """Each exception that `problem` draws is defined once, as a child of what it hangs on."""
    tree = (ast.get_docstring(ast.parse((HOUSE / "problem.py").read_text(encoding="utf-8"))) or "").splitlines()
    drawn: dict[str, str] = {}
    above: dict[int, str] = {}
    for line in tree:
        found = re.match(r"([ │]*)(?:[├└]── )?(\w+)", line)
        if found is not None and ("──" in line or line.strip() == "Exception"):
            depth = line.index(found[2])
            drawn[found[2]] = next((above[at] for at in sorted(above, reverse=True) if at < depth), "")
            above = {at: name for at, name in above.items() if at < depth} | {depth: found[2]}
    bases: dict[str, str] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name in drawn:
                bases[node.name] = ast.unparse(node.bases[0]).replace("_Problems", "Exception")
    assert {name: base for name, base in drawn.items() if name in bases} == bases
    assert set(drawn) - set(bases) == {"Exception", "ValueError", "ImportError", "RuntimeError"}
