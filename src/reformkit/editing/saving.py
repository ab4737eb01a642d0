"""Writing a file whole or not at all: beside the old one, then moved into its place."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def save(path: Path, data: bytes) -> None:
    """Put bytes into a file; a link is followed, permissions are kept, folders are made. Raises OSError."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
