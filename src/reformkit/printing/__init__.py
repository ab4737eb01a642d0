"""Results to the terminal and into files: text, tables, JSON, SARIF, JUnit, progress."""
