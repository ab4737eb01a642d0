"""Fixtures: whether they hold, what they cover and what they would notice.

Comes in: fixture files and a rulebook.
To read: `fixtures` (run and compare), `failing` (why one fails); `coverage`; `mutants`, `noticing`, `mutation`;
    `stating`, `proposing`, `choosing` for new ones; `saying` puts all of it into words.
Goes out: reports, and fixtures to paste.
"""
