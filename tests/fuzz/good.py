"""Good input of each kind, to be spoilt."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

import reformkit as rk
from reformkit.loading import bundled
from tests.practising.story import begun

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "bad" / "base"
"""A rulebook with its library, procedure, figures and office, that is read in an instant."""

CAUSES = ("institution.asset_rules", "institution.contract_rules", "power.top_leader")
ROWS: list[dict[str, Any]] = [
    {
        "id": f"A-{number}",
        "origin": "filed_case",
        "authority_level": ("county", "city")[number % 2],
        "unit": ("某医院", "某局（东）")[number % 2],
        "region": "某区",
        "industry": "health",
        "people_involved": number + 1,
        "sanctioned_this_year": number % 2 == 0,
        "filed_on": f"2022-03-0{number + 1}",
        "decided_on": "2022-06-30",
        "causes": list(CAUSES[: number % 3]),
        "findings": [{"cause": CAUSES[0], "matter": "works", "evidence": "账册"}][: number % 2],
    }
    for number in range(5)
]
FLAT = [name for name in ROWS[0] if name != "findings"]
"""What stands in a column of a table."""

DATES = ("filed_on", "decided_on")
MATTER = {
    "title": "某单位整改",
    "unit": "某区供销合作社联合社",
    "responsible_unit": "某区供销合作社联合社",
    "region": "某区",
    "industry": "supply_coop",
}


def the_files(folder: Path, book: rk.Book) -> dict[str, Path]:
    """A good file of each kind, by its name."""
    found = {
        ending: folder / f"good.{ending}" for ending in ("csv", "xlsx", "zip", "dump", "receipt", "journal", "tellings")
    }
    found["csv"].write_text("\n".join(",".join(map(_cell, row)) for row in [FLAT, *_rows()]) + "\n", "utf-8")
    _workbook(found["xlsx"])
    with zipfile.ZipFile(found["zip"], "w") as archive:
        for path in (path for part in ("book", "measures") for path in sorted((SMALL / part).rglob("*.yaml"))):
            archive.write(path, path.relative_to(SMALL))
    found["dump"].write_text(rk.load(SMALL / "book").to_json(), "utf-8")
    receipts = [assessment.receipt() for assessment in book.assess_many(ROWS, history=ROWS)]
    found["receipt"].write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in receipts), "utf-8")
    with book.session("compiled", journal=found["journal"], fsync=False) as session:
        for row in ROWS:
            session.tell(row["id"], {name: value for name, value in row.items() if name not in ("id", "findings")})
        session.retract("A-1", "unit")
        session.forget("A-2")
    shutil.copy(ROOT / "examples" / "session" / "sector.jsonl", found["tellings"])
    rules = bundled("rules")
    found |= {name: rules / "jiuyuan" / f"{name}.yaml" for name in ("letters", "figures", "integrity", "procedure")}
    found["office"] = rules / "office.yaml"
    found["template"] = rules / "jiuyuan" / "letters" / "纪律检查建议书.docx"
    found["fixtures"] = ROOT / "tests" / "cases" / "rows.cases.yaml"
    found["stated"] = ROOT / "examples" / "comparison" / "指标.csv"
    found["calendar"] = folder / "calendar.yaml"
    found["calendar"].write_text("known_until: 2027-12-31\ndays:\n  2022-05-09: {work: false, why: 停电}\n", "utf-8")
    return found


def the_ledger(folder: Path, book: rk.Book) -> Path:
    """An export of a ledger with an item that is archived, and one that was opened for no case."""
    story = begun(folder / "good.ledger", folder, book)
    story.to_acceptance()
    story.judge()
    story.accept()
    story.to_archive()
    story.ledger.open(by="0017", on=story.day, procedure="line", cases=["EX-01"], matter=MATTER)
    story.ledger.export(folder / "good.jsonl")
    story.ledger.close()
    return folder / "good.jsonl"


def the_table() -> pa.Table:
    """The rows as columns, each of the type that a program gives it."""
    days = {name: [date.fromisoformat(row[name]) for row in ROWS] for name in DATES}
    return pa.table({name: days.get(name) or [row[name] for row in ROWS] for name in ROWS[0]})


def _rows() -> list[list[Any]]:
    return [[row[name] for name in FLAT] for row in ROWS]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(value) or "无"
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def _workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        sheet, day = workbook.add_worksheet("案件"), workbook.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, FLAT)
        for number, row in enumerate(_rows(), 1):
            for at, (name, value) in enumerate(zip(FLAT, row, strict=True)):
                if name in DATES:
                    sheet.write_datetime(number, at, date.fromisoformat(value), day)
                else:
                    sheet.write(number, at, _cell(value) if isinstance(value, list) else value)
        sheet.merge_range(len(ROWS) + 1, 0, len(ROWS) + 1, 3, "合计")
