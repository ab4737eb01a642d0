"""One case of the casebook, made of what the ledger has of an item: in words that people stated, and in those of the library."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from reformkit.model.library import Library, Measure
from reformkit.model.rulebook import Rulebook
from reformkit.overseeing.casebook_words import CaseWords
from reformkit.overseeing.figures import Figures
from reformkit.practising.item import ItemState
from reformkit.text import Text
from reformkit.wording.section import Section, numbered_sections

_TITLE, _ABOUT = (
    Text("案例{number}　{about}", "Case {number}: {about}"),
    Text("{sector}：{matter}", "{sector}: {matter}"),
)
_AND, _MORE = Text("、", ", "), Text("{first}、{second}等事项", "{first}, {second} and others")
_SUMMARY, _CAUSES, _ASKED = Text("案情概要", "The case"), Text("症结", "Causes"), Text("建议要点", "What was asked")
_DONE, _EFFECT, _LESSON = Text("做法", "What was done"), Text("成效", "Effect"), Text("可借鉴处", "What it teaches")
_FIELD, _FACT = Text("{label}：{value}", "{label}: {value}"), Text("；", "; ")
_SPAN = Text("{opened}立项，{ended}归档", "opened in {opened}, archived in {ended}")
_MONTH = Text("{year}年{month}月", "{year}-{month:02}")
_DETAIL, _LINE, _ASK = (
    Text("  {words}", "  {words}"),
    Text("{words}", "{words}"),
    Text("{number}. {words}", "{number}. {words}"),
)
_OTHER = Text("其他", "Other")
_SENT = Text("发出{letters}", "Issued: {letters}")
_LETTER = Text("{title}{count}份", "{title} ({count})")
_RECEIVED, _REPORTED = (
    Text("{month}签收", "received in {month}"),
    Text("{month}报送整改结果", "results reported by {month}"),
)
_ON = Text("{month}验收通过", "accepted in {month}")
_MET = Text("验收标准{count}条全部达到", "All {count} criteria were met")
_ACCEPTED = Text("验收认定：{results}", "Accepted: {results}")
_RESULT = Text("{title}{count}{unit}", "{title} {count}")
_VISITED, _REOPENED = (
    Text("回访{visits}次，均合格", "{visits} return visits, all good"),
    Text("回访{visits}次，其中{reopened}次不合格，退回后重新整改", "{visits} return visits; {reopened} sent it back"),
)
_FIRST, _AGAIN = (
    Text("一次验收通过", "Accepted the first time"),
    Text("返工后验收通过", "Accepted after it was done again"),
)
_NAMED = Text("{id} {title}", "{id} {title}")
_REFER = Text("同类单位可对照措施库中的{measures}", "Units of the kind may look at {measures} of the library")


_BEFORE = re.compile(r"^针对.*?之日起[0-9]+(?:日|个工作日|个月)内[，,]", re.DOTALL)
_BEHIND = re.compile(r"(?:并入(?:系统专项|区域系统)治理的，|验收：).*$", re.DOTALL)
"""Where a measure's text goes over to what the whole sector does, or to its criteria."""


class Quoted(NamedTuple):
    """Words that people stated and that are to be printed: in which part, and (`was`) what stood there before they were replaced."""

    field: Text
    words: str
    was: str


@dataclass(frozen=True, slots=True)
class CasebookCase:
    """A case as it is printed, and under what it stands in the indexes."""

    number: int
    item: str
    title: Text
    sections: tuple[Section, ...]
    weak_points: tuple[Text, ...]
    measures: tuple[Text, ...]
    industry: Text | None


def case_of(
    number: int, state: ItemState, figures: Figures, rulebook: Rulebook, library: Library | None, words: CaseWords
) -> tuple[CasebookCase, list[Quoted]]:
    """A case, and the words in it that people stated."""
    teller = _Teller(state, figures, rulebook, library, words)
    sections = tuple(numbered_sections(teller.parts()))
    measures = tuple(map(_named, teller.measures))
    industry = teller.label("industry")
    points = tuple(dict.fromkeys(teller.direction(issue.cause) for issue in state.issues))
    title = _TITLE.fill(number=number, about=_ABOUT.fill(sector=industry or _OTHER, matter=teller.matter()))
    return CasebookCase(number, state.id, title, sections, points, measures, industry), teller.cited


def _month(day: date) -> Text:
    return _MONTH.fill(year=day.year, month=day.month)


def _body(text: str) -> str:
    """What a suggestion asks for, without the finding, the unit and the term before it, and what stands behind.

    >>> _body("针对“未上会”问题，建议某社自收到本文书之日起90日内，逐宗清查合同。验收：清单齐全。")
    '逐宗清查合同。'
    """
    return _BEHIND.sub("", _BEFORE.sub("", text)).strip() or text


def _named(measure: Measure) -> Text:
    return _NAMED.fill(id=measure.id, title=measure.title)


