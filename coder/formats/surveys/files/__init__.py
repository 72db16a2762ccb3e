"""Files read: what kind one is, and its rows as text."""
