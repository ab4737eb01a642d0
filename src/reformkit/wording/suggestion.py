"""The text of one suggestion, filled from the case: what was found, who does what by when, how it is checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from reformkit.model.library import Library, Measure, Variant
from reformkit.model.vocabulary import Facts, Field
from reformkit.text import SEMICOLON, Text
from reformkit.wording.values import quote, say_value

START = {
    "letter_received": Text("收到本文书之日", "the day this letter is received"),
    "decision_announced": Text("处分决定宣布之日", "the day the sanction is announced"),
    "plan_approved": Text("整改方案批准之日", "the day the plan is approved"),
}
"""The day from which a measure's days count."""

_SUGGESTION = Text(
    "{about}建议{unit}自{start}起{days}日内，{text}。",
    "{about}{unit} is advised, within {days} days of {start}, to do the following: {text}.",
)
_SEVERAL = Text(
    "建议{unit}自{start}起{days}日内：{texts}。",
    "{unit} is advised, within {days} days of {start}, to do the following: {texts}.",
)
_ITEM = Text("（{numeral}）{words}", "({number}) {words}")
_TEXT = Text("{about}{text}", "{about}{text}")
_WHOLE = Text("{words}{practice}{accepted}", "{words}{practice}{accepted}")
_ACCEPTED = Text("验收：{criteria}。", " Accepted when: {criteria}.")
_PRACTICE = Text("{joining}{practice}", " {joining}{practice}")
_JOINING = {
    "line": Text("并入系统专项治理的，", "As part of the treatment of the sector: "),
    "area": Text("并入区域系统治理的，", "As part of the treatment of the locality: "),
}
_NUMERALS = "一二三四五六七八九十"

_ABOUT, _AND = Text("针对{what}，", "As to {what}: "), Text("和", " and ")
_PROBLEMS, _BETWEEN_PROBLEMS = Text("{quotes}问题", "{quotes}"), Text("", ", ")
_CAUSE = Text("{causes}这一症结{missing}", "the cause {causes}{missing}")
_CAUSES = Text("{causes}等症结{missing}", "the causes {causes}{missing}")
_MISSING = Text("〔问题表现和证据：待填〕", " [what was found, and the evidence: to be filled in]")
_NO_PROBLEM = Text("〔问题表现：待填；证据：{papers}〕", " [what was found: to be filled in; the evidence: {papers}]")
_PAPER = "(?:[^，。；：、和及未无没不超缺漏人由被均只仅私虚伪冒代管毁藏改造]{0,8}(?:账册|账簿|账本|账页|台账|日记账|凭证|票据|发票|收据|合同|协议|笔录|记录|报告|流水|对账单|清单|名册|照片|影像|录像|文件|档案|卷宗|纪要|表|函|材料|证言|书证|情况说明))"
_NAMES_PAPERS = re.compile(f"{_PAPER}(?:(?:[、，；和及]|以及){_PAPER})*")
"""Evidence that names papers and states nothing: `账册`, `采购合同、付款凭证`."""
_BETWEEN_CAUSES = Text("", ", ")

_SEEING_TO = Text("{responsible}督促{unit}", "{responsible}, seeing to {unit},")
_BLANK = Text("〔{label}：待填〕", "[{label}: to be filled in]")

Blanks = Callable[[str], Text]
"""Gives the words for a blank of the library's texts, by the name of its fact."""

Covers = Mapping[str, Sequence[str]]
"""Causes, each with the evidence for it."""


def say_suggestion(
    measure: Measure,
    to: Text,
    blanks: Blanks,
    clauses: Sequence[tuple[Text, Variant | None]],
    layer: str | None,
    *,
    with_criteria: bool = True,
) -> Text:
    """A suggestion in full: 针对“……”问题，建议某单位自某日起若干日内，……。验收：……。

    `to`: who is advised (`addressee`). `clauses`: what each wording answers (`about`), and the wording (None: the
    measure's own); several are numbered (（一）……（二）……). What the case does not say is shown as a blank to fill. The layer adds its practice.
    """
    said = [(about, text_of(measure, variant, blanks)) for about, variant in clauses]
    terms: dict[str, Text | int] = {
        "unit": to,
        "start": START[measure.due_from],
        "days": measure.due_days,
    }
    if len(said) == 1:
        words = _SUGGESTION.fill(about=said[0][0], text=said[0][1], **terms)
    else:
        texts = SEMICOLON.join(_numbered([_TEXT.fill(about=about, text=text) for about, text in said]))
        words = _SEVERAL.fill(texts=texts, **terms)
    practice, joining = measure.practices.get(layer or ""), _JOINING.get(layer or "", "")
    criteria = [SEMICOLON.join(criteria_of(measure, variant, blanks)) for _, variant in clauses]
    return _WHOLE.fill(
        words=words,
        practice=""
        if practice is None
        else _PRACTICE.fill(joining=joining, practice=filled(practice, measure, blanks).within()),
        accepted=_ACCEPTED.fill(criteria=criteria[0] if len(said) == 1 else SEMICOLON.join(_numbered(criteria)))
        if with_criteria
        else "",
    )


