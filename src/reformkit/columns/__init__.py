"""Deciding in columns: many cases at once, by the same masks."""
