"""Rulebooks and libraries from text to models; every fault becomes a located problem.

Comes in: located trees of `parsing`.
To read: `form` (records key by key), `keywords`, `words` and `keys` (ids, labels, and when two texts are the same),
    `values`, `taking`, `numbers` and `as_written` (one reader of each type of value), `meant_tests`; then what is read: `vocabulary` with
    `choices`, `together` and `checks`, `parameters`, `conditions`, `decisions`, `signals`, `rulebook`;
    `measures`, `library`; `steps`, `procedures`, `office`, `duties`, `letters`, `figures`.
Goes out: models, and problems with their places.
"""
