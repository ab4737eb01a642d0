"""Many cases at a glance: a row a case, then what they come to together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reformkit.assess import Assessment
from reformkit.book import Book
from reformkit.cli.paper import WIDTH, Paper
from reformkit.cli.problems import counted
from reformkit.cli.records import STATUSES
from reformkit.cli.setting import Cell, plain_table
from reformkit.model.decision import Decision
from reformkit.problem import Problem
from reformkit.text import Lang, Text
from reformkit.wording.decisions import say_outcome
from reformkit.wording.values import say_value

SCOPE, FIRST_GATE = ("source", "case"), ("coordinator_gate", "passed")
"""The outcome that puts a case in scope of starting, and the fact and value on which the start rate rests."""

SECTOR = Text("系统", "Sector")
HEADS = (
    Text("编号", "Id"),
    Text("案发单位", "Unit"),
    SECTOR,
    Text("启动", "Startup"),
    Text("层次", "Layer"),
    Text("症结", "Causes"),
    Text("主要措施", "Measures"),
    Text("待明确", "To be asked"),
)
"""The columns of the table; the sector gives way where there is no room for all."""

OPEN = Text("待定", "open")
FEW_MEASURES, TOP_MEASURES, FEWEST_FOR_A_REMARK = 3, 10, 20


@dataclass
class Tally:
    """What many assessments come to: cases by outcome of each decision, by weak point and by measure."""

    cases: int = 0
    in_scope: int = 0
    judged: int = 0
    passed: int = 0
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    found: Counter[str] = field(default_factory=Counter)
    suspected: Counter[str] = field(default_factory=Counter)
    measures: Counter[str] = field(default_factory=Counter)

    def add(self, a: Assessment) -> None:
        """Count one more case; startup and layer only where it is in scope."""
        self.cases += 1
        scope = a.decisions.get(SCOPE[0])
        if scope is None or scope.outcome == SCOPE[1]:
            self.in_scope += 1
            for name in ("startup", "layer"):
                if name in a.decisions:
                    decision = a.decisions[name]
                    self.outcomes.setdefault(name, Counter())[decision.outcome or decision.status] += 1
            gate = a.case.facts.get(FIRST_GATE[0])
            self.judged += gate is not None
            self.passed += gate == FIRST_GATE[1]
        for certainty, counter in (("found", self.found), ("suspected", self.suspected)):
            counter.update({c.weak_point for c in a.causes if c.certainty == certainty})
        self.measures.update({r.measure.id for r in a.recommendations})


def print_year(
    assessments: Iterable[Assessment], book: Book, problems: Sequence[Problem], lang: Lang, console: Paper
) -> None:
    """The table of the cases and the summary under it, with how many problems their files have."""
    tally = Tally()
    table = plain_table(*(head.say(lang) for head in HEADS if console.width >= WIDTH or head != SECTOR))
    for assessment in assessments:
        tally.add(assessment)
        cells = dict(zip(HEADS, _row(assessment, lang), strict=True))
        table.add_row(*(Cell(text) for head, text in cells.items() if console.width >= WIDTH or head != SECTOR))
    console.print(table)
    print_summary(tally, book, lang, console)
    if problems:
        said = counted(problems, lang)
        console.say(
            f"案件文件中的问题：{said}，有错误的案件未计入。"
            if lang == "zh"
            else f"Problems in the case files: {said}; cases with errors are not counted."
        )


def _row(a: Assessment, lang: Lang) -> list[str]:
    fields = a.book.rulebook.fields
    industry = a.case.facts.get("industry")
    measures = [r.measure.id for r in a.recommendations]
    more = f" +{len(measures) - FEW_MEASURES}" if len(measures) > FEW_MEASURES else ""
    asked = fields[a.needs[0].fact].label.say(lang) if a.needs and a.needs[0].fact in fields else ""
    return [
        a.case.id,
        str(a.case.facts.get("unit", "")),
        say_value(fields["industry"], industry, lang) if industry is not None and "industry" in fields else "",
        _short(a, "startup", lang),
        _short(a, "layer", lang),
        _weak_points(a, lang),
        " ".join(measures[:FEW_MEASURES]) + more,
        asked + (f" +{len(a.needs) - 1}" if len(a.needs) > 1 else ""),
    ]


def _short(a: Assessment, name: str, lang: Lang) -> str:
    """An outcome's label without what stands in brackets: `点（新办理个案促改）` is `点`."""
    decision = a.decisions.get(name)
    if decision is None:
        return ""
    return short(_said(a.book, name, decision, lang))


