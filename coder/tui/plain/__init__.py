"""Coding line by line, for screen readers and slow lines: the coding screen's desk and actions, no screen."""
