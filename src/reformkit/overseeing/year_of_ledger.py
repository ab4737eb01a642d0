"""What a ledger says of a year, in parts: items, what is late, gates, layers, causes, measures, figures, what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.tally import ADVISED
from reformkit.assessing.weighed import NO_LAYER
from reformkit.assessing.yearly import SECTOR, YearCount
from reformkit.model.figure import FigureRule, Where
from reformkit.model.procedure import Procedures, Step
from reformkit.overseeing.dispatch import Dispatch
from reformkit.overseeing.dispatch_row import SECTIONS
from reformkit.overseeing.figures import Figure, Figures
from reformkit.overseeing.yearly import ItemCount, ItemYear, SectorCount
from reformkit.practising.states import ENDS
from reformkit.reading.keys import key_of
from reformkit.reporting.tally import outcome_labels
from reformkit.reporting.year_of_cases import (
    ALL,
    CAUSES,
    GATES_HEAD,
    LAYERS,
    MEASURES,
    MOST_IDS,
    NOT_SAID,
    SECTOR_HEAD,
    cause_table,
    measure_table,
    point_cells,
    sector_causes,
    sector_rows,
    to_decide_part,
)
from reformkit.reporting.year_table import PartOf, YearCell, YearPart, YearRow, YearTable, filled
from reformkit.text import COMMA, Text

_ITEMS, _LATE, _RESULTS = (
    Text("事项办理", "Items"),
    Text("逾期和在办情形", "What is late or in hand"),
    Text("文书、成果和各项指标", "Letters, results and figures"),
)
_MOVED = Text(
    "上年结转{carried}项，本年立项{opened}项，验收通过{accepted}项，办结{ended}项，截至{on}在办{in_hand}项。",
    "{carried} items were in hand from the year before, {opened} were opened, {accepted} accepted, {ended} ended; "
    "{in_hand} are in hand on {on}.",
)
_ENDED_BUT = Text(
    "办结包括归档、未启动、终止和并入他项；并入他项的，以下层次、症结只计主事项。",
    "Ended are those archived, not started, stopped or merged; of merged items layers and causes count the main one only.",
)
_BY_PROCEDURE, _PROCEDURE = Text("事项，按程序", "Items by procedure"), Text("程序", "Procedure")
_CARRIED, _OPENED, _ACCEPTED, _IN_HAND = (
    Text("上年结转", "Carried over"),
    Text("本年立项", "Opened"),
    Text("验收通过", "Accepted"),
    Text("在办", "In hand"),
)
_OVERDUE_LINE = Text(
    "截至{on}，在办事项中有逾期环节的{share}，逾期环节共{steps}个。",
    "Items in hand on {on} with an overdue step: {share}; {steps} steps in all.",
)
_LATE_ENTRIES = Text(
    "本年的记录中补录{number}次，理由见台账。",
    "{number} acts of the year were entered late; the ledger has the reasons.",
)
_OVERDUE_STEPS, _STEP, _ITEMS_HEAD = (
    Text("逾期环节", "Overdue steps"),
    Text("环节", "Step"),
    Text("事项", "Items"),
)
_NUMBER = Text("项数", "Number")
_AS_LISTED, _SECTION = Text("在办事项所处情形", "Items in hand, as the dispatch lists them"), Text("情形", "Section")
_LISTED_NOTE = Text("一个事项可列入几种情形。", "An item may be listed in several sections.")
_LISTED = ("overdue", "gates", "unreceived", "unanswered", "awaiting", "extended", "suspended", "review")

_GATE_RATE = Text(
    "{gate}：本年研判{studied}项，通过{counts}。只作展示，不作目标，不排名。",
    "{gate}: {studied} items studied, passed {counts}. Shown only; not a target, not a ranking.",
)
_REASONS, _REASON, _GATE = (
    Text("未通过的理由", "Why items did not pass"),
    Text("理由", "Reason"),
    Text("关口", "Gate"),
)
_REASONS_NOTE = Text(
    "理由照台账所写，相同的合计；不作考核。",
    "In the words of the ledger, the same ones together; no measure of anyone.",
)
_LAYERS_BY = Text("本年立项，按系统和层次", "Items opened, by sector and layer")
_UNLAYERED = Text("未分层", "No layer said")
_POINTS_BY = Text("本年立项中查明症结的，按系统", "Items opened with causes found, by sector")
_SUGGESTED, _SUGGESTIONS = (
    Text("所发建议依据的措施", "Measures under the suggestions made"),
    Text("建议条数", "Suggestions"),
)
_FIGURES, _FIGURE, _REPORTED, _OF_IT, _ENTERED = (
    Text("指标（口径见规则册 figures.yaml）", "Figures (as figures.yaml counts them)"),
    Text("指标", "Figure"),
    Text("报送", "Reported"),
    Text("验收认定", "Accepted"),
    Text("其中补录", "Entered late"),
)
_AND_MORE = Text("{names}等", "{names}, …")


class LedgerYear(NamedTuple):
    """What the year of a ledger is said from. `figures` is None where the rulebook has none; `waiting` are the cases of
    items in hand."""

    items: ItemYear
    sheet: Dispatch
    figures: Figures | None
    waiting: YearCount
    procedures: Procedures


def parts_of_ledger(year: LedgerYear, book: Prepared) -> tuple[YearPart, ...]:
    """Every part that has something to say."""
    return filled(_parts(year, book))


def _parts(year: LedgerYear, book: Prepared) -> Iterator[YearPart]:
    items, library = year.items, book.library
    yield YearPart("items", _ITEMS, tuple(_item_lines(items)), (_item_table(items, year.procedures),))
    yield YearPart("late", _LATE, tuple(_late_lines(year)), (_overdue_steps(year.sheet), _sections(year.sheet)))
    if year.figures is not None:
        gates = list(_gates(year.procedures, year.figures))
        yield YearPart("gates", GATES_HEAD, tuple(_gate_lines(gates)), (_reasons(gates, book),))
    if SECTOR in book.rulebook.fields and "layer" in book.rulebook.decisions:
        yield YearPart("layers", LAYERS, (), (_layers(items, book),))
    if library is not None:
        whole = items.whole
        tables = [cause_table(whole.found, whole.suspected, whole.opened, library, None)]
        if SECTOR in book.rulebook.fields and whole.found:
            heads = (SECTOR_HEAD, _OPENED, *(point.label for point in library.weak_points.values()))
            rows = sector_rows(items.sectors, whole, book, lambda of: point_cells(of.points, of.opened, library))
            drawn = tuple(range(1, 1 + len(library.weak_points)))
            points = YearTable("weak_points", _POINTS_BY, heads, rows, None, drawn)
            found = {sector: of.found for sector, of in items.sectors.items()}
            tables = [points, sector_causes(found, book, library), *tables]
        yield YearPart("causes", CAUSES, (), tuple(tables))
        yield YearPart("measures", MEASURES, (), (measure_table(items.measures, library, _SUGGESTED, _SUGGESTIONS),))
    if year.figures is not None:
        yield YearPart("figures", _RESULTS, (), (_figures(year.figures),))
    yield to_decide_part(year.waiting, book)


# --- items -----------------------------------------------------------------------------------------------


def _item_lines(items: ItemYear) -> Iterator[Text]:
    whole = _summed(items.procedures.values())
    ended, on = sum(whole.ended.values()), items.last.isoformat()
    yield _MOVED.fill(
        carried=whole.carried, opened=whole.opened, accepted=whole.accepted, ended=ended, in_hand=whole.in_hand, on=on
    )
    yield _ENDED_BUT


def _item_table(items: ItemYear, procedures: Procedures) -> YearTable:
    known = {id: procedure.title for id, procedure in procedures.procedures.items()}
    order = [*(id for id in known if id in items.procedures), *(id for id in items.procedures if id not in known)]
    heads = (_PROCEDURE, _CARRIED, _OPENED, _ACCEPTED, *(end.label for end in ENDS), _IN_HAND)
    rows = [YearRow(id, known.get(id, Text.same(id)), _item_cells(items.procedures[id])) for id in order]
    rows.append(YearRow("all", ALL, _item_cells(_summed(items.procedures.values()))))
    return YearTable("items", _BY_PROCEDURE, heads, tuple(rows))


def _item_cells(count: ItemCount) -> tuple[YearCell, ...]:
    return count.carried, count.opened, count.accepted, *(count.ended[end] for end in ENDS), count.in_hand


def _summed(counts: Iterable[ItemCount]) -> ItemCount:
    whole = ItemCount()
    for count in counts:
        whole.carried += count.carried
        whole.opened += count.opened
        whole.accepted += count.accepted
        whole.in_hand += count.in_hand
        whole.ended += count.ended
    return whole


def _late_lines(year: LedgerYear) -> Iterator[Text]:
    rows, in_hand = year.sheet.overdue, _summed(year.items.procedures.values()).in_hand
    overdue = len({row.item for row in rows})
    share = PartOf(overdue, in_hand).said
    on = year.items.last.isoformat()
    yield _OVERDUE_LINE.fill(on=on, share=share, steps=len(rows))
    if year.items.late_entries:
        yield _LATE_ENTRIES.fill(number=year.items.late_entries)


def _overdue_steps(sheet: Dispatch) -> YearTable:
    """The overdue steps by what they are, with their items in the order of their ids."""
    titles: dict[str, Text] = {}
    items: dict[str, list[str]] = {}
    for row in sheet.overdue:
        title = row.title or Text.same(row.step or "")
        titles.setdefault(title.zh, title)
        items.setdefault(title.zh, []).append(row.item)
    rows = tuple(YearRow(key, titles[key], (len(of), _names(sorted(of)))) for key, of in items.items())
    return YearTable("overdue", _OVERDUE_STEPS, (_STEP, _NUMBER, _ITEMS_HEAD), rows)


def _sections(sheet: Dispatch) -> YearTable:
    items = {name: {row.item for row in sheet.section(name)} for name in _LISTED}
    rows = tuple(YearRow(name, SECTIONS[name], (len(of),)) for name, of in items.items() if of)
    return YearTable("sections", _AS_LISTED, (_SECTION, _NUMBER), rows, _LISTED_NOTE)


def _names(names: Sequence[str]) -> Text:
    listed = COMMA.join(names[:MOST_IDS])
    return _AND_MORE.fill(names=listed) if len(names) > MOST_IDS else listed


# --- gates -----------------------------------------------------------------------------------------------


class _Gate(NamedTuple):
    step: Step
    studied: int
    passed: int
    reasons: Sequence[str]


def _gates(procedures: Procedures, figures: Figures) -> Iterator[_Gate]:
    """How each gate spoke in the year: the last opinion at it on an item, as figures count it."""
    steps = {step.id: step for of in procedures.procedures.values() for step in of.steps.values() if step.opinion}
    for step in steps.values():
        rule = FigureRule(id=step.id, title=step.title, count="items", where=Where(opinion=step.id))
        spoke = list(figures.of(rule))
        if spoke:
            reasons = [one.reason or "" for one in spoke if not one.passed]
            yield _Gate(step, len(spoke), len(spoke) - len(reasons), reasons)


def _gate_lines(gates: Sequence[_Gate]) -> Iterator[Text]:
    for gate in gates:
        counts = PartOf(gate.passed, gate.studied).said
        yield _GATE_RATE.fill(gate=gate.step.title, studied=gate.studied, counts=counts)


def _reasons(gates: Sequence[_Gate], book: Prepared) -> YearTable:
    """Why items did not pass: a rule of the advice by its title, else the words of whoever spoke."""
    table = book.rulebook.decisions.get(book.screening)
    titles = {rule.id: rule.title for rule in table.rules if rule.title and rule.then == ADVISED} if table else {}
    rows = []
    for gate in gates:
        words: dict[str, str] = {}
        for reason in gate.reasons:
            words.setdefault(key_of(reason), reason)
        counts = Counter(map(key_of, gate.reasons))
        for key, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            said = words[key]
            label = titles.get(said, Text.same(said)) if said else NOT_SAID
            rows.append(YearRow(f"{gate.step.id}:{said}", label, (gate.step.title, number)))
    return YearTable("reasons", _REASONS, (_REASON, _GATE, _NUMBER), tuple(rows), _REASONS_NOTE)


# --- layers and figures ----------------------------------------------------------------------------------


def _layers(items: ItemYear, book: Prepared) -> YearTable:
    outcomes = book.rulebook.decisions["layer"].outcomes
    labels: dict[str | None, Text] = {None: _UNLAYERED}
    labels.update(outcome_labels(book, "layer"))
    layers = [id for id in (*outcomes, None) if items.whole.layers[id]]

    def cells(of: SectorCount) -> tuple[YearCell, ...]:
        return of.opened, *(of.layers[layer] for layer in layers)

    heads = (SECTOR_HEAD, _OPENED, *(labels[layer] for layer in layers))
    drawn = tuple(place for place, layer in enumerate(layers, 1) if layer not in (None, NO_LAYER))
    rows = sector_rows(items.sectors, items.whole, book, cells) if items.sectors else ()
    return YearTable("layers", _LAYERS_BY, heads, rows, None, drawn)


def _figures(figures: Figures) -> YearTable:
    """Every figure of the rulebook with anything to count; a share with both of its numbers."""
    rows = tuple(
        YearRow(figure.id, figure.title, (_value(figure), figure.accepted, figure.late or None))
        for figure in figures
        if figure.value not in (0, None)
    )
    return YearTable("figures", _FIGURES, (_FIGURE, _REPORTED, _OF_IT, _ENTERED), rows)


def _value(figure: Figure) -> YearCell:
    if figure.rule.share is None:
        assert isinstance(figure.value, int)
        return figure.value
    part, whole = (figure.figures[id].value for id in figure.rule.share)
    assert isinstance(part, int)
    assert isinstance(whole, int)
    return PartOf(part, whole)
