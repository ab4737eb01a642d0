"""A ledger in which a case is carried from filing to archive, for tests: one step a call, each on its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import reformkit as rk
from reformkit.book import Book

CHINA = timezone(timedelta(hours=8))
UNIT = "某区供销合作社联合社"
HANDLER, COORDINATOR, LEAD, SUPERVISOR, LEADER, OF_UNIT = "0042", "0017", "0023", "0031", "0050", "u-12"


@cache
def office() -> rk.Office:
    """The example office, read once."""
    return rk.Office.example()


class Clock:
    """A clock that stands at nine o'clock of a day until it is told of another."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=CHINA)


def case(book: Book, id: str = "EX-01", **facts: Any) -> rk.Case:
    """An invented case of the supply cooperative, as it is when it is filed."""
    (read,) = book.read_cases(Path(__file__).parents[2] / "examples" / "cases" / "01-供销-某区联社.yaml")
    said = {**read.to_dict(), "id": id, "filed_on": "2022-03-04"}
    for name in ("coordinator_gate", "lead_gate", "open_reform_same_issue"):
        said.pop(name, None)
    return book.checker.case({**said, **facts})


class Story:
    """One item of a ledger and the clock; every method does the next thing on a day, as it should be done."""

    def __init__(self, ledger: rk.Ledger, clock: Clock, book: Book, folder: Path, item: rk.Item | None = None) -> None:
        self.ledger, self.clock, self.book, self.folder = ledger, clock, book, folder
        self.item = item or ledger.open(book.assess(case(book)), by=COORDINATOR, on=self.day)
        self.papers = 0

    @property
    def day(self) -> date:
        return self.clock.day

    def later(self, days: int) -> None:
        self.clock.day += timedelta(days=days)

    def paper(self, name: str = "佐证", dated: date | None = None) -> rk.Evidence:
        """A new file, dated today unless said otherwise."""
        self.papers += 1
        path = self.folder / f"{name}{self.papers}.txt"
        path.write_text(f"{name}{self.papers} {self.item.id}", encoding="utf-8")
        return rk.Evidence(path, dated or self.day)

    def to_the_letters(self) -> None:
        item = self.item
        item.do("register", by=HANDLER, on=self.day)
        item.do("first_look", by=HANDLER, on=self.day)
        self.later(3)
        item.do("first_gate", opinion="passed", by=COORDINATOR, on=self.day)
        self.later(10)
        item.do("analysis", by=HANDLER, on=self.day, papers=["剖析报告"])
        self.later(3)
        item.do("second_gate", opinion="passed", by=LEAD, on=self.day)

    def send(self) -> str:
        self.later(3)
        return self.item.letter("supervision_advice", 标题="关于规范社有资产管理的监察建议").issue(by=LEAD, on=self.day)

    def receive(self, number: str) -> None:
        self.later(1)
        self.item.receive(number, by=OF_UNIT, on=self.day)

    def rectify(self) -> None:
        self.later(10)
        self.item.do("plan", by=OF_UNIT, on=self.day)
        self.later(30)
        self.report()

    def report(self) -> None:
        self.item.result("risk_point", 9, by=OF_UNIT, on=self.day, evidence=[self.paper("排查表")])
        self.item.do("rectify", by=OF_UNIT, on=self.day)
        self.later(2)
        self.item.do("reply", by=OF_UNIT, on=self.day)

    def judge(self, met: bool = True) -> None:
        self.later(5)
        for suggestion in self.item.suggestions:
            for criterion in suggestion.criteria:
                self.item.judge(suggestion, criterion, met, by=LEAD, on=self.day, evidence=[self.paper("核查")])

    def accept(self) -> None:
        self.item.accept(by=LEAD, countersigned=SUPERVISOR, on=self.day)

    def to_acceptance(self) -> None:
        self.to_the_letters()
        self.receive(self.send())
        self.rectify()

    def to_archive(self) -> None:
        self.later(90)
        self.item.visit(True, by=SUPERVISOR, on=self.day)
        self.later(90)
        self.item.visit(True, by=SUPERVISOR, on=self.day)
        self.item.do("archive", by=COORDINATOR, on=self.day, consent=True)


def begun(url: str | Path, folder: Path, book: Book) -> Story:
    """A story on a new ledger, on 4 March 2022."""
    clock = Clock(date(2022, 3, 4))
    return Story(rk.Ledger(url, book, office(), clock=clock, folder=folder / "files"), clock, book, folder)


def again(url: str | Path, folder: Path, book: Book, story: Story) -> Story:
    """A story as it stands, on a copy of its ledger."""
    clock = Clock(story.day)
    ledger = rk.Ledger(url, book, office(), clock=clock, folder=folder / "files")
    copy = Story(ledger, clock, book, folder, ledger.item(story.item.id))
    copy.papers = story.papers
    return copy
