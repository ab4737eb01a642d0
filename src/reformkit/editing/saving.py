"""Writing a file whole or not at all: beside the old one, then moved into its place."""

from __future__ import annotations

from pathlib import Path

from reformkit.beside import beside


def save(path: Path, data: bytes) -> None:
    """Put bytes into a file; a link is followed, permissions are kept, folders are made. Raises OSError."""
    path.resolve().parent.mkdir(parents=True, exist_ok=True)
    with beside(path) as file:
        file.write(data)
