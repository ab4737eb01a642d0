"""A diff as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TextIO

from reformkit.comparing.diff import Diff
from reformkit.editing.fixture_text import fixture_text
from reformkit.hypertext.frame import framed, table, words
from reformkit.printing.diff_text import CASE_HEADS, OPEN_ITEMS, case_rows
from reformkit.reporting.case_changes import say_came, say_rates
from reformkit.reporting.changes import say_changes
from reformkit.reporting.diff import RegionInWords, say_not_compared, say_regions
from reformkit.reporting.diff_unknown import say_unknown
from reformkit.reporting.item_effects import say_effects
from reformkit.text import Lang, Text

MOST_REGIONS = 300
"""Regions of a decision that stand on the page."""

_TITLE = Text("规则册比较", "Rulebooks compared")
_WAS, _IS = Text("原", "Before"), Text("新", "After")
_CHANGES = Text("处改动", "changes")
_REGIONS = Text("种情形的结论有变化", "regions with another outcome")
_CASES = Text("件已有案件有变化", "stored cases come out otherwise")
_SAME = Text("两个规则册没有差别。", "Nothing differs.")
_CHANGED, _NOT_COMPARED = Text("改动了什么", "What was changed"), Text("未能比较的决策", "Not compared")
_STORED = Text("已有案件", "Stored cases")
_MOVE_HEADS = (Text("决策", "Decision"), Text("原", "Before"), Text("现", "After"), Text("件数", "Cases"))
_AS_BEFORE = Text("不变", "as before")
_CHANGED_CASES = Text("有变化的{number}件案件", "The {number} cases that change")
_OUTCOMES = Text("结论有变化的情形 · {decision}", "Outcomes · {decision}")
_MORE = Text("另有{number}处，见 --format json。", "{number} more; see --format json.")
_EXAMPLE = Text("例（可存入测试案件，按新规则册通过）", "An example, as a fixture that the new rulebook passes")
_BOXES = Text("互不重叠的情形（{number}种，先大后小）", "Disjoint boxes ({number}, largest first)")


def write_page(diff: Diff, stream: TextIO, lang: Lang, boxes: bool) -> None:
    """The whole diff as a page, the most telling first."""
    stream.writelines(f"{line}\n" for line in _Page(diff, lang, boxes).lines())


@dataclass(frozen=True, slots=True)
class _Page:
    """A diff in one language, part by part as lines of HTML."""

    diff: Diff
    lang: Lang
    boxes: bool

    def lines(self) -> Iterator[str]:
        """Every line of the page."""
        return framed(self._words(_TITLE), self._body(), self.lang)

    def _body(self) -> Iterator[str]:
        yield f"<h1>{self._words(_TITLE)}</h1>"
        yield from self._names()
        yield from self._sums()
        yield from self._changes()
        yield from self._not_compared()
        yield from self._items()
        yield from self._cases()
        yield from self._regions()
        yield from (f'<p class="aside">{self._words(line)}</p>' for line in say_unknown(self.diff))
        yield from self._changed_cases()

    def _words(self, text: Text | str) -> str:
        return words(text, self.lang)

    def _names(self) -> Iterator[str]:
        old, new = map(escape, self.diff.names)
        was, now = self._words(_WAS), self._words(_IS)
        yield f'<p class="names">{was} <b>{old}</b><span class="to">→</span>{now} <b>{new}</b></p>'

    def _sums(self) -> Iterator[str]:
        diff = self.diff
        sums = [(str(len(diff.changes)), _CHANGES), (str(len(diff.regions)), _REGIONS)]
        if diff.cases is not None:
            sums.append((f"{len(diff.cases.changed)} / {diff.cases.cases}", _CASES))
        yield '<ul class="sums">'
        yield from (f"<li><b>{number}</b>{self._words(words)}</li>" for number, words in sums)
        yield "</ul>"
        if not diff:
            yield f"<p>{self._words(_SAME)}</p>"

    def _changes(self) -> Iterator[str]:
        changes = list(say_changes(self.diff))
        if changes:
            yield f"<h2>{self._words(_CHANGED)}</h2>"
        for part, lines in changes:
            yield f"<h3>{self._words(part)}</h3>"
            yield from self._list(lines)

    def _not_compared(self) -> Iterator[str]:
        if self.diff.not_compared:
            yield f"<h2>{self._words(_NOT_COMPARED)}</h2>"
            yield from self._list(say_not_compared(item, self.diff) for item in self.diff.not_compared)

    def _items(self) -> Iterator[str]:
        if self.diff.items is not None:
            yield f"<h2>{self._words(OPEN_ITEMS)}</h2>"
            yield from self._list(say_effects(self.diff.items))

    def _cases(self) -> Iterator[str]:
        diff = self.diff
        if diff.cases is None:
            return
        yield f"<h2>{self._words(_STORED)}</h2>"
        yield f"<p>{self._words(say_rates(diff))}</p>"
        rows: list[tuple[Text | str | int, ...]] = []
        for name, moves in diff.cases.moves.items():
            if any(before != after for before, after in moves):
                title: Text | str = diff.new.decisions[name].title
                for (before, after), number in moves.most_common():
                    now = _AS_BEFORE if before == after else say_came(diff.new, name, after)
                    rows.append((title, say_came(diff.old, name, before), now, number))
                    title = ""
        if rows:
            yield from self._table(_MOVE_HEADS, rows)

    def _changed_cases(self) -> Iterator[str]:
        if self.diff.cases is not None and self.diff.cases.changed:
            yield f"<h2>{self._words(_CHANGED_CASES.fill(number=len(self.diff.cases.changed)))}</h2>"
            yield from self._table(CASE_HEADS, case_rows(self.diff))

    def _regions(self) -> Iterator[str]:
        for decision, regions in say_regions(self.diff):
            yield f"<h2>{self._words(_OUTCOMES.fill(decision=decision))}</h2>"
            for region in regions[:MOST_REGIONS]:
                yield from self._card(region)
            if len(regions) > MOST_REGIONS:
                yield f"<p>{self._words(_MORE.fill(number=len(regions) - MOST_REGIONS))}</p>"

    def _card(self, region: RegionInWords) -> Iterator[str]:
        before, after = self._words(region.before), self._words(region.after)
        yield '<div class="card">'
        yield (
            f'<div class="move"><span class="was">{before}</span><span class="to">→</span>'
            f'<span class="now">{after}</span></div>'
        )
        yield f'<p class="by">{self._words(region.by)}</p>'
        yield from self._list(region.where, "where")
        for aside in (region.excepted, region.days):
            if aside is not None:
                yield f'<p class="aside">{self._words(aside)}</p>'
        fixture = self.diff.fixture(region.region)
        if fixture is not None:
            yield self._details(_EXAMPLE, fixture_text(fixture, self.diff.new, self.lang))
        if self.boxes and region.region.proven:
            parts = region.region.boxes()
            yield self._details(_BOXES.fill(number=len(parts)), "\n".join(map(str, parts)))
        yield "</div>"

    def _details(self, summary: Text, body: str) -> str:
        return f"<details><summary>{self._words(summary)}</summary><pre>{escape(body)}</pre></details>"

    def _list(self, lines: Iterable[Text], kind: str = "plain") -> Iterator[str]:
        yield f'<ul class="{kind}">'
        yield from (f"<li>{self._words(line)}</li>" for line in lines)
        yield "</ul>"

    def _table(self, heads: Iterable[Text], rows: Iterable[Iterable[Text | str | int]]) -> Iterator[str]:
        return table(heads, rows, self.lang)
