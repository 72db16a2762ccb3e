"""A team: who is in it."""
