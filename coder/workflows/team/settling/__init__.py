"""Settling what several people who read an answer chose otherwise."""
