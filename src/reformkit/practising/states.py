"""The states that an item is shown in."""

from __future__ import annotations

from enum import StrEnum

from reformkit.text import Text


class State(StrEnum):
    """In what state an item is, in the order in which they are asked for: the first that holds.

    >>> State("suspended").label.zh, State.of("中止")
    ('中止', <State.suspended: 'suspended'>)
    """

    archived = "archived"
    declined = "declined"
    stopped = "stopped"
    merged = "merged"
    suspended = "suspended"
    escalated = "escalated"
    revisiting = "revisiting"
    accepted = "accepted"
    awaiting_acceptance = "awaiting_acceptance"
    rectifying = "rectifying"
    sent = "sent"
    to_send = "to_send"
    studying = "studying"

    @property
    def label(self) -> Text:
        """What it is called."""
        return _LABELS[self]

    @classmethod
    def of(cls, word: str) -> State:
        """A state by its id or label. Raises ValueError for another word."""
        for state, label in _LABELS.items():
            if word in (state.value, label.zh, label.en):
                return state
        raise ValueError(f"no state {word!r}; there are: {', '.join(State)}")


ENDS = (State.archived, State.declined, State.stopped, State.merged)
"""The states that nothing follows."""

_LABELS = {
    State.archived: Text("已归档", "archived"),
    State.declined: Text("未启动", "not started"),
    State.stopped: Text("已终止", "stopped"),
    State.merged: Text("并入他项", "merged into another"),
    State.suspended: Text("中止", "suspended"),
    State.escalated: Text("督办", "escalated"),
    State.revisiting: Text("再监督", "under supervision"),
    State.accepted: Text("验收通过", "accepted"),
    State.awaiting_acceptance: Text("待验收", "waiting for acceptance"),
    State.rectifying: Text("整改中", "under rectification"),
    State.sent: Text("已发文待签收", "letter sent, not received"),
    State.to_send: Text("待发文", "letter to be sent"),
    State.studying: Text("研判中", "under study"),
}
