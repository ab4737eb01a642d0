"""Words of results: memo, reasons, differences.

Comes in: an assessment, a diff, a register.
To read: `memo` and `why` (one case); `diff`, `changes`, `case_changes` (two rulebooks); `register`.
Goes out: lines of text in Chinese or English; nothing is printed here.
"""
