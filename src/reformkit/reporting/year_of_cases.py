"""What the cases of a year decide, in parts: outcomes, gates, layers, causes, measures, and what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.questions import GATES
from reformkit.assessing.tally import Tally
from reformkit.assessing.weighed import NO_LAYER
from reformkit.assessing.yearly import SECTOR, YearCount
from reformkit.model.library import Library
from reformkit.reporting.tally import (
    SUMMARY,
    cause_lines,
    frequent,
    gate_lines,
    outcome_labels,
    outcome_lines,
    reason_labels,
)
from reformkit.reporting.year_table import PartOf, YearCell, YearPart, YearRow, YearTable, filled
from reformkit.text import COMMA, Text

Group = TypeVar("Group")
"""What is counted of a sector."""

GATES_HEAD, LAYERS, CAUSES = (
    Text("促改率及理由", "Start rate and reasons"),
    Text("促改层次", "Layers"),
    Text("症结", "Causes"),
)
MEASURES = Text("措施", "Measures")
TO_DECIDE = Text("待定事项", "For decision")
"""What the part with what waits for someone is headed with."""

_SECOND = Text(
    "{gate}：{studied}件已有意见，通过{passed}件，未通过{rejected}件（只作展示，不作目标，不排名）。",
    "{gate}: it spoke on {studied} cases; {passed} passed, {rejected} did not (shown only; not a target, not a ranking).",
)
_NOT_IN_SHARES = Text("另有{number}件未能读入，不在其中。", "{number} cases left out for errors are not in it.")
_GATE_WAITS = Text("{gate}尚未表态", "{gate} yet to speak")
_UNSETTLED = Text("{title}尚不能确定", "{title} not settled")
_ASKING = Text("{question}：{number}件（{ids}{more}）", "{question}: {number} ({ids}{more})")
_MORE = Text("等", ", …")
MOST_IDS = 10
"""Cases that are named under one question where room is short."""
MANY_IDS = 50

NUMBER, CASES = Text("件数", "Cases"), Text("案件", "Cases")
ALL, NOT_SAID = Text("合计", "All"), Text("未填", "not said")
SECTOR_HEAD = Text("系统", "Sector")
_GATE, _STUDIED, _PASSED, _REJECTED = (
    Text("关口", "Gate"),
    Text("已有意见", "Spoke"),
    Text("通过", "Passed"),
    Text("未通过", "Did not pass"),
)
_BY_GATE = Text("两关意见", "The gates")
_REASONS = Text("未通过的，对照筛查建议的理由", "Why cases did not pass, by the reasons of the advice")
_REASONS_NOTE = Text(
    "一案可有几项理由；筛查建议系假设，供对照，不作考核。",
    "A case may have several; the advice is an assumption, shown for comparison and no measure of anyone.",
)
_REASON = Text("理由", "Reason")
_STARTS, _LAYERS_BY = Text("启动", "Start"), Text("启动和层次，按系统", "Starts and layers by sector")
_POINTS_BY = Text("查明症结的案件，按系统", "Cases with causes found, by sector")
_CAUSES_BY, _OF_CAUSE = (
    Text("各系统查明的症结", "Causes found, by sector"),
    Text("{label}{number}件", "{label} {number}"),
)
_CAUSES_IN, _CAUSE, _POINT = (
    Text("症结明细", "Causes in full"),
    Text("症结", "Cause"),
    Text("薄弱环节", "Weak point"),
)
_FOUND, _SUSPECTED = Text("查明", "Found"), Text("疑似，待核实", "Suspected, to be verified")
_SUGGESTED = Text("提出的措施", "Measures suggested")
_QUESTIONS, _QUESTION = Text("尚待明确的事实", "Facts to be told"), Text("须问", "Question")


def parts_of_cases(count: YearCount, book: Prepared) -> tuple[YearPart, ...]:
    """Every part that has something to say."""
    return filled(_parts(count, book))


def _parts(count: YearCount, book: Prepared) -> Iterator[YearPart]:
    whole, library = count.whole, book.library
    yield YearPart("outcomes", SUMMARY, tuple(outcome_lines(whole, book)))
    yield YearPart(
        "gates", GATES_HEAD, (*gate_lines(whole, book), *_second_gate(count, book)), tuple(_gates(count, book))
    )
    if SECTOR in book.rulebook.fields and "layer" in book.rulebook.decisions:
        yield YearPart("layers", LAYERS, (), (_layers(count, book),))
    if library is not None:
        yield YearPart("causes", CAUSES, tuple(cause_lines(whole, library)), tuple(_causes(count, book, library)))
        yield YearPart("measures", MEASURES, (), (measure_table(whole.measures, library, _SUGGESTED, NUMBER),))
    yield to_decide_part(count, book)


def to_decide_part(count: YearCount, book: Prepared) -> YearPart:
    """What waits for someone, and what is to be told."""
    return YearPart("to_decide", TO_DECIDE, tuple(asking_lines(count, book, MANY_IDS)), (_questions(count, book),))


def asking_lines(count: YearCount, book: Prepared, most: int = MOST_IDS) -> Iterator[Text]:
    """What waits for someone, with the cases; of many only the first are named."""
    for waiting, ids in count.to_decide.items():
        if waiting.kind == "gate":
            question = _GATE_WAITS.fill(gate=book.rulebook.fields[waiting.name].label)
        else:
            question = _UNSETTLED.fill(title=book.rulebook.decisions[waiting.name].title)
        more = _MORE if len(ids) > most else ""
        yield _ASKING.fill(question=question, number=len(ids), ids=COMMA.join(ids[:most]), more=more)


def _second_gate(count: YearCount, book: Prepared) -> Iterator[Text]:
    """How the gates after the first spoke, whose rate stands in the line before."""
    for fact in GATES[1:]:
        if fact in count.gates:
            gate, label = count.gates[fact], book.rulebook.fields[fact].label
            yield _SECOND.fill(gate=label, studied=gate.studied, passed=gate.passed, rejected=gate.rejected)


def _gates(count: YearCount, book: Prepared) -> Iterator[YearTable]:
    """How each gate spoke, and for what reasons cases did not pass."""
    spoke = [(fact, count.gates[fact]) for fact in GATES if fact in count.gates]
    labels = {fact: book.rulebook.fields[fact].label for fact, _ in spoke}
    heads = (_GATE, _STUDIED, _PASSED, _REJECTED)
    rows = tuple(
        YearRow(fact, labels[fact], (gate.studied, PartOf(gate.passed, gate.studied), gate.rejected))
        for fact, gate in spoke
    )
    yield YearTable("gates", _BY_GATE, heads, rows, not_in_shares(count.whole))
    if any(gate.reasons for _, gate in spoke):
        reasons = reason_labels(book)
        gave = tuple(
            YearRow(f"{fact}:{id}", reasons.get(id, Text.same(id)), (labels[fact], number))
            for fact, gate in spoke
            for id, number in frequent(gate.reasons)
        )
        yield YearTable("reasons", _REASONS, (_REASON, _GATE, NUMBER), gave, _REASONS_NOTE)


def not_in_shares(whole: Tally) -> Text | None:
    """How many cases are missing in the shares of a table, where some are."""
    return _NOT_IN_SHARES.fill(number=whole.left_out) if whole.left_out else None


def _layers(count: YearCount, book: Prepared) -> YearTable:
    """Of each sector how many cases start, and at which layers."""
    everywhere = count.whole.outcomes.get("layer", Counter())
    layers = {id: label for id, label in outcome_labels(book, "layer").items() if everywhere.get(id)}

    def cells(tally: Tally) -> tuple[YearCell, ...]:
        starts = tally.outcomes.get("startup", Counter())["start"]
        came = tally.outcomes.get("layer", Counter())
        return tally.in_scope, PartOf(starts, tally.in_scope), *(came[id] for id in layers)

    heads = (SECTOR_HEAD, CASES, _STARTS, *layers.values())
    drawn = tuple(2 + place for place, id in enumerate(layers) if id in book.rulebook.decisions["layer"].outcomes)
    drawn = tuple(place for place in drawn if [*layers][place - 2] != NO_LAYER)
    return YearTable(
        "layers",
        _LAYERS_BY,
        heads,
        sector_rows(count.by_sector, count.whole, book, cells),
        not_in_shares(count.whole),
        drawn,
    )


def _causes(count: YearCount, book: Prepared, library: Library) -> Iterator[YearTable]:
    """Of each sector in how many cases each weak point shows; then cause by cause."""
    missing = not_in_shares(count.whole)
    if SECTOR in book.rulebook.fields and count.whole.found:
        heads = (SECTOR_HEAD, CASES, *(point.label for point in library.weak_points.values()))
        points = range(1, 1 + len(library.weak_points))
        rows = sector_rows(
            count.by_sector, count.whole, book, lambda tally: point_cells(tally.found, tally.cases, library)
        )
        yield YearTable("weak_points", _POINTS_BY, heads, rows, missing, tuple(points))
        yield sector_causes(count.found_in, book, library)
    yield cause_table(count.found, count.suspected, count.whole.cases, library, missing)


def point_cells(found: Mapping[str, int], whole: int, library: Library) -> tuple[YearCell, ...]:
    """How many there are, and of these how many show each weak point."""
    return whole, *(PartOf(found.get(id, 0), whole) for id in library.weak_points)


def cause_table(
    found: Mapping[str, int], suspected: Mapping[str, int], whole: int, library: Library, missing: Text | None
) -> YearTable:
    """Every cause that was found or is suspected, in the library's order, under its weak point."""
    rows = tuple(
        YearRow(
            id,
            cause.label,
            (library.weak_points[cause.weak_point].label, PartOf(found.get(id, 0), whole), suspected.get(id, 0)),
        )
        for id, cause in library.causes.items()
        if found.get(id) or suspected.get(id)
    )
    return YearTable("causes", _CAUSES_IN, (_CAUSE, _POINT, _FOUND, _SUSPECTED), rows, missing)


