"""Results to the terminal and into files: text, tables, JSON, SARIF, JUnit, progress.

Comes in: assessments, diffs, problems, fixture reports.
To read: `paper` and `setting` (where and how text is set); `problems`; then a file for each kind of result;
    `sheets`, `case_table` and `case_workbook` for tables.
Goes out: characters and bytes.
"""
