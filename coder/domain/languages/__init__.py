"""The languages that answers are in: which they are, and what they are called."""
