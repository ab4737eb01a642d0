"""Words of rules: facts, conditions, decisions and measures as an official says them.

Comes in: models and decisions.
To read: `values`, `conditions`, `written`; `decisions` and `rulebook`; `citing`, `measure`, `suggestion`, `procedure`;
    `markdown`.
Goes out: texts; nothing is decided here and nothing is printed.
"""
