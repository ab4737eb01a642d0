"""`reformkit item`: items of reform opened, found and looked at; the verbs that carry them on stand in `acts`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from reformkit.extras import extra
from reformkit.model.evidence import Evidence
from reformkit.printing.items import list_items, show_item, show_menu
from reformkit.printing.paper import paper, speak
from reformkit.problem import WrongUse
from reformkit.terminal.opening import LedgerAt, OfficeFile, day_of, open_ledger
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder, a_day
from reformkit.text import Text

if TYPE_CHECKING:
    from reformkit.ledger.item import Item
    from reformkit.ledger.ledger import Ledger

_NOT_ONE_CASE = Text("{case} 中有 {count} 案，立项须恰为一案", "{case} holds {count} cases, not one")
_NO_STATE = Text("没有“{state}”这一状态", "{error}")
_NO_DAY = Text("“{words}”的日期须写成 年-月-日", "the day of `{words}` is to be YYYY-MM-DD")
_NO_PAIR = Text("“{words}”须写成 键=值", "`{words}` is to be written as KEY=WORDS")

ItemId = Annotated[str, typer.Argument(metavar="ITEM", help="Id of an item. 促改事项编号。", show_default=False)]
By = Annotated[str, typer.Option("--by", metavar="ACCOUNT", help="Account that acts. 经办账号。", show_default=False)]
On = Annotated[
    datetime | None,
    a_day("Day it happened; else today. 发生日，默认今天。"),
]
ActId = Annotated[
    str | None,
    typer.Option(
        "--id", help="The caller's id: the same again is the same act. 自编号，重复提交不重记。", show_default=False
    ),
]
Late = Annotated[
    str | None, typer.Option("--late", metavar="REASON", help="Why it is entered late. 补录理由。", show_default=False)
]
AsOf = Annotated[
    datetime | None,
    a_day("As of a day. 截至某日。"),
]
Format = Annotated[
    Literal["text", "json", "jsonl"],
    typer.Option(
        help="Format of the output; jsonl: a line an item, step or act. 输出格式；jsonl 每项、每步或每号一行。"
    ),
]

_OPENED = Text("已立项 {item}，按“{procedure}”办理。", "Opened {item} under `{procedure}`.")
_NO_ITEM = Text(
    "台账中没有事项“{item}”{hint}；用 reformkit item list 列出全部",
    "the ledger has no item `{item}`{hint}; `reformkit item list` lists them all",
)


@contextmanager
def one_item(id: str, ledger: str, office: Path | None, rules: Path | None, **options: bool) -> Iterator[Item]:
    """An item of a ledger that is opened for the block. Raises `WrongUse` for one that is not there."""
    with open_ledger(ledger, office, rules, None, **options) as opened:
        yield found(opened, id)


def found(ledger: Ledger, id: str) -> Item:
    """An item of a ledger. Raises `WrongUse` for one that is not there."""
    try:
        return ledger.item(id)
    except KeyError:
        with extra("practice"):
            from reformkit.practising.nearest import hint  # noqa: PLC0415

        near = hint(id, [item.id for item in ledger.items()])
        raise WrongUse(_NO_ITEM.fill(item=id, hint=near)) from None


def open_item(
    case: Annotated[
        Path | None,
        typer.Argument(metavar="CASE", help="A file with the one case. 案件文件，只含一案。", show_default=False),
    ] = None,
    *,
    ledger: LedgerAt,
    by: By,
    on: On = None,
    procedure: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Procedure; else by the source. 流程，默认按来源。", show_default=False),
    ] = None,
    joined: Annotated[
        list[str] | None,
        typer.Option("--case", metavar="ID", help="A case that it joins. 并入的案件，可重复。", show_default=False),
    ] = None,
    matter: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=WORDS",
            help="Without a case: unit=…, responsible_unit=…, title=…. 没有案件的写单位等，可重复。",
            show_default=False,
        ),
    ] = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    id: ActId = None,
    late: Late = None,
    lang: Language = "zh",
) -> int:
    """Open an item from a case, or for a matter without one. 立项。"""
    with open_ledger(ledger, office, rules, measures) as opened:
        assessment = None
        if case is not None:
            cases = opened.book.read_cases(case)
            if len(cases) != 1:
                raise WrongUse(_NOT_ONE_CASE.fill(case=case, count=len(cases)))
            assessment = opened.assessed(cases[0])
        day = day_of(on) or opened.today()
        said = dict(pair(words) for words in matter or [])
        item = opened.open(
            assessment, by=by, on=day, procedure=procedure, cases=joined or (), matter=said, id=id, late=late
        )
        title = item.standing.procedure.title
        paper(sys.stdout, lang).say(_OPENED.fill(item=item.id, procedure=title))
    return 0


def list_of(
    ledger: LedgerAt,
    state: Annotated[
        str | None, typer.Option(help="In a state, id or words. 状态，如 整改中。", show_default=False)
    ] = None,
    case: Annotated[str | None, typer.Option(help="Of a case. 某案。", show_default=False)] = None,
    unit: Annotated[str | None, typer.Option(help="Of a unit. 某单位。", show_default=False)] = None,
    number: Annotated[
        str | None, typer.Option(help="With a letter of this number. 某文号。", show_default=False)
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue. 只列逾期的。")] = False,
    as_of: AsOf = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    format: Format = "text",
    lang: Language = "zh",
) -> int:
    """The items of a ledger. 列出事项。"""
    with open_ledger(ledger, office, rules, None, read_only=True) as opened:
        day = day_of(as_of)
        try:
            items = opened.items(state, case, True if overdue else None, day, unit, number)
        except ValueError as error:
            raise WrongUse(_NO_STATE.fill(state=state or "", error=str(error))) from None
        if format != "text":
            _as_data((item.to_dict(day) for item in items), format)
        else:
            list_items(items, day, paper(sys.stdout, lang))
    return 0


def show(
    item: ItemId,
    ledger: LedgerAt,
    as_of: AsOf = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    format: Format = "text",
    lang: Language = "zh",
) -> int:
    """One item: where it stands, what was asked, every act. 一个事项：状态、建议、全部记录。"""
    with one_item(item, ledger, office, rules, read_only=True) as opened:
        acts = [act.to_dict() for act in opened.acts] if format != "text" else []
        if format == "json":
            _as_data(opened.to_dict(day_of(as_of)) | {"acts": acts}, format)
        elif format == "jsonl":
            _as_data(acts, format)
        else:
            show_item(opened, day_of(as_of), paper(sys.stdout, lang))
    return 0


def menu(
    item: ItemId,
    ledger: LedgerAt,
    role: Annotated[str | None, typer.Option(help="Only of a role. 只看某角色的。", show_default=False)] = None,
    as_of: AsOf = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    format: Format = "text",
    lang: Language = "zh",
) -> int:
    """What can be done on an item now, by whom, until when, and what it lacks. 办理菜单。"""
    with one_item(item, ledger, office, rules, read_only=True) as opened:
        steps = opened.menu(role, day_of(as_of))
        if format != "text":
            _as_data([step.to_dict() for step in steps], format)
        else:
            show_menu(opened, steps, paper(sys.stdout, lang))
    return 0


def _as_data(said: Iterable[dict[str, Any]] | dict[str, Any], format: str) -> None:
    """Plain data as one JSON text, or a line for each of several."""
    speak(sys.stdout, data=True)
    if format == "jsonl":
        for one in said:
            typer.echo(json.dumps(one, ensure_ascii=False))
    else:
        typer.echo(json.dumps(said if isinstance(said, dict) else list(said), ensure_ascii=False, indent=2))


def pair(words: str) -> tuple[str, str]:
    """`key=words` taken apart. Raises `WrongUse`."""
    key, sign, value = words.partition("=")
    if not sign or not key.strip() or not value.strip():
        raise WrongUse(_NO_PAIR.fill(words=words))
    return key.strip(), value.strip()


def dated(words: str, day: date) -> Evidence:
    """A file of evidence as `FILE@DAY`; without a day it bears `day`. Raises `WrongUse` for a day that is none."""
    path, sign, written = words.rpartition("@")
    if not sign:
        return Evidence(words, day)
    try:
        return Evidence(path, date.fromisoformat(written))
    except ValueError:
        if Path(words).exists():
            return Evidence(words, day)
        raise WrongUse(_NO_DAY.fill(words=words)) from None
