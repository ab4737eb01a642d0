"""The text of one suggestion, filled from the case: what was found, who does what by when, how it is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter

from reformkit.model.library import Library, Measure
from reformkit.model.vocabulary import Facts, Field
from reformkit.text import Lang, Text
from reformkit.wording.values import lower, quote, say_value

START = {
    "letter_received": Text("收到“三书”或者其他纪检监察文书之日", "the day the letters or other papers are received"),
    "decision_announced": Text("处分决定宣布之日", "the day the sanction is announced"),
    "plan_approved": Text("整改方案批准之日", "the day the plan is approved"),
}
"""The day from which a measure's days count."""


def suggestion(
    measure: Measure,
    library: Library,
    fields: Mapping[str, Field],
    facts: Facts,
    covers: Mapping[str, Sequence[str]],
    layer: str | None,
    lang: Lang = "zh",
    *,
    found: bool = True,
) -> str:
    """A suggestion in full: 针对“……”问题，建议某单位自某日起若干日内，……。验收：……。

    `covers`: the causes that it answers, each with the evidence for it; of a cause that is not `found` but
    suspected none is expected. What the case does not say is shown as a blank to fill, never left out.
    Industry chooses the wording, layer adds its practice.
    """
    zh = lang == "zh"
    variant = measure.variant(facts.get("industry"))
    text = fill((variant.text if variant else measure.text).say(lang), measure, fields, facts, lang)
    practice = measure.practices.get(layer or "")
    accept = (variant.accept if variant else ()) or measure.accept
    unit = addressee(fields, facts, lang)
    checks = [fill(a.say(lang), measure, fields, facts, lang).rstrip("。；.") for a in accept]
    start = START[measure.due_from].say(lang)
    about = _about(covers, library, found, lang)
    if zh:
        done = f"{text.rstrip('。')}。"
        if practice:
            done += _joining(layer, lang) + fill(practice.zh, measure, fields, facts, lang)
        return f"{about}建议{unit}自{start}起{measure.due_days}日内，{done}验收：{'；'.join(checks)}。"
    done = f"{text.rstrip('.')}."
    if practice:
        done += " " + _joining(layer, lang) + lower(fill(practice.en, measure, fields, facts, lang))
    criteria = "; ".join(map(lower, checks))
    return f"{about}{unit} is advised, within {measure.due_days} days of {start}, to do the following: {done} Accepted when: {criteria}."


_MISSING = Text("〔问题表现和证据：待填〕", "[what was found, and the evidence: to be filled in]")


def _about(covers: Mapping[str, Sequence[str]], library: Library, found: bool, lang: Lang) -> str:
    """What the suggestion answers: the evidence in its own words, and the causes that have none."""
    zh = lang == "zh"
    quotes = [quote(said.strip("。")) for said in dict.fromkeys(said for each in covers.values() for said in each)]
    bare = [quote(library.causes[c].label.say(lang)) for c, said in covers.items() if not said and c in library.causes]
    problems = ("" if zh else ", ").join(quotes) + ("问题" if zh and quotes else "")
    noun = ("这一症结" if zh else "the cause ") if len(bare) == 1 else ("这些症结" if zh else "the causes ")
    missing = _MISSING.say(lang) if found else ""
    if zh:
        causes = "、".join(bare) + noun + missing if bare else ""
        return f"针对{'和'.join(filter(None, (problems, causes)))}，"
    causes = " ".join(filter(None, (noun + ", ".join(bare), missing))) if bare else ""
    return f"As to {' and '.join(filter(None, (problems, causes)))}: "


_JOINING = {
    "line": Text("并入系统专项治理的，", "As part of the treatment of the sector: "),
    "area": Text("并入区域系统治理的，", "As part of the treatment of the locality: "),
}


def _joining(layer: str | None, lang: Lang) -> str:
    return _JOINING[layer].say(lang) if layer in _JOINING else ""


def addressee(fields: Mapping[str, Field], facts: Facts, lang: Lang) -> str:
    """Who is advised: the unit, through the unit responsible for it where that is another one."""
    unit, responsible = blank("unit", fields, facts, lang), facts.get("responsible_unit")
    if responsible is None or responsible == facts.get("unit"):
        return unit
    return f"{responsible}督促{unit}" if lang == "zh" else f"{responsible}, seeing to {unit},"


def fill(template: str, measure: Measure, fields: Mapping[str, Field], facts: Facts, lang: Lang) -> str:
    """A text with its blanks filled; what is unknown becomes a visible blank."""
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(literal)
        if name == "days":
            parts.append(str(measure.due_days))
        elif name is not None:
            parts.append(blank(name, fields, facts, lang))
    return "".join(parts)


def blank(name: str, fields: Mapping[str, Field], facts: Facts, lang: Lang) -> str:
    """A fact's value in words, or a blank that names what is to be filled in."""
    field = fields.get(name)
    value = facts.get(name)
    if field is not None and value is not None:
        return say_value(field, value, lang)
    label = field.label.say(lang) if field is not None else name
    return f"〔{label}：待填〕" if lang == "zh" else f"[{label}: to be filled in]"