def short(label: str) -> str:
    """A label as far as its bracket.

    >>> short("点（新办理个案促改）"), short("Point (reform of the single case)")
    ('点', 'Point')
    """
    return label.partition("（")[0].partition(" (")[0]


def _said(book: Book, name: str, decision: Decision, lang: Lang) -> str:
    if decision.outcome is None:
        return (OPEN if decision.status == "undetermined" else STATUSES[decision.status]).say(lang)
    return say_outcome(book.rulebook.decisions[name], decision.outcome, lang)


def _weak_points(a: Assessment, lang: Lang) -> str:
    """How many causes were found under each weak point; suspected ones only where none was found."""
    if a.book.library is None:
        return ""
    certainty = "found" if any(c.certainty == "found" for c in a.causes) else "suspected"
    counts = Counter(c.weak_point for c in a.causes if c.certainty == certainty)
    names = {id: point.label.zh[:2] if lang == "zh" else f"{id}×" for id, point in a.book.library.weak_points.items()}
    said = " ".join(f"{name}{counts[id]}" for id, name in names.items() if counts[id])
    if not said or certainty == "found":
        return said
    return f"疑似 {said}" if lang == "zh" else f"suspected: {said}"


def print_summary(tally: Tally, book: Book, lang: Lang, console: Paper) -> None:
    """What the cases come to together; the start rate is shown, never ranked."""
    zh = lang == "zh"
    console.print()
    console.say("汇总" if zh else "Summary", "bold cyan")
    console.say(
        f"案件 {tally.cases} 件，其中属案件促改 {tally.in_scope} 件。"
        if zh
        else f"{tally.cases} cases, {tally.in_scope} of them in scope (reform from a case)."
    )
    for name, counts in tally.outcomes.items():
        table = book.rulebook.decisions[name]
        labels = {o: short(item.label.say(lang)) for o, item in table.outcomes.items()}
        labels |= {status: text.say(lang) for status, text in STATUSES.items() if status != "decided"}
        console.say(f"{table.title.say(lang)}{'：' if zh else ': '}{_counts(counts, labels, lang)}")
    if tally.judged:
        console.say(_rate(tally, lang))
    if book.library is None:
        return
    points = {id: point.label.say(lang) for id, point in book.library.weak_points.items()}
    for counter, head in (
        (tally.found, Text("查明症结的案件", "Cases with causes found")),
        (tally.suspected, Text("有疑似症结（待核实）的案件", "Cases with suspected causes (to be verified)")),
    ):
        if counter:
            console.say(f"{head.say(lang)}{'：' if zh else ': '}{_counts(counter, points, lang)}")
    if tally.measures:
        console.say("提出最多的措施：" if zh else "Measures suggested most:")
        for measure, number in sorted(tally.measures.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP_MEASURES]:
            title = book.library.measures[measure].title.say(lang)
            console.say(f"  {number:>4} {'件 ' if zh else ''}{measure} {title}")


def _counts(counts: Counter[str], labels: Mapping[str, str], lang: Lang) -> str:
    unit = " 件" if lang == "zh" else ""
    return ("、" if lang == "zh" else ", ").join(f"{labels[k]} {counts[k]}{unit}" for k in labels if counts[k])


def _rate(tally: Tally, lang: Lang) -> str:
    """The start rate as the report counts it: of the cases studied at the first gate, those it found in need."""
    passed, judged = tally.passed, tally.judged
    rate = f"{100 * passed / judged:.1f}%"
    extreme = judged >= FEWEST_FOR_A_REMARK and passed in (0, judged)
    if lang == "zh":
        said = f"启动率：第一关研判 {judged} 件，确定启动 {passed} 件，{passed}/{judged}＝{rate}（只作展示，不作目标，不排名）。"
        return said + ("全部启动或者全部未启动，建议复看第一关的把握尺度（提示条件系假设）。" if extreme else "")
    said = f"Start rate: {passed} of the {judged} cases studied at the first gate, {rate} (shown only; not a target, not a ranking)."
    return said + (
        " All or none: the standard of the first gate may deserve a look (this hint is an assumption)."
        if extreme
        else ""
    )
