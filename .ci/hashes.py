"""Write `requirements.txt` into a folder of wheels: each with its version and hash, for `pip install --require-hashes`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from packaging.utils import parse_wheel_filename


def requirements(folder: Path) -> str:
    """A line for each wheel of a folder, which is all that pip then takes."""
    lines = []
    for wheel in sorted(folder.glob("*.whl")):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        lines.append(f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    return "".join(lines)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    (place / "requirements.txt").write_text(requirements(place), "utf-8")
