"""The names that programs of others are written with take what they took, and nothing that stood is missing."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

import reformkit as rk
from reformkit.ledger.item import Item
from reformkit.ledger.letter import Letter
from reformkit.overseeing.casebook import Casebook
from reformkit.overseeing.comparison import Comparison
from reformkit.overseeing.dispatch import Dispatch
from reformkit.overseeing.figures import Figures
from tests.practising.story import Story

DAY, WHO = date(2022, 3, 4), "0017"
SELF, BOOK, OFFICE, CASE = object(), object(), object(), object()
DONE = {"by": WHO, "on": DAY}

Calls = dict[str, tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]]
CALLS: Calls = {
    "Office.read": (rk.Office.read, ("office.yaml",), {}),
    "Office.example": (rk.Office.example, (), {}),
    "Office.roles_of": (rk.Office.roles_of, (SELF, WHO, CASE), {}),
    "Ledger": (rk.Ledger, ("sqlite:///a", BOOK, OFFICE), {"clock": None, "read_only": False}),
    "Ledger.open": (
        rk.Ledger.open,
        (SELF, CASE),
        DONE | {"procedure": None, "cases": (), "matter": {}, "id": None},
    ),
    "Ledger.items": (rk.Ledger.items, (SELF,), {"state": None, "case": None, "overdue": None, "as_of": None}),
    "Ledger.item": (rk.Ledger.item, (SELF, "2022-点-001"), {}),
    "Ledger.cases": (rk.Ledger.cases, (SELF,), {}),
    "Ledger.dispatch": (rk.Ledger.dispatch, (SELF, DAY), {}),
    "Ledger.figures": (rk.Ledger.figures, (SELF, "2022"), {}),
    "Ledger.compare": (rk.Ledger.compare, (SELF, "integrity.csv"), {"by": "region"}),
    "Ledger.casebook": (rk.Ledger.casebook, (SELF, "2022"), {}),
    "Ledger.anchor": (rk.Ledger.anchor, (SELF,), {}),
    "Ledger.verify": (rk.Ledger.verify, (SELF,), {"anchor": None}),
    "Ledger.export": (rk.Ledger.export, (SELF, "台账.jsonl"), {}),
    "Ledger.restore": (rk.Ledger.restore, ("台账.jsonl", "a.ledger", BOOK, OFFICE), {}),
    "Item.menu": (Item.menu, (SELF,), {"role": None, "as_of": None}),
    "Item.do": (
        Item.do,
        (SELF, "first_gate"),
        DONE | {"opinion": "passed", "reason": None, "papers": (), "evidence": (), "consent": True},
    ),
    "Item.letter": (Item.letter, (SELF, "supervision_advice"), {"to": None, "reply_by": None}),
    "Item.void": (Item.void, (SELF, "号", "reason"), DONE),
    "Item.receive": (Item.receive, (SELF, "号"), DONE | {"unit": None}),
    "Item.result": (Item.result, (SELF, "risk_point", 9), DONE | {"evidence": []}),
    "Item.judge": (Item.judge, (SELF, "suggestion", "criterion"), DONE | {"met": True, "evidence": []}),
    "Item.accept": (Item.accept, (SELF,), DONE | {"countersigned": WHO}),
    "Item.fail": (Item.fail, (SELF, "reason"), DONE),
    "Item.visit": (Item.visit, (SELF, True), DONE),
    "Item.tell": (Item.tell, (SELF,), DONE | {"decided_on": DAY}),
    "Item.extend": (Item.extend, (SELF, "plan", 10, "reason", "paper"), DONE),
    "Item.suspend": (Item.suspend, (SELF, "reason"), DONE),
    "Item.resume": (Item.resume, (SELF,), DONE),
    "Item.press": (Item.press, (SELF, "plan"), DONE),
    "Item.escalate": (Item.escalate, (SELF, "reason"), DONE),
    "Item.merge_into": (Item.merge_into, (SELF, "other", "reason"), DONE),
    "Item.move_to": (Item.move_to, (SELF, "point", "reason"), DONE),
    "Item.end": (Item.end, (SELF, "reason"), DONE),
    "Item.correct": (Item.correct, (SELF, 3, {}, "reason"), DONE),
    "Item.state": (Item.state, (SELF,), {"as_of": None}),
    "Item.due": (Item.due, (SELF, "plan"), {"as_of": None}),
    "Letter.save": (Letter.save, (SELF, "稿.docx"), {}),
    "Letter.preview": (Letter.preview, (SELF, "稿.png"), {}),
    "Letter.issue": (Letter.issue, (SELF,), DONE | {"number": None, "id": None}),
    "Dispatch.save": (Dispatch.save, (SELF, "月调度.docx"), {}),
    "Figures.by": (Figures.by, (SELF,), {"layer": "point"}),
    "Figures.check": (Figures.check, (SELF,), {}),
    "Figures.__getitem__": (Figures.__getitem__, (SELF, "started"), {}),
    "Comparison.save": (Comparison.save, (SELF, "比对.svg"), {}),
    "Casebook.save": (Casebook.save, (SELF, "案例汇编.docx"), {}),
    "Evidence": (rk.Evidence, ("排查表.pdf",), {"dated": DAY}),
    "check_template": (rk.check_template, ("提醒函.docx", BOOK), {}),
    "check": (rk.check, ("folder",), {"office": None}),
}
"""Each call as it is written in other people's programs; `SELF` stands for the thing itself."""

_LOOKING = {"menu", "state", "due", "letter"}


def _verbs() -> Iterator[str]:
    return (name.partition(".")[2] for name in CALLS if name.startswith("Item."))


@pytest.mark.parametrize("name", CALLS)
def test_a_call_as_it_is_written_elsewhere_is_taken(name: str) -> None:
    called, args, options = CALLS[name]
    inspect.signature(called).bind(*args, **options)


@pytest.mark.parametrize("verb", [*sorted(set(_verbs()) - _LOOKING), "issue"])
def test_every_verb_says_who_and_when_and_may_name_itself_and_be_late(verb: str) -> None:
    parameters = inspect.signature(getattr(Letter if verb == "issue" else Item, verb)).parameters
    for name in ("by", "on"):
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters[name].default is inspect.Parameter.empty
    for name in ("id", "late"):
        assert parameters[name].default is None


def test_what_looks_needs_nothing_more_and_what_is_left_out_is_nothing() -> None:
    for name in ("Item.menu", "Item.state", "Ledger.items", "Ledger.verify", "Ledger.dispatch"):
        called, _args, _options = CALLS[name]
        for parameter in list(inspect.signature(called).parameters.values())[1:]:
            assert parameter.default is None, (name, parameter)
    assert inspect.signature(Item.do).parameters["consent"].default is False
    assert inspect.signature(rk.Ledger).parameters["read_only"].default is False


def test_what_is_read_of_things_is_there(stages: dict[str, Story]) -> None:
    story = stages["received"]
    (step, *_) = story.item.menu()
    things: tuple[tuple[object, tuple[str, ...]], ...] = (
        (story.item, ("id", "acts", "suggestions")),
        (story.item.letter("supervision_advice"), ("fields", "blanks")),
        (story.ledger.dispatch(story.day), ("overdue",)),
        (story.ledger.casebook("2022"), ("cases", "left_out", "problems")),
        (step, ("id", "title", "role", "due", "lacks")),
        (step.due, ("on", "first", "provisional")),
        (rk.RefusedError([]), ("problems",)),
        (story.ledger.office, ("accounts",)),
    )
    for thing, names in things:
        for name in names:
            getattr(thing, name)
