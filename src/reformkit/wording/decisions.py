"""A decision in words: what it came to, why, on what it rests, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from reformkit.model.decision import CONFLICT, UNCOVERED, Decision
from reformkit.model.gives import Gives
from reformkit.model.rulebook import Basis, DecisionTable
from reformkit.problem import Place
from reformkit.text import COMMA, LABELLED, NONE, SEMICOLON, Text
from reformkit.wording.values import quote

RESERVED = {
    CONFLICT: Text("规则相互冲突", "rules in conflict"),
    UNCOVERED: Text("规则未涵盖", "not covered by any rule"),
}

STATUSES = {
    "decided": Text("已定", "decided"),
    "undetermined": Text("尚不能确定", "undetermined"),
    "conflict": Text("规则相互冲突", "conflict"),
    "uncovered": Text("规则未涵盖", "uncovered"),
}
"""What a decision's status is called."""

_SO_FAR = Text("已能确定的：{sure}；尚不能确定的{open}项", "so far: {sure}; {open} still open")
_OPEN = Text("尚不能确定，可能为：{outcomes}", "not yet settled; possible: {outcomes}")
_CONFLICT = Text("规则相互冲突（{rules}），须由人裁定", "rules in conflict ({rules}); a person must decide")
_UNCOVERED = Text("规则未涵盖，须由人裁定", "not covered by any rule; a person must decide")

_BASES = {
    "report": Text("参照课题报告", "the report"),
    "law": Text("参照法规", "law"),
    "practice": Text("参照惯例", "practice"),
    "assumption": Text("假设", "assumption"),
}
_GIVING = Text("{label}（{gives}）", "{label} ({gives})")
_GIVEN = Text.same("{name} {value}")
_BASIS_AT = Text("{kind}{quoted}", "{kind}: {at}")


TITLED = Text("{title}：{result}。", "{title}: {result}.")
"""A decision and what it came to."""


def say_outcome(table: DecisionTable, outcome: str) -> Text:
    """The label of an outcome, or of the reserved `conflict` and `uncovered`."""
    if outcome in table.outcomes:
        return table.outcomes[outcome].label
    return RESERVED.get(outcome) or Text.same(outcome)


def say_giving(table: DecisionTable, outcome: str) -> Text:
    """The label of an outcome, with what comes with it."""
    label = say_outcome(table, outcome)
    return _GIVING.fill(label=label, gives=say_gives(table.given[outcome])) if outcome in table.given else label


def say_gives(gives: Gives) -> Text:
    """What comes with an outcome, each value with its name."""
    return COMMA.join(_GIVEN.fill(name=name, value=str(value)) for name, value in gives.items()) if gives else NONE


def say_result(table: DecisionTable, decision: Decision) -> Text:
    """What a decision came to: `启动`, or `尚不能确定，可能为：启动、不启动`."""
    match decision.status:
        case "undetermined" if table.hit == "collect":
            still_open = [outcome for outcome in decision.possible if outcome not in decision.outcomes]
            return _SO_FAR.fill(sure=_names(table, decision.outcomes), open=len(still_open))
        case "undetermined":
            return _OPEN.fill(outcomes=_names(table, decision.possible))
        case "conflict":
            return _CONFLICT.fill(rules=COMMA.join(decision.rules))
        case "uncovered":
            return _UNCOVERED
    return _names(table, decision.outcomes)


def say_titled(table: DecisionTable, decision: Decision) -> Text:
    """What a decision came to, with its title."""
    return TITLED.fill(title=table.title, result=say_result(table, decision))


def _names(table: DecisionTable, outcomes: Iterable[str]) -> Text:
    """Outcomes in a row; a label that is a sentence of its own parts is kept apart from the next by a semicolon."""
    names = [say_outcome(table, outcome) for outcome in outcomes]
    between = SEMICOLON if len(names) > 1 and any("，" in name.zh for name in names) else COMMA
    return between.join(names) if names else NONE


def say_basis(basis: Basis | None) -> Text | None:
    """What a rule rests on; an assumption is named as one. None where nothing is stated."""
    if basis is None:
        return None
    kind = _BASES[basis.kind]
    if basis.at is None:
        return kind
    if basis.kind == "assumption":
        return LABELLED.fill(label=kind, words=basis.at)
    return _BASIS_AT.fill(kind=kind, at=basis.at, quoted=quote(basis.at))


def say_place(decision: Decision) -> str:
    """The rule and where it stands: `STA-G1 · jiuyuan/startup.yaml:80` (rulebook, file and line)."""
    return say_rule_at(decision.rule, decision.place)


def say_rule_at(rule: str | None, place: Place) -> str:
    """A rule and where it stands, as `say_place` has them of the deciding one."""
    where = f"{'/'.join(PurePath(place.path).parts[-2:])}:{place.line}" if place.path else ""
    return " · ".join(part for part in (rule or "", where) if part)
