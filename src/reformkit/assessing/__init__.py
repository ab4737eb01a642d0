"""One case with everything that a rulebook and its library say of it.

Comes in: checked cases, and a rulebook with its library.
To read: `prepared` (what is made ready once), `weighed` (one case with its decisions), `assessor` (the main job:
    case in, assessment out), `causes`, `questions`, `receipts` (plain data), `tally` and `yearly` (many cases).
Goes out: a `Weighed`, which people hold as an `Assessment`.
"""
