"""What differs between two rulebooks, and what a rulebook rests on.

Comes in: two rulebooks with their libraries; for stored cases, their assessments with both.
To read: `ground` (what both know), `merging` and `compare` (pairs of rules), `region` with `box_pieces` (the
    cases of a pair), `over_time`, `diff` (the whole), `changes` (what is no outcome), `case_changes`; `register`
    lists assumptions and references, `practices` what others do.
Goes out: a `Diff`, exact, with an example for each region.
"""
