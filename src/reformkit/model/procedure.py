"""How items of reform are carried out: procedures of steps, each with who does it, when, and with what."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Literal

from reformkit.model.act import Term
from reformkit.model.basis import Basis
from reformkit.model.node import Node
from reformkit.text import Text

Doing = Literal["do", "opinion", "issue", "receipt", "acceptance", "visit"]
"""By which act a step is done."""

Need = Literal[
    "reason",
    "suspected_cause",
    "found_cause",
    "suggestion",
    "reply_by",
    "judgement_each_criterion",
    "evidence_each_criterion",
    "joined_items",
    "paper",
]
"""What a step may call for before it can be done; the list is closed."""

OPENED, RECEIPT = "opened", "receipt"
"""Where a term may start beside steps and facts: the opening, and the receipt of a letter by its unit."""


class Due(Node):
    """Until when a step is to be done: a term from a step, an opening, a receipt or a fact; as another step; or
    before the day of a fact. `each_suggestion`: every suggestion has its own, the step's is the last of them."""

    node: Literal["due"] = "due"
    term: Term | None = None
    start: str | None = None
    same: str | None = None
    before: str | None = None
    each_suggestion: bool = False


class OnRejected(Node):
    """What follows where a gate rejects: the item ends so, if the decision `startup` then comes out as one of these."""

    node: Literal["on_rejected"] = "on_rejected"
    end: str
    if_startup: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()


class OnFailed(Node):
    """What follows where acceptance or a visit fails: back to a step for a term, so many times, then to the leaders."""

    node: Literal["on_failed"] = "on_failed"
    back_to: str
    term: Term
    times: int
    then: Literal["escalate"] = "escalate"
    mark: str | None = None


REPLY = "reply"
"""The paper that answers a letter."""


class Elsewhere(Node):
    """How others do a step, and where: a practice that is offered and never used. `due`: the term that they give it."""

    node: Literal["elsewhere"] = "elsewhere"
    at: Text
    due: Due | None = None


class Step(Node):
    """One step. It is open when everything in `after` is done (what is optional may be left out).

    `to` is the role that gets its letter; `opinion` the fact that a gate states; `letters` the kinds or sets of
    letters that may be issued; `results`: units report here what they have done; `apart_from` the roles whose
    bodies may not do it; `end` the state in which the item ends with it; `elsewhere` how others do it.
    """

    node: Literal["step"] = "step"
    id: str
    title: Text
    roles: tuple[str, ...]
    to: str | None = None
    after: tuple[str, ...] = ()
    doing: Doing = "do"
    opinion: str | None = None
    letters: tuple[str, ...] = ()
    results: bool = False
    papers: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    apart_from: tuple[str, ...] = ()
    due: Due | None = None
    on_rejected: OnRejected | None = None
    on_failed: OnFailed | None = None
    optional: bool = False
    end: str | None = None
    each_unit: bool = False
    elsewhere: tuple[Elsewhere, ...] = ()
    basis: Basis | None = None


class Review(Node):
    """The decisions to be compared afresh, and the fact after which that is due."""

    node: Literal["review"] = "review"
    when: str
    asks: tuple[str, ...]


class Limit(Node):
    """Who may extend or suspend, how often, by how many days at most (None: without limit), and what it calls for."""

    node: Literal["limit"] = "limit"
    role: str
    times: int | None = None
    at_most: int | None = None
    needs: tuple[Need, ...] = ()


class Monthly(Node):
    """On which workday of each month the dispatch is made, and by whom."""

    node: Literal["monthly"] = "monthly"
    workday: int
    role: str
    basis: Basis | None = None


class Procedure(Node):
    """The steps of one kind of item, in order. `source` or `opened_as` says for which items it is.

    `mark` is the word in the item's number (`2022-点-014`). `roles` gives roles another name here.
    """

    node: Literal["procedure"] = "procedure"
    id: str
    title: Text
    mark: str
    source: str | None = None
    opened_as: str | None = None
    roles: dict[str, Text] = {}
    steps: dict[str, Step]
    review: Review | None = None
    basis: Basis | None = None

    @cached_property
    def text(self) -> str:
        """The procedure as canonical JSON: what an item keeps of it. Places do not count."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def following(self) -> dict[str, frozenset[str]]:
        """For each step, the steps that wait for it, near or far."""
        later: dict[str, frozenset[str]] = {}
        for step in self.steps:
            waiting, fresh = set[str](), {step}
            while fresh:
                fresh = {s.id for s in self.steps.values() if fresh & set(s.after)} - waiting
                waiting |= fresh
            later[step] = frozenset(waiting)
        return later

    def reopened(self, back_to: str) -> frozenset[str]:
        """The steps that are to be done again when an item goes back to one: it, what waits for it, and each reply
        that falls due with it."""
        again = {back_to, *self.following[back_to]}
        again |= {s.id for s in self.steps.values() if s.due and s.due.same in again}
        for step in tuple(again):
            again |= self.following[step]
        return frozenset(again)


class Procedures(Node):
    """A rulebook's procedures with the papers that they speak of, and the limits that hold in all of them."""

    node: Literal["procedures"] = "procedures"
    procedures: dict[str, Procedure]
    papers: dict[str, Text] = {}
    extend: Limit
    suspend: Limit
    dispatch: Monthly | None = None
