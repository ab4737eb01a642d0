"""Hostile and mutated input for every reader: a located problem comes of it, and never a crash, a hang, a traceback."""
