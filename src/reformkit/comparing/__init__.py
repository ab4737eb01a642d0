"""What differs between two rulebooks, and what a rulebook rests on."""
