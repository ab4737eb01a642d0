"""A ledger from which every number that the report gives can be counted again: the totals are the report's, all else invented.

`python examples/report/rebuild.py 台账.jsonl`, then `reformkit ledger restore 台账.jsonl 报告.ledger` and
`reformkit figures 报告.ledger --check`. Units, days and papers are made up, and there are no files behind the papers.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

import reformkit
from reformkit.keeping.rebuilding import PlainAct, write_export
from reformkit.model.procedure import Procedure

HANDLER = {"by": "0042", "body": "sc1", "role": "handler"}
COORDINATOR = {"by": "0017", "body": "ajs", "role": "coordinator"}
LEAD = {"by": "0023", "body": "js1", "role": "lead"}
SUPERVISOR = {"by": "0031", "body": "dfs", "role": "supervisor"}
LEADER = {"by": "0050", "body": "cwh", "role": "leadership"}

STUDIED, STARTED, REMINDED, ACCEPTED = 146, 106, 67, 60
OTHERS = 330
"""Items of the three sources without a case; the report gives their letters and not their number."""


class Rebuilt:
    """Acts in the order in which they are told, each item's on days of its own."""

    def __init__(self) -> None:
        book = reformkit.load().rulebook
        assert book.procedures is not None
        self.procedures = book.procedures.procedures
        self.acts: list[PlainAct] = []
        self.chance = random.Random(4)
        self.papers, self.serials = count(1), dict[str, int]()

    def spread(self, total: int, places: int, least: int = 0) -> list[int]:
        """A total over so many places, at least so much in each."""
        shares = [least] * places
        for _ in range(total - least * places):
            shares[self.chance.randrange(places)] += 1
        return shares

    def in_order(self) -> Iterator[PlainAct]:
        """The acts as they would have been written: by day."""
        return iter(sorted(self.acts, key=lambda said: said.written))


class Item:
    """One item, carried on from act to act."""

    def __init__(
        self, rebuilt: Rebuilt, procedure: str, day: date, unit: str, who: dict[str, str], **about: Any
    ) -> None:
        self.rebuilt, self.day, self.unit = rebuilt, day, unit
        self.of: Procedure = rebuilt.procedures[procedure]
        series = f"{day.year}-{self.of.mark}"
        number = rebuilt.serials[series] = rebuilt.serials.get(series, 0) + 1
        self.id, self.suggested = f"{series}-{number:03}", 0
        case = about.pop("case", None)
        opened = {
            "procedure": procedure,
            "text": {"sha256": self.of.digest, "name": f"{procedure}.json", "bytes": len(self.of.text.encode())},
            "source": self.of.source or "case",
            "layer": self.of.opened_as or ("point" if case else None),
            "case": case,
            "unit": unit,
            "responsible_unit": unit,
            **about,
        }
        self.act("opened", opened, who, number=(series, number))

    def act(self, kind: str, data: dict[str, Any], who: dict[str, str], later: int = 0, **more: Any) -> None:
        self.day += timedelta(days=later)
        series, number = more.pop("number", (None, None))
        said = {"kind": kind, "v": 1, "on": self.day.isoformat(), "data": data, "evidence": [], **who, **more}
        self.rebuilt.acts.append(PlainAct(self.id, self.day, said, series, number))

    def of_unit(self) -> dict[str, str]:
        """Who acts for the unit: its office enters what it reports on paper."""
        return {**LEAD, "role": "responsible", "for_unit": self.unit}

    def step(self, id: str, who: dict[str, str], later: int = 0, papers: tuple[str, ...] = ()) -> None:
        self.act("done", {"step": id, **({"papers": list(papers)} if papers else {})}, who, later)

    def gate(self, id: str, passed: bool, who: dict[str, str], reason: str | None = None) -> None:
        fact = self.of.steps[id].opinion
        said = {"step": id, "fact": fact, "opinion": "passed" if passed else "rejected"}
        self.act(
            "opinion",
            said if passed else {**said, "ended": "declined"},
            {**who, **({"reason": reason} if reason else {})},
            2,
        )

    def letter(
        self, step: str, kind: str, code: str, to: str, suggestions: int, who: dict[str, str], days: int | None = None
    ) -> None:
        """Issue a letter, to be answered within so many days if it is."""
        series = f"{code}〔{self.day.year}〕"
        serial = self.rebuilt.serials[series] = self.rebuilt.serials.get(series, 0) + 1
        asked = []
        for _ in range(suggestions):
            self.suggested += 1
            id = f"{self.id}-{self.suggested}"
            asked.append({"id": id, "text": "规范制度并报结果", "criteria": [{"id": f"{id}.1", "text": "制度已印发"}]})
        data = {
            "step": step,
            "letter": kind,
            "number": f"{series}{serial}号",
            "series": series,
            "year": self.day.year,
            "serial": serial,
            "to": [to],
            "suggestions": asked,
            **({} if days is None else {"reply_by": (self.day + timedelta(days=days)).isoformat()}),
        }
        self.act("issued", data, who, number=(series, serial))
        if to == self.unit:
            self.act("received", {"number": data["number"], "unit": to}, self.of_unit())

    def results(self, **counts: int) -> None:
        """What the unit reports, each with a paper of its own."""
        for what, number in counts.items():
            if number:
                digest = sha256(str(next(self.rebuilt.papers)).encode()).hexdigest()
                paper = {"sha256": digest, "name": "报送材料.pdf", "bytes": 1, "dated": self.day.isoformat()}
                evidence = [{**paper, "got": self.day.isoformat()}]
                self.act("result", {"what": what, "count": number}, self.of_unit(), evidence=evidence)

    def accept(self) -> None:
        for number in range(1, self.suggested + 1):
            id = f"{self.id}-{number}"
            self.act("judged", {"suggestion": id, "criterion": f"{id}.1", "met": True}, {**LEAD, "role": "acceptance"})
        beside = {"by": SUPERVISOR["by"], "body": SUPERVISOR["body"], "role": "supervisor"}
        self.act("accepted", {"step": "acceptance", "countersigned": beside}, {**LEAD, "role": "acceptance"})


