"""What holds of a rulebook: fixtures and what they show."""
