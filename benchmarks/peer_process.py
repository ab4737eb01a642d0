"""One engine in a process of its own, asked line by line to decide so many cases; it answers in JSON.

A process for each engine, so that memory can be told apart and an engine that hangs or crashes stops no other.
"""

from __future__ import annotations

import gc
import hashlib
import json
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.peers import PEERS, CannotTakeIt, Peer
from benchmarks.tables import CHOICES, FACTS, random_rules

ROOT = Path(__file__).resolve().parents[1]
PROCESS = Path("/proc/self")


def a_frame(height: int, unknown: float = 0.0, seed: int = 2) -> pl.DataFrame:
    """Random cases over the ten facts, as `tables.random_facts` makes them one by one."""
    rng = np.random.default_rng(seed)
    columns = {}
    for fact, kind in FACTS.items():
        if kind == "choice":
            series = pl.Series(CHOICES).gather(rng.integers(0, len(CHOICES), height))
        else:
            series = pl.Series(rng.integers(0, 121, height) if kind == "count" else rng.random(height) < 0.5)
        known = pl.Series(rng.random(height) >= unknown)
        columns[fact] = pl.select(pl.when(known).then(series)).to_series() if unknown else series
    return pl.DataFrame(columns)


class Engine:
    """An engine's process, as the one who asks sees it."""

    def __init__(self, peer: str, rules: int) -> None:
        command = [sys.executable, "-m", "benchmarks.peer_process", peer, str(rules)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.gave_up = ""
        """Why it is not asked any more."""

    def answer(self, seconds: float) -> dict[str, Any] | None:
        """Its next answer; None where none came in time or it is gone."""
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        line = self._process.stdout.readline() if ready else ""
        answer: dict[str, Any] = json.loads(line) if line else {}
        if not line:
            self.gave_up = f"no answer within {seconds:.0f} s" if not ready else self._how_it_ended()
        elif "cannot" in answer:
            self.gave_up = answer["cannot"]
        if self.gave_up:
            self.stop()
            return None
        return answer

    def ask(self, cases: int) -> None:
        """Ask it to decide so many cases once."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{cases}\n")
        self._process.stdin.flush()

    def _how_it_ended(self) -> str:
        code = self._process.wait()
        return f"its process ended by signal {-code}" if code < 0 else f"its process ended with {code}"

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


def serve(peer: Peer, rules: int) -> None:
    """Prepare, then decide as many cases as each line of the input says."""
    start = time.perf_counter()
    try:
        run = peer.prepare(random_rules(rules))
    except CannotTakeIt as error:
        _say({"cannot": str(error)})
        return
    _say({"prepared": time.perf_counter() - start})
    given: Any = None
    made = -1
    for line in sys.stdin:
        cases = int(line)
        if cases != made:
            given, made = None, cases
            frame = a_frame(cases, peer.unknown)
            given = frame if peer.takes == "frame" else frame.to_dicts()
            run(given[:10])  # what is loaded and compiled at the first use
            gc.collect()
            gc.freeze()
        before = _memory("VmRSS")
        if PROCESS.exists():
            (PROCESS / "clear_refs").write_text("5")  # from here on the peak is counted anew
        wall, cpu = time.perf_counter(), time.process_time()
        outcomes = run(given)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        more = _memory("VmHWM") - before
        digest = hashlib.sha256("\n".join(outcomes).encode()).hexdigest() if not peer.unknown else ""
        _say({"seconds": wall, "cpu": cpu, "more": more, "digest": digest})


def _memory(name: str) -> float:
    """A figure of this process's memory in MB, where the system tells it; else 0."""
    if not PROCESS.exists():
        return 0.0
    lines = (PROCESS / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve(PEERS[sys.argv[1]], int(sys.argv[2]))
