"""Help for whoever writes the YAML: the editor's schema, the format of the house, scaffolds."""
