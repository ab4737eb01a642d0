"""The desk's screens over a ledger: items with what can be done, acts and papers, letters, dispatch, figures, comparison,
casebook.

Comes in: an opened ledger, the account that acts, and what the browser asks.
To read: `room` (the ledger, the account, papers handed in), `forms`, `verbs` (what each act asks for), `items_screen`,
    `opening_screen`, `item_screen` and `item_actions`, `letter_screen`, `dispatch_screen`, `figures_screen`, `comparison_screen`,
    `casebook_screen`, `screens` (their list, which the desk is given).
Goes out: pages, files, and acts that the ledger let through; what it refuses is shown with everything that stood in
    the way.
"""
