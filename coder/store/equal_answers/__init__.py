"""Answers of the same words, in sets: what stands on them, and what the log says was decided about them."""
