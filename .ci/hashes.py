"""Hashes of what is installed: `hashes.txt` beside the constraints, and `requirements.txt` in a folder of wheels.

`hashes.py --lock` reads the report of `pip install --dry-run --report -` and writes, for each file that pip would take on
this machine, its SHA-256 and its name. `hashes.py FOLDER` writes `requirements.txt` into a folder of wheels, each with its
version and hash, for `pip install --require-hashes`; a wheel that `hashes.txt` knows under its name and with another hash
is refused.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

from packaging.utils import parse_wheel_filename

LOCK = Path(__file__).parent.parent / "hashes.txt"


def locked(report: str) -> str:
    """A line for each file of a report of pip: its hash and its name."""
    lines = []
    for each in json.loads(report)["install"]:
        info = each["download_info"]
        name = Path(unquote(urlparse(info["url"]).path)).name
        lines.append(f"{info['archive_info']['hashes']['sha256']}  {name}\n")
    return "".join(sorted(lines, key=lambda line: line.split()[1].lower()))


def requirements(folder: Path, known: dict[str, str]) -> str:
    """A line for each wheel of a folder, which is all that pip then takes. Raises SystemExit for one with another hash."""
    lines = []
    for wheel in sorted(folder.glob("*.whl")):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if known.get(wheel.name, found) != found:
            raise SystemExit(f"{wheel.name} is not the file that hashes.txt knows: it has {found}")
        lines.append(f"{name}=={version} --hash=sha256:{found}\n")
    return "".join(lines)


if __name__ == "__main__":
    if sys.argv[1] == "--lock":
        LOCK.write_text(locked(sys.stdin.read()), "utf-8")
    else:
        place = Path(sys.argv[1])
        known = {name: found for found, name in map(str.split, LOCK.read_text("utf-8").splitlines())}
        (place / "requirements.txt").write_text(requirements(place, known), "utf-8")
