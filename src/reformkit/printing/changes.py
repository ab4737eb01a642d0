"""Changes as a person reads them, and as data for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from reformkit.model.condition import tests
from reformkit.model.decision import Decision
from reformkit.model.rulebook import DecisionTable
from reformkit.model.telling import Telling
from reformkit.printing.paper import Paper
from reformkit.session.change import Change
from reformkit.session.session import Session
from reformkit.text import COMMA, SEMICOLON, Text
from reformkit.wording.decisions import say_outcome, say_result
from reformkit.wording.values import say_value

STYLES = {"decided": "green", "undetermined": "yellow", "conflict": "bold red", "uncovered": "bold red"}
FEW = 8
"""Outcomes of one decision that are named; of more their number is said."""


_NEXT = Text("  下一问：{ask}", "  next question: {ask}")
_HEAD = Text.same("{case}{day}  {parts}")
_FORGOTTEN = Text("整案撤回", "the whole case is taken back")
_TOLD, _TAKEN_BACK = Text("告知：{labels}", "told: {labels}"), Text("撤回：{labels}", "taken back: {labels}")
_STATED = Text("{label}“{value}”", "{label} “{value}”")
_ID_ALONE, _FINDINGS = Text("只有编号", "its id alone"), Text("剖析发现", "Findings")
_CHANGE = Text("  {case}{title}：{result}{rule}", "  {case}{title}: {result}{rule}")
_COUNT = Text("    {label}：{before} → {after}", "    {label}: {before} → {after}")
_NO_COUNT = Text("不明", "unknown")
_BECAUSE = Text.same("    {reason}")
_TURN = Text.same("{before} → {after}")
_OTHER_RULE = Text("{result}（所据规则有变）", "{result} (by another rule)")
_MANY_POSSIBLE = Text("尚不能确定（{number}种可能）", "not yet settled ({number} possible)")
_COME, _GONE = Text.same("＋{outcome}"), Text.same("－{outcome}")
_MANY_GAINS = Text("{gains} 等{number}项", "{gains} and {more} more")


def write_change(change: Change, stream: TextIO) -> None:
    """A change as one line of JSON."""
    stream.write(json.dumps(change.to_dict(), ensure_ascii=False) + "\n")


class ChangePrinter:
    """Prints what each telling changed: the decisions, why, through which counts, and the next question."""

    def __init__(self, session: Session, console: Paper) -> None:
        self._session = session
        self._book = session.book
        self._console = console

    def show(self, telling: Telling, changes: Sequence[Change]) -> None:
        """One telling: a head, a paragraph for each decision changed, the next question for its case."""
        self._console.say(self._head(telling), "bold")
        for change in changes:
            self._show(change)
        need = self._session.next_question(telling.case) if telling.case in self._session else None
        if need is not None and need.ask is not None:
            self._console.say(_NEXT.fill(ask=need.ask), "cyan")

    def _head(self, telling: Telling) -> Text:
        labels = [self._stated(name, value) for name, value in telling.facts.items() if value is not None]
        taken_back = [self._label(name) for name, value in telling.facts.items() if value is None]
        parts = []
        if telling.kind == "forget":
            parts.append(_FORGOTTEN)
        elif labels or not taken_back:
            parts.append(_TOLD.fill(labels=COMMA.join(labels) if labels else _ID_ALONE))
        if taken_back:
            parts.append(_TAKEN_BACK.fill(labels=COMMA.join(taken_back)))
        day = f"  {telling.on.isoformat()}" if telling.on else ""
        return _HEAD.fill(case=telling.case, day=day, parts=SEMICOLON.join(parts))

    def _stated(self, fact: str, value: Any) -> Text:
        """A fact with its value; of findings and of personal data the name alone."""
        field = self._book.rulebook.fields.get(fact)
        if field is None or field.personal:
            return self._label(fact)
        return _STATED.fill(label=field.label, value=say_value(field, value))

    def _label(self, fact: str) -> Text:
        field = self._book.rulebook.fields.get(fact)
        return _FINDINGS if field is None else field.label

    def _show(self, change: Change) -> None:
        table = self._book.rulebook.decisions[change.decision]
        before, after = change.before, change.after
        if after is None:  # a case that is gone
            return
        result = self._gains(change, table) if table.hit == "collect" else self._turn(before, after)
        if result is None or (before is None and after.status == "undetermined"):
            return  # it was unknown and is
        line = _CHANGE.fill(
            case="" if change.case == change.told.case else f"{change.case} ",
            title=table.title,
            result=result,
            rule=f"  {change.rule}" if change.rule else "",
        )
        self._console.say(line, STYLES[after.status])
        rules = {None if decision is None else decision.rule for decision in (before, after)}
        tested = {test.fact for r in table.rules if r.id in rules for test in tests(r.when)}
        for name, (was, now) in change.signals.items():
            if name in tested:
                label = self._book.rulebook.signals[name].label
                self._console.say(_COUNT.fill(label=label, before=_count(was), after=_count(now)))
        if change.because is not None and table.hit != "collect":
            self._console.say(_BECAUSE.fill(reason=change.because), "dim")

    def _turn(self, before: Decision | None, after: Decision) -> Text | None:
        now = self._result(after)
        if before is None:
            return now
        was = self._result(before)
        if was != now:
            return _TURN.fill(before=was, after=now)
        # Where it stays open, other rules are in question, which nobody asked.
        return None if after.status == "undetermined" else _OTHER_RULE.fill(result=now)

    def _result(self, decision: Decision) -> Text:
        if decision.status == "undetermined" and len(decision.possible) > FEW:
            return _MANY_POSSIBLE.fill(number=len(decision.possible))
        return say_result(self._book.rulebook.decisions[decision.decision], decision)

    def _gains(self, change: Change, table: DecisionTable) -> Text | None:
        """What a decision that collects has for sure now and had not before, and the other way round."""
        was = () if change.before is None else change.before.outcomes
        now = () if change.after is None else change.after.outcomes
        come = [_COME.fill(outcome=say_outcome(table, o)) for o in now if o not in was]
        gone = [_GONE.fill(outcome=say_outcome(table, o)) for o in was if o not in now]
        gains = come + gone
        if len(gains) > FEW:
            return _MANY_GAINS.fill(gains=COMMA.join(gains[:FEW]), number=len(gains), more=len(gains) - FEW)
        return COMMA.join(gains) if gains else None


def _count(value: int | None) -> Text | str:
    return _NO_COUNT if value is None else str(value)
