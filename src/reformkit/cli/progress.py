"""How far a long run is: rows done, rows a second, time left; shown on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text as Styled

from reformkit.cli.paper import paper
from reformkit.text import Lang


@contextmanager
def progress(label: str, rows: int | None, lang: Lang) -> Iterator[Callable[[int], None]]:
    """What to call with the number of rows that were done. `rows`: how many there are, if that is known."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), _Rows(lang), TimeRemainingColumn())
    with Progress(*columns, console=paper(sys.stderr), transient=True) as bar:
        task = bar.add_task(label, total=rows)
        yield lambda done: bar.update(task, advance=done)


class _Rows(ProgressColumn):
    """Rows done, of how many, and how many a second."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang = lang

    def render(self, task: Task) -> Styled:
        done, of = f"{int(task.completed):,}", "" if task.total is None else f"/{int(task.total):,}"
        speed = f"{int(task.speed or 0):,}"
        return Styled(f"{done}{of} 行 {speed} 行/秒" if self._lang == "zh" else f"{done}{of} rows {speed} rows/s")
