"""The people of a team, and what was done to it."""
