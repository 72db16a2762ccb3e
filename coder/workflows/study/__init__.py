"""A study as a folder: made, opened, checked."""
