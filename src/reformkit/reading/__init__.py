"""Rulebooks and libraries from text to models; every fault becomes a located problem.

Comes in: YAML and JSON texts (`source`).
To read: `source`, `tree` with `located_yaml` and `located_json`, `report` (where problems are collected), `form`
    (records key by key), `words` and `values` (ids, labels, values); then what is read: `vocabulary`, `parameters`,
    `conditions`, `decisions`, `signals`, `rulebook`; `measures`, `library`.
Goes out: models, and problems with their places.
"""
