"""The workbench in a browser: rules as tables, a case tried, an edit with its effect before anything is written.

Comes in: a workspace (files of a rulebook, cases, fixtures; perhaps a ledger), and what the browser asks.
To read: `workspace` (the only place that touches files), `file_text`, `staging` and `steps` (staged edits as pieces of a
    file), `reader` (texts to a book), `desk` (all of it together); `asking` (what a screen is given, and gives), any
    `…_screen` with its template, `screens` (their list); `app` (requests to screens). The room above serves it.
Goes out: pages, and files that are written when someone saves; nothing before that.
"""
