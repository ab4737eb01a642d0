"""Deciding in columns: many cases at once, by the same masks.

Comes in: checked cases as columns (`cases`).
To read: `cases`, `deriving`, `coding` (values to small numbers), `folding` (masks to words), `column_table` (each row
    settled by masks), `pairing` (boxes held against each other), `open_cases` (what is left), `verdicts`, `chain`
    (decisions in order); for signals `asking`, `reach`, `windows`, `counting`.
Goes out: for each decision a column of verdicts, for each signal a column of counts; the same as one case at a
    time.
"""
