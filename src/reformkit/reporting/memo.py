"""An assessment as a study memo (研判意见) that an official can sign: no marks of citation, no places, no digests.

What stands behind it is in the working paper (`annex`). Its sections share their files with that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reformkit.assessing.weighed import Weighed
from reformkit.reporting.annex import NO_HISTORY, facts_in_brief, questions
from reformkit.reporting.memo_causes import causes_shown, suspects
from reformkit.reporting.memo_decisions import decisions_in_brief
from reformkit.reporting.memo_measures import duties, recommendations_in_brief
from reformkit.text import LABELLED, SEMICOLON, Text
from reformkit.wording.decisions import say_giving, say_outcome
from reformkit.wording.section import Section, numbered_sections
from reformkit.wording.values import say_day

_OF_REFORM = Text("以案促改研判意见（{id}）", "Assessment of case {id}")
_TITLE = Text("研判意见（{id}）", "Assessment of case {id}")
_TO_VERIFY = Text("待核：{outcomes}。", "To be verified: {outcomes}.")
MOST_ASKED = 10
"""Questions that the memo asks; the working paper has all."""
_MORE_ASKED = Text("另有{number}项，见工作底稿。", "{number} more are in the working paper.")
_SOURCE = Text("依据{name}{version}，{rules}。", "By {name}{version}, {rules}.")
_AS_OF = Text("适用{day}施行的规则", "rules as of {day}")
_NO_DAY = Text("未给日期，适用最新的规则", "no date given: the latest rules")
_NONE_IN_FORCE = Text("{day}尚无施行的规则", "no rules in force on {day}")
_NO_HISTORY_FOR_LAYER = Text(
    "未提供其他案件，同类案件数不详，促改层次可能因此不能确定。",
    "No other cases were given, so like cases are not counted and the layer may stay open.",
)
_FOR_REFERENCE = Text(
    "以上为参考意见，由有权机关决定；规则出处、条文依据和核对程度见工作底稿。",
    "This is advice; the competent authority decides. Rules, clauses and how far these were checked: see the working paper.",
)


def title(a: Weighed) -> Text:
    """What the memo is headed with."""
    return (_OF_REFORM if of_reform(a) else _TITLE).fill(id=a.case.id)


def of_reform(a: Weighed) -> bool:
    """Whether the rulebook calls itself one of reform through cases: one of another field may have a `startup` too."""
    return "startup" in a.decisions and _FIELD in a.book.rulebook.title.zh


_FIELD = "以案促改"


def sections(a: Weighed) -> Iterator[Section]:
    """The numbered sections of the memo that have something to say."""
    yield from numbered_sections([(head, part(a)) for head, part in _PARTS])


def notices(a: Weighed) -> Iterator[Text]:
    """What is to be seen to, with the reason; what is still open only by name."""
    for name, decision in a.decisions.items():
        table = a.book.rulebook.decisions[name]
        if table.hit != "collect" or suspects(a, name):
            continue
        rules = {rule.id: rule for rule in table.rules}
        for outcome in decision.outcomes:
            rule = next((rules[id] for id in decision.rules if rules[id].then == outcome), None)
            because = decision.because if rule is None else rule.because
            label = say_giving(table, outcome)
            yield label if because is None else LABELLED.fill(label=label, words=because)
        still_open = [say_outcome(table, o) for o in decision.possible if o not in decision.outcomes]
        if still_open:
            yield _TO_VERIFY.fill(outcomes=SEMICOLON.join(still_open))


def _first_questions(a: Weighed) -> Iterator[Text]:
    """What is asked first; a long list is for the working paper."""
    asked = list(questions(a))
    yield from asked[:MOST_ASKED]
    if len(asked) > MOST_ASKED:
        yield _MORE_ASKED.fill(number=len(asked) - MOST_ASKED)


def _rules(a: Weighed) -> Text:
    """The rules of which day; where a decision had none yet, that too."""
    if a.day is None:
        return _NO_DAY
    early = any(a.not_yet_in_force(name) is not None for name in a.decisions)
    return (_NONE_IN_FORCE if early else _AS_OF).fill(day=say_day(a.day))


def remarks(a: Weighed) -> Iterator[Text]:
    rulebook = a.book.rulebook
    yield _SOURCE.fill(
        name=rulebook.title,
        version=f" {rulebook.version}" if rulebook.version else "",
        rules=_rules(a),
    )
    if not a.has_history and rulebook.signals:
        yield _NO_HISTORY_FOR_LAYER if "layer" in a.decisions else NO_HISTORY
    yield _FOR_REFERENCE


_PARTS: tuple[tuple[Text, Callable[[Weighed], Iterator[Text]]], ...] = (
    (Text("基本情况", "Facts"), facts_in_brief),
    (Text("研判意见", "Decisions"), decisions_in_brief),
    (Text("症结", "Causes"), causes_shown),
    (Text("促改建议", "Recommendations"), recommendations_in_brief),
    (Text("责任分工", "Who does what"), duties),
    (Text("办理提示", "Notices"), notices),
    (Text("尚待明确", "Still to be asked"), _first_questions),
    (Text("说明", "Remarks"), remarks),
)
