"""Facts told one at a time, what they change, and the journal that keeps them.

Comes in: tellings of cases.
To read: `change` (what comes out), `session` (how it is taken up), `comparing` (before and after), `journal` (kept
    on disk, with what `journal_head` says).
Goes out: `Change`s, and at any time the assessment of a case.
"""
