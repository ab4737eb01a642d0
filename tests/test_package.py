"""The package as others get it: its public names, what importing it costs, and the wheel."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

import reformkit

ROOT = Path(__file__).resolve().parents[1]


def test_the_public_names_are_these() -> None:
    assert sorted(reformkit.__all__) == [
        "AssessedCause",
        "Assessment",
        "AssessmentData",
        "Book",
        "Bounds",
        "Case",
        "CaseCounter",
        "CaseError",
        "CaseFile",
        "Change",
        "CollectedGives",
        "Count",
        "Decision",
        "DecisionData",
        "Diff",
        "Evidence",
        "Finding",
        "FixtureReport",
        "Flip",
        "ImportChange",
        "ImportResult",
        "Item",
        "Ledger",
        "LedgerError",
        "Letter",
        "LetterError",
        "Library",
        "Measure",
        "Need",
        "NeedData",
        "Office",
        "Place",
        "Problem",
        "ProblemData",
        "Recommendation",
        "RecommendationData",
        "RecommendationOrder",
        "RefusedError",
        "Replay",
        "RuleTrace",
        "Rulebook",
        "RulebookError",
        "Session",
        "Status",
        "TableError",
        "TableReader",
        "Telling",
        "TestTrace",
        "Text",
        "Trace",
        "WithoutBookError",
        "Year",
        "check",
        "check_template",
        "diff",
        "import_dmn",
        "import_workbook",
        "load",
        "run_fixtures",
    ]
    assert all(getattr(reformkit, name).__doc__ for name in reformkit.__all__ if name != "Status")  # words
    assert set(reformkit.__all__) <= set(dir(reformkit))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        reformkit.nothing  # noqa: B018


def test_importing_and_loading_leaves_the_heavy_packages_alone() -> None:
    code = (
        "import sys, reformkit; reformkit.load().assess({'id': 'x'}).explain();"
        "heavy = ('networkx', 'typer', 'rich', 'durable', 'polars', 'numpy', 'pyarrow', 'pandas', 'dask', 'pyspark',"
        " 'sqlalchemy', 'psycopg', 'chinese_calendar', 'docx', 'jinja2', 'lxml');"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_package_that_is_needed_is_pinned_for_ci_and_the_wheelhouse() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = {
        _normal(line.partition("==")[0])
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    }
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for extra in ("frames", "excel", "pictures", "dask", "desk", "practice"):
        wanted += project["optional-dependencies"][extra]
    names = {_normal(re.match(r"[\w-]+", need)[0]) for need in wanted}  # type: ignore[index]
    assert names - {"reformkit"} <= pinned
    hashed = {_normal(line.split()[1].split("-")[0]) for line in (ROOT / "hashes.txt").read_text("utf-8").splitlines()}
    assert hashed == pinned
    (backend,) = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    assert backend in (ROOT / "constraints.txt").read_text("utf-8").splitlines()


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")


def test_the_library_is_a_graph() -> None:
    from reformkit.advising.graph import library_graph, lost_without, single_measure_causes

    library = reformkit.load().library
    assert library is not None
    graph = library_graph(library)
    assert graph.edges[("cause", "institution.asset_rules"), ("measure", "IN-06")]["role"] == "main"
    assert graph.has_edge(("weak_point", "power"), ("cause", "power.top_leader"))
    assert "power.discretion" in single_measure_causes(library)
    lost = lost_without(library, "PR-05")
    assert "power.discretion" in lost["without_any"]
    assert [m.id for m in library.by_cause("power.collective_bypass")] == ["IN-02", "PR-02"]
    assert {m.weak_point for m in library.by_weak_point("power")} == {"power"}
    assert "PR-05" in [m.id for m in library.by_industry("political_legal")]
    assert library.by_layer("area")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment with the wheel installed and no sight of the repository."""
    place = tmp_path_factory.mktemp("wheel")
    run = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(ROOT)]
    subprocess.run(run, check=True, capture_output=True)
    (wheel,) = place.glob("reformkit-*.whl")
    venv.create(place / "env", with_pip=True)
    python = place / "env" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return python


def test_the_wheel_assesses_a_case_without_the_repository(installed: Path, tmp_path: Path) -> None:
    case = tmp_path / "案件.yaml"
    case.write_text(
        "编号: W-1\n问题来源: 立案案件\n机关层级: 县级\n阶段: 审查调查中\n第一关意见: 通过\n案发单位: 某局\n"
        "剖析发现:\n  - {症结: 资产处置缺规, 证据: 库房低价出租}\n",
        encoding="utf-8",
    )
    command = [installed.parent / "reformkit", "assess", case]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "是否启动以案促改：启动" in done.stdout
    assert "资产资源清查与公开处置（IN-06）" in done.stdout
