"""Sheets of disagreements for a meeting, in files."""
