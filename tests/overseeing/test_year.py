"""The year of random ledgers, held to what was written down while they were made, in plain loops."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk
from reformkit.keeping.exchange import restore
from reformkit.keeping.rebuilding import write_export
from reformkit.reporting.year_table import PartOf
from tests.overseeing.test_figures import book, report

REASONS = ("纯个人行为，与职权无关", "单位已撤并", "SCR-PERSONAL")
CAUSES = ("institution.outdated", "power.post_separation", "supervision.finance_lax")


@dataclass
class Told:
    """What was done to an item, day by day."""

    id: str
    industry: str | None
    causes: tuple[str, ...]
    opened: date
    events: list[tuple[date, str, Any]] = field(default_factory=list)

    def until(self, day: date, *kinds: str) -> list[tuple[date, str, Any]]:
        return [event for event in self.events if event[0] <= day and event[1] in kinds]


def random_item(rebuilt: Any, chance: random.Random) -> Told:
    """A point that comes as far as it comes: sent back at a gate, in hand, accepted, failed at a visit, archived, merged."""
    script = report()
    day = date(2021, 6, 1) + timedelta(days=chance.randrange(560))
    industry, unit = chance.choice((None, "health", "education")), f"某区第{chance.randrange(9)}单位"
    known = [cause for cause in CAUSES if cause in book().library.causes]  # type: ignore[union-attr]
    causes = tuple(chance.sample(known, chance.randrange(len(known) + 1)))
    facts = {"id": f"S-{len(rebuilt.acts)}", "origin": "filed_case", "filed_on": day.isoformat(), "unit": unit}
    issues = [{"cause": cause, "label": "查明的问题"} for cause in causes]
    about = {"region": "某区", "issues": issues, "industry": industry}
    item = script.Item(rebuilt, "point", day, unit, script.COORDINATOR, case=facts, **about)
    told = Told(item.id, industry, causes, day)

    def note(kind: str, what: Any = None) -> None:
        told.events.append((item.day, kind, what))

    def late() -> dict[str, Any]:
        if chance.random() < 0.2:
            note("late")
            return {"late": "漏记"}
        return {}

    item.step("register", script.HANDLER)
    if chance.random() < 0.1:
        return told
    for gate, who, at in (("first_gate", script.COORDINATOR, 0.3), ("second_gate", script.LEAD, 0.2)):
        passed, reason = chance.random() > at, chance.choice(REASONS)
        item.gate(gate, passed, who, None if passed else reason)
        note("opinion", (gate, passed, reason))
        if not passed:
            note("ended", "declined")
            return told
        item.step("first_look" if gate == "first_gate" else "analysis", script.HANDLER, chance.randrange(30))
    if chance.random() < 0.15:
        item.act("merged", {"into": rebuilt.acts[0].item}, script.LEAD, 3)
        note("ended", "merged")
        return told
    number = chance.randrange(1, 4)
    item.letter("letters", "reform_notice", "某纪促", unit, number, script.LEAD, days=30)
    issued = next(act for act in reversed(rebuilt.acts) if act.act["kind"] == "issued")
    for suggestion in issued.act["data"]["suggestions"]:
        suggestion["measure"] = chance.choice(("IN-01", "PR-04"))
        note("measure", suggestion["measure"])
    item.act("done", {"step": "plan"}, item.of_unit(), chance.randrange(20), **late())
    item.step("rectify", item.of_unit(), chance.randrange(60))
    if chance.random() < 0.4:
        return told
    item.step("reply", item.of_unit(), 1)
    item.accept()
    note("accepted")
    ok = chance.random() < 0.6
    back = {} if ok else {"back_to": "rectify", "due": (item.day + timedelta(days=120)).isoformat()}
    item.act("visited", {"step": "revisit_1", "ok": ok, **back}, script.SUPERVISOR, 90)
    if not ok:
        note("undone")
        return told
    item.act("visited", {"step": "revisit_2", "ok": True}, script.SUPERVISOR, 90)
    item.act("done", {"step": "archive", "ended": "archived"}, script.COORDINATOR, 5)
    note("ended", "archived")
    return told


@contextmanager
def ledger_of(folder: Path, seed: int, items: int) -> Iterator[tuple[rk.Ledger, list[Told]]]:
    chance, rebuilt = random.Random(seed), report().Rebuilt()
    told = [random_item(rebuilt, chance) for _ in range(items)]
    write_export(folder / "a.jsonl", rebuilt.in_order())
    restore(folder / "a.jsonl", folder / "a.ledger")
    now = datetime(2024, 5, 1, 9, tzinfo=timezone(timedelta(hours=8)))
    with rk.Ledger(folder / "a.ledger", book(), rk.Office.example(), read_only=True, clock=lambda: now) as ledger:
        yield ledger, told


def within(day: date, until: date) -> bool:
    return date(until.year, 1, 1) <= day <= until


@pytest.mark.parametrize(("seed", "until"), [(1, date(2022, 12, 31)), (2, date(2022, 8, 15))])
def test_every_number_of_a_random_ledger_equals_what_was_written_down(tmp_path: Path, seed: int, until: date) -> None:
    with ledger_of(tmp_path, seed, 30) as (ledger, told):
        year = ledger.year(until.year, None if (until.month, until.day) == (12, 31) else until)
        overdue = {item.id for item in ledger.items(overdue=True, as_of=until)}
    first = date(until.year, 1, 1)
    ended = {t.id: t.until(until, "ended") for t in told}
    there = [t for t in told if t.opened <= until]
    carried = [t for t in told if t.opened < first and not (ended[t.id] and ended[t.id][0][0] < first)]
    opened = [t for t in there if t.opened >= first]
    over = Counter(ended[t.id][0][2] for t in there if ended[t.id] and ended[t.id][0][0] >= first)
    in_hand = [t for t in there if not ended[t.id]]
    accepted = 0
    for t in there:
        last = t.until(until, "accepted", "undone")
        accepted += bool(last) and last[-1][1] == "accepted" and within(last[-1][0], until)
    ends = [over[state] for state in ("archived", "declined", "stopped", "merged")]
    assert year.title.zh.endswith("（2022年，截至2022-08-15）") is (until.month == 8)
    assert year.table("items")["all"] == (len(carried), len(opened), accepted, *ends, len(in_hand))
    assert len(carried) + len(opened) - sum(ends) == len(in_hand)

    main = [t for t in opened if not any(event[2] == "merged" for event in ended[t.id])]
    for industry in {t.industry for t in main}:
        own = [t for t in main if t.industry == industry]
        assert year.table("layers")[industry or ""] == (len(own), len(own))
        points = Counter(point for t in own for point in {cause.partition(".")[0] for cause in t.causes})
        shown = year.table("weak_points")[industry or ""]
        assert shown == (len(own), *(PartOf(points[p], len(own)) for p in ("institution", "power", "supervision")))
    causes = Counter(cause for t in main for cause in t.causes)
    assert {row.id: row.cells[1] for row in year.table("causes").rows} == {
        cause: PartOf(number, len(main)) for cause, number in causes.items()
    }
    measures = Counter(what for t in there for day, _, what in t.until(until, "measure") if within(day, until))
    assert {row.id: row.cells[0] for row in year.table("measures").rows} == measures
    late = sum(within(day, until) for t in there for day, _, _ in t.until(until, "late"))
    assert (f"补录{late}次" in year.explain()) is (late > 0)
    assert f"在办事项中有逾期环节的{PartOf(len(overdue), len(in_hand)).said.zh}" in year.explain()

    unmerged = [t for t in told if not any(event[2] == "merged" for event in t.events)]
    said = [what for t in unmerged for day, _, what in t.until(until, "opinion") if within(day, until)]
    for gate, title in (("first_gate", "第一关研判"), ("second_gate", "第二关复筛")):
        spoke = [passed for step, passed, _ in said if step == gate]
        if spoke:
            counts = PartOf(sum(spoke), len(spoke)).said.zh
            assert f"{title}：本年研判{len(spoke)}项，通过{counts}。" in year.explain()
    reasons = Counter(f"{step}:{reason}" for step, passed, reason in said if not passed)
    if reasons:
        assert {row.id: row.cells[1] for row in year.table("reasons").rows} == reasons
        titled = [row.label.zh for row in year.table("reasons").rows if row.id.endswith("SCR-PERSONAL")]
        assert all("SCR" not in label for label in titled)


def test_a_year_that_is_none_or_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with ledger_of(tmp_path, 5, 3) as (ledger, told):
        before = min(t.opened for t in told).year - 1
        for word, day, said in (
            ("去年", None, "is no year"),
            (2999, None, "is no year"),
            (2098, None, "2098 has not begun yet"),
            (2022, date(2023, 1, 1), "2023-01-01 is not within 2022"),
            (before, None, f"the ledger has no item up to {before}-12-31"),
        ):
            with pytest.raises(ValueError, match=said):
                ledger.year(word, day)
