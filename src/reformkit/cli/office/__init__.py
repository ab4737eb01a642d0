"""The commands of an office that keeps a ledger: items, letters, the ledger as a whole, what is read off it.

Comes in: the arguments of a command, with the address of a ledger and the file of an office.
To read: `opening` (a ledger is opened), `item` and `acts` (items and their verbs), `letter` and `item_letter` (templates
    and letters), `ledger`, `dispatch`, `figures`.
Goes out: an exit code; what is shown is made in `printing/`.
"""
