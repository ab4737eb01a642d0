"""The ledger of reform as people hold it: faces over practising, writing and overseeing.

Comes in: a `Book`, an `Office`, and the verbs of a secretary.
To read: `office` (who holds which role), `overseen` and `ledger` (looked at as a whole; opened, found), `item` (what can
    be done on one matter of reform), `letter` (looked at, filled, issued).
Goes out: acts, a line each; everything shown of them is read off these lines.
"""
