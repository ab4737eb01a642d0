"""The public names with their signatures, as a file that a reviewer sees change: `python -m tests.names` writes it."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import reformkit

FILE = Path(__file__).with_name("names.txt")
_ADDRESS = re.compile(r"<(?:object object|[\w.]+ object) at 0x[0-9a-f]+>")


def names() -> Iterator[str]:
    """A line for each public name, and for each public member of a class."""
    for name in sorted(reformkit.__all__):
        thing = getattr(reformkit, name)
        if inspect.isclass(thing):
            yield f"class {name}({', '.join(base.__name__ for base in thing.__bases__)})"
            yield from (f"    {line}" for line in _members(thing))
        elif callable(thing):
            yield f"{name}{_signature(thing)}"
        else:
            yield f"{name} = {thing}"


def _members(kind: type) -> Iterator[str]:
    if not issubclass(kind, Exception | Enum) and "__init__" in vars(kind):
        yield f"__init__{_signature(kind.__init__)}"  # type: ignore[misc]
    for name, said in sorted(_annotations(kind).items()):
        yield f"{name}: {said}"
    for name in sorted(dir(kind)):
        found = inspect.getattr_static(kind, name)
        if name.startswith("_") or not _is_ours(kind, name):
            continue
        if isinstance(found, classmethod | staticmethod):
            yield f"{type(found).__name__} {name}{_signature(found.__func__)}"
        elif callable(found):
            yield f"{name}{_signature(found)}"
        elif hasattr(found, "__get__") and not inspect.ismemberdescriptor(found):
            getter = getattr(found, "fget", None) or getattr(found, "func", None)
            yield f"{name} -> {inspect.signature(getter).return_annotation if getter else '...'}"


def _annotations(kind: type) -> dict[str, Any]:
    own = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("reformkit"):
            own |= {n: said for n, said in vars(base).get("__annotations__", {}).items() if not n.startswith("_")}
    return {name: getattr(said, "__forward_arg__", said) for name, said in own.items()}


def _is_ours(kind: type, name: str) -> bool:
    """Whether a member is defined in reformkit, and not by a base of Python's or pydantic's."""
    return any(name in vars(base) and base.__module__.startswith("reformkit") for base in kind.__mro__)


def _signature(function: Any) -> str:
    return _ADDRESS.sub("...", str(inspect.signature(function)))


if __name__ == "__main__":
    FILE.write_text("\n".join(names()) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FILE} written\n")
