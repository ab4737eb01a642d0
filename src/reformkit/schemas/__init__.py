"""What goes into an assessment and what comes out of it as JSON Schema (draft 2020-12), and as types.

Comes in: a rulebook's facts; the types of records.
To read: `case_facts` (what a program may send), `records` (the types of what comes out), `results` (these as a
    schema).
Goes out: schemas as plain data, for OpenAPI, forms, checks at a border.
"""
