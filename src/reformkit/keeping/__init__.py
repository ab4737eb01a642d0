"""The store of the ledger: acts as canonical lines, chained by hashes, in a database that nobody can edit unseen.

Comes in: acts, one JSON object each; evidence and issued letters as files.
To read: `line` (what a line is, what is hashed), `tables` (three tables, their triggers, the schema number),
    `database` (SQLite or PostgreSQL by URL, faults in words), `making` (with the first act), `access`, `pages` (what can be looked up), `turn` and `store`
    (the one way to write), `files` (evidence and letters by hash), `checker` and `verify` (what does not hold),
    `exchange` (out as JSON Lines and back, bit for bit), `rebuilding` (one made from a list of acts).
Goes out: lines in the order in which they were written; nothing ever leaves or changes.

SQLAlchemy is imported in this folder only; `line`, `files` and `checker` need none of it, so an exported ledger is
verified without a database.
"""
