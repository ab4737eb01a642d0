"""Bring a bundle's assets from npm and PyPI by their ordinary clients: `python -m reformkit.bundling.bringing [FOLDER]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from reformkit.bundling.assets import IN_BROWSERS, LINUX, PYODIDE, WHEELS, Asset, assets_folder, check_assets, lacking
from reformkit.problem import WrongUse
from reformkit.text import LANGS, Text

_NO_CLIENT = Text(
    "找不到 {program}；请先安装（npm 在 Debian、Ubuntu 上用 apt-get install npm 安装）",
    "there is no {program}; install it first (of npm, apt-get install npm on Debian)",
)
_CLIENT_FAILED = Text("{command} 未能完成（返回 {code}）", "{command} could not finish (exit code {code})")


def bring(folder: Path) -> None:
    """Bring what is not there yet. Raises `CalledProcessError` where a client fails, `WrongUse` for a file of another hash."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = lacking(folder)
    if PYODIDE in missing:
        named = f"{PYODIDE.name}@{PYODIDE.version}"
        subprocess.run(["npm", "pack", "--silent", named, "--pack-destination", str(folder)], check=True)
    wheels = [asset for asset in WHEELS if asset in missing]
    on_linux = [asset for asset in wheels if asset.platform == LINUX]
    _download(folder, [asset for asset in wheels if asset not in on_linux], IN_BROWSERS)
    _download(folder, on_linux, LINUX)
    check_assets(folder)


def _download(folder: Path, wheels: Sequence[Asset], platform: str) -> None:
    """Wheels for one platform, or for any, as pip checks them by their hash."""
    if not wheels:
        return
    with tempfile.TemporaryDirectory() as own:
        wanted = Path(own) / "requirements.txt"
        lines = (f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n" for wheel in wheels)
        wanted.write_text("".join(lines), encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        kind = ["--only-binary=:all:", "--python-version", "3.14", "--platform", platform]
        free = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}  # it has no hashes
        subprocess.run([*pip, *kind, "--require-hashes", "-r", str(wanted), "-d", str(folder)], check=True, env=free)


def main(arguments: Sequence[str]) -> None:
    """What the module does as a command. Raises `SystemExit` with what stood in the way, in words."""
    try:
        bring(assets_folder(Path(arguments[0]) if arguments else None))
    except FileNotFoundError as error:
        sys.exit(_both(_NO_CLIENT.fill(program=str(error.filename))))
    except subprocess.CalledProcessError as error:
        sys.exit(_both(_CLIENT_FAILED.fill(command=" ".join(map(str, error.cmd[:3])), code=error.returncode)))
    except WrongUse as error:
        sys.exit(str(error))


def _both(words: Text) -> str:
    return "\n".join(words.say(lang) for lang in LANGS)


if __name__ == "__main__":
    main(sys.argv[1:])
