"""Whatever anyone tries, in any order: what the ledger lets through keeps what it promises.

Random acts alone never come as far as a letter. So most steps are the sensible next one, now and then with one thing
wrong; the rest are anything at all.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import reformkit as rk
from reformkit.book import Book
from reformkit.model.act import Act
from reformkit.practising.fold import fold
from tests.postgresql import schema
from tests.practising.story import COORDINATOR, HANDLER, LEAD, LEADER, OF_UNIT, SUPERVISOR, UNIT, Clock, case, office

ACCOUNTS = (HANDLER, COORDINATOR, LEAD, "0024", SUPERVISOR, LEADER, OF_UNIT, "u-00", "9999")
OF_ROLE = {
    "handler": HANDLER,
    "coordinator": COORDINATOR,
    "lead": LEAD,
    "acceptance": LEAD,
    "supervisor": SUPERVISOR,
    "leadership": LEADER,
    "responsible": OF_UNIT,
}
WRONG = ("who", "past", "tomorrow", "evidence", "second", "old")
HOW_FAR = (
    "opened",
    "done",
    "opinion",
    "issued",
    "received",
    "result",
    "judged",
    "failed",
    "accepted",
    "visited",
    "ended",
)


class Office(RuleBasedStateMachine):
    """One item, a hasty office, and everything written down apart, in plain lists."""

    book: Book
    url: str | None = None
    reached: Counter[str]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="reformkit-machine-"))
        self.clock = Clock(date(2022, 3, 4))
        self.closing = ExitStack()
        url = self.folder / "台账.ledger" if self.url is None else self.closing.enter_context(schema(self.url))
        files = self.folder / "files"
        self.ledger = rk.Ledger(url, self.book, office(), clock=self.clock, folder=files)
        self.item = self.ledger.open(self.book.assess(case(self.book)), by=COORDINATOR, on=self.clock.day)
        self.papers = 0

    def _paper(self, days_ago: int = 0) -> rk.Evidence:
        self.papers += 1
        dated = self.clock.day - timedelta(days=days_ago)
        return rk.Evidence(f"{self.papers}.txt", dated, content=f"{self.papers}".encode())

    def _try(self, verb: Any, *args: Any, **said: Any) -> bool:
        """Try it; what is refused says why, and leaves no trace."""
        before = (self.ledger.anchor(), repr(self.item.standing))
        try:
            verb(*args, **said)
        except rk.RefusedError as refused:
            assert refused.problems and all(p.message() and p.fix() for p in refused.problems)
            assert (self.ledger.anchor(), repr(self.item.standing)) == before
            return False
        return True

    # --- what people do --------------------------------------------------------------------------------

    @rule(days=st.integers(0, 25))
    def time_passes(self, days: int) -> None:
        self.clock.day += timedelta(days=days)

    def _next(self, data: st.DataObject, wrong: str | None) -> None:
        if self.item.standing.suspended:
            self._try(self.item.resume, by=COORDINATOR, on=self.clock.day)
            return
        steps = [step for step in self.item.menu() if step.id not in ("reminder", "announce", "execution")]
        if not steps:
            return
        step = data.draw(st.sampled_from(steps))
        day = self.clock.day + timedelta(days={"past": -9, "tomorrow": 1}.get(wrong or "", 0))
        by = data.draw(st.sampled_from(ACCOUNTS)) if wrong == "who" else OF_ROLE[step.role]
        said: dict[str, Any] = {"by": by, "on": day}
        papers = [] if wrong == "evidence" else [self._paper(400 if wrong == "old" else 0)]
        match step.doing:
            case "issue":
                letter = self.item.letter("supervision_advice", 标题="关于规范资产管理的监察建议")
                self._try(letter.issue, **said)
            case "receipt":
                number = self.item.standing.letters[-1].issued.number
                self._try(self.item.receive, number, **said)
            case "acceptance":
                self._at_acceptance(data, wrong, said, papers)
            case "visit":
                ok = data.draw(st.sampled_from((True, True, False)))
                self._try(self.item.visit, ok, reason="抽查不实", **said)
            case "opinion":
                opinion = data.draw(st.sampled_from(("passed",) * 8 + ("rejected",)))
                self._try(self.item.do, step.id, opinion=opinion, reason="研判", **said)
            case _ if step.id == "rectify" and data.draw(st.booleans()):
                self._try(self.item.result, "risk_point", 3, evidence=papers, **said)
            case _:
                self._try(self.item.do, step.id, **said)

    def _at_acceptance(self, data: st.DataObject, wrong: str | None, said: dict[str, Any], papers: list[Any]) -> None:
        standing = self.item.standing
        left = [(m.suggestion, c) for m in standing.demands.values() for c in m.suggestion.criteria if c.id not in standing.judged]  # fmt: skip
        if wrong == "second":
            self._try(self.item.accept, countersigned=data.draw(st.sampled_from((None, LEAD, OF_UNIT))), **said)
        elif left:
            many = len(left) if data.draw(st.booleans()) else 1
            for suggestion, criterion in left[:many]:
                met = data.draw(st.sampled_from((True,) * 12 + (False,)))
                self._try(self.item.judge, suggestion, criterion, met, evidence=papers, **said)
        elif all(judged.met for judged in standing.judged.values()):
            self._try(self.item.accept, countersigned=SUPERVISOR, **said)
        else:
            self._try(self.item.fail, "未达标", **said)

    @rule(data=st.data(), wrong=st.sampled_from((None,) * 9 + WRONG))
    def the_next_thing(self, data: st.DataObject, wrong: str | None) -> None:
        self._next(data, wrong)

    @rule(data=st.data())
    def several_things_in_a_row(self, data: st.DataObject) -> None:
        for _ in range(6):
            self._next(data, None)

    @rule(
        step=st.sampled_from(
            ("register", "plan", "rectify", "reply", "letters", "acceptance", "archive", "second_gate")
        ),
        by=st.sampled_from(ACCOUNTS),
        back=st.integers(-1, 9),
        late=st.sampled_from((None, "补录")),
    )
    def anything(self, step: str, by: str, back: int, late: str | None) -> None:
        day = self.clock.day - timedelta(days=back)
        self._try(self.item.do, step, by=by, on=day, late=late, evidence=[self._paper()])

    @rule(days=st.integers(1, 40), step=st.sampled_from(("rectify", "plan", "acceptance")))
    def extend(self, days: int, step: str) -> None:
        self._try(self.item.extend, step, days, "材料多", self._paper(), by=LEADER, on=self.clock.day)

    @rule(by=st.sampled_from((COORDINATOR, LEAD)))
    def suspend(self, by: str) -> None:
        self._try(self.item.suspend, "等待审计", by=by, on=self.clock.day)

    @rule(by=st.sampled_from(ACCOUNTS), seq=st.integers(1, 40))
    def correct(self, by: str, seq: int) -> None:
        self._try(self.item.correct, seq, {"count": 2}, "误录", by=by, on=self.clock.day)

    @precondition(lambda self: hasattr(self, "item") and self.item.standing.letters)
    @rule(data=st.data(), by=st.sampled_from((LEAD, COORDINATOR)))
    def void(self, data: st.DataObject, by: str) -> None:
        if data.draw(st.sampled_from((True, False, False, False))):
            number = self.item.standing.letters[-1].issued.number
            self._try(self.item.void, number, "发错", by=by, on=self.clock.day)

    # --- what always holds -----------------------------------------------------------------------------

    @invariant()
    def the_standing_is_the_acts(self) -> None:
        if hasattr(self, "item"):
            again = fold(self.item.acts, self.ledger._records.procedure)
            assert repr(again) == repr(self.item.standing)

    @invariant()
    def what_has_ended_is_known_without_reading_it_again(self) -> None:
        if hasattr(self, "item"):
            records = self.ledger._records
            kept = dict(records.ended)
            records._ended = None
            assert kept == records.ended
            assert self.item.id not in kept or self.item.standing.ended is not None

    @invariant()
    def what_is_accepted_was_proven_to_two_who_had_no_part_in_it(self) -> None:
        if not hasattr(self, "item"):
            return
        acts = self.item.acts
        asked: dict[str, date] = {}
        judged: dict[str, Act] = {}
        void: set[str] = {a.data.number for a in acts if a.kind == "voided"}
        failures = 0
        for act in acts:
            assert act.on <= act.at.date() and (act.late is None or act.late.strip())
            match act.kind:
                case "issued" if act.data.number not in void:
                    for suggestion in act.data.suggestions:
                        asked |= {c.id: act.on for c in suggestion.criteria if c.id not in asked}
                case "judged":
                    judged[act.data.criterion] = act
                    assert act.body != UNIT and act.role in ("acceptance", "supervisor")
                    assert not act.data.met or act.evidence
                case "failed" | "visited" if act.kind == "failed" or not act.data.ok:
                    judged, failures = {}, failures + 1
                case "accepted":
                    assert asked and asked.keys() <= judged.keys()
                    for criterion, day in asked.items():
                        proof = judged[criterion]
                        assert proof.data.met and any(exhibit.dated >= day for exhibit in proof.evidence)
                    second = act.data.countersigned
                    assert {act.role, second.role} == {"acceptance", "supervisor"}
                    assert act.by != second.by and act.body != second.body and UNIT not in (act.body, second.body)
                    assert {e.sha256 for a in acts[: act.n] for e in a.evidence} >= set(act.data.seen)
        assert failures < 2 or any(act.kind == "escalated" for act in acts)

    @invariant()
    def numbers_run_with_their_dates_and_stay_used(self) -> None:
        if not hasattr(self, "item"):
            return
        letters = [act for act in self.item.acts if act.kind == "issued"]
        assert [act.data.serial for act in letters] == list(range(1, len(letters) + 1))
        assert [act.on for act in letters] == sorted(act.on for act in letters)

    @invariant()
    def time_is_given_once_and_the_first_due_day_stays(self) -> None:
        if hasattr(self, "item"):
            for step, given in self.item.standing.extended.items():
                assert len(given) == 1 and (given[0].to - given[0].first).days <= 30 + 12  # and on to a workday
                due = self.item.due(step)
                assert due is None or due.first <= due.on

    def teardown(self) -> None:
        if hasattr(self, "item"):
            kinds = {act.kind for act in self.item.acts}
            assert self.ledger.verify() == []
            self.reached[max((k for k in kinds if k in HOW_FAR), key=HOW_FAR.index)] += 1
            self.ledger.close()
            self.closing.close()
            shutil.rmtree(self.folder)


class Guided(Office):
    """An office that mostly does the sensible thing, many at a time."""

    @rule(data=st.data())
    def a_good_day(self, data: st.DataObject) -> None:
        for _ in range(15):
            self.clock.day += timedelta(days=2)
            self._next(data, None)


def _run(book: Book, url: str | None, examples: int) -> Counter[str]:
    """Run so many offices (more by REFORMKIT_EXAMPLES); says how many came how far."""
    reached: Counter[str] = Counter()
    machine = type("Machine", (Office,), {"book": book, "url": url, "reached": reached})
    count = int(os.environ.get("REFORMKIT_EXAMPLES", "0")) // 20 or examples
    checks = list(HealthCheck)
    bounds = settings(max_examples=count, stateful_step_count=14, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(machine, settings=bounds)
    return reached


def test_a_hasty_office_on_sqlite(book: Book) -> None:
    reached = _run(book, None, 5)
    assert sum(reached.values()) >= 5


def test_a_hasty_office_on_postgresql(book: Book, postgresql: str) -> None:
    assert sum(_run(book, postgresql, 2).values()) >= 2


def test_guided_acts_reach_acceptance(book: Book) -> None:
    """Without this the machine could pass by never coming near what it is about."""
    reached: Counter[str] = Counter()
    machine = type("Guided", (Guided,), {"book": book, "url": None, "reached": reached})
    bounds = settings(max_examples=3, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=bounds)
    assert reached.keys() & {"accepted", "visited", "ended", "failed"}
