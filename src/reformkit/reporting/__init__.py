"""Words of results: memo, reasons, differences.

Comes in: an assessment, a diff, a register.
To read: `memo` and `why` (one case); `diff`, `changes`, `case_changes` (two rulebooks); `register`; `tally`,
    `year_table` and `year_of_cases` (many cases).
Goes out: lines of text in Chinese or English; nothing is printed here.
"""
