"""A diff as text: what changes for which cases first, then what else is not as it was."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.comparing.case_changes import CaseChange
from reformkit.comparing.diff import Diff
from reformkit.editing.fixture_text import fixture_text
from reformkit.printing.paper import Paper
from reformkit.printing.setting import Cell, plain_table
from reformkit.reporting.case_changes import say_came, say_rates
from reformkit.reporting.changes import say_changes
from reformkit.reporting.diff import RegionInWords, say_not_compared, say_regions
from reformkit.reporting.diff_unknown import say_unknown
from reformkit.reporting.item_effects import say_effects
from reformkit.text import DETAIL, LABELLED, SEMICOLON, Text

FEW_REGIONS, FEW_CASES = 40, 200
"""Up to so many regions of a decision, and changed cases, are shown; the rest is counted."""

CASE_HEADS = (
    Text("编号", "Id"),
    Text("案发单位", "Unit"),
    Text("决策", "Decision"),
    Text("原", "Before"),
    Text("现", "After"),
    Text("措施", "Measures"),
)

_TITLE = Text("比较规则册：原 {old}，新 {new}", "Rulebooks: {old} → {new}")
_SAME = Text("两个规则册没有差别。", "Nothing differs.")
_CHANGED = Text("改动 · {part}", "Changed · {part}")
_NOT_COMPARED = Text("未能比较的决策", "Not compared")
_OUTCOMES = Text("结论有变化的情形 · {decision}", "Outcomes · {decision}")
_MORE_REGIONS = Text("另有{number}处，见 --format json。", "{number} more; see --format json.")
_NO_EFFECT = Text("以上改动不改变任何案件的结论。", "None of this changes the outcome of a decision for any case.")

_REGION = Text.same("{number}. {before} → {after}")
_EXAMPLE = Text("例（可存入测试案件，按新规则册通过）：", "an example, as a fixture that the new rulebook passes:")
_BOXES = Text("互不重叠的情形（{number}种，先大后小）：", "disjoint boxes ({number}, largest first):")
_UNDER_REGION, _UNDER_WHERE = Text.same("   {words}"), Text.same("  · {words}")
_WHERE, _DAYS = Text("情形：", "cases:"), Text("时间：{days}", "time: {days}")

_STORED = Text("已有案件", "Stored cases")
OPEN_ITEMS = Text("台账中的事项", "Items of the ledger")
_OF_CASES = Text("{cases}件案件中，{changed}件的结论或措施有变化。", "{changed} of {cases} cases come out otherwise.")
_MOVE = Text("{before} → {after} {number}件", "{before} → {after}: {number}")
_MORE_CASES = Text("另有{number}件。", "{number} more.")
_OPEN = Text.same("{result}（{possible}）")


def print_diff(diff: Diff, console: Paper, boxes: bool) -> None:
    """The whole diff; where nothing differs, one line."""
    old, new = diff.names
    console.say(_TITLE.fill(old=old, new=new), "bold")
    if not diff:
        console.say(_SAME)
    for part, lines in say_changes(diff):
        _head(_CHANGED.fill(part=part), console)
        for line in lines:
            console.say(line)
    if diff.not_compared:
        _head(_NOT_COMPARED, console)
        for item in diff.not_compared:
            console.say(say_not_compared(item, diff))
    if diff.items is not None:
        _head(OPEN_ITEMS, console)
        for line in say_effects(diff.items):
            console.say(line)
    if diff.cases is not None:
        _print_cases(diff, console)
    for decision, regions in say_regions(diff):
        _head(_OUTCOMES.fill(decision=decision), console)
        for number, region in enumerate(regions[:FEW_REGIONS], 1):
            _print_region(number, region, diff, console, boxes)
        if len(regions) > FEW_REGIONS:
            console.say(_MORE_REGIONS.fill(number=len(regions) - FEW_REGIONS), "dim")
    if diff.changes and not diff.regions and not diff.not_compared:
        console.print()
        console.say(_NO_EFFECT)
    for number, line in enumerate(say_unknown(diff)):
        if not number:
            console.print()
        console.say(line, "dim")


def _head(text: Text, console: Paper) -> None:
    console.print()
    console.say(text, "bold cyan")


def _print_region(number: int, region: RegionInWords, diff: Diff, console: Paper, boxes: bool) -> None:
    console.say(_REGION.fill(number=number, before=region.before, after=region.after), "bold")
    for line in region_lines(region):
        console.say(_UNDER_REGION.fill(words=line))
    fixture = diff.fixture(region.region)
    if fixture is not None:
        console.say(_UNDER_REGION.fill(words=_EXAMPLE), "dim")
        for row in fixture_text(fixture, diff.new, console.lang).splitlines():
            console.print(f"     {row}", soft_wrap=True, style="dim")
    if boxes and region.region.proven:
        parts = region.region.boxes()
        console.say(_UNDER_REGION.fill(words=_BOXES.fill(number=len(parts))), "dim")
        for part in parts:
            console.print(f"     {part}", soft_wrap=True, style="dim")


def region_lines(region: RegionInWords) -> Iterator[Text]:
    """What is said of a region under its head."""
    yield region.by
    yield _WHERE
    yield from (_UNDER_WHERE.fill(words=condition) for condition in region.where)
    if region.excepted is not None:
        yield region.excepted
    if region.days is not None:
        yield _DAYS.fill(days=region.days)


def _print_cases(diff: Diff, console: Paper) -> None:
    """The stored cases: how many went where, the start rate, and each that changes."""
    assert diff.cases is not None
    changed = diff.cases.changed
    _head(_STORED, console)
    console.say(_OF_CASES.fill(cases=diff.cases.cases, changed=len(changed)))
    for line in move_lines(diff):
        console.say(DETAIL.fill(words=line))
    console.say(say_rates(diff))
    if not changed:
        return
    console.print()
    table = plain_table(map(console.words, CASE_HEADS))
    for row in case_rows(diff)[:FEW_CASES]:
        table.add_row(*(Cell(console.words(cell)) for cell in row))
    console.print(table)
    if len(changed) > FEW_CASES:
        console.say(_MORE_CASES.fill(number=len(changed) - FEW_CASES), "dim")


def move_lines(diff: Diff) -> Iterator[Text]:
    """For each decision that changes for some case: how many cases went from what to what."""
    assert diff.cases is not None
    for name, moves in diff.cases.moves.items():
        gone = [
            _MOVE.fill(before=say_came(diff.old, name, before), after=say_came(diff.new, name, after), number=number)
            for (before, after), number in moves.most_common()
            if before != after
        ]
        if gone:
            yield LABELLED.fill(label=diff.new.decisions[name].title, words=SEMICOLON.join(gone))


def case_rows(diff: Diff) -> list[tuple[Text | str, ...]]:
    """A row for each decision of each case that comes out otherwise, its measures in the first."""
    assert diff.cases is not None
    return [row for change in diff.cases.changed for row in _rows_of(change, diff)]


def _rows_of(change: CaseChange, diff: Diff) -> Iterator[tuple[Text | str, ...]]:
    measures = " ".join([*(f"−{id}" for id in change.measures_gone), *(f"+{id}" for id in change.measures_new)])
    own = (change.case.id, str(change.case.facts.get("unit", "")), measures)
    for name, (before, after) in change.decisions.items():
        was, now = say_came(diff.old, name, before.result), say_came(diff.new, name, after.result)
        if was == now:
            was = _OPEN.fill(result=was, possible=say_came(diff.old, name, before.possible))
            now = _OPEN.fill(result=now, possible=say_came(diff.new, name, after.possible))
        id, unit, measures = own
        yield id, unit, diff.new.decisions[name].title, was, now, measures
        own = ("", "", "")
    if not change.decisions:
        id, unit, measures = own
        yield id, unit, "", "", "", measures
