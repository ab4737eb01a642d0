"""Deciding on durable-rules, from the boxes of the compiled tables.

Comes in: a compiled table of `deciding`.
To read: `engine` alone.
Goes out: a table that answers as the compiled one does.
"""
