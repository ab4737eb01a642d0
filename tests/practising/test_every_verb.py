"""Every verb is held to what holds for all of them: who, when, why, and whether the item goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

import reformkit as rk
from reformkit.book import Book
from tests.practising.story import COORDINATOR, HANDLER, LEAD, LEADER, OF_UNIT, SUPERVISOR, Story, again

_DAY = timedelta(days=1)
_LETTER = {"标题": "关于规范社有资产管理的监察建议"}


@dataclass(frozen=True)
class Verb:
    """A verb as it is asked for at a stage where it may be done, with who may and who may not do it."""

    stage: str
    call: Callable[..., Any]
    by: str
    not_by: str = OF_UNIT
    with_reason: bool = False
    when_suspended: bool = False
    when_ended: bool = False


def _number(story: Story) -> str:
    return story.item.standing.letters[0].issued.number


def _judge(story: Story, **said: Any) -> Any:
    suggestion = story.item.suggestions[0]
    return story.item.judge(suggestion, suggestion.criteria[0], **{"evidence": [story.paper()], **said})


VERBS: dict[str, Verb] = {
    "do": Verb("opened", lambda s, **k: s.item.do("register", **k), HANDLER, LEADER),
    "gate": Verb(
        "opened_registered", lambda s, **k: s.item.do("first_gate", opinion="rejected", **k), COORDINATOR, LEADER, True
    ),
    "tell": Verb("opened", lambda s, **k: s.item.tell(decided_on=s.day, **k), HANDLER, when_suspended=True),
    "issue": Verb("to_send", lambda s, **k: s.item.letter("supervision_advice", **_LETTER).issue(**k), LEAD),
    "slip": Verb("sent", lambda s, **k: s.item.letter("supervision_slip", 逾期事项="尚未签收").issue(**k), COORDINATOR),
    "receive": Verb("sent", lambda s, **k: s.item.receive(_number(s), **k), OF_UNIT, "u-00"),
    "void": Verb("sent", lambda s, reason="发错", **k: s.item.void(_number(s), reason, **k), LEAD, with_reason=True),
    "result": Verb(
        "rectifying", lambda s, **k: s.item.result("risk_point", 1, evidence=[s.paper()], **k), OF_UNIT, "u-00"
    ),
    "judge": Verb("to_judge", _judge, LEAD),
    "accept": Verb("judged", lambda s, **k: s.item.accept(countersigned=SUPERVISOR, **k), LEAD, COORDINATOR),
    "fail": Verb("to_judge", lambda s, reason="没有落实", **k: s.item.fail(reason, **k), LEAD, with_reason=True),
    "visit": Verb("accepted", lambda s, **k: s.item.visit(False, **{"reason": "反弹", **k}), SUPERVISOR, LEAD, True),
    "extend": Verb(
        "rectifying",
        lambda s, reason="材料多", **k: s.item.extend("rectify", 10, reason, s.paper(), **k),
        LEADER,
        LEAD,
        True,
    ),
    "suspend": Verb("opened", lambda s, reason="在外", **k: s.item.suspend(reason, **k), COORDINATOR, LEADER, True),
    "resume": Verb("opened", lambda s, **k: s.item.resume(**k), COORDINATOR, LEADER, when_suspended=True),
    "press": Verb("rectifying", lambda s, **k: s.item.press("rectify", **k), COORDINATOR, LEAD),
    "escalate": Verb(
        "rectifying", lambda s, reason="久拖", **k: s.item.escalate(reason, **k), COORDINATOR, HANDLER, True
    ),
    "merge": Verb(
        "opened", lambda s, reason="同一问题", **k: s.item.merge_into("x", reason, **k), COORDINATOR, LEAD, True
    ),
    "move": Verb("opened", lambda s, reason="修订", **k: s.item.move_to("point", reason, **k), LEAD, HANDLER, True),
    "end": Verb(
        "rectifying", lambda s, reason="撤并", **k: s.item.end(reason, **k), LEADER, LEAD, True, when_suspended=True
    ),
    "correct": Verb(
        "to_judge",
        lambda s, reason="误录", **k: s.item.correct(s.item.acts[0].seq, {"township": "区直"}, reason, **k),
        LEAD,
        with_reason=True,
        when_suspended=True,
        when_ended=True,
    ),
}


@pytest.fixture(scope="module")
def at(stages: dict[str, Story], tmp_path_factory: pytest.TempPathFactory, book: Book) -> Any:
    """A copy of the story at a stage, opened once for each way in which it is set up."""
    made: dict[tuple[str, str], Story] = {}

    def copied(stage: str, way: str = "as it is") -> Story:
        if (stage, way) not in made:
            first = stages[stage.partition("_registered")[0]]
            folder = tmp_path_factory.mktemp("verbs")
            shutil.copytree(first.folder, folder, dirs_exist_ok=True)
            story = made[stage, way] = again(folder / "九原.ledger", folder, book, first)
            if stage.endswith("_registered"):
                story.item.do("register", by=HANDLER, on=story.day)
            if way != "as it is":
                story.item.suspend("在外", by=COORDINATOR, on=story.day)
            if way == "ended":
                story.item.end("撤并", by=LEADER, on=story.day)
        return made[stage, way]

    yield copied
    for story in made.values():
        story.ledger.close()


def refused(story: Story, verb: Verb, **said: Any) -> set[str]:
    """The codes with which a verb is refused; nothing is written."""
    before = story.ledger.anchor()
    with pytest.raises(rk.RefusedError) as found:
        verb.call(story, **{"by": verb.by, "on": story.day, **said})
    assert story.ledger.anchor() == before
    return {problem.code for problem in found.value.problems}


@pytest.mark.parametrize("name", VERBS)
def test_it_is_done_by_an_account_of_the_role_and_of_the_office(name: str, at: Any) -> None:
    verb = VERBS[name]
    story = at(verb.stage)
    assert refused(story, verb, by="9999") & {"RK600"}
    assert refused(story, verb, by=verb.not_by) & {"RK602"}


@pytest.mark.parametrize("name", VERBS)
def test_it_happened_no_later_than_today_not_before_the_item_and_not_long_ago_without_a_word(
    name: str, at: Any
) -> None:
    verb = VERBS[name]
    story = at(verb.stage)
    assert refused(story, verb, on=story.day + _DAY) & {"RK610"}
    assert {"RK611", "RK613"} <= refused(story, verb, on=story.item.standing.opened_on - 20 * _DAY)
    assert refused(story, verb, on=story.item.standing.opened_on - 20 * _DAY, late="补录") >= {"RK611"}


@pytest.mark.parametrize("name", [name for name, verb in VERBS.items() if verb.with_reason])
def test_it_has_its_reason(name: str, at: Any) -> None:
    verb = VERBS[name]
    assert "RK630" in refused(at(verb.stage), verb, reason=" ")


@pytest.mark.parametrize("name", [name for name, verb in VERBS.items() if not verb.when_suspended])
def test_it_waits_while_the_clock_stands_still(name: str, at: Any) -> None:
    verb = VERBS[name]
    assert "RK621" in refused(at(verb.stage, "suspended"), verb)


@pytest.mark.parametrize("name", [name for name, verb in VERBS.items() if not verb.when_ended])
def test_it_is_over_with_the_item(name: str, at: Any) -> None:
    verb = VERBS[name]
    assert "RK620" in refused(at(verb.stage, "ended"), verb)
