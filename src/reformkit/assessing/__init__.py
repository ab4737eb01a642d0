"""One case with everything that a rulebook and its library say of it."""
