"""A receipt made again, in words: what has changed in the rules, and apart from that in the conclusions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformkit.assessing.replaying import MEASURES, Replay
from reformkit.model.receipt import Came
from reformkit.model.rulebook import Rulebook
from reformkit.text import COMMA, NONE, SEMICOLON, Text
from reformkit.wording.decisions import say_gives, say_outcome
from reformkit.wording.values import quote

_NOT_THERE = Text("无此决策", "no such decision")
_OPEN = Text("尚不能确定：{outcomes}", "not settled: {outcomes}")
_PARTS = {
    "rules": Text("规则册已改动", "the rulebook has been edited"),
    "library": Text("措施库已改动", "the measure library has been edited"),
    "rulebook": Text("规则册或措施库已改动", "the rulebook or the library has been edited"),
}
_RETIRED = Text("不再采用的事实：{said}", "facts that are no longer known: {said}")
_SAME = Text("结论和措施未变", "decisions and measures are the same")
_STOOD = Text("其余结论{count}项仍然成立", "other conclusions that still stand: {count}")
_DAY = Text("适用规则的日期：原为{before}，现为{after}", "day whose rules apply: was {before}, now {after}")
_NO_DAY = Text("无（按最新的规则）", "none (the latest rules)")
_OUTCOME = Text("{label}：原为“{before}”，现为“{after}”", "{label}: was “{before}”, now “{after}”")
_GIVING = Text("{label}（{gives}）", "{label} ({gives})")
_SURE = Text("{label}（已能确定）", "{label} (sure)")
_REASON = Text(
    "{label}：结论相同，依据的规则原为 {before}，现为 {after}", "{label}: the same, by {after} where it was {before}"
)
_MEASURES = Text("措施：{moved}", "measures: {moved}")
_ORDER = Text("次序有变", "in another order")
_REORDERED = Text(
    "措施的次序：原为{before}，现为{after}；次序不同不作变化计",
    "order of the measures: was {before}, now {after}; this counts as no change",
)
_OF_LIBRARY = Text("措施库的次序", "that of the library")
_COUNT = Text("共 {count} 份，结论仍然成立 {held} 份。", "the conclusions of {held} of {count} still stand.")
_CONCLUSIONS = Text(
    "结论共 {count} 项：仍然成立 {stood} 项，有变化 {changed} 项。规则册或措施库已改动的 {edited} 份。",
    "{count} conclusions: {stood} still stand, {changed} have changed. Receipts of another rulebook or library: {edited}.",
)


def changes(replay: Replay, rulebook: Rulebook) -> Iterator[Text]:
    """What has changed, a line each: the rulebook first, then the conclusions, then how many stood."""
    if replay.parts:
        edited = COMMA.join(_PARTS[part] for part in replay.parts)
        yield edited if replay.conclusions else SEMICOLON.join([edited, _SAME])
    if replay.retired:
        yield _RETIRED.fill(said=SEMICOLON.join(Text(p.message("zh"), p.message("en")) for p in replay.retired))
    if replay.has_moved:
        before, after = (_NO_DAY if day is None else day.isoformat() for day in (replay.before.day, replay.now.day))
        yield _DAY.fill(before=before, after=after)
    if replay.is_reordered:
        was, is_ = (_OF_LIBRARY if r.order is None else quote(r.order) for r in (replay.before, replay.now))
        yield _REORDERED.fill(before=was, after=is_)
    for name in replay.conclusions:
        if name == MEASURES:
            yield _MEASURES.fill(moved=_moved(replay.before.measures, replay.now.measures))
        else:
            outcomes = (receipt.outcomes.get(name) for receipt in (replay.before, replay.now))
            before, after = (_outcome(rulebook, name, came) for came in outcomes)
            yield _OUTCOME.fill(label=_label(rulebook, name), before=before, after=after)
    for name in replay.reasons:
        before, after = (_rules(receipt.outcomes[name]) for receipt in (replay.before, replay.now))
        yield _REASON.fill(label=_label(rulebook, name), before=before, after=after)
    if replay.conclusions and replay.stood:
        yield _STOOD.fill(count=len(replay.stood))


def totals(replays: Sequence[Replay], count: int) -> Iterator[Text]:
    """What several receipts come to; `count` includes those that could not be made again."""
    held = sum(not replay.conclusions for replay in replays)
    edited = sum(bool(replay.parts) for replay in replays)
    yield _COUNT.fill(count=count, held=held)
    if held < count or edited:
        stood = sum(len(replay.stood) for replay in replays)
        changed = sum(len(replay.conclusions) for replay in replays)
        yield _CONCLUSIONS.fill(count=stood + changed, stood=stood, changed=changed, edited=edited)


def _label(rulebook: Rulebook, name: str) -> Text | str:
    table = rulebook.decisions.get(name)
    return name if table is None else table.title


def _outcome(rulebook: Rulebook, name: str, came: Came | None) -> Text:
    """A receipt's outcome in words, each with what comes with it: those given, or those possible while it is not
    settled, with a mark on those that are sure. A conflict and a case that no rule covers are settled."""
    if came is None:
        return _NOT_THERE
    table, is_open = rulebook.decisions.get(name), came.status == "undetermined"
    given = came.gives if isinstance(came.gives, list) else [came.gives or {}]
    gives = dict(zip(came.outcomes, given, strict=False))  # a receipt of 0.1 has none
    labels: list[Text | str] = []
    for outcome in came.outcomes if came.status == "decided" else came.possible:
        label = outcome if table is None else say_outcome(table, outcome)
        if gives.get(outcome):
            label = _GIVING.fill(label=label, gives=say_gives(gives[outcome]))
        labels.append(_SURE.fill(label=label) if is_open and outcome in came.outcomes else label)
    if is_open:
        return _OPEN.fill(outcomes=COMMA.join(labels))
    return COMMA.join(labels) if labels else NONE


def _rules(came: Came) -> Text:
    rules = (came.rule,) if came.rule is not None else came.rules
    return COMMA.join(rules) if rules else NONE


def _moved(before: Sequence[str], after: Sequence[str]) -> Text | str:
    gone = [f"−{measure}" for measure in before if measure not in after]
    come = [f"+{measure}" for measure in after if measure not in before]
    return " ".join([*gone, *come]) or _ORDER
