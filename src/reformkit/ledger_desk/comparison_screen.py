"""Reform beside indicators of integrity: a table is handed in, and shown beside the shares; nothing of it is kept."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reformkit.desk.asking import Answer, Ask, Show
from reformkit.extras import MissingExtra
from reformkit.ledger_desk.forms import NO_PERIOD
from reformkit.ledger_desk.room import HERE, LedgerRoom, at_name
from reformkit.overseeing.comparison import Comparison
from reformkit.overseeing.comparison_sheet import heads, notes, rows_of
from reformkit.problem import Problem, RulebookError, TableError, WrongUse
from reformkit.reading import keywords
from reformkit.text import Lang, Text

TITLE = Text("比对", "Comparison")
MOST = 8 << 20
"""Bytes of a table of indicators."""
_WORDS = {
    "table": Text("指标表（.csv 或 .xlsx）", "Table of indicators (.csv or .xlsx)"),
    "by": Text("按", "By"),
    "period": Text("统计期（不填为全部）", "Period (else all time)"),
    "show": Text("并列", "Set side by side"),
    "needs_script": Text("交指标表需要浏览器允许脚本。", "Handing in a table needs scripts."),
    "how": Text(
        "机关填报的指标与促改占比并列；指标表只用来显示，不保存。",
        "Indicators that the office states beside the shares of reform; the table is shown and not kept.",
    ),
}
_NO_RULES = Text("规则册没有比对文件 integrity.yaml。", "The rulebook has no integrity.yaml.")
_NO_GROUP = Text("不能按“{by}”比对", "nothing is compared by `{by}`")
_YEARS = Text(
    "按年度比对的，每行就是一个统计期，不另填统计期", "Of years each row is a period of its own; leave the period out"
)


@dataclass(frozen=True)
class GroupChoice:
    """By what there can be rows."""

    id: str
    label: Text
    is_chosen: bool


@dataclass(frozen=True)
class ComparisonView:
    """The form, and what came of the table that was handed in."""

    title: Text
    groups: tuple[GroupChoice, ...]
    period: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    picture: str | None
    """As a `data:` address."""
    problems: tuple[Problem, ...]
    faults: tuple[Text, ...]
    words: Mapping[str, Text]


def comparison_view(room: LedgerRoom, ask: Ask) -> ComparisonView:
    """The form."""
    return _view(room, ask)


def compared(room: LedgerRoom, ask: Ask) -> Answer:
    """What a table comes to: its bytes are the body, `name`, `by` and `period` stand in the query."""
    by, period = ask.of_query("by"), ask.of_query("period").strip()
    rules = room.ledger.book.rulebook.integrity
    fault = None
    if rules is not None and by not in rules.by:
        fault = _NO_GROUP.fill(by=by)
    elif by == "year" and period:
        fault = _YEARS
    if fault is not None:
        return Show(f"{HERE}:comparison.html", _view(room, ask, faults=(fault,)), 422)
    ending = Path(ask.of_query("name")).suffix.lower()
    name = Path(ask.of_query("name")).name or f"table{ending}"
    try:
        with tempfile.TemporaryDirectory(prefix="reformkit-") as folder:
            path = Path(folder, f"table{ending}")
            path.write_bytes(ask.body)
            found = room.ledger.compare(path, by, period or None)
            return Show(f"{HERE}:comparison.html", _view(room, ask, found, at_name(found.problems, path, name)))
    except TableError as error:
        return Show(f"{HERE}:comparison.html", _view(room, ask, None, at_name(error.problems, path, name)), 422)
    except RulebookError:
        return Show(f"{HERE}:comparison.html", _view(room, ask, faults=(_NO_RULES,)), 422)
    except ValueError:
        return Show(f"{HERE}:comparison.html", _view(room, ask, faults=(NO_PERIOD.fill(period=period),)), 422)


def _view(
    room: LedgerRoom,
    ask: Ask,
    found: Comparison | None = None,
    problems: tuple[Problem, ...] = (),
    faults: tuple[Text, ...] = (),
) -> ComparisonView:
    rules, by = room.ledger.book.rulebook.integrity, ask.of_query("by")
    groups = () if rules is None else rules.by
    return ComparisonView(
        TITLE,
        tuple(GroupChoice(one, Text(keywords.GROUPS[one], one.replace("_", " ")), one == by) for one in groups),
        ask.of_query("period"),
        () if found is None else tuple(heads(found, ask.lang)),
        () if found is None else tuple(tuple(_cell(cell) for cell in row) for row in rows_of(found, ask.lang)),
        () if found is None else tuple(notes(found, ask.lang)),
        None if found is None else _picture(found, ask.lang),
        problems,
        faults,
        _WORDS,
    )


def _picture(found: Comparison, lang: Lang) -> str | None:
    """The picture as a `data:` address; None where pictures cannot be drawn here."""
    try:
        with tempfile.TemporaryDirectory(prefix="reformkit-") as folder:
            data = found.save(Path(folder, "comparison.svg"), lang).read_bytes()
    except (MissingExtra, WrongUse):
        return None
    return f"data:image/svg+xml;base64,{base64.b64encode(data).decode()}"


def _cell(cell: object) -> str:
    return "" if cell is None else str(cell)