def points(rebuilt: Rebuilt) -> None:
    """146 cases studied, 106 started; 67 reminders, 124 letters with 388 suggestions, and what came of them."""
    suggestions = iter(rebuilt.spread(388, 124, 1))
    fixed, risks, rules = rebuilt.spread(264, STARTED), rebuilt.spread(892, STARTED, 1), rebuilt.spread(147, STARTED)
    for number in range(STUDIED):
        day = date(2022, 1, 4) + timedelta(days=number * 2)
        unit = f"某区第{number % 40 + 1}单位"
        facts = {"id": f"JY-{number + 1:03}", "origin": "filed_case", "filed_on": day.isoformat(), "unit": unit}
        item = Item(
            rebuilt, "point", day, unit, COORDINATOR, case=facts, region="某区", suspected=["institution.outdated"]
        )
        item.step("register", HANDLER)
        item.step("first_look", HANDLER, 1)
        item.gate("first_gate", number < STARTED, COORDINATOR, None if number < STARTED else "纯个人行为，与职权无关")
        if number >= STARTED:
            continue
        if number < REMINDED:
            item.letter("reminder", "reminder_letter", "某纪促函", "第一监督检查室", 0, COORDINATOR)
        item.step("analysis", HANDLER, 10)
        item.gate("second_gate", True, LEAD)
        item.letter("letters", "reform_notice", "某纪促", unit, next(suggestions), LEAD)
        if number < 124 - STARTED:
            item.letter("letters", "supervision_advice", "某监建", unit, next(suggestions), LEAD)
        item.step("plan", item.of_unit(), 10)
        item.day += timedelta(days=30)
        item.results(issue_fixed=fixed[number], risk_point=risks[number], institution=rules[number])
        item.step("rectify", item.of_unit())
        item.step("reply", item.of_unit(), 1)
        if number < ACCEPTED:
            item.accept()


def line(rebuilt: Rebuilt, industry: str, letters: int, suggestions: int, **results: int) -> None:
    item = Item(rebuilt, "line", date(2022, 3, 1), f"某区{industry}系统", LEAD, industry=industry)
    for step, who in (("gather", LEAD), ("analysis", LEAD), ("scheme", LEADER)):
        item.step(step, who, 5)
    for place, asked in enumerate(rebuilt.spread(suggestions, letters, 1)):
        item.letter(
            "letters", "reform_notice", "某纪促", item.unit if place == 0 else f"{item.unit}第{place}单位", asked, LEAD
        )
    item.day += timedelta(days=60)
    item.results(**results)


def area(rebuilt: Rebuilt) -> None:
    street = "白音席勒街道"
    item = Item(rebuilt, "area", date(2022, 4, 1), f"{street}党工委", LEAD, township=street)
    item.step("ecology", LEAD)
    item.letter("letters", "reform_notice", "某纪促", item.unit, 3, LEAD)
    item.step("kickoff", item.of_unit(), 5)
    item.day += timedelta(days=60)
    item.results(study=3, lecture=1, talk=23, issue_found=25, measure=21, risk_point=9)
    item.results(branch=13, branch_issue=192, branch_measure=203, institution=38)


def others(rebuilt: Rebuilt) -> None:
    """The three sources without a case: 991 letters, 1,026 suggestions; one item is that of medical care."""
    letters, suggestions = rebuilt.spread(991, OTHERS, 1), iter(rebuilt.spread(1026, 991, 1))
    fixed, rules = rebuilt.spread(1260 - 47, OTHERS - 1), rebuilt.spread(23, OTHERS - 1)
    for number in range(OTHERS):
        source, is_health = ("special", "feedback", "inspection")[number % 3], number == 0
        industry, unit = ("health" if is_health else "general"), f"某区第{number % 30 + 1}部门"
        day = date(2022, 5, 1) + timedelta(days=number // 3)
        item = Item(rebuilt, source, day, unit, SUPERVISOR, industry=industry)
        for _ in range(letters[number]):
            item.letter("letters", "supervision_advice", "某监建", unit, next(suggestions), LEAD)
        item.day += timedelta(days=40)
        if is_health:
            item.results(issue_fixed=47, training=59, meeting=4, site=3, plan=5)
        else:
            item.results(issue_fixed=fixed[number - 1], institution=rules[number - 1])


def acts() -> Iterator[PlainAct]:
    """Every act of the rebuilt ledger, in the order of writing."""
    rebuilt = Rebuilt()
    points(rebuilt)
    line(rebuilt, "political_legal", 12, 33, risk_point=67, meeting=26, institution=9)
    line(rebuilt, "supply_coop", 10, 18, issue_fixed=92, institution=12)
    area(rebuilt)
    others(rebuilt)
    return rebuilt.in_order()


if __name__ == "__main__":
    end = write_export(sys.argv[1], acts())
    print(f"{end.seq} acts, anchor {end.anchor}")