def sector_causes(found: Mapping[str | None, Counter[str]], book: Prepared, library: Library) -> YearTable:
    """Of each sector the causes that were found, the most frequent first."""

    def cells(counts: Counter[str]) -> tuple[YearCell, ...]:
        order = {id: place for place, id in enumerate(library.causes)}
        causes = sorted(counts, key=lambda id: (-counts[id], order.get(id, len(order))))
        known = [(library.causes[id].label if id in library.causes else Text.same(id), counts[id]) for id in causes]
        return (COMMA.join(_OF_CAUSE.fill(label=label, number=number) for label, number in known),)

    rows = sector_rows({sector: counts for sector, counts in found.items() if counts}, None, book, cells)
    return YearTable("sector_causes", _CAUSES_BY, (SECTOR_HEAD, _FOUND), rows)


def measure_table(counts: Mapping[str, int], library: Library, title: Text, number: Text) -> YearTable:
    """Measures by how often they are suggested."""
    known = {id: Text.same("{id} {title}").fill(id=id, title=measure.title) for id, measure in library.measures.items()}
    rows = tuple(YearRow(id, known.get(id, Text.same(id)), (count,)) for id, count in frequent(counts))
    return YearTable("measures", title, (MEASURES, number), rows)


def _questions(count: YearCount, book: Prepared) -> YearTable:
    """In how many cases each fact is asked for."""
    rows = tuple(
        YearRow(fact, book.fields[fact].ask or book.fields[fact].label, (number,))
        for fact, number in frequent(count.asked)
    )
    return YearTable("questions", _QUESTIONS, (_QUESTION, NUMBER), rows)


def sector_rows(
    groups: Mapping[str | None, Group],
    whole: Group | None,
    book: Prepared,
    cells: Callable[[Group], tuple[YearCell, ...]],
) -> tuple[YearRow, ...]:
    """A row a sector in the vocabulary's order, then those that are none of these; the whole last, where it is given."""
    labels = {id: item.label for id, item in book.rulebook.fields[SECTOR].values.items()}
    order = [*(id for id in labels if id in groups), *(id for id in groups if id is not None and id not in labels)]
    rows = [YearRow(id, labels.get(id, Text.same(id)), cells(groups[id])) for id in order]
    if None in groups:
        rows.append(YearRow("", NOT_SAID, cells(groups[None])))
    return tuple(rows) if whole is None else (*rows, YearRow("all", ALL, cells(whole)))
