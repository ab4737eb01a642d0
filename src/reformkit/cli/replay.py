"""`reformkit replay`: whether receipts of earlier assessments still hold, and what has changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from reformkit.book import Book
from reformkit.cli.guard import FAULTS
from reformkit.cli.options import Language, MeasuresFolder, RulesFolder, open_book
from reformkit.model.decision import Status
from reformkit.printing.paper import Paper, paper
from reformkit.printing.problems import show_problems
from reformkit.problem import CaseError, WrongUse
from reformkit.reading.identity import masked
from reformkit.text import Lang
from reformkit.wording.decisions import say_outcome


class Counted(BaseModel):
    """A signal as a receipt holds it."""

    value: int | None


class Outcome(BaseModel):
    """What a decision came to, as a receipt holds it."""

    status: Status
    outcomes: list[str]
    possible: list[str]


class Digest(BaseModel):
    """Which rulebook a receipt is of."""

    sha256: str


class Receipt(BaseModel):
    """What of a receipt is needed to compute it again."""

    case: dict[str, Any]
    as_of: date | None
    signals: dict[str, Counted]
    rulebook: Digest
    outcomes: dict[str, Outcome]
    measures: list[str]


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
    book, console = open_book(rules, measures), paper(sys.stdout)
    held = 0
    receipts = list(read_receipts(file))
    for receipt in receipts:
        held += _replay(book, receipt, lang, console)
    if len(receipts) > 1:
        console.say(
            f"共 {len(receipts)} 份，仍然成立 {held} 份。" if lang == "zh" else f"{held} of {len(receipts)} still hold."
        )
    return 0 if held == len(receipts) else FAULTS


def read_receipts(path: Path) -> Iterator[dict[str, Any]]:
    """The receipts of a file, each by itself or within an assessment, as JSON or JSON Lines."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        try:
            said = json.loads(text)
        except json.JSONDecodeError:
            said = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):  # no JSON, no UTF-8, a number without end, or too deep
        raise _no_receipt(path) from None
    found = said if isinstance(said, list) else [said]
    if not found:
        raise _no_receipt(path)
    for item in found:
        receipt = item.get("receipt", item) if isinstance(item, dict) else None
        if not isinstance(receipt, dict) or not {"case", "outcomes", "rulebook"} <= receipt.keys():
            raise _no_receipt(path)
        yield receipt


def _no_receipt(path: Path) -> WrongUse:
    return WrongUse(
        f"{path} 不是回执；请给出 assess --format json 或 jsonl 的输出",
        f"{path} is not a receipt; give what `assess --format json` or jsonl wrote",
    )


def _replay(book: Book, said: dict[str, Any], lang: Lang, console: Paper) -> bool:
    """Print how one receipt fares; whether it still holds."""
    zh, case = lang == "zh", said["case"]
    name = masked(str(case.get("id", "?"))) if isinstance(case, dict) else "?"
    try:
        receipt = Receipt.model_validate(said)
        changed = book.replay(said)
    except CaseError as error:
        console.say(f"× {name}：事实已不能采用" if zh else f"× {name}: its facts cannot be taken any more", "red")
        show_problems(error.problems, lang, console)
        return False
    except ValueError:
        console.say(f"× {name}：回执残缺" if zh else f"× {name}: the receipt is incomplete", "red")
        return False
    if not changed:
        console.say(f"√ {name}：仍然成立" if zh else f"√ {name}: still holds")
        return True
    console.say(f"× {name}：有变化" if zh else f"× {name}: changed", "bold")
    for line in _changes(book, receipt, changed, lang):
        console.say(f"  {line}")
    return False


def _changes(book: Book, receipt: Receipt, changed: list[str], lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    counted = {name: count.value for name, count in receipt.signals.items() if count.value is not None}
    now = Receipt.model_validate(book.assess({**counted, **receipt.case}, as_of=receipt.as_of).receipt())
    for what in changed:
        if what == "digest":
            only = ("；结论和措施未变" if zh else "; decisions and measures are the same") if len(changed) == 1 else ""
            yield ("规则册或措施库已改动" if zh else "the rulebook or the library has been edited") + only
        elif what == "measures":
            gone = [m for m in receipt.measures if m not in now.measures]
            new = [m for m in now.measures if m not in receipt.measures]
            yield ("措施：" if zh else "measures: ") + (
                " ".join([*(f"−{m}" for m in gone), *(f"+{m}" for m in new)])
                or ("次序有变" if zh else "in another order")
            )
        else:
            before, after = (_outcome(book, what, r.outcomes.get(what), lang) for r in (receipt, now))
            table = book.rulebook.decisions.get(what)
            label = what if table is None else table.title.say(lang)
            yield f"{label}：原为“{before}”，现为“{after}”" if zh else f"{label}: was “{before}”, now “{after}”"


def _outcome(book: Book, decision: str, outcome: Outcome | None, lang: Lang) -> str:
    """A receipt's outcome in words: those given, or those possible while it is not settled."""
    zh, table = lang == "zh", book.rulebook.decisions.get(decision)
    if outcome is None:
        return "无此决策" if zh else "no such decision"
    settled = outcome.status == "decided"
    names = outcome.outcomes if settled else outcome.possible
    said = ("、" if zh else ", ").join(n if table is None else say_outcome(table, n, lang) for n in names)
    return (said or ("无" if zh else "none")) if settled else f"尚不能确定：{said}" if zh else f"not settled: {said}"
