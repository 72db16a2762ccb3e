"""Which answers are listed, and in which order."""
