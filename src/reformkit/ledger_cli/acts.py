"""`reformkit item`: the verbs that carry an item on. What is refused is said in full, and nothing is written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from reformkit.ledger.facts_told import facts_told
from reformkit.ledger_cli.item import ActId, By, ItemId, Late, On, dated, found, pair
from reformkit.model.act import Act
from reformkit.model.evidence import Evidence
from reformkit.printing.items import say_written
from reformkit.printing.paper import paper
from reformkit.terminal.opening import LedgerAt, OfficeFile, day_of, open_ledger
from reformkit.terminal.options import Language, RulesFolder, taking

if TYPE_CHECKING:
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
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the letter. 文号。", show_default=False)]
StepId = Annotated[
    str, typer.Argument(metavar="STEP", help="A step as `item menu` shows it. 步骤，见 item menu。", show_default=False)
]


class ActWords(TypedDict):
    """What every verb of an item takes."""

    by: str
    on: date
    id: str | None
    late: str | None


@dataclass(frozen=True, slots=True)
class ActOptions:
    """What is said of every act, beside what the act itself says."""

    item: ItemId
    ledger: LedgerAt
    by: By
    on: On = None
    office: OfficeFile = None
    rules: RulesFolder = None
    id: ActId = None
    late: Late = None
    lang: Language = "zh"

    def write(self, verb: Callable[[Item, ActWords], Act]) -> int:
        """Do the act to the item, and say what was written."""
        with open_ledger(self.ledger, self.office, self.rules, None, create=False) as opened:
            item = found(opened, self.item)
            said = ActWords(by=self.by, on=day_of(self.on) or opened.today(), id=self.id, late=self.late)
            say_written(item, verb(item, said), paper(sys.stdout, self.lang))
        return 0


def _evidence(files: list[str] | None, said: ActWords) -> list[Evidence]:
    return [dated(words, said["on"]) for words in files or []]


@taking(ActOptions)
def do(
    options: ActOptions,
    step: StepId,
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
) -> int:
    """Do a step, or let a gate speak. 办结一步；两关写明意见。"""
    of_gate = {"通过": "passed", "不通过": "rejected"}.get(opinion or "", opinion)
    return options.write(
        lambda item, said: item.do(
            step, opinion=of_gate, reason=reason, papers=sheets or (), evidence=_evidence(evidence, said), unit=unit,
            consent=consent, **said,
        )
    )  # fmt: skip


@taking(ActOptions)
def tell(
    options: ActOptions,
    facts: Annotated[list[str], typer.Argument(metavar="FACT=VALUE…", help="Facts. 事实=取值。", show_default=False)],
) -> int:
    """Tell facts that became known; the item is assessed afresh. 补报事实，重新研判。"""
    return options.write(lambda item, said: item.tell(**said, **facts_told(item, map(pair, facts))))


@taking(ActOptions)
def receive(options: ActOptions, number: Number, unit: OfUnit = None, evidence: Files = None) -> int:
    """A unit has received a letter. 签收文书。"""
    return options.write(lambda item, said: item.receive(number, unit=unit, evidence=_evidence(evidence, said), **said))


@taking(ActOptions)
def result(
    options: ActOptions,
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="What came of it, such as risk_point. 成果种类，如 risk_point。", show_default=False
        ),
    ],
    count: Annotated[int, typer.Argument(metavar="COUNT", help="How many. 数量。", show_default=False)],
    evidence: Files = None,
    suggestion: Annotated[str | None, typer.Option(help="Of a suggestion. 所答建议。", show_default=False)] = None,
    unit: OfUnit = None,
) -> int:
    """A unit reports what it has done, with evidence. 报送成果。"""
    return options.write(
        lambda item, said: item.result(
            what, count, evidence=_evidence(evidence, said), suggestion=suggestion, unit=unit, **said
        )
    )


@taking(ActOptions)
def judge(
    options: ActOptions,
    suggestion: Annotated[str, typer.Argument(metavar="SUGGESTION", help="Its id. 建议编号。", show_default=False)],
    criterion: Annotated[str, typer.Argument(metavar="CRITERION", help="Its id. 标准编号。", show_default=False)],
    unmet: Annotated[bool, typer.Option("--unmet", help="It is not met. 未达标。")] = False,
    evidence: Files = None,
    reason: Reason = None,
) -> int:
    """Judge one criterion of a suggestion. 逐条判定。"""
    return options.write(
        lambda item, said: item.judge(
            suggestion, criterion, not unmet, evidence=_evidence(evidence, said), reason=reason, **said
        )
    )


@taking(ActOptions)
def accept(
    options: ActOptions,
    countersigned: Annotated[
        str | None,
        typer.Option("--with", metavar="ACCOUNT", help="The other of the two. 共同验收的账号。", show_default=False),
    ] = None,
) -> int:
    """Accept the reform, by two. 验收通过。"""
    return options.write(lambda item, said: item.accept(countersigned=countersigned, **said))


@taking(ActOptions)
def fail(options: ActOptions, reason: Reason = None) -> int:
    """Refuse acceptance; the item goes back. 验收不通过。"""
    return options.write(lambda item, said: item.fail(reason or "", **said))


@taking(ActOptions)
def visit(
    options: ActOptions,
    failed: Annotated[bool, typer.Option("--failed", help="The reform was found undone. 回访不合格。")] = False,
    reason: Reason = None,
    sheets: Sheets = None,
    evidence: Files = None,
) -> int:
    """A return visit. 回访。"""
    return options.write(
        lambda item, said: item.visit(
            not failed, reason=reason, papers=sheets or (), evidence=_evidence(evidence, said), **said
        )
    )


@taking(ActOptions)
def extend(
    options: ActOptions,
    step: StepId,
    days: Annotated[int, typer.Argument(metavar="DAYS", help="How many days. 日数。", show_default=False)],
    reason: Reason = None,
    evidence: Files = None,
) -> int:
    """Give a step more days, before it is due. 延期。"""

    def verb(item: Item, said: ActWords) -> Act:
        files = _evidence(evidence, said)
        return item.extend(step, days, reason or "", files[0] if files else None, **said)

    return options.write(verb)


@taking(ActOptions)
def suspend(options: ActOptions, reason: Reason = None) -> int:
    """Stop the item's clock. 中止。"""
    return options.write(lambda item, said: item.suspend(reason or "", **said))


