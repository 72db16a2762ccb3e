"""What a step of the log does: the current state that it leaves, and how it is taken back."""
