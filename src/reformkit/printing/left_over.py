"""What a run that did not finish has left beside an output."""

from __future__ import annotations

import sys
from pathlib import Path

from reformkit.beside import left_beside
from reformkit.printing.paper import paper
from reformkit.problem import WrongUse
from reformkit.text import Lang, Text

_STILL_WRITTEN = Text(
    "另一次运行（进程 {process}）正在写 {out}；等它完成，或另写一个文件名",
    "another run (process {process}) is writing {out} now; wait for it, or name another file",
)

_REMOVED = Text(
    "上一次运行（进程 {process}，{at}）没有完成，留下 {name}（{size:,} 字节），已删去；从头研判。",
    "An earlier run (process {process}, {at}) did not finish and left {name} ({size:,} bytes), which is removed; "
    "all is assessed from the beginning.",
)


def clear_left(out: Path, lang: Lang) -> None:
    """Say what an earlier run has left beside an output, and take it away. Raises `WrongUse` if it still runs."""
    for left in left_beside(out):
        at = left.at.strftime("%Y-%m-%d %H:%M:%S")
        if left.written_now:
            raise WrongUse(_STILL_WRITTEN.fill(process=left.process, out=out))
        left.path.unlink(missing_ok=True)
        removed = _REMOVED.fill(process=left.process, at=at, name=left.path.name, size=left.size)
        paper(sys.stderr, lang).say(removed, "yellow")
