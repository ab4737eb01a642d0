"""A rulebook while it is edited: what a workbench reads, proves and compares."""
