"""The rules as a workbook: taken out with what is staged, and taken back change by change, each with its effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from reformkit.desk.asking import (
    XLSX,
    Action,
    Answer,
    Ask,
    Download,
    GivenFile,
    Goto,
    NotThere,
    Screen,
    Show,
    whole_number,
)
from reformkit.desk.desk import Desk
from reformkit.desk.file_text import FileText
from reformkit.desk.staging import Clash
from reformkit.extras import extra
from reformkit.grid.plans import plans
from reformkit.importing.result import ImportChange, ImportKind, ImportResult
from reformkit.importing.staging import stage_workbook
from reformkit.problem import Place, Problem, RulebookError
from reformkit.reporting.diff import RegionInWords, say_regions
from reformkit.text import Text

PATH = "/workbook"
MOST = 32 << 20
"""Bytes of a workbook that is given."""

KINDS: dict[ImportKind, Text] = {
    "changed": Text("改", "changed"),
    "added": Text("新增", "added"),
    "deleted": Text("删除", "deleted"),
    "moved": Text("调整次序", "moved"),
}
_NONE_TICKED = Text("没有勾选任何改动。", "no change is ticked.")
_UNSOUND = Text("暂存的改动有错误，请先改正，再导入工作簿。", "the staged edits have errors; put them right before a workbook is taken back.")  # fmt: skip


@dataclass(frozen=True)
class ChangeRow:
    """A change that the workbook makes; `where` is its sheet and cell."""

    number: int
    kind: Text
    where: str
    id: str
    heading: Text
    before: str
    after: str
    is_cell: bool
    """Whether words of one cell are others now, and not a whole rule."""


@dataclass(frozen=True)
class WorkbookView:
    """The workbook that was given: `name` is empty where there is none. What stands in the way is in `problems`."""

    name: str
    digest: str
    rows: tuple[ChangeRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    can_take: bool = False
    said: Text | None = None


@dataclass(frozen=True)
class ChangeEffect:
    """What one change does by itself: the regions of each decision."""

    regions: tuple[tuple[Text, tuple[RegionInWords, ...]], ...]
    problems: tuple[Problem, ...]


def workbook_view(desk: Desk, ask: Ask) -> WorkbookView:
    """The view of what was given."""
    return _view(desk)


def _view(desk: Desk, said: Text | None = None) -> WorkbookView:
    given = desk.workbook
    if given is None:
        return WorkbookView("", "", said=said)
    try:
        result = taken_back(desk, given)
    except RulebookError:
        return WorkbookView(given.name, given.digest, said=_UNSOUND)
    rows = tuple(_row(number, change) for number, change in enumerate(result.changes))
    return WorkbookView(given.name, given.digest, rows, result.problems, result.sound and bool(rows), said)


def taken_back(
    desk: Desk, given: GivenFile, leave: Iterable[ImportChange] = (), *, weighed: bool = False
) -> ImportResult:
    """What a workbook changes of the files as they are staged, without those changes that are to be left.

    Rows that are gone are deleted: whoever looks it over confirms that. Raises `RulebookError` where what is staged has
    errors.
    """
    try:
        texts = desk.staged_texts()
    except Clash:
        raise RulebookError([]) from None
    with desk.bench_aside() as bench:  # not the one by which what is typed is read
        return stage_workbook(given.data, bench, texts, name=given.name, delete=True, leave=[*leave], weighed=weighed)


def _row(number: int, change: ImportChange) -> ChangeRow:
    place = Place("", change.place.line, change.place.column, change.place.sheet)
    return ChangeRow(
        number,
        KINDS[change.kind],
        str(place).strip(),
        change.id.partition("#")[0],
        change.heading,
        change.before,
        change.after,
        change.kind == "changed",
    )


def change_effect(desk: Desk, ask: Ask) -> ChangeEffect:
    """What one change does where all others are left."""
    given, number = desk.workbook, whole_number(ask.path["number"])
    if given is None or number is None:
        raise NotThere
    whole = _result(desk, given)
    if number >= len(whole.changes):
        raise NotThere
    alone = _result(desk, given, _all_but(whole.changes, {number}), weighed=True)
    regions = () if alone.diff is None else tuple((title, tuple(some)) for title, some in say_regions(alone.diff))
    return ChangeEffect(regions, (*alone.problems, *(alone.checked or ())))


def _result(desk: Desk, given: GivenFile, leave: Iterable[ImportChange] = (), weighed: bool = False) -> ImportResult:  # fmt: skip
    try:
        return taken_back(desk, given, leave, weighed=weighed)
    except RulebookError:
        raise NotThere from None


def _all_but(changes: tuple[ImportChange, ...], numbers: set[int]) -> list[ImportChange]:
    return [change for number, change in enumerate(changes) if number not in numbers]


def download(desk: Desk, ask: Ask) -> Download:
    """The rules as a workbook, with what is staged in them."""
    with extra("excel"):
        from reformkit.workbook.rules_out import write_rules  # noqa: PLC0415
    book = desk.book
    file = BytesIO()
    made = list(plans(book.rulebook, book.library, ask.lang))
    write_rules(file, made, book.rulebook.name, book.rulebook.version, book.digest, ask.lang)
    return Download(f"{book.rulebook.name}.xlsx", XLSX, file.getvalue())


def give(desk: Desk, ask: Ask) -> Answer:
    """Keep the workbook that was sent, to be looked over; nothing is staged yet."""
    desk.workbook = GivenFile(ask.of_query("name")[-200:] or "workbook.xlsx", ask.body)
    return Goto(PATH)


def take(desk: Desk, ask: Ask) -> Answer:
    """Stage the changes that are ticked (`change`), if the workbook is still the one that was shown (`digest`)."""
    given = desk.workbook
    if given is None or ask.of_form("digest") != given.digest:
        return Goto(PATH)
    ticked = {number for word in ask.form.get("change", ()) if (number := whole_number(word)) is not None}
    if not ticked:
        return Show("workbook.html", _view(desk, _NONE_TICKED), 409)
    whole = _result(desk, given)
    result = _result(desk, given, _all_but(whole.changes, ticked))
    if not result.sound:
        return Show("workbook.html", _view(desk), 409)
    files = {path: FileText.of(text.encode()) for path, text in result.texts.items()}
    desk.stage_texts({path: result.texts[path] if file is None else file.text for path, file in files.items()})
    desk.workbook = None
    return Goto("/save")


def drop(desk: Desk, ask: Ask) -> Answer:
    """Put the workbook away."""
    desk.workbook = None
    return Goto(PATH)


SCREENS = (
    Screen(PATH, "workbook.html", workbook_view, Text("Excel", "Excel"), is_slow=True),
    Screen(f"{PATH}/rules.xlsx", "workbook.html", download, is_slow=True),
    Screen(f"{PATH}/effect/{{number}}", "workbook_effect.html", change_effect, is_slow=True),
)
ACTIONS = (
    Action(PATH, give, MOST),
    Action(f"{PATH}/take", take),
    Action(f"{PATH}/drop", drop),
)
