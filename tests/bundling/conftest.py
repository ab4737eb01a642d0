"""The one file, made once: of assets that `make bundle-assets` brought, else its tests are skipped and say so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from reformkit.bundling.assets import assets_folder, lacking
from reformkit.bundling.making import made

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def assets() -> Path:
    """The folder of assets; .ci/run brings them, and there nothing is skipped."""
    folder = assets_folder(None).absolute()
    if lacking(folder) or shutil.which("node") is None:
        assert "REFORMKIT_BUNDLE_TESTED" not in os.environ, "make bundle-assets, with node, should have been run"
        pytest.skip("the bundle's assets or Node are not there: make bundle-assets (.ci/run does)")
    return folder


@pytest.fixture(scope="session")
def file(assets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one file of the bundled rulebook."""
    file = made(assets, None, "zh", [ROOT / "tests" / "cases" / "rows" / "范围.cases.yaml"])
    assert file.is_compiled and file.has_letters and file.fixture_files == 1
    path = tmp_path_factory.mktemp("bundle") / "以案促改.html"
    path.write_bytes(file.page)
    return path
