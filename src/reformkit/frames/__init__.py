"""Foreign frames of cases: checked, assessed, and given back with columns added."""
