"""What a run that did not finish has left beside an output."""

from __future__ import annotations

import sys
from pathlib import Path

from reformkit.beside import left_beside
from reformkit.printing.paper import paper
from reformkit.problem import WrongUse
from reformkit.text import Lang


def clear_left(out: Path, lang: Lang) -> None:
    """Say what an earlier run has left beside an output, and take it away. Raises `WrongUse` if it still runs."""
    for left in left_beside(out):
        at, size = left.at.strftime("%Y-%m-%d %H:%M:%S"), f"{left.size:,}"
        if left.written_now:
            raise WrongUse(
                f"另一次运行（进程 {left.process}）正在写 {out}；等它完成，或另写一个文件名",
                f"another run (process {left.process}) is writing {out} now; wait for it, or name another file",
            )
        left.path.unlink(missing_ok=True)
        paper(sys.stderr).say(
            f"上一次运行（进程 {left.process}，{at}）没有完成，留下 {left.path.name}（{size} 字节），已删去；从头研判。"
            if lang == "zh"
            else f"An earlier run (process {left.process}, {at}) did not finish and left {left.path.name} "
            f"({size} bytes), which is removed; all is assessed from the beginning.",
            "yellow",
        )
