"""Carrying items out: what the acts of a ledger come to, what may be done next, and until when.

Comes in: acts (`model.act`), a procedure, an office, days.
To read: `workdays` (which days count), `item` and `fold` (what the acts of one item come to), `progress` (which steps
    are done and open), `due` (until when), `lacks` (what a step still lacks), `menu`; then `hand` (one act about to
    be written, with everything that stands in its way) and the verbs, a file for each phase: `gates`, `posting`,
    `rectifying`, `accepting`, `timing`, `turning`.
Goes out: plain states and entries; `reformkit.ledger` holds the faces.

State is never stored. What stands here may be thrown away at any time and folded again from the ledger.
"""
