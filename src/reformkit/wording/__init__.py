"""From results to words that an official can use. Nothing is decided here and nothing is printed."""
