"""A rulebook while it is edited: read again after an edit, and proven: `python -m benchmarks.staging`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from reformkit.loading import bundled
from reformkit.staging.workbench import Workbench

RULES = "rules/jiuyuan"
EDITS = {
    "an outcome in a rule of startup": (f"{RULES}/startup.yaml", "then: start", lambda n: f"then:{' ' * n}no"),
    "lines at the top of startup": (f"{RULES}/startup.yaml", "decision:", lambda n: "\n" * n + "decision:"),
    "the threshold of a line": (f"{RULES}/parameters.yaml", "value: 2, since", lambda n: f"value: {2 + n}, since"),
    "lines at the top of a file of the diagnosis": (
        f"{RULES}/diagnosis/position.yaml",
        "rules:",
        lambda n: "\n" * n + "rules:",
    ),
    "the title of a measure": ("measures/power.yaml", "title: {zh: ", lambda n: f"title: {{zh: 新{n}"),
    "the label of a fact": ("rules/vocabulary.yaml", "label: {zh: ", lambda n: f"label: {{zh: 新{n}"),
    "a bracket that is never closed": (
        f"{RULES}/startup.yaml",
        "decision: startup",
        lambda n: f"decision: [startup{n}",
    ),
}
"""A file, what is put into it in which place, each time otherwise: no text is one that was read before."""

ROUNDS = 15


def show(console: Console) -> None:
    """Print what each edit of the bundled rulebook takes."""
    table = Table("edit", "read ms", "proofs ms", "together", title="Read again after an edit", title_justify="left")
    for name, (read, proven) in measured().items():
        table.add_row(name, f"{read:.0f}", f"{proven:.0f}", f"{read + proven:.0f}")
    console.print(table)


def measured() -> dict[str, tuple[float, float]]:
    """Milliseconds of processor time for reading and for all proofs, of several edits in turns."""
    root = Path(bundled())
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ("everything, the first time", *EDITS)}
    for _ in range(3):
        with Workbench(root / RULES, root=root) as fresh:
            times["everything, the first time"].append(_timed(fresh, {}))
    with Workbench(root / RULES, root=root) as bench:
        _timed(bench, {})
        for number in range(1, ROUNDS + 2):
            for name, (file, old, new) in EDITS.items():
                text = (root / file).read_text(encoding="utf-8")
                assert old in text, name
                times[name].append(_timed(bench, {file: text.replace(old, new(number), 1)}))
    return {name: (median(r for r, _ in found[1:]), median(p for _, p in found[1:])) for name, found in times.items()}


def _timed(bench: Workbench, texts: Mapping[str, str]) -> tuple[float, float]:
    start = time.process_time()
    staged = bench.read(texts)
    read = time.process_time()
    if staged.book is not None:
        for name in staged.book.rulebook.decisions:
            staged.proofs(name)
        staged.other_proofs()
    return (read - start) * 1e3, (time.process_time() - read) * 1e3


if __name__ == "__main__":
    show(Console())
