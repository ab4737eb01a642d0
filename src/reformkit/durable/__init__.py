"""Deciding on durable-rules, from the boxes of the compiled tables."""
