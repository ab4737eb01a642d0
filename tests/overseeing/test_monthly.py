"""The months of random ledgers against a count written apart, and the files in which they are shown."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from chinese_calendar import is_workday

import reformkit as rk
from reformkit.keeping.rebuilding import PlainAct, lines_of, write_export
from reformkit.model.procedure import Procedure
from reformkit.overseeing.monthly import Month, Months, month_ends, months_of
from reformkit.practising.lines import act_of
from reformkit.practising.workdays import Workdays
from tests.books import bundled_book

DAY = timedelta(days=1)
WHO = {"by": "0042", "body": "sc1", "role": "handler"}
CHAIN = ("register", "first_look", "first_gate", "analysis", "second_gate", "letters", "receipt", "plan")
WORKDAYS_AFTER = {
    "first_look": ("register", 5),
    "first_gate": ("register", 5),
    "second_gate": ("analysis", 5),
    "receipt": ("letters", 3),
}
"""Steps of a point, each with the step from which so many workdays run; `plan` has 15 days from the receipt."""


@cache
def book() -> rk.Book:
    return bundled_book()


def procedure(digest: str) -> Procedure:
    procedures = book().rulebook.procedures
    assert procedures is not None
    return procedures.procedures["point"]


def ledger(seed: int) -> list[PlainAct]:
    """A few items of points that come some way, with breaks, more time, corrections, late entries, mergers, acceptances
    twice; in the order in which they were written."""
    chance, point, acts = random.Random(seed), procedure(""), list[PlainAct]()
    for number in range(chance.randint(1, 5)):
        id, day = f"2022-点-{number:03}", date(2022, 1, 4) + chance.randrange(200) * DAY
        text = {"sha256": point.digest, "name": "point.json", "bytes": len(point.text.encode())}
        case = {"id": f"C{number}", "filed_on": (day - chance.randrange(3) * DAY).isoformat(), "unit": "某所"}
        opened = {"procedure": "point", "text": text, "source": "case", "case": case, "unit": "某所"}
        written = day

        def add(kind: str, data: dict[str, Any], on: date, id: str = id, **more: Any) -> None:
            said = {"kind": kind, "v": 1, "on": on.isoformat(), "data": data, "evidence": [], **WHO, **more}
            acts.append(PlainAct(id, written, said))  # noqa: B023 (called at once)

        add("opened", opened | {"responsible_unit": "某所"}, day)
        for step in CHAIN[: chance.randint(0, len(CHAIN))]:
            day += chance.choice((0, 1, 3, 9, 40)) * DAY
            written = max(written, day + chance.choice((0, 0, 0, 30)) * DAY)  # some are entered late
            if step == "receipt":
                add("received", {"number": f"甲〔2022〕{number}号", "unit": "某所"}, day)
            elif step == "letters":
                name = {"number": f"甲〔2022〕{number}号", "series": "甲〔2022〕", "year": 2022, "serial": number + 1}
                add("issued", {"step": step, "letter": "reform_notice", "to": ["某所"], **name}, day)
            elif step.endswith("gate"):
                fact = {"first_gate": "coordinator_gate", "second_gate": "lead_gate"}[step]
                add("opinion", {"step": step, "fact": fact, "opinion": "passed"}, day)
            else:
                add("done", {"step": step}, day)
            if chance.random() < 0.15:
                add("suspended", {}, day)
                if chance.random() < 0.7:
                    day += chance.randrange(1, 60) * DAY
                    written = max(written, day)
                    add("resumed", {}, day)
        for _ in range(chance.choice((0, 0, 1, 2))):
            day += chance.randrange(50) * DAY
            written = max(written, day)
            add("accepted", {"step": "acceptance"}, day)
        if chance.random() < 0.2:
            written = max(written, day)
            add("merged", {"into": "2022-点-999"}, day)
        if chance.random() < 0.3:
            place = chance.choice([n for n, said in enumerate(acts, 1) if said.item == id])
            written += chance.randrange(20) * DAY
            moved = date.fromisoformat(acts[place - 1].act["on"]) - chance.randrange(9) * DAY
            acts.append(PlainAct(id, written, {"kind": "corrected", "v": 1, "on": written.isoformat(), "evidence": [], **WHO, "corrects": (place,), "moved": moved.isoformat()}))  # fmt: skip
    order = sorted(range(len(acts)), key=lambda n: (acts[n].written, n))
    seq_of = {old + 1: new for new, old in enumerate(order, 1)}
    return [_numbered(acts[old], seq_of) for old in order]


def _numbered(said: PlainAct, seq_of: dict[int, int]) -> PlainAct:
    """A correction names its act by the number that it has in the ledger."""
    if said.act["kind"] != "corrected":
        return said
    more = {name: value for name, value in said.act.items() if name not in ("corrects", "moved")}
    data = {"seq": seq_of[said.act["corrects"][0]], "data": {"on": said.act["moved"]}}
    return said._replace(act={**more, "data": data})


# --- written apart -----------------------------------------------------------------------------------------


def on_of(acts: Sequence[PlainAct], seq: int, until: date | None) -> date:
    """The day of an act as it should have stood, by the corrections made up to a day (None: ever)."""
    on = date.fromisoformat(acts[seq - 1].act["on"])
    for other in acts:
        made = date.fromisoformat(other.act["on"])
        if other.act["kind"] == "corrected" and other.act["data"]["seq"] == seq and (until is None or made <= until):
            on = date.fromisoformat(other.act["data"]["data"]["on"])
    return on


def is_late(acts: Sequence[PlainAct], item: str, end: date) -> bool:
    """Whether a step of an item was past its day when a day ended, by plain loops over what had happened by then."""
    told = [
        (said.act["kind"], said.act["data"], on_of(acts, seq, end))
        for seq, said in enumerate(acts, 1)
        if said.item == item and date.fromisoformat(said.act["on"]) <= end
    ]
    if not told or any(kind == "merged" for kind, _, _ in told):
        return False
    done: dict[str, date] = {}
    breaks: list[list[date | None]] = []
    for kind, data, on in told:
        if kind == "received":
            done["receipt"] = on
        elif kind in ("done", "opinion", "accepted"):
            done[data["step"]] = on
        elif kind == "issued":
            done.setdefault("letters", on)
        elif kind == "suspended":
            breaks.append([on, None])
        elif kind == "resumed" and breaks and breaks[-1][1] is None:
            breaks[-1][1] = on
    if breaks and breaks[-1][1] is None:
        return False
    filed = date.fromisoformat(told[0][1]["case"]["filed_on"])

    def stands(day: date) -> bool:
        return any(first is not None and first <= day < (last or end + DAY) for first, last in breaks)

    def term(start: date, count: int, workdays: bool) -> date:
        day, left = start, count
        while left:
            day += DAY
            if not stands(day):
                left -= is_workday(day) if workdays else 1
        while not is_workday(day) or (count and stands(day)):
            day += DAY
        return day

    due: dict[str, date] = {}
    if "register" not in done:
        due["register"] = term(filed, 0, False)
    for step, (start, count) in WORKDAYS_AFTER.items():
        if start in done and step not in done and (step != "second_gate" or "first_gate" in done):
            due[step] = term(done[start], count, True)
    if "receipt" in done and "plan" not in done:
        due["plan"] = term(done["receipt"], 15, False)
    if "receipt" in done and "plan" in done:
        due["rectify"] = due["reply"] = term(done["receipt"], 60, False)
    if "acceptance" in done:
        due["revisit_1"] = term(
            done["acceptance"], (months_after(done["acceptance"], 3) - done["acceptance"]).days, False
        )
    return any(day < end for day in due.values())


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def apart(acts: Sequence[PlainAct], ends: Sequence[date]) -> list[tuple[int, int, list[str]]]:
    items = sorted({said.item for said in acts})
    found = []
    for end in ends:
        opened = accepted = 0
        for item in items:
            own = [(seq, said.act["kind"]) for seq, said in enumerate(acts, 1) if said.item == item]
            in_month = [kind for seq, kind in own if on_of(acts, seq, None).replace(day=1) == end.replace(day=1)]
            opened += "opened" in in_month and "merged" not in [kind for _, kind in own]
            accepted += "accepted" in in_month
        found.append((opened, accepted, [item for item in items if is_late(acts, item, end)]))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_months_of_a_random_ledger_equal_a_count_written_apart(seed: int) -> None:
    acts = ledger(seed)
    ends = month_ends(date(2021, 12, 5), date(2023, 5, 1), date(2023, 3, 14))
    own: dict[str, list[Any]] = {}
    for line in lines_of(acts):
        own.setdefault(line.item, []).append(act_of(line))
    months = months_of([own[item] for item in sorted(own)], ends, procedure, Workdays())
    assert [(month.opened, month.accepted, list(month.overdue)) for month in months] == apart(acts, ends)


def test_the_months_of_a_ledger_are_those_of_its_items_as_they_stood(tmp_path: Path) -> None:
    acts = ledger(7)
    write_export(tmp_path / "a.jsonl", acts)
    with rk.Ledger.restore(tmp_path / "a.jsonl", tmp_path / "a.ledger", book(), rk.Office.example()) as opened:
        monthly = opened.monthly("2022")
        assert [month.name for month in monthly.months] == [f"2022-{month:02}" for month in range(1, 13)]
        for month in monthly.months:
            assert list(month.overdue) == sorted(item.id for item in opened.items(overdue=True, as_of=month.until))
        assert opened.monthly().months[0].first == min(date.fromisoformat(said.act["on"]) for said in acts).replace(
            day=1
        )
        assert [month.name for month in opened.monthly("2022-Q2").months] == ["2022-04", "2022-05", "2022-06"]
        assert opened.monthly("2099").months == ()
        with pytest.raises(ValueError, match="no period"):
            opened.monthly("20")


MONTHLY = Months((Month(date(2022, 1, 1), date(2022, 1, 31), 3, 0, ()), Month(date(2022, 2, 1), date(2022, 2, 9), 1, 2, ("a",))), 9)  # fmt: skip


def test_files_say_the_numbers_and_what_they_mean(tmp_path: Path) -> None:
    for lang, said in (("zh", "按当时情况计"), ("en", "as they stood then")):
        page = MONTHLY.save(tmp_path / f"{lang}.html", lang=lang).read_text("utf-8")
        assert said in page
        assert "2022-02-09" in page  # the last month is not over
        assert not re.search(r"<script|https?://(?!www\.w3\.org)|@import", page)
    assert json.loads(MONTHLY.save(tmp_path / "月.json").read_text("utf-8")) == MONTHLY.to_dict()
    MONTHLY.save(tmp_path / "月.xlsx")
    from openpyxl import load_workbook  # tests read with another library than writes

    rows = list(load_workbook(tmp_path / "月.xlsx").active.iter_rows(values_only=True))
    assert rows[1:3] == [("2022-01", 3, 0, 0), ("2022-02", 1, 2, 1)]
    with pytest.raises(ValueError, match=r"\.docx"):
        MONTHLY.save(tmp_path / "月.docx")
    assert Months((), 0).save(tmp_path / "无.html").read_text("utf-8").count("<tr>") == 1
