"""The figures of a ledger on a page, by period and property, published numbers held to it, and the months as a picture."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reformkit.desk.asking import Answer, Ask, Download, NotThere, address
from reformkit.extras import MissingExtra
from reformkit.ledger_desk.forms import NO_PERIOD
from reformkit.ledger_desk.room import LedgerRoom
from reformkit.model.figure import DIMENSIONS
from reformkit.overseeing.figures import Figures
from reformkit.printing.figures import group_labels
from reformkit.problem import Problem, RulebookError, WrongUse
from reformkit.text import Text

TITLE = Text("指标", "Figures")
SVG = "image/svg+xml"
_HEADS = (
    Text("指标", "Figure"),
    Text("报送", "Reported"),
    Text("验收认定", "Accepted"),
    Text("其中补录", "Entered late"),
)
_WORDS = {
    "period": Text("统计期（2022、2022-03、2022-Q1，不填为全部）", "Period (2022, 2022-03, 2022-Q1; else all time)"),
    "by": Text("分组", "By"),
    "none": Text("不分组", "together"),
    "show": Text("查看", "Show"),
    "months": Text("逐月情况", "Month by month"),
    "published": Text("公布的数字", "Published numbers"),
    "agree": Text("公布的数字都能由台账算出。", "All published numbers come out of the ledger."),
    "without": Text("未填", "not said"),
}
_NO_FIGURES = Text("规则册没有指标文件 figures.yaml。", "The rulebook has no figures.yaml.")


@dataclass(frozen=True)
class FigureLine:
    """A figure: its cells, the reported, the accepted and the late; or one for each group."""

    title: Text
    cells: tuple[str, ...]


@dataclass(frozen=True)
class GroupOption:
    """A property by which figures may be told apart."""

    id: str
    label: Text
    is_chosen: bool


@dataclass(frozen=True)
class FiguresView:
    """The figures of a period."""

    title: Text
    period: str
    groups: tuple[GroupOption, ...]
    heads: tuple[Text, ...]
    lines: tuple[FigureLine, ...]
    faults: tuple[Text, ...]
    problems: tuple[Problem, ...]
    is_checked: bool
    months_href: str
    words: Mapping[str, Text]


def figures_view(room: LedgerRoom, ask: Ask) -> FiguresView:
    """The figures that the query asks for."""
    period, by = ask.of_query("period").strip(), ask.of_query("by")
    faults: tuple[Text, ...] = ()
    heads: tuple[Text, ...] = _HEADS
    lines: tuple[FigureLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_checked = False
    try:
        figures = room.ledger.figures(period or None)
        if by in DIMENSIONS:
            heads, lines = _grouped(figures.groups(by), group_labels(room.ledger.book.rulebook, by))
        else:
            lines = _together(figures)
        problems = tuple(room.ledger.figures().check())
        is_checked = bool(figures.rules.published)
    except ValueError:
        faults = (NO_PERIOD.fill(period=period),)
    except RulebookError:
        faults = (_NO_FIGURES,)
    return FiguresView(
        TITLE,
        period,
        tuple(GroupOption(one, label, one == by) for one, label in DIMENSIONS.items()),
        heads,
        lines,
        faults,
        problems,
        is_checked,
        address("/figures/months.svg", {"period": period} if period and not faults else {}),
        _WORDS,
    )


def _together(figures: Figures) -> tuple[FigureLine, ...]:
    return tuple(
        FigureLine(one.title, tuple(map(_shown, (one.value, one.accepted, one.late or None)))) for one in figures
    )


def _grouped(
    groups: Mapping[str | None, Figures], labels: Mapping[str, Text]
) -> tuple[tuple[Text, ...], tuple[FigureLine, ...]]:
    """A column a group, a line a figure."""
    heads = (_HEADS[0], *(labels.get(name, Text.same(name)) if name else _WORDS["without"] for name in groups))
    found = list(groups.values())
    ids = found[0].rules.figures if found else ()
    return heads, tuple(FigureLine(found[0][id].title, tuple(_shown(of[id].value) for of in found)) for id in ids)


def months_picture(room: LedgerRoom, ask: Ask) -> Answer:
    """The months as a picture."""
    try:
        months = room.ledger.monthly(ask.of_query("period") or None)
        with tempfile.TemporaryDirectory(prefix="reformkit-") as folder:
            return Download("months.svg", SVG, months.save(Path(folder, "months.svg"), ask.lang).read_bytes())
    except (ValueError, MissingExtra, WrongUse):
        raise NotThere from None


def _shown(value: object) -> str:
    return "—" if value is None else str(value)
