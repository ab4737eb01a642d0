"""Readers of ledgers: exports (every hash right again, too), the file itself, the table of a comparison."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from typing import get_args

import reformkit as rk
from reformkit.keeping.exchange import act_line, examined_export, first_line
from reformkit.keeping.line import START, Head, Line, chained
from reformkit.model.integrity import Group
from reformkit.overseeing.stated import read_stated
from tests.fuzz.bench import TOLD, Bench, Dice, Reader, check
from tests.fuzz.spoiling import spoilt, spoilt_text, spoilt_tree


def stated(bench: Bench, dice: Dice) -> None:
    assert bench.rulebook.integrity is not None
    path = bench.written("stated.csv", bench.spoilt(dice, "stated"))
    try:
        read_stated(path, bench.rulebook.integrity, dice.choice(get_args(Group)))
    except rk.TableError as error:
        check(error.problems)


def export(bench: Bench, dice: Dice) -> None:
    raw = bench.export.read_bytes()
    made = spoilt_text(dice, raw) if dice.random() < 0.3 else _chained_again(dice, raw)
    path = bench.written("export.jsonl", made)
    check(examined_export(path).problems)
    target = bench.folder / "restored.ledger"
    for left in bench.folder.glob("restored.ledger*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    try:
        with rk.Ledger.restore(path, target, bench.book, bench.office) as ledger:
            _gone_through(bench, ledger)
    except TOLD as error:
        check(error.problems)


def _gone_through(bench: Bench, ledger: rk.Ledger) -> None:
    for item in ledger.items():
        assert item.state() and item.acts
        item.menu()
        assert all(suggestion.criteria is not None for suggestion in item.suggestions)
    check(ledger.verify())
    ledger.dispatch(date(2022, 6, 1))
    ledger.figures("2022")
    ledger.cases()


def ledger_file(bench: Bench, dice: Dice) -> None:
    path = bench.written("ledger", spoilt(dice, (bench.folder / "good.ledger").read_bytes()))
    try:
        with rk.Ledger(path, bench.book, bench.office, read_only=True) as ledger:
            _gone_through(bench, ledger)
    except TOLD as error:
        check(error.problems)


def _chained_again(dice: Dice, raw: bytes) -> bytes:
    """An export of which some acts say something else, every hash right again."""
    acts = [json.loads(line)["act"] for line in raw.splitlines()[1:]]
    for _ in range(dice.randint(1, 2)):
        at = dice.randrange(len(acts))
        if dice.random() < 0.2:
            other = dice.randrange(len(acts))
            acts[at], acts[other] = acts[other], acts[at]
        elif isinstance(tree := spoilt_tree(dice, acts[at]), dict):
            acts[at] = tree
    hash, lines = START, []
    for act in acts:
        text = json.dumps(act, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        hash = chained(hash, text)
        lines.append(act_line(Line(text, hash, act)))
    at = datetime.fromisoformat(json.loads(raw.splitlines()[-1])["act"]["at"])
    return first_line(Head(len(acts), hash, at)) + b"".join(lines)


READERS: dict[str, Reader] = {"stated": stated, "export": export, "ledger file": ledger_file}
