"""Changes as a person reads them, and as data for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from reformkit.model.condition import tests
from reformkit.model.decision import Decision
from reformkit.model.telling import Telling
from reformkit.printing.paper import Paper
from reformkit.session.change import Change
from reformkit.session.session import Session
from reformkit.text import Lang
from reformkit.wording.decisions import say_outcome, say_result

STYLES = {"decided": "green", "undetermined": "yellow", "conflict": "bold red", "uncovered": "bold red"}
FEW = 8
"""Outcomes of one decision that are named; of more their number is said."""


def write_change(change: Change, stream: TextIO) -> None:
    """A change as one line of JSON."""
    stream.write(json.dumps(change.to_dict(), ensure_ascii=False) + "\n")


class ChangePrinter:
    """Prints what each telling changed: the decisions, why, through which counts, and the next question."""

    def __init__(self, session: Session, lang: Lang, console: Paper) -> None:
        self._session = session
        self._book = session.book
        self._lang = lang
        self._zh = lang == "zh"
        self._console = console

    def show(self, telling: Telling, changes: Sequence[Change]) -> None:
        """One telling: a head, a paragraph for each decision changed, the next question for its case."""
        self._console.say(self._head(telling), "bold")
        for change in changes:
            self._show(change)
        need = self._session.next_question(telling.case) if telling.case in self._session else None
        if need is not None and need.ask is not None:
            self._console.say(("  下一问：" if self._zh else "  next question: ") + need.ask.say(self._lang), "cyan")

    def _head(self, telling: Telling) -> str:
        told = [self._label(name) for name, value in telling.facts.items() if value is not None]
        back = [self._label(name) for name, value in telling.facts.items() if value is None]
        comma, colon = ("、", "：") if self._zh else (", ", ": ")
        said = []
        if telling.kind == "forget":
            said.append("整案撤回" if self._zh else "the whole case is taken back")
        elif told or not back:
            labels = comma.join(told) or ("只有编号" if self._zh else "its id alone")
            said.append(("告知" if self._zh else "told") + colon + labels)
        if back:
            said.append(("撤回" if self._zh else "taken back") + colon + comma.join(back))
        day = f"  {telling.on.isoformat()}" if telling.on else ""
        return f"{telling.case}{day}  " + ("；" if self._zh else "; ").join(said)

    def _label(self, fact: str) -> str:
        field = self._book.rulebook.fields.get(fact)
        if field is not None:
            return field.label.say(self._lang)
        return "剖析发现" if self._zh else "Findings"

    def _show(self, change: Change) -> None:
        table = self._book.rulebook.decisions[change.decision]
        before, after = change.before, change.after
        if after is None:  # a case that is gone
            return
        said = self._gains(change) if table.hit == "collect" else self._turn(before, after)
        if not said or (before is None and after.status == "undetermined"):
            return  # it was unknown and is
        whose = "" if change.case == change.told.case else f"{change.case} "
        rule = f"  {change.rule}" if change.rule else ""
        colon = "：" if self._zh else ": "
        self._console.say(f"  {whose}{table.title.say(self._lang)}{colon}{said}{rule}", STYLES[after.status])
        rules = {None if decision is None else decision.rule for decision in (before, after)}
        asked = {test.fact for r in table.rules if r.id in rules for test in tests(r.when)}
        for name, (was, now) in change.signals.items():
            if name in asked:
                label = self._book.rulebook.signals[name].label.say(self._lang)
                self._console.say(f"    {label}{colon}{self._count(was)} → {self._count(now)}")
        if change.because is not None and table.hit != "collect":
            self._console.say(f"    {change.because.say(self._lang)}", "dim")

    def _count(self, value: int | None) -> str:
        return ("不明" if self._zh else "unknown") if value is None else str(value)

    def _turn(self, before: Decision | None, after: Decision) -> str:
        was, now = "" if before is None else self._result(before), self._result(after)
        if was == now:
            if after.status == "undetermined":  # other rules are in question, which nobody asked
                return ""
            return f"{now}（所据规则有变）" if self._zh else f"{now} (by another rule)"
        return f"{was} → {now}" if was else now

    def _result(self, decision: Decision) -> str:
        if decision.status == "undetermined" and len(decision.possible) > FEW:
            number = len(decision.possible)
            return f"尚不能确定（{number}种可能）" if self._zh else f"not yet settled ({number} possible)"
        return say_result(self._book.rulebook.decisions[decision.decision], decision, self._lang)

    def _gains(self, change: Change) -> str:
        """What a decision that collects has for sure now and had not before, and the other way round."""
        table = self._book.rulebook.decisions[change.decision]
        was = () if change.before is None else change.before.outcomes
        now = () if change.after is None else change.after.outcomes
        gone = [f"－{say_outcome(table, o, self._lang)}" for o in was if o not in now]
        come = [f"＋{say_outcome(table, o, self._lang)}" for o in now if o not in was]
        said = come + gone
        comma = "、" if self._zh else ", "
        if len(said) > FEW:
            rest = len(said) - FEW
            return comma.join(said[:FEW]) + (f" 等{len(said)}项" if self._zh else f" and {rest} more")
        return comma.join(said)
