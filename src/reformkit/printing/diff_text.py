"""A diff as text: what changes for which cases first, then what else is not as it was."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.comparing.diff import Diff
from reformkit.editing.fixture_text import fixture_text
from reformkit.printing.paper import Paper
from reformkit.printing.setting import Cell, plain_table
from reformkit.reporting.case_changes import say_came, say_rates
from reformkit.reporting.changes import say_changes
from reformkit.reporting.diff import RegionSaid, say_not_compared, say_regions
from reformkit.text import Lang, Text

FEW_REGIONS, FEW_CASES = 40, 200
"""Up to so many regions of a decision, and changed cases, are shown; the rest is counted."""


def print_diff(diff: Diff, console: Paper, lang: Lang, boxes: bool) -> None:
    """The whole diff; where nothing differs, one line."""
    zh = lang == "zh"
    console.say(
        f"比较规则册：原 {diff.names[0]}，新 {diff.names[1]}"
        if zh
        else f"Rulebooks: {diff.names[0]} → {diff.names[1]}",
        "bold",
    )
    if not diff:
        console.say("两个规则册没有差别。" if zh else "Nothing differs.")
    for head, lines in say_changes(diff, lang):
        _head(f"改动 · {head}" if zh else f"Changed · {head}", console)
        for line in lines:
            console.say(line)
    if diff.not_compared:
        _head("未能比较的决策" if zh else "Not compared", console)
        for item in diff.not_compared:
            console.say(say_not_compared(item, diff, lang))
    if diff.cases is not None:
        _print_cases(diff, console, lang)
    for head, regions in say_regions(diff, lang):
        _head(f"结论有变化的情形 · {head}" if zh else f"Outcomes · {head}", console)
        for number, said in enumerate(regions[:FEW_REGIONS], 1):
            _print_region(number, said, diff, console, lang, boxes)
        if len(regions) > FEW_REGIONS:
            more = len(regions) - FEW_REGIONS
            console.say(f"另有{more}处，见 --format json。" if zh else f"{more} more; see --format json.", "dim")
    if diff.changes and not diff.regions and not diff.not_compared:
        console.print()
        console.say(
            "以上改动不改变任何案件的结论。" if zh else "None of this changes the outcome of a decision for any case."
        )


def _head(text: str, console: Paper) -> None:
    console.print()
    console.say(text, "bold cyan")


def _print_region(number: int, said: RegionSaid, diff: Diff, console: Paper, lang: Lang, boxes: bool) -> None:
    console.say(f"{number}. {said.before} → {said.after}", "bold")
    for line in region_lines(said, lang):
        console.say(f"   {line}")
    fixture = diff.fixture(said.region)
    if fixture is not None:
        console.say(
            "   例（可存入测试案件，按新规则册通过）："
            if lang == "zh"
            else "   an example, as a fixture that the new rulebook passes:",
            "dim",
        )
        for line in fixture_text(fixture, diff.new, lang).splitlines():
            console.print(f"     {line}", soft_wrap=True, style="dim")
    if boxes and said.region.proven:
        parts = said.region.boxes()
        console.say(
            f"   互不重叠的情形（{len(parts)}种，先大后小）："
            if lang == "zh"
            else f"   disjoint boxes ({len(parts)}, largest first):",
            "dim",
        )
        for part in parts:
            console.print(f"     {part}", soft_wrap=True, style="dim")


def region_lines(said: RegionSaid, lang: Lang) -> Iterator[str]:
    """What is said of a region under its head."""
    zh = lang == "zh"
    yield said.by
    yield "情形：" if zh else "cases:"
    yield from (f"  · {line}" for line in said.where)
    if said.excepted:
        yield said.excepted
    if said.days:
        yield f"时间：{said.days}" if zh else f"time: {said.days}"


def _print_cases(diff: Diff, console: Paper, lang: Lang) -> None:
    """The stored cases: how many went where, the start rate, and each that changes."""
    cases, zh = diff.cases, lang == "zh"
    assert cases is not None
    _head("已有案件" if zh else "Stored cases", console)
    console.say(
        f"{cases.cases}件案件中，{len(cases.changed)}件的结论或措施有变化。"
        if zh
        else f"{len(cases.changed)} of {cases.cases} cases come out otherwise."
    )
    for line in move_lines(diff, lang):
        console.say(f"  {line}")
    console.say(say_rates(diff, lang))
    if not cases.changed:
        return
    console.print()
    table = plain_table(*(head.say(lang) for head in CASE_HEADS))
    for row in case_rows(diff, lang)[:FEW_CASES]:
        table.add_row(*(Cell(cell) for cell in row))
    console.print(table)
    if len(cases.changed) > FEW_CASES:
        more = len(cases.changed) - FEW_CASES
        console.say(f"另有{more}件。" if zh else f"{more} more.", "dim")


CASE_HEADS = (
    Text("编号", "Id"),
    Text("案发单位", "Unit"),
    Text("决策", "Decision"),
    Text("原", "Before"),
    Text("现", "After"),
    Text("措施", "Measures"),
)


def move_lines(diff: Diff, lang: Lang) -> Iterator[str]:
    """For each decision that changes for some case: how many cases went from what to what."""
    assert diff.cases is not None
    for name, moves in diff.cases.moves.items():
        gone = [(pair, number) for pair, number in moves.most_common() if pair[0] != pair[1]]
        if gone:
            title = diff.new.decisions[name].title.say(lang)
            shown = (
                f"{say_came(diff.old, name, before, lang)} → {say_came(diff.new, name, after, lang)}"
                + (f" {number}件" if lang == "zh" else f": {number}")
                for (before, after), number in gone
            )
            yield f"{title}：{'；'.join(shown)}" if lang == "zh" else f"{title}: {'; '.join(shown)}"


def case_rows(diff: Diff, lang: Lang) -> list[tuple[str, ...]]:
    """A row for each decision of each case that comes out otherwise, its measures in the first."""
    assert diff.cases is not None
    rows: list[tuple[str, ...]] = []
    for change in diff.cases.changed:
        measures = [f"−{m}" for m in change.measures_gone] + [f"+{m}" for m in change.measures_new]
        id, unit, said = change.case.id, str(change.case.facts.get("unit", "")), " ".join(measures)
        for name, (before, after) in change.decisions.items():
            title = diff.new.decisions[name].title.say(lang)
            was, now = (
                say_came(book, name, came.result, lang) for book, came in ((diff.old, before), (diff.new, after))
            )
            if was == now:
                was, now = (
                    f"{said}（{say_came(book, name, came.possible, lang)}）"
                    for said, book, came in ((was, diff.old, before), (now, diff.new, after))
                )
            rows.append((id, unit, title, was, now, said))
            id = unit = said = ""
        if id:
            rows.append((id, unit, "", "", "", said))
    return rows
