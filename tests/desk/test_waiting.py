"""Who types waits for nothing that is slow: not for a proof, not for a save that is counted, not for another window."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from threading import Event
from typing import Any

import httpx2
import pytest

from reformkit.desk import effect_screen, save_screen
from reformkit.desk.app import desk_app
from reformkit.desk.asking import Screen
from reformkit.desk.desk import Desk
from reformkit.desk.rule_screen import rule_at
from reformkit.desk.staging import Staging
from reformkit.desk.steps import MOST_STEPS, Steps
from reformkit.staging.apart import NotFinished, Pause
from tests.desk.asking import OURS, Browser

LONG = 60.0
"""Seconds after which a test that waits fails."""


def together(desk: Desk, slow: tuple[str, str, dict[str, str]], began: Event, done: Event, more: Any = ((), ())) -> tuple[int, int]:  # fmt: skip
    """The statuses of a slow request, and of a letter that is typed while that is made: only its answer lets it go on."""

    async def asked() -> tuple[int, int]:
        transport = httpx2.ASGITransport(app=desk_app(desk, threads=True, more=more))
        async with httpx2.AsyncClient(transport=transport, base_url=OURS) as client:
            first = asyncio.create_task(client.request(slow[0], slow[1], data=slow[2], timeout=LONG))
            assert await asyncio.to_thread(began.wait, LONG)
            typed = await client.post("/stage", data=letter(desk), headers={"hx-request": "true"}, timeout=LONG)
            done.set()
            return (await first).status_code, typed.status_code

    return asyncio.run(asked())


def letter(desk: Desk) -> dict[str, str]:
    block = desk.block("W-2", rule_at("way", "W-2"))
    return {"decision": "way", "rule": "W-2", "sha": block.sha, "text": block.text.replace("$many", "7"), "tab": "one"}


def edited(desk: Desk) -> int:
    block = desk.block("W-2", rule_at("way", "W-2"))
    desk.stage(block, "W-2", block.text.replace("then: fast", "then: slow"), block.sha, "one")
    return desk.staging.number


def held_up(began: Event, done: Event) -> None:
    began.set()
    assert done.wait(LONG)


def test_a_slow_page_holds_up_no_letter(desk: Desk) -> None:
    began, done = Event(), Event()

    def view(*_: object) -> None:
        held_up(began, done)

    more = ([Screen("/slow", "not_there.html", view, is_slow=True)], ())
    assert together(desk, ("GET", "/slow", {}), began, done, more) == (200, 200)


def test_a_proof_holds_up_no_letter(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number, began, done = edited(desk), Event(), Event()

    def prove(*_: object) -> list[object]:
        held_up(began, done)
        return []

    monkeypatch.setattr("reformkit.staging.staged.prove_decision", prove)
    slow, typed = together(desk, ("GET", f"/effect/{number}/proofs", {}), began, done)
    assert (slow, typed) == (200, 200)


def test_a_save_that_is_counted_holds_up_no_letter_and_writes_nothing_then(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, began, done = edited(desk), Event(), Event()
    counted, files = save_screen.counted, dict(desk.workspace.rulebook())

    def slowly(desk: Desk) -> Any:
        found = counted(desk)
        held_up(began, done)
        return found

    monkeypatch.setattr(save_screen, "counted", slowly)
    assert together(desk, ("POST", "/save", {"number": str(number)}), began, done) == (409, 200)
    assert desk.workspace.rulebook() == files


class ByPickle:
    """A worker that has of its work only what can be sent to another process, and gives back only that."""

    def __init__(self) -> None:
        self.did: list[str] = []

    def run(self, pause: Pause, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        self.did.append(work.__name__)
        sent, words, more = pickle.loads(pickle.dumps((work, given, named)))
        return pickle.loads(pickle.dumps(sent(pause, *words, **more)))


def test_very_many_rules_are_looked_into_by_the_worker_with_the_same_result(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effect_screen, "VERY_MANY_RULES", 0)
    number = edited(desk)
    here = [Browser(desk).get(f"/effect/{number}/{step}").text for step in ("regions", "proofs")]
    desk.worker = worker = ByPickle()
    desk.undo()
    desk.redo()
    number, desk.reader.bench._memory = desk.staging.number, type(desk.reader.bench._memory)()
    desk.reader._kept.clear()
    there = [Browser(desk).get(f"/effect/{number}/{step}").text for step in ("regions", "proofs")]
    assert worker.did == ["regions_found", "_proven"]
    assert [page.replace(f"/effect/{number}/", "") for page in there] == [
        page.replace("/effect/1/", "") for page in here
    ]


def test_a_proof_that_is_given_up_says_so_and_the_next_step_follows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stuck:
        def run(self, *_: object) -> Any:
            raise NotFinished

    monkeypatch.setattr(effect_screen, "VERY_MANY_RULES", 0)
    desk.worker = Stuck()
    number = edited(desk)
    page = Browser(desk).get(f"/effect/{number}/proofs").text
    assert "算不完" in page and f"/effect/{number}/fixtures" in page


def test_steps_back_are_bounded() -> None:
    steps = Steps()
    for number in range(1, MOST_STEPS + 50):
        steps.add(Staging(number), None)
    assert len(steps.all) == MOST_STEPS + 1 and steps.now.number == MOST_STEPS + 49
    steps.go(-1, 0)
    assert steps.can_redo and steps.can_undo
