"""A receipt made again, in words: what has changed in the rules, and apart from that in the conclusions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformkit.assessing.replaying import MEASURES, Replay
from reformkit.model.receipt import Came
from reformkit.model.rulebook import Rulebook
from reformkit.text import Lang, Text
from reformkit.wording.decisions import say_outcome

_COMMA = Text("、", ", ")
_NONE = Text("无", "none")
_NOT_THERE = Text("无此决策", "no such decision")
_OPEN = Text("尚不能确定：{said}", "not settled: {said}")
_PARTS = {
    "rules": Text("规则册已改动", "the rulebook has been edited"),
    "library": Text("措施库已改动", "the measure library has been edited"),
    "rulebook": Text("规则册或措施库已改动", "the rulebook or the library has been edited"),
}
_SAME = Text("结论和措施未变", "decisions and measures are the same")
_STOOD = Text("其余结论{count}项仍然成立", "other conclusions that still stand: {count}")
_DAY = Text("适用规则的日期：原为{before}，现为{after}", "day whose rules apply: was {before}, now {after}")
_NO_DAY = Text("无（按最后状态）", "none (the last state)")
_OUTCOME = Text("{label}：原为“{before}”，现为“{after}”", "{label}: was “{before}”, now “{after}”")
_REASON = Text(
    "{label}：结论相同，依据的规则原为 {before}，现为 {after}", "{label}: the same, by {after} where it was {before}"
)
_MEASURES = Text("措施：{said}", "measures: {said}")
_ORDER = Text("次序有变", "in another order")
_COUNT = Text("共 {count} 份，仍然成立 {held} 份。", "{held} of {count} still hold.")
_CONCLUSIONS = Text(
    "结论共 {count} 项：仍然成立 {stood} 项，有变化 {changed} 项；其中 {edited} 份的规则册或措施库已改动。",
    "{count} conclusions: {stood} still stand, {changed} have changed; {edited} with an edited rulebook or library.",
)


def changes(replay: Replay, rulebook: Rulebook, lang: Lang) -> Iterator[str]:
    """What has changed, a line each: the rulebook first, then the conclusions, then how many stood."""
    edited = _COMMA.say(lang).join(_PARTS[part].say(lang) for part in replay.parts)
    if edited and not replay.conclusions:
        edited += Text("；", "; ").say(lang) + _SAME.say(lang)
    if edited:
        yield edited
    if replay.has_moved:
        days = (replay.before.day, replay.now.day)
        before, after = (_NO_DAY.say(lang) if day is None else day.isoformat() for day in days)
        yield _DAY.say(lang).format(before=before, after=after)
    for name in replay.conclusions:
        if name == MEASURES:
            yield _MEASURES.say(lang).format(said=_moved(replay.before.measures, replay.now.measures, lang))
        else:
            outcomes = (receipt.outcomes.get(name) for receipt in (replay.before, replay.now))
            before, after = (_outcome(rulebook, name, came, lang) for came in outcomes)
            yield _OUTCOME.say(lang).format(label=_label(rulebook, name, lang), before=before, after=after)
    for name in replay.reasons:
        before, after = (_rules(receipt.outcomes[name], lang) for receipt in (replay.before, replay.now))
        yield _REASON.say(lang).format(label=_label(rulebook, name, lang), before=before, after=after)
    if replay.conclusions and replay.stood:
        yield _STOOD.say(lang).format(count=len(replay.stood))


def totals(replays: Sequence[Replay], count: int, lang: Lang) -> Iterator[str]:
    """What several receipts come to; `count` includes those that could not be made again."""
    held = sum(not replay for replay in replays)
    yield _COUNT.say(lang).format(count=count, held=held)
    if held < count:
        stood, changed = (sum(len(part) for part in parts) for parts in _conclusions(replays))
        edited = sum(bool(replay.parts) for replay in replays)
        yield _CONCLUSIONS.say(lang).format(count=stood + changed, stood=stood, changed=changed, edited=edited)


def _conclusions(replays: Sequence[Replay]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    return [replay.stood for replay in replays], [replay.conclusions for replay in replays]


def _label(rulebook: Rulebook, name: str, lang: Lang) -> str:
    table = rulebook.decisions.get(name)
    return name if table is None else table.title.say(lang)


def _outcome(rulebook: Rulebook, name: str, came: Came | None, lang: Lang) -> str:
    """A receipt's outcome in words: those given, or those possible while it is not settled."""
    if came is None:
        return _NOT_THERE.say(lang)
    table, is_settled = rulebook.decisions.get(name), came.status == "decided"
    outcomes = came.outcomes if is_settled else came.possible
    words = (outcome if table is None else say_outcome(table, outcome, lang) for outcome in outcomes)
    said = _COMMA.say(lang).join(words)
    return (said or _NONE.say(lang)) if is_settled else _OPEN.say(lang).format(said=said)


def _rules(came: Came, lang: Lang) -> str:
    rules = (came.rule,) if came.rule is not None else came.rules
    return _COMMA.say(lang).join(rules) or _NONE.say(lang)


def _moved(before: Sequence[str], after: Sequence[str], lang: Lang) -> str:
    gone = [f"−{measure}" for measure in before if measure not in after]
    come = [f"+{measure}" for measure in after if measure not in before]
    return " ".join([*gone, *come]) or _ORDER.say(lang)
