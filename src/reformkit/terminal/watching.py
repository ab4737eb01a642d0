"""Looking again whenever a file changes, until the person stops it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from time import sleep

from reformkit.editing.kinds import named_by
from reformkit.printing.paper import Paper, brief, paper
from reformkit.printing.problems import counted, show_problems
from reformkit.problem import Problem
from reformkit.text import Lang, Text

PAUSE = 0.5
"""Seconds between two looks at the files."""

NO_PROBLEMS = Text("没有发现问题。", "No problems found.")
_STOPPED = Text("\n已停止。", "\nStopped.")
_ONE_GONE = Text("消除 {number} 个问题。", "{number} problem gone.")
_GONE = Text("消除 {number} 个问题。", "{number} problems gone.")
_NEW = Text("新的问题（另有原来的 {old} 个）：", "New (beside {old} from before):")
_STILL = Text("仍有 {problems}。", "Still {problems}.")
_WAITING = Text("正在等待改动，按 Ctrl-C 停止。", "Waiting for changes; Ctrl-C stops.")

Seen = dict[Path, tuple[int, int]]


def watch(look: Callable[[], list[Problem]], rules: Path, measures: Path | None, lang: Lang) -> int:
    """Show the problems, then after each change those that are new; Ctrl-C ends it."""
    console = paper(sys.stdout, lang)
    before: Counter[tuple[str, ...]] | None = None
    seen: Seen | None = None
    try:
        while True:
            now = _files(rules, measures)
            if now != seen:
                problems = look()
                _say(problems, before, _changed(seen, now), console)
                before, seen = Counter(map(_identity, problems)), now
                sys.stdout.flush()
            sleep(PAUSE)
    except KeyboardInterrupt:
        console.say(_STOPPED)
    return 0


def _say(problems: Sequence[Problem], before: Counter[tuple[str, ...]] | None, changed: str, console: Paper) -> None:
    rest = Counter(before)
    new = []
    for problem in problems:
        if rest[_identity(problem)] > 0:
            rest[_identity(problem)] -= 1
        else:
            new.append(problem)
    if before is not None:
        console.print(f"── {datetime.now():%H:%M:%S} {changed}", style="dim")
        gone = rest.total()
        if gone:
            console.say((_ONE_GONE if gone == 1 else _GONE).fill(number=gone), "green")
        old = len(problems) - len(new)
        if new and old:
            console.say(_NEW.fill(old=old))
    show_problems(new, console)
    if not problems:
        console.say(NO_PROBLEMS, "green")
    elif not new:
        console.say(_STILL.fill(problems=counted(problems)))
    if before is None:
        console.say(_WAITING, "dim")


def _identity(problem: Problem) -> tuple[str, ...]:
    """What makes a problem the same after an edit that moves its line."""
    return (problem.code, problem.path, problem.message("zh"), problem.decision or "", problem.rule or "")


def _files(rules: Path, measures: Path | None) -> Seen:
    """The files that say something, with when and how large they were last written."""
    named = {path for path in named_by(rules) if measures is None or not path.is_dir()}
    files: set[Path] = set(rules.glob("*.yaml"))
    for path in {*named, *([measures] if measures else [])}:
        files |= set(path.glob("*.yaml")) if path.is_dir() else {path}
    seen: Seen = {}
    for path in files:
        try:
            state = path.stat()
        except OSError:
            continue
        seen[path] = (state.st_mtime_ns, state.st_size)
    return seen


def _changed(before: Seen | None, now: Seen) -> str:
    names = [path for path in {*(before or {}), *now} if (before or {}).get(path) != now.get(path)]
    return "、".join(sorted(brief(str(path)) for path in names))
