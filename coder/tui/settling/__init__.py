"""The screen on which a team settles what its people chose otherwise."""
