"""`reformkit item`: the verbs that carry an item on. What is refused is said in full, and nothing is written.

Long because every verb states its own options, which is what its `--help` is made of.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reformkit.cli.item import ActId, By, ItemId, Late, On, found, pair
from reformkit.cli.opening import LedgerAt, OfficeFile, day_of, open_ledger
from reformkit.cli.options import Language, RulesFolder
from reformkit.model.act import Act
from reformkit.model.evidence import Evidence
from reformkit.printing.items import say_written
from reformkit.printing.paper import paper
from reformkit.problem import WrongUse

if TYPE_CHECKING:
    from reformkit.book import Book
    from reformkit.ledger.item import Item

Reason = Annotated[str | None, typer.Option("--reason", help="Reason. 理由。", show_default=False)]
Files = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="FILE[@DAY]",
        help="A file, and the day that it bears. 佐证及其日期，可重复。",
        show_default=False,
    ),
]
Sheets = Annotated[
    list[str] | None, typer.Option("--paper", help="A paper of the step. 这一步的材料，可重复。", show_default=False)
]
OfUnit = Annotated[str | None, typer.Option("--unit", help="For a unit. 代某单位。", show_default=False)]
StepId = Annotated[str, typer.Argument(metavar="STEP", help="A step, id or title. 步骤。", show_default=False)]

Verb = Callable[["Item", date], Act]


def _written(item: str, ledger: str, office: Path | None, rules: Path | None, on: Any, lang: Any, verb: Verb) -> int:
    with open_ledger(ledger, office, rules, None) as opened:
        one = found(opened, item)
        act = verb(one, day_of(on) or opened.today())
        say_written(one, act, paper(sys.stdout, lang))
    return 0


def _evidence(files: list[str] | None, day: date) -> list[Evidence]:
    return [_one(words, day) for words in files or []]


def _one(words: str, day: date) -> Evidence:
    path, sign, dated = words.rpartition("@")
    if not sign:
        return Evidence(words, day)
    try:
        return Evidence(path, date.fromisoformat(dated))
    except ValueError:
        if Path(words).exists():
            return Evidence(words, day)
        raise WrongUse(f"“{words}”的日期须写成 年-月-日", f"the day of `{words}` is to be YYYY-MM-DD") from None


def do(
    item: ItemId,
    step: StepId,
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    opinion: Annotated[
        str | None, typer.Option(help="Of a gate: passed or rejected. 关口意见：通过、不通过。", show_default=False)
    ] = None,
    reason: Reason = None,
    sheets: Sheets = None,
    evidence: Files = None,
    unit: OfUnit = None,
    consent: Annotated[
        bool, typer.Option("--consent", help="It may stand in the casebook. 同意编入案例汇编。")
    ] = False,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Do a step, or let a gate speak. 办结一步；两关写明意见。"""
    said = {"通过": "passed", "不通过": "rejected"}.get(opinion or "", opinion)

    def verb(one: Item, day: date) -> Act:
        files = _evidence(evidence, day)
        return one.do(
            step, by=by, on=day, opinion=said, reason=reason, papers=sheets or (), evidence=files, unit=unit,
            consent=consent, id=id, late=late,
        )  # fmt: skip

    return _written(item, ledger, office, rules, on, lang, verb)


