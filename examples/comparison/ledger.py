"""A ledger to compare with: 70 items in eight invented townships, some answered late, failed at first or reopened.

`python examples/comparison/ledger.py 台账.jsonl`, then `reformkit ledger restore 台账.jsonl 比对.ledger` and
`reformkit compare examples/comparison/指标.csv --ledger 比对.ledger --by township -o 比对.svg`. Every number is invented.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

from rebuild import COORDINATOR, HANDLER, LEAD, SUPERVISOR, Item, Rebuilt  # a script beside this one

from reformkit.keeping.rebuilding import PlainAct, write_export

TOWNSHIPS = {"甲街道": 14, "乙街道": 9, "丙街道": 4, "丁街道": 17, "戊镇": 12, "己镇": 8, "庚镇": 5, "辛苏木": 1}
"""Items of each township; the last two have so few that a share of theirs says little."""


def items(rebuilt: Rebuilt) -> None:
    """Items of points from filing to a return visit."""
    number = 0
    for township, many in TOWNSHIPS.items():
        for place in range(many):
            number += 1
            day = date(2022, 1, 4) + timedelta(days=number * 3)
            unit = f"{township}某所"
            facts = {"id": f"BD-{number:03}", "origin": "filed_case", "filed_on": day.isoformat(), "unit": unit}
            about = {"region": "某区", "township": township, "suspected": ["institution.outdated"]}
            item = Item(rebuilt, "point", day, unit, COORDINATOR, case={**facts, "township": township}, **about)
            item.step("register", HANDLER)
            item.step("first_look", HANDLER, 1)
            item.gate("first_gate", True, COORDINATOR)
            item.step("analysis", HANDLER, 5)
            item.gate("second_gate", True, LEAD)
            item.letter("letters", "reform_notice", "某纪促", unit, 2, LEAD, days=30)
            late = (number * 7 + place) % 10 < 3
            item.step("plan", item.of_unit(), 9)
            item.step("reply", item.of_unit(), 28 if late else 18, papers=("reply",))
            item.step("rectify", item.of_unit(), 40 if (number * 5 + place) % 7 == 0 else 4)
            if (number * 3 + place) % 9 == 0:
                back = {"step": "acceptance", "back_to": "rectify", "due": (item.day + timedelta(days=30)).isoformat()}
                item.act("failed", back, {**LEAD, "role": "acceptance", "reason": "佐证不足"}, 5)
            item.day += timedelta(days=10)
            item.accept()
            found = {} if number % 11 else {"back_to": "rectify", "due": (item.day + timedelta(days=90)).isoformat()}
            item.act("visited", {"step": "revisit_1", "ok": number % 11 > 0, **found}, SUPERVISOR, 60)
            if number % 11 and number % 4:
                item.act("visited", {"step": "revisit_2", "ok": True}, SUPERVISOR, 95)
                item.act(
                    "done",
                    {"step": "archive", "papers": ["file"], "ended": "archived", "consent": number % 3 == 0},
                    COORDINATOR,
                    5,
                )


def acts() -> Iterator[PlainAct]:
    """Every act of the ledger, in the order of its days."""
    rebuilt = Rebuilt()
    items(rebuilt)
    return rebuilt.in_order()


if __name__ == "__main__":
    end = write_export(sys.argv[1], acts())
    print(f"{end.seq} acts, anchor {end.anchor}")
