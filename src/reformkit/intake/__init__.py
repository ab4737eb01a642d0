"""Cases from text and from Python: everything that is said of a case becomes checked facts.

Comes in: YAML, JSON, JSON Lines and CSV texts; dicts from Python.
To read: `facts` with `python_values` (dicts from Python), `case_trees` (YAML and JSON), `json_lines`, `lines` and `csv_rows`, `tables` (a
    case a row), `sheet_findings` (a finding a row), `cases` (text files); `fixtures` and `tellings` read cases with more around them.
Goes out: `Case`s, and a located problem for each fault of the others.
"""
