"""An empty path is refused: a variable of a shell that is not set would else mean the current folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import unwrap
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer
from typer.core import TyperArgument, TyperOption

from reformkit.printing.typer_words import EMPTY, EMPTY_PATH

_PARAMETERS: tuple[Any, ...] = (TyperArgument, TyperOption)


@contextmanager
def empty_paths_refused() -> Iterator[None]:
    """Arguments that are paths, or one of several words, must not be empty while it lasts."""
    before = {kind: kind.process_value for kind in _PARAMETERS}
    try:
        for kind, process in before.items():
            kind.process_value = _looking(process)
        yield
    finally:
        for kind, process in before.items():
            kind.process_value = process


def _looking(process: Callable[..., Any]) -> Callable[..., Any]:
    def processed(self: Any, ctx: Any, value: Any) -> Any:
        if "" in (value if isinstance(value, list | tuple) else (value,)):
            hint = get_type_hints(unwrap(ctx.command.callback)).get(self.name)
            if _holds(hint, Path):
                raise typer.BadParameter(EMPTY_PATH.en, ctx=ctx, param=self)
            if _holds(hint, list[str]):
                raise typer.BadParameter(EMPTY.en, ctx=ctx, param=self)
        return process(self, ctx, value)

    return processed


def _holds(hint: Any, kind: Any) -> bool:
    """Whether a type is another, or made with it."""
    return bool(hint == kind) or any(_holds(inner, kind) for inner in get_args(hint))
