"""What many cases come to together; the start rate is shown, never ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from reformkit.assessing.tally import ADVISED, Tally
from reformkit.book import Book
from reformkit.printing.paper import Paper
from reformkit.printing.records import STATUSES
from reformkit.text import Lang, Text

TOP_MEASURES, FEWEST_FOR_A_REMARK = 10, 20


def print_tally(tally: Tally, book: Book, lang: Lang, console: Paper) -> None:
    """The tally in words."""
    zh = lang == "zh"
    console.print()
    console.say("汇总" if zh else "Summary", "bold cyan")
    console.say(
        f"案件{tally.cases}件，其中属案件促改{tally.in_scope}件。"
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
    if tally.sifted:
        console.say(_sifting(tally, book, lang))
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
            console.say(f"  {number:>4}{'件' if zh else ''} {measure} {title}")


def _counts(counts: Counter[str], labels: Mapping[str, str], lang: Lang) -> str:
    if lang == "zh":
        return "、".join(f"{labels[k]}{counts[k]}件" for k in labels if counts[k])
    return ", ".join(f"{labels[k]} {counts[k]}" for k in labels if counts[k])


def _rate(tally: Tally, lang: Lang) -> str:
    """The start rate as the report counts it: of the cases studied at the first gate, those it found in need."""
    passed, judged = tally.passed, tally.judged
    rate = f"{100 * passed / judged:.1f}%"
    none, extreme = passed == 0, judged >= FEWEST_FOR_A_REMARK and passed in (0, judged)
    if lang == "zh":
        said = f"促改率：第一关研判{judged}件，第一关确定启动{passed}件，{passed}/{judged}＝{rate}（第二关不在其中；只作展示，不作目标，不排名）。"
        return said + (
            f"{'全部未启动' if none else '全部启动'}，建议复看第一关的把握尺度（提示条件系假设）。" if extreme else ""
        )
    said = f"Start rate: {passed} of the {judged} cases studied at the first gate, {rate} (shown only; the second gate is not in it; not a target, not a ranking)."
    return said + (
        f" {'None' if none else 'All'} of them: the standard of the first gate may deserve a look (this hint is an assumption)."
        if extreme
        else ""
    )


def _sifting(tally: Tally, book: Book, lang: Lang) -> str:
    """The reasons for sifting out, as the advice has them; shown beside the rate, and no measure of anyone."""
    zh, table = lang == "zh", book.rulebook.decisions[book.screening]
    titles = {rule.id: rule.title.say(lang) for rule in table.rules if rule.title and rule.then == ADVISED}
    others = {o: item.label.say(lang) for o, item in table.outcomes.items()}
    others |= {status: text.say(lang) for status, text in STATUSES.items()}
    advised = "筛查建议为" if zh else "advice: "
    labels = titles | {key: f"{advised}“{label}”" for key, label in others.items()}
    said = _counts(tally.reasons, labels, lang)
    if zh:
        against = f"第一关通过而筛查建议为宜筛的{tally.against}件。" if tally.against else ""
        return f"第一关筛除{tally.sifted}件，对照筛查建议的理由：{said}（一案可有几项理由；建议系假设，供对照，不作考核）。{against}"
    against = f" {tally.against} passed although sifting out was advised." if tally.against else ""
    return f"Sifted out at the first gate: {tally.sifted}; by the reasons of the advice: {said} (a case may have several; the advice is an assumption, shown for comparison and no measure of anyone).{against}"


def short(label: str) -> str:
    """A label as far as its bracket.

    >>> short("点（新办理个案促改）"), short("Point (reform of the single case)")
    ('点', 'Point')
    """
    return label.partition("（")[0].partition(" (")[0]
