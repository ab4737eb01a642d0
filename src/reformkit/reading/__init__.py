"""Rulebooks and libraries from text to models; every fault becomes a located problem.

Comes in: located trees of `parsing`.
To read: `form` (records key by key), `keywords`, `words` and `keys` (ids, labels, and when two texts are the same),
    `values`, `taking` and `numbers` (one reader of each type of value); then what is read: `vocabulary` with
    `choices`, `together`, `checks` and `dates`, `parameters`, `conditions`, `decisions`, `signals`, `rulebook`;
    `measures`, `library`; `steps`, `procedures`, `office`, `duties`, `letters`, `figures`.
Goes out: models, and problems with their places.
"""
