"""Long work in a process of its own: what it comes to, and that it is ended where nobody wants it any longer."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from reformkit.serving.side_process import SideProcess
from reformkit.staging.apart import NotFinished, Pause, go_on


class NotWanted(Exception):
    """Raised by a pause."""


def whose(pause: Pause, number: int) -> tuple[int, int]:
    """A number and the process."""
    return number, os.getpid()


def fails(pause: Pause) -> None:
    raise ValueError("spoilt")


def sleeps(pause: Pause) -> None:
    time.sleep(600)


def dies(pause: Pause) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def side() -> Iterator[SideProcess]:
    process = SideProcess()
    yield process
    process.close()


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_another_process_does_the_work_and_stays(side: SideProcess) -> None:
    number, process = side.run(go_on, whose, 7)
    assert number == 7 and process != os.getpid()
    assert side.run(go_on, whose, 8) == (8, process)


def test_what_fails_there_is_said_here_and_the_next_piece_is_done(side: SideProcess) -> None:
    with pytest.raises(RuntimeError, match="ValueError: spoilt"):
        side.run(go_on, fails)
    assert side.run(go_on, whose, 1)[0] == 1


def test_work_that_is_no_longer_wanted_is_killed_and_another_process_is_ready(side: SideProcess) -> None:
    before = side.run(go_on, whose, 1)[1]

    def overtaken() -> None:
        raise NotWanted

    with pytest.raises(NotWanted):
        side.run(overtaken, sleeps)
    assert not is_there(before)
    assert side.run(go_on, whose, 2)[1] not in (before, os.getpid())


def test_a_process_that_the_machine_kills_is_not_waited_for(side: SideProcess) -> None:
    with pytest.raises(NotFinished):
        side.run(go_on, dies)
    assert side.run(go_on, whose, 3)[0] == 3


def test_what_takes_too_long_is_given_up_and_nothing_runs_after_the_end() -> None:
    side = SideProcess(most_seconds=0)
    with pytest.raises(NotFinished):
        side.run(go_on, sleeps)
    side.close()
    with pytest.raises(NotFinished):
        side.run(go_on, whose, 1)
