"""`reformkit replay`: whether receipts of earlier assessments still hold, and what has changed."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from reformkit.assessing.replaying import Replay
from reformkit.book import Book
from reformkit.parsing.identity import masked
from reformkit.printing.paper import Paper, paper
from reformkit.printing.problems import show_problems
from reformkit.problem import CaseError, WrongUse
from reformkit.reporting.replay import changes, totals
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder, open_book
from reformkit.text import DETAIL, Text, visible

_NOT_READABLE = Text(
    "{path} 不是文件，或者超过 {most} MB；分成几个文件复核",
    "{path} is no file, or has more than {most} MB; give it in several files",
)
_NOT_A_RECEIPT = Text(
    "{path} 不是回执；请给出 assess --format json 或 jsonl 的输出",
    "{path} is not a receipt; give what `assess --format json` or jsonl wrote",
)

_HOLDS = Text("√ {name}：仍然成立", "√ {name}: still holds")
_STANDS = Text("√ {name}：结论仍然成立", "√ {name}: its conclusions still stand")
_CHANGED = Text("× {name}：结论有变化", "× {name}: its conclusions have changed")
_REFUSED = Text("× {name}：事实已不能采用", "× {name}: its facts cannot be taken any more")
_BROKEN = Text("× {name}：回执残缺", "× {name}: the receipt is incomplete")


MOST_BYTES = 1 << 30
"""Bytes of a file of receipts."""


def replay(
    file: Annotated[
        Path,
        typer.Argument(
            help="A receipt, or what `assess --format json` or jsonl wrote. 回执，或 assess 输出的 json、jsonl。",
            show_default=False,
        ),
    ],
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """Whether receipts still hold, and what has changed. 复核以前的研判结果是否仍然成立。"""
    book, console = open_book(rules, measures), paper(sys.stdout, lang)
    receipts = list(read_receipts(file))
    replays = [_replay(book, receipt, console) for receipt in receipts]
    if len(receipts) > 1:
        for line in totals([replay for replay in replays if replay is not None], len(receipts)):
            console.say(line)
    return FAULTS if any(replay is None or replay for replay in replays) else 0


def read_receipts(path: Path) -> Iterator[dict[str, Any]]:
    """The receipts of a file, each by itself or within an assessment, as JSON or JSON Lines."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else MOST_BYTES + 1
            raw = file.read() if size <= MOST_BYTES else b""
        if size > MOST_BYTES:
            raise WrongUse(_NOT_READABLE.fill(path=path, most=MOST_BYTES >> 20))
        text = raw.decode("utf-8-sig")
        try:
            data = json.loads(text)
        except json.JSONDecodeError:
            data = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):  # no JSON, no UTF-8, a number without end, or too deep
        raise _no_receipt(path) from None
    items = data if isinstance(data, list) else [data]
    if not items:
        raise _no_receipt(path)
    for item in items:
        receipt = item.get("receipt", item) if isinstance(item, dict) else None
        if not isinstance(receipt, dict) or not {"case", "outcomes", "rulebook"} <= receipt.keys():
            raise _no_receipt(path)
        yield receipt


def _no_receipt(path: Path) -> WrongUse:
    return WrongUse(_NOT_A_RECEIPT.fill(path=path))


def _replay(book: Book, receipt: dict[str, Any], console: Paper) -> Replay | None:
    """Print how one receipt fares; None where it cannot be made again."""
    case = receipt["case"]
    name = visible(masked(str(case.get("id", "?")))) if isinstance(case, dict) else "?"
    try:
        replay = book.replay(receipt)
    except CaseError as error:
        console.say(_REFUSED.fill(name=name), "red")
        show_problems(error.problems, console)
        return None
    except ValueError:
        console.say(_BROKEN.fill(name=name), "red")
        return None
    head = _HOLDS if not replay else _CHANGED if replay.conclusions else _STANDS
    console.say(head.fill(name=name), "bold" if replay else "")
    for line in changes(replay, book.rulebook):
        console.say(DETAIL.fill(words=line))
    return replay
