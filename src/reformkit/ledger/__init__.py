"""The ledger of reform as people hold it: faces over practising, writing and overseeing.

Comes in: a `Book`, an `Office`, and the verbs of a secretary.
To read: `office` (who holds which role), `overseen` and `ledger` (looked at as a whole; opened, found), `item` (what can
    be done on one matter of reform), `facts_told`, `letter` (looked at, filled, issued); then an earlier ledger taken over: `old_sheet`
    (its rows), `old_days` (when each step was done), `enterers` (by whom it is entered), `old_acts`, `taking_over`.
Goes out: acts, a line each; everything shown of them is read off these lines.
"""
