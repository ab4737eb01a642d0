"""From facts to decisions: the meaning, and the compiled form that says the same faster."""
