"""Readers of cases: files of every kind, frames, journals, tellings, fixtures, receipts."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pyarrow as pa

import reformkit as rk
from reformkit.cli.replay import read_receipts
from reformkit.files.assessed import FrameFiles
from reformkit.intake.fixtures import read_fixtures
from reformkit.intake.tellings import TellingReader
from reformkit.problem import WrongUse
from reformkit.session.journal_line import START as HEADER
from reformkit.session.journal_line import line_of, said_by
from tests.fuzz import good
from tests.fuzz.bench import Bench, Dice, Reader, check, told
from tests.fuzz.spoiling import said_as_json, spoilt, spoilt_text, spoilt_tree, spoilt_zip
from tests.fuzz.spoiling_frames import spoilt_buffers, spoilt_parquet, spoilt_table


def in_columns(bench: Bench, path: Path) -> None:
    """A file has the same cases, facts and problems one at a time and in columns."""
    one = bench.book.read_case_file(path)
    check(one.problems)
    try:
        files = FrameFiles(bench.book, [path])
        parts = list(files.assessed(None, None))
    except rk.CaseError as error:
        check(error.problems)
        assert not one.whole or not one.cases, f"{len(one.cases)} cases, of which columns say {error}"
        return
    rows = [row for part in parts for row in part.frame.iter_rows(named=True)]
    good_rows = [row for row in rows if row["startup_status"] != "problem"]
    assert len(good_rows) == len(one.cases), (len(good_rows), len(one.cases))
    stated = {name for name, field in bench.rulebook.fields.items() if field.source == "stated"}
    for row, case in zip(good_rows, one.cases, strict=True):
        if path.suffix != ".parquet":  # whose own columns stay as they are
            assert row["id"] == case.id
            facts = {n: sorted(v) if isinstance(v, frozenset) else v for n, v in case.facts.items() if n in stated}
            same = {n: sorted(v) if isinstance(v := row.get(n), list) else v for n in facts}
            assert same == facts, (case.id, same, facts)
        statuses = {name: decision.status for name, decision in bench.book.assess(case).decisions.items()}
        assert {name: row[f"{name}_status"] for name in statuses} == statuses
    bad = [*files.problems, *(bad.problem for part in parts for bad in part.bad)]
    said, also = sorted(map(told, one.problems)), sorted(map(told, bad))
    if path.suffix in (".csv", ".xlsx"):
        assert said == also, (said, also)
    assert _errors(one.problems) == _errors(bad), (one.problems, bad)


def _errors(problems: list[rk.Problem]) -> list[tuple[int, str]]:
    """Each error by its line: a place within it is known of a text alone."""
    return sorted((problem.line, problem.code) for problem in problems if problem.severity == "error")


def case_text(bench: Bench, dice: Dice) -> None:
    ending = dice.choice(["yaml", "json", "jsonl"])
    rows = [said_as_json(dice, row) for row in good.ROWS]
    text = "".join(f"- {row}\n" if ending == "yaml" else f"{row}\n" for row in rows)
    text = f"[{', '.join(rows)}]" if ending == "json" else text
    in_columns(bench, bench.written(ending, spoilt_text(dice, text.encode())))


def case_trees(bench: Bench, dice: Dice) -> None:
    """The same spoilt cases as YAML, JSON and JSON Lines, and to Python."""
    rows = spoilt_tree(dice, good.ROWS)
    rows = rows if isinstance(rows, list) and rows else [rows]
    again, whole, made = str(dice.random()), True, {}
    for ending in ("yaml", "json", "jsonl"):
        texts = [said_as_json(Dice(f"{again} {n}"), row, 0.03) for n, row in enumerate(rows)]
        text = "".join(f"- {t}\n" if ending == "yaml" else f"{t}\n" for t in texts)
        path = bench.written(ending, (f"[{', '.join(texts)}]" if ending == "json" else text).encode())
        in_columns(bench, path)
        found = bench.book.read_case_file(path)
        problems = sorted((p.code, p.fact or "", str(p.case)) for p in found.problems)
        whole &= found.whole
        made[ending] = ([(case.id, dict(case.facts), case.findings) for case in found.cases], problems)
    assert made["json"] == made["yaml"], made
    if whole:  # else what costs a text costs of JSON Lines the line alone
        assert made["json"] == made["jsonl"], made
    for row in rows:
        if isinstance(row, dict):
            try:
                case = bench.book.checker.case(row)
            except rk.CaseError as error:
                check(error.problems)
            else:
                bench.book.assess(case).to_dict()


def case_table(bench: Bench, dice: Dice) -> None:
    in_columns(bench, bench.written("csv", bench.spoilt(dice, "csv")))


def case_workbook(bench: Bench, dice: Dice) -> None:
    in_columns(bench, bench.written("xlsx", spoilt_zip(dice, bench.files["xlsx"])))


def case_parquet(bench: Bench, dice: Dice) -> None:
    in_columns(bench, bench.written("parquet", spoilt_parquet(dice, bench.table)))


def frame(bench: Bench, dice: Dice) -> None:
    _as_frame(bench, spoilt_table(dice, bench.table))


def arrow_buffers(bench: Bench, dice: Dice) -> None:
    table = spoilt_table(dice, bench.table) if dice.random() < 0.5 else bench.table
    names, columns = list(table.column_names), [column.combine_chunks() for column in table.columns]
    for at in dice.sample(range(len(columns)), min(2, len(columns))):
        with contextlib.suppress(pa.ArrowException, pa.ArrowNotImplementedError):
            columns[at] = spoilt_buffers(dice, columns[at])
    words = pa.array([spoilt(dice, word) for word in (b"filed_case", b"x", "某医院".encode(), b"", b"y")])
    index = pa.array([dice.randrange(9) for _ in range(5)], pa.int8())
    names.append(dice.choice(["unit", "position", "causes", "extra"]))
    columns.append(pa.DictionaryArray.from_arrays(index, words.view(pa.string()), safe=False) if dice.random() < 0.5 else words.view(pa.string()))  # fmt: skip
    _as_frame(bench, pa.Table.from_arrays(columns, names=names) if len({len(c) for c in columns}) == 1 else table)


def _as_frame(bench: Bench, table: pa.Table) -> None:
    try:
        said = bench.book.check_frame(table, "self")
        made = bench.book.assess_frame(table, "self")
    except rk.CaseError as error:
        check(error.problems)
        return
    except ValueError as error:
        assert "more than one column named" in str(error)
        return
    problems = said.to_pylist()
    bad = {one["row"] for one in problems if one["severity"] == "error" and one["row"] is not None}
    statuses = made.column("startup_status").to_pylist()
    assert {row for row, status in enumerate(statuses) if status == "problem"} == bad, (statuses, problems)


def tellings(bench: Bench, dice: Dice) -> None:
    reader = TellingReader("told.jsonl", bench.rulebook)
    with bench.book.session("compiled") as session:
        for number, line in enumerate(bench.spoilt(dice, "tellings").split(b"\n"), 1):
            telling, problems = reader.read(number, line)
            check(problems)
            if telling is not None:
                try:
                    session.hear(telling)
                except rk.CaseError as error:
                    check(error.problems)


def journal(bench: Bench, dice: Dice) -> None:
    raw = bench.files["journal"].read_bytes()
    if dice.random() < 0.4:
        made = spoilt_text(dice, raw)
    else:  # a line with a right checksum that nobody wrote so
        lines = raw.splitlines(keepends=True)
        at = dice.choice([n for n, line in enumerate(lines) if not line.startswith(HEADER)])
        tree = spoilt_tree(dice, said_by(lines[at]))
        lines[at] = line_of(tree if isinstance(tree, dict) else {"n": 1, "x": tree}).raw
        made = b"".join(lines)
    try:
        with bench.book.session("compiled", journal=bench.written("journal", made), fsync=False) as session:
            check(session.problems)
            session.tell("B-1", {"origin": "filed_case"})
    except rk.CaseError as error:
        check(error.problems)


def fixture_files(bench: Bench, dice: Dice) -> None:
    assert bench.book.library is not None
    path = bench.written("cases.yaml", bench.spoilt(dice, "fixtures"))
    fixtures, problems = read_fixtures(path, bench.rulebook, bench.book.library.measures)
    check(problems)
    for fixture in fixtures[:1]:
        with contextlib.suppress(rk.CaseError):
            bench.book.assess_fixture(fixture)


def receipt_files(bench: Bench, dice: Dice) -> None:
    raw = bench.files["receipt"].read_bytes()
    if dice.random() < 0.7:
        tree = spoilt_tree(dice, [json.loads(line) for line in raw.splitlines()[:1]])
        raw = said_as_json(dice, tree, 0.02).encode()
    else:
        raw = spoilt_text(dice, raw)
    try:
        for found in read_receipts(bench.written("receipt", raw)):
            bench.book.replay(found)
    except rk.CaseError as error:
        check(error.problems)
    except (WrongUse, ValueError) as error:
        assert type(error) in (WrongUse, ValueError), repr(error)


READERS: dict[str, Reader] = {
    "case text": case_text,
    "case trees": case_trees,
    "case table": case_table,
    "case workbook": case_workbook,
    "case parquet": case_parquet,
    "frame": frame,
    "arrow buffers": arrow_buffers,
    "tellings": tellings,
    "journal": journal,
    "fixtures": fixture_files,
    "receipts": receipt_files,
}
