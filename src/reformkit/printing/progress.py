"""How far a long run is: the share done, rows, rows a second, time left; shown on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text as Styled

from reformkit.printing.paper import paper
from reformkit.text import Lang, Text

ASSESSING = Text("研判中", "Assessing")

_ROWS = Text("{done:,} 行 {speed:,} 行/秒", "{done:,} rows {speed:,} rows/s")


@contextmanager
def progress(label: Text, lang: Lang) -> Iterator[Callable[[int, float], None]]:
    """What to call with the number of rows that were done now, and the share of all that is done (0: not known)."""
    if not sys.stderr.isatty():
        yield lambda rows, share: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), _Rows(lang), TimeRemainingColumn())
    with Progress(*columns, console=paper(sys.stderr, lang), transient=True) as bar:
        task = bar.add_task(label.say(lang), total=None, rows=0)

        def advance(rows: int, share: float) -> None:
            done = bar.tasks[0].fields["rows"] + rows
            bar.update(task, completed=share, total=1.0 if share else None, rows=done)

        yield advance


class _Rows(ProgressColumn):
    """Rows done, and how many a second."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lang = lang

    def render(self, task: Task) -> Styled:
        done = int(task.fields["rows"])
        speed = int(done / task.elapsed) if task.elapsed else 0
        return Styled(_ROWS.fill(done=done, speed=speed).say(self._lang))


@contextmanager
def busy(label: Text, lang: Lang) -> Iterator[None]:
    """A sign that work of unknown length goes on; on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    with paper(sys.stderr, lang).status(label.say(lang)):
        yield
