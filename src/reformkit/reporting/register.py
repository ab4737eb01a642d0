"""The register of assumptions and references, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reformkit.model.library import Clause, Library
from reformkit.model.rulebook import Rulebook
from reformkit.text import Lang, Text
from reformkit.wording.citing import CHECKED
from reformkit.wording.decisions import say_outcome
from reformkit.wording.measure import SERVES
from reformkit.wording.suggestion import START
from reformkit.wording.values import quote, say_period

if TYPE_CHECKING:
    from reformkit.comparing.register import Assumption, Consequence, ReferenceUse

_KINDS = {
    "rule": Text("规则", "Rules"),
    "otherwise": Text("其余情形", "Otherwise"),
    "parameter": Text("参数", "Parameters"),
    "signal": Text("计数信号", "Signals"),
    "measure": Text("措施", "Measures"),
}
_ABSENT = "absent"


def assumptions(
    entries: Sequence[Assumption], rulebook: Rulebook, library: Library | None, lang: Lang = "zh"
) -> Iterator[tuple[str, list[str]]]:
    """Every assumption, by kind and decision: what is assumed, what rests on it, and what changes without it."""
    groups: dict[tuple[str, str | None], list[str]] = {}
    for entry in entries:
        lines = groups.setdefault((entry.kind, entry.decision), [])
        lines.append(f"{entry.id} {entry.label.say(lang)}")
        lines += [f"  {line}" for line in _details(entry, rulebook, library, lang)]
    for (kind, decision), lines in groups.items():
        head = _KINDS[kind].say(lang)
        yield (head if decision is None else f"{head} · {rulebook.decisions[decision].title.say(lang)}"), lines


def _details(entry: Assumption, rulebook: Rulebook, library: Library | None, lang: Lang) -> Iterator[str]:
    zh, comma = lang == "zh", "、" if lang == "zh" else ", "
    if entry.at is None:
        yield "没有写明依据，按假设计" if zh else "no basis is given: counted as an assumption"
    else:
        yield f"假设：{entry.at.say(lang)}" if zh else f"Assumed: {entry.at.say(lang)}"
    if entry.kind == "measure":
        yield from _answers(entry, library, lang)
        return
    if entry.kind in ("parameter", "signal"):
        rests = comma.join(entry.rests) or ("无" if zh else "none")
        yield f"据此的规则：{rests}" if zh else f"Rules that rest on it: {rests}"
    if not entry.in_force:
        yield "现已不施行" if zh else "Not in force any more"
        return
    changes = list(dict.fromkeys(_change(change, rulebook, lang) for change in entry.changes))
    if not changes:
        yield "没有它：结果不变" if zh else "Without it: no case changes"
    else:
        yield ("没有它：" if zh else "Without it: ") + ("；" if zh else "; ").join(changes)


def _change(change: Consequence, rulebook: Rulebook, lang: Lang) -> str:
    zh, table = lang == "zh", rulebook.decisions[change.decision]
    before = quote(say_outcome(table, change.before, lang))
    if change.after == _ABSENT:
        return f"有的案件不再列出{before}" if zh else f"some cases no longer get {before}"
    after, by = quote(say_outcome(table, change.after, lang)), change.rule_after
    perhaps = "" if change.proven else "（未能证明）" if zh else " (not proven)"
    if zh:
        return f"有的案件由{before}变为{after}" + (f"（{by}）" if by else "") + perhaps
    return f"some cases turn from {before} to {after}" + (f" ({by})" if by else "") + perhaps


def _answers(entry: Assumption, library: Library | None, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    if library is None:
        return
    measure = library.measures[entry.id]
    served = ("、" if zh else ", ").join(SERVES[side].say(lang) for side in measure.serves if side in SERVES)
    start = START[measure.due_from].say(lang)
    yield (
        f"同为假设：所答症结及其主次，自{start}起{measure.due_days}日的期限，适用层次，作用于“{served}”"
        if zh
        else f"Assumed too: which causes it answers, {measure.due_days} days from {start}, its layers, and that it serves {served}"
    )
    for cause, instead in zip(entry.rests, entry.instead, strict=True):
        label = quote(library.causes[cause].label.say(lang))
        named = ("、" if zh else ", ").join(id for id in instead if id in library.measures)
        none = len(instead) > (named != "") + named.count("、" if zh else ", ")
        if zh:
            left = f"改由 {named} 应答" if named else ""
            bare = ("，其余事项没有主措施" if named else "没有主措施") if none else ""
            yield f"主答{label}；没有本措施：{left}{bare}"
        else:
            left = f"answered by {named}" if named else ""
            bare = (", otherwise by no main measure" if named else "no main measure") if none else ""
            yield f"Main for {label}; without it: {left}{bare}"


def references(entries: Sequence[ReferenceUse], lang: Lang = "zh") -> Iterator[tuple[str, list[str]]]:
    """Every reference: how far it was checked, what was not, and which clause is cited by what."""
    zh = lang == "zh"
    for entry in entries:
        reference = entry.reference
        lines = [CHECKED[reference.checked].say(lang)]
        for text in (reference.issuer, reference.history, reference.note):
            if text is not None:
                lines.append(text.say(lang))
        if not reference.citable:
            lines.append("不得引用" if zh else "Never to be cited")
        if "" in entry.cited:
            lines.append(_citing(entry.cited[""], lang))
        for clause in reference.clauses.values():
            lines.append(_clause(clause, lang))
            if clause.quote:
                lines.append(f"  {quote(clause.quote)}")
            elif clause.gist:
                lines.append(f"  {'大意：' if zh else 'In our words: '}{clause.gist.say(lang)}")
            if clause.since_note:
                lines.append(f"  {clause.since_note.say(lang)}")
            lines.append(f"  {_citing(entry.cited.get(clause.id, ()), lang)}")
        title = reference.title.say(lang)
        yield f"{reference.id} {title}", lines


def _clause(clause: Clause, lang: Lang) -> str:
    document = "" if clause.document is None else clause.document.say(lang)
    name = f"《{document}》" if document and lang == "zh" else f"{document}, " if document else ""
    checked, period = CHECKED[clause.checked].say(lang), say_period(clause.period, lang)
    joined = "；" if lang == "zh" else "; "
    said = joined.join(part for part in (checked, period) if part)
    return f"{name}{clause.at.say(lang)}（{said}）" if lang == "zh" else f"{name}{clause.at.say(lang)} ({said})"


def _citing(ids: Sequence[str], lang: Lang) -> str:
    if lang == "zh":
        return f"引用它的：{'、'.join(ids)}" if ids else "暂无措施引用"
    return f"Cited by: {', '.join(ids)}" if ids else "Not cited"