def tell(
    item: ItemId,
    facts: Annotated[list[str], typer.Argument(metavar="FACT=VALUE…", help="Facts. 事实=取值。", show_default=False)],
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Tell facts that became known; the item is assessed afresh. 补报事实，重新研判。"""

    def verb(one: Item, day: date) -> Act:
        return one.tell(by=by, on=day, id=id, late=late, **_facts(facts, one))

    return _written(item, ledger, office, rules, on, lang, verb)


def _facts(words: list[str], item: Item) -> dict[str, Any]:
    """Facts as a case file would say them. Raises `CaseError` for what none can say."""
    book: Book = item.book  # type: ignore[assignment]  # the ledger's own book
    own = item.standing.opened.case
    lines = [f"id: {own['id'] if own else item.id}", *(": ".join(pair(one)) for one in words)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "facts.yaml")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        (case,) = book.read_cases(path)
    return {name: value for name, value in case.to_dict().items() if name != "id"}


def receive(
    item: ItemId,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the letter. 文号。", show_default=False)],
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    unit: OfUnit = None,
    evidence: Files = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """A unit has received a letter. 签收文书。"""

    def verb(one: Item, day: date) -> Act:
        return one.receive(number, by=by, on=day, unit=unit, evidence=_evidence(evidence, day), id=id, late=late)

    return _written(item, ledger, office, rules, on, lang, verb)


def result(
    item: ItemId,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="risk_point, institution … 成果。", show_default=False)],
    count: Annotated[int, typer.Argument(metavar="COUNT", help="How many. 数量。", show_default=False)],
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    evidence: Files = None,
    suggestion: Annotated[str | None, typer.Option(help="Of a suggestion. 所答建议。", show_default=False)] = None,
    unit: OfUnit = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """A unit reports what it has done, with evidence. 报送成果。"""

    def verb(one: Item, day: date) -> Act:
        files = _evidence(evidence, day)
        return one.result(
            what, count, by=by, on=day, evidence=files, suggestion=suggestion, unit=unit, id=id, late=late
        )

    return _written(item, ledger, office, rules, on, lang, verb)


def judge(
    item: ItemId,
    suggestion: Annotated[str, typer.Argument(metavar="SUGGESTION", help="Its id. 建议编号。", show_default=False)],
    criterion: Annotated[str, typer.Argument(metavar="CRITERION", help="Its id. 标准编号。", show_default=False)],
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    unmet: Annotated[bool, typer.Option("--unmet", help="It is not met. 未达标。")] = False,
    evidence: Files = None,
    reason: Reason = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Judge one criterion of a suggestion. 逐条判定。"""

    def verb(one: Item, day: date) -> Act:
        files = _evidence(evidence, day)
        return one.judge(
            suggestion, criterion, not unmet, by=by, on=day, evidence=files, reason=reason, id=id, late=late
        )

    return _written(item, ledger, office, rules, on, lang, verb)


def accept(
    item: ItemId,
    *,
    ledger: LedgerAt,
    by: By,
    countersigned: Annotated[
        str | None,
        typer.Option("--with", metavar="ACCOUNT", help="The other of the two. 共同验收的账号。", show_default=False),
    ] = None,
    on: On = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Accept the reform, by two. 验收通过。"""

    def verb(one: Item, day: date) -> Act:
        return one.accept(by=by, countersigned=countersigned, on=day, id=id, late=late)

    return _written(item, ledger, office, rules, on, lang, verb)


def visit(
    item: ItemId,
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    failed: Annotated[bool, typer.Option("--failed", help="The reform was found undone. 回访不合格。")] = False,
    reason: Reason = None,
    sheets: Sheets = None,
    evidence: Files = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """A return visit. 回访。"""

    def verb(one: Item, day: date) -> Act:
        files = _evidence(evidence, day)
        return one.visit(
            not failed, by=by, on=day, reason=reason, papers=sheets or (), evidence=files, id=id, late=late
        )

    return _written(item, ledger, office, rules, on, lang, verb)


def extend(
    item: ItemId,
    step: StepId,
    days: Annotated[int, typer.Argument(metavar="DAYS", help="How many days. 日数。", show_default=False)],
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    reason: Reason = None,
    evidence: Files = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Give a step more days, before it is due. 延期。"""

    def verb(one: Item, day: date) -> Act:
        files = _evidence(evidence, day)
        return one.extend(step, days, reason or "", files[0] if files else None, by=by, on=day, id=id, late=late)

    return _written(item, ledger, office, rules, on, lang, verb)


def press(
    item: ItemId,
    step: StepId,
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    reason: Reason = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Press for a step that is open. 督办一步。"""

    def verb(one: Item, day: date) -> Act:
        return one.press(step, by=by, on=day, reason=reason, id=id, late=late)

    return _written(item, ledger, office, rules, on, lang, verb)


def _plain(name: str, doc: str) -> Callable[..., int]:
    """A verb that takes nothing but a reason."""

    def command(
        item: ItemId,
        *,
        ledger: LedgerAt,
        by: By,
        on: On = None,
        reason: Reason = None,
        office: OfficeFile = None,
        rules: RulesFolder = None,
        id: ActId = None,
        late: Late = None,
        lang: Language = "zh",
    ) -> int:
        def verb(one: Item, day: date) -> Act:
            said: dict[str, Any] = {"by": by, "on": day, "id": id, "late": late}
            act: Act = getattr(one, name)(**said) if name == "resume" else getattr(one, name)(reason or "", **said)
            return act

        return _written(item, ledger, office, rules, on, lang, verb)

    command.__name__, command.__doc__ = name, doc
    return command


fail = _plain("fail", "Refuse acceptance; the item goes back. 验收不通过。")
suspend = _plain("suspend", "Stop the item's clock. 中止。")
resume = _plain("resume", "Let the clock run again. 恢复。")
escalate = _plain("escalate", "Pass the item on to the leaders. 转督办。")
end = _plain("end", "End the item before its procedure ends. 终止。")


def void(
    item: ItemId,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the letter. 文号。", show_default=False)],
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    reason: Reason = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """A letter was issued in error. 作废文书。"""

    def verb(one: Item, day: date) -> Act:
        return one.void(number, reason or "", by=by, on=day, id=id, late=late)

    return _written(item, ledger, office, rules, on, lang, verb)


def merge(
    item: ItemId,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The other item. 并入的事项。", show_default=False)],
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    reason: Reason = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Let it go on as a part of another item. 并入他项。"""

    def verb(one: Item, day: date) -> Act:
        return one.merge_into(into, reason or "", by=by, on=day, id=id, late=late)

    return _written(item, ledger, office, rules, on, lang, verb)


def move(
    item: ItemId,
    procedure: Annotated[str, typer.Argument(metavar="PROCEDURE", help="Its id. 流程。", show_default=False)],
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    reason: Reason = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Let it go on under another procedure, or the present text of its own. 转入流程。"""

    def verb(one: Item, day: date) -> Act:
        return one.move_to(procedure, reason or "", by=by, on=day, id=id, late=late)

    return _written(item, ledger, office, rules, on, lang, verb)


def correct(
    item: ItemId,
    seq: Annotated[int, typer.Argument(metavar="SEQ", help="Number of the act. 记录号。", show_default=False)],
    fields: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE…", help="What should have stood. 应为。", show_default=False)
    ],
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    reason: Reason = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Say what should have stood in an act; the old line stays. 更正，原记录保留。"""

    def verb(one: Item, day: date) -> Act:
        data = {name: int(value) if value.isascii() and value.isdigit() else value for name, value in map(pair, fields)}
        return one.correct(seq, data, reason or "", by=by, on=day, id=id, late=late)

    return _written(item, ledger, office, rules, on, lang, verb)


VERBS = (
    do, tell, receive, result, judge, accept, fail, visit, extend, suspend, resume, press, escalate, void, merge,
    move, end, correct,
)  # fmt: skip
