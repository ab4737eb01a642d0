"""The year of cases: which of them belong to it, what they come to together, and what is said of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reformkit.assessing.assessor import Assessor
from reformkit.assessing.tally import Tally
from reformkit.assessing.weighed import Weighed
from reformkit.assessing.yearly import YearCount, year_of
from reformkit.model.case import Case, Unread
from reformkit.model.vocabulary import Vocabulary
from reformkit.pages.which_year import UnclearYear, year_said
from reformkit.pages.year import Year
from reformkit.reporting.year_of_cases import MANY_IDS, parts_of_cases
from reformkit.text import COMMA, Text
from reformkit.wording.values import say_day

NO_CASES = Text("没有可研判的案件。", "There are no cases to assess.")
_NO_DATES = Text(
    "案件都没有日期（{facts}），看不出年度；请写明年度，如 {example}",
    "no case has a day ({facts}) that tells its year; say which it is, as in {example}",
)
_SEVERAL = Text(
    "案件分属几个年度（{years}）；请写明一个，如 {example}",
    "the cases are of several years ({years}); name one, as in {example}",
)
_NOT_OF_IT = Text("没有{year}年的案件；所给案件属：{years}", "there are no cases of {year}; those given are of {years}")
_OF_YEAR = Text("{year}年{number}件", "{year}: {number}")

_EXAMPLE = Text.same("reformkit year {year} …")

_OTHERS = Text(
    "另有{number}件属其他年度，未计入以下各数：{years}。",
    "{number} cases are of other years and in none of these figures: {years}.",
)
_NAMED = Text("{year}年{number}件（{names}）", "{year}: {number} ({names})")
_UNDATED = Text(
    "其中{number}件没有日期，按{year}年计：{names}。",
    "{number} cases have no day and are taken to be of {year}: {names}.",
)
_EARLY = Text(
    "其中{number}件的日期早于一些决策最早的规则，那些决策没有规则可依，按“其余”计：{names}。应按现行规则研判的，填写研判日期。",
    "{number} cases have a day before the first rules of some decisions, which give what holds otherwise: {names}. Where the present rules are meant, state the day of judging.",
)
_JUDGED = Text(
    "各案按{day}的规则研判，这一天不在{year}年内。",
    "The cases are judged by the rules of {day}, which is not in {year}.",
)
_UNREAD = Text("未能读入的{number}件：{names}。", "Left out for errors: {number} ({names}).")
_AND_MORE = Text("{names}等", "{names}, …")
_AT = Text("{file} 第{line}行", "{file}:{line}")

_FROM_CASES = Text(
    "各数由案件文件按规则册研判得出，是研判结果，不反映办理进度。",
    "The figures are what the rulebook comes to from files of cases; how far reform has come they do not say.",
)
_BY_DAYS = Text(
    "案件按{first}归年，没有的依次按{others}（归年方法系假设）。",
    "A case is of the year of its {first}, else of its {others} (an assumption).",
)
_BY_DAY = Text("案件按{first}归年（归年方法系假设）。", "A case is of the year of its {first} (an assumption).")
_COUNTED_OVER = Text(
    "层次以所给的{number}件案件互为其他案件计数。",
    "Layers are counted over the {number} cases that were given, each among the others.",
)
SHARES = Text(
    "各项占比只作展示，不作目标，不排名；系统按词表先后排列；不足5件的只列件数，不列百分比。",
    "Shares are shown only: no target and no ranking. Sectors stand in the vocabulary's order; of fewer than 5 no percentage is given.",
)


def year_of_cases(
    book: Assessor[Weighed],
    cases: Sequence[Case],
    year: int | str | None,
    others: Sequence[Case] = (),
    unread: Sequence[Unread] = (),
    as_of: date | None = None,
) -> Year:
    """The year of cases, which count for each other; `others` are counted over too. `unread` are named.

    Raises `UnclearYear` where they are of several years or of none and `year` does not say which, or none is of it, and
    for a word that is no year.
    """
    vocabulary = book.rulebook.vocabulary
    years = {case.id: year_of(case.facts, vocabulary.dates) for case in cases}
    chosen = _chosen(years, None if year is None else year_said(year), vocabulary)
    ours = [case for case in cases if years[case.id] in (chosen, None)]
    history = [*cases, *others]
    count = YearCount(Tally(left_out=len(unread)))
    counter = book.counter(history, as_of)
    for case in ours:
        count.add(book.weigh(case, counter.in_short(case, as_of), as_of))
    parts = parts_of_cases(count, book)
    early = [str(problem.case or problem.place.line) for problem in book.dated_before_rules(ours, as_of)]
    judged = [_JUDGED.fill(day=say_day(as_of), year=chosen)] if as_of is not None and as_of.year != chosen else []
    lines = (*_left_out(years, chosen), *judged, *_early(early), *_unread(unread))
    first, *rest = parts[0].lines
    parts = (replace(parts[0], lines=(first, *lines, *rest)), *parts[1:])
    return Year(chosen, "cases", parts, tuple(_notes(vocabulary, len(history), "layer" in book.rulebook.decisions)))


def _chosen(years: Mapping[str, int | None], year: int | None, vocabulary: Vocabulary) -> int:
    """The year that is meant. Raises `UnclearYear` where that is not clear, or no case can be of it."""
    if not years:
        raise UnclearYear(NO_CASES)
    numbers = Counter(known for known in years.values() if known is not None)
    said = COMMA.join(_OF_YEAR.fill(year=known, number=number) for known, number in sorted(numbers.items()))
    if year is None and not numbers:
        facts = COMMA.join(
            vocabulary.fields[name].label for name in vocabulary.dates.facts if name in vocabulary.fields
        )
        raise UnclearYear(_NO_DATES.fill(facts=facts, example=_EXAMPLE.fill(year=date.today().year)))
    if year is None and len(numbers) > 1:
        raise UnclearYear(_SEVERAL.fill(years=said, example=_EXAMPLE.fill(year=max(numbers, key=numbers.__getitem__))))
    if year is not None and year not in numbers and None not in years.values():
        raise UnclearYear(_NOT_OF_IT.fill(year=year, years=said))
    return next(iter(numbers)) if year is None else year


def _left_out(years: Mapping[str, int | None], chosen: int) -> Iterator[Text]:
    """The cases of other years by year, and those that no day dates."""
    others: dict[int, list[str]] = {}
    for id, year in years.items():
        if year not in (chosen, None):
            others.setdefault(int(str(year)), []).append(id)
    if others:
        named = [_NAMED.fill(year=year, number=len(ids), names=_names(ids)) for year, ids in sorted(others.items())]
        yield _OTHERS.fill(number=sum(map(len, others.values())), years=COMMA.join(named))
    undated = [id for id, year in years.items() if year is None]
    if undated:
        yield _UNDATED.fill(number=len(undated), year=chosen, names=_names(undated))


def _early(names: Sequence[str]) -> Iterator[Text]:
    """The cases of which some decision asked no rule, for none was in force yet."""
    if names:
        yield _EARLY.fill(number=len(names), names=_names(names))


def _unread(unread: Sequence[Unread]) -> Iterator[Text]:
    if unread:
        yield _UNREAD.fill(number=len(unread), names=_names([case.id or _place(case) for case in unread]))


def _place(case: Unread) -> Text:
    return _AT.fill(file=Path(case.place.path).name, line=case.place.line)


def _names(names: Sequence[Text | str]) -> Text:
    listed = COMMA.join(names[:MANY_IDS])
    return _AND_MORE.fill(names=listed) if len(names) > MANY_IDS else listed


def _notes(vocabulary: Vocabulary, counted_over: int, has_layers: bool) -> Iterator[Text]:
    """What always stands at the end of the year of cases."""
    yield _FROM_CASES
    first, *others = (vocabulary.fields[name].label for name in vocabulary.dates.facts if name in vocabulary.fields)
    yield _BY_DAYS.fill(first=first, others=COMMA.join(others)) if others else _BY_DAY.fill(first=first)
    if has_layers:
        yield _COUNTED_OVER.fill(number=counted_over)
    yield SHARES
