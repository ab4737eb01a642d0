"""Every reader given spoilt copies of good files, seeded and for so many seconds: run as a process of its own.

`python -m tests.fuzz.mutated FOLDER SECONDS [SEED]` prints a line for each reader; a crash, a traceback or a problem
without a place ends it with the bytes that did it in FOLDER. Native code that dies takes this process only.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import random
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa

import reformkit as rk
from reformkit.cli.replay import read_receipts
from reformkit.loading import bundled
from reformkit.parsing.located_json import read_json
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.problem import NOWHERE, Problem, WrongUse
from reformkit.sources.archives import archive_files
from reformkit.sources.fault import SourceError

PATIENCE = 20
"""Seconds after which one input is called a hang."""

ROWS = [{"id": f"A-{i}", "origin": "filed_case", "unit": "某医院", "people_involved": i + 1, "filed_on": "2022-03-01"} for i in range(4)]  # fmt: skip
SPICE = [b"\xff", b"\x00", b"\n", b'"', b",", b"{", b"[" * 200, b"\xef\xbb\xbf", b"<", b"&", b"9" * 40, b"\xd2\xbd"]


def spoilt(dice: random.Random, data: bytes) -> bytes:
    """A copy with a few bytes changed, cut out, doubled or put in."""
    raw = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(raw) + 1)
        match dice.randrange(5):
            case 0 if at < len(raw):
                raw[at] = dice.randrange(256)
            case 1:
                del raw[at : at + dice.randint(1, 30)]
            case 2:
                raw[at:at] = raw[at : at + dice.randint(1, 60)]
            case 3:
                raw[at:at] = dice.choice(SPICE)
            case _ if dice.random() < 0.2:
                del raw[at:]
    return bytes(raw)


def repacked(dice: random.Random, data: Path, out: Path) -> bytes:
    """A zip with one part spoilt, or itself spoilt."""
    if dice.random() < 0.3:
        return spoilt(dice, data.read_bytes())
    with zipfile.ZipFile(data) as given, zipfile.ZipFile(out, "w") as taken:
        names = given.namelist()
        bad = dice.choice(names)
        for name in names:
            taken.writestr(name, spoilt(dice, given.read(name)) if name == bad else given.read(name))
    return out.read_bytes()


def check(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.path or problem.place == NOWHERE  # facts of a receipt stand in no file
        json.dumps(problem.to_dict(), ensure_ascii=False).encode()


def good_files(folder: Path) -> dict[str, Path]:
    """A good file of each kind."""
    texts = {
        "yaml": "".join(f"- {json.dumps(row, ensure_ascii=False)}\n" for row in ROWS),
        "json": json.dumps(ROWS, ensure_ascii=False),
        "jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS),
        "csv": "\n".join([",".join(ROWS[0]), *(",".join(map(str, row.values())) for row in ROWS)]) + "\n",
    }
    found = {}
    for ending, text in texts.items():
        found[ending] = folder / f"good.{ending}"
        found[ending].write_text(text, "utf-8")
    for ending in ("parquet", "xlsx"):
        found[ending] = folder / f"good.{ending}"
    pl.DataFrame(ROWS).write_parquet(found["parquet"], compression="uncompressed", use_pyarrow=True)
    import xlsxwriter

    with xlsxwriter.Workbook(found["xlsx"]) as book:
        sheet = book.add_worksheet("案件")
        sheet.write_row(0, 0, list(ROWS[0]))
        for number, row in enumerate(ROWS, 1):
            sheet.write_row(number, 0, list(row.values()))
    with zipfile.ZipFile(folder / "good.whl", "w") as wheel:
        wheel.writestr("reformkit/rules/x.yaml", "a: 1\n")
    found["whl"] = folder / "good.whl"
    found["rules"] = bundled() / "rules" / "jiuyuan" / "startup.yaml"
    found["receipt"] = folder / "good.receipt"
    found["receipt"].write_text(json.dumps(BOOK.assess(ROWS[0]).receipt()), "utf-8")
    with BOOK.session("compiled", journal=folder / "good.journal", fsync=False) as session:
        for row in ROWS:
            facts = {name: value for name, value in row.items() if name != "id"}
            session.tell(str(row["id"]), facts)
    found["journal"] = folder / "good.journal"
    return found


def readers(folder: Path, good: dict[str, Path]) -> dict[str, Callable[[random.Random], None]]:
    """What is given a spoilt copy, by its kind."""

    def cases(ending: str) -> Callable[[random.Random], None]:
        def read(dice: random.Random) -> None:
            path = folder / f"spoilt.{ending}"
            made = repacked(dice, good[ending], path) if ending == "xlsx" else spoilt(dice, good[ending].read_bytes())
            path.write_bytes(made)
            check(BOOK.read_case_file(path).problems)

        return read

    def journal(dice: random.Random) -> None:
        path = folder / "spoilt.journal"
        path.write_bytes(spoilt(dice, good["journal"].read_bytes()))
        try:
            BOOK.session("compiled", journal=path, fsync=False).close()
        except rk.CaseError as error:
            check(list(error.problems))

    def rules(dice: random.Random) -> None:
        report = Report()
        source = Source.of_bytes("startup.yaml", spoilt(dice, good["rules"].read_bytes()), report)
        if source is not None:
            read_yaml(source, report)
            read_json("startup.json", source.text, report)
        check(report.problems())

    def receipt(dice: random.Random) -> None:
        path = folder / "spoilt.receipt"
        path.write_bytes(spoilt(dice, good["receipt"].read_bytes()))
        try:
            for found in read_receipts(path):
                BOOK.replay(found)
        except rk.CaseError as error:
            check(list(error.problems))
        except (WrongUse, ValueError):
            pass

    def wheel(dice: random.Random) -> None:
        path = folder / "spoilt.whl"
        path.write_bytes(spoilt(dice, good["whl"].read_bytes()))
        with contextlib.suppress(SourceError):
            list(archive_files(path))

    def buffers(dice: random.Random) -> None:
        words = [spoilt(dice, word) for word in (b"filed_case", b"x", "某医院".encode())]
        kind = dice.choice([pa.string(), pa.large_string()])
        column = pa.array(words, pa.binary() if kind == pa.string() else pa.large_binary()).view(kind)
        if dice.random() < 0.3:
            column = pa.DictionaryArray.from_arrays(pa.array([dice.randrange(4) for _ in words]), column, safe=False)
        name = dice.choice(["id", "origin", "unit", "filed_on", "causes", "extra"])
        try:
            BOOK.check_frame(pa.table({name: column}))
            BOOK.assess_frame(pa.table({name: column}))
        except rk.CaseError as error:
            check(list(error.problems))

    found = {ending: cases(ending) for ending in ("yaml", "json", "jsonl", "csv", "xlsx", "parquet")}
    return {**found, "rules": rules, "journal": journal, "receipt": receipt, "wheel": wheel, "buffers": buffers}


if __name__ == "__main__":
    BOOK = rk.load()
    home, seconds = Path(sys.argv[1]), float(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    BOOK.assess_frame(pl.DataFrame(ROWS))  # imports what would count as a hang on a busy machine
    kinds = readers(home, good_files(home))
    for kind, read in kinds.items():
        until, tried = time.monotonic() + seconds / len(kinds), 0
        while time.monotonic() < until:
            faulthandler.dump_traceback_later(PATIENCE, exit=True)
            try:
                read(random.Random(f"{seed} {kind} {tried}"))
            except BaseException:
                sys.stdout.write(f"{kind} {tried}: fails with seed {seed}\n")
                raise
            tried += 1
        faulthandler.cancel_dump_traceback_later()
        sys.stdout.write(f"{kind} {tried}\n")
        sys.stdout.flush()
