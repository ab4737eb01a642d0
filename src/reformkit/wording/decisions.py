"""A decision in words: what it came to, why, on what it rests, and what is still to be asked."""

from __future__ import annotations

from pathlib import PurePath

from reformkit.model.decision import CONFLICT, UNCOVERED, Decision
from reformkit.model.rulebook import Basis, DecisionTable, Document
from reformkit.text import Lang, Text
from reformkit.wording.values import quote

RESERVED = {
    CONFLICT: Text("规则相互冲突", "rules in conflict"),
    UNCOVERED: Text("规则未涵盖", "not covered by any rule"),
}

_KINDS = {
    "report": Text("参照课题报告", "the report"),
    "law": Text("参照法规", "law"),
    "practice": Text("参照惯例", "practice"),
    "assumption": Text("假设", "assumption"),
}


def say_outcome(table: DecisionTable, outcome: str, lang: Lang = "zh") -> str:
    """The label of an outcome, or of the reserved `conflict` and `uncovered`."""
    if outcome in table.outcomes:
        return table.outcomes[outcome].label.say(lang)
    return RESERVED[outcome].say(lang) if outcome in RESERVED else outcome


def say_result(table: DecisionTable, decision: Decision, lang: Lang = "zh") -> str:
    """What a decision came to: `启动`, or `尚不能确定，可能为：启动、不启动`."""
    zh = lang == "zh"
    comma = "、" if zh else ", "

    def names(outcomes: tuple[str, ...]) -> str:
        return comma.join(say_outcome(table, o, lang) for o in outcomes)

    if decision.status == "undetermined":
        if table.hit == "collect":
            sure, open_ = decision.outcomes, tuple(o for o in decision.possible if o not in decision.outcomes)
            said = names(sure) or ("无" if zh else "none")
            return (
                f"已能确定的：{said}；尚不能确定的{len(open_)}项" if zh else f"so far: {said}; {len(open_)} still open"
            )
        return ("尚不能确定，可能为：" if zh else "not yet settled; possible: ") + names(decision.possible)
    if decision.status == "conflict":
        rules = comma.join(decision.rules)
        return f"规则相互冲突（{rules}），须由人裁定" if zh else f"rules in conflict ({rules}); a person must decide"
    if decision.status == "uncovered":
        return "规则未涵盖，须由人裁定" if zh else "not covered by any rule; a person must decide"
    return names(decision.outcomes) or ("无" if zh else "none")


def say_basis(basis: Basis | None, documents: dict[str, Document], lang: Lang = "zh") -> str:
    """What a rule rests on; an assumption is named as one. Empty where nothing is stated."""
    if basis is None:
        return ""
    at = "" if basis.at is None else basis.at.say(lang)
    kind = _KINDS[basis.kind].say(lang)
    if lang == "zh":
        return f"{kind}{quote(at)}" if basis.kind != "assumption" else f"{kind}：{at}".rstrip("：")
    return f"{kind}: {at}".rstrip(": ")


def say_place(decision: Decision) -> str:
    """The rule and where it stands: `STA-G1 · jiuyuan/startup.yaml:80` (rulebook, file and line)."""
    place = decision.place
    where = f"{'/'.join(PurePath(place.path).parts[-2:])}:{place.line}" if place.path else ""
    return " · ".join(part for part in (decision.rule or "", where) if part)
