"""Foreign frames of cases: checked, assessed, and given back with columns added.

Comes in: a Polars, pandas or Arrow frame.
To read: `given` (any frame as Polars sees it), `labels`, `values`, `findings` and `checking` (to canonical columns,
    with problems), `request`, `advice`, `answers` (the whole); `tally` and `screening` for many cases together.
Goes out: a frame of the same kind.
"""
