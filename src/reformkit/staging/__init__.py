"""A rulebook while it is edited: read with texts that are not saved yet, and what an edit does, step by step.

Comes in: a rulebook from wherever it is, texts by the paths of its files, cases, fixtures.
To read: `workbench` (texts staged over files, read), `apart` (who does what takes long), `staged` (what reading came to,
    and the proofs), `held` (made once, whoever asks), `effect` (what becomes of decisions, cases and fixtures; each step may be cut short).
Goes out: books that nobody has saved, problems with spans, and what differs.
"""
