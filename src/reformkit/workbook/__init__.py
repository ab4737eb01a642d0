"""Everything that reads or writes Excel workbooks.

Comes in: a workbook of cases, or rows to be written.
To read: `cells`, `merged`, `reading`; `writing`.
Goes out: tables of cases as `intake` reads them; workbooks written row by row.
"""
