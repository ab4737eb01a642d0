"""The text of one suggestion, filled from the case: what was found, who does what by when, how it is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from reformkit.model.library import Library, Measure
from reformkit.model.vocabulary import Facts, Field
from reformkit.text import COMMA, SEMICOLON, Text
from reformkit.wording.values import quote, say_value

START = {
    "letter_received": Text("收到“三书”或者其他纪检监察文书之日", "the day the letters or other papers are received"),
    "decision_announced": Text("处分决定宣布之日", "the day the sanction is announced"),
    "plan_approved": Text("整改方案批准之日", "the day the plan is approved"),
}
"""The day from which a measure's days count."""

_SUGGESTION = Text(
    "{about}建议{unit}自{start}起{days}日内，{text}。{practice}验收：{criteria}。",
    "{about}{unit} is advised, within {days} days of {start}, to do the following: {text}.{practice} "
    "Accepted when: {criteria}.",
)
_PRACTICE = Text("{joining}{practice}", " {joining}{practice}")
_JOINING = {
    "line": Text("并入系统专项治理的，", "As part of the treatment of the sector: "),
    "area": Text("并入区域系统治理的，", "As part of the treatment of the locality: "),
}

_ABOUT, _AND = Text("针对{what}，", "As to {what}: "), Text("和", " and ")
_PROBLEMS, _BETWEEN_PROBLEMS = Text("{quotes}问题", "{quotes}"), Text("", ", ")
_CAUSE = Text("{causes}这一症结{missing}", "the cause {causes}{missing}")
_CAUSES = Text("{causes}这些症结{missing}", "the causes {causes}{missing}")
_MISSING = Text("〔问题表现和证据：待填〕", " [what was found, and the evidence: to be filled in]")

_SEEING_TO = Text("{responsible}督促{unit}", "{responsible}, seeing to {unit},")
_BLANK = Text("〔{label}：待填〕", "[{label}: to be filled in]")


def suggestion(
    measure: Measure,
    library: Library,
    fields: Mapping[str, Field],
    facts: Facts,
    covers: Mapping[str, Sequence[str]],
    layer: str | None,
    *,
    found: bool = True,
) -> Text:
    """A suggestion in full: 针对“……”问题，建议某单位自某日起若干日内，……。验收：……。

    `covers`: the causes that it answers, each with the evidence for it; of a cause that is not `found` but
    suspected none is expected. What the case does not say is shown as a blank to fill, never left out.
    Industry chooses the wording, layer adds its practice.
    """
    variant = measure.variant(facts.get("industry"))
    practice = measure.practices.get(layer or "")
    joining = _JOINING.get(layer or "", "")
    criteria = (variant.accept if variant else ()) or measure.accept
    return _SUGGESTION.fill(
        about=_about(covers, library, found),
        unit=addressee(fields, facts),
        start=START[measure.due_from],
        days=measure.due_days,
        text=_unstopped(filled(variant.text if variant else measure.text, measure, fields, facts)),
        practice=""
        if practice is None
        else _PRACTICE.fill(joining=joining, practice=filled(practice, measure, fields, facts).within()),
        criteria=SEMICOLON.join(_criterion(each, measure, fields, facts) for each in criteria),
    )


def _unstopped(text: Text) -> Text:
    """A text without its full stop."""
    return text.each(lambda words: words.rstrip("。."))


def _criterion(text: Text, measure: Measure, fields: Mapping[str, Field], facts: Facts) -> Text:
    return _unstopped(filled(text, measure, fields, facts)).within() if text.blanks else _as_part(text)


@lru_cache(maxsize=4096)
def _as_part(text: Text) -> Text:
    """A text of the library that has no blanks, as part of a sentence."""
    part = _unstopped(_without_blanks(text)).within()
    return Text(part.zh, part.en)


@lru_cache(maxsize=4096)
def _without_blanks(text: Text) -> Text:
    words = text.fill()
    return Text(words.zh, words.en)


def _about(covers: Mapping[str, Sequence[str]], library: Library, found: bool) -> Text:
    """What the suggestion answers: the evidence in its own words, and the causes that have none."""
    evidence = dict.fromkeys(words for each in covers.values() for words in each)
    quotes = [quote(words.strip("。")) for words in evidence]
    bare = [quote(library.causes[c].label) for c, words in covers.items() if not words and c in library.causes]
    what = [_PROBLEMS.fill(quotes=_BETWEEN_PROBLEMS.join(quotes))] if quotes else []
    if bare:
        words = _CAUSE if len(bare) == 1 else _CAUSES
        what.append(words.fill(causes=COMMA.join(bare), missing=_MISSING if found else ""))
    return _ABOUT.fill(what=_AND.join(what))


def addressee(fields: Mapping[str, Field], facts: Facts) -> Text:
    """Who is advised: the unit, through the unit responsible for it where that is another one."""
    unit, responsible = blank("unit", fields, facts), facts.get("responsible_unit")
    if responsible is None or responsible == facts.get("unit"):
        return unit
    return _SEEING_TO.fill(responsible=str(responsible), unit=unit)


def filled(text: Text, measure: Measure, fields: Mapping[str, Field], facts: Facts) -> Text:
    """A text of the library with its blanks filled; what is unknown becomes a visible blank."""
    if not text.blanks:
        return _without_blanks(text)
    return text.fill(
        **{name: measure.due_days if name == "days" else blank(name, fields, facts) for name in text.blanks}
    )


def blank(name: str, fields: Mapping[str, Field], facts: Facts) -> Text:
    """A fact's value in words, or a blank that names what is to be filled in."""
    field, value = fields.get(name), facts.get(name)
    if field is not None and value is not None:
        return say_value(field, value)
    return _BLANK.fill(label=name if field is None else field.label)
