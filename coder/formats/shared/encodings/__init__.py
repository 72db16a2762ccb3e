"""Bytes as text: which encoding a file has, and what stays in doubt about it."""