class _Teller:
    """Tells one item part by part, and remembers which words people stated."""

    def __init__(
        self, state: ItemState, figures: Figures, rulebook: Rulebook, library: Library | None, words: CaseWords
    ) -> None:
        self._state, self._figures, self._rulebook, self._library = state, figures, rulebook, library
        self._words = words
        self.cited: list[Quoted] = []
        asked = [made.suggestion.measure for made in state.demands.values()]
        known = {} if library is None else library.measures
        self.measures = [known[id] for id in dict.fromkeys(asked) if id in known]

    def parts(self) -> Iterator[tuple[Text, Iterator[Text]]]:
        """The parts of the case, each with its lines."""
        yield _SUMMARY, self._summary()
        yield _CAUSES, self._causes()
        yield _ASKED, self._asked()
        yield _DONE, self._done()
        yield _EFFECT, self._effect()
        yield _LESSON, self._lesson()

    def matter(self) -> Text:
        """What it was about, by the titles of its measures."""
        titles = [measure.title for measure in self.measures]
        if not titles:
            return self._state.procedure.title
        return (
            titles[0]
            if len(titles) == 1
            else _AND.join(titles)
            if len(titles) == 2
            else _MORE.fill(first=titles[0], second=titles[1])
        )

    def label(self, field: str) -> Text | None:
        """What a choice of the case is called."""
        known = self._rulebook.vocabulary.fields.get(field)
        choice = None if known is None else known.values.get(str(self._state.facts.get(field)))
        return None if choice is None else choice.label

    def direction(self, cause: str) -> Text:
        """The weak point that a cause belongs to."""
        known = None if self._library is None else self._library.causes.get(cause)
        return _OTHER if known is None or self._library is None else self._library.weak_points[known.weak_point].label

    def _stated(self, field: Text, words: str) -> Text:
        """Words that people stated, with those in place that the office wants instead."""
        said = " ".join(words.split())
        new = said
        for old, instead in sorted(self._words.replace.items(), key=lambda pair: -len(pair[0])):
            new = new.replace(old, instead)
        self.cited.append(Quoted(field, new, said))
        return Text.same(new)

    def _summary(self) -> Iterator[Text]:
        issue = self._state.facts.get("issue")
        if isinstance(issue, str) and issue.strip():
            yield self._stated(_SUMMARY, issue)
        facts = []
        for field in ("source", "unit_kind", "industry"):
            label = self.label(field)
            if label is not None:
                facts.append(_FIELD.fill(label=self._rulebook.vocabulary.fields[field].label, value=label))
        opened, ended = self._state.opened_on, self._state.ended_on or self._state.opened_on
        yield _FACT.join([*facts, _SPAN.fill(opened=_month(opened), ended=_month(ended))])

    def _causes(self) -> Iterator[Text]:
        by_direction: dict[Text, list[Text]] = {}
        for issue in self._state.issues:
            label = self._stated(_CAUSES, issue.label)
            said = (
                label if not issue.evidence else _FIELD.fill(label=label, value=self._stated(_CAUSES, issue.evidence))
            )
            by_direction.setdefault(self.direction(issue.cause), []).append(said)
        for direction, lines in by_direction.items():
            yield direction
            yield from (_DETAIL.fill(words=line) for line in lines)

    def _asked(self) -> Iterator[Text]:
        for number, made in enumerate(self._state.demands.values(), 1):
            known = [measure for measure in self.measures if measure.id == made.suggestion.measure]
            said = self._stated(_ASKED, _body(made.suggestion.text) if known else made.suggestion.text)
            words = _FIELD.fill(label=known[0].title, value=said) if known else said
            yield _ASK.fill(number=number, words=words)

    def _done(self) -> Iterator[Text]:
        kinds = self._rulebook.letters.kinds if self._rulebook.letters else {}
        sent, received = Counter[str](), list[date]()
        for letter in self._state.letters:
            if not letter.void:
                sent[letter.issued.letter] += len(letter.issued.to)
                received += letter.received.values()
        if sent:
            titles = {id: kinds[id].title if id in kinds else Text.same(id) for id in sent}
            yield _SENT.fill(
                letters=_AND.join([_LETTER.fill(title=titles[id], count=count) for id, count in sent.items()])
            )
        reported = [result.on for result in self._state.results]
        accepting = [step.id for step in self._state.procedure.steps.values() if step.doing == "acceptance"]
        accepted = [self._state.days[id] for id in accepting if id in self._state.days]
        days = (
            (_RECEIVED, min(received, default=None)),
            (_REPORTED, max(reported, default=None)),
            (_ON, max(accepted, default=None)),
        )
        told = [text.fill(month=_month(day)) for text, day in days if day is not None]
        if told:
            yield _FACT.join(told)

    def _effect(self) -> Iterator[Text]:
        accepted = [
            _RESULT.fill(title=figure.title, count=str(figure.accepted), unit=figure.rule.counter or Text("", ""))
            for figure in self._figures
            if figure.rule.sum is not None and figure.accepted
        ]
        if accepted:
            yield _ACCEPTED.fill(results=_AND.join(accepted))
        met = [judged.met for judged in self._state.judged.values()]
        if met and all(met):
            yield _MET.fill(count=len(met))
        failed = any(
            step.doing == "acceptance" and step.id in self._state.failures
            for step in self._state.procedure.steps.values()
        )
        yield _AGAIN if failed else _FIRST
        visits = [one for one in self._figures.everything if one.kind == "visit"]
        reopened = sum(not one.passed for one in visits)
        if visits:
            yield (
                _REOPENED.fill(visits=len(visits), reopened=reopened) if reopened else _VISITED.fill(visits=len(visits))
            )

    def _lesson(self) -> Iterator[Text]:
        if self._words.lesson:
            yield self._stated(_LESSON, self._words.lesson)
        if self.measures:
            yield _REFER.fill(measures=_AND.join([_named(measure) for measure in self.measures]))
