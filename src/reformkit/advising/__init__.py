"""From causes to measures: which to suggest, why, and why not the others."""