def _numbered(parts: Sequence[Text]) -> list[Text]:
    """Parts of a sentence, each behind its number: （一）……."""
    return [
        _ITEM.fill(numeral=_NUMERALS[n % len(_NUMERALS)], number=n + 1, words=words) for n, words in enumerate(parts)
    ]


def text_of(measure: Measure, variant: Variant | None, blanks: Blanks) -> Text:
    """What is to be done, without a full stop."""
    return _unstopped(filled(variant.text if variant else measure.text, measure, blanks))


def criteria_of(measure: Measure, variant: Variant | None, blanks: Blanks) -> tuple[Text, ...]:
    """By what it is accepted, each as part of a sentence."""
    criteria = (variant.accept if variant else ()) or measure.accept
    return tuple([_criterion(each, measure, blanks) for each in criteria])


def _unstopped(text: Text) -> Text:
    """A text without its full stop."""
    return text.each(lambda words: words.rstrip("。."))


def _criterion(text: Text, measure: Measure, blanks: Blanks) -> Text:
    return _unstopped(filled(text, measure, blanks)).within() if text.blanks else _as_part(text)


@lru_cache(maxsize=4096)
def _as_part(text: Text) -> Text:
    """A text of the library that has no blanks, as part of a sentence."""
    part = _unstopped(_without_blanks(text)).within()
    return Text(part.zh, part.en)


@lru_cache(maxsize=4096)
def _without_blanks(text: Text) -> Text:
    words = text.fill()
    return Text(words.zh, words.en)


def say_about(covers: Covers, library: Library, *, found: bool = True) -> Text:
    """What is answered: the evidence in its own words, and the causes that have none.

    Evidence that only names papers says no problem: the cause is named, with the papers and a blank for the problem. Of a
    cause that is not `found` but suspected no evidence is expected.
    """
    evidence = dict.fromkeys([words.strip("。 ") for each in covers.values() for words in each])
    papers = [words for words in evidence if _NAMES_PAPERS.fullmatch(words)]
    quotes = [quote(words) for words in evidence if words not in papers]
    without = [c for c, words in covers.items() if all(w.strip("。 ") in papers for w in words)]
    bare = [quote(library.causes[c].label) for c in without if c in library.causes]
    what = [_PROBLEMS.fill(quotes=_BETWEEN_PROBLEMS.join(quotes))] if quotes else []
    if bare:
        words = _CAUSE if len(bare) == 1 else _CAUSES
        missing = _NO_PROBLEM.fill(papers=SEMICOLON.join(papers)) if papers else _MISSING if found else ""
        what.append(words.fill(causes=_BETWEEN_CAUSES.join(bare), missing=missing))
    return _ABOUT.fill(what=what[0] if len(what) == 1 else _AND.join(what))


def addressee(fields: Mapping[str, Field], facts: Facts, compared: Facts) -> Text:
    """Who is advised: the unit, through the unit responsible for it where that is another one as they are compared."""
    unit, responsible = blank("unit", fields, facts), facts.get("responsible_unit")
    if responsible is None or compared.get("responsible_unit") == compared.get("unit"):
        return unit
    return _SEEING_TO.fill(responsible=str(responsible), unit=unit)


def filled(text: Text, measure: Measure, blanks: Blanks) -> Text:
    """A text of the library with its blanks filled; what is unknown becomes a visible blank."""
    if not text.blanks:
        return _without_blanks(text)
    return text.fill(**{name: measure.due_days if name == "days" else blanks(name) for name in text.blanks})


def blanks_of(fields: Mapping[str, Field], facts: Facts) -> Blanks:
    """What fills blanks for a case."""
    return lambda name: blank(name, fields, facts)


def blank(name: str, fields: Mapping[str, Field], facts: Facts) -> Text:
    """A fact's value in words, or a blank that names what is to be filled in."""
    field, value = fields.get(name), facts.get(name)
    if field is not None and value is not None:
        return say_value(field, value)
    return _BLANK.fill(label=name if field is None else field.label)
