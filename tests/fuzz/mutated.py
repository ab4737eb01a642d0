"""Every reader given spoilt copies of good files: run as a process of its own, for native code that dies takes it along.

`python -m tests.fuzz.mutated FOLDER SECONDS [SEED] [READER[:TRY] …]` shares the seconds among the readers and prints a
line for each. What fails is printed once of its kind, with what makes it again, and its bytes stay in FOLDER; then it
ends with 1. With `READER:TRY` that try alone is made; with a negative number of seconds, so many tries of each reader.
"""

from __future__ import annotations

import faulthandler
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz import case_readers, ledger_readers, rule_readers
from tests.fuzz.bench import Bench, Dice, Reader

PATIENCE = 60
"""Seconds after which one input is called a hang; a busy machine is given some."""

READERS: dict[str, Reader] = {**case_readers.READERS, **rule_readers.READERS, **ledger_readers.READERS}


def tries(seconds: float, one: str) -> Iterator[int]:
    """The numbers of the tries: until the time is over, so many, or one alone."""
    if one:
        yield int(one)
        return
    until, number = time.monotonic() + seconds, 0
    while number < -seconds if seconds < 0 else time.monotonic() < until:
        yield number
        number += 1


def cause(error: BaseException) -> str:
    """What an error is, and where it comes from: two of one cause are told of once."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} {[f'{Path(f.filename).name}:{f.lineno}' for f in frames[-3:]]}"


def main(home: Path, seconds: float, seed: int, wanted: list[str]) -> int:
    """Try the readers; 1 where one fails."""
    bench, seen = Bench(Path(tempfile.mkdtemp(dir=home))), set[str]()
    chosen = [name.partition(":")[::2] for name in wanted or READERS]
    for name, one in chosen:
        count = 0
        for number in tries(seconds if seconds < 0 else seconds / len(chosen), one):
            faulthandler.dump_traceback_later(PATIENCE, exit=True)
            count += 1
            try:
                READERS[name](bench, Dice(f"{seed} {name} {number}"))
            except Exception as error:
                kind = cause(error)
                if kind in seen:
                    continue
                seen.add(kind)
                for path in bench.folder.glob("spoilt.*"):
                    shutil.copy(path, home / f"failed {name} {seed} {number}{path.suffix}")
                sys.stdout.write(f'FAILED: {sys.executable} -m tests.fuzz.mutated {home} 0 {seed} "{name}:{number}"\n')
                sys.stdout.write("".join(traceback.format_exception(error))[-3000:])
        faulthandler.cancel_dump_traceback_later()
        sys.stdout.write(f"{name} {count}\n")
        sys.stdout.flush()
    return 1 if seen else 0


if __name__ == "__main__":
    folder, length, *more = sys.argv[1:]
    sys.exit(main(Path(folder), float(length), int(more[0]) if more else 1, more[1:]))
