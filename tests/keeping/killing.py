"""Kill writers of one ledger at any moment, while others write on; see that nothing is lost and nothing is there twice.

`python -m tests.keeping.killing URL POINTS`. Several processes write. Each says what it is about to ask, asks, and
says what it was answered. At each point one of them is killed; the one that takes its place first asks again, with
the same id, for what was never answered. Without a URL: SQLite in a new folder, then a PostgreSQL that is started here.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from typing import NoReturn

from reformkit.keeping.store import Store
from reformkit.keeping.turn import Turn
from reformkit.keeping.verify import verify

WRITERS = 4
LONGEST = 0.06
"""Seconds between an answer and the next killing, at most."""


@dataclass
class Writer:
    """A process that writes, and what it has said so far."""

    process: int
    said: int
    open: str
    """The id for which it has asked, and has not said an answer."""
    rest: bytes = b""
    acknowledged: dict[str, tuple[int, str]] = field(default_factory=dict)
    unanswered: int = 0
    """Acts that stood already when it asked for them again."""

    def listen(self) -> None:
        """Take up what it has said by now."""
        while True:
            try:
                piece = os.read(self.said, 65536)
            except BlockingIOError:
                break
            if not piece:
                break
            self.rest += piece
        *lines, self.rest = self.rest.split(b"\n")
        for line in lines:
            match line.decode().split():
                case ["ask", id]:
                    self.open = id
                case ["done", id, seq, hash, again]:
                    self.acknowledged[id] = int(seq), hash
                    self.unanswered += int(again)
                    self.open = ""


def write_for_ever(url: str, name: str, again: str, tell: int) -> NoReturn:
    """What a writer does until it is killed."""

    def ask(turn: Turn) -> None:
        number = turn.last_number("某〔2022〕") + 1
        item = f"2022-点-{number % 7:03}"
        turn.append(item, {"kind": "done", "reason": "核实" * 40}, series="某〔2022〕", number=number)

    with Store(url, wait=60) as store:
        count = 0
        while True:
            id, again = again or f"{name}-{count}", ""
            os.write(tell, f"ask {id}\n".encode())
            written = store.write(ask, id=id)
            line = written.lines[0]
            os.write(tell, f"done {id} {line.seq} {line.hash} {int(written.again)}\n".encode())
            count += 1


def started(url: str, name: str, again: str = "") -> Writer:
    """A new writer, which first asks again for what another was not answered."""
    hears, tells = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            write_for_ever(url, name, again, tells)
        except BaseException as error:
            os.write(2, f"a writer failed: {error!r}\n".encode())
        finally:
            os._exit(1)
    os.close(tells)
    os.set_blocking(hears, False)
    return Writer(process, hears, again)


def killed(writer: Writer) -> Writer:
    """End a writer without warning; hear all that it has said. Raises RuntimeError where it had ended by itself."""
    os.kill(writer.process, signal.SIGKILL)
    status = os.waitpid(writer.process, 0)[1]
    writer.listen()
    os.close(writer.said)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("a writer ended by itself")
    return writer


def wait_for_an_answer(writers: list[Writer]) -> None:
    """Until one more act is acknowledged: on a slow machine writers would be killed before they have begun."""
    before = sum(len(writer.acknowledged) for writer in writers)
    until = time.monotonic() + 10
    while sum(len(writer.acknowledged) for writer in writers) == before and time.monotonic() < until:
        time.sleep(0.001)
        for writer in writers:
            writer.listen()


def kill(url: str, points: int, seed: int = 6) -> tuple[int, int, int]:
    """Kill at so many points. How many acts were acknowledged, how many are there, how many stood unanswered.

    Raises AssertionError where an acknowledged act is lost, an act is there twice, or anything else does not hold.
    """
    chance = random.Random(seed)
    with Store(url):  # the ledger is there before anybody writes
        pass
    acknowledged: dict[str, tuple[int, str]] = {}
    unanswered = 0
    writers = [started(url, f"w{k}") for k in range(WRITERS)]
    try:
        for point in range(points):
            wait_for_an_answer(writers)
            time.sleep(chance.uniform(0, LONGEST))
            place = chance.randrange(WRITERS)
            dead = killed(writers[place])
            acknowledged |= dead.acknowledged
            unanswered += dead.unanswered
            writers[place] = started(url, f"p{point}", dead.open)
            for writer in writers:
                writer.listen()
        time.sleep(1)  # those that are left come to an answer
    finally:
        for writer in map(killed, writers):
            acknowledged |= writer.acknowledged
            unanswered += writer.unanswered
    with Store(url) as store:
        lines = list(store.lines())
        assert verify(store, [f"{seq}:{hash}" for seq, hash in acknowledged.values()]) == []
    there = {line.id: (line.seq, line.hash) for line in lines}
    assert len(there) == len(lines), "an act is there twice"
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    lost = {id for id, answer in acknowledged.items() if there.get(id) != answer}
    assert not lost, f"acknowledged and lost: {lost}"
    return len(acknowledged), len(there), unanswered


def main(points: int, url: str = "") -> None:
    """Kill, and say what was seen."""
    if url:
        counts = kill(url, points)
        print(
            f"{url.partition(':')[0]}: {points} killed; {counts[0]} acts acknowledged, {counts[1]} there,", flush=True
        )
        print(f"  {counts[2]} of them stood before they were answered; none lost, none twice", flush=True)
        return
    from tests.postgresql import cluster, why_not

    main(points, f"sqlite:///{tempfile.mkdtemp()}/a.ledger")
    if reason := why_not():
        print(reason)
        return
    with cluster() as address:
        main(points, address)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