@taking(ActOptions)
def resume(options: ActOptions) -> int:
    """Let the clock run again. 恢复。"""
    return options.write(lambda item, said: item.resume(**said))


@taking(ActOptions)
def press(options: ActOptions, step: StepId, reason: Reason = None) -> int:
    """Press for a step that is open. 督办一步。"""
    return options.write(lambda item, said: item.press(step, reason=reason, **said))


@taking(ActOptions)
def escalate(options: ActOptions, reason: Reason = None) -> int:
    """Pass the item on to the leaders. 转督办。"""
    return options.write(lambda item, said: item.escalate(reason or "", **said))


@taking(ActOptions)
def void(options: ActOptions, number: Number, reason: Reason = None) -> int:
    """A letter was issued in error. 作废文书。"""
    return options.write(lambda item, said: item.void(number, reason or "", **said))


@taking(ActOptions)
def merge(
    options: ActOptions,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The other item. 并入的事项。", show_default=False)],
    reason: Reason = None,
) -> int:
    """Let it go on as a part of another item. 并入他项。"""
    return options.write(lambda item, said: item.merge_into(into, reason or "", **said))


@taking(ActOptions)
def move(
    options: ActOptions,
    procedure: Annotated[str, typer.Argument(metavar="PROCEDURE", help="Its id. 流程。", show_default=False)],
    reason: Reason = None,
) -> int:
    """Let it go on under another procedure, or the present text of its own. 转入流程。"""
    return options.write(lambda item, said: item.move_to(procedure, reason or "", **said))


@taking(ActOptions)
def end(options: ActOptions, reason: Reason = None) -> int:
    """End the item before its procedure ends. 终止。"""
    return options.write(lambda item, said: item.end(reason or "", **said))


@taking(ActOptions)
def correct(
    options: ActOptions,
    seq: Annotated[int, typer.Argument(metavar="SEQ", help="Number of the act. 记录号。", show_default=False)],
    fields: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE…", help="What should have stood. 应为。", show_default=False)
    ],
    reason: Reason = None,
) -> int:
    """Say what should have stood in an act; the old line stays. 更正，原记录保留。"""

    def verb(item: Item, said: ActWords) -> Act:
        data = {name: int(value) if value.isascii() and value.isdigit() else value for name, value in map(pair, fields)}
        return item.correct(seq, data, reason or "", **said)

    return options.write(verb)


VERBS = (
    do, tell, receive, result, judge, accept, fail, visit, extend, suspend, resume, press, escalate, void, merge,
    move, end, correct,
)  # fmt: skip
