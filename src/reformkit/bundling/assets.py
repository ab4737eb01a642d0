"""What a bundle needs that is not reformkit: Python for browsers and packages for it, each by name and hash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from reformkit.problem import WrongUse
from reformkit.text import COMMA, Text

FOLDER_NAME, VARIABLE = "build/bundle-assets", "REFORMKIT_BUNDLE_ASSETS"

_LACKING = Text(
    "单文件所需的部件不全：{folder} 中缺 {names}。有网络时先运行一次 make bundle-assets（或 python -m reformkit.bundling.bringing {folder}），"
    "部件按名称和摘要取自 npm 和 PyPI，共约 11 MB；也可把别处取好的文件夹拷来，用 --assets 指明",
    "the bundle's parts are not all there: {folder} lacks {names}. With a network, run make bundle-assets once (or python -m "
    "reformkit.bundling.bringing {folder}): it brings some 11 MB from npm and PyPI by name and hash; or copy the folder from "
    "elsewhere and name it with --assets",
)
_CHANGED = Text(
    "{name} 与应有的摘要不符（应为 {wanted}…，现为 {found}…）；删去后重新取",
    "{name} is not the file it should be (SHA-256 {wanted}…, not {found}…); delete it and bring it again",
)


@dataclass(frozen=True)
class Asset:
    """A file as npm or PyPI has it. `platform`: for which machine a wheel was built, where it is not for any."""

    name: str
    version: str
    file: str
    sha256: str
    licence: str
    home: Literal["npm", "pypi"] = "pypi"
    platform: str = "any"


PYODIDE = Asset(
    "pyodide",
    "314.0.7",
    "pyodide-314.0.7.tgz",
    "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0",
    "MPL-2.0",
    home="npm",
)
IN_BROWSERS, LINUX = "pyemscripten_2026_0_wasm32", "manylinux2014_x86_64"
_ON_LINUX = "cp314-cp314-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl"

WHEELS = (
    Asset(
        "pydantic_core",
        "2.50.5",
        "pydantic_core-2.50.5-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
        "b2910ec0fa5aeb9bef70156f2b79f4783978fdcfaa7b2f1b5d1814458d2e79a1",
        "MIT",
        platform=IN_BROWSERS,
    ),
    Asset(
        "pydantic",
        "2.14.4",
        "pydantic-2.14.4-py3-none-any.whl",
        "653a2ad9f6d8858529c77c72717d0ea991d6c6837fe683246b2f4b2bbfc3fadc",
        "MIT",
    ),
    Asset(
        "typing_extensions",
        "4.16.0",
        "typing_extensions-4.16.0-py3-none-any.whl",
        "481caa481374e813c1b176ada14e97f1f67a4539ce9cfeb3f350d78d6370c2e8",
        "PSF-2.0",
    ),
    Asset(
        "annotated_types",
        "0.8.0",
        "annotated_types-0.8.0-py3-none-any.whl",
        "f072f4d804ea359e4eaf198b1af7a8b0943881a87f31bb764f8bf219bb9419e0",
        "MIT",
    ),
    Asset(
        "typing_inspection",
        "0.4.5",
        "typing_inspection-0.4.5-py3-none-any.whl",
        "bc210535442b39e1bf2805e0c7a17dfd6a4ace760c84c7f7d16245d23a6b1c39",
        "MIT",
    ),
    Asset(
        "PyYAML",
        "6.0.4",
        f"pyyaml-6.0.4-{_ON_LINUX}",
        "c604dc2613c417130479cdd6e55c2faa691b6365aa82b3dafddfcecc2eaf1ac7",
        "MIT",
        platform=LINUX,
    ),
    Asset(
        "xlsxwriter",
        "3.3.1",
        "xlsxwriter-3.3.1-py3-none-any.whl",
        "8e2c89e59d733fe59e112317218c64fbbc276d90a8c144ebd6f7fa15e7ab184a",
        "BSD-2-Clause",
    ),
    Asset(
        "Jinja2",
        "3.1.6",
        "jinja2-3.1.6-py3-none-any.whl",
        "85ece4451f492d0c13c5dd7c13a64681a86afae63a5f347908daf103ce6d2f67",
        "BSD-3-Clause",
    ),
    Asset(
        "MarkupSafe",
        "3.0.4",
        f"markupsafe-3.0.4-{_ON_LINUX}",
        "a8e9f292fcda89b324f2f5c91d13f1424a153e40fc2756f38ee23b15835ff300",
        "BSD-3-Clause",
        platform=LINUX,
    ),
    Asset(
        "starlette",
        "1.10.0",
        "starlette-1.10.0-py3-none-any.whl",
        "478c0ab3b4ced6e82719849c118fa406f0278a3499c1a898cd15cd31bdc38ce4",
        "BSD-3-Clause",
    ),
    Asset(
        "anyio",
        "4.16.0",
        "anyio-4.16.0-py3-none-any.whl",
        "c66ae634e0b8228396b801741beb3294326d4b6102f7bba4041c0dfb58c29026",
        "MIT",
    ),
    Asset(
        "idna",
        "3.20",
        "idna-3.20-py3-none-any.whl",
        "ab7ae7122974553370f0bdb919e1a960b2cd1bc1ef0276416d896db81c14582c",
        "BSD-3-Clause",
    ),
)
"""Of a wheel that was built for Linux only its pure part is taken: PyYAML and MarkupSafe work without the other."""

ASSETS = (PYODIDE, *WHEELS)


def assets_folder(named: Path | None) -> Path:
    """Where the assets are looked for: the folder that is named, else that of REFORMKIT_BUNDLE_ASSETS, else `build/bundle-assets`."""
    return named or Path(os.environ.get(VARIABLE) or FOLDER_NAME)


def lacking(folder: Path) -> list[Asset]:
    """The assets that are not in a folder."""
    return [asset for asset in ASSETS if not (folder / asset.file).is_file()]


def check_assets(folder: Path) -> None:
    """Raises `WrongUse`, in words that say how to bring them, where an asset is not there or is another file."""
    names = [asset.file for asset in lacking(folder)]
    if names:
        raise WrongUse(_LACKING.fill(folder=folder, names=COMMA.join(names[:3]) if len(names) < 4 else f"{len(names)}"))
    for asset, found in _changed(folder):
        raise WrongUse(_CHANGED.fill(name=folder / asset.file, wanted=asset.sha256[:12], found=found[:12]))


def _changed(folder: Path) -> Iterator[tuple[Asset, str]]:
    for asset in ASSETS:
        found = sha256((folder / asset.file).read_bytes()).hexdigest()
        if found != asset.sha256:
            yield asset, found
