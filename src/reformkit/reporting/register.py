"""The register of assumptions and references, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reformkit.model.library import Clause, Library
from reformkit.model.rulebook import Rulebook
from reformkit.text import COMMA, DETAIL, NONE, SEMICOLON, Text
from reformkit.wording.citing import CHECKED
from reformkit.wording.decisions import say_outcome
from reformkit.wording.measure import SERVES
from reformkit.wording.section import Section
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
    "procedure": Text("流程", "Procedures"),
    "letter": Text("文书", "Letters"),
}
_ABSENT = "absent"

_OF_DECISION = Text.same("{kind} · {title}")
_NAMED = Text.same("{id} {label}")
_NO_BASIS = Text("没有写明依据，按假设计", "no basis is given: counted as an assumption")
_ASSUMED = Text("假设：{at}", "Assumed: {at}")
_RESTS = Text("据此的规则：{rules}", "Rules that rest on it: {rules}")
_STEPS = Text("据此的环节：{steps}", "Steps that rest on it: {steps}")
_NOT_IN_FORCE = Text("现已不施行", "Not in force any more")

_WITHOUT = Text("没有它：{changes}", "Without it: {changes}")
_NO_CHANGE = Text("没有它：结果不变", "Without it: no case changes")
_NO_LONGER = Text("有的案件不再列出{before}", "some cases no longer get {before}")
_MORE = Text("有的案件增列{after}{by}{perhaps}", "some cases get {after} too{by}{perhaps}")
_TURNS = Text("有的案件由{before}变为{after}{by}{perhaps}", "some cases turn from {before} to {after}{by}{perhaps}")
_BY, _PERHAPS = Text("（{rule}）", " ({rule})"), Text("（未能证明）", " (not proven)")

_ASSUMED_TOO = Text(
    "同为假设：所答症结及其主次，自{start}起{days}日的期限，适用层次，作用于“{sides}”",
    "Assumed too: which causes it answers, {days} days from {start}, its layers, and that it serves {sides}",
)
_MAIN_FOR = Text("主答{cause}；没有本措施：{instead}", "Main for {cause}; without it: {instead}")
_ANSWERED_BY = Text("改由 {measures} 应答", "answered by {measures}")
_ANSWERED_IN_PART = Text(
    "改由 {measures} 应答，其余事项没有主措施", "answered by {measures}, otherwise by no main measure"
)
_NOT_ANSWERED = Text("没有主措施", "no main measure")

_NOT_CITABLE = Text("不得引用", "Never to be cited")
_GIST = Text("大意：{gist}", "In our words: {gist}")
_CLAUSE = Text("{document}{at}（{checked}）", "{document}{at} ({checked})")
_DOCUMENT = Text("《{title}》", "{title}, ")
_CITED_BY, _NOT_CITED = Text("引用它的：{ids}", "Cited by: {ids}"), Text("暂无措施引用", "Not cited")


def assumptions(entries: Sequence[Assumption], rulebook: Rulebook, library: Library | None) -> Iterator[Section]:
    """Every assumption, by kind and decision: what is assumed, what rests on it, and what changes without it."""
    groups: dict[tuple[str, str | None], list[Text]] = {}
    for entry in entries:
        lines = groups.setdefault((entry.kind, entry.decision), [])
        lines.append(_NAMED.fill(id=entry.id, label=entry.label))
        lines += [DETAIL.fill(words=line) for line in _details(entry, rulebook, library)]
    for (kind, decision), lines in groups.items():
        head = _KINDS[kind]
        if decision is not None:
            head = _OF_DECISION.fill(kind=head, title=rulebook.decisions[decision].title)
        yield Section(head, lines)


def _details(entry: Assumption, rulebook: Rulebook, library: Library | None) -> Iterator[Text]:
    yield _NO_BASIS if entry.at is None else _ASSUMED.fill(at=entry.at)
    if entry.kind == "measure":
        yield from _answers(entry, library)
        return
    if entry.kind == "letter":
        return
    if entry.kind == "procedure":
        steps = rulebook.procedures.procedures[entry.id].steps if rulebook.procedures else {}
        yield _STEPS.fill(steps=SEMICOLON.join(steps[id].title for id in entry.rests))
        return
    if entry.kind in ("parameter", "signal"):
        yield _RESTS.fill(rules=COMMA.join(entry.rests) if entry.rests else NONE)
    if not entry.in_force:
        yield _NOT_IN_FORCE
        return
    changes = list(dict.fromkeys(_change(change, rulebook) for change in entry.changes))
    yield _WITHOUT.fill(changes=SEMICOLON.join(changes)) if changes else _NO_CHANGE


def _change(change: Consequence, rulebook: Rulebook) -> Text:
    table = rulebook.decisions[change.decision]
    before, after = (quote(say_outcome(table, outcome)) for outcome in (change.before, change.after))
    if change.after == _ABSENT:
        return _NO_LONGER.fill(before=before)
    by = _BY.fill(rule=change.rule_after) if change.rule_after else ""
    perhaps = "" if change.proven else _PERHAPS
    if change.before == _ABSENT:  # what `otherwise` gives where a decision collects and no rule holds
        return _MORE.fill(after=after, by=by, perhaps=perhaps)
    return _TURNS.fill(before=before, after=after, by=by, perhaps=perhaps)


def _answers(entry: Assumption, library: Library | None) -> Iterator[Text]:
    """What a measure assumes of itself, and for each cause that it answers, what would answer it instead."""
    if library is None:
        return
    measure = library.measures[entry.id]
    yield _ASSUMED_TOO.fill(
        sides=COMMA.join(SERVES[side] for side in measure.serves if side in SERVES),
        start=START[measure.due_from],
        days=measure.due_days,
    )
    for cause, others in zip(entry.rests, entry.instead, strict=True):
        named = [id for id in others if id in library.measures]
        instead = _NOT_ANSWERED
        if named:
            words = _ANSWERED_IN_PART if len(others) > len(named) else _ANSWERED_BY
            instead = words.fill(measures=COMMA.join(named))
        elif not others:
            instead = Text.same("")
        yield _MAIN_FOR.fill(cause=quote(library.causes[cause].label), instead=instead)


def references(entries: Sequence[ReferenceUse]) -> Iterator[Section]:
    """Every reference: how far it was checked, what was not, and which clause is cited by what."""
    for entry in entries:
        reference = entry.reference
        lines = [CHECKED[reference.checked]]
        lines += [text for text in (reference.issuer, reference.history, reference.note) if text is not None]
        if not reference.citable:
            lines.append(_NOT_CITABLE)
        if "" in entry.cited:
            lines.append(_citing(entry.cited[""]))
        for clause in reference.clauses.values():
            lines.append(_clause(clause))
            lines += [DETAIL.fill(words=line) for line in _under(clause, entry.cited.get(clause.id, ()))]
        yield Section(_NAMED.fill(id=reference.id, label=reference.title), lines)


def _clause(clause: Clause) -> Text:
    checked = [part for part in (CHECKED[clause.checked], say_period(clause.period)) if part is not None]
    document = "" if clause.document is None else _DOCUMENT.fill(title=clause.document)
    return _CLAUSE.fill(document=document, at=clause.at, checked=SEMICOLON.join(checked))


def _under(clause: Clause, cited_by: Sequence[str]) -> Iterator[Text]:
    """What stands under a clause: its words or gist, since when it is so, who cites it."""
    if clause.quote:
        yield quote(clause.quote)
    elif clause.gist:
        yield _GIST.fill(gist=clause.gist)
    if clause.since_note:
        yield clause.since_note
    yield _citing(cited_by)


def _citing(ids: Sequence[str]) -> Text:
    return _CITED_BY.fill(ids=COMMA.join(ids)) if ids else _NOT_CITED
