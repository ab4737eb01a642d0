"""A ledger's store: acts of many writers, reading, verifying, out and back. `python -m benchmarks.ledger`."""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

import reformkit
from benchmarks import big_ledger
from reformkit.keeping.exchange import export, restore, verify_export
from reformkit.keeping.rebuilding import write_export
from reformkit.keeping.store import Store
from reformkit.keeping.turn import Turn
from reformkit.keeping.verify import verify
from reformkit.ledger.ledger import Ledger
from reformkit.writing.draft import drafted
from tests.writing.letters import DAY, about

WRITERS, EACH = 8, 50
SAID = {"kind": "done", "on": "2022-03-04", "by": "0017", "body": "js1", "role": "lead", "reason": "核实" * 60}


def write(url: str, name: str, start: float) -> None:
    """What one writer does, from a moment on."""
    with Store(url, wait=120) as store:
        store.head()
        time.sleep(max(0.0, start - time.time()))
        for count in range(EACH):

            def ask(turn: Turn) -> None:
                turn.append(name, SAID)

            store.write(ask, id=f"{name}-{count}")


def written(url: str) -> float:
    """Acts a second of all writers together, each act on disk."""
    with Store(url):
        pass
    spawn, start = multiprocessing.get_context("spawn"), time.time() + 6
    writers = [spawn.Process(target=write, args=(url, f"w{k}-{start}", start)) for k in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    spent = time.time() - start
    if any(writer.exitcode for writer in writers):
        raise RuntimeError("a writer failed")
    return WRITERS * EACH / spent


def show(console: Console) -> None:
    folder = Path(tempfile.mkdtemp())
    table = Table("work", "acts/s", "", title="Ledger", title_justify="left")
    table.add_row("1 writer, SQLite", f"{alone(folder):,.0f}", "every act on disk before it is acknowledged")
    rates = [written(f"sqlite:///{folder}/{k}.ledger") for k in range(3)]
    table.add_row(f"{WRITERS} writers, one SQLite file", f"{median(rates):,.0f}", "wanted: 80")
    if "REFORMKIT_POSTGRES" in os.environ:
        rates = [written(os.environ["REFORMKIT_POSTGRES"]) for _ in range(3)]
        table.add_row(f"{WRITERS} writers, PostgreSQL", f"{median(rates):,.0f}", "")
    source = folder / "big.jsonl"
    acts = write_export(source, big_ledger.plain()).seq

    def rate(work: object, repeat: int = 3) -> str:
        times = []
        for _ in range(repeat):
            start = time.perf_counter()
            work()  # type: ignore[operator]
            times.append(time.perf_counter() - start)
        return f"{acts / median(times):,.0f}"

    start = time.perf_counter()
    restore(source, folder / "big.ledger")
    once = f"{acts / (time.perf_counter() - start):,.0f}"
    with Store(folder / "big.ledger") as store:
        assert verify(store, files=False) == []
        table.add_row(f"verify, {acts:,} acts", rate(lambda: verify(store, files=False)), "wanted: 40,000")
        table.add_row("verify an export", rate(lambda: verify_export(source)), "")
        table.add_row("read all lines", rate(lambda: sum(1 for _line in store.lines())), "")
        table.add_row("export", rate(lambda: export(store, folder / "again.jsonl")), "")
    table.add_row("restore", once, "once")
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = (folder / "big.ledger").stat().st_size / 1e6
    console.print(
        f"the file: {size:,.0f} MB; most memory of this process, with the lines made for it: {peak:,.0f} MiB\n"
    )


def carried(console: Console, items: int = big_ledger.ITEMS) -> None:
    """Items looked at and dispatched, in a ledger of copies of items that were really carried through one."""
    folder = Path(tempfile.mkdtemp())
    head = write_export(folder / "lived.jsonl", big_ledger.lived(items, big_ledger.models(folder)))
    restore(folder / "lived.jsonl", folder / "lived.ledger")
    title = f"{items:,} items, {head.seq:,} acts"
    table = Table("work", "s of processor", "", title=title, title_justify="left")
    book, office = reformkit.load(), reformkit.Office.example()

    def spent(work: Callable[[], object]) -> str:
        start = time.process_time()
        work()
        return f"{time.process_time() - start:.4f}"

    opened: list[Ledger] = []
    at = folder / "lived.ledger"
    table.add_row("open", spent(lambda: opened.append(Ledger(at, book, office, folder=folder / "files"))), "")
    with opened[0] as ledger:
        some = [item.id for item in ledger.items()[:: max(1, items // 100)]]
        menus = spent(lambda: [ledger.item(id).menu() for id in some])
        table.add_row("the menu of an item, read for it", f"{float(menus) / len(some):.4f}", "wanted: 0.005")
        day = date(2024, 6, 3)
        table.add_row("dispatch, the first one", spent(lambda: ledger.dispatch(day)), "")
        table.add_row("dispatch", spent(lambda: ledger.dispatch(day)), "wanted: 2")
        figures = spent(lambda: [figure.value for figure in ledger.figures("2022")])
        table.add_row("all figures of a year", figures, "wanted: 3")
    letters = book.rulebook.letters
    assert letters is not None
    draft = drafted(letters, "supervision_advice", about("supervision_advice"), book.library)
    filled = [float(spent(lambda: draft.filled("某监建〔2022〕3号", DAY))) for _ in range(9)]
    table.add_row("a letter filled", f"{median(filled):.4f}", "wanted: 0.15")
    console.print(table)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        first, last = pool.apply(held, (str(folder),))
    console.print(
        f"memory of a process that dispatches: {first:,.0f} MiB after the first, {last:,.0f} after the fifth\n"
    )


def held(folder: str) -> tuple[float, float]:
    """Most MiB of a process up to a first dispatch and up to a fifth: rulebook, ledger, and what is kept of its items."""
    at, peaks = Path(folder), []
    with Ledger(at / "lived.ledger", reformkit.load(), reformkit.Office.example(), folder=at / "files") as ledger:
        for _ in range(5):
            ledger.dispatch(date(2024, 6, 3))
            status = Path("/proc/self/status").read_text()  # of this process: what getrusage says may be its parent's
            peaks.append(int(status.split("VmHWM:")[1].split()[0]) / 1024)
    return peaks[0], peaks[-1]


def alone(folder: Path) -> float:
    """Acts a second of one writer."""
    with Store(folder / "alone.ledger") as store:
        start = time.perf_counter()
        for count in range(100):
            store.write(lambda turn: turn.append("A", SAID), id=str(count))
        return 100 / (time.perf_counter() - start)


if __name__ == "__main__":
    show(Console(width=110))
    carried(Console(width=110))
