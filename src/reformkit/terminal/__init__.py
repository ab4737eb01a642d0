"""What the commands share; Typer and rich are imported only in the rooms of commands, here and in `printing/`.

Comes in: what a person typed, and whatever went wrong while it was carried out.
To read: `guard` (whatever goes wrong becomes a message and an exit code), `empty_paths`, `options` (the arguments that several
    commands take), `targets` (where output goes), `case_files` and `opening` (files of cases; a ledger with its office), `watching` (again at each save).
Goes out: a book, cases or a ledger, opened; a message and an exit code.
"""
