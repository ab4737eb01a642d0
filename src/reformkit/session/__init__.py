"""Facts told one at a time, what they change, and the journal that keeps them."""
