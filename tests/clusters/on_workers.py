"""What tests have the workers of a cluster do; a module of its own, so that workers import nothing else for it."""

from __future__ import annotations

import logging
import os
import signal
from pathlib import Path
from typing import Any

from reformkit.clusters import parcel


def watch() -> None:
    """Forget what was opened, and remember what is opened from now on."""

    class Remember(logging.Handler):
        seen: list[str] = []

        def emit(self, record: logging.LogRecord) -> None:
            self.seen.append(record.getMessage())

    parcel._opened.clear()
    parcel._log.handlers = [Remember()]
    parcel._log.setLevel(logging.INFO)


def seen() -> list[str]:
    """What was opened since."""
    messages: list[str] = parcel._log.handlers[0].seen  # type: ignore[attr-defined]
    return messages


def once_killing(part: Any, marker: str) -> Any:
    """Kill the worker that first works on the part with case 50; later ones find the marker and live."""
    if part.index[0] >= 50:
        try:
            Path(marker).touch(exist_ok=False)
        except FileExistsError:
            return part
        os.kill(os.getpid(), signal.SIGKILL)
    return part
