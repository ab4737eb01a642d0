"""The programs of examples/, imported as whoever runs them in their folder imports them."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def example(folder: str, module: str, patch: pytest.MonkeyPatch) -> ModuleType:
    """A module of an example, for as long as the patch holds."""
    patch.syspath_prepend(str(EXAMPLES / folder))
    return importlib.import_module(module)
