"""A workbook of rules taken back into the folder that it came from; a model of another tool made into a new one.

Comes in: a workbook that `export` wrote and people changed, and the folder as it is now.
To read: `sheet_records` (a sheet as records), `merged_sheet`, `merging` and `matrix` (the base, the sheet, the folder: what changed,
    what clashes), `rule_edits` with `condition_edits`, `basis_words`, `table_edits`, `library_edits` and `ordering` (a change in the
    YAML), `texts`, `staging` (all of it, and its effect), `result`, `taking` (files written); `models` for DMN.
Goes out: an `ImportResult`, with what `check` would say; files that are written whole, all of them or none.
"""
