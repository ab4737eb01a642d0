"""Everything that reads or writes Excel workbooks.

Comes in: a workbook of cases, or rows to be written.
To read: `no_workbooks` (what a file is instead), `parts` (sheets, shared texts, `number_formats`), `sheet_rows`, `merged`
    and `hidden`, `saying` (what cells say), `reading` (a table among the sheets), `cases_in` (cases with their findings);
    `cells`, `writing`; rules: `rules_out` and `rules_in` with `value_lists` and `own_sheets`; `cases_out` and
    `findings_out` (an empty workbook of cases).
Goes out: tables of cases as `intake` reads them; workbooks written row by row.
"""
