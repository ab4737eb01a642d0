"""What many cases come to together, in sentences; the start rate is shown, never ranked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.tally import ADVISED, SCOPE, Tally
from reformkit.model.library import Library
from reformkit.reporting.case_changes import brief
from reformkit.text import COMMA, LABELLED, Text
from reformkit.wording.decisions import STATUSES

TOP_MEASURES, FEWEST_FOR_A_REMARK = 10, 20

SUMMARY, SUMMARY_SHEET = Text("汇总", "Summary"), Text("汇总", "summary")
"""What the tally is headed with, and its sheet called."""
_CASES = Text(
    "案件{cases}件，其中属案件促改{in_scope}件。", "{cases} cases, {in_scope} of them in scope (reform from a case)."
)
_CASES_ALONE = Text("案件{cases}件。", "{cases} cases.")
_COUNTED = Text("{label}{number}件", "{label} {number}")

_LEFT_OUT = Text(
    "另有{number}件未能读入，以下各数均未计入。",
    " Not in these figures: {number} left out for errors.",
)
_NOT_IN_RATE = Text("另有{number}件未能读入，不在其中。", " {number} left out for errors are not in it.")
_RATE = Text(
    "促改率：第一关研判{judged}件，第一关确定启动{passed}件，{passed}/{judged}＝{share:.1f}%"
    "（第二关不在其中；只作展示，不作目标，不排名）。{remark}",
    "Start rate: {passed} of the {judged} cases studied at the first gate, {share:.1f}% "
    "(shown only; the second gate is not in it; not a target, not a ranking).{remark}",
)
_NONE_STARTED = Text(
    "全部未启动，建议复看第一关的把握尺度（提示条件系假设）。",
    " None of them: the standard of the first gate may deserve a look (this hint is an assumption).",
)
_ALL_STARTED = Text(
    "全部启动，建议复看第一关的把握尺度（提示条件系假设）。",
    " All of them: the standard of the first gate may deserve a look (this hint is an assumption).",
)

_SIFTED = Text(
    "第一关研判不再促改{sifted}件，对照筛查建议的理由：{reasons}（一案可有几项理由；建议系假设，供对照，不作考核）。{against}",
    "Sifted out at the first gate: {sifted}; by the reasons of the advice: {reasons} (a case may have several; "
    "the advice is an assumption, shown for comparison and no measure of anyone).{against}",
)
_ADVISED = Text("筛查建议为“{label}”", "advice: “{label}”")
_AGAINST = Text(
    "第一关通过而筛查建议为“建议不纳入”的{number}件。", " {number} passed although sifting out was advised."
)

_FOUND = Text("查明症结的案件", "Cases with causes found")
_SUSPECTED = Text("有疑似症结（待核实）的案件", "Cases with suspected causes (to be verified)")
_MEASURES = Text("提出最多的措施：", "Measures suggested most:")
_MEASURE = Text("  {number:>4}件 {id} {title}", "  {number:>4} {id} {title}")


def tally_lines(tally: Tally, book: Prepared) -> Iterator[Text]:
    """The tally line by line."""
    yield from outcome_lines(tally, book)
    yield from gate_lines(tally, book)
    if book.library is not None:
        yield from cause_lines(tally, book.library)
        yield from _measure_lines(tally, book.library)


def outcome_lines(tally: Tally, book: Prepared) -> Iterator[Text]:
    """How many cases there are, and what each decision came to."""
    if SCOPE[0] in book.rulebook.decisions:
        cases = _CASES.fill(cases=tally.cases, in_scope=tally.in_scope)
    else:
        cases = _CASES_ALONE.fill(cases=tally.cases)
    yield Text.same("{cases}{more}").fill(cases=cases, more=_left_out(_LEFT_OUT, tally))
    for name, counts in tally.outcomes.items():
        yield LABELLED.fill(
            label=book.rulebook.decisions[name].title, words=_counts(counts, outcome_labels(book, name))
        )


def outcome_labels(book: Prepared, decision: str) -> dict[str, Text]:
    """What the outcomes of a decision are called where they are counted, then its statuses without one."""
    statuses = {status: text for status, text in STATUSES.items() if status != "decided"}
    outcomes = book.rulebook.decisions[decision].outcomes
    return {outcome: brief(item.label) for outcome, item in outcomes.items()} | statuses


def gate_lines(tally: Tally, book: Prepared) -> Iterator[Text]:
    """How the first gate spoke, and why it may have sifted cases out."""
    if tally.judged:
        yield _rate(tally)
    if tally.sifted:
        against = _AGAINST.fill(number=tally.against) if tally.against else ""
        reasons = _counts(tally.reasons, reason_labels(book))
        yield _SIFTED.fill(sifted=tally.sifted, reasons=reasons, against=against)


def reason_labels(book: Prepared) -> dict[str, Text]:
    """What the reasons for sifting out are called: rules of the advice, then what else was advised."""
    table = book.rulebook.decisions[book.screening]
    titles = {rule.id: rule.title for rule in table.rules if rule.title and rule.then == ADVISED}
    others = {outcome: item.label for outcome, item in table.outcomes.items()} | STATUSES
    return titles | {key: _ADVISED.fill(label=label) for key, label in others.items()}


def cause_lines(tally: Tally, library: Library) -> Iterator[Text]:
    """In how many cases each weak point shows."""
    points = {id: point.label for id, point in library.weak_points.items()}
    for counts, head in ((tally.found, _FOUND), (tally.suspected, _SUSPECTED)):
        if counts:
            yield LABELLED.fill(label=head, words=_counts(counts, points))


def _measure_lines(tally: Tally, library: Library) -> Iterator[Text]:
    """Which measures are suggested most."""
    if tally.measures:
        yield _MEASURES
        for id, number in frequent(tally.measures)[:TOP_MEASURES]:
            yield _MEASURE.fill(number=number, id=id, title=library.measures[id].title)


def frequent(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What was counted, the most frequent first; of equals by id."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _counts(counts: Mapping[str, int], labels: Mapping[str, Text]) -> Text:
    return COMMA.join(
        _COUNTED.fill(label=label, number=counts[key]) for key, label in labels.items() if counts.get(key)
    )


def _rate(tally: Tally) -> Text:
    """The start rate as the report counts it: of the cases studied at the first gate, those it found in need."""
    passed, judged = tally.passed, tally.judged
    remark: Text | str = ""
    if judged >= FEWEST_FOR_A_REMARK and passed in (0, judged):
        remark = _NONE_STARTED if passed == 0 else _ALL_STARTED
    rate = _RATE.fill(passed=passed, judged=judged, share=100 * passed / judged, remark=remark)
    return Text.same("{rate}{more}").fill(rate=rate, more=_left_out(_NOT_IN_RATE, tally))


def _left_out(said: Text, tally: Tally) -> Text | str:
    """How many cases are missing, where some are."""
    return said.fill(number=tally.left_out) if tally.left_out else ""
